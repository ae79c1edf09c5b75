"""What a configuration needs on this machine: secrets, modes, folders; each named by its key."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from redaksi.config.load import load_installed
from redaksi.errors import ConfigError
from tests.unit.test_config import GOOD

SMTP = '[reply]\nhost = "smtp.example.org"\nuser = "redaksi"\npassword = "file:{file}"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMAP", "rahasia")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    (tmp_path / "smtp.secret").write_text("rahasia\n")
    (tmp_path / "smtp.secret").chmod(0o600)
    return tmp_path


def lines(home: Path, text: str, *, mode: int = 0o600, secrets: bool = True) -> list[str]:
    """Every mistake in Indonesian, without the file's name."""
    path = home / "config.toml"
    path.write_text(f'data_dir = "{home}/data"\n{text}', encoding="utf-8")
    path.chmod(mode)
    try:
        load_installed(path, lambda _: None, secrets=secrets)
    except ConfigError as error:
        return [line.removeprefix(f"{path}: ") for line in error.say("id").splitlines()]
    return []


def secret(told: str) -> str:
    return GOOD.replace("env:IMAP", told)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o660, 0o400])
def test_a_good_installation_has_no_mistake(home: Path, mode: int) -> None:
    assert lines(home, GOOD + SMTP.format(file=home / "smtp.secret"), mode=mode) == []


@pytest.mark.parametrize("mode", [0o602, 0o606, 0o622, 0o646, 0o666, 0o777])
def test_a_configuration_that_others_may_write(home: Path, mode: int) -> None:
    (line,) = lines(home, GOOD, mode=mode)
    assert line.startswith(f"orang lain dapat menulis berkas ini (mode {mode:04o})")
    assert line.endswith(f"chmod o-w {home / 'config.toml'}")


@pytest.mark.parametrize(
    ("mode", "does"),
    [
        (0o604, "membaca"),
        (0o644, "membaca"),
        (0o602, "menulis"),
        (0o666, "menulis"),
        (0o777, "menulis"),
    ],
)
def test_a_secret_that_others_may_read_or_write(home: Path, mode: int, does: str) -> None:
    (home / "smtp.secret").chmod(mode)
    (line,) = lines(home, GOOD + SMTP.format(file=home / "smtp.secret"))
    assert line.startswith(f"reply.password: orang lain dapat {does} ")
    assert str(home / "smtp.secret") in line


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("env:TIADA", "variabel lingkungan TIADA belum ada; isi, misalnya: export TIADA="),
        ("env:KOSONG", "ada, tetapi kosong"),
        ("file:/tidak/ada", "tidak dapat dibaca: tidak ada; tulis rahasianya"),
        ("file:/tmp", "tidak dapat dibaca: sebuah folder, bukan berkas"),
        ("file:{home}/smtp.secret/x", "sebagian jalurnya berkas, bukan folder"),
        ("file:{home}/kosong", "ada, tetapi kosong"),
        ("file:{home}/biner", "bukan teks UTF-8"),
        ("cred:imap", "LoadCredential=imap:JALUR"),
    ],
)
def test_a_secret_that_cannot_be_read_names_its_key(
    home: Path, monkeypatch: pytest.MonkeyPatch, told: str, why: str
) -> None:
    monkeypatch.setenv("KOSONG", "")
    for name, content in (("kosong", b" \n"), ("biner", b"\xff\xfe\x00")):
        (home / name).write_bytes(content)
        (home / name).chmod(0o600)
    text = secret(told.format(home=home))
    (line,) = lines(home, text)
    assert line.startswith("mailbox.warta.password: ")
    assert why in line
    assert lines(home, text, secrets=False) == []  # a verb that asks no server needs none


def test_credentials_of_a_unit_are_read_whatever_their_mode(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "cred").mkdir()
    (home / "cred" / "imap").write_text("rahasia")
    (home / "cred" / "imap").chmod(0o444)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(home / "cred"))
    assert lines(home, secret("cred:imap")) == []
    assert lines(home, secret(f"file:{home}/cred/imap")) == []
    assert "LoadCredential" in lines(home, secret("cred:../smtp.secret"))[0]


def test_the_database_is_every_verb_s(home: Path) -> None:
    text = GOOD + '[storage]\ndatabase = "env:TIADA"\n'
    (line,) = lines(home, text, secrets=False)
    assert line.startswith("storage.database: ")


def test_a_password_in_the_database_s_address_is_a_secret(home: Path) -> None:
    text = GOOD + '[storage]\ndatabase = "postgresql://redaksi:{}@db/redaksi"\n'
    (line,) = lines(home, text.format("sandi"), mode=0o644)
    assert "storage.database memuat kata sandi" in line
    assert "sandi@" not in line
    assert lines(home, text.format("sandi")) == []
    assert lines(home, text.replace(":{}", ""), mode=0o644) == []


@pytest.mark.parametrize(
    ("folder", "fits"),
    [
        ("{home}/data/queue", True),
        ("{home}/halaman", True),
        ("{home}/data", False),
        ("{home}/data/blobs", False),
        ("{home}/data/blobs/../spool", False),
        ("{home}", False),
    ],
)
def test_the_pages_and_the_data_do_not_lie_within_each_other(
    home: Path, folder: str, *, fits: bool
) -> None:
    found = lines(home, GOOD + f'[queue]\nfolder = "{folder.format(home=home)}"\n')
    assert [line.partition(":")[0] for line in found] == ([] if fits else ["queue.folder"])


def test_a_mailbox_without_an_address_and_none_at_all(home: Path) -> None:
    nameless = GOOD.replace('address = "redaksi@example.org"\n', "")
    (line,) = lines(home, nameless.replace('user = "redaksi@example.org"', 'user = "redaksi"'))
    assert line.startswith("mailbox.warta.address: belum diisi")
    assert lines(home, nameless) == []
    assert lines(home, "")[0].startswith("mailbox: belum ada")


def test_an_environment_is_not_needed_for_letters_that_never_leave(home: Path) -> None:
    reply: Mapping[str, str] = {"off": "", "draft": "reply.password"}
    for mode, key in reply.items():
        text = GOOD + SMTP.format(file="/tidak/ada") + f'mode = "{mode}"\n'
        assert [line.partition(":")[0] for line in lines(home, text)] == ([key] if key else [])
