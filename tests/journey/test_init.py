"""`redaksi init`: nothing is written before Dovecot and Postfix have taken the login; what was
written works; what is there stays."""

import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desk.cli import cli
from desk.demo.dovecot import Dovecot
from desk.demo.post import Letterbox, capturing
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from tests import postfix

BORDER = b"Authentication-Results: mx.warta.example; spf=pass\r\n"
MAIL = b"From: a@kontributor.example\r\nSubject: Halo\r\n\r\nHalo.\r\n"


@pytest.fixture(scope="module")
def relay() -> Iterator[int]:
    """The port of a Postfix; the demo's server where its master cannot run."""
    with capturing(Letterbox()) as sink:
        if postfix.missing():
            yield sink
            return
        with postfix.postfix(sink) as running:
            yield running.port


class Newcomer:
    """Somebody who has a mailbox and nothing else."""

    def __init__(self, folder: Path, server: Dovecot, relay: int) -> None:
        self.folder, self.server, self.relay = folder / "etc", server, relay
        self.folder.mkdir(mode=0o700)
        self.config = self.folder / "config.toml"
        self.user = folder.name.replace("_", "-")
        self.more: dict[str, object] = {}

    def answer(self, **changed: object) -> Path:
        given: dict[str, object] = {
            "address": "redaksi@warta.example",
            "password": self.server.password,
            "user": self.user,
            "host": self.server.host,
            "port": self.server.port,
            "security": "none",
            "smtp_host": "127.0.0.1",
            "smtp_port": self.relay,
            "smtp_security": "none",
            "smtp_login": False,
            **changed,
        }
        lines = [
            f"{key} = {value}".replace("True", "true").replace("False", "false")
            if isinstance(value, int)
            else f'{key} = "{value}"'
            for key, value in given.items()
        ]
        path = self.folder.parent / "answers.toml"
        path.write_text("\n".join([*lines, "since = 2026-11-01"]))
        path.chmod(0o600)
        return path

    def run(self, *arguments: str | Path, typed: str | None = None) -> Result:
        words = [str(each) for each in (*arguments, "--config", self.config)]
        return CliRunner().invoke(cli, words, input=typed)

    def deliver(self, *mails: bytes) -> None:
        account = Account(
            id="x",
            host=self.server.host,
            port=self.server.port,
            user=self.user,
            password=self.server.password,
            security="none",
        )
        with open_mailbox(account) as mailbox:
            for mail in mails:
                mailbox.append("INBOX", mail)

    @property
    def left(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def newcomer(tmp_path: Path, dovecot_server: Dovecot, relay: int) -> Newcomer:
    return Newcomer(tmp_path, dovecot_server, relay)


def test_what_was_written_is_taken_by_every_verb(newcomer: Newcomer) -> None:
    newcomer.deliver(MAIL)
    ended = newcomer.run("init", "--answers", newcomer.answer())
    assert ended.exit_code == 0, ended.output
    assert newcomer.left == ["config.toml", "imap.secret"]
    for name in newcomer.left:
        assert stat.S_IMODE((newcomer.folder / name).stat().st_mode) == 0o600
    text = newcomer.config.read_text()
    assert newcomer.server.password not in text
    assert newcomer.server.password not in ended.output
    assert tomllib.loads(text)["mailbox"][0]["id"] == "redaksi"
    looked = newcomer.run("poll", "--once", "--dry-run")
    assert looked.exit_code == 0, looked.output
    assert newcomer.run("queue").exit_code == 0


def test_the_border_of_the_newest_mails_waits_for_a_persons_word(newcomer: Newcomer) -> None:
    newcomer.deliver(MAIL, *[BORDER + MAIL] * 5)
    ended = newcomer.run("init", "--answers", newcomer.answer())
    assert "5 dari 5 surel terakhir diperiksa oleh mx.warta.example" in " ".join(
        ended.output.split()
    )
    assert tomllib.loads(newcomer.config.read_text())["mailbox"][0]["authserv_id"] == ""


def test_a_border_that_was_answered_is_taken(newcomer: Newcomer) -> None:
    newcomer.run("init", "--answers", newcomer.answer(authserv_id="mx.warta.example"))
    box = tomllib.loads(newcomer.config.read_text())["mailbox"][0]
    assert box["authserv_id"] == "mx.warta.example"


@pytest.mark.parametrize(("word", "name"), [("", "mx.warta.example"), ("tidak", "")])
def test_three_questions_are_asked(
    newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch, word: str, name: str
) -> None:
    """The servers are found by the address; here they are named to it."""
    newcomer.user += "@warta.example"
    newcomer.deliver(BORDER + MAIL)
    _name_servers(newcomer, monkeypatch)
    typed = f"redaksi\n{newcomer.user}\n{newcomer.server.password}\n2026-11-02\n{word}\n"
    ended = newcomer.run("init", typed=typed)
    assert ended.exit_code == 0, ended.output
    assert "bukan alamat" in ended.output  # "redaksi" was none, and is asked again
    assert newcomer.server.password not in ended.output
    box = tomllib.loads(newcomer.config.read_text())["mailbox"][0]
    assert (str(box["since"]), box["authserv_id"]) == ("2026-11-02", name)


def _name_servers(newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch) -> None:
    from desk.cli.installing import plan  # noqa: PLC0415
    from desk.cli.installing.providers import Door, Servers  # noqa: PLC0415

    imap = Door(newcomer.server.host, newcomer.server.port, "none")
    found = Servers(imap=imap, smtp=Door("", 465))
    monkeypatch.setattr(plan, "find_servers", lambda *_: found)


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({"password": "salah"}, 1, "menolak masuk"),
        ({"port": postfix.free_port()}, 75, "tidak terjangkau"),
        ({"security": "tls"}, 1, "security"),
        ({"smtp_port": postfix.free_port()}, 1, "SMTP"),
        ({"smtp_security": "tls"}, 1, "security"),
        ({"timezone": "WIB"}, 2, 'tulis "Asia/Jakarta"'),
        ({"sent": "a\\\\nb", "language": "fr"}, 2, "language"),
    ],
)
def test_nothing_is_written_before_all_was_tried(
    newcomer: Newcomer, changed: dict[str, object], code: int, words: str
) -> None:
    ended = newcomer.run("init", "--answers", newcomer.answer(**changed))
    assert (ended.exit_code, newcomer.left) == (code, []), ended.output
    assert words in ended.output


