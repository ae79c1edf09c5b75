"""What was made of a file: pictures for people."""

from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.columns import Base, Words

DerivativeRole = Literal["thumbnail", "screen", "jpeg", "publish", "tidied", "annotated"]


class Derivative(Base):
    """Bytes made of an original, by what they are for. They are a blob; the row says whose."""

    __tablename__ = "derivative"
    __table_args__ = (UniqueConstraint("original", "role", "variant"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    original: Mapped[str]  # SHA-256 of what it was made of
    role: Mapped[DerivativeRole] = mapped_column(Words)
    variant: Mapped[str] = mapped_column(default="")  # where a role has several: "800", "mail 7"
    sha256: Mapped[str]  # of the blob
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    created_at: Mapped[datetime]
