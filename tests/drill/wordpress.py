"""Kills and cut answers at a real WordPress: every article is one post and every photo one
attachment."""

import time

from tests.wordpress import find_missing, run_wordpress
from tests.wp_deaths import attack

FAULTS = 500


def drill() -> bool:
    """500 faults, among them the death of every process that published every other article."""
    if missing := find_missing():
        print(f"wordpress: {missing}")
        return False
    began = time.monotonic()
    with run_wordpress() as site:
        score = attack(site, FAULTS, first=10_000, seed=1)
    figures = f"{score.faults} faults ({score.kills} kills), {score.articles} articles"
    print(f"wordpress: {figures}, {len(score.wrong)} wrong, {time.monotonic() - began:.0f} s")
    print("\n".join(score.wrong[:20]), end="\n" if score.wrong else "")
    return not score.wrong and score.faults >= FAULTS
