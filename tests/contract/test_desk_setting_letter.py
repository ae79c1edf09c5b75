"""The letter of what an editor says on the copy desk: read before it goes, as any decision's."""

import pytest
from sqlalchemy import update

from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.tables import Publication
from tests.contract.test_desk_setting import PAGE, REASON, Room, room
from tests.desk_web import Page, read_letter

__all__ = ["room"]
OWN = "Yth. Bapak/Ibu,\n\nArtikel Bapak/Ibu sudah dapat dibaca di situs kami. Terima kasih banyak."
URL = "https://situs.invalid/a"


def letters(room: Room) -> list[Stored]:
    """Those that were written since the room was opened."""
    with room.desk.app.store.read() as tx:
        return [each for each in outbox.of_submission(tx, 1) if each.source]


def say_published(room: Room, **more: object) -> Page:
    room.stand("scheduled")
    return room.press("terbit", tautan=URL, tetap_catat="on", alasan_terbit=REASON, **more)


def test_the_letter_that_it_is_published_is_read_before(room: Room) -> None:
    before = len(letters(room))
    answer = say_published(room)
    fields = read_letter(answer)
    assert (answer.status, room.state(), len(letters(room))) == (200, "scheduled", before)
    assert URL in fields["teks"][0]
    assert room.nina.post(f"{PAGE}/terbit", fields).location == f"{PAGE}?selesai=terbit"
    assert letters(room)[-1].source == fields["teks"][0]


def test_it_goes_as_it_was_edited(room: Room) -> None:
    fields = {**read_letter(say_published(room)), "teks": OWN}
    assert room.nina.post(f"{PAGE}/terbit", fields).status == 303
    assert (letters(room)[-1].source, letters(room)[-1].edited_by) == (OWN, 1)


def test_another_address_is_another_letter(room: Room) -> None:
    fields = read_letter(say_published(room))
    for words, says in ((fields["teks"], "sudah berubah"), ([OWN], "bandingkan")):
        typed = {**fields, "teks": words, "tautan": "https://situs.invalid/b"}
        answer = room.nina.post(f"{PAGE}/terbit", typed)
        assert (answer.status, room.state()) == (422, "scheduled")
        assert says in answer.text and "situs.invalid/b" in answer.text
    assert read_letter(answer)["teks"] == [OWN]


def test_words_of_a_wrong_length_come_back(room: Room) -> None:
    fields = {**read_letter(say_published(room)), "teks": "Pendek."}
    answer = room.nina.post(f"{PAGE}/terbit", fields)
    assert (answer.status, room.state()) == (422, "scheduled")
    assert read_letter(answer)["teks"] == ["Pendek."]


def test_the_form_is_there_again_with_what_was_typed(room: Room) -> None:
    fields = {**read_letter(say_published(room)), "teks": OWN, "lihat": "1"}
    answer = room.nina.post(f"{PAGE}/terbit", fields)
    assert (answer.status, room.state()) == (200, "scheduled")
    assert f'value="{URL}"' in answer.text and "Terima kasih banyak." in answer.text


@pytest.mark.parametrize(
    "typed", [{}, {"tanpa_surat": "on"}], ids=["its letter comes later", "none"]
)
def test_what_writes_no_letter_now_is_done_at_once(room: Room, typed: dict[str, str]) -> None:
    room.stand()
    assert room.press("turunkan", alasan_turunkan=REASON, **typed).status == 303


def test_that_it_is_down_is_read_before_it_is_written(room: Room) -> None:
    room.stand()
    assert room.press("turunkan", alasan_turunkan=REASON).status == 303
    with room.desk.app.store.begin() as tx:
        tx.execute(update(Publication).values(state="asking"))
    answer = room.press("turunkan", sudah="1", tetap_turun="on")
    assert (answer.status, room.state()) == (200, "published")
    assert room.nina.post(f"{PAGE}/turunkan", read_letter(answer)).status == 303
    assert room.state() == "withdrawn"
