"""What a contributor did since an editor last decided: what must not be overlooked on the pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, select

from desk.store.engine import Transaction
from desk.store.tables import Event, Mail, Submission

Word = Literal["changed", "withdrawal", "message", "bounced", "unwritten"]
_TRIES = frozenset({"accept", "revise", "incomplete", "review", "exhausted"})
_SAID = frozenset({"withdraw", "message", "bounced", "letter unwritable"})
_DECIDED = frozenset(
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
        "seen",
        "pair",
    }
)


class Unheard(Struct, frozen=True, kw_only=True):
    """`words`: what waits for an editor. `candidates`: the submissions this one may be part of.
    `follows`: the one it came in answer to, where it is another article."""

    words: frozenset[Word] = frozenset()
    candidates: tuple[str, ...] = ()
    follows: str = ""


def unheard(tx: Transaction, wanted: ColumnElement[bool]) -> Mapping[int, Unheard]:
    """By submission, for those that are `wanted`; one query."""
    told = select(Event).where(
        Event.submission_id.in_(select(Submission.id).where(wanted)),
        Event.what.in_(_TRIES | _SAID | _DECIDED),
    )
    by: dict[int, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for row in tx.scalars(told.order_by(Event.id)):
        if row.submission_id is not None:
            by[row.submission_id].append((row.what, row.facts))
    return {submission: _folded(happened) for submission, happened in by.items()}


def mails_about(tx: Transaction, submission_id: int) -> list[Mail]:
    """Every mail that was a try of it or a word about it, newest first."""
    ids = select(Event.mail_id).where(
        Event.submission_id == submission_id, Event.what.in_(_TRIES | _SAID | {"resent"})
    )
    return list(
        tx.scalars(
            select(Mail).where(Mail.id.in_(ids)).order_by(Mail.received_at.desc(), Mail.id.desc())
        )
    )


def _folded(happened: Iterable[tuple[str, Mapping[str, Any]]]) -> Unheard:
    words: set[Word] = set()
    candidates: tuple[str, ...] = ()
    follows = ""
    for what, facts in happened:
        stayed = facts.get("from") == facts.get("to")
        if what == "seen":
            words &= {"withdrawal"}  # that one is decided, not read: until then it is not published
        elif what in _DECIDED:
            words.clear()
            candidates = ()
        elif what == "message":
            words.add("message")
            words.discard("bounced")
        elif what == "letter unwritable":
            words.add("unwritten")
        elif what == "bounced" and facts.get("hard"):
            words.add("bounced")
        elif what == "withdraw" and stayed:
            words.add("withdrawal")
        elif what in _TRIES:
            words -= {"bounced", "unwritten"}
            candidates, follows = tuple(facts.get("candidates", ())), facts.get("follows", "")
            if stayed and facts.get("to") in ("review", "scheduled", "published", "declined"):
                words.add("changed")
    return Unheard(words=frozenset(words), candidates=candidates, follows=follows)
