"""A good installation, and what goes wrong with it, row by row: for the tests of `status`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from sqlalchemy import delete

from desk.app import App
from desk.cli.status import verdict
from desk.health.judge import find_notes, find_troubles
from desk.health.look import observe
from desk.health.observed import Observed, Place
from desk.health.trouble import NoteCode, TroubleCode
from desk.store import Transaction, status
from desk.store.inbound import own_mailboxes
from desk.store.tables import (
    Attention,
    Job,
    Mail,
    Outbox,
    Process,
    Publication,
    SiteState,
    Submission,
)
from ingest.fetch.listing import Account
from tests import newsroom

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # a Wednesday morning at Jakarta
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ACCOUNT = Account(id="warta", host="127.0.0.1", port=1, user="u", password="p", security="none")
ROOMY = Place(
    key="data_dir", path="/data", free=9 << 30, total=99 << 30, inodes_free=9**6, inodes=10**6
)


@contextmanager
def installation(tmp_path: Path) -> Iterator[App]:
    """A good one: polled a minute ago, its pages written, nothing waits."""
    plain = newsroom.configuration(ACCOUNT, tmp_path, poll=timedelta(minutes=2))
    reply = replace(plain.reply, mode="draft", host="smtp.example.org")
    with newsroom.app(ACCOUNT, tmp_path, replace(plain, reply=reply)) as opened:
        with opened.store.begin() as tx:
            tx.execute(delete(Process))  # the test's own, which lives by the real clock
            own_mailboxes.remember(tx, own_mailboxes.OwnMailbox(id="warta", address="a@b.id"), NOW)
            poll(tx, NOW - MINUTE)
            tx.add(SiteState(id=str(opened.config.queue_folder), written_at=NOW - MINUTE))
        yield opened


def poll(tx: Transaction, at: datetime, error: str = "", folder: str = "INBOX") -> None:
    begun = status.poll_started(tx, "warta", folder, at)
    status.poll_ended(tx, begun, at, new=0, error=error)


def mail(tx: Transaction, at: datetime, name: str = "a", **values: Any) -> int:
    row = Mail(
        mailbox_id="warta",
        source="mail",
        source_text=f"warta/INBOX/1/{name}",
        identity=name,
        blob=name,
        size=1,
        received_at=at,
        **{"internaldate": at, "state": "received", **values},
    )
    tx.add(row)
    tx.flush()
    return row.id


def job(tx: Transaction, mail_id: int, at: datetime, kind: str = "examine", **values: Any) -> int:
    row = Job(kind=kind, key=str(mail_id), not_before=at, created_at=at, **values)
    tx.add(row)
    tx.flush()
    return row.id


def waits(tx: Transaction, since: datetime, name: str = "a", **values: Any) -> None:
    job(tx, mail(tx, since, name), since, **values)


def owed(tx: Transaction, state: str, name: str = "a") -> None:
    job(tx, mail(tx, NOW, name, state="withheld"), NOW, kind="fetch", state=state)


def letter(tx: Transaction, state: str, at: datetime, key: str = "k", **values: Any) -> None:
    tx.add(
        Outbox(
            kind="revise",
            to_address="r@x.id",
            to_normalized="r@x.id",
            subject="s",
            message_id=f"<{key}@x>",
            idempotency_key=key,
            language="id",
            key_id="k",
            text="",
            state=state,
            automatic=True,
            not_before=at,
            queued_at=at,
            created_at=at,
            **{"mailbox_id": "warta", **values},
        )
    )
    tx.flush()


def process(tx: Transaction, heartbeat: datetime, **values: Any) -> None:
    row = {"id": "x", "roles": ["all"], "label": "kantor:7", "started_at": heartbeat - HOUR}
    tx.add(Process(heartbeat_at=heartbeat, **{**row, **values}))
    tx.flush()


def look(app: App, at: datetime = NOW, **changes: Any) -> Observed:
    """What is observed at a moment, on disks with room."""
    seen = observe(newsroom.but(app, clock=lambda: at))
    return replace(seen, places=(ROOMY,), **changes)


def codes(app: App, at: datetime = NOW, **changes: Any) -> list[TroubleCode]:
    found = find_troubles(look(app, at, **changes), app.config, at)
    for language in ("id", "en"):  # each can be said, in 80 columns
        for line in verdict(found, find_notes(look(app, at), app.config, at), language):
            assert len(line) <= 80
    return [trouble.code for trouble in found]


def notes(app: App, at: datetime = NOW) -> list[NoteCode]:
    return [note.code for note in find_notes(look(app, at), app.config, at)]


def publication(tx: Transaction, state: str, at: datetime, **values: Any) -> None:
    """A scheduled article at a target, in this state; one that asks does so since `at`."""
    came = mail(tx, at, state="examined")
    row = Submission(
        number="W-2026-0001",
        mailbox_id="warta",
        source="mail",
        mail_id=came,
        position=0,
        state="scheduled",
        received_at=at,
        updated_at=at,
    )
    tx.add(row)
    tx.flush()
    stands = {"target": "situs", "wanted": "up", "state": state, "media": {}, **values}
    tx.add(Publication(submission_id=row.id, **stands))
    if state == "asking":
        tx.add(Attention(submission_id=row.id, flag="asking", since=at, event_id=0))
    tx.flush()
