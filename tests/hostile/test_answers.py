"""Whatever a child says that was taken over: one reading ends, as what it is, in its time; nothing
of it is kept, the worker does not grow, and the next reading is right."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from desk.demo.samples import samples
from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Crashed, Sandbox, SandboxLimits
from desk.sandbox.request import Request
from desk.sandbox.sink import FolderSink
from redaksi.limits import MB, Limits
from tests.hostile.answers import ATTACKS

GOOD = next(sample for sample in samples() if sample.name == "lengkap")
WALL = {"say_one_byte", "say_a_byte_now_and_then", "stop_oneself", "leave_the_line_open"}
EXIT = {"say_nothing", "end_early", "end_with_a_status"}
# What it says of itself is not believed: the worker's own word stands in its place.
HARMLESS = {"answer_of_another_source"}
ABROAD = Path("/tmp/redaksi-payload")


class Case(Struct, frozen=True):
    name: str
    cause: str


def find_cause(name: str) -> str:
    return "wall" if name in WALL else "exit" if name in EXIT else "protocol"


CASES = [Case(name, find_cause(name)) for name in ATTACKS if name not in HARMLESS]


@pytest.fixture(scope="module")
def attacked() -> Iterator[Sandbox]:
    """One fork server for all, so that what one leaves behind would meet the next."""
    server = ForkServer("tests.hostile.payload_server", "tests.hostile.answers:attack_or_read")
    with Sandbox(SandboxLimits(wall_clock=1.5), server) as sandbox:
        sandbox.start()
        yield sandbox


def choose_patience(attacked: Sandbox, case: Case) -> Sandbox:
    """What is to end by itself has the time that a busy machine takes for it."""
    if case.cause == "wall":
        return attacked
    return Sandbox(SandboxLimits(wall_clock=45.0), attacked.server)


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(GOOD.raw)
    return path


def measure_peak(*, forget: bool = False) -> int:
    """Bytes of memory that this process had at most; since now, where what was is to `forget`
    (proc_pid_clear_refs(5))."""
    if forget:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_ends_its_own_reading_alone(
    case: Case, attacked: Sandbox, mail: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    sink = FolderSink(kept)
    before = measure_peak(forget=True)
    request = Request(source=case.name, limits=Limits(), mail=mail, keep=True)
    with pytest.raises(Crashed) as crashed:
        choose_patience(attacked, case).read(request, sink)
    assert crashed.value.cause == case.cause
    assert measure_peak() - before < 64 * MB
    assert (sink.received, list(kept.iterdir()), ABROAD.exists()) == ([], [], False)
    calm = Sandbox(server=attacked.server)
    assert calm.examine_mail(mail, "honest", Limits()).decision == "accept"


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_the_source_is_the_workers_own(name: str, attacked: Sandbox, mail: Path) -> None:
    assert attacked.examine_mail(mail, name, Limits()).source == name
