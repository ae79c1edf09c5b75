"""What becomes of a submission: the one table of transitions. Pure.

    received ─► revising · incomplete ─► review ─► noted ─► scheduled ─► published
                        │                  └─► declined
                        └─► expired                     any open state ─► withdrawn
    received ─► quarantined · failed · not_a_submission

A row says: in this state, when this happens, done by one of these, it becomes that state and that
letter is due. What is not in the table cannot happen: `move` raises. Code says the English word,
people see the catalog's.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Literal, get_args

from msgspec import Struct

from redaksi.catalog import Sentence
from redaksi.errors import IllegalMove
from redaksi.model import Verdict
from redaksi.sender_rule import MARKED, SenderRule

State = Literal[
    "received", "revising", "incomplete", "review", "noted", "scheduled", "published", "declined", "expired",
    "withdrawn", "quarantined", "failed", "not_a_submission",
]  # fmt: skip
Event = Literal[
    # a try was examined: the verdicts of redaksi.model.Verdict, and "exhausted": findings again, no
    # more returns
    "accept", "revise", "incomplete", "review", "quarantine", "failed", "ignore", "exhausted",
    # an editor decided
    "schedule", "unschedule", "note", "return", "decline", "reopen", "release", "retry", "adopt", "discard",
    # an editor takes the last decision back
    "undo",
    # an editor read what came; an editor knows which submission this mail belongs to
    "seen", "pair",
    # a contributor's BATAL or an editor's; an editor's word that a scheduled or published one is
    # really withdrawn
    "withdraw", "confirm_withdrawal",
    # the clock, the publisher
    "remind", "expire", "publish", "publish_failed",
    # of what is published: another edition, taking it down, and that it is down
    "correct", "take_down", "taken_down",
]  # fmt: skip
Actor = Literal["validator", "worker", "editor", "contributor", "clock", "publisher"]
Letter = Literal[
    "", "accepted", "revise", "partly_mended", "unreadable", "scheduled", "noted", "declined", "published",
    "reminder", "expired", "withdrawn",
]  # fmt: skip

STATES: tuple[State, ...] = get_args(State)
EVENTS: tuple[Event, ...] = get_args(Event)

WAITS_FOR_CONTRIBUTOR: frozenset[State] = frozenset({"revising", "incomplete", "noted"})
# not yet settled; "received" stands so while it is examined anew
OPEN: frozenset[State] = frozenset(
    {"received", "review", "revising", "incomplete", "noted", "scheduled"}
)
SETTLED_FOR_GOOD: frozenset[State] = frozenset({"published", "declined", "expired", "withdrawn"})
WAITS_FOR_EDITOR: frozenset[State] = frozenset({"review", "failed", "quarantined"})
FINAL: frozenset[State] = frozenset(
    {"published", "declined", "expired", "withdrawn", "quarantined", "not_a_submission"}
)
# a later try changes nothing by itself
SETTLED: frozenset[State] = frozenset({"scheduled", "published", "declined"})
REMIND_AFTER = timedelta(days=14)  # of silence, in a state that waits for the contributor
EXPIRE_AFTER = timedelta(days=28)


class Transition(Struct, frozen=True, kw_only=True):
    """A row of the table. `to` None: back to the state it left (`open_again`), or,
    undone, to the one before the decision. `letter`: which one is due; a
    verdict's own letter ("unreadable" or "nothing_attached", …) is chosen by redaksi.decide
    where several fit the state."""

    state: State
    event: Event
    actors: tuple[Actor, ...]
    to: State | None
    letter: Letter = ""


_VALIDATOR: tuple[Actor, ...] = ("validator",)
_EDITOR: tuple[Actor, ...] = ("editor",)
_CLOCK: tuple[Actor, ...] = ("clock",)
_PUBLISHER: tuple[Actor, ...] = ("publisher",)
_EXAMINED: tuple[Event, ...] = ("accept", "revise", "incomplete", "review", "exhausted")
_NOT_JUDGED: tuple[Event, ...] = ("quarantine", "failed", "ignore")


def _rows() -> Iterator[Transition]:
    yield from _first_look()
    yield from _another_try()
    yield from _decisions()
    yield from _withdrawals()
    yield from _time()


def _row(
    states: tuple[State, ...],
    events: tuple[Event, ...],
    by: tuple[Actor, ...],
    to: State | None,
    letter: Letter = "",
) -> Iterator[Transition]:
    for state in states:
        for event in events:
            yield Transition(state=state, event=event, actors=by, to=to, letter=letter)


def _first_look() -> Iterator[Transition]:
    """The first verdict; a submission that failed by our fault is looked at again as if for the
    first time."""
    fresh: tuple[State, ...] = ("received", "failed")
    yield from _row(fresh, ("accept",), _VALIDATOR, "review", "accepted")
    yield from _row(fresh, ("review", "exhausted"), _VALIDATOR, "review")
    yield from _row(fresh, ("revise",), _VALIDATOR, "revising", "revise")
    yield from _row(fresh, ("incomplete",), _VALIDATOR, "incomplete", "unreadable")
    yield from _row(fresh, ("quarantine",), _VALIDATOR, "quarantined")
    yield from _row(fresh, ("failed",), ("validator", "worker"), "failed")
    yield from _row(fresh, ("ignore",), _VALIDATOR, "not_a_submission")
    yield from _row(("failed",), ("retry",), _EDITOR, "received")


def _another_try() -> Iterator[Transition]:
    """A later mail of the contributor's. What could not be judged of it never changes the state.

    What was closed for want of an answer opens with one, and is looked at like any other that was
    returned.
    """
    returned: tuple[State, ...] = ("revising", "incomplete", "expired")
    yield from _row(returned, ("accept",), _VALIDATOR, "review", "accepted")
    yield from _row(returned, ("review", "exhausted"), _VALIDATOR, "review")
    yield from _row(returned, ("revise",), _VALIDATOR, "revising", "partly_mended")
    yield from _row(returned, ("incomplete",), _VALIDATOR, "incomplete", "unreadable")
    yield from _row(("review", "noted"), _EXAMINED, _VALIDATOR, "review")
    for state in sorted(SETTLED):
        yield from _row((state,), _EXAMINED, _VALIDATOR, state)
    for state in (*returned, "review", "noted", *sorted(SETTLED)):
        yield from _row((state,), _NOT_JUDGED, _VALIDATOR, state)


def _decisions() -> Iterator[Transition]:
    """An editor's."""
    unscheduled: tuple[State, ...] = ("revising", "incomplete", "review", "noted")
    open_states: tuple[State, ...] = (*unscheduled, "scheduled")
    yield from _row(open_states, ("schedule",), _EDITOR, "scheduled", "scheduled")
    yield from _row(("scheduled",), ("unschedule",), _EDITOR, "review")
    yield from _row(unscheduled, ("publish",), _EDITOR, "published", "published")
    yield from _row(open_states, ("note",), _EDITOR, "noted", "noted")
    yield from _row(open_states, ("return",), _EDITOR, "revising", "revise")
    yield from _row(open_states, ("decline",), _EDITOR, "declined", "declined")
    yield from _row(("declined", "quarantined"), ("reopen", "release"), _EDITOR, "review")
    yield from _row(("expired", "withdrawn"), ("reopen",), _EDITOR, None)
    yield from _row(("not_a_submission",), ("adopt",), _EDITOR, "review")
    mistaken: tuple[State, ...] = ("review", "incomplete", "revising", "quarantined", "failed")
    yield from _row(mistaken, ("discard",), _EDITOR, "not_a_submission")
    astray: tuple[State, ...] = ("review", "incomplete", "revising", "not_a_submission")
    yield from _row(astray, ("pair",), _EDITOR, "not_a_submission")
    for state in (*open_states, *FINAL):
        yield from _row((state,), ("seen",), _EDITOR, state)
    # whatever was decided: to what it was before (desk.store.publications.undoing)
    yield from _row(STATES, ("undo",), _EDITOR, None)


