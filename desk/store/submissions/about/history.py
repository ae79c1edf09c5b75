"""What happened to a submission, with the mails, decisions and names that tell it; one statement."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, Text, and_, bindparam, cast, literal, or_, select

from desk.domain.attention import TRIES, WORDS
from desk.store import events
from desk.store.engine import Transaction
from desk.store.events import Happened
from desk.store.publications import decisions
from desk.store.publications.decisions import StoredDecision
from desk.store.tables import Account, Decision, Event, Mail

_OF_A_MAIL = TRIES | WORDS | {"resent"}  # a try, or a word about it


class History(Struct, frozen=True, kw_only=True):
    """Oldest first. `names`: of the accounts that it names."""

    events: Sequence[tuple[Happened, Mail | None]]
    decisions: tuple[StoredDecision, ...]
    names: Mapping[int, str]


def read_history(tx: Transaction, submission_id: int) -> History:
    """All of it."""
    happened: dict[int, tuple[Happened, Mail | None]] = {}
    decided: dict[int, StoredDecision] = {}
    names: dict[int, str] = {}
    for event, mail, decision, account, name in tx.execute(_HISTORY, {"submission": submission_id}):
        if event.id not in happened:
            happened[event.id] = events.of_row(event), mail
        if decision is not None and decision.id not in decided:
            decided[decision.id] = decisions.of_row(decision)
        if account is not None:
            names[account] = name
    return History(
        events=list(happened.values()),
        decisions=tuple(decided[each] for each in sorted(decided)),
        names=names,
    )


def _select_history() -> Select[*tuple[Any, ...]]:
    """An event stands there once for each account that it or its decision names."""
    is_actor = Event.actor == literal("editor:") + cast(Account.id, Text)
    return (
        select(Event, Mail, Decision, Account.id, Account.name)
        .outerjoin(Mail, and_(Mail.id == Event.mail_id, Event.what.in_(_OF_A_MAIL)))
        .outerjoin(Decision, Decision.event_id == Event.id)
        .outerjoin(Account, or_(is_actor, Account.id == Decision.account_id))
        .where(Event.submission_id == bindparam("submission"))
        .order_by(Event.id)
    )


_HISTORY = _select_history()