@pytest.mark.parametrize("name", ["config.toml", "imap.secret"])
def test_what_is_there_is_never_overwritten(newcomer: Newcomer, name: str) -> None:
    there = newcomer.folder / name
    there.write_text("milik orang\n")
    ended = newcomer.run("init", "--answers", newcomer.answer())
    assert (ended.exit_code, newcomer.left) == (2, [name]), ended.output
    assert there.read_text() == "milik orang\n"
    assert "tidak ditimpa" in ended.output


def test_a_disk_that_fills_leaves_nothing(
    newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno  # noqa: PLC0415

    from desk.cli.installing import write  # noqa: PLC0415

    fill = write._fill

    def break_off(stream: object, text: str) -> None:
        if text.startswith("#"):  # the configuration; the secret is written by then
            raise OSError(errno.ENOSPC, "penuh")
        fill(stream, text)  # type: ignore[arg-type]

    monkeypatch.setattr(write, "_fill", break_off)
    ended = newcomer.run("init", "--answers", newcomer.answer())
    assert (ended.exit_code != 0, newcomer.left) == (True, [])


def test_a_certificate_that_nobody_vouches_for_is_told(newcomer: Newcomer) -> None:
    if not newcomer.server.tls_port:
        pytest.skip("needs openssl")
    tls = {"port": newcomer.server.tls_port, "security": "tls"}
    assert newcomer.run("init", "--answers", newcomer.answer(**tls)).exit_code == 1
    assert newcomer.left == []
    trusted = newcomer.answer(**tls, tls_ca=str(newcomer.server.certificate))
    ended = newcomer.run("init", "--answers", trusted)
    assert ended.exit_code == 0, ended.output
