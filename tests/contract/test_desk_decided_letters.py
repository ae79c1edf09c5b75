"""A letter that waits and was written by an earlier decision: an editor edits it as any other, and it
is composed anew from what is kept of the decision."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from desk.store.editors.accounts import Account
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.tables import Decision as DecisionRow
from desk.store.tables import Outbox, Submission
from desk.workflow.deciding.letters import compose_letter_anew, look_at, save_letter, send_letter
from publisher.letters.source import LetterText
from redaksi.states import Event
from tests.contract.test_ask_again import Desk
from tests.ready_desk import open_ready
from tests.undoing import HAS_LETTER, add_account, decide

OWN = "Yth. Bapak/Ibu Andi,\n\nMohon kirim fotonya menyusul. Terima kasih banyak & salam."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from open_ready(tmp_path)


def write(desk: Desk, nina: Account, event: Event, state: str) -> Stored:
    """The letter of a decision, that could not leave."""
    decide(desk, nina, event)
    number = desk.letters()[-1].id
    with desk.app.store.begin() as tx:
        tx.execute(update(Outbox).where(Outbox.id == number).values(state=state))
    return stored(desk, number)


def stored(desk: Desk, number: int) -> Stored:
    with desk.app.store.read() as tx:
        found = outbox.get(tx, number)
    assert found is not None
    return found


@pytest.mark.parametrize("event", HAS_LETTER)
def test_its_words_can_be_changed_and_are_ours_again(desk: Desk, event: Event) -> None:
    nina = add_account(desk)
    first = write(desk, nina, event, "held")
    with desk.app.store.read() as tx:
        standing = look_at(tx, desk.app, first.id)
    assert standing is not None and standing.may_edit and standing.may_renew
    shown = LetterText(source=OWN, facts_hash=standing.facts_hash)
    save_letter(desk.app, first.id, shown, nina)
    edited = stored(desk, first.id)
    assert (edited.source, edited.edited_by, edited.kind) == (OWN, nina.id, first.kind)
    compose_letter_anew(desk.app, first.id, nina)
    again = stored(desk, first.id)
    assert (again.text, again.facts_hash, again.edited_by) == (first.text, first.facts_hash, None)


def test_composed_anew_it_tells_what_is_so_now(desk: Desk) -> None:
    nina = add_account(desk)
    first = write(desk, nina, "schedule", "failed")
    assert "Jalan baru" in first.text
    with desk.app.store.begin() as tx:
        tx.execute(update(Submission).values(headline="Jembatan baru"))
    compose_letter_anew(desk.app, first.id, nina)
    assert "Jembatan baru" in stored(desk, first.id).text


@pytest.mark.parametrize("state", ["draft", "failed"])
def test_edited_and_sent_it_leaves_once(desk: Desk, state: str) -> None:
    nina = add_account(desk)
    first = write(desk, nina, "note", state)
    shown = LetterText(source=OWN, facts_hash=first.facts_hash)
    assert send_letter(desk.app, first.id, shown, nina)
    assert desk.send() == ["notes"]
    assert stored(desk, first.id).source == OWN
    assert desk.send() == []


def test_what_no_decision_is_kept_of_goes_as_it_was_composed(desk: Desk) -> None:
    """A letter of an older release."""
    nina = add_account(desk)
    first = write(desk, nina, "decline", "held")
    with desk.app.store.begin() as tx:
        tx.execute(update(DecisionRow).values(letter_id=None))
    with desk.app.store.read() as tx:
        standing = look_at(tx, desk.app, first.id)
    assert standing is not None and not standing.may_edit and not standing.may_renew
    assert standing.text == first.text
