"""`redaksi doctor`: every planted fault is found with its remedy, nothing is found on a good
installation, and what --fix may mend is mended."""

import grp
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from desk.cli.checkup import machine
from desk.demo import dovecot
from desk.demo.post import Letterbox, capturing, free_port
from ingest.fetch import connection
from tests.journey.test_commands import House


@pytest.fixture
def house(
    tmp_path: Path, dovecot_server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """A good installation: letters by themselves, every secret in a file of ours."""
    # the test's own SMTP server, in this process, would complain between doctor's lines
    monkeypatch.setattr(logging.getLogger("mail.log"), "disabled", True)
    monkeypatch.setattr(machine, "check_sandbox", lambda *_: "-")  # test_upkeep does it truly
    with capturing(Letterbox()) as port:
        house = House(tmp_path, dovecot_server, port, mode="auto")
        (tmp_path / "imap.secret").write_text(dovecot_server.password + "\n")
        (tmp_path / "imap.secret").chmod(0o600)
        change(house, '"env:IMAP"', f'"file:{tmp_path}/imap.secret"')
        house.path.chmod(0o600)
        (tmp_path / "data").mkdir(mode=0o700)
        yield house


def change(house: House, old: str, new: str) -> None:
    text = house.path.read_text()
    assert old in text
    house.path.write_text(text.replace(old, new))


def add(house: House, text: str) -> None:
    """More keys of [reply], or tables of their own."""
    house.path.write_text(house.path.read_text() + text)


def port(house: House, number: int) -> None:
    change(house, f"port = {house.server.port}", f"port = {number}")


def smtp(house: House, old: str, new: str) -> None:
    head, _, reply = house.path.read_text().partition("[reply]")
    assert old in reply
    house.path.write_text(f"{head}[reply]{reply.replace(old, new)}")


def write(path: Path, text: str, mode: int = 0o600) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return str(path)


def found(result: Result) -> list[str]:
    """What somebody should look at, each unfolded."""
    lines: list[str] = []
    for line in result.output.splitlines():
        assert len(line) <= 80, line
        if line.startswith(" "):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    return [line for line in lines if not line.startswith("baik")]


def turn_into_file(house: House) -> None:
    (house.folder / "data").rmdir()
    write(house.folder / "data", "")


def break_template(house: House) -> None:
    write(house.folder / "t/id/revise.j2", "{% if %}")
    add(house, f'templates = "{house.folder}/t"\n')


Plant = Callable[[House], object]
# What is planted, and words of the line that names its remedy.
FAULTS: dict[str, tuple[Plant, str]] = {
    "configuration others may write": (lambda h: h.path.chmod(0o666), "chmod o-w"),
    "secret others may read": (
        lambda h: (h.folder / "imap.secret").chmod(0o644),
        "mailbox.warta.password: orang lain dapat membaca",
    ),
    "secret others may write": (
        lambda h: (h.folder / "imap.secret").chmod(0o602),
        "mailbox.warta.password: orang lain dapat menulis",
    ),
    "secret that is not there": (
        lambda h: (h.folder / "imap.secret").unlink(),
        "mailbox.warta.password:",
    ),
    "secret that is empty": (
        lambda h: write(h.folder / "imap.secret", "\n"),
        "ada, tetapi kosong; isi",
    ),
    "environment that is not set": (
        lambda h: change(h, f'"file:{h.folder}/imap.secret"', '"env:TIADA"'),
        "export TIADA=",
    ),
    "credential outside a unit": (
        lambda h: change(h, f'"file:{h.folder}/imap.secret"', '"cred:imap"'),
        "LoadCredential=imap:",
    ),
    "data folder open to others": (
        lambda h: (h.folder / "data").chmod(0o755),
        "chmod 700",
    ),
    "data folder that is a file": (
        turn_into_file,
        "sebagian jalurnya berkas, bukan folder. Periksa jalurnya",
    ),
    "pages within the data": (
        lambda h: add(h, f'[queue]\nfolder = "{h.folder}/data/blobs"\n'),
        "queue.folder:",
    ),
    "pages where a file is": (
        lambda h: add(h, f'[queue]\nfolder = "{write(h.folder / "hal", "")}"\n'),
        "Periksa jalurnya",
    ),
    "pages for a group that is not there": (
        lambda h: add(h, f'[queue]\nfolder = "{h.folder}/antrean"\ngroup = "tiada-x"\n'),
        "groupadd tiada-x",
    ),
    "pages for a group within closed data": (
        lambda h: add(h, f'[queue]\ngroup = "{grp.getgrgid(os.getegid()).gr_name}"\n'),
        "isi queue.folder",
    ),
    "disk with little room": (
        lambda h: add(h, '[storage]\nmin_free = "900000GB"\n'),
        "Hapus berkas di sana atau perbesar",
    ),
    "nobody listens at the IMAP port": (lambda h: port(h, free_port()), "tidak terjangkau"),
    "TLS to a port without": (
        lambda h: change(h, 'security = "none"\nsince', 'security = "tls"\nsince'),
        'mailbox.warta.security: porta',
    ),
    "login refused": (
        lambda h: write(h.folder / "imap.secret", "salah"),
        "menolak masuk",
    ),
    "folder that is not there": (
        lambda h: change(h, "since =", 'folders = ["INBOX", "Naskah"]\nsince ='),
        'mailbox.warta.folders: folder "Naskah" tidak dapat dibuka',
    ),
    "Sent folder that is not there": (
        lambda h: add(h, 'sent = "Terkirim"\n'),
        'reply.sent: folder "Terkirim" tidak dapat dibuka',
    ),
    "no first day": (lambda h: change(h, "since = 2020-01-01\n", ""), "since wajib"),
    "nobody listens at the SMTP port": (
        lambda h: smtp(h, "port = ", f"port = {free_port()} #"),
        "SMTP 127.0.0.1",
    ),
    "TLS to an SMTP port without": (
        lambda h: smtp(h, 'security = "none"', 'security = "tls"'),
        'reply.security = "starttls"',
    ),
    "STARTTLS where none is offered": (
        lambda h: smtp(h, 'security = "none"', 'security = "starttls"'),
        "STARTTLS",
    ),
    "SMTP login where there is none": (
        lambda h: add(h, f'user = "x"\npassword = "file:{h.folder}/imap.secret"\n'),
        "surat keluar:",
    ),
    "automatic letters without a border": (
        lambda h: change(h, 'authserv_id = "mx.warta.example"\n', ""),
        "mailbox.warta.authserv_id kosong",
    ),
    "letters without a server": (lambda h: smtp(h, 'host = "127.0.0.1"\n', ""), "reply.host kosong"),
    "templates that are not there": (
        lambda h: add(h, 'templates = "/tidak/ada"\n'),
        "/tidak/ada",
    ),
    "template that is broken": (break_template, "revise.j2"),
}  # fmt: skip


def test_a_good_installation_has_nothing_to_look_at(house: House) -> None:
    ended = house.run("doctor")
    assert (ended.exit_code, found(ended)) == (0, []), ended.output
    house.deliver("lengkap")
    house.run("poll", "--once")
    ended = house.run("doctor")
    assert (ended.exit_code, found(ended)) == (0, []), ended.output


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_with_its_remedy_and_alone(house: House, fault: str) -> None:
    plant, words = FAULTS[fault]
    plant(house)
    ended = house.run("doctor")
    lines = found(ended)
    assert (
        ended.exit_code,
        ended.exception is None or isinstance(ended.exception, SystemExit),
    ) == (1, True)
    assert any(words in line for line in lines), ended.output
    alone = 3 if "data folder that is a file" in fault else 1
    assert len(lines) <= alone, ended.output


def test_no_tls_to_a_port_that_speaks_it_at_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on 993 (RFC 8314, 3.2): it waits for TLS, we for its greeting."""
    if not house.server.tls_port:
        pytest.skip("no openssl")
    monkeypatch.setattr(connection, "TLS_PORT", house.server.tls_port)
    port(house, house.server.tls_port)
    change(house, "since =", 'connect_timeout = "1s"\nread_timeout = "1s"\nsince =')
    (line,) = found(house.run("doctor"))
    assert "mailbox.warta.security: porta" in line
    assert 'tulis security = "tls"' in line


def test_a_driver_that_is_missing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    add(house, '[storage]\ndatabase = "postgresql://redaksi@127.0.0.1:1/redaksi"\n')
    monkeypatch.setitem(sys.modules, "psycopg", None)
    (line,) = found(house.run("doctor"))
    assert "pip install 'redaksi[postgres]'" in line


def test_another_package_of_the_name_of_ours(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validators.__file__", "/usr/lib/validators/__init__.py")
    (line,) = found(house.run("doctor"))
    assert "pip uninstall validators" in line


def test_a_word_processor_that_is_missing_is_no_fault(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert found(house.run("doctor")) == []


def test_fix_mends_modes_and_folders_and_nothing_else(house: House) -> None:
    house.path.chmod(0o666)
    (house.folder / "imap.secret").chmod(0o644)
    (house.folder / "data").chmod(0o777)
    assert len(found(house.run("doctor"))) == 3
    mended = house.run("doctor", "--fix")
    assert (mended.exit_code, found(mended)) == (0, []), mended.output
    modes = [
        (house.folder / name).stat().st_mode & 0o777
        for name in ("config.toml", "imap.secret", "data")
    ]
    assert modes == [0o660, 0o640, 0o770]
    change(house, "since =", 'folders = ["Naskah"]\nsince =')
    assert house.run("doctor", "--fix").exit_code == 1


def test_a_configuration_that_cannot_be_read_ends_it(house: House) -> None:
    change(house, 'mode = "auto"', 'mode = "otomatis"')
    assert house.run("doctor").exit_code == 2
