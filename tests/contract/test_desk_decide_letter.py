"""A decision with a letter stands only with the text that was shown: the first press shows it, the
second decides; what changed in between is shown again."""

import re
from html import unescape
from typing import Any

import pytest

from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.publications import rows
from desk.workflow.deciding.decision import Decision
from desk.workflow.deciding.preview import decide_as_shown
from tests.desk_office import NUMBER, SCHEDULE, SEEN, Office, decide, office, read
from tests.desk_submissions import assess, small_photo, take_in
from tests.desk_web import Page

__all__ = ["office"]
ASKS = {"keputusan": "catatan", "permintaan": "Sebutkan <sumber> angka."}
DECLINES = {"keputusan": "tolak", "sebab": "Sudah pernah dimuat."}
OWN = "Yth. Bapak/Ibu,\n\nMohon sebutkan sumber angka di alinea kedua. Terima kasih banyak."


def letters(office: Office) -> list[Stored]:
    with office.on.app.store.read() as tx:
        return outbox.of_submission(tx, 1)


def shown(answer: Page) -> dict[str, list[str]]:
    """The page of the letter, as it would be sent."""
    fields = read(answer).fields
    assert "sidik" in fields, "no letter is shown"
    return fields


@pytest.mark.parametrize(
    "typed",
    [
        ASKS,
        DECLINES,
        SCHEDULE,
        {"keputusan": "kembalikan", "permintaan": "Tambahkan nama kelurahannya."},
        {**SEEN, "keputusan": "tayang", "tetap_catat": "on"},
    ],
    ids=lambda typed: str(typed["keputusan"]),
)
def test_the_first_press_shows_the_letter_and_the_second_decides(
    office: Office, typed: dict[str, Any]
) -> None:
    answer = office.press(**typed)
    assert answer.status == 200
    assert (office.state(), office.decisions(), office.letters()) == ("review", [], [])
    fields = shown(answer)
    assert office.press(fields).status == 303
    (letter,) = letters(office)
    assert letter.source == fields["teks"][-1].strip("\n")
    assert letter.edited_by is None


@pytest.mark.parametrize(
    "typed",
    [{**DECLINES, "surat": "tanpa"}, {"keputusan": "dibaca"}, {"keputusan": "bukan"}],
    ids=["no letter is wanted", "none is due", "none is due either"],
)
def test_without_a_letter_one_press_decides(office: Office, typed: dict[str, Any]) -> None:
    assert office.press(**typed).status == 303
    assert (len(office.decisions()), office.letters()) == (1, [])


def test_the_letter_of_another_choice_is_left_aside(office: Office) -> None:
    """It stands beside the form, and somebody chose otherwise at the last moment."""
    fields = shown(office.press(**DECLINES))
    assert office.press({**office.open().fields, **fields, "keputusan": "dibaca"}).status == 303
    assert (office.state(), office.letters()) == ("review", [])


def test_where_no_letter_is_sent_at_all_nothing_is_shown(office: Office) -> None:
    office.on.reply(mode="off")
    decision = Decision(event="decline", reason="Sudah pernah dimuat.")
    assert decide_as_shown(office.on.app, NUMBER, decision)
    assert (office.state(), office.letters()) == ("declined", [])


def test_what_was_edited_goes_as_it_was_edited(office: Office) -> None:
    assert office.press(shown(office.press(**ASKS)), teks=OWN).status == 303
    (letter,) = letters(office)
    assert (letter.source, letter.edited_by) == (OWN, 1)


def test_the_letter_has_the_focus_of_the_keyboard(office: Office) -> None:
    """Enter decides, and nothing else takes the focus."""
    page = office.press(**ASKS).text
    assert page.count("autofocus") == 1
    assert '<button class="primary" autofocus' in page


# ── what changed since it was shown ──────────────────────────────────────────────────────────────


def test_untouched_it_is_composed_anew_and_shown_again(office: Office) -> None:
    fields = shown(office.press(**ASKS))
    answer = office.press(fields, permintaan="Sebutkan narasumbernya.")
    assert (answer.status, office.state()) == (422, "review")
    again = shown(answer)
    assert "Sebutkan narasumbernya." in again["teks"][-1]
    assert "sumber> angka" not in again["teks"][-1]
    assert office.press(again).status == 303
    (letter,) = letters(office)
    assert "Sebutkan narasumbernya." in letter.text


def test_edited_both_texts_are_shown_and_the_editors_goes(office: Office) -> None:
    fields = {**shown(office.press(**ASKS)), "teks": OWN}
    answer = office.press(fields, permintaan="Sebutkan narasumbernya.")
    assert (answer.status, office.state()) == (422, "review")
    again = shown(answer)
    assert again["teks"][-1].strip("\n") == OWN
    assert "Sebutkan narasumbernya." in answer.text
    assert office.press(again).status == 303
    (letter,) = letters(office)
    assert letter.source == OWN


