"""Letters that wait, in a browser: read before they go, edited, sent one after another; and the
banner that takes a decision back."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import msgspec
import pytest

from desk.store.editors.accounts import Account
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from tests.contract.test_ask_again import ARTICLE, Desk, opened
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.ready_desk import NUMBER, open_ready, state
from tests.undoing import decide

OWN = "Yth. Bapak/Ibu Andi,\n\nMohon kirim fotonya menyusul. <b>Terima kasih</b> banyak & salam."


class At(msgspec.Struct):
    """The desk, and a browser of an editor's."""

    desk: Desk
    nina: Account
    browser: Browser
    reader: Browser


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[At]:
    """A draft that asks for photos waits."""
    for desk in opened(tmp_path, settle=10):
        reply = msgspec.structs.replace(desk.app.config.reply, mode="draft")
        config = msgspec.structs.replace(desk.app.config, reply=reply)
        desk.app = msgspec.structs.replace(desk.app, config=config)
        desk.take_in(ARTICLE)
        desk.examine()
        yield from sit_down(desk)


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[At]:
    for desk in open_ready(tmp_path):
        yield from sit_down(desk)


def sit_down(desk: Desk) -> Iterator[At]:
    nina = add_account(desk.app, "nina@example.org", name="Nina Razad")
    add_account(desk.app, "baca@example.org", "reader")
    with served(desk.app) as base:
        yield At(
            desk=desk,
            nina=nina,
            browser=signed_in(base, "nina@example.org"),
            reader=signed_in(base, "baca@example.org"),
        )


def form_of(page: Page) -> dict[str, str]:
    """The letter's form as the browser would send it."""
    found = re.search(r'name="sidik" value="([^"]*)"', page.text)
    area = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page.text, re.S)
    hidden = re.search(r'name="teks" value="([^"]*)"', page.text)
    words = area or hidden
    assert found and words
    return {"teks": unescape(words.group(1)), "sidik": unescape(found.group(1))}


def days_later(at: At) -> None:
    """The session of the first day is over."""
    at.desk.minutes(3 * 24 * 60)
    assert at.browser.sign_in(at.nina.login).status == 303


def stored(at: At, number: int = 1) -> Stored:
    with at.desk.app.store.read() as tx:
        found = outbox.get(tx, number)
    assert found is not None
    return found


def test_the_list_says_what_waits_and_why(waiting: At) -> None:
    page = waiting.browser.get("/surat")
    assert page.status == 200
    assert "perlu diperbaiki" in page.text and NUMBER in page.text and "/surat/1" in page.text
    assert "konsep" in page.text
    assert waiting.reader.get("/surat").status == waiting.reader.get("/surat/1").status == 200
    assert "Kirim dan berikutnya" in waiting.browser.get("/surat/1").text
    assert "Kirim dan berikutnya" not in waiting.reader.get("/surat/1").text


@pytest.mark.parametrize("path", ["/surat/99", "/surat/x", "/surat/-1", "/surat/" + "9" * 40])
def test_a_letter_that_is_none(waiting: At, path: str) -> None:
    assert waiting.browser.get(path).status == 404
    assert waiting.browser.post(path + "/kirim", {}).status == 404


def test_it_leaves_as_it_was_shown_and_the_next_is_none(waiting: At) -> None:
    form = form_of(waiting.browser.get("/surat/1"))
    answer = waiting.browser.post("/surat/1/kirim", {**form, "lanjut": "1"})
    assert (answer.status, answer.location) == (303, "/surat?selesai=1")
    assert waiting.desk.send() == ["revise"]
    assert stored(waiting).edited_by is None
    assert "Tidak ada lagi surat" in waiting.browser.get("/surat?selesai=1").text


def test_a_date_that_passed_is_shown_again_before_it_goes(waiting: At) -> None:
    form = form_of(waiting.browser.get("/surat/1"))
    days_later(waiting)
    answer = waiting.browser.post("/surat/1/kirim", form)
    assert answer.status == 422 and "sudah berubah sejak ditampilkan" in answer.text
    assert waiting.desk.send() == []
    assert waiting.browser.post("/surat/1/kirim", form_of(answer)).status == 303
    assert waiting.desk.send() == ["revise"]


