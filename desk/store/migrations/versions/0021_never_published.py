"""Letters that say "published" of what was published nowhere never leave: until now they were written
for the hour alone."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

NOT_LEFT = ("draft", "queued", "held", "unknown", "failed")
CALLS = ("draft", "unknown", "failed")
REASON = "never_published"

_INSTANT = sa.DateTime(timezone=True)
_LETTERS = sa.table(
    "outbox",
    *map(sa.column, ("id", "kind", "state", "submission_id", "mail_id", "message_id", "why")),
)
_SUBMISSIONS = sa.table(
    "submission",
    *map(sa.column, ("id", "state", "published_url")),
    sa.column("attention_since", _INSTANT),
)
_EVENTS = sa.table(
    "event",
    sa.column("id", sa.Integer()),
    sa.column("at", _INSTANT),
    *map(
        sa.column,
        (
            "actor",
            "what",
            "submission_id",
            "mail_id",
            "letter_id",
            "message_id",
            "reason",
            "facts",
        ),
    ),
)
_FLAGS = sa.table("attention", *map(sa.column, ("submission_id", "flag")))


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    connection, now = op.get_bind(), datetime.now(UTC)
    at = now.replace(tzinfo=None) if connection.dialect.name == "sqlite" else now
    nowhere = sa.select(_SUBMISSIONS.c.id).where(_SUBMISSIONS.c.published_url == "")
    false = sa.and_(
        _LETTERS.c.kind == "published",
        _LETTERS.c.state.in_(NOT_LEFT),
        _LETTERS.c.submission_id.in_(nowhere),
    )
    for letter in connection.execute(sa.select(_LETTERS).where(false).order_by("id")).all():
        dropped = _LETTERS.update().where(_LETTERS.c.id == letter.id)
        connection.execute(dropped.values(state="dropped", why=REASON))
        _record(connection, letter, at)


def _record(connection: sa.Connection, letter: sa.Row[tuple[object, ...]], at: datetime) -> None:
    """The event, and the flag of letters that wait, as the store keeps them."""
    waits = sa.and_(_LETTERS.c.submission_id == letter.submission_id, _LETTERS.c.state.in_(CALLS))
    waiting = connection.scalar(sa.select(sa.func.count()).where(waits))
    connection.execute(
        _EVENTS.insert().values(
            at=at,
            actor="worker",
            what="letter dropped",
            submission_id=letter.submission_id,
            mail_id=letter.mail_id,
            letter_id=letter.id,
            message_id=letter.message_id,
            reason=REASON,
            facts=json.dumps({"kind": letter.kind, "waiting": waiting}),
        )
    )
    if waiting:
        return
    flags = sa.and_(_FLAGS.c.submission_id == letter.submission_id, _FLAGS.c.flag == "letter")
    connection.execute(_FLAGS.delete().where(flags))
    others = sa.exists().where(_FLAGS.c.submission_id == letter.submission_id)
    quiet = sa.and_(
        _SUBMISSIONS.c.id == letter.submission_id,
        _SUBMISSIONS.c.state.not_in(("review", "failed", "quarantined")),
        sa.not_(others),
    )
    connection.execute(_SUBMISSIONS.update().where(quiet).values(attention_since=None))
