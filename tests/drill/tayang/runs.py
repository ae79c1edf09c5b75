"""`python -m tests.drill tayang`: 2,000 runs on each database, in two processes each.

`python -m tests.drill.tayang.runs DATABASE RUNS FILE` is one of them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from redaksi import log
from tests import postgres
from tests.drill.tayang.machine import run
from tests.drill.tayang.office import make_template

RUNS, SHARES = 2000, 2  # processes at once: the processors
COUNTED = ("published", "corrected", "withdrawn", "kills")
ROOT = Path(__file__).parents[3]


def drill() -> bool:
    """A table: database, runs, whether they held, seconds, and what happened in them."""
    runs = int(os.environ.get("REDAKSI_RUNS", RUNS))
    databases = ["sqlite", *(["postgres"] if postgres.binaries() else [])]
    print("database     runs  held  seconds  " + "  ".join(COUNTED), flush=True)
    held = [_measure(database, runs) for database in databases]
    return all(held)


def _measure(database: str, runs: int) -> bool:
    """Each process writes what happened to a file of its own; what breaks a law it prints."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        files = [Path(home) / f"{share}.json" for share in range(SHARES)]
        workers = [_begin(database, runs // SHARES, file) for file in files]
        codes = [worker.wait() for worker in workers]
        answers = [file.read_text() for file in files if file.exists()]
    held, seconds = not any(codes), time.monotonic() - begun
    tally = sum((Counter[str](json.loads(each)) for each in answers), Counter[str]())
    counted = "  ".join(f"{tally[name]:>{len(name)}}" for name in COUNTED)
    word = "yes" if held else "NO"
    print(f"{database:<10} {runs:>6} {word:>5} {seconds:>8.0f}  {counted}", flush=True)
    return held


def _begin(database: str, runs: int, file: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.drill.tayang.runs", database, str(runs), str(file)]
    return subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr.fileno())


def hold(database: str, runs: int) -> Counter[str]:
    """So many on a database of their own; what happened. Raises AssertionError."""
    programs = postgres.binaries() if database == "postgres" else None
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(postgres.cluster(programs)) if programs else None
        return run(stack.enter_context(make_template(home, cluster)), runs)


if __name__ == "__main__":
    log.configure("critical")
    Path(sys.argv[3]).write_text(json.dumps(hold(sys.argv[1], int(sys.argv[2]))))
