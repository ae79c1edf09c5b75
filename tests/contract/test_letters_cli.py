"""`redaksi letters` and what `redaksi status` says of letters: every trouble a line with its
remedy, and exit 1."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from desk.cli import cli
from publisher.smtp.session import Closed, Deferred, Refused, Sent, Unknown
from redaksi.errors import LoginRefused
from redaksi.reasons import ReasonCode, explain
from tests.filing import examination, file, judged
from tests.postoffice import Bench, bench

Run = Callable[..., Result]


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, datetime.now(UTC)) as ready:
        yield ready


@pytest.fixture
def run(tmp_path: Path, on: Bench) -> Run:
    """The command on the bench's office, with this [reply]."""

    def told(*words: str, mode: str = "auto", host: str = "127.0.0.1", more: str = "") -> Result:
        config = tmp_path / "config.toml"
        config.write_text(
            f'data_dir = "{tmp_path}"\n[[mailbox]]\nid = "warta"\naddress = "redaksi@warta.example"\n'
            'host = "127.0.0.1"\nuser = "x"\npassword = "env:P"\nsince = 2020-01-01\nsecurity = "none"\n'
            f'[reply]\nmode = "{mode}"\nhost = "{host}"\nport = 1\nsecurity = "none"\n{more}\n',
            encoding="utf-8",
        )
        return CliRunner().invoke(cli, [*words, "--config", str(config)], env={"P": ""})

    return told


def said(result: Result) -> str:
    return " ".join(result.output.split())


# ── letters ───────────────────────────────────────────────────────────────────────────────────────


def test_a_refused_letter_is_listed_with_the_servers_word_and_can_be_sent_again(
    on: Bench, run: Run
) -> None:
    number = on.letter()
    on.says = lambda _: Refused(reply="550 5.1.1 no such user")
    on.post()
    listed = said(run("letters", "list"))
    assert "ditolak peladen" in listed
    assert "550 5.1.1 no such user" in listed
    on.says = lambda _: Sent(reply="250")
    assert "1 surat terkirim" in said(run("letters", "send", str(number), "--editor", "Nina"))
    assert on.get(number).state == "sent"


def test_a_refused_letter_can_be_dropped(on: Bench, run: Run) -> None:
    number = on.letter()
    on.says = lambda _: Refused(reply="550")
    on.post()
    assert run("letters", "drop", str(number)).exit_code == 0
    assert on.get(number).state == "dropped"


def test_why_a_letter_waits_is_said_in_the_editors_words(on: Bench, run: Run) -> None:
    on.letter(state="draft", reason=explain(ReasonCode.REPLY_DRAFT))
    assert "redaktur yang mengirim (reply.mode = draft)" in said(run("letters", "list"))


@pytest.mark.parametrize(
    ("differs", "reason"), [({"mode": "off"}, "reply.mode"), ({"host": ""}, "reply.host")]
)
def test_nothing_is_released_that_could_not_leave(
    on: Bench, run: Run, differs: dict[str, str], reason: str
) -> None:
    number = on.letter(state="draft", reason=explain(ReasonCode.REPLY_DRAFT))
    result = run("letters", "send", str(number), **differs)
    assert result.exit_code != 0
    assert reason in result.output
    assert on.get(number).state == "draft"


def test_a_draft_whose_submission_has_moved_on_is_dropped_and_that_is_said(
    on: Bench, run: Run
) -> None:
    paper = replace(examination(judged()), answer=None)
    about = file(on.app.store, on.now, paper).submissions[0].id
    number = on.letter(kind="declined", state="draft", submission_id=about)
    told = said(run("letters", "send", str(number), "--editor", "Nina"))
    assert f"surat {number}: dibatalkan – keadaan kirimannya sudah berubah" in told
    assert "0 surat terkirim" in told
    assert on.get(number).state == "dropped"


def test_what_did_not_leave_at_once_is_said(on: Bench, run: Run) -> None:
    number = on.letter(state="draft")
    on.says = lambda _: Deferred(reply="451 4.7.1 greylisted")
    told = said(run("letters", "send", str(number)))
    assert f"surat {number}: menunggu kirim – 451 4.7.1 greylisted 0 surat terkirim" in told


def test_after_the_password_was_mended_nobody_waits_for_the_pause(on: Bench, run: Run) -> None:
    def refused(_to: str) -> Sent:
        raise LoginRefused("535 5.7.8 BadCredentials")

    on.letter()
    on.letter()
    on.says = refused
    on.post()
    on.says = lambda _: Sent(reply="250")
    assert on.post() == 0
    assert "2 surat terkirim" in said(run("letters", "retry"))


# ── status ────────────────────────────────────────────────────────────────────────────────────────


def status(run: Run, **differs: str) -> str:
    """What status tells of letters; it exits 1 in all of these tests."""
    result = run("status", **differs)
    assert result.exit_code == 1
    return said(result)


def test_the_breaker(on: Bench, run: Run) -> None:
    on.reply(per_hour=2)
    for _ in range(5):
        on.letter()
    on.post()
    told = status(run, more="per_hour = 2")
    assert "reply.per_hour = 2 tercapai: 3 surat otomatis ditahan" in told
    assert "redaksi letters list" in told


def test_a_senders_limit(on: Bench, run: Run) -> None:
    for number in range(5):
        on.letter("ani@x.example", kind=f"kind {number}")
    on.post()
    assert "1 surat ditahan sampai reply.per_sender_per_day lewat" in status(run)


def test_a_days_limit(on: Bench, run: Run) -> None:
    on.reply(per_day=2)
    for _ in range(5):
        on.letter()
    on.post()
    assert "reply.per_day = 2 tercapai: 3 surat menunggu" in status(run, more="per_day = 2")


def test_a_relay_that_takes_nothing(on: Bench, run: Run) -> None:
    on.letter()
    on.says = lambda _: Closed(reply="550 5.4.5 Daily user sending limit exceeded")
    on.post()
    assert "surat tidak dapat keluar: 550 5.4.5 Daily user sending limit exceeded" in status(run)


def test_a_letter_that_has_been_due_for_hours(on: Bench, run: Run) -> None:
    on.letter(at=on.now - timedelta(hours=5))
    assert "surat menunggu dikirim sejak 5 jam lalu" in status(run)
    assert 'reply.mode = "off": 1 surat menunggu' in status(run, mode="off")


def test_a_letter_whose_sent_folder_cannot_be_asked(on: Bench, run: Run) -> None:
    on.reply(sent="Sent Items")
    on.now -= timedelta(hours=1)
    on.letter()
    on.says = lambda _: Unknown(reply="cut")
    on.post()
    on.later(hours=1)
    assert "belum pasti terkirim dan folder Terkirim belum dapat diperiksa" in status(run)


@pytest.mark.parametrize("mode", ["draft", "auto"])
def test_no_relay(on: Bench, run: Run, mode: str) -> None:
    assert "reply.host kosong" in status(run, mode=mode, host="")


def test_refused_and_doubtful_letters(on: Bench, run: Run) -> None:
    on.letter()
    on.letter()
    on.says = lambda to: Refused(reply="550") if to.startswith("s1@") else Unknown(reply="cut")
    on.post()
    told = status(run)
    assert "1 surat ditolak peladen" in told
    assert "1 surat belum pasti terkirim" in told
