"""What a child may read: the interpreter, its libraries and our code, each by its own folder.

Never the folder above ours: a checkout holds `data/`, and a configuration beside it.
"""

import importlib.util
import sys
import sysconfig
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

# Whose code a reading runs; templates and letters are for the host.
PACKAGES = ("redaksi", "ingest", "validators", "desk")
_SITES = ("site-packages", "dist-packages", "lib-dynload")
_MAPS = Path("/proc/self/maps")


def find_readable() -> tuple[Path, ...]:
    """Files and folders that a reading may read, links resolved, none inside another. Call it when
    everything is imported: the shared libraries are those that are mapped by then."""
    found = [*_find_python(), *_find_packages(), *find_libraries(_MAPS), *_find_time_zones()]
    there = {place for path in found if (place := _find_place(path))}
    return tuple(sorted(path for path in there if there.isdisjoint(path.parents)))


def _find_place(path: Path) -> Path | None:
    """Where a path leads; None where there is nothing, or nothing for us."""
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return None


def _find_python() -> Iterator[Path]:
    paths = sysconfig.get_paths()
    yield from (Path(paths[name]) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    yield from (Path(each) for each in sys.path if Path(each).name in _SITES)
    yield from (Path(each) for each in sys.path if each.endswith(".zip"))


def _find_packages() -> Iterator[Path]:
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is not None:
            yield from (Path(each) for each in spec.submodule_search_locations or ())


def find_libraries(maps: Path) -> Iterator[Path]:
    """Every shared library in a list of mappings (proc_pid_maps(5)), and the folder of the C
    library, where what it loads later lies (libgcc_s, which ends threads)."""
    try:
        lines = maps.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    names = {line.partition("/")[2] for line in lines if ".so" in line}
    for library in sorted(Path("/" + name) for name in names if name):
        yield library
        if library.name.startswith(("libc.", "libc-", "ld-")):
            yield library.parent
    yield Path("/etc/ld.so.cache")


def _find_time_zones() -> Iterator[Path]:
    yield from (Path(each) for each in zoneinfo.TZPATH)
    yield Path("/etc/localtime")
