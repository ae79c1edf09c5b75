"""Deciding on the submission's page, by its form: every choice, and findings that are set aside."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from desk.store.outbound import outbox
from desk.store.tables import Publication
from desk.workflow.deciding.choices import WORDS, find_event, list_choices
from redaksi.states import STATES, Event, State, find_transition
from tests.desk_office import (
    NUMBER,
    REASON,
    SCHEDULE,
    SEEN,
    Office,
    decide,
    faulty,
    office,
    read,
)
from tests.desk_submissions import see
from tests.postoffice import MONDAY

__all__ = ["faulty", "office"]


# ── every choice ────────────────────────────────────────────────────────────────────────────────────


def test_schedule(office: Office) -> None:
    answer = office.send(**SCHEDULE, judul="Warga Kubu Raya Menanam Pohon")
    assert (answer.status, answer.location) == (303, f"/kiriman/{NUMBER}")
    (kept,) = office.decisions()
    assert kept.publish_at is not None
    assert kept.publish_at.isoformat() == "2026-11-26T02:00:00+00:00"
    assert (kept.headline, kept.initials) == ("Warga Kubu Raya Menanam Pohon", "NI")
    assert (office.state(), office.letters()) == ("scheduled", ["scheduled"])


def test_now_is_when_it_cannot_be_taken_back_any_more(office: Office) -> None:
    office.send(keputusan="jadwalkan", sekarang="on", surat="tanpa")
    (kept,) = office.decisions()
    assert kept.publish_at == office.on.now + office.on.app.config.reply.undo


def test_a_headline_that_was_not_changed_is_no_decision(office: Office) -> None:
    office.send(**SCHEDULE)
    (kept,) = office.decisions()
    assert (kept.headline, kept.category) == ("", "")


def test_return_with_what_is_asked(office: Office) -> None:
    answer = office.send(
        keputusan="kembalikan", permintaan=["Tambahkan nama kelurahannya.", "", "Dan tanggalnya."]
    )
    assert answer.status == 303
    (kept,) = office.decisions()
    asked = [remark["ask"] for remark in kept.remarks]
    assert asked == ["Tambahkan nama kelurahannya.", "Dan tanggalnya."]
    assert (office.state(), office.letters()) == ("revising", ["revise"])


@pytest.mark.parametrize(
    ("begin", "word", "typed", "event", "state"),
    [
        (None, "tolak", {"sebab": "Sudah pernah dimuat."}, "decline", "declined"),
        (None, "catatan", {"permintaan": "Siapa yang membiayai?"}, "note", "noted"),
        (None, "tayang", {**SEEN, "tetap_catat": "on"}, "publish", "published"),
        (None, "tarik", {"sebab": "Diminta warga."}, "withdraw", "withdrawn"),
        (None, "bukan", {}, "discard", "not_a_submission"),
        (None, "dibaca", {}, "seen", "review"),
        ("schedule", "jadwalkan", {**SCHEDULE, "judul": "Warga Menanam"}, "schedule", "scheduled"),
        ("schedule", "batal-jadwal", {}, "unschedule", "review"),
        ("schedule", "tarik", {}, "confirm_withdrawal", "withdrawn"),
        ("decline", "buka", {}, "reopen", "review"),
        ("discard", "jadikan", {}, "adopt", "review"),
        ("publish", "turunkan", {"sebab": "Diminta warga."}, "take_down", "published"),
    ],
)  # fmt: skip
def test_each_choice_is_its_event(
    office: Office, begin: Event | None, word: str, typed: dict[str, Any], event: str, state: str
) -> None:
    if begin:
        decide(office, begin, **BEGUN.get(begin, {}))
    stand = see(office.on)
    numbers: dict[str, Any] = {"revisi": stand.revision, "versi": stand.version}
    answer = office.send({}, **{**numbers, "keputusan": word, **typed})
    assert answer.status == 303
    assert (office.decisions()[-1].event, office.state()) == (event, state)
    assert office.decisions()[-1].account_id == 1


BEGUN: dict[str, dict[str, Any]] = {
    "schedule": {"publish_at": MONDAY + timedelta(days=2)},
    "decline": {"reason": REASON},
    "publish": {"url": "https://warta.example/x", "unchecked": True},
}


@pytest.mark.parametrize("state", sorted(STATES))
def test_only_what_the_table_allows_is_offered(state: State) -> None:
    for word in WORDS:
        event = None if state == "quarantined" else find_event(word, state)
        assert (word in list_choices(state)) == (event is not None)
        if event is not None and word != "tarik":
            assert "editor" in find_transition(state, event, "editor").actors


def test_that_it_is_down_is_said_once_it_is_to_come_down(office: Office) -> None:
    decide(office, "publish", url="https://warta.example/x", unchecked=True)
    assert "keputusan-sudah-turun" not in office.open().ids
    assert office.send(keputusan="turunkan", sebab="Diminta warga.").status == 303
    with office.on.app.store.begin() as tx:  # the target cannot do it itself
        tx.execute(update(Publication).values(state="asking"))
    assert office.send(keputusan="sudah-turun", tetap_catat="on").status == 303
    assert office.state() == "withdrawn"


def test_no_letter_is_written_where_none_is_wanted(office: Office) -> None:
    office.send(keputusan="tolak", sebab="Sudah pernah dimuat.", surat="tanpa")
    assert office.letters() == []


def test_what_belongs_to_another_choice_is_left_aside(office: Office) -> None:
    """It is typed, and stays on the page; no decision takes it."""
    answer = office.send(
        keputusan="tolak",
        sebab="Sudah pernah dimuat.",
        alasan=REASON,
        permintaan="Ya?",
        tautan="x",
    )
    assert answer.status == 303
    (kept,) = office.decisions()
    assert (kept.reason, kept.remarks, kept.url) == ("Sudah pernah dimuat.", (), "")


# ── findings ────────────────────────────────────────────────────────────────────────────────────────


def test_accepting_what_must_be_mended_needs_a_reason(faulty: Office) -> None:
    answer = faulty.send(**SCHEDULE)
    assert answer.status == 422
    assert "Masih ada 2 temuan wajib. Tulis alasannya; akan tersimpan di riwayat." in answer.text
    answer = faulty.send(read(answer).fields, alasan=REASON)
    assert answer.status == 303
    (kept,) = faulty.decisions()
    assert {each["subject"] for each in kept.overrides} == {"IMG_1.jpg", "IMG_2.jpg"}


def test_a_finding_that_is_not_ticked_is_set_aside_and_not_asked_for(faulty: Office) -> None:
    fields = faulty.open().fields
    assert fields["temuan"] == fields["ditawarkan"] == ["F002:IMG_1.jpg", "F002:IMG_2.jpg"]
    answer = faulty.send(fields, keputusan="kembalikan", temuan="F002:IMG_2.jpg")
    assert answer.status == 422
    assert "Masih ada 1 temuan wajib." in answer.text
    again = read(answer).fields
    assert again["temuan"] == ["F002:IMG_2.jpg"]
    assert faulty.send(again, alasan=REASON).status == 303
    (kept,) = faulty.decisions()
    assert [each["subject"] for each in kept.overrides] == ["IMG_1.jpg"]
    with faulty.on.app.store.read() as tx:
        (letter,) = outbox.of_submission(tx, 1)
    assert "IMG_2.jpg" in letter.text
    assert "IMG_1.jpg" not in letter.text
    assert REASON not in letter.text


def test_a_return_that_asks_for_nothing_is_none(faulty: Office) -> None:
    answer = faulty.send(keputusan="kembalikan", temuan=[], alasan=REASON)
    assert answer.status == 422
    assert "Tulis sekurangnya satu hal yang diminta." in answer.text
