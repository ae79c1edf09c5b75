"""A pass over many mails says in the store how far it is, so that `status` can tell it from a
standstill."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from desk.app import App
from desk.inbound import hold
from desk.inbound.hold import Watch
from desk.inbound.poll import poll_mailbox
from desk.store.tables import Poll
from redaksi.errors import Unreachable
from tests import newsroom
from tests.scripted_imap import ScriptedImap

MANY = 45


class Counting(ScriptedImap):
    """Breaks at mail `deadly`, each time."""

    deadly = 0

    def _mail(self, uid: int, command: str) -> bytes:
        if "BODY.PEEK[]" in command and uid == self.deadly:
            return b"%CUT%"
        return super()._mail(uid, command)


@pytest.fixture
def server() -> Iterator[Counting]:
    running = Counting()
    running.mails = {
        uid: b"Message-ID: <%d@x.example>\r\n\r\n%d\r\n" % (uid, uid) for uid in range(1, MANY + 1)
    }
    yield running
    running.stop()


@pytest.fixture
def app(server: ScriptedImap, tmp_path: Path) -> Iterator[App]:
    with newsroom.app(server.account(), tmp_path) as opened:
        yield opened


def written(app: App) -> list[tuple[int, int]]:
    """(done, listed) of each pass, oldest first."""
    with app.store.read() as tx:
        return [(row.done, row.listed) for row in tx.scalars(select(Poll).order_by(Poll.id))]


def poll_and_look(app: App, monkeypatch: pytest.MonkeyPatch, *, seconds: float) -> list[int]:
    """What the row said after each mail, where it may be written every so many seconds."""
    monkeypatch.setattr(hold, "WRITTEN_SECONDS", seconds)
    seen: list[int] = []

    def look(_done: int, _all: int) -> None:
        seen.extend(done for done, listed in written(app) if listed)

    poll_mailbox(app, app.config.mailbox[0], Watch(progress=look))
    return seen


def test_it_is_written_every_twenty_mails_and_at_the_end(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = poll_and_look(app, monkeypatch, seconds=3600)
    assert sorted(set(seen)) == [0, 20, 40]
    assert written(app) == [(MANY, MANY)]


def test_where_mails_are_slow_it_is_written_with_the_time(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(set(poll_and_look(app, monkeypatch, seconds=0))) == MANY


def test_when_it_moved_is_known(app: App) -> None:
    poll_mailbox(app, app.config.mailbox[0])
    with app.store.read() as tx:
        (row,) = tx.scalars(select(Poll))
    assert row.moved_at is not None
    assert row.started_at <= row.moved_at <= (row.ended_at or row.moved_at)


def test_a_pass_without_news_has_nothing_listed(app: App) -> None:
    for _ in range(2):
        poll_mailbox(app, app.config.mailbox[0])
    assert written(app)[-1] == (0, 0)


def test_what_a_pass_that_broke_off_left_is_what_the_next_lists(
    server: Counting, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hold, "WRITTEN_SECONDS", 0)
    server.deadly = 31
    with pytest.raises(Unreachable):
        poll_mailbox(app, app.config.mailbox[0])
    assert written(app) == [(30, MANY), (0, MANY - 30), (0, MANY - 30)]


def test_who_is_told_to_stop_leaves_what_was_done(app: App) -> None:
    looked: list[int] = []
    watch = Watch(stop=lambda: len(looked) >= 7, progress=lambda done, _: looked.append(done))
    poll_mailbox(app, app.config.mailbox[0], watch)
    assert written(app) == [(7, MANY)]
