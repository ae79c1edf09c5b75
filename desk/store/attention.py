"""Attention in the store: what stands of it, and what an event makes of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, delete, select

from desk.domain.attention import (
    MATTERS,
    Attention,
    AttentionFlag,
    Happening,
    Raised,
    advance,
    fold,
    state_after,
)
from desk.store.engine import Transaction
from desk.store.tables import Attention as AttentionRow
from desk.store.tables import Event, Submission
from redaksi.states import State

Flags = Mapping[int, dict[AttentionFlag, Raised]]  # that stand, by submission


def keep(tx: Transaction, submission_id: int, event: Event) -> None:
    """Raise and clear what this event raises and clears; the submission's state is the one after
    it."""
    row = lock(tx, submission_id)
    if row is None:  # events outlive what they tell of
        return
    before = _stored(row, raised(tx, AttentionRow.submission_id == submission_id))
    happening = Happening(
        id=event.id, at=event.at, what=event.what, state=row.state, facts=event.facts
    )
    _save(tx, row, before, advance(before, happening))


def lock(tx: Transaction, submission_id: int) -> Submission | None:
    """A submission as it is now, nobody else's until the transaction ends. Who moves its letters
    takes it first, so that two never wait for each other."""
    wanted = select(Submission).where(Submission.id == submission_id).with_for_update()
    return tx.scalars(wanted.execution_options(populate_existing=True)).one_or_none()


def raised(tx: Transaction, wanted: ColumnElement[bool]) -> Flags:
    """The flags that stand, by submission; one query."""
    return read_flags(tx.scalars(select(AttentionRow).where(wanted).order_by(AttentionRow.flag)))


def read_flags(rows: Iterable[AttentionRow]) -> Flags:
    """The same of rows that were read."""
    found: dict[int, dict[AttentionFlag, Raised]] = defaultdict(dict)
    for row in rows:
        found[row.submission_id][row.flag] = Raised(since=row.since, event_id=row.event_id)
    return found


def of_row(row: Submission, flags: Flags) -> Attention:
    """What stands of a submission, given the flags `raised` found."""
    return _stored(row, flags)


def differing(tx: Transaction, submission_id: int | None = None) -> list[str]:
    """The numbers of the submissions (of all, or this one) whose attention is not what their whole
    history says."""
    wanted = Submission.id.is_not(None) if submission_id is None else Submission.id == submission_id
    ids = select(Submission.id).where(wanted)
    flags = raised(tx, AttentionRow.submission_id.in_(ids))
    history = _histories(tx, Event.submission_id.in_(ids))
    return [
        row.number
        for row in tx.scalars(select(Submission).where(wanted).order_by(Submission.id))
        if _stored(row, flags) != fold(history.get(row.id, ()))
    ]


def _stored(row: Submission, flags: Flags) -> Attention:
    return Attention(
        flags=flags.get(row.id, {}),
        since=row.attention_since,
        candidates=tuple(row.candidates),
        follows=row.follows,
    )


def _save(tx: Transaction, row: Submission, before: Attention, after: Attention) -> None:
    # of a flag that is raised anew, as by a decision that is taken back, the old word goes too
    gone = [flag for flag, one in before.flags.items() if after.flags.get(flag) != one]
    if gone:
        tx.execute(
            delete(AttentionRow).where(
                AttentionRow.submission_id == row.id, AttentionRow.flag.in_(gone)
            )
        )
    tx.add_all(
        AttentionRow(submission_id=row.id, flag=flag, since=one.since, event_id=one.event_id)
        for flag, one in after.flags.items()
        if before.flags.get(flag) != one
    )
    row.attention_since, row.follows = after.since, after.follows
    if before.candidates != after.candidates:
        row.candidates = list(after.candidates)
    tx.flush()


def _histories(tx: Transaction, about: ColumnElement[bool]) -> Mapping[int, list[Happening]]:
    found: dict[int, list[Happening]] = defaultdict(list)
    wanted = select(Event).where(about, Event.what.in_(MATTERS))
    for submission_id, event, state in _with_states(tx.scalars(wanted.order_by(Event.id))):
        found[submission_id].append(
            Happening(id=event.id, at=event.at, what=event.what, state=state, facts=event.facts)
        )
    return found


def _with_states(rows: Iterable[Event]) -> Iterator[tuple[int, Event, State]]:
    states: dict[int, State] = {}
    for event in rows:
        if event.submission_id is not None:
            before = states.get(event.submission_id, "received")
            states[event.submission_id] = state_after(before, event.what, event.facts)
            yield event.submission_id, event, states[event.submission_id]
