"""What an editor takes in may be part of a submission: he names it, and it becomes its next revision.
Nobody vouches for the sender, whatever the border is called: a letter waits for an editor."""

import hashlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from msgspec import Struct, structs
from sqlalchemy import select, update

from desk.app import App
from desk.inbound.poll import Watch
from desk.inbound.take_in import Taken, TakenFile, TakenIn, take_in
from desk.presentation.pages.taken_in import find_taken_in
from desk.store.tables import Event, Mail, Outbox, Revision, Submission
from desk.worker.round import examine_waiting
from desk.workflow import process_mail
from desk.workflow.find_target import Seen, TargetChanged
from desk.workflow.reading.named_target import confirm_stand
from redaksi.errors import RedaksiError
from redaksi.states import STATES, takes_revision
from tests.contract.test_ask_again import ARTICLE, PHOTOS
from tests.contract.test_take_in import unpack
from tests.in_process import InProcess
from tests.postoffice import MONDAY, Bench, bench
from tests.unit.read_mail.mails import zipped

NAMED = [TakenFile(name=name, content=content) for name, content in PHOTOS]
CAPTIONS = "A1.jpg: Warga meratakan beton di lorong.\nB2.jpg: Kaum ibu menyiapkan makan siang.\n"
BOMB = zipped([("a.jpg", bytes(1_000_000))])
ANDI, BUDI = "andi@kontributor.example", "budi@lain.example"


class Room(Struct):
    """A desk; W-2026-0001 is an article without photos, from Andi."""

    desk: Bench
    forms: int = 0

    @property
    def app(self) -> App:
        return self.desk.app

    def press(self, *files: TakenFile, **fields: Any) -> TakenIn:
        """A form of its own."""
        self.forms += 1
        form = hashlib.sha256(f"{self.forms}".encode()).hexdigest()[:32]
        whole: dict[str, Any] = {"form": form, "text": "", **fields}
        return take_in(self.app, Taken(channel="whatsapp", files=files, **whole))

    def examine(self) -> None:
        examine_waiting(self.app, InProcess(), Watch())

    def stand(self) -> list[tuple[str, int]]:
        with self.app.store.read() as tx:
            rows = tx.scalars(select(Submission).order_by(Submission.id))
            return [(row.state, row.latest_revision) for row in rows]

    def letters(self) -> list[tuple[str, str]]:
        with self.app.store.read() as tx:
            return [(row.kind, row.state) for row in tx.scalars(select(Outbox).order_by(Outbox.id))]

    def count_mails(self) -> int:
        with self.app.store.read() as tx:
            return len(list(tx.scalars(select(Mail.id))))

    def put(self, **values: object) -> None:
        with self.app.store.begin() as tx:
            tx.execute(update(Submission).where(Submission.id == 1).values(**values))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with bench(tmp_path, MONDAY) as desk:
        box = structs.replace(desk.app.config.mailbox[0], authserv_id="mx.warta.example")
        config = structs.replace(desk.app.config, mailbox=(box,))
        desk.app = structs.replace(desk.app, config=config)
        opened = Room(desk)
        files, text = unpack(ARTICLE)
        opened.press(*files, text=text, address=ANDI)
        opened.examine()
        yield opened


def test_its_letter_is_a_draft_where_our_border_has_a_name_too(room: Room) -> None:
    """tests/contract/test_take_in.py: the same where it has none."""
    assert room.stand() == [("revising", 1)]
    assert room.letters() == [("revise", "draft")]


def test_it_becomes_the_next_revision_of_the_one_that_was_named(room: Room) -> None:
    """From somebody else's address, and no word in it of the submission."""
    taken = room.press(*NAMED, text=CAPTIONS, address=BUDI, number="W-2026-0001")
    room.examine()
    assert room.stand() == [("review", 2)]
    with room.app.store.read() as tx:
        assert "W-2026" not in tx.get_one(Mail, taken.mail_id).subject
        brought = tx.scalars(select(Revision.mail_id).order_by(Revision.number))
        assert list(brought)[-1] == taken.mail_id
    shown = find_taken_in(room.app, taken.mail_id)
    assert shown is not None and shown.number == "W-2026-0001"


