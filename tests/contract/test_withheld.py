"""Exchange's words in place of a mail it cannot give: an editor sees them at once, the mail is asked
for again, and what comes in the end is filed as if it had come at first."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.app import App
from desk.inbound.hold import Watch
from desk.inbound.poll import poll_mailbox
from desk.sandbox.host import Sandbox
from desk.store.inbound import dead_letters, pending_fetch
from desk.store.jobs import job_rows
from desk.worker.round import examine_waiting
from redaksi.reasons import ReasonCode, code_of
from tests import newsroom
from tests.newsroom import but, mails, submissions
from tests.scripted_imap import ScriptedImap

HOURS = timedelta(hours=1.1)
TRUE = (
    b"From: Siti <siti@surel.example>\r\nSubject: Panen raya\r\nMessage-ID: <p@surel.example>\r\n\r\n"
    b"Selamat siang, foto menyusul.\r\n"
)


def stand_in(number: int, subject: str = "Panen raya") -> bytes:
    return (
        "From: Microsoft Exchange Server 2013\r\nTo: redaksi@warta.example\r\n"
        f"Subject: Retrieval using the IMAP4 protocol failed for the following message: {number}\r\n"
        "\r\nThe server couldn't retrieve the following message:\r\n\r\n"
        f'Subject: "{subject}"\r\nFrom: "Siti" ("siti@surel.example")\r\n'
    ).encode()


@pytest.fixture
def server() -> Iterator[ScriptedImap]:
    running = ScriptedImap()
    running.mails = {1: stand_in(1)}
    yield running
    running.stop()


@pytest.fixture
def app(server: ScriptedImap, tmp_path: Path) -> Iterator[App]:
    with newsroom.app(server.account(), tmp_path) as opened:
        yield opened


def pass_over(app: App, *, hours: int = 0) -> App:
    """A poll and what is to be examined, some hours later."""
    then = but(app, clock=lambda: app.clock() + hours * HOURS)
    poll_mailbox(then, then.config.mailbox[0])
    with Sandbox() as sandbox:
        examine_waiting(then, sandbox, Watch())
    return then


def owed(app: App) -> int:
    with app.store.read() as tx:
        return pending_fetch.count(tx, "warta")


def fetches(server: ScriptedImap) -> int:
    return sum("BODY.PEEK[]" in command for command in server.commands)


def test_it_stands_before_an_editor_at_once(app: App) -> None:
    pass_over(app)
    (mail,), (shown,) = mails(app.store), submissions(app.store)
    assert (mail.state, mail.outcome, mail.subject) == ("withheld", None, "Panen raya")
    assert code_of(mail.reason) is ReasonCode.STAND_IN
    assert (shown.state, shown.attention_since is not None) == ("failed", True)
    assert owed(app) == 1


def test_it_is_asked_for_again_at_each_reconciliation_and_no_oftener(
    server: ScriptedImap, app: App
) -> None:
    pass_over(app)
    pass_over(app)
    assert fetches(server) == 1
    pass_over(app, hours=1)
    pass_over(app, hours=2)
    assert fetches(server) == 3
    assert [mail.state for mail in mails(app.store)] == ["withheld"]
    assert len(submissions(app.store)) == 1


@pytest.mark.parametrize("hours", [1, 3])
def test_when_the_mail_comes_it_is_examined_like_any_other(
    server: ScriptedImap, app: App, hours: int
) -> None:
    pass_over(app)
    for hour in range(1, hours):
        pass_over(app, hours=hour)
    server.mails[1] = TRUE
    pass_over(app, hours=hours)
    (mail,) = mails(app.store)
    assert (mail.state, mail.subject) == ("examined", "Panen raya")
    assert mail.blob is not None
    assert app.blobs.local_path(mail.blob).read_bytes() == TRUE
    assert owed(app) == 0
    assert [one.state for one in submissions(app.store)] != ["failed"]


def test_other_words_in_its_place_are_no_mail_either(server: ScriptedImap, app: App) -> None:
    pass_over(app)
    server.mails[1] = stand_in(1, "Panen raya (2)")
    pass_over(app, hours=1)
    (mail,) = mails(app.store)
    assert (mail.state, mail.subject) == ("withheld", "Panen raya (2)")
    assert (owed(app), len(submissions(app.store))) == (1, 1)


def test_one_that_left_the_folder_is_owed_no_more(server: ScriptedImap, app: App) -> None:
    pass_over(app)
    server.mails = {}
    pass_over(app, hours=1)
    assert owed(app) == 0
    assert mails(app.store)[0].state == "examined"


def test_asked_for_by_an_editor_it_is_still_withheld(server: ScriptedImap, app: App) -> None:
    pass_over(app)
    with app.store.begin() as tx:
        (job,) = job_rows.failed_jobs(tx)
        assert dead_letters.retry_job(tx, job.id, app.clock())
    for hour in range(4):
        pass_over(app, hours=hour)
    assert [mail.state for mail in mails(app.store)] == ["withheld"]
    assert fetches(server) >= 2
    with app.store.read() as tx:
        (job,) = job_rows.failed_jobs(tx)
    assert "stand_in" in job.reason


def test_two_of_them_are_two(server: ScriptedImap, app: App) -> None:
    server.mails[2] = stand_in(2, "Naskah lain")
    pass_over(app)
    assert [mail.subject for mail in mails(app.store)] == ["Panen raya", "Naskah lain"]
    assert owed(app) == 2
