"""A backup or a restore that is killed (SIGKILL) at a step, and bytes that fall over: what stands then."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text

from desk.backup import place
from desk.backup.make import Made
from desk.backup.manifest import find_damaged, read_manifest
from desk.backup.restore import Restored, Wanted, restore
from desk.blobs.compare import Compared, compare_blobs
from desk.blobs.local import LocalBlobs
from desk.store.keeping.half import MARK
from redaksi.errors import StoreUnfit
from tests.backups import NOW, Kept, change, list_blobs, names_of

STEPS = frozenset({
    "open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.listdir", "os.scandir",
    "sqlite3.connect", "sqlite3.connect/handle", "subprocess.Popen", "shutil.rmtree", "fsync",
})  # fmt: skip
Act = Callable[[], object]


class Steps:
    """Counts what a process does to the disk, and ends it at one of them."""

    def __init__(self, last: int) -> None:
        self.last, self.done = last, 0

    def step(self, event: str, _arguments: tuple[Any, ...] = ()) -> None:
        if event in STEPS:
            self.done += 1
            if self.done == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


def run_until(last: int, act: Act) -> int | None:
    """Let a child do it and die at that step; None when it died, else how many steps it took.
    `last` 0: it lives."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            steps, fsync = Steps(last), os.fsync

            def sync(descriptor: int) -> None:
                steps.step("fsync")
                fsync(descriptor)

            os.fsync = sync  # type: ignore[assignment]
            sys.addaudithook(steps.step)
            act()
            os.write(writing, str(steps.done).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    told = os.read(reading, 100)
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None
    assert told, "the child failed by itself"
    return int(told)


def points(steps: int, count: int) -> Iterator[int]:
    """So many of these steps, evenly."""
    return iter(sorted({1 + at * (steps - 1) // max(1, count - 1) for at in range(count)}))


def is_old_whole(kept: Kept, old: Made) -> bool:
    """Whether every backup that has a name is whole, the old one among them."""
    blobs = list_blobs(kept.dest / place.BLOBS)
    named = {path: read_manifest(path) for path in place.list_whole(kept.dest)}
    return old.folder in named and all(
        not find_damaged(path, held) and set(held.blobs) <= blobs for path, held in named.items()
    )


def bring_back(backup: Path, into: Path, database: str = "") -> Restored:
    return restore(Wanted(backup=backup, into=into, database=database), NOW)


def is_absent_or_whole(into: Path, database: str = "") -> bool:
    """Whether nobody can open what was restored, or it is all there."""
    if not into.exists() or not list(into.iterdir()):
        return True
    if (into / MARK).exists():
        return not database or _opens_for_nobody(database) or _is_settled(database)
    blobs = LocalBlobs(into / "blobs", looks=True)
    named = names_of(database or f"sqlite:///{into / 'redaksi.db'}")
    return compare_blobs(blobs, named) == Compared() and named == list_blobs(into / "blobs")


def _opens_for_nobody(database: str) -> bool:
    with change(database) as connection:
        there = connection.scalar(text("SELECT to_regclass('alembic_version')"))
        asked = text("SELECT count(*) FROM alembic_version")
        return bool(there is None or connection.scalar(asked) == 0)


def _is_settled(database: str) -> bool:
    with change(database) as connection:
        going = text("SELECT count(*) FROM outbox WHERE state IN ('queued', 'held', 'sending')")
        return bool(connection.scalar(going) == 0)


def is_flip_found(backup: Path, into: Path, number: int, database: str = "") -> bool:
    """Whether one bit of one file, another for each number, is found; the file is mended again."""
    blobs = [backup.parent / place.BLOBS / x[:2] / x for x in sorted(read_manifest(backup).blobs)]
    files = [*sorted(backup.iterdir()), *blobs[:40]]
    file = files[number % len(files)]
    raw = file.read_bytes()
    at = (number * 7919) % len(raw)
    file.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << number % 8)]) + raw[at + 1 :])
    try:
        bring_back(backup, into, database)
    except StoreUnfit:
        return not into.exists() or not list(into.iterdir())
    finally:
        file.write_bytes(raw)
    return False
