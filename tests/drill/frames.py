"""A million conversations that no honest child leads, and how much the process grows by them."""

import time
from multiprocessing import Pool

from tests.hostile.frames import find_strange
from tests.hostile.test_answers import measure_peak

SEEDS, EACH = range(200), 5000
MOST_GROWTH = 64 * 1024 * 1024


def attempt(seed: int) -> tuple[list[tuple[int, str]], int]:
    """What was strange, and by how many bytes the process grew."""
    before = measure_peak(forget=True)
    strange = list(find_strange(1000 + seed, EACH))
    return strange, measure_peak() - before


def drill() -> bool:
    """Whether nothing was strange."""
    begun = time.monotonic()
    with Pool(2) as pool:
        outcomes = pool.map(attempt, SEEDS)
    strange = [each for found, _ in outcomes for each in found]
    growth = max(grown for _, grown in outcomes)
    print(
        f"frames: {len(SEEDS) * EACH} conversations, {len(strange)} strange, "
        f"grew by {growth >> 20} MB at most, {time.monotonic() - begun:.0f} s"
    )
    for number, what in strange[:10]:
        print(f"  {number}: {what}")
    return not strange and growth <= MOST_GROWTH
