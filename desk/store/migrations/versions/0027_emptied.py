"""When the data of a submission or a mail went; until which day a letter says that it is kept; and
the guard of events, which lets the words of a reason go and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

_INSTANT = sa.DateTime(timezone=True)
_SAME = (
    "id",
    "at",
    "actor",
    "what",
    "submission_id",
    "mail_id",
    "letter_id",
    "message_id",
    "facts",
)


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.add_column("submission", sa.Column("emptied_at", _INSTANT, nullable=True))
    op.add_column("mail", sa.Column("emptied_at", _INSTANT, nullable=True))
    op.add_column("outbox", sa.Column("kept_until", sa.Text(), nullable=False, server_default=""))
    _note_days_named()
    is_postgres = op.get_bind().dialect.name == "postgresql"
    same = "IS NOT DISTINCT FROM" if is_postgres else "IS"
    emptied = " AND ".join(
        [*(f"NEW.{name} {same} OLD.{name}" for name in _SAME), "NEW.reason = ''"]
    )
    if is_postgres:
        op.execute("DROP TRIGGER event_no_update ON event")
        op.execute(
            "CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH ROW"
            f" WHEN (NOT ({emptied})) EXECUTE FUNCTION event_append_only()"
        )
        return
    op.execute("DROP TRIGGER event_no_update")
    op.execute(
        f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event WHEN NOT ({emptied})"
        " BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"
    )


def _note_days_named() -> None:
    """Letters of before named the day so long after they were written, in the redaksi's zone: a day
    more here is never a day less there."""
    for kind, days in (("withdrawn", 30), ("closed", 90)):
        after = f"date(created_at, '+{days + 1} days')"
        if op.get_bind().dialect.name == "postgresql":
            moment = f"(created_at AT TIME ZONE 'UTC') + interval '{days + 1} days'"
            after = f"to_char({moment}, 'YYYY-MM-DD')"
        op.execute(f"UPDATE outbox SET kept_until = {after} WHERE kind = '{kind}'")  # noqa: S608 - our own words
