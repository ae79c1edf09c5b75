"""The verbs as cron and people use them: what they print and how they exit."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desk.cli import cli
from desk.demo import dovecot
from desk.demo.makers import mail
from desk.demo.post import Letterbox, capturing, free_port
from desk.demo.samples import RAHMA, samples
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox

SAMPLES = {s.name: s for s in samples()}


class House:
    """A config.toml, a Dovecot user and a capturing SMTP server."""

    def __init__(
        self, folder: Path, server: dovecot.Dovecot, smtp: int, mode: str = "draft"
    ) -> None:
        self.path = folder / "config.toml"
        self.server, self.user = server, folder.name.replace("_", "-")
        self.write(mode=mode, smtp=smtp, imap=server.port)
        self.folder = folder

    def write(self, *, mode: str, smtp: int, imap: int) -> None:
        self.path.write_text(
            f'data_dir = "{self.path.parent / "data"}"\n[[mailbox]]\nid = "warta"\naddress = "redaksi@warta.example"\n'
            f'host = "127.0.0.1"\nport = {imap}\nuser = "{self.user}"\npassword = "env:IMAP"\nsecurity = "none"\n'
            f'since = 2020-01-01\nauthserv_id = "mx.warta.example"\n[reply]\nmode = "{mode}"\nhost = "127.0.0.1"\n'
            f'port = {smtp}\nsecurity = "none"\n'
        )

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(
            cli, [*arguments, "--config", str(self.path)], env={"IMAP": self.server.password}
        )

    def deliver(self, *names: str) -> None:
        account = Account(
            id="x",
            host="127.0.0.1",
            port=self.server.port,
            user=self.user,
            password=self.server.password,
            security="none",
        )
        with open_mailbox(account) as mailbox:
            for name in names:
                mailbox.append("INBOX", SAMPLES[name].raw)


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def house(tmp_path: Path, dovecot_server: dovecot.Dovecot, letterbox: Letterbox) -> Iterator[House]:
    with capturing(letterbox) as port:
        yield House(tmp_path, dovecot_server, port)


def test_a_dry_run_says_what_would_happen_and_touches_nothing(
    house: House, letterbox: Letterbox
) -> None:
    house.deliver("lengkap", "bersandi")
    told = house.run("poll", "--once", "--dry-run")
    assert told.exit_code == 0, told.output
    assert "2 surel baru" in told.output
    assert "surat: naskah belum terbaca" in told.output
    assert "tidak ada yang disimpan" in told.output
    assert not letterbox.letters
    assert "0 naskah" in house.run("queue").output


def test_in_draft_an_editor_sends(house: House, letterbox: Letterbox) -> None:
    for name in ("lengkap", "bersandi"):  # one by one: side by side, either letter may be the first
        house.deliver(name)
        assert house.run("poll", "--once").exit_code == 0
    assert not letterbox.letters
    listed = house.run("letters", "list").output
    assert "2 surat menunggu redaktur" in listed
    shown = house.run("letters", "show", "1").output
    assert "Yth. Bapak/Ibu Rahmawati" in shown
    assert "1 surat terkirim" in house.run("letters", "send", "1").output
    assert [letter.recipients for letter in letterbox.letters] == [
        ("rahmawati@kontributor.example",)
    ]
    assert house.run("letters", "drop", "2").exit_code == 0
    assert "0 surat menunggu" in house.run("letters", "list").output


def test_a_letter_that_was_sent_is_not_sent_again(house: House, letterbox: Letterbox) -> None:
    house.deliver("lengkap")
    house.run("poll", "--once")
    house.run("letters", "send", "1")
    again = house.run("letters", "send", "1")
    assert again.exit_code == 1
    assert len(letterbox.letters) == 1


def test_status_is_well_after_a_good_pass_and_not_before(house: House) -> None:
    figures = house.folder / "redaksi.prom"
    with house.path.open("a") as file:
        file.write(f'[metrics]\ntextfile = "{figures}"\n')
    assert house.run("status").exit_code == 1
    house.run("poll", "--once")
    assert house.run("status").exit_code == 0
    assert 'redaksi_last_good_poll_timestamp_seconds{mailbox="warta"}' in figures.read_text()
    assert json.loads(house.run("status", "--json").output)["well"] is True


def test_imap_down_exits_75_and_status_says_so(house: House) -> None:
    house.write(mode="draft", smtp=free_port(), imap=free_port())
    told = house.run("poll", "--once")
    assert told.exit_code == 75
    assert house.run("status").exit_code == 1


def test_smtp_down_keeps_the_letter_for_later(house: House, letterbox: Letterbox) -> None:
    smtp = int(house.path.read_text().rsplit("port = ", 1)[1].split()[0])
    house.write(mode="auto", smtp=free_port(), imap=house.server.port)
    house.deliver("lengkap")
    assert house.run("poll", "--once").exit_code != 0
    listed = json.loads(house.run("status", "--json").output)
    assert listed["letters"] == {"queued": 1}
    house.write(mode="draft", smtp=smtp, imap=house.server.port)
    assert not letterbox.letters


def test_a_wrong_configuration_exits_2_with_every_mistake(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('[reply]\nmode = "loud"\nprot = 1\n')
    told = subprocess.run(
        [sys.executable, "-m", "desk.cli", "poll", "--config", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert "reply.mode" in told.stderr
    assert "reply.prot" in told.stderr


def test_check_takes_many_parcels_one_json_object_a_line(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("lengkap", "bersandi"):
        (folder / f"{name}.eml").write_bytes(SAMPLES[name].raw)
    (folder / "catatan.txt").write_text("bukan naskah")
    told = CliRunner().invoke(cli, ["check", "--json", "--each", str(folder)])
    objects = [json.loads(line) for line in told.output.splitlines()]
    assert [o["source"] for o in objects] == ["bersandi.eml", "catatan.txt", "lengkap.eml"]
    assert told.exit_code == 1
    assert CliRunner().invoke(cli, ["check", str(folder / "lengkap.eml")]).exit_code == 0


def test_check_speaks_english_on_request(tmp_path: Path) -> None:
    path = tmp_path / "m.eml"
    path.write_bytes(mail(RAHMA, "Naskah", "Terlampir.\n"))
    told = CliRunner().invoke(cli, ["check", "--language", "en", str(path)])
    assert told.exit_code == 1
    assert "incomplete" in told.output


def test_check_writes_a_tidied_copy_that_has_no_fault_left(tmp_path: Path) -> None:
    path, copy = tmp_path / "m.eml", tmp_path / "rapi.docx"
    path.write_bytes(SAMPLES["huruf-spasi-foto-kecil"].raw)
    told = json.loads(
        CliRunner().invoke(cli, ["check", "--json", "--fix", str(copy), str(path)]).output
    )
    assert {"N006", "N008"} <= {f["code"] for f in told["findings"]}
    again = json.loads(CliRunner().invoke(cli, ["check", "--json", str(copy)]).output)
    assert not {"N006", "N007", "N008"} & {f["code"] for f in again["findings"]}
    assert again["documents"][0]["characters"] == told["documents"][0]["characters"]
