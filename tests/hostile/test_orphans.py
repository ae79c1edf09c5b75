"""Nothing of a reading is left when it ends, nor when the worker dies in the midst of it: also where
a child may fork, and leaves its group."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk.demo.samples import samples
from desk.sandbox.confinement.measures import Refusable
from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Crashed, Sandbox, SandboxLimits
from redaksi.limits import Limits
from tests.hostile.orphans import GENERATIONS
from tests.newsroom import until

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds until a test that hangs is ended
GOOD = next(sample for sample in samples() if sample.name == "lengkap")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="adopting orphans is Linux's own")

# A worker of its own: argv is payload, token, mail, and what the kernel lacks.
WORKER = """
import sys
from pathlib import Path
from redaksi.limits import Limits
from desk.sandbox.host import Sandbox
from tests.hostile.test_orphans import make_server
payload, token, mail, *refused = sys.argv[1:]
Sandbox(server=make_server(payload, token, *refused)).examine_mail(Path(mail), "m", Limits())
"""


def make_server(payload: str, token: str, *refused: Refusable) -> ForkServer:
    """Whose processes all bear the token among their arguments, however they are descended."""
    return ForkServer(
        "tests.hostile.payload_server", f"tests.hostile.orphans:{payload}", token, refuse=refused
    )


def find_alive(token: str) -> set[int]:
    """The processes of a server, itself among them (proc_pid_cmdline(5))."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = path.read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if b"tests.hostile.payload_server" in arguments and token.encode() in arguments:
            found.add(int(path.parent.name))
    return found


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(GOOD.raw)
    return path


@pytest.fixture
def token() -> Iterator[str]:
    made = uuid.uuid4().hex
    yield made
    for pid in find_alive(made):
        os.kill(pid, signal.SIGKILL)


@contextmanager
def working(
    payload: str, token: str, mail: Path, *refused: str
) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", WORKER, payload, token, str(mail), *refused]
    with subprocess.Popen(command, cwd=ROOT) as worker:
        yield worker


def test_what_a_child_left_behind_ends_with_its_reading(mail: Path, token: str) -> None:
    with Sandbox(server=make_server("leave_and_read", token, "seccomp")) as sandbox:
        assert sandbox.start().level == "basic"
        for source in ("leaves", "m", "leaves"):
            assert sandbox.examine_mail(mail, source, Limits()).decision == "accept"
            assert find_alive(token) == {sandbox.server.pid}
    assert find_alive(token) == set()


def test_what_a_child_left_behind_ends_with_a_reading_that_is_ended(mail: Path, token: str) -> None:
    server = make_server("leave_and_sleep", token, "seccomp")
    with Sandbox(SandboxLimits(wall_clock=1.5), server) as sandbox:
        with pytest.raises(Crashed) as crashed:
            sandbox.examine_mail(mail, "m", Limits())
        assert crashed.value.cause == "wall"
        assert find_alive(token) == {sandbox.server.pid}


@pytest.mark.parametrize(
    ("payload", "refused", "processes"),
    [
        ("only_sleep", (), 2),
        ("only_sleep", ("seccomp",), 2),
        ("leave_and_sleep", ("seccomp",), 2 + GENERATIONS),
    ],
    ids=["full", "basic", "basic, with orphans"],
)
def test_a_worker_that_is_killed_leaves_nobody(
    payload: str, refused: tuple[str, ...], processes: int, mail: Path, token: str
) -> None:
    with working(payload, token, mail, *refused) as worker:
        until(lambda: len(find_alive(token)) == processes, PATIENCE)
        worker.kill()
        worker.wait()
        until(lambda: not find_alive(token), PATIENCE)


def test_a_sandbox_that_is_closed_leaves_nobody(mail: Path, token: str) -> None:
    """In the midst of a reading, as at the end of a daemon that need not wait for it."""
    sandbox = Sandbox(server=make_server("leave_and_sleep", token, "seccomp"))
    with sandbox, ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(sandbox.examine_mail, mail, "m", Limits())
        until(lambda: len(find_alive(token)) == 2 + GENERATIONS, PATIENCE)
        sandbox.close()
        assert isinstance(waiting.exception(PATIENCE), Crashed)
    assert find_alive(token) == set()
