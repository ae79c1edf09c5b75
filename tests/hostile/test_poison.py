"""Every token of every reader's grammar, thousands of times over: no reading ends its child or takes
more than two seconds of processor. The suite takes a sample; `make drill ARGS=poison` all of it."""

import os
import random

import pytest

from tests.hostile.poison.groups import GROUPS
from tests.hostile.poison.reading import SECONDS, read_cases

COUNT = 10_000
_IS_WHOLE = bool(os.environ.get("REDAKSI_DRILL"))
_SAMPLE = 6  # cases of a group in the suite
_AT_ONCE = 50  # readings of one child
# In the suite other tests share the processor's caches, and the same work counts twice; the drill,
# which runs alone, holds the bound.
_BOUND = SECONDS if _IS_WHOLE else 3 * SECONDS


@pytest.mark.parametrize("group", GROUPS)
def test_a_token_repeated_kills_no_reading(group: str) -> None:
    cases = GROUPS[group](COUNT)
    if not _IS_WHOLE:
        cases = random.Random(group).sample(cases, min(_SAMPLE, len(cases)))
    outcomes = [
        outcome
        for at in range(0, len(cases), _AT_ONCE)
        for outcome in read_cases(cases[at : at + _AT_ONCE], _BOUND)
    ]
    print(f"{group}: {len(outcomes)}, at most {max(each.seconds for each in outcomes):.2f} s")
    assert [each for each in outcomes if each.error] == []
    assert [each for each in outcomes if each.seconds > _BOUND + 1] == []


def test_a_line_of_bullets() -> None:
    """992 of them once ended a child."""
    body = GROUPS["words in body"](100_000)
    named = [each for each in body if each.name.startswith("body, a line of '- '")]
    (outcome,) = read_cases(named[:1])
    assert not outcome.error