def test_without_an_address_nobody_is_written_to_and_an_editor_looks(room: Room) -> None:
    room.press(*NAMED[:1], number="W-2026-0001")
    room.examine()
    assert room.stand() == [("review", 2)]
    assert len(room.letters()) == 1  # the first mail's


def test_the_subjects_words_name_nothing(room: Room) -> None:
    """A stranger's number opens nothing; that is what the field is for."""
    room.press(*NAMED, text=f"[W-2026-0001] Foto\n{CAPTIONS}", address=BUDI)
    room.examine()
    assert room.stand()[0] == ("revising", 1)


def test_words_alone_are_a_word_about_it(room: Room) -> None:
    taken = room.press(text="Kata Pak RW, fotonya menyusul.", number="W-2026-0001")
    room.examine()
    assert room.stand() == [("revising", 1)]
    with room.app.store.read() as tx:
        happened = tx.scalars(select(Event).where(Event.mail_id == taken.mail_id))
        assert ("message", 1) in {(each.what, each.submission_id) for each in happened}
    shown = find_taken_in(room.app, taken.mail_id)
    assert shown is not None and shown.number == "W-2026-0001"


def test_it_is_refused_where_no_revision_is_taken(room: Room) -> None:
    for state in STATES:
        room.put(state=state)
        before = room.count_mails()
        if takes_revision(state):
            assert room.press(*NAMED, number="W-2026-0001").is_new
            continue
        assert state in ("withdrawn", "quarantined", "not_a_submission")
        with pytest.raises(RedaksiError, match=r"W-2026-0001 .*(tidak menerima|takes nothing)"):
            room.press(*NAMED, number="W-2026-0001")
        assert room.count_mails() == before


def test_the_same_press_is_the_same_mail_whatever_became_of_it(room: Room) -> None:
    once = {"form": "f" * 32, "number": "W-2026-0001", "address": BUDI}
    first = room.press(*NAMED, **once)
    room.examine()
    room.put(state="withdrawn")
    again = room.press(*NAMED, **once)
    assert (again.mail_id, again.is_new) == (first.mail_id, False)
    room.examine()
    assert room.stand() == [("withdrawn", 2)]


def test_what_was_withdrawn_meanwhile_is_paired_by_an_editor(room: Room) -> None:
    room.press(*NAMED, number="W-2026-0001")
    room.put(state="withdrawn")
    room.examine()
    first, second = room.stand()
    assert (first, second) == (("withdrawn", 1), ("review", 1))
    with room.app.store.read() as tx:
        assert tx.get_one(Submission, 2).candidates == ["W-2026-0001"]


@pytest.mark.parametrize(
    ("meanwhile", "is_same"),
    [
        ({"state": "revising"}, True),
        ({"state": "withdrawn"}, False),
        ({"latest_revision": 2}, False),
    ],
)
def test_its_state_and_its_revision_are_confirmed(
    room: Room, meanwhile: dict[str, object], is_same: bool
) -> None:
    room.put(**meanwhile)
    same = nullcontext() if is_same else pytest.raises(TargetChanged)
    with room.app.store.begin() as tx, same:
        confirm_stand(tx, Seen(1, "W-2026-0001", "revising", 1))


def test_what_is_made_to_attack_is_in_quarantine_whatever_it_belongs_to(room: Room) -> None:
    safety = structs.replace(room.app.config.safety, max_unpacked=100)
    config = structs.replace(room.app.config, safety=safety)
    room.desk.app = structs.replace(room.app, config=config)
    room.press(TakenFile(name="foto.zip", content=BOMB), number="W-2026-0001")
    room.examine()
    assert room.stand() == [("revising", 1), ("quarantined", 1)]
    with room.app.store.read() as tx:
        assert tx.get_one(Submission, 2).candidates == []


@pytest.mark.parametrize("times", [1, 9])
def test_a_revision_that_comes_in_between_is_looked_at_too(room: Room, times: int) -> None:
    """As it changes each time, an editor pairs."""
    room.press(*NAMED, text=CAPTIONS, number="W-2026-0001")
    left = [times]

    def confirm(*_: object) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise TargetChanged("W-2026-0001 has changed by now")

    with mock.patch.object(process_mail, "confirm_stand", confirm):
        room.examine()
    apart = [("revising", 1), ("review", 1)]
    assert room.stand() == ([("review", 2)] if times == 1 else apart)
