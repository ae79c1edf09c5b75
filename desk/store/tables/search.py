"""What submissions are found by."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.columns import Base


class SubmissionSearch(Base):
    """The words of a submission, as redaksi.text.search_words lists them. `is_stale`: not written
    yet. What looks them up hangs on this table and is each database's own (migration 0024): FTS5
    kept by triggers, a generated tsvector."""

    __tablename__ = "submission_search"
    __table_args__ = (
        Index(None, "is_stale", sqlite_where=text("is_stale"), postgresql_where=text("is_stale")),
    )

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id"), primary_key=True, autoincrement=False
    )
    words: Mapped[str] = mapped_column(default="")
    is_stale: Mapped[bool] = mapped_column(default=False)
