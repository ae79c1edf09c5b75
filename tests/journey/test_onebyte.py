"""A child that says one byte and is silent for ever holds up the daemon for `sandbox.wall_clock` and
no longer: `redaksi run` as a process, and Dovecot."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desk.app import App
from desk.cli import cli
from desk.demo.makers import mail
from desk.demo.samples import samples
from desk.store.tables import Job
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from tests import newsroom
from tests.newsroom import until

HANGS = 120.0  # seconds after which a test that hangs is ended
WALL = 6  # seconds: what the silent one is given
GOOD = next(sample for sample in samples() if sample.name == "lengkap").raw
SILENT = mail(("Penyerang", "penyerang@x.example"), "satu byte", "Terlampir.\n")
ROOT = Path(__file__).parents[2]


@contextmanager
def daemon(config: Path, account: Account) -> Iterator[subprocess.Popen[bytes]]:
    module, payload = "tests.hostile.hostile_redaksi", "tests.hostile.answers:be_silent_or_read"
    command = [sys.executable, "-m", module, payload, "run", "--config", str(config)]
    environment = newsroom.environment(account)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def app(account: Account, tmp_path: Path) -> Iterator[App]:
    with newsroom.app(account, tmp_path) as opened:
        yield opened


def ask_status(config: Path) -> Result:
    return CliRunner().invoke(cli, ["status", "--config", str(config)], env={"P": "x"})


def find_jobs(app: App) -> dict[str, str]:
    """The state of each mail's job, by the number of the mail."""
    with app.store.read() as tx:
        return {job.key: job.state for job in tx.query(Job)}


def test_the_daemon_answers_meanwhile_and_goes_on(
    account: Account, app: App, tmp_path: Path
) -> None:
    config = newsroom.config_file(account, tmp_path)
    config.write_text(config.read_text() + f'[sandbox]\nwall_clock = "{WALL}s"\npool = 1\n')
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", SILENT)
        mailbox.append("INBOX", GOOD)
    with daemon(config, account) as process:
        until(lambda: find_jobs(app).get("1") == "leased", HANGS)
        meanwhile = ask_status(config)
        assert meanwhile.exit_code == 0, meanwhile.output
        until(lambda: find_jobs(app).get("2") == "done", HANGS)
        assert process.poll() is None
    assert find_jobs(app) == {"1": "waiting", "2": "done"}
    died = newsroom.happened(app.store, "reading died")
    assert died == [{"cause": "wall", "file": None}]
    afterwards = ask_status(config)
    assert afterwards.exit_code == 0
    assert "1 kali terhenti: 1 karena waktu" in " ".join(afterwards.output.split())
