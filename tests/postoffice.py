"""An office whose clock is set by hand and whose relay says what the test wants: what a turn of
the sender does."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from sqlalchemy import select

from desk.app import App, open_app
from desk.inbound.poll import own_mailbox
from desk.outbound import sender
from desk.store.inbound import own_mailboxes
from desk.store.outbound import outbox as letters
from desk.store.outbound import outbox_queries
from desk.store.outbound.letters import Letter, Stored
from desk.store.tables import Event
from publisher.smtp.session import Outcome, Sent, SmtpSession
from redaksi import catalog
from redaksi.catalog.stored import say_stored
from redaksi.config.schema import Config, Mailbox, Queue, Reply, Storage
from redaksi.errors import RedaksiError
from tests.empty_store import lay_out

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09:00 in Jakarta
Says = Callable[[str], Outcome]


class Bench:
    """The office, its clock, its relay: `says` answers for each recipient; `wire` is what it was
    given, in order."""

    def __init__(self, app: App, now: datetime) -> None:
        self.now = now
        self.app = msgspec.structs.replace(app, clock=lambda: self.now)
        self.says: Says = lambda to: Sent(reply=f"250 queued for {to.partition('@')[0]}")
        self.wire: list[str] = []
        self.tried: list[str] = []
        self.count = 0

    def sent(self, _content: bytes, _from: str, to: str) -> Outcome:
        self.tried.append(to)
        outcome = self.says(to)
        if isinstance(outcome, Sent):
            self.wire.append(to)
        return outcome

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def reply(self, **differs: Any) -> None:
        """The same office with another [reply]."""
        config = self.app.config
        told = msgspec.structs.replace(
            config, reply=msgspec.structs.replace(config.reply, **differs)
        )
        self.app = msgspec.structs.replace(self.app, config=told)

    def letter(self, to: str = "", **differs: Any) -> int:
        """A letter in the outbox; its number."""
        self.count += 1
        known = f"<redaksi-{self.count}@warta.example>"
        plain = Letter(
            kind="revise",
            language="id",
            mailbox="warta",
            to=to or f"s{self.count}@x{self.count}.example",
            message_id=known,
            key_id="k1",
            subject="Re: x",
            text="Isi",
            content=f"Message-ID: {known}\r\n\r\n".encode(),
            at=self.now,
            idempotency_key=f"test:{self.count}",
        )
        with self.app.store.begin() as tx:
            made = letters.enqueue(tx, msgspec.structs.replace(plain, **differs))
        assert made is not None
        return made

    def post(self, **how: Any) -> int | str:
        """How many letters left in a turn, or the trouble."""
        try:
            return sender.send_due_letters(self.app, **how)
        except RedaksiError as error:
            return f"{type(error).__name__}: {error}"

    def turns(self, hours: float, minutes: float = 15) -> None:
        """Turns for so long, one every so many minutes."""
        for _ in range(int(hours * 60 / minutes)):
            self.post()
            self.later(minutes=minutes)

    def get(self, number: int) -> Stored:
        with self.app.store.read() as tx:
            found = letters.get(tx, number)
        assert found is not None
        return found

    def states(self) -> dict[str, int]:
        with self.app.store.read() as tx:
            return {str(state): count for state, count in outbox_queries.counts(tx).items()}

    def told(self, number: int | None = None) -> list[tuple[str, str]]:
        """What happened to a letter (None: to all), with the reasons."""
        with self.app.store.read() as tx:
            rows = list(tx.scalars(select(Event).order_by(Event.id)))
        words = catalog.load("en")
        return [
            (row.what, say_stored(row.reason, words))
            for row in rows
            if number in (None, row.letter_id)
        ]

    def happened(self) -> Counter[str]:
        return Counter(what for what, _ in self.told())


def configuration(home: Path, url: str = "", **reply: Any) -> Config:
    """One mailbox, letters that go by themselves. `url`: another database than the folder's."""
    box = Mailbox(
        id="warta",
        address="redaksi@warta.example",
        host="127.0.0.1",
        user="x",
        password="env:P",
        since=date(2020, 1, 1),
    )
    told = Reply(**{"mode": "auto", "host": "127.0.0.1", "port": 1, "security": "none", **reply})
    return Config(
        mailbox=(box,),
        data_dir=str(home),
        storage=Storage(database=url) if url else Storage(),
        reply=told,
        queue=Queue(settle=timedelta(0)),
    )


@contextmanager
def bench(home: Path, now: datetime = MONDAY, url: str = "", **reply: Any) -> Iterator[Bench]:
    """The bench, ready."""
    if not url:
        lay_out(home)
    with open_app(configuration(home, url, **reply), environment={"P": ""}) as app:
        on = Bench(app, now)
        with on.app.store.begin() as tx:
            own_mailboxes.remember(tx, own_mailbox(app, app.config.mailbox[0]), now)
        with mock.patch.object(SmtpSession, "send", on.sent):
            yield on
