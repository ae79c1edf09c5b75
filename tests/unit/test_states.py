"""The table of transitions, read as the redaksi reads it."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi import catalog
from redaksi.config.bounds import Retention
from redaksi.errors import IllegalMove
from redaksi.model import Verdict
from redaksi.sender_rule import SenderRule
from redaksi.states import (
    EVENTS,
    FINAL,
    SHOWN_RULES,
    STATES,
    TRANSITIONS,
    WAITS_FOR_CONTRIBUTOR,
    WAITS_FOR_EDITOR,
    Actor,
    Event,
    State,
    find_transition,
    move,
    verdict_as_filed,
)

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@pytest.mark.parametrize(
    ("state", "event", "actor", "after", "letter"),
    [
        ("received", "accept", "validator", "review", "accepted"),
        ("received", "revise", "validator", "revising", "revise"),
        ("received", "incomplete", "validator", "incomplete", "unreadable"),
        ("received", "review", "validator", "review", ""),
        ("received", "quarantine", "validator", "quarantined", ""),
        ("received", "failed", "worker", "failed", ""),
        ("received", "ignore", "validator", "not_a_submission", ""),
        ("revising", "revise", "validator", "revising", "partly_mended"),
        ("revising", "exhausted", "validator", "review", ""),
        ("review", "revise", "validator", "review", ""),
        ("noted", "revise", "validator", "review", ""),
        ("review", "schedule", "editor", "scheduled", "scheduled"),
        ("review", "note", "editor", "noted", "noted"),
        ("review", "decline", "editor", "declined", "declined"),
        ("scheduled", "revise", "validator", "scheduled", ""),
        ("scheduled", "publish", "publisher", "published", "published"),
        ("scheduled", "publish", "editor", "published", "published"),
        ("revising", "publish", "editor", "published", "published"),
        ("scheduled", "publish_failed", "publisher", "scheduled", ""),
        ("scheduled", "withdraw", "contributor", "scheduled", ""),
        ("scheduled", "confirm_withdrawal", "editor", "withdrawn", "withdrawn"),
        ("review", "withdraw", "contributor", "withdrawn", "withdrawn"),
        ("incomplete", "remind", "clock", "incomplete", "reminder"),
        ("noted", "expire", "clock", "expired", "expired"),
        ("failed", "retry", "editor", "received", ""),
        ("not_a_submission", "adopt", "editor", "review", ""),
    ],
)
def test_what_happens(state: State, event: Event, actor: Actor, after: State, letter: str) -> None:
    row = find_transition(state, event, actor)
    assert (row.to, row.letter) == (after, letter)


@pytest.mark.parametrize(
    ("state", "event", "actor"),
    [
        ("review", "expire", "clock"),  # what waits for an editor never expires
        ("published", "decline", "editor"),
        ("declined", "publish", "publisher"),
        ("review", "publish", "publisher"),  # nobody scheduled it
        ("quarantined", "accept", "validator"),  # a new mail is judged on its own
        ("review", "schedule", "contributor"),
        ("revising", "remind", "editor"),
        ("withdrawn", "revise", "validator"),
    ],
)
def test_what_cannot_happen(state: State, event: Event, actor: Actor) -> None:
    with pytest.raises(IllegalMove):
        move(state, event, actor)


@pytest.mark.parametrize("left", ["revising", "incomplete", "noted"])
def test_what_expired_reopens_at_the_state_it_left(left: State) -> None:
    assert move("expired", "reopen", "editor", left) == left


@pytest.mark.parametrize(
    ("event", "after"), [("accept", "review"), ("revise", "revising"), ("review", "review")]
)
def test_a_late_answer_is_looked_at_like_any_other(event: Event, after: State) -> None:
    assert move("expired", event, "validator", "incomplete") == after


def test_every_state_can_be_reached() -> None:
    reached: set[State] = {"received"}
    while (
        more := {row.to for row in TRANSITIONS.values() if row.state in reached and row.to}
        - reached
    ):
        reached |= more
    assert reached == set(STATES)


def test_every_event_happens_somewhere() -> None:
    assert {event for _, event in TRANSITIONS} == set(EVENTS)


def test_every_state_has_its_words_and_a_clerk_or_an_end() -> None:
    assert set(catalog.load("id").sections["state"]) == set(STATES)
    waiting = WAITS_FOR_CONTRIBUTOR | WAITS_FOR_EDITOR | FINAL | {"received", "scheduled"}
    assert waiting == set(STATES)


def test_all_that_is_final_is_removed_one_day() -> None:
    assert set(Retention().periods()) == FINAL


def test_the_machine_writes_to_nobody_it_has_not_judged() -> None:
    silent = {"quarantine", "failed", "ignore", "review", "exhausted"}
    assert not [row for row in TRANSITIONS.values() if row.event in silent and row.letter]


@given(
    st.sampled_from(STATES),
    st.lists(st.tuples(st.sampled_from(EVENTS), st.sampled_from(get_args(Actor)))),
)
def test_no_sequence_leaves_the_table(state: State, happenings: list[tuple[Event, Actor]]) -> None:
    for event, actor in happenings:
        try:
            state = move(state, event, actor)
        except IllegalMove:
            continue
        assert state in STATES


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_files_a_new_mail(verdict: Verdict) -> None:
    assert move("received", verdict) in STATES


@pytest.mark.parametrize("decision", ["accept", "revise", "incomplete"])
@pytest.mark.parametrize("rule", sorted(SHOWN_RULES))
def test_who_may_not_be_answered_is_put_before_an_editor(
    decision: Verdict, rule: SenderRule
) -> None:
    assert verdict_as_filed(decision, "review", rule, imposed=True) == "review"
    assert verdict_as_filed(decision, decision, rule, imposed=False) == "review"


@pytest.mark.parametrize("decision", ["accept", "revise", "incomplete"])
def test_a_review_of_the_whole_mail_holds_for_all_of_it(decision: Verdict) -> None:
    assert verdict_as_filed(decision, "review", SenderRule.UNDECIDED, imposed=True) == "review"
    assert verdict_as_filed(decision, "review", SenderRule.AUTHENTICATED, imposed=False) == decision


@pytest.mark.parametrize("decision", ["accept", "revise", "incomplete"])
@pytest.mark.parametrize("rule", [SenderRule.UNKNOWN, SenderRule.AUTHENTICATED, None])
def test_who_may_be_answered_is_filed_as_judged(decision: Verdict, rule: SenderRule | None) -> None:
    assert verdict_as_filed(decision, decision, rule, imposed=False) == decision


@pytest.mark.parametrize("decision", VERDICTS)
def test_a_mail_that_is_no_submission_has_none(decision: Verdict) -> None:
    assert verdict_as_filed(decision, "ignore", SenderRule.REPORT, imposed=True) == "ignore"


def test_a_bomb_stays_a_bomb_whoever_sent_it() -> None:
    assert (
        verdict_as_filed("quarantine", "quarantine", SenderRule.NOT_AUTHENTICATED, imposed=False)
        == "quarantine"
    )


def test_a_limit_the_whole_mail_broke_holds_for_all_of_it() -> None:
    assert (
        verdict_as_filed("accept", "quarantine", SenderRule.AUTHENTICATED, imposed=True)
        == "quarantine"
    )
    assert (
        verdict_as_filed("accept", "quarantine", SenderRule.AUTHENTICATED, imposed=False)
        == "accept"
    )
