"""Which flags an event raises and clears: the table."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.domain.attention import (
    DECIDED,
    LETTERS,
    NONE,
    TRIES,
    AttentionFlag,
    Happening,
    advance,
    fold,
    state_after,
    step,
)
from redaksi.states import State

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALL: frozenset[AttentionFlag] = frozenset(
    {"changed", "withdrawal", "message", "bounced", "unwritten", "letter"}
)


def happening(number: int, what: str, state: State, **facts: object) -> Happening:
    at = NOW + timedelta(minutes=number)
    return Happening(id=number, at=at, what=what, state=state, facts=facts)


@pytest.mark.parametrize("decision", sorted(DECIDED))
def test_a_decision_clears_everything_but_a_waiting_letter(decision: str) -> None:
    assert step(ALL, decision, {}) == {"letter"}  # that waits until it is sent or dropped


def test_what_was_read_is_cleared_but_not_what_must_be_decided() -> None:
    assert step(ALL, "seen", {}) == {"withdrawal", "letter"}


@pytest.mark.parametrize("state", ["review", "scheduled", "published", "declined"])
@pytest.mark.parametrize("event", sorted(TRIES))
def test_a_try_of_what_stands_still_changed_it(event: str, state: str) -> None:
    assert step(frozenset(), event, {"from": state, "to": state}) == {"changed"}


@pytest.mark.parametrize(("before", "after"), [("revising", "review"), ("revising", "revising")])
def test_a_try_that_was_waited_for_is_no_change(before: str, after: str) -> None:
    assert step(frozenset(), "accept", {"from": before, "to": after}) == frozenset()


def test_a_try_is_an_answer_so_the_address_works_and_letters_are_written_anew() -> None:
    assert step(frozenset({"bounced", "unwritten", "message"}), "revise", {}) == {"message"}


def test_who_writes_can_be_reached() -> None:
    assert step(frozenset({"bounced"}), "message", {}) == {"message"}


@pytest.mark.parametrize(
    ("event", "facts", "flag"),
    [
        ("letter unwritable", {}, "unwritten"),
        ("bounced", {"hard": True}, "bounced"),
        ("withdraw", {"from": "scheduled", "to": "scheduled"}, "withdrawal"),
        ("accept", {"from": "received", "to": "review", "asks": True}, "message"),
        ("revise", {"from": "received", "to": "revising", "asks": True}, "message"),
        ("resent", {"asks": True}, "message"),
    ],
)
def test_what_raises_a_flag(event: str, facts: dict[str, object], flag: str) -> None:
    assert step(frozenset(), event, facts) == {flag}


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("bounced", {"hard": False}),
        ("withdraw", {"from": "review", "to": "withdrawn"}),
        ("letter sent", {}),
        ("resent", {}),
        ("accept", {"from": "received", "to": "review"}),
        ("remind", {"from": "revising", "to": "revising"}),
        ("quarantine", {"from": "review", "to": "review"}),
    ],
)
def test_what_raises_none(event: str, facts: dict[str, object]) -> None:
    assert step(frozenset(), event, facts) == frozenset()


def test_a_flag_stands_since_it_was_first_raised() -> None:
    first = advance(NONE, happening(1, "message", "published"))
    again = advance(first, happening(2, "message", "published"))
    assert again.flags["message"].event_id == 1
    assert again.since == first.since


def test_somebody_is_called_without_a_break_from_the_state_to_the_flag() -> None:
    history = [
        happening(1, "review", "review"),
        happening(2, "message", "review"),
        happening(3, "withdraw", "withdrawn"),
        happening(4, "note", "noted"),
        happening(5, "message", "noted"),
    ]
    assert fold(history[:3]).since == history[0].at
    assert fold(history[:4]).since is None
    assert fold(history).since == history[4].at


def test_candidates_are_the_newest_tries_until_an_editor_decides() -> None:
    tried = advance(NONE, happening(1, "review", "review", candidates=["W-2026-0001"], follows="x"))
    assert (tried.candidates, tried.follows) == (("W-2026-0001",), "x")
    assert advance(tried, happening(2, "seen", "review")).candidates == ("W-2026-0001",)
    decided = advance(tried, happening(3, "pair", "not_a_submission"))
    assert (decided.candidates, decided.follows) == ((), "x")


def test_the_state_after_an_old_event() -> None:
    assert state_after("review", "note", {"from": "review", "to": "noted"}) == "noted"
    assert state_after("received", "failed", {}) == "failed"
    assert state_after("failed", "retry", {}) == "received"
    assert state_after("noted", "message", {}) == "noted"


@pytest.mark.parametrize("event", sorted(LETTERS))
def test_a_letter_that_waits_calls_until_none_does(event: str) -> None:
    assert step(frozenset(), event, {"waiting": 2}) == {"letter"}
    assert step(frozenset({"letter", "changed"}), event, {"waiting": 0}) == {"changed"}
    assert step(frozenset({"letter"}), event, {}) == {"letter"}  # 0.1 did not count
