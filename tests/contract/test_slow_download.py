"""A download that takes longer than anybody waits, beside a second poller: the mail arrives once, and
is downloaded once."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from desk.app import App
from desk.inbound.poll import poll_mailbox
from desk.jobs import heartbeat
from desk.store.jobs import processes
from redaksi.errors import LeaseLost, RedaksiError
from tests import newsroom
from tests.drill import slow
from tests.drill.slow import Trickling
from tests.newsroom import mails
from tests.processes import silence

SIZE, RATE = 360_000, 45_000.0  # a tenth of 3.6 MB, in eight seconds
SILENCE, BEAT = timedelta(seconds=2.5), timedelta(seconds=0.2)


@pytest.fixture
def server() -> Iterator[Trickling]:
    running = Trickling(RATE)
    slow.fill(running, SIZE)
    yield running
    running.stop()


@pytest.fixture
def two(server: Trickling, tmp_path: Path) -> Iterator[tuple[App, App]]:
    """Two processes on one store and one folder."""
    account = server.account()
    with ExitStack() as stack:
        apps = [
            stack.enter_context(newsroom.app(account, tmp_path, read_timeout=timedelta(seconds=60)))
            for _ in range(2)
        ]
        yield apps[0], apps[1]


def poll_in_a_thread(app: App, ends: list[RedaksiError | int | None]) -> threading.Thread:
    def poll() -> None:
        try:
            ends.append(poll_mailbox(app, app.config.mailbox[0]))
        except RedaksiError as error:
            ends.append(error)

    thread = threading.Thread(target=poll)
    thread.start()
    return thread


def test_a_second_poller_finds_the_mailbox_taken_all_the_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The download outlasts several holds: it is the heartbeat that keeps the mailbox."""
    monkeypatch.setattr(processes, "SILENCE", SILENCE)
    monkeypatch.setattr(heartbeat, "BEAT", BEAT)
    found = slow.run(tmp_path, SIZE, RATE, 0.1)
    assert (found.first, found.second) == (2, 0)
    assert (found.mails, found.downloads) == (2, 2)
    assert found.looks > 1


def test_who_was_taken_for_dead_in_the_middle_doubles_and_loses_nothing(
    server: Trickling, two: tuple[App, App]
) -> None:
    first, second = two
    ends: list[RedaksiError | int | None] = []
    thread = poll_in_a_thread(first, ends)
    assert server.underway.wait(20)
    taken = None
    while taken is None:
        silence(first.store)
        taken = poll_mailbox(second, second.config.mailbox[0])
    thread.join(60)
    assert taken == 2
    assert isinstance(ends[0], LeaseLost) or ends == [0]
    assert len(mails(first.store)) == 2
    assert poll_mailbox(first, first.config.mailbox[0]) == 0
