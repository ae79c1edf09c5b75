"""Search: the words of a submission, and what each database looks them up by. Submissions that are
there already are marked, and indexed by the clock: reading their examinations takes long."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_FTS5 = """
CREATE VIRTUAL TABLE submission_fts USING fts5(
  words, content='submission_search', content_rowid='submission_id',
  tokenize='ascii', detail='none', columnsize=0, prefix='2 3'
)"""
_GONE = "INSERT INTO submission_fts(submission_fts, rowid, words) VALUES ('delete', old.submission_id, old.words);"
_CAME = "INSERT INTO submission_fts(rowid, words) VALUES (new.submission_id, new.words);"
_TRIGGERS = {"INSERT": _CAME, "DELETE": _GONE, "UPDATE OF words": f"{_GONE} {_CAME}"}


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.create_table(
        "submission_search",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission_search")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_search_submission_id")
        ),
    )
    stale = sa.text("is_stale")
    op.create_index(
        op.f("ix_submission_search_is_stale"),
        "submission_search",
        ["is_stale"],
        sqlite_where=stale,
        postgresql_where=stale,
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_FTS5)
        for place, (what, does) in enumerate(_TRIGGERS.items()):
            op.execute(
                f"CREATE TRIGGER submission_search_{place} AFTER {what} ON submission_search"
                f" BEGIN {does} END"
            )
    else:
        op.execute(
            "ALTER TABLE submission_search ADD COLUMN vector tsvector"
            " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
        )
        op.execute(
            "CREATE INDEX ix_submission_search_vector ON submission_search USING gin (vector)"
        )
    op.execute(
        "INSERT INTO submission_search (submission_id, words, is_stale)"
        " SELECT id, '', true FROM submission"
    )
