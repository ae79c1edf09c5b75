"""A download that takes longer than anybody waits, beside a second poller: the mail arrives once, and
is downloaded once."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from desk.app import App
from desk.inbound.poll import poll_mailbox
from redaksi.errors import LeaseLost, RedaksiError
from tests import newsroom
from tests.newsroom import mails
from tests.processes import silence
from tests.scripted_imap import ScriptedImap

SLOW = b"Message-ID: <foto@x.example>\r\n\r\n" + b"0123456789\r\n" * 30_000  # a tenth of 3.6 MB
SECONDS = 4.0  # its download


class Slow(ScriptedImap):
    """Gives a mail's bytes a little at a time. `underway` is set once some went."""

    def __init__(self) -> None:
        super().__init__()
        self.underway = threading.Event()

    def _mail(self, uid: int, command: str) -> bytes:
        if "BODY.PEEK[]" in command:
            self.underway.set()
            time.sleep(SECONDS / 2)
        return super()._mail(uid, command)

    @property
    def downloads(self) -> int:
        return sum("BODY.PEEK[]" in command for command in self.commands)


@pytest.fixture
def server() -> Iterator[Slow]:
    running = Slow()
    running.mails = {1: SLOW, 2: b"Message-ID: <b@x.example>\r\n\r\nisi\r\n"}
    yield running
    running.stop()


@pytest.fixture
def two(server: Slow, tmp_path: Path) -> Iterator[tuple[App, App]]:
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
    server: Slow, two: tuple[App, App]
) -> None:
    first, second = two
    ends: list[RedaksiError | int | None] = []
    thread = poll_in_a_thread(first, ends)
    assert server.underway.wait(20)
    answers = set()
    while thread.is_alive():
        answers.add(poll_mailbox(second, second.config.mailbox[0]))
        time.sleep(0.1)
    assert ends == [2]
    assert answers <= {None, 0}
    assert len(mails(first.store)) == 2
    assert server.downloads == 2


def test_who_was_taken_for_dead_in_the_middle_doubles_and_loses_nothing(
    server: Slow, two: tuple[App, App]
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
