"""After a death a mail is read with less: one attempt at most costs the whole limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.rungs import (
    ALL,
    BARE,
    EXHAUSTED,
    HEADER_ONLY,
    WHOLE,
    Rung,
    count_seconds,
    find_rung,
    keep_rung,
    next_rung,
)

CAUSES = ("processor", "memory", "wall", "signal", "protocol", "exit")
SKIPS = Rung(skip=(3,), apart=True)


@pytest.mark.parametrize(
    ("rung", "cause", "file", "then"),
    [
        (WHOLE, "processor", 3, BARE),
        (WHOLE, "memory", 3, BARE),
        (WHOLE, "wall", None, BARE),
        (WHOLE, "signal", 3, SKIPS),
        (WHOLE, "protocol", 3, SKIPS),
        (WHOLE, "exit", 3, SKIPS),
        (WHOLE, "signal", None, BARE),
        (SKIPS, "signal", 4, BARE),
        (SKIPS, "processor", 4, BARE),
        (Rung(apart=True), "signal", 3, SKIPS),
        (BARE, "signal", None, HEADER_ONLY),
        (BARE, "wall", None, HEADER_ONLY),
        (WHOLE, "server", 3, WHOLE),
        (SKIPS, "server", 4, SKIPS),
        (BARE, "server", None, BARE),
        (WHOLE, "start", None, WHOLE),
    ],
)
def test_each_death_of_a_child_leads_one_rung_down(
    rung: Rung, cause: str, file: int | None, then: Rung
) -> None:
    assert next_rung(rung, cause, file) == then


@given(st.lists(st.tuples(st.sampled_from(CAUSES), st.none() | st.integers(0, 9)), min_size=ALL))
def test_whatever_kills_the_limit_is_met_once_and_the_header_is_reached(
    deaths: list[tuple[str, int | None]],
) -> None:
    rung, exhausted = WHOLE, 0
    for attempt, (cause, file) in enumerate(deaths):
        if rung.header_only:
            assert attempt <= ALL
            break
        exhausted += cause in EXHAUSTED and not rung.bare
        rung = next_rung(rung, cause, file)
    assert rung.header_only
    assert exhausted <= 1


@pytest.mark.parametrize("rung", [WHOLE, SKIPS, BARE, HEADER_ONLY])
def test_a_job_keeps_its_rung(rung: Rung) -> None:
    assert find_rung(keep_rung({"other": 1}, rung)) == rung


@pytest.mark.parametrize(
    ("deaths", "then"), [(0, WHOLE), (1, WHOLE), (2, BARE), (3, HEADER_ONLY), (9, HEADER_ONLY)]
)
def test_a_worker_is_killed_once_for_nothing(deaths: int, then: Rung) -> None:
    assert find_rung({"deaths": deaths}) == then


@pytest.mark.parametrize(
    ("cause", "processor", "elapsed", "booked"),
    [
        ("wall", 0.1, 60.0, 60.0),  # it slept
        ("wall", 19.0, 60.0, 60.0),
        ("wall", 0.1, 2.0, 2.0),  # so short a wall_clock is the operator's wish
        ("signal", 0.1, 59.0, 59.0),  # it slept, and ended before the wall
        ("protocol", 0.1, 59.0, 59.0),
        ("memory", 0.1, 59.0, 59.0),
        ("exit", 0.1, 59.0, 59.0),
        ("signal", 2.0, 14.0, 2.0),  # a machine with seven times as much to do
        ("memory", 5.0, 25.0, 5.0),
        ("processor", 20.0, 59.0, 20.0),  # who works all the time waits for nobody but us
        ("server", 2.0, 60.0, 0.0),
        ("start", 0.0, 60.0, 0.0),
    ],
)
def test_who_waits_spends_his_day_and_who_is_kept_waiting_does_not(
    cause: str, processor: float, elapsed: float, booked: float
) -> None:
    assert count_seconds(cause, processor, elapsed) == booked
