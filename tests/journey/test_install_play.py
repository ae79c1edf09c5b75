"""From nothing to the first queue, as docs/operations.md has it: its commands are read from the page and
run with the wheel in an environment of its own, against Dovecot and Postfix.

What only root of a real machine can do (packages, a user, systemd's own verbs) is named in SKIPPED;
what systemd would start is started from the unit.
"""

import os
import re
import shlex
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.demo.dovecot import Dovecot
from desk.demo.post import Letterbox, capturing
from desk.demo.samples import samples
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from tests import postfix

ROOT = Path(__file__).resolve().parents[2]
SECTION = "## From nothing to the first queue"
SKIPPED = ("apt-get ", "adduser ", "systemctl daemon-reload")
ASKS = re.compile(r"redaksi init --config")  # a person; test_init answers it
AS_USER = "runuser -u redaksi -- "
HOME = "/var/lib/redaksi"
LONGEST = 120.0  # seconds for what takes one or two


def read_commands() -> list[str]:
    """The lines of the section's sh blocks, in order."""
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    section = page.split(SECTION, 1)[1].split("\n### ", 1)[0]
    return [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
        for line in block.splitlines()
    ]


def build_wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


class Machine:
    """A bare one: its folders below a temporary one, its environment made by the page's own lines."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.folder, self.wheel = folder, wheel
        self.units = folder / "etc/systemd/system"
        for name in (self.units, folder / "etc/redaksi", folder / "var/lib"):
            name.mkdir(parents=True)
        self.daemon: subprocess.Popen[bytes] | None = None
        self.ran: list[str] = []

    def place(self, line: str) -> str:
        """The page's paths as ours."""
        return re.sub(r"(?<![\w/])/(opt|etc|var/lib)/", rf"{self.folder}/\1/", line)

    def run(self, line: str) -> str:
        """A line of the page. What it prints."""
        self.ran.append(line)
        if line.startswith(SKIPPED) or ASKS.search(line):
            return ""
        if line.startswith("python3 -m venv "):
            self.make_environment(Path(self.place(line).split()[-1]))
            return ""
        if line.startswith("systemctl enable --now redaksi"):
            self.start_unit()
            return ""
        if "/bin/pip install " in line:
            self.install(Path(self.place(line).partition("/bin/pip")[0]))
            return ""
        line = line.removeprefix(AS_USER).replace("--owner=redaksi --group=redaksi ", "")
        return self.shell(self.place(line))

    def shell(self, line: str) -> str:
        done = subprocess.run(
            ["/bin/sh", "-ec", line],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
        return {**kept, "HOME": str(self.folder)}

    def make_environment(self, folder: Path) -> None:
        """With what ours depends on beside it, without the checkout: a line of a .pth adds a folder,
        and none of that folder's own .pth files."""
        venv.create(folder)
        (site,) = (folder / "lib").glob("python3*/site-packages")
        (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")

    def install(self, folder: Path) -> None:
        """As its own pip would, which takes four seconds to make."""
        pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin/python"), "install"]
        options = ["--no-deps", "--no-index", "--quiet", "--no-compile"]
        subprocess.run([*pip, *options, str(self.wheel)], check=True, capture_output=True)

    def start_unit(self) -> None:
        """As systemd would: ExecStart, in WorkingDirectory, ready when it says so."""
        unit = (self.units / "redaksi.service").read_text()
        command = re.search("^ExecStart=(.*)$", unit, re.MULTILINE)
        home = re.search("^WorkingDirectory=(.*)$", unit, re.MULTILINE)
        assert command
        assert home
        with (
            tempfile.TemporaryDirectory(dir="/tmp") as folder,
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line,
        ):
            line.bind(f"{folder}/notify")
            line.settimeout(LONGEST)
            with (self.folder / "journal").open("wb") as journal:
                self.daemon = subprocess.Popen(
                    shlex.split(command[1]),
                    cwd=home[1],
                    env={**self.environment(), "NOTIFY_SOCKET": f"{folder}/notify"},
                    stderr=journal,
                )
            assert line.recv(100) == b"READY=1"

    def stop(self) -> int:
        assert self.daemon is not None
        self.daemon.send_signal(signal.SIGTERM)
        return self.daemon.wait(LONGEST)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    built = tmp_path / "wheel"
    built.mkdir()
    made = Machine(tmp_path / "machine", build_wheel(built))
    yield made
    if made.daemon is not None and made.daemon.poll() is None:
        made.daemon.kill()
        made.daemon.wait()


@pytest.fixture
def relay() -> Iterator[int]:
    """Postfix; the demo's server where its master cannot run."""
    with capturing(Letterbox()) as sink:
        if postfix.missing():
            yield sink
            return
        with postfix.postfix(sink) as running:
            yield running.port


def write_answers(machine: Machine, server: Dovecot, relay: int, user: str) -> None:
    secret = machine.folder / "etc/redaksi/app-password"
    secret.write_text(server.password)
    answers = machine.folder / "etc/redaksi/answers.toml"
    answers.write_text(
        f'address = "redaksi@warta.example"\npassword = "file:{secret}"\nsince = 2020-01-01\n'
        f'user = "{user}"\nhost = "{server.host}"\nport = {server.port}\nsecurity = "none"\n'
        f'smtp_host = "127.0.0.1"\nsmtp_port = {relay}\nsmtp_security = "none"\nsmtp_login = false\n'
        f'data_dir = "{machine.folder}{HOME}"\n'
    )
    for file in (secret, answers):
        file.chmod(0o600)


def deliver(server: Dovecot, user: str) -> None:
    account = Account(
        id="x",
        host=server.host,
        port=server.port,
        user=user,
        password=server.password,
        security="none",
    )
    mail = next(sample for sample in samples() if sample.name == "lengkap")
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail.raw)


def test_the_page_leads_from_nothing_to_the_first_queue(
    machine: Machine, dovecot_server: Dovecot, relay: int
) -> None:
    user = "pemula"
    deliver(dovecot_server, user)
    write_answers(machine, dovecot_server, relay, user)
    printed: dict[str, str] = {}
    for line in read_commands():
        verb = re.search(r"bin/redaksi (\w+)", line)
        if verb and verb[1] == "queue":
            _wait_for_pages(machine)
        printed[verb[1] if verb else line] = machine.run(line)
    assert {"init", "doctor", "poll", "example", "queue", "status"} <= printed.keys()
    assert "PERHATIKAN" not in printed["doctor"]
    assert "1 surel baru" in printed["poll"]
    assert "W-20" in printed["queue"]
    site = machine.shell(
        f"{machine.folder}/opt/redaksi/bin/python -c 'import desk; print(desk.__file__)'"
    )
    assert site.startswith(str(machine.folder))  # not the checkout's
    for name in ("config.toml", "imap.secret"):
        mode = (machine.folder / "etc/redaksi" / name).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600
    assert machine.stop() == 0, (machine.folder / "journal").read_text()


def _wait_for_pages(machine: Machine) -> None:
    """The first pass ends in seconds; a person would look again."""
    until = time.monotonic() + LONGEST
    pages = machine.folder / HOME.lstrip("/") / "queue"
    while not any(pages.glob("W-*/index.html")):
        assert time.monotonic() < until, (machine.folder / "journal").read_text()
        time.sleep(0.2)
