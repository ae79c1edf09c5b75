"""Captions as facilitators write them, in sixty ways: whoever wrote these mails had not seen what
is understood of captions. A sample here; all of them: `make drill ARGS=phrasings`.
"""

import pytest

from tests.phrasings.bare import read_bare, write_bare
from tests.phrasings.figures import Outcome, count, examine_bare, examine_case, share_right
from tests.phrasings.mails import CARRIERS, NAMINGS, read_phrasings, write_case


def test_there_are_sixty_of_each() -> None:
    assert len({phrasing.id for phrasing in read_phrasings()}) == 60
    assert len({bare.id for bare in read_bare()}) == 60


@pytest.fixture(scope="module")
def sample() -> list[Outcome]:
    """Every phrasing once; carriers and namings take turns."""
    outcomes = []
    for turn, phrasing in enumerate(read_phrasings()):
        carrier, naming = CARRIERS[turn % 4], NAMINGS[turn // 4 % 3]
        outcomes.append(examine_case(write_case(turn, phrasing, carrier, naming)))
    return outcomes


@pytest.fixture(scope="module")
def bare() -> list[Outcome]:
    """All mails without captions."""
    return [examine_bare(write_bare(turn, bare)) for turn, bare in enumerate(read_bare())]


def list_faults(outcomes: list[Outcome]) -> str:
    """What to read when a figure is not met."""
    return "\n".join(outcome.line for outcome in outcomes if outcome.fault)


def test_nobody_is_asked_for_captions_that_are_there(sample: list[Outcome]) -> None:
    assert count(sample, "false K001") == 0, list_faults(sample)


def test_no_wrong_pair_is_taken_as_certain(sample: list[Outcome]) -> None:
    assert count(sample, "wrong pair taken as certain") == 0, list_faults(sample)


def test_the_action_is_right(sample: list[Outcome]) -> None:
    assert share_right(sample) >= 0.95, list_faults(sample)


def test_who_wrote_no_captions_is_asked_for_them(bare: list[Outcome]) -> None:
    assert share_right(bare) >= 0.90, list_faults(bare)
