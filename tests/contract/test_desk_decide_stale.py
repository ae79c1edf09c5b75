"""A decision on what is older than what there is, and the second press of a button."""

from datetime import timedelta

from desk.store.publications import photo_choices
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from tests.desk_office import (
    NUMBER,
    REASON,
    SCHEDULE,
    Office,
    faulty,
    office,
    read,
)
from tests.desk_submissions import assess, small_photo, take_in
from tests.postoffice import MONDAY

__all__ = ["faulty", "office"]


def test_another_revision_brings_the_page_back_with_what_was_typed(office: Office) -> None:
    fields = office.open().fields
    office.on.later(minutes=5)
    take_in(office.on, assess(photos=(small_photo(),)), uid=2, into=1)
    typed = {"keputusan": "kembalikan", "permintaan": "Tambahkan nama.", "catatan": "Terima kasih."}
    answer = office.send(fields, **typed)
    assert answer.status == 409
    assert "Percobaan 2 masuk setelah Anda membuka percobaan 1" in answer.text
    assert "Putuskan atas percobaan 2" in answer.text
    assert f"/kiriman/{NUMBER}/banding?dari=1&amp;ke=2" in answer.text
    again = read(answer).fields
    assert "Tambahkan nama." in [text.strip() for text in again["permintaan"]]
    assert again["catatan"][-1].strip() == "Terima kasih."
    assert again["temuan"] == ["F002:IMG_1.jpg"]  # which nobody was offered before
    assert office.decisions() == []
    assert office.send(again).status == 303
    assert office.state() == "revising"


def test_another_decision_is_named_with_who_and_when(office: Office) -> None:
    fields = office.open().fields
    office.on.later(minutes=12)
    budi = 2
    decision = Decision(event="schedule", publish_at=MONDAY + timedelta(days=2), account=budi)
    decisions.decide(office.on.app, NUMBER, decision)
    answer = office.send(fields, keputusan="tolak", sebab="Sudah pernah dimuat.")
    assert answer.status == 409
    assert "Naskah ini berubah sejak Anda membukanya" in answer.text
    top = answer.text.partition('id="basi"')[2].partition("</div>")[0]
    assert "Budi Prasetyo" in top
    assert "09.12 WIB" in top
    assert office.state() == "scheduled"
    assert office.send(read(answer).fields).status == 303
    assert office.state() == "declined"


def test_a_choice_of_photos_is_another_version(office: Office) -> None:
    fields = office.open().fields
    with office.on.app.store.begin() as tx:
        photo_choices.choose_caption(tx, 1, "0" * 64, "Warga meratakan beton.", MONDAY)
    assert office.send(fields, keputusan="dibaca").status == 409


def test_a_double_click_is_one_decision(office: Office) -> None:
    fields = office.open().fields
    for _ in range(2):
        answer = office.send(fields, keputusan="tolak", sebab="Sudah pernah dimuat.")
        assert answer.status == 303
        office.on.later(seconds=20)
    assert (len(office.decisions()), office.letters()) == (1, ["declined"])


def test_a_double_click_that_chose_a_headline_and_set_findings_aside_is_one(
    faulty: Office,
) -> None:
    fields = faulty.open().fields
    for _ in range(2):
        typed = {**SCHEDULE, "judul": "Judul yang lain", "alasan": REASON}
        assert faulty.send(fields, **typed).status == 303
    assert len(faulty.decisions()) == 1
    fields = faulty.open().fields
    for _ in range(2):
        typed = {"keputusan": "kembalikan", "permintaan": "Tambahkan nama.", "alasan": REASON}
        assert faulty.send(fields, temuan=[], **typed).status == 303
    assert len(faulty.decisions()) == 2


def test_numbers_that_are_none_decide_nothing(office: Office) -> None:
    answer = office.send({}, keputusan="dibaca")
    assert answer.status == 409
    assert office.decisions() == []
