"""`python -m tests.drill tayang`: 2,000 runs on each database, in two processes each.

`python -m tests.drill.tayang.runs DATABASE RUNS` is one of them.
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
from subprocess import PIPE

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
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.drill.tayang.runs", database, str(runs // SHARES)]
    workers = [subprocess.Popen(command, cwd=ROOT, stdout=PIPE) for _ in range(SHARES)]
    answers = [worker.communicate()[0] for worker in workers]
    held = not any(worker.returncode for worker in workers)
    seconds = time.monotonic() - begun
    tally = sum((Counter[str](json.loads(each)) for each in answers if each), Counter[str]())
    counted = "  ".join(f"{tally[name]:>{len(name)}}" for name in COUNTED)
    word = "yes" if held else "NO"
    print(f"{database:<10} {runs:>6} {word:>5} {seconds:>8.0f}  {counted}", flush=True)
    return held


def hold(database: str, runs: int) -> Counter[str]:
    """So many on a database of their own; what happened. Raises AssertionError."""
    programs = postgres.binaries() if database == "postgres" else None
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(postgres.cluster(programs)) if programs else None
        return run(stack.enter_context(make_template(home, cluster)), runs)


if __name__ == "__main__":
    log.configure("critical")
    print(json.dumps(hold(sys.argv[1], int(sys.argv[2]))))
