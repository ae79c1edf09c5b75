"""`make bench`: runs every measurement of this folder, each in a process of its own, and prints
one table."""

import importlib
import pkgutil
import subprocess
import sys
import time
from pathlib import Path

from redaksi import log

HEAD = f"{'what':<58} {'figure':>10}  against"


def main() -> None:
    """Every module with `rows()`; name some on the command line to run only those."""
    found = sorted(
        m.name
        for m in pkgutil.iter_modules([str(Path(__file__).parent)])
        if not m.name.startswith("_")
    )
    wanted = [name.replace("-", "_") for name in sys.argv[1:]] or found
    if len(wanted) == 1:
        table(wanted[0])
        return
    print(HEAD, flush=True)
    broken = [
        n
        for n in wanted
        if subprocess.run([sys.executable, "-m", "bench", n], check=False).returncode
    ]
    if broken:
        sys.exit(f"not measured: {', '.join(broken)}")


def table(name: str) -> None:
    """The rows of one module."""
    log.configure("error")
    started = time.perf_counter()
    print(f"── {name}", flush=True)
    for what, figure, against in importlib.import_module(f"bench.{name}").rows():
        print(f"{what:<58} {figure:>10.3f}  {against}", flush=True)
    print(f"   ({time.perf_counter() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
