"""Who must look at a submission, and since when: kept as things happen, never folded at a look. Pure.

A flag tells what a contributor did, or a letter could not do, since an editor last decided. Somebody
is *called* while the state is an editor's (review, failed, quarantined) or a flag stands.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

from redaksi.states import EVENTS, WAITS_FOR_EDITOR, State

AttentionFlag = Literal[
    "changed", "withdrawal", "message", "bounced", "unwritten", "letter", "asking",
    "publish_failed", "pairing",
]  # fmt: skip

TRIES = frozenset({"accept", "revise", "incomplete", "review", "exhausted"})
# beside the tries
WORDS = frozenset({"withdraw", "message", "resent", "bounced", "letter unwritable"})
DECIDED = frozenset(
    {
        "schedule",
        "unschedule",
        "note",
        "return",
        "decline",
        "reopen",
        "adopt",
        "discard",
        "confirm_withdrawal",
        "take_down",
        "taken_down",
        "pair",
    }
)
# each says how many letters of the submission wait for an editor after it
LETTERS = frozenset(
    {
        "letter queued",
        "letter draft",
        "letter held",
        "letter sending",
        "letter sent",
        "letter deferred",
        "letter unknown",
        "letter failed",
        "letter released",
        "letter dropped",
        "letter restored",
        "letters waiting",  # of letters written before the flag was
    }
)
# each says how many of the submission's targets call an editor after it: `asking`, `failed`
PUBLICATIONS = frozenset(
    {
        "publication planned",
        "publication held",
        "publication begun",
        "publication put off",
        "publication asked",
        "publication failed",
        "publication delivered",
        "publication standing",
        "publication down",
        "publication cancelled",
    }
)
# what an editor asked of the worker could not be done, or was
ASKED_FAILED = frozenset(
    {"pairing failed", "examining failed", "release failed", "tidying failed", "photos not made"}
)
ASKED_DONE = frozenset({"examined again", "release", "tidied", "photos made"})
EMPTIED = "emptied"  # its data went: nobody is called to what is no longer there
UNDO = "undo"  # its fact `attention`: what stood before the decision that is taken back
# every move, what was said without one, and what became of letters
MATTERS = frozenset(EVENTS) | WORDS | LETTERS | PUBLICATIONS | ASKED_FAILED | ASKED_DONE | {EMPTIED}
# these are decided, not read; a letter waits until it is sent or dropped, a target until it is mended
OF_TARGETS: frozenset[AttentionFlag] = frozenset({"asking", "publish_failed"})
_KEPT_WHEN_SEEN: frozenset[AttentionFlag] = OF_TARGETS | {"withdrawal", "letter"}
_KEPT_WHEN_DECIDED: frozenset[AttentionFlag] = OF_TARGETS | {"letter"}
_MENDED_BY_A_TRY = frozenset({"bounced", "unwritten"})
_CHANGED_IN = frozenset({"review", "scheduled", "published", "declined"})


class Raised(Struct, frozen=True, kw_only=True):
    """Since when a flag stands, and the event that raised it."""

    since: datetime
    event_id: int


class Happening(Struct, frozen=True, kw_only=True):
    """An event, and the state that the submission has after it."""

    id: int
    at: datetime
    what: str
    state: State
    facts: Mapping[str, Any] = {}


class Attention(Struct, frozen=True, kw_only=True):
    """`since`: the moment from which somebody has been called without a break; None: nobody is.
    `candidates`: the submissions this one may be part of. `follows`: the one it came in answer to,
    where it is another article."""

    flags: Mapping[AttentionFlag, Raised] = {}
    since: datetime | None = None
    candidates: tuple[str, ...] = ()
    follows: str = ""


NONE = Attention()


def step(
    flags: frozenset[AttentionFlag], event: str, facts: Mapping[str, Any]
) -> frozenset[AttentionFlag]:
    """The flags that stand after an event."""
    if event == "seen":
        return flags & _KEPT_WHEN_SEEN
    if event in DECIDED or (event == "publish" and facts.get("given")):
        return flags & _KEPT_WHEN_DECIDED
    if event in ASKED_FAILED:
        return flags | {"pairing"}
    if event in ASKED_DONE:
        return flags - {"pairing"}
    if event in LETTERS:
        return _after_letter(flags, facts)
    if event in PUBLICATIONS:
        return _after_publication(flags, facts)
    if event in TRIES:
        rest = (flags - _MENDED_BY_A_TRY) | _asked(facts)
        return rest | {"changed"} if _has_changed(facts) else rest
    return _after_words(flags, event, facts)


def _after_words(
    flags: frozenset[AttentionFlag], event: str, facts: Mapping[str, Any]
) -> frozenset[AttentionFlag]:
    if event == "message":
        return (flags - {"bounced"}) | {"message"}
    if event == "resent":
        return flags | _asked(facts)
    if event == "letter unwritable":
        return flags | {"unwritten"}
    if event == "bounced" and facts.get("hard"):
        return flags | {"bounced"}
    if event == "withdraw" and _stayed(facts):
        return flags | {"withdrawal"}
    return flags


def _after_letter(
    flags: frozenset[AttentionFlag], facts: Mapping[str, Any]
) -> frozenset[AttentionFlag]:
    """What a limit holds leaves by itself and calls nobody; 0.1 did not count."""
    if "waiting" not in facts:
        return flags
    return flags | {"letter"} if facts["waiting"] else flags - {"letter"}


def _after_publication(
    flags: frozenset[AttentionFlag], facts: Mapping[str, Any]
) -> frozenset[AttentionFlag]:
    calls: set[AttentionFlag] = set()
    if facts.get("asking"):
        calls.add("asking")
    if facts.get("failed"):
        calls.add("publish_failed")
    return (flags - OF_TARGETS) | calls


def _asked(facts: Mapping[str, Any]) -> frozenset[AttentionFlag]:
    """What its contributor wrote beside his files is news when it asks something."""
    return frozenset({"message"}) if facts.get("asks") else frozenset()


def _has_changed(facts: Mapping[str, Any]) -> bool:
    """Whether other files stand there than when an editor last looked. What he had examined again
    himself has not changed; where an accepted try stands beside it, he is told of a newer one."""
    is_asked = facts.get("replayed") and facts["to"] == "review"
    return _stayed(facts) and facts["to"] in _CHANGED_IN and not is_asked


def _stayed(facts: Mapping[str, Any]) -> bool:
    return facts.get("to") is not None and facts.get("from") == facts.get("to")


def advance(before: Attention, happening: Happening) -> Attention:
    """What stands after one more event."""
    if happening.what == EMPTIED:
        return NONE
    if happening.what == UNDO and "attention" in happening.facts:
        return msgspec.convert(happening.facts["attention"], Attention)
    names = step(frozenset(before.flags), happening.what, happening.facts)
    raised = Raised(since=happening.at, event_id=happening.id)
    called = bool(names) or happening.state in WAITS_FOR_EDITOR
    candidates, follows = before.candidates, before.follows
    if happening.what in DECIDED:
        candidates = ()
    elif happening.what in TRIES:
        candidates = tuple(happening.facts.get("candidates", ()))
        follows = str(happening.facts.get("follows", ""))
    return Attention(
        flags={name: before.flags.get(name, raised) for name in sorted(names)},
        since=(before.since or happening.at) if called else None,
        candidates=candidates,
        follows=follows,
    )


def freeze(attention: Attention) -> dict[str, Any]:
    """As the event keeps it that takes a decision back: what stands then is what stood before."""
    frozen: dict[str, Any] = msgspec.to_builtins(attention)
    return frozen


def fold(happenings: Iterable[Happening]) -> Attention:
    """The same from the whole history: what is stored is held against it."""
    attention = NONE
    for happening in happenings:
        attention = advance(attention, happening)
    return attention


def state_after(before: State, event: str, facts: Mapping[str, Any]) -> State:
    """The state an old event left behind: moves say it, being set aside and taken back do not."""
    if "to" in facts:
        state: State = facts["to"]
        return state
    if event == "failed":
        return "failed"
    return "received" if event == "retry" else before
