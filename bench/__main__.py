"""`make bench`: runs every measurement of this folder and prints one table."""

import importlib
import pkgutil
import sys
import time
from pathlib import Path

from redaksi import log

HEAD = f"{'what':<58} {'figure':>10}  against"


def main() -> None:
    """Every module with `rows()`; name some on the command line to run only those."""
    log.configure("error")
    wanted = set(sys.argv[1:])
    names = sorted(
        m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if not m.name.startswith("_")
    )
    print(HEAD)
    for name in names:
        if wanted and name not in wanted:
            continue
        module = importlib.import_module(f"bench.{name}")
        if not hasattr(module, "rows"):
            continue
        started = time.perf_counter()
        print(f"── {name}", flush=True)
        for what, figure, against in module.rows():
            print(f"{what:<58} {figure:>10.3f}  {against}", flush=True)
        print(f"   ({time.perf_counter() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