def test_edited_words_are_kept_and_leave(waiting: At) -> None:
    form = form_of(waiting.browser.get("/surat/1"))
    assert waiting.browser.post("/surat/1/simpan", {**form, "teks": OWN}).status == 303
    page = waiting.browser.get("/surat/1")
    assert form_of(page)["teks"] == OWN and "Disunting Nina Razad" in page.text
    assert "<b>Terima kasih</b>" not in page.text
    assert waiting.browser.post("/surat/1/kirim", form_of(page)).status == 303
    assert waiting.desk.send() == ["revise"]
    letter = stored(waiting)
    assert (letter.source, letter.edited_by) == (OWN, waiting.nina.id)
    assert letter.text.startswith("Perlu diperbaiki") and NUMBER in letter.text.split("\n")[0]


def test_words_typed_and_sent_at_once_leave(waiting: At) -> None:
    form = form_of(waiting.browser.get("/surat/1"))
    assert waiting.browser.post("/surat/1/kirim", {**form, "teks": OWN}).status == 303
    assert stored(waiting).source == OWN
    assert waiting.desk.send() == ["revise"]


def test_an_edited_letter_whose_facts_changed_is_shown_beside_the_new_one(waiting: At) -> None:
    form = form_of(waiting.browser.get("/surat/1"))
    waiting.browser.post("/surat/1/simpan", {**form, "teks": OWN})
    days_later(waiting)
    form = form_of(waiting.browser.get("/surat/1"))
    answer = waiting.browser.post("/surat/1/kirim", form)
    assert answer.status == 422 and "bandingkan dengan surat yang baru" in answer.text
    assert form_of(answer)["teks"] == OWN  # beside the letter as it would be
    assert "ada 2 hal" in answer.text or "perlu diperbaiki" in answer.text
    assert waiting.desk.send() == []
    assert waiting.browser.post("/surat/1/kirim", form_of(answer)).status == 303
    assert waiting.desk.send() == ["revise"]
    assert stored(waiting).source == OWN


def test_ours_again(waiting: At) -> None:
    form = form_of(waiting.browser.get("/surat/1"))
    waiting.browser.post("/surat/1/simpan", {**form, "teks": OWN})
    assert waiting.browser.post("/surat/1/susun-ulang", {}).status == 303
    assert form_of(waiting.browser.get("/surat/1")) == form
    assert stored(waiting).edited_by is None


@pytest.mark.parametrize("typed", ["", "pendek", "x" * 7_000])
def test_a_text_that_is_no_letter_comes_back_as_typed(waiting: At, typed: str) -> None:
    form = form_of(waiting.browser.get("/surat/1"))
    for act in ("simpan", "kirim"):
        answer = waiting.browser.post(f"/surat/1/{act}", {**form, "teks": typed})
        assert answer.status == 422
        assert form_of(answer)["teks"] == typed
    assert (stored(waiting).state, stored(waiting).edited_by) == ("draft", None)


def test_dropped(waiting: At) -> None:
    assert waiting.browser.post("/surat/1/buang", {}).status == 303
    assert stored(waiting).state == "dropped"
    answer = waiting.browser.post("/surat/1/kirim", {"teks": "", "sidik": ""})
    assert answer.status == 422
    assert waiting.desk.send() == []


def test_what_is_no_longer_so_is_not_sent(waiting: At) -> None:
    form = form_of(waiting.browser.get("/surat/1"))
    decide(waiting.desk, waiting.nina, "decline", silent=True)
    with waiting.desk.app.store.read() as tx:
        assert outbox.get(tx, 1).state == "dropped"  # type: ignore[union-attr]
    assert waiting.browser.post("/surat/1/kirim", form).status == 422
    assert waiting.desk.send() == []


# ── the banner ────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_is_taken_back_from_any_page(ready: At) -> None:
    decision = decide(ready.desk, ready.nina, "decline")
    for path in ("/antrean", "/surat", f"/kiriman/{NUMBER}", "/terbit"):
        assert f'action="/urungkan/{decision}"' in ready.browser.get(path).text, path
        assert "/urungkan/" not in ready.reader.get(path).text
    answer = ready.browser.post(f"/urungkan/{decision}")
    assert (answer.status, answer.location) == (303, f"/kiriman/{NUMBER}")
    assert state(ready.desk) == "review"
    assert "/urungkan/" not in ready.browser.get("/antrean").text


