"""A desk where an account decides and takes back: what tests and the drill of undoing share."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from desk.store import attention
from desk.store.editors import accounts
from desk.store.editors.accounts import Account, NewAccount
from desk.store.tables import Attention, Outbox, Publication, Submission
from desk.store.tables import Decision as DecisionRow
from desk.store.tables.account import Role
from desk.workflow import decisions
from desk.workflow.deciding.decision import Decision
from desk.workflow.deciding.undo import undo
from publisher.letters.letter_context import Remark
from redaksi.errors import UndoRefused
from redaksi.states import Event
from tests.contract.test_ask_again import Desk
from tests.ready_desk import NUMBER, REASON

ASKS = (Remark(ask="Sebutkan sumber angka di alinea kedua."),)
WORDS: Mapping[str, Mapping[str, Any]] = {
    "note": {"remarks": ASKS},
    "return": {"remarks": ASKS},
    "decline": {"reason": REASON},
    "withdraw": {"reason": REASON},
    "schedule": {"reason": REASON, "headline": "Jalan baru"},
}
HAS_LETTER: Sequence[Event] = ("note", "return", "decline", "withdraw", "schedule")


class Result(Struct):
    """Of many decisions taken back in time and too late."""

    early_mails: int = 0
    late_mails: int = 0
    late_undone: int = 0
    rounds: int = 0


def add_account(desk: Desk, login: str = "nina", role: Role = "editor") -> Account:
    """Somebody who decides."""
    new = NewAccount(login=f"{login}@example.org", name=login.title(), role=role, initials="NN")
    with desk.app.store.begin() as tx:
        return accounts.add(tx, new, desk.now)


def decide(desk: Desk, who: Account, event: Event, **more: Any) -> int:
    """Decide; the decision's id."""
    words = dict(WORDS.get(event, {}))
    if event == "schedule":
        words["publish_at"] = desk.now + timedelta(days=2)
    decision = Decision(event=event, account=who.id, **{**words, **more})
    decisions.decide(desk.app, NUMBER, decision)
    return newest(desk)


def newest(desk: Desk) -> int:
    """The id of the last decision."""
    with desk.app.store.read() as tx:
        found = tx.scalar(select(DecisionRow.id).order_by(DecisionRow.id.desc()).limit(1))
    assert found is not None
    return found


def is_refused(desk: Desk, decision: int, who: Account) -> str:
    """The code of why it is not taken back; "" where it was."""
    try:
        undo(desk.app, decision, who)
    except UndoRefused as error:
        return error.sentence.key
    return ""


def stands(desk: Desk) -> dict[str, Any]:
    """All that a decision changes, but the history: it must be as it was."""
    with desk.app.store.read() as tx:
        assert attention.differing(tx) == []
        submission = _columns(tx.get_one(Submission, 1), {"version", "article_uri"})
        flags = [_columns(row) for row in tx.scalars(select(Attention).order_by("flag"))]
        letters = {
            row.id: row.state
            for row in tx.scalars(select(Outbox).order_by(Outbox.id))
            if row.state != "dropped"
        }
        rows = [
            _columns(row, {"id"})
            for row in tx.scalars(select(Publication).order_by(Publication.target))
            if row.state != "cancelled"
        ]
    return {"submission": submission, "flags": flags, "letters": letters, "rows": rows}


def _columns(row: Any, but: set[str] = frozenset()) -> dict[str, Any]:  # type: ignore[assignment]
    names = {column.key for column in row.__mapper__.column_attrs} - but
    return {name: getattr(row, name) for name in sorted(names)}


def take_back_in_time_and_late(desk: Desk, who: Account, rounds: int) -> Result:
    """Decide with a letter, the sender at work each second around the undo: in every second round it
    comes after 29 seconds, else after 31."""
    result = Result()
    for place in range(rounds):
        event = HAS_LETTER[place // 2 % len(HAS_LETTER)]
        is_early = place % 2 == 0
        decision = decide(desk, who, event)
        before = len(desk.wire)
        _seconds(desk, 29 if is_early else 31)
        refused = is_refused(desk, decision, who)
        _seconds(desk, 40)
        mails = len(desk.wire) - before
        result.rounds += 1
        if is_early:
            assert refused == ""
            result.early_mails += mails
        else:
            result.late_mails += mails
            result.late_undone += refused != "undo_sent"
            _open_again(desk, who, event)
    return result


def _seconds(desk: Desk, span: int) -> None:
    """The sender looks after each of the last seconds, and at the end."""
    desk.minutes((span - 2) / 60)
    for _ in range(2):
        desk.send()
        desk.minutes(1 / 60)
    desk.send()


def _open_again(desk: Desk, who: Account, event: Event) -> None:
    """To review, from wherever it is; and a day passes, so that no limit is reached."""
    if event in ("decline", "withdraw"):
        decide(desk, who, "reopen")
    elif event == "schedule":
        decide(desk, who, "unschedule")
    desk.minutes(24 * 60 + 1)
