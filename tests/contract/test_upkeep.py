"""`redaksi failed`, `reconcile` and `login`; several mailboxes in one configuration; how long a
failure rests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from desk.cli import cli
from desk.cli.common import is_journal
from desk.demo import dovecot
from desk.inbound.poll import poll_mailbox
from desk.inbound.watcher import pause_after
from desk.store.inbound import pending_fetch
from desk.store.jobs import job_rows
from desk.worker.round import one_round
from ingest.fetch import oauth
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from redaksi.errors import LoginRefused, RedaksiError, Throttled, Unreachable
from tests import newsroom
from tests.contract.test_receive import HOUR, Stubborn, later, mail
from tests.newsroom import mails, submissions
from tests.oauth_server import Stub, stub


@pytest.fixture
def server() -> Iterator[Stubborn]:
    running = Stubborn()
    yield running
    running.stop()


def said(home: Path, *words: str) -> Result:
    told = [*words, "--config", str(home / "config.toml")]
    return CliRunner().invoke(cli, told, env={"P": "rahasia"}, catch_exceptions=False)


@pytest.fixture
def one_failed(server: Stubborn, tmp_path: Path) -> Path:
    """The home of an office with one mail the server withheld for good."""
    server.mails, server.withheld = {1: mail("a"), 2: mail("b")}, {2}
    newsroom.config_file(server.account(), tmp_path)
    with newsroom.app(server.account(), tmp_path) as app:
        for hours in range(3):
            poll_mailbox(later(app, hours * HOUR), app.config.mailbox[0])
    return tmp_path


def test_failed_lists_what_was_set_aside_and_why(one_failed: Path) -> None:
    told = said(one_failed, "failed", "list").output
    assert "tidak dapat diambil, 3 kali dicoba" in told
    assert "warta/INBOX/7/2" in told
    assert "tidak memberikan apa-apa" in told


def test_failed_retry_begins_anew(one_failed: Path, server: Stubborn) -> None:
    assert said(one_failed, "failed", "retry", "--all").output == "1 surel dicoba lagi\n"
    server.withheld.clear()
    with newsroom.app(server.account(), one_failed) as app:
        one_round(later(app, HOUR * 5))
        assert [row.state for row in mails(app.store)] == ["examined", "examined"]
        assert len(submissions(app.store)) == 2


def test_failed_drop_leaves_it_visible(one_failed: Path, server: Stubborn) -> None:
    with newsroom.app(server.account(), one_failed) as app:
        with app.store.read() as tx:
            (job,) = job_rows.failed_jobs(tx)
        assert said(one_failed, "failed", "drop", str(job.id)).exit_code == 0
        assert [row.state for row in submissions(app.store)] == ["failed"]
        with app.store.read() as tx:
            assert pending_fetch.count(tx, "warta") == 0


def test_a_number_that_is_none_of_them_is_told(one_failed: Path) -> None:
    assert said(one_failed, "failed", "retry", "999").exit_code == 1


def test_reconcile_exits_1_while_a_mail_cannot_be_taken_in(
    one_failed: Path, server: Stubborn
) -> None:
    told = said(one_failed, "reconcile")
    assert (told.exit_code, "1 ditahan server" in told.output) == (1, True)
    server.withheld.clear()
    assert said(one_failed, "reconcile").exit_code == 0


def test_several_mailboxes_each_with_its_own_watermark(server: Stubborn, tmp_path: Path) -> None:
    other = Stubborn()
    server.mails, other.mails = {1: mail("a"), 9: mail("b")}, {1: mail("a"), 2: mail("c")}
    one = newsroom.configuration(server.account(), tmp_path)
    two = newsroom.configuration(other.account(), tmp_path, id="daerah").mailbox[0]
    dead = replace(two, id="mati", port=1)
    with newsroom.app(
        server.account(), tmp_path, replace(one, mailbox=(dead, *one.mailbox, two))
    ) as app:
        done = one_round(app)
        assert (done.taken, len(done.troubles)) == (4, 1)  # what was sent to both is a mail of each
        assert {row.mailbox_id for row in mails(app.store)} == {"warta", "daerah"}
    other.stop()


@pytest.mark.parametrize(
    ("failures", "error", "seconds"),
    [
        (1, Unreachable("x"), 1),
        (2, Unreachable("x"), 2),
        (5, Unreachable("x"), 16),
        (60, Unreachable("x"), 300),
        (1, LoginRefused("x"), 300),
        (1, Throttled("x"), 3600),
        (9, Throttled("x", 30), 30),
    ],
)
def test_how_long_a_failure_rests(failures: int, error: RedaksiError, seconds: float) -> None:
    assert pause_after(failures, error, 1.0) == seconds
    assert pause_after(failures, error, 1.25) <= seconds * 1.25


# ── OAuth2 ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    with stub() as running:
        monkeypatch.setattr(oauth, "GOOGLE", running.loopback_provider())
        yield running


def test_login_once_and_the_mails_come_ever_after(
    tokens: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    monkeypatch.setattr("desk.cli.login.show", lambda address, _code: tokens.browse(address))
    with dovecot.running(introspection_url=f"{tokens.base}/introspect") as server:
        account = Account(
            id="warta",
            host=server.host,
            port=server.port,
            user="redaksi@example.org",
            password=server.password,
            security="none",
        )
        with open_mailbox(account) as mailbox:
            mailbox.append("INBOX", mail("a"))
        newsroom.config_file(account, tmp_path, extra='auth = "oauth2"\nclient_id = "redaksi"')
        told = said(tmp_path, "login", "warta")
        assert told.exit_code == 0, told.output
        assert (tmp_path / "warta.token").stat().st_mode & 0o077 == 0
        polled = said(tmp_path, "poll", "--quiet")
        assert (polled.exit_code, polled.output) == (0, "")  # cron mails whatever is printed
        with newsroom.app(account, tmp_path) as app:
            assert len(mails(app.store)) == 1


def test_login_is_for_mailboxes_that_use_it(server: Stubborn, tmp_path: Path) -> None:
    newsroom.config_file(server.account(), tmp_path)
    by_password, unknown = said(tmp_path, "login", "warta"), said(tmp_path, "login", "lain")
    assert (by_password.exit_code, unknown.exit_code) == (2, 2)
    assert "masuk dengan kata sandi" in by_password.output
    assert "tidak ada kotak surat lain" in unknown.output


def test_a_quiet_pass_tells_the_journal_what_it_did() -> None:
    """cron's mail is for failures; the journal is where one looks for the rest."""
    here = os.fstat(2)
    assert is_journal(f"{here.st_dev}:{here.st_ino}")
    assert not any(map(is_journal, ("", "1:1", f"{here.st_dev}:{here.st_ino + 1}", "x")))


# ── doctor ────────────────────────────────────────────────────────────────────────────────────────


def test_doctor_finds_everything_in_place(server: Stubborn, tmp_path: Path) -> None:
    newsroom.config_file(server.account(), tmp_path)
    told = said(tmp_path, "doctor")
    assert (told.exit_code, told.output.count("baik")) == (0, 11), told.output


def test_doctor_names_what_is_not_and_goes_on(server: Stubborn, tmp_path: Path) -> None:
    newsroom.config_file(replace(server.account(), port=1), tmp_path)
    told = said(tmp_path, "doctor")
    assert told.exit_code == 1
    assert [line.split()[0] for line in told.output.splitlines()].count("PERHATIKAN") == 1
    assert "surat keluar: tidak dipakai" in told.output
