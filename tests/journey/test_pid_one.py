"""Two containers: each program is number 1 of its own processes, both on one machine's name. One is
killed in the middle of a letter; the letters go on."""

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from desk.demo.post import Letterbox, capturing
from tests.newsroom import until
from tests.postoffice import bench

LETTERS = 5
LONGEST = 60.0  # seconds until letters leave again


class Slow(Letterbox):
    """A relay that takes three seconds for a letter."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd
        await asyncio.sleep(3)
        return await super().handle_DATA(server, session, envelope)


def container(config: Path) -> subprocess.Popen[bytes]:
    """`redaksi run` as number 1 of its own processes."""
    command = ["unshare", "--fork", "--pid", "--kill-child", sys.executable, "-m", "desk.cli"]
    return subprocess.Popen(
        [*command, "run", "--config", str(config)],
        cwd=Path(__file__).parents[2],
        env={"P": "x", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)  # its child, number 1 in there, is killed with it
    process.wait()


def may_unshare() -> bool:
    if shutil.which("unshare") is None:
        return False
    probe = ["unshare", "--fork", "--pid", "--kill-child", "true"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


@pytest.mark.timeout(180)
def test_letters_go_on_after_a_number_one_is_killed(tmp_path: Path) -> None:
    if not may_unshare():
        pytest.skip("needs unshare: process namespaces are not allowed here")
    box = Slow()
    with capturing(box) as port:
        home, config = tmp_path / "data", tmp_path / "config.toml"
        config.write_text(
            f'data_dir = "{home}"\n[[mailbox]]\nid = "warta"\naddress = "redaksi@warta.example"\n'
            'host = "127.0.0.1"\nport = 1\nuser = "x"\npassword = "env:P"\nsince = 2020-01-01\nsecurity = "none"\n'
            f'[reply]\nmode = "auto"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        )
        with bench(home, port=port) as on:
            for _ in range(LETTERS):
                on.letter()
        first = container(config)
        until(lambda: len(box.letters) >= 1, 60)
        time.sleep(1)  # in the middle of the second
        kill(first)
        before, begun = len(box.letters), time.monotonic()
        second = container(config)
        try:
            until(lambda: len(box.letters) > before + 1, LONGEST)
            print(f"letters went on after {time.monotonic() - begun:.0f} s")
        finally:
            kill(second)
    recipients = [letter.recipients for letter in box.letters]
    assert len(recipients) == len(set(recipients))
