"""A person is erased by a process that is killed at any moment, then by one that is not: nothing of her is
left, and her neighbour has all that she had.

`python -m tests.drill erase`: 20 kills on each database.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desk.store import open_store
from tests import leaving, postgres
from tests.canaries import search

KILLS = 20
LONGEST = 6.0  # seconds: a start of the program, and the files' three seconds
PATIENCE = 120.0  # until the lease of one that was killed is free


def drill(kills: int = KILLS) -> bool:
    """Whether nothing was found after any of them."""
    print(f"{'database':<12}{'kills':>6}{'ended before':>14}{'words found':>13}{'neighbour':>11}")
    with tempfile.TemporaryDirectory() as folder:
        held = _run(Path(folder) / "sqlite", kills, lambda: "")
        programs = postgres.binaries()
        if programs is None:
            print("no PostgreSQL here")
            return False
        with postgres.cluster(programs) as cluster:

            def make() -> str:
                url = cluster.url(cluster.create())
                open_store(url).close()
                return url

            return _run(Path(folder) / "postgres", kills, make) and held


def _run(folder: Path, kills: int, make: Callable[[], str]) -> bool:
    chance, found, ended, kept = random.Random(1), 0, 0, 0
    for number in range(kills):
        home = folder / str(number)
        url = make()
        with leaving.town(home / "desk", url) as town:
            config = leaving.write_config(town)
            with town.app.store.read() as tx:
                before = leaving.describe(tx, town.ani)
        ended += _kill(config, chance.uniform(0.3, LONGEST))
        _end(config)
        store = open_store(url or f"sqlite:///{home / 'desk' / 'redaksi.db'}")
        with store.read() as tx:
            kept += leaving.describe(tx, town.ani) == before
        found += len(search(home, leaving.WORDS)) + len(leaving.find_in_rows(store))
        store.close()
    print(f"{folder.name:<12}{kills:>6}{ended:>14}{found:>13}{kept:>8}/{kills}", flush=True)
    return (found, kept) == (0, kills)


def _start(config: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "desk.cli", "erase", leaving.ADDRESS, "--yes"]
    return subprocess.Popen(
        [*command, "--config", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _kill(config: Path, seconds: float) -> bool:
    """Whether it had ended by itself."""
    running = _start(config)
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        return False
    return True


def _end(config: Path) -> None:
    until = time.monotonic() + PATIENCE
    while _start(config).wait() == 75 and time.monotonic() < until:
        pass