def test_too_late_says_when_its_letter_left(ready: At) -> None:
    decision = decide(ready.desk, ready.nina, "decline")
    ready.desk.minutes(1)
    ready.desk.send()
    answer = ready.browser.post(f"/urungkan/{decision}")
    assert answer.status == 409
    assert "Suratnya sudah berangkat pukul 09.16.00. Buat keputusan baru." in answer.text
    assert state(ready.desk) == "declined"


@pytest.mark.parametrize("number", ["99", "x", "9" * 40])
def test_a_decision_that_is_none(ready: At, number: str) -> None:
    assert ready.browser.post(f"/urungkan/{number}").status == 404


# ── the letter of a decision ──────────────────────────────────────────────────────────────────────


def asking(at: At, **more: str) -> dict[str, str]:
    """The form of a decision, as the page has it."""
    page = at.browser.get(f"/kiriman/{NUMBER}").text
    seen = {name: re.search(rf'name="{name}" value="(\d*)"', page) for name in ("revisi", "versi")}
    numbers = {name: found.group(1) for name, found in seen.items() if found}
    assert len(numbers) == 2 and "/pratinjau" in page
    form = {"keputusan": "catatan", "permintaan": "Sebutkan <sumber> angka.", "surat": "kirim"}
    return {**numbers, **form, **more}


def carried(page: Page) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text)
    return {name: unescape(value) for name, value in found} | form_of(page)


def test_the_letter_is_read_before_it_is_decided(ready: At) -> None:
    before = len(ready.desk.letters())
    page = ready.browser.post(f"/kiriman/{NUMBER}/pratinjau", asking(ready))
    assert page.status == 200 and "Sebutkan &lt;sumber&gt; angka." in page.text
    assert (len(ready.desk.letters()), state(ready.desk)) == (before, "review")
    form = carried(page)
    assert ready.browser.post(f"/kiriman/{NUMBER}/putuskan", form).status == 303
    letter = ready.desk.letters()[-1]
    assert (letter.kind, letter.source, letter.edited_by) == ("notes", form["teks"], None)


def test_the_letter_of_a_decision_leaves_as_edited(ready: At) -> None:
    page = ready.browser.post(f"/kiriman/{NUMBER}/pratinjau", asking(ready))
    form = {**carried(page), "teks": OWN}
    assert ready.browser.post(f"/kiriman/{NUMBER}/putuskan", form).status == 303
    letter = ready.desk.letters()[-1]
    assert (letter.source, letter.edited_by) == (OWN, ready.nina.id)


def test_a_letter_that_changed_is_shown_again_with_what_was_typed(ready: At) -> None:
    page = ready.browser.post(f"/kiriman/{NUMBER}/pratinjau", asking(ready))
    form = {**carried(page), "teks": OWN, "permintaan": "Sebutkan narasumbernya."}
    answer = ready.browser.post(f"/kiriman/{NUMBER}/putuskan", form)
    assert answer.status == 422 and state(ready.desk) == "review"
    assert "Sebutkan narasumbernya." in answer.text and form_of(answer)["teks"] == OWN
    again = ready.browser.post(f"/kiriman/{NUMBER}/putuskan", carried(answer))
    assert (again.status, ready.desk.letters()[-1].source) == (303, OWN)


def test_now_is_a_minute_that_the_letter_tells(ready: At) -> None:
    form = asking(
        ready, keputusan="jadwalkan", sekarang="on", judul="Jalan baru", alasan="Sudah baik."
    )
    page = ready.browser.post(f"/kiriman/{NUMBER}/pratinjau", form)
    assert page.status == 200
    sent = carried(page)
    assert "sekarang" not in sent and sent["pukul"] == "09.15".replace(".", ":")
    ready.desk.minutes(2)
    assert ready.browser.post(f"/kiriman/{NUMBER}/putuskan", sent).status == 303
    assert state(ready.desk) == "scheduled"


def test_a_decision_that_cannot_be_has_no_letter_to_look_at(ready: At) -> None:
    answer = ready.browser.post(f"/kiriman/{NUMBER}/pratinjau", asking(ready, permintaan=""))
    assert answer.status == 422
