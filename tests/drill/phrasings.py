"""Sixty ways of captioning in four carriers with photos named in three ways, and sixty mails
without captions: who is asked for what, and which pairs are taken as certain."""

import itertools
from concurrent.futures import ProcessPoolExecutor

from tests.phrasings.bare import read_bare, write_bare
from tests.phrasings.figures import (
    Outcome,
    count,
    examine_bare,
    examine_case,
    print_faults,
    print_table,
    share_right,
)
from tests.phrasings.mails import CARRIERS, NAMINGS, read_phrasings, write_case

PROCESSES = 2


def examine_phrasing(turn: int) -> list[Outcome]:
    """One phrasing, everywhere."""
    phrasing = read_phrasings()[turn]
    ways = itertools.product(CARRIERS, NAMINGS)
    return [examine_case(write_case(turn, phrasing, *way)) for way in ways]


def examine_one_bare(turn: int) -> Outcome:
    """One mail without captions."""
    return examine_bare(write_bare(turn, read_bare()[turn]))


def drill() -> bool:
    """No false K001 and no wrong pair; 95 % right; of mails without captions 90 %."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = pool.map(examine_phrasing, range(len(read_phrasings())))
        captioned = list(itertools.chain.from_iterable(found))
        bare = list(pool.map(examine_one_bare, range(len(read_bare()))))
    print_table(captioned, failures=True)
    print("without captions")
    print_faults(bare, failures=True)
    return (
        count(captioned, "false K001") == 0
        and count(captioned, "wrong pair taken as certain") == 0
        and share_right(captioned) >= 0.95
        and share_right(bare) >= 0.90
    )
