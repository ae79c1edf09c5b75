"""How much memory examiners may have: what the machine can give now, and what the control groups
we are in leave of theirs (cgroups(7); proc(5), MemAvailable)."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_V2 = ("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file")
_V1 = (
    "sys/fs/cgroup/memory",
    "memory.limit_in_bytes",
    "memory.usage_in_bytes",
    "total_inactive_file",
)


def find_free_memory(root: Path = Path("/")) -> int | None:
    """Bytes, by the tightest of all bounds; None where the system does not tell (macOS)."""
    known = [*_read_machine(root), *_read_groups(root)]
    return max(0, min(known)) if known else None


def _read_machine(root: Path) -> Iterator[int]:
    for line in _read_lines(root / "proc/meminfo"):
        name, _, value = line.partition(":")
        if name == "MemAvailable":
            yield int(value.split()[0]) * 1024


def _read_groups(root: Path) -> Iterator[int]:
    """What each group leaves, ours and those above it. In a container the path may be the host's:
    then the group that is mounted as the topmost tells."""
    for line in _read_lines(root / "proc/self/cgroup"):
        hierarchy, controllers, path = line.split(":", 2)
        if hierarchy == "0" or "memory" in controllers.split(","):
            names = _V2 if hierarchy == "0" else _V1
            ours = PurePosixPath(path)
            for group in (ours, *ours.parents):
                yield from _read_group(root / names[0] / str(group).lstrip("/"), *names[1:])


def _read_group(folder: Path, most: str, used: str, reclaimable: str) -> Iterator[int]:
    """Pages of files that nobody uses are given back when memory is asked for."""
    limit, current = _read_number(folder / most), _read_number(folder / used)
    if limit is None or current is None:
        return
    words = (line.split() for line in _read_lines(folder / "memory.stat"))
    spare = next((int(value) for name, value in words if name == reclaimable), 0)
    yield limit - (current - spare)


def _read_number(path: Path) -> int | None:
    """None for "max", and for a file that is not there."""
    text = next(_read_lines(path), "")
    return int(text) if text.isdigit() else None


def _read_lines(path: Path) -> Iterator[str]:
    try:
        yield from path.read_text("ascii", "replace").splitlines()
    except OSError:
        return
