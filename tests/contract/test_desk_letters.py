"""A decision's letter goes as it was shown, or not at all."""

import hashlib

import msgspec
import pytest
from sqlalchemy import text

from desk.store.editors import accounts
from desk.store.editors.accounts import NewAccount
from desk.store.outbound.letters import Stored
from desk.workflow import decisions
from desk.workflow.deciding.decision import Decision
from desk.workflow.deciding.preview import Preview, preview_letter
from publisher.letters.letter_context import Remark
from publisher.letters.source import LetterText
from redaksi.errors import IllegalMove, LetterChanged
from redaksi.states import Event
from tests.contract.test_ask_again import Desk
from tests.ready_desk import NUMBER, desk, schedule, state

__all__ = ["desk"]
OWN = "Yth. Bapak/Ibu Andi,\n\nMohon sebutkan sumber angka di alinea kedua. Terima kasih banyak."


def asking(ask: str = "Sebutkan sumber angka di alinea kedua.", **more: object) -> Decision:
    return msgspec.structs.replace(
        Decision(event="note", editor="Nina", remarks=(Remark(ask=ask),)), **more
    )


def preview(desk: Desk, decision: Decision) -> Preview:
    found = preview_letter(desk.app, NUMBER, decision)
    assert found is not None
    return found


def everything(desk: Desk) -> str:
    """A digest of every row of the database."""
    with desk.app.store.read() as tx:
        tables = tx.execute(text("select name from sqlite_master where type = 'table' order by 1"))
        rows = [tx.execute(text(f'select * from "{name}"')).all() for (name,) in tables]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def newest(desk: Desk) -> Stored:
    return desk.letters()[-1]


def test_a_preview_is_the_letter_and_stores_nothing(desk: Desk) -> None:
    before = everything(desk)
    seen = preview(desk, asking())
    assert everything(desk) == before
    done = decisions.decide(desk.app, NUMBER, asking(letter=seen.unedited))
    written = newest(desk)
    assert done.letter_id == written.id
    assert (written.kind, written.to, written.subject) == ("notes", seen.to, seen.subject)
    assert (written.source, written.text, written.facts_hash) == (
        seen.source, seen.text, seen.facts_hash,
    )  # fmt: skip
    assert written.edited_by is None
    assert "1. Sebutkan sumber angka di alinea kedua." in seen.source
    assert NUMBER not in seen.source.partition("\n")[0]  # the status line is ours


@pytest.mark.parametrize(("event", "kind"), [("unschedule", None), ("decline", "declined")])
def test_a_preview_says_whether_there_is_a_letter(
    desk: Desk, event: Event, kind: str | None
) -> None:
    schedule(desk)
    found = preview_letter(desk.app, NUMBER, Decision(event=event))
    assert (found.kind if found else None) == kind


def test_a_preview_of_what_cannot_be_decided_says_why(desk: Desk) -> None:
    with pytest.raises(IllegalMove):
        preview_letter(desk.app, NUMBER, Decision(event="unschedule"))
    assert preview_letter(desk.app, NUMBER, asking(silent=True)) is None


def test_an_edited_letter_leaves_in_the_editors_words(desk: Desk) -> None:
    seen = preview(desk, asking())
    edited = LetterText(source=OWN, facts_hash=seen.facts_hash)
    with desk.app.store.begin() as tx:
        nina = accounts.add(
            tx, NewAccount(login="nina@example.org", name="Nina", role="editor"), desk.now
        )
    decisions.decide(desk.app, NUMBER, asking(letter=edited, account=nina.id))
    written = newest(desk)
    assert written.text.partition("\n\n")[2] == OWN + "\n"
    assert written.text.partition("\n\n")[0] == seen.text.partition("\n\n")[0]
    assert (written.source, written.edited_by, written.edited_at) == (OWN, nina.id, desk.now)
    assert (written.to, written.subject) == (seen.to, seen.subject)
    desk.minutes(1)
    assert desk.send() == ["notes"]


@pytest.mark.parametrize("edited", [False, True])
def test_a_letter_that_tells_something_else_by_now_is_shown_again(desk: Desk, edited: bool) -> None:
    """What is asked was changed in the form after the letter was shown."""
    seen = preview(desk, asking())
    shown = LetterText(source=OWN if edited else seen.source, facts_hash=seen.facts_hash)
    before = everything(desk)
    with pytest.raises(LetterChanged) as raised:
        decisions.decide(desk.app, NUMBER, asking("Sebutkan narasumbernya.", letter=shown))
    assert everything(desk) == before
    changed = raised.value
    assert changed.is_edited is edited
    assert "Sebutkan narasumbernya." in changed.source and "Sebutkan narasumbernya." in changed.text
    again = LetterText(source=changed.source, facts_hash=changed.facts_hash)
    decisions.decide(desk.app, NUMBER, asking("Sebutkan narasumbernya.", letter=again))
    assert (state(desk), newest(desk).edited_by) == ("noted", None)


@pytest.mark.parametrize("typed", ["", "Terlalu pendek.", "x" * 6_001])
def test_a_text_that_is_no_letter_leaves_the_decision_undone(desk: Desk, typed: str) -> None:
    seen = preview(desk, asking())
    before = everything(desk)
    with pytest.raises(IllegalMove, match="characters; at least"):
        shown = LetterText(source=typed, facts_hash=seen.facts_hash)
        decisions.decide(desk.app, NUMBER, asking(letter=shown))
    assert everything(desk) == before


def test_a_letter_that_would_not_go_any_more_is_not_dropped_unseen(desk: Desk) -> None:
    seen = preview(desk, asking())
    reply = msgspec.structs.replace(desk.app.config.reply, mode="off")
    config = msgspec.structs.replace(desk.app.config, reply=reply)
    desk.app = msgspec.structs.replace(desk.app, config=config)
    with pytest.raises(IllegalMove, match="will not go"):
        decisions.decide(desk.app, NUMBER, asking(letter=seen.unedited))


@pytest.mark.parametrize("token", ["", "-", "x", "0" * 24 + "-" + "0" * 24])
def test_a_token_that_was_never_given_out_is_no_word_of_what_was_shown(
    desk: Desk, token: str
) -> None:
    with pytest.raises(LetterChanged):
        shown = LetterText(source=OWN, facts_hash=token)
        decisions.decide(desk.app, NUMBER, asking(letter=shown))
