"""Two containers: each program is number 1 of its own processes, both on one machine's name. One is
killed in the middle of a letter; the letters go on, and none leaves twice."""

import asyncio
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from desk.demo.post import Letterbox, capturing
from tests import postgres
from tests.newsroom import until
from tests.postoffice import bench

LETTERS = 5
LONGEST = 60.0  # seconds until letters leave again, as asked
HANGS = 300.0  # seconds after which it is given up
TURN = 3.0  # seconds the relay takes for a letter


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of the letters."""

    before: int  # letters that had left when it was killed
    after: int  # that left by the second
    doubled: int
    seconds: float  # from the kill to the next letter


class Slow(Letterbox):
    """A relay that takes its time."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd
        await asyncio.sleep(TURN)
        return await super().handle_DATA(server, session, envelope)


def may_unshare() -> bool:
    """Whether process namespaces are allowed here."""
    if shutil.which("unshare") is None:
        return False
    probe = ["unshare", "--fork", "--pid", "--kill-child", "true"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


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
    """SIGKILL; its child, number 1 in there, is killed with it."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def write_config(home: Path, url: str, port: int) -> Path:
    """The installation both are started with."""
    path = home.with_suffix(".toml")
    path.write_text(
        f'data_dir = "{home}"\n[storage]\ndatabase = "{url}"\n[[mailbox]]\nid = "warta"\n'
        'address = "redaksi@warta.example"\nhost = "127.0.0.1"\nport = 1\nuser = "x"\n'
        'password = "env:P"\nsince = 2020-01-01\nsecurity = "none"\n'
        f'[reply]\nmode = "auto"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
    )
    return path


def run(home: Path, url: str) -> Outcome:
    """Kill the first in the middle of its second letter, start the second."""
    box = Slow()
    with capturing(box) as port:
        config = write_config(home, url, port)
        with bench(home, datetime.now(UTC), url=url, port=port) as on:
            for _ in range(LETTERS):
                on.letter()
        first = container(config)
        until(lambda: len(box.letters) >= 1, HANGS)
        time.sleep(TURN / 3)  # in the middle of the second
        kill(first)
        before, begun = len(box.letters), time.monotonic()
        second = container(config)
        try:
            # the one at hand may still arrive from the first
            until(lambda: len(box.letters) > before + 1, HANGS)
            seconds = time.monotonic() - begun
        finally:
            kill(second)
    recipients = [letter.recipients for letter in box.letters]
    return Outcome(
        before=before,
        after=len(recipients) - before,
        doubled=len(recipients) - len(set(recipients)),
        seconds=seconds,
    )


def drill() -> bool:
    """Once on each database."""
    if not may_unshare():
        print("process namespaces are not allowed here")
        return False
    held = True
    with ExitStack() as stack:
        programs = postgres.binaries()
        cluster = stack.enter_context(postgres.cluster(programs)) if programs else None
        for database in ("sqlite", "postgres") if cluster else ("sqlite",):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pid-one-"))
            home = Path(folder) / "data"
            url = f"sqlite:///{home}/redaksi.db"
            if database == "postgres" and cluster is not None:
                url = cluster.url(cluster.create())
            found = run(home, url)
            print(
                f"{database}: killed after {found.before} letters, {found.after} later, the next"
                f" {found.seconds:.0f} s after the kill, {found.doubled} twice",
                flush=True,
            )
            held = held and not found.doubled and found.seconds < LONGEST
    return held
