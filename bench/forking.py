"""What a child costs that reads nothing: forked from a warm server, confined, ended. A process of its
own, for it ends as a fork server does: with everything imported."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from desk.sandbox.confinement.confine import become_undumpable, confine, prepare
from desk.sandbox.confinement.limits import Bounds
from desk.sandbox.warm import import_readers
from redaksi.limits import MB

CHILDREN = 200
BOUNDS = Bounds(memory=1536 * MB, processor=20)


def measure() -> tuple[float, float]:
    """(median, 90th percentile) in milliseconds."""
    asked = [sys.executable, "-m", "bench.forking"]
    root = Path(__file__).parents[1]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    ran = subprocess.run(asked, cwd=root, env=environment, capture_output=True, check=True)
    median, slow = json.loads(ran.stdout)
    return median, slow


def main() -> None:
    """Print both."""
    import_readers()
    become_undumpable()
    prepared, server, times = prepare(), os.getpid(), []
    for _ in range(CHILDREN):
        begun = time.perf_counter()
        pid = os.fork()
        if pid == 0:
            confine(prepared, BOUNDS, server)
            os._exit(0)
        os.waitpid(pid, 0)
        times.append((time.perf_counter() - begun) * 1000)
    figures = (statistics.median(times), statistics.quantiles(times, n=10)[-1])
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main()
