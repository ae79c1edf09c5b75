"""A submission whose letter waits for an editor calls one. Letters that wait on the day of this
migration are put on record, for events of before did not count them."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

WAITS = ("draft", "unknown", "failed")


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    connection, now = op.get_bind(), datetime.now(UTC)
    instant = sa.DateTime(timezone=True)
    at = now.replace(tzinfo=None) if connection.dialect.name == "sqlite" else now
    letters = sa.table("outbox", *map(sa.column, ("submission_id", "state")))
    events = sa.table(
        "event",
        sa.column("id", sa.Integer()),
        sa.column("at", instant),
        *map(sa.column, ("actor", "what", "submission_id", "message_id", "reason", "facts")),
    )
    flags = sa.table(
        "attention",
        *map(sa.column, ("submission_id", "flag", "event_id")),
        sa.column("since", instant),
    )
    submissions = sa.table("submission", sa.column("id"), sa.column("attention_since", instant))
    waiting = (
        sa.select(letters.c.submission_id, sa.func.count())
        .where(letters.c.state.in_(WAITS), letters.c.submission_id.is_not(None))
        .group_by(letters.c.submission_id)
        .order_by(letters.c.submission_id)
    )
    for one, count in connection.execute(waiting).all():
        row = {
            "at": at, "actor": "worker", "what": "letters waiting", "submission_id": one,
            "message_id": "", "reason": "", "facts": json.dumps({"waiting": count}),
        }  # fmt: skip
        made = connection.execute(events.insert().values(**row).returning(events.c.id)).scalar_one()
        flag = {"submission_id": one, "flag": "letter", "event_id": made, "since": at}
        connection.execute(flags.insert().values(**flag))
        nobody = sa.and_(submissions.c.id == one, submissions.c.attention_since.is_(None))
        connection.execute(submissions.update().where(nobody).values(attention_since=at))