def test_words_of_a_wrong_length_come_back_on_the_page_of_the_letter(office: Office) -> None:
    fields = {**shown(office.press(**ASKS)), "teks": "Pendek."}
    answer = office.press(fields)
    assert (answer.status, office.decisions()) == (422, [])
    assert shown(answer)["teks"][-1].strip("\n") == "Pendek."
    assert office.press(shown(answer), teks=OWN).status == 303


def test_an_editors_letter_outlives_a_page_that_is_older_than_what_there_is(
    office: Office,
) -> None:
    fields = {**shown(office.press(**ASKS)), "teks": OWN}
    office.on.later(minutes=5)
    take_in(office.on, assess(photos=(small_photo(),)), uid=2, into=1)
    stale = office.press(fields)
    assert stale.status == 409
    answer = office.press(read(stale).fields)  # which decides nothing: the letter is another one
    assert (answer.status, office.decisions()) == (200, [])
    assert shown(answer)["teks"][-1].strip("\n") == OWN
    assert office.press(shown(answer)).status == 303
    (letter,) = letters(office)
    assert letter.source == OWN


def test_another_decision_is_seen_before_any_letter_is_shown(office: Office) -> None:
    fields = office.open().fields
    decide(office, "decline", reason="Sudah pernah dimuat.")
    assert office.press(fields, **ASKS).status == 409


def test_the_form_is_there_again_with_all_that_was_typed(office: Office) -> None:
    fields = {**shown(office.press(**ASKS, catatan="Terima kasih.")), "teks": OWN}
    answer = office.press(fields, lihat="1")
    again = read(answer).fields
    assert (answer.status, again["keputusan"]) == (200, ["catatan"])
    assert again["catatan"][-1].strip() == "Terima kasih."
    assert again["teks"] == [OWN]
    assert "sidik" not in again  # it is shown before it goes, whatever is typed now
    assert shown(office.press(again))["teks"][-1].strip("\n") == OWN


# ── drafts, undo, now ────────────────────────────────────────────────────────────────────────────


def test_a_letter_that_was_edited_is_there_again_when_the_decision_is_taken_back(
    office: Office,
) -> None:
    assert office.press(shown(office.press(**ASKS)), teks=OWN).status == 303
    (kept,) = office.decisions()
    assert office.nina.post(f"/urungkan/{kept.id}").status == 303
    again = office.open().fields
    assert (again["keputusan"], again["teks"]) == (["catatan"], [OWN])
    assert shown(office.press(again))["teks"][-1].strip("\n") == OWN


def test_a_double_click_on_the_letter_is_one_decision(office: Office) -> None:
    fields = shown(office.press(**DECLINES))
    for _ in range(2):
        assert office.press(fields).status == 303
        office.on.later(seconds=20)
    assert (len(office.decisions()), office.letters()) == (1, ["declined"])


def test_now_stands_no_sooner_than_it_can_be_taken_back(office: Office) -> None:
    """The letter tells the minute it was shown in; reading it takes longer."""
    fields = shown(office.press(keputusan="jadwalkan", sekarang="on"))
    office.on.later(minutes=2)
    assert office.press(fields).status == 303
    with office.on.app.store.read() as tx:
        (row,) = rows.of_submission(tx, 1)
    assert row.next_at is not None
    assert row.next_at >= office.on.now + office.on.app.config.reply.undo


def test_now_that_was_read_beside_the_form_becomes_a_minute(office: Office) -> None:
    """The letter of *now* is another one a second later; it is decided all the same."""
    fields = {**office.open().fields, "keputusan": "jadwalkan", "sekarang": "on"}
    beside = office.nina.post(f"/kiriman/{NUMBER}/pratinjau", {**fields, "bagian": "surat"}).text
    found = re.findall(r'name="(teks|sidik)" value="([^"]*)"', beside)
    assert len(found) == 2
    office.on.later(seconds=7)
    answer = office.press({**fields, **{name: unescape(value) for name, value in found}})
    assert (answer.status, office.decisions()) == (200, [])
    office.on.later(seconds=7)
    assert office.press(shown(answer)).status == 303
    assert office.state() == "scheduled"


def test_a_letter_is_not_shown_for_what_cannot_be(office: Office) -> None:
    answer = office.press(keputusan="catatan")
    assert (answer.status, office.decisions()) == (422, [])
    assert "sidik" not in read(answer).fields
    assert NUMBER in answer.text
