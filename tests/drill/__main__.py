"""`python -m tests.drill NAME...`: each drill prints its figures and fails where one is not met."""

import sys
from collections.abc import Callable

from redaksi import log
from tests.drill import (
    attention,
    backup,
    budgets,
    clocks,
    confined,
    editors,
    erase,
    frames,
    lists,
    ops,
    pairs,
    photo,
    phrasings,
    pid_one,
    poison,
    processes,
    publish,
    readers,
    slow,
    typing,
    undo,
    xss,
)
from tests.drill.tayang import runs as tayang

DRILLS: dict[str, Callable[[], bool]] = {
    "pairs": pairs.drill,
    "processes": processes.drill,
    "clocks": clocks.drill,
    "pid_one": pid_one.drill,
    "slow": slow.drill,
    "attention": attention.drill,
    "phrasings": phrasings.drill,
    "photo": photo.drill,
    "poison": poison.drill,
    "readers": readers.drill,
    "frames": frames.drill,
    "confined": confined.drill,
    "budgets": budgets.drill,
    "lists": lists.drill,
    "publish": publish.drill,
    "undo": undo.drill,
    "xss": xss.drill,
    "editors": editors.drill,
    "typing": typing.drill,
    "tayang": tayang.drill,
    "backup": backup.drill,
    "erase": erase.drill,
    "ops": ops.drill,
}


def main() -> int:
    """0 when every drill held."""
    names = sys.argv[1:] or list(DRILLS)
    if unknown := [name for name in names if name not in DRILLS]:
        print(f"no drill {unknown[0]}; there are: {', '.join(DRILLS)}")
        return 2
    log.configure("error")
    held = [DRILLS[name]() for name in names]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
