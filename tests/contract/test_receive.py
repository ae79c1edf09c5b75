"""Taking mail in from servers that misbehave: nothing lost, nothing twice, one bad mail stops no
other."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import delete

from desk.app import App
from desk.blobs.local import LocalBlobs
from desk.cli.reconcile import describe
from desk.inbound import poll
from desk.inbound.hold import Watch
from desk.inbound.poll import poll_mailbox
from desk.sandbox.host import Sandbox
from desk.store import status
from desk.store.inbound import ledger, pending_fetch
from desk.store.jobs import job_rows
from desk.store.tables import Ledger
from desk.worker.round import examine_waiting, one_round
from redaksi import catalog
from redaksi.config.bounds import Caps
from redaksi.config.schema import Storage
from redaksi.errors import LoginRefused, StoreError, Throttled, Unreachable
from redaksi.reasons import ReasonCode, code_of, read_reason
from tests import newsroom
from tests.newsroom import but, happened, mails, submissions
from tests.processes import give_birth
from tests.scripted_imap import GMAIL, ScriptedImap, literal

HOUR = timedelta(hours=1)


def mail(text: str, message_id: str = "") -> bytes:
    named = f"Message-ID: <{message_id or text}@x.example>\r\n"
    return (
        f"From: Rahma <rahma@x.example>\r\nSubject: {text}\r\n{named}\r\nIsi {text}.\r\n".encode()
    )


class Stubborn(ScriptedImap):
    """Keeps the bodies of some mails back: says nothing, or breaks the connection."""

    def __init__(self, capabilities: str = "IMAP4rev1") -> None:
        super().__init__(capabilities)
        self.withheld: set[int] = set()
        self.deadly: set[int] = set()

    def _mail(self, uid: int, command: str) -> bytes:
        if "BODY.PEEK[]" in command and uid in self.withheld:
            return b""
        if "BODY.PEEK[]" in command and uid in self.deadly:
            return b"%CUT%"
        if "BODY.PEEK[HEADER]<" in command:
            header = self.mails[uid].partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            return literal(1, uid, "BODY[HEADER]<0>", header)
        return super()._mail(uid, command)

    @property
    def fetched(self) -> list[str]:
        return [command for command in self.commands if "BODY.PEEK[]" in command]


@pytest.fixture
def server() -> Iterator[Stubborn]:
    running = Stubborn()
    yield running
    running.stop()


@pytest.fixture
def app(server: Stubborn, tmp_path: Path) -> Iterator[App]:
    with newsroom.app(server.account(), tmp_path) as opened:
        yield opened


def later(app: App, span: timedelta) -> App:
    return but(app, clock=lambda: app.clock() + span)


def poll_all(app: App) -> int | None:
    return poll_mailbox(app, app.config.mailbox[0])


def subjects(app: App) -> list[str]:
    """What was taken in, by what the blobs hold."""
    blobs = [app.blobs.local_path(row.blob).read_bytes() for row in mails(app.store) if row.blob]
    return sorted(blob.split(b"Isi ")[1][:-3].decode() for blob in blobs)


# ── one mail, two mails ───────────────────────────────────────────────────────────────────────────


def test_two_mails_with_one_message_id_size_and_date_are_two(server: Stubborn, app: App) -> None:
    server.mails = {1: mail("a", "form"), 2: mail("b", "form")}
    assert poll_all(app) == 2
    server.mails[3] = mail("c", "form")
    assert poll_all(app) == 1
    assert subjects(app) == ["a", "b", "c"]


def test_in_a_new_epoch_they_are_still_two_and_nothing_is_twice(server: Stubborn, app: App) -> None:
    server.mails = {1: mail("a", "form"), 2: mail("b", "form"), 3: mail("d")}
    poll_all(app)
    server.commands.clear()
    server.uidvalidity, server.mails = (
        8,
        {1: mail("c", "form"), 2: mail("b", "form"), 3: mail("d"), 4: mail("a", "form")},
    )
    assert poll_all(app) == 1
    assert subjects(app) == ["a", "b", "c", "d"]
    assert len(server.fetched) == 3  # d is known without a download


def test_one_mail_under_two_labels_is_downloaded_once(tmp_path: Path) -> None:
    server = Stubborn(GMAIL)
    server.mails, server.gm_msgids = {1: mail("a"), 2: mail("b")}, {1: 11, 2: 12}
    with newsroom.app(server.account(), tmp_path, folders=("INBOX", "[Gmail]/Spam")) as app:
        assert poll_all(app) == 2
        assert len(server.fetched) == 2
        with app.store.read() as tx:
            assert len(ledger.known_uids(tx, "warta", "[Gmail]/Spam", 7)) == 2
    server.stop()


def test_spam_is_found_by_its_use_whatever_its_name(server: Stubborn, tmp_path: Path) -> None:
    server.answers["LIST"] = [
        b'* LIST (\\HasNoChildren \\Junk) "/" "Surel Sampah"\r\n%TAG% OK done\r\n'
    ]
    server.mails = {1: mail("a")}
    with newsroom.app(server.account(), tmp_path, folders=("\\Junk",)) as app:
        assert poll_all(app) == 1
        assert mails(app.store)[0].source_text == "warta/Surel Sampah/7/1"
        assert poll_all(app) == 0  # LIST knows no such use any more: nothing to do, and no trouble
        with app.store.read() as tx:
            assert status.status(tx).folders[0].error == ""


# ── mails the server withholds ────────────────────────────────────────────────────────────────────


def test_a_mail_the_server_withholds_stops_no_other(server: Stubborn, app: App) -> None:
    server.mails, server.withheld = {uid: mail(f"m{uid}") for uid in (1, 2, 3)}, {2}
    poll_all(app)
    assert subjects(app) == ["m1", "m3"]


def test_it_is_shown_as_failed_after_three_attempts(server: Stubborn, app: App) -> None:
    server.mails, server.withheld = {1: mail("a"), 2: mail("b")}, {2}
    for hours in range(3):
        poll_all(later(app, hours * HOUR))
    (shown,) = submissions(app.store)
    assert shown.state == "failed"
    with app.store.read() as tx:
        (job,) = job_rows.failed_jobs(tx)
    assert (job.kind, job.attempts) == ("fetch", 3)
    assert code_of(read_reason(job.reason)) is ReasonCode.SERVER_GAVE_NOTHING


@pytest.mark.parametrize("passes", [1, 3])
def test_it_is_filed_once_the_server_gives_it(server: Stubborn, app: App, passes: int) -> None:
    server.mails, server.withheld = {1: mail("a"), 2: mail("b")}, {2}
    for hours in range(passes):
        poll_all(later(app, hours * HOUR))
    server.withheld.clear()
    poll_all(later(app, 9 * HOUR))
    assert subjects(app) == ["a", "b"]
    with Sandbox() as sandbox:
        examine_waiting(later(app, 10 * HOUR), sandbox, Watch())
    assert [row.state for row in mails(app.store)] == ["examined", "examined"]
    assert len(submissions(app.store)) == 2
    with app.store.read() as tx:
        assert pending_fetch.count(tx, "warta") == 0


@pytest.mark.parametrize("passes", [1, 3])
def test_one_that_an_editor_deletes_is_owed_no_more(
    server: Stubborn, app: App, passes: int
) -> None:
    server.mails, server.withheld = {1: mail("a"), 2: mail("b")}, {2}
    for hours in range(passes):
        poll_all(later(app, hours * HOUR))
    del server.mails[2]
    poll_all(later(app, 9 * HOUR))
    with app.store.read() as tx:
        assert pending_fetch.count(tx, "warta") == 0
        assert not job_rows.failed_jobs(tx)


def test_one_that_comes_by_another_folder_is_one_mail(server: Stubborn, tmp_path: Path) -> None:
    server.mails, server.withheld = {1: mail("a")}, {1}
    with newsroom.app(server.account(), tmp_path) as app:
        poll_all(app)
        server.withheld, server.uidvalidity = set(), 8
        poll_all(later(app, HOUR))
        with app.store.read() as tx:
            assert pending_fetch.count(tx, "warta") == 0
        assert subjects(app) == ["a"]


def test_a_mail_that_breaks_every_connection_is_passed_over(server: Stubborn, app: App) -> None:
    server.mails, server.deadly = {1: mail("a"), 2: mail("b"), 3: mail("c")}, {2}
    with pytest.raises(Unreachable):
        poll_all(app)
    poll_all(app)
    assert subjects(app) == ["a", "c"]


# ── too big ───────────────────────────────────────────────────────────────────────────────────────


def test_of_a_mail_too_big_an_editor_sees_who_sent_it(server: Stubborn, app: App) -> None:
    server.mails = {1: mail("Video panjang") + b"x" * 5000}
    small = but(app, config=msgspec.structs.replace(app.config, safety=Caps(max_message=1000)))
    one_round(small)
    (row,) = mails(app.store)
    assert (row.blob, row.outcome, row.subject) == (None, "review", "Video panjang")
    assert server.fetched == []
    assert not list(app.spool.glob("*.header"))


# ── reconciliation ────────────────────────────────────────────────────────────────────────────────


def forget(app: App, uid: int) -> None:
    with app.store.begin() as tx:
        tx.execute(delete(Ledger).where(Ledger.uid == uid))


def test_a_mail_the_ledger_overlooked_is_taken_in_within_the_hour(
    server: Stubborn, app: App
) -> None:
    server.mails = {1: mail("a"), 3: mail("c")}
    poll_all(app)
    server.mails[2] = mail("b")  # it came in below the watermark
    assert poll_all(app) == 0
    assert poll_all(later(app, HOUR * 1.01)) == 1
    assert subjects(app) == ["a", "b", "c"]
    found = happened(app.store, "reconciled")
    assert [(one["overlooked"], one["taken"], one["left"]) for one in found] == [
        (0, 0, 0),
        (1, 1, 0),
    ]


def test_reconcile_tells_the_difference(server: Stubborn, app: App) -> None:
    server.mails = {uid: mail(f"m{uid}") for uid in (1, 2, 3)}
    poll_all(app)
    forget(app, 2)
    del server.mails[3]
    (found,) = poll.reconcile(app, app.config.mailbox[0]) or []
    assert (found.on_server, found.overlooked, found.taken, found.left, found.vanished) == (
        2,
        1,
        1,
        0,
        1,
    )
    assert "1 belum tercatat, 1 diambil sekarang" in describe(found, catalog.load("id"))
    assert len(mails(app.store)) == 3


def test_what_the_server_still_withholds_is_left_over(server: Stubborn, app: App) -> None:
    server.mails, server.withheld = {1: mail("a"), 2: mail("b")}, {2}
    (found,) = poll.reconcile(app, app.config.mailbox[0]) or []
    assert (found.taken, found.left, found.owed) == (2, 0, 1)


# ── our own faults, and the server's moods ────────────────────────────────────────────────────────


def test_a_full_disk_pauses_fetching_and_loses_nothing(
    server: Stubborn, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise StoreError("files: No space left on device")

    server.mails = {1: mail("a"), 2: mail("b")}
    with monkeypatch.context() as patched:
        patched.setattr(LocalBlobs, "adopt", full)
        with pytest.raises(StoreError):
            poll_all(app)
    assert mails(app.store) == []
    assert poll_all(app) == 2


def test_below_min_free_nothing_is_fetched(server: Stubborn, app: App) -> None:
    server.mails = {1: mail("a")}
    narrow = but(app, config=msgspec.structs.replace(app.config, storage=Storage(min_free=1 << 60)))
    with pytest.raises(StoreError, match="min_free"):
        poll_all(narrow)
    assert server.fetched == []
    with app.store.read() as tx:
        assert "disk_full" in status.status(tx).folders[0].error


def test_a_quota_is_waited_out_by_every_process(server: Stubborn, app: App) -> None:
    server.answers["LOGIN"] = [
        b"%TAG% NO [THROTTLED] Account exceeded command or bandwidth limits\r\n"
    ]
    with pytest.raises(Throttled):
        poll_all(app)
    said = len(server.commands)
    with pytest.raises(Throttled, match="nobody knocks"):
        poll_all(later(app, 0.9 * HOUR))
    assert len(server.commands) == said
    assert poll_all(later(app, 1.1 * HOUR)) == 0


def test_a_refused_login_is_told_by_status(server: Stubborn, app: App) -> None:
    server.answers["LOGIN"] = [b"%TAG% NO [AUTHENTICATIONFAILED] Invalid credentials\r\n"]
    with pytest.raises(LoginRefused):
        poll_all(app)
    with app.store.read() as tx:
        (folder,) = status.status(tx).folders
    assert "Invalid credentials" in folder.error


def test_while_another_process_polls_there_is_nothing_to_do(server: Stubborn, app: App) -> None:
    give_birth(app.store, "other")
    with poll.hold_mailbox(but(app, name="other"), app.config.mailbox[0], Watch()) as held:
        assert held is not None
        assert poll_all(app) is None
        assert poll.reconcile(app, app.config.mailbox[0]) is None
