"""The queue is a query: who must look at a submission is a table, and what is asked has an index.

What old events say of attention is told here as it was on the day of this migration; the living
rules are desk.domain.attention's.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TRIES = {"accept", "revise", "incomplete", "review", "exhausted"}
DECIDED = {
    "schedule", "unschedule", "note", "return", "decline", "reopen", "adopt", "discard", "confirm_withdrawal",
    "pair",
}  # fmt: skip
CALLING = {"review", "failed", "quarantined"}
CHANGED_IN = {"review", "scheduled", "published", "declined"}


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.create_table(
        "attention",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("flag", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_attention_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", "flag", name=op.f("pk_attention")),
    )
    for column in (
        sa.Column("attention_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("candidates", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("follows", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("submission", column)
    _fold()
    _indices()


def _indices() -> None:
    for table, column in (("document", "try_id"), ("photo", "try_id"), ("finding", "try_id"), ("event", "submission_id")):  # fmt: skip
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in ("document", "photo", "finding"):
        op.create_index(
            op.f(f"ix_{table}_try_id_position"), table, ["try_id", "position"], unique=True
        )
    for table, columns in (
        ("event", ["submission_id", "id"]),
        ("finding", ["code", "try_id"]),
        ("outbox", ["try_id"]),
        ("submission", ["address_id"]),
        ("submission", ["publish_at"]),
        ("submission", ["state", "updated_at"]),
    ):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
    called = sa.text("attention_since IS NOT NULL")
    op.create_index(
        op.f("ix_submission_attention_since"),
        "submission",
        ["attention_since"],
        sqlite_where=called,
        postgresql_where=called,
    )


def _fold() -> None:
    connection = op.get_bind()
    flags = sa.table("attention", *map(sa.column, ("submission_id", "flag", "since", "event_id")))
    submissions = sa.table(
        "submission", *map(sa.column, ("id", "attention_since", "candidates", "follows"))
    )
    known = set(connection.execute(sa.select(submissions.c.id)).scalars())
    for submission_id, standing in _standing(connection):
        if submission_id not in known:
            continue
        for flag, (since, event_id) in standing["flags"].items():
            row = {"submission_id": submission_id, "flag": flag, "since": since, "event_id": event_id}  # fmt: skip
            connection.execute(flags.insert().values(**row))
        connection.execute(
            submissions.update()
            .where(submissions.c.id == submission_id)
            .values(
                attention_since=standing["since"],
                candidates=json.dumps(standing["candidates"]),
                follows=standing["follows"],
            )
        )


def _standing(connection: sa.Connection) -> Iterator[tuple[int, Mapping[str, Any]]]:
    events = sa.table("event", *map(sa.column, ("id", "at", "what", "submission_id", "facts")))
    told = sa.select(events).where(events.c.submission_id.is_not(None))
    rows = connection.execute(told.order_by(events.c.submission_id, events.c.id))
    for submission_id, happened in groupby(rows, key=lambda row: row.submission_id):
        standing: dict[str, Any] = {
            "state": "received", "flags": {}, "since": None, "candidates": [], "follows": "",
        }  # fmt: skip
        for row in happened:
            _advance(standing, row.what, json.loads(row.facts), (row.at, row.id))
        yield submission_id, standing


def _advance(
    standing: dict[str, Any], what: str, facts: Mapping[str, Any], now: tuple[Any, int]
) -> None:
    before = {"failed": "failed", "retry": "received"}.get(what, standing["state"])
    standing["state"] = facts.get("to", before)
    names = _step(set(standing["flags"]), what, facts)
    standing["flags"] = {name: standing["flags"].get(name, now) for name in names}
    called = names or standing["state"] in CALLING
    standing["since"] = (standing["since"] or now[0]) if called else None
    if what in DECIDED:
        standing["candidates"] = []
    elif what in TRIES:
        standing["candidates"] = list(facts.get("candidates", ()))
        standing["follows"] = facts.get("follows", "")


def _step(flags: set[str], what: str, facts: Mapping[str, Any]) -> set[str]:
    stayed = "to" in facts and facts.get("from") == facts["to"]
    if what == "seen":
        return flags & {"withdrawal"}
    if what in DECIDED:
        return set()
    if what in TRIES:
        changed = {"changed"} if stayed and facts["to"] in CHANGED_IN else set()
        return (flags - {"bounced", "unwritten"}) | changed
    if what == "message":
        return (flags - {"bounced"}) | {"message"}
    raised = {
        "letter unwritable": "unwritten",
        "bounced": "bounced" if facts.get("hard") else "",
        "withdraw": "withdrawal" if stayed else "",
    }.get(what)
    return flags | {raised} if raised else flags