def _withdrawals() -> Iterator[Transition]:
    """BATAL, or an editor's click. What may already be in print waits for an editor's word."""
    open_states: tuple[State, ...] = (
        "received",
        "revising",
        "incomplete",
        "review",
        "noted",
        "failed",
    )
    yield from _row(open_states, ("withdraw",), ("contributor", "editor"), "withdrawn", "withdrawn")
    yield from _row(("scheduled",), ("withdraw",), ("contributor",), "scheduled")
    yield from _row(("published",), ("withdraw",), ("contributor",), "published")
    yield from _row(("scheduled",), ("confirm_withdrawal",), _EDITOR, "withdrawn", "withdrawn")


def _time() -> Iterator[Transition]:
    """The clock's and the publisher's."""
    waiting: tuple[State, ...] = ("revising", "incomplete", "noted")
    for state in waiting:
        yield from _row((state,), ("remind",), _CLOCK, state, "reminder")
    yield from _row(waiting, ("expire",), _CLOCK, "expired", "expired")
    # it stands where readers see it: a target says so, or an editor who gives its address
    either: tuple[Actor, ...] = ("publisher", "editor")
    yield from _row(("scheduled",), ("publish",), either, "published", "published")
    yield from _row(("scheduled",), ("publish_failed",), _PUBLISHER, "scheduled")
    # an editor says where it stands, or that what was asked is done
    yield from _row(("published",), ("publish",), _EDITOR, "published")
    yield from _row(("published",), ("correct",), _EDITOR, "published")
    yield from _row(("published",), ("take_down",), _EDITOR, "published")
    yield from _row(("published",), ("taken_down",), either, "withdrawn", "withdrawn")


