"""What was downloaded is not downloaded again, whatever happens to who downloaded it before the
mail stands in the ledger."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.app import App
from desk.blobs.local import LocalBlobs
from desk.inbound.poll import poll_mailbox
from desk.store.inbound import ledger, pending_fetch
from ingest.fetch.mailbox import Mailbox
from redaksi.errors import LeaseLost, StoreError
from tests import newsroom
from tests.newsroom import mails
from tests.processes import silence
from tests.scripted_imap import ScriptedImap

SHORT = b"Message-ID: <a@x.example>\r\n\r\nisi\r\n"
LONG = b"Message-ID: <b@x.example>\r\n\r\n" + b"0123456789\r\n" * 10_000


class Killed(BaseException):
    """SIGKILL: nothing is tidied up that a program tidies up when it ends."""


@pytest.fixture
def server() -> Iterator[ScriptedImap]:
    running = ScriptedImap()
    running.mails = {1: SHORT, 2: LONG}
    yield running
    running.stop()


@pytest.fixture
def two(server: ScriptedImap, tmp_path: Path) -> Iterator[tuple[App, App]]:
    """Two processes on one store and one folder."""
    with ExitStack() as stack:
        opened = [stack.enter_context(newsroom.app(server.account(), tmp_path)) for _ in range(2)]
        yield opened[0], opened[1]


def downloads(server: ScriptedImap) -> list[int]:
    """The UIDs whose bytes were asked for, in order."""
    return [int(line.split()[2]) for line in server.commands if "BODY.PEEK[]" in line]


def poll(app: App) -> int | None:
    return poll_mailbox(app, app.config.mailbox[0])


def raising(error: BaseException, work: Callable[..., Any], *, after: int = 0) -> Any:
    """The work, but for one time, after so many, that ends in `error`."""
    done = iter(range(1000))

    def either(*arguments: Any, **named: Any) -> Any:
        if next(done) == after:
            raise error
        return work(*arguments, **named)

    return either


@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("fault", [Killed(), StoreError("files", fault="?")])
@pytest.mark.parametrize(("owner", "step"), [(LocalBlobs, "adopt"), (ledger, "arrive")])
def test_one_that_ends_between_a_download_and_the_ledger_costs_no_second(
    server: ScriptedImap,
    two: tuple[App, App],
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,
    step: str,
    fault: BaseException,
    after: int,
) -> None:
    app, next_one = two
    real = getattr(owner, step)
    monkeypatch.setattr(owner, step, raising(fault, real, after=after))
    with pytest.raises(type(fault)):
        poll(app)
    silence(app.store)
    poll(next_one)
    assert downloads(server) == [1, 2]
    assert sorted(mail.size for mail in mails(app.store)) == sorted([len(SHORT), len(LONG)])
    assert list(app.spool.iterdir()) == []


def test_who_lost_the_mailbox_leaves_the_download_to_the_next(
    server: ScriptedImap, two: tuple[App, App], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    real = Mailbox.fetch
    taken: list[int | None] = []

    def fetch(self: Mailbox, *arguments: Any, **named: Any) -> Any:
        fetched = real(self, *arguments, **named)
        if not taken:
            monkeypatch.setattr(Mailbox, "fetch", real)
            silence(first.store)
            taken.append(poll(second))
        return fetched

    monkeypatch.setattr(Mailbox, "fetch", fetch)
    with pytest.raises(LeaseLost):
        poll(first)
    assert (taken, downloads(server), len(mails(first.store))) == ([2], [1, 2], 2)
    assert list(first.spool.iterdir()) == []


def test_a_file_system_without_second_names_takes_the_first(
    server: ScriptedImap, two: tuple[App, App], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(1, "not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert poll(two[0]) == 2
    assert downloads(server) == [1, 2]
    assert list(two[0].spool.iterdir()) == []


def test_a_file_of_another_size_than_the_server_lists_is_asked_for_anew(
    server: ScriptedImap, two: tuple[App, App], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = two[0]
    monkeypatch.setattr(LocalBlobs, "adopt", raising(Killed(), LocalBlobs.adopt))
    with pytest.raises(Killed):
        poll(app)
    server.mails[1] = SHORT + b"dan lagi\r\n"
    poll(app)
    assert downloads(server) == [1, 1, 2]
    assert {mail.size for mail in mails(app.store)} == {len(server.mails[1]), len(LONG)}


@pytest.mark.parametrize("fault", [Killed(), LeaseLost("lease_lost", name="poll:warta")])
def test_what_a_server_withheld_and_then_gave_is_downloaded_once(
    server: ScriptedImap,
    two: tuple[App, App],
    monkeypatch: pytest.MonkeyPatch,
    fault: BaseException,
) -> None:
    app = two[0]
    server.mails = {1: SHORT}
    refused = [b""]
    given = server._fetch
    monkeypatch.setattr(
        server,
        "_fetch",
        lambda line: refused.pop() if refused and "BODY.PEEK[]" in line else given(line),
    )
    poll(app)
    assert [mail.state for mail in mails(app.store)] == ["withheld"]
    monkeypatch.setattr(
        pending_fetch, "record_arrival", raising(fault, pending_fetch.record_arrival)
    )
    with pytest.raises(type(fault)):
        poll(years_later(app, 1))
    if isinstance(fault, Killed):
        silence(app.store)
    poll(years_later(app, 2))
    assert downloads(server) == [1, 1]
    assert [mail.size for mail in mails(app.store)] == [len(SHORT)]


def years_later(app: App, years: int) -> App:
    clock = app.clock
    return newsroom.but(app, clock=lambda: clock() + years * timedelta(days=365))