def _table() -> dict[tuple[State, Event], Transition]:
    table: dict[tuple[State, Event], Transition] = {}
    for row in _rows():
        if (row.state, row.event) in table:
            raise AssertionError(f"two rows for {row.state} and {row.event}")
        table[row.state, row.event] = row
    return table


TRANSITIONS: Mapping[tuple[State, Event], Transition] = _table()


def find_transition(state: State, event: Event, actor: Actor) -> Transition:
    """The row for `event` done by `actor` in `state`; raises IllegalMove when the table has
    none."""
    row = TRANSITIONS.get((state, event))
    if row is None:
        raise IllegalMove("cannot_happen", event=event, state=Sentence(section="state", key=state))
    if actor not in row.actors:
        raise IllegalMove(
            "not_for", event=event, state=Sentence(section="state", key=state), actor=actor
        )
    return row


def takes_revision(state: State) -> bool:
    """Whether a later mail can be a revision of what is in this state."""
    return all((state, event) in TRANSITIONS for event in _EXAMINED)


def move(state: State, event: Event, actor: Actor = "validator", left: State = "review") -> State:
    """The state after `event`; `left` is what an expired or withdrawn submission was before.
    Raises IllegalMove."""
    return find_transition(state, event, actor).to or open_again(left)


def open_again(left: State | None) -> State:
    """The state that something closed opens in: the one it left. Of what was scheduled or published
    nothing is planned or stands any more: an editor looks at it."""
    return "review" if left in (None, "scheduled", "published") else left


# an editor looks at what these decided, whatever the examination says
SHOWN_RULES = MARKED | {SenderRule.OWN_OR_LOOP, SenderRule.BAD_SENDER}


def verdict_as_filed(
    decision: Verdict, overall: Verdict, rule: SenderRule | None, *, imposed: bool
) -> Verdict:
    """The verdict one submission of a mail is filed under.

    `decision` is its own, `overall` the mail's, `rule` the answering table's (None: not a mail).
    `imposed`: none of the mail's submissions earned `overall`; the table or a limit on the whole
    mail said so, and it holds for all. A mail that may not be answered by itself (SHOWN_RULES)
    cannot wait for its contributor: an editor looks.
    """
    if overall == "ignore" or (imposed and overall in ("quarantine", "failed")):
        return overall
    shown = rule in SHOWN_RULES or (imposed and overall == "review")
    if shown and decision in ("accept", "revise", "incomplete"):
        return "review"
    return decision
