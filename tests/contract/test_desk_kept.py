"""Forms keep what was typed: every form of the desk, walked from its routes, sent so that it is refused
and so that its page is older than what there is, comes back with every word; what no field of the
page has a place for any more stands there to be copied."""

import hashlib
import re
from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import update

from desk.store.tables import Outbox
from desk.web.editors.routes import ROUTES
from desk.web.kept import find_lost, label_typed
from desk.web.visit import Form
from publisher.site.render import environment_of
from redaksi.states import State
from tests.desk_web import Page
from tests.typed_forms import (
    CASES,
    LETTER,
    OLD,
    ONE,
    WITHOUT_WORDS,
    Case,
    Room,
    find_form,
    furnished,
    name_case,
)

STALE = [case for case in CASES if case.stale]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with furnished(tmp_path_factory.mktemp("desk")) as ready:
        yield ready


def test_no_form_with_words_is_left_out() -> None:
    posts = {route.path for route in ROUTES if route.method == "POST"}
    cases = {case.route for case in CASES}
    assert not cases & WITHOUT_WORDS
    assert cases | WITHOUT_WORDS == posts


@pytest.mark.parametrize("case", CASES, ids=name_case)
def test_a_refused_form_comes_back_with_every_word(room: Room, case: Case) -> None:
    answer, marks = room.send(case)
    assert answer.status == case.refused, answer.text[:600]
    assert [mark for mark in marks if mark not in answer.text] == []
    assert re.search(r'<[^>]*role="alert"[^>]*\bautofocus', answer.text), "nothing has the focus"
    if case.refused == 422:  # in the fields they were typed into
        assert 'id="terketik"' not in answer.text


@pytest.mark.parametrize("case", STALE, ids=name_case)
def test_a_form_of_an_older_page_comes_back_with_every_word_and_what_happened(
    room: Room, case: Case
) -> None:
    answer, marks = room.send(case, **case.stale or {})
    assert answer.status == 409, answer.text[:600]
    assert [mark for mark in marks if mark not in answer.text] == []
    summary = re.search(r'<[^>]*role="alert"[^>]*\bautofocus.*?</div>', answer.text, re.DOTALL)
    assert summary is not None and "<time" in summary[0]


@pytest.mark.parametrize(
    ("case", "state"),
    [
        (CASES[0], "withdrawn"),
        (CASES[1], "withdrawn"),
        (CASES[2], "withdrawn"),
        (CASES[3], "not_a_submission"),
        (CASES[3], "quarantined"),
        (CASES[4], "not_a_submission"),
        (CASES[7], "published"),
    ],
    ids=lambda given: name_case(given) if isinstance(given, Case) else given,
)
def test_words_outlive_the_form_they_were_typed_into(
    room: Room, case: Case, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, post = room.chief, room.chief.post

    def post_late(path: str, fields: Mapping[str, object] | None = None, **headers: str) -> Page:
        with room.state(1 if path.startswith(ONE) else 2, state):
            return post(path, fields, **headers)

    monkeypatch.setattr(browser, "post", post_late)
    answer, marks = room.send(case, **OLD)
    assert 400 <= answer.status < 500
    assert [mark for mark in marks if mark not in answer.text] == []


def test_words_of_a_letter_outlive_the_letter(room: Room) -> None:
    path, own = (
        f"/surat/{LETTER}",
        "Yth. Ibu Rahma,\n\nMohon kirim fotonya menyusul minggu ini.",
    )
    shown = find_form(room.chief.get(path).text, f"{path}/simpan").hidden
    with room.on.app.store.begin() as tx:
        tx.execute(update(Outbox).filter_by(id=LETTER).values(state="sent"))
    answer = room.chief.post(f"{path}/simpan", {**shown, "teks": own})
    with room.on.app.store.begin() as tx:
        tx.execute(update(Outbox).filter_by(id=LETTER).values(state="draft"))
    assert answer.status == 422
    assert own in answer.text


# ── what a page has of a form ─────────────────────────────────────────────────────────────────────

PAGE = """<input name="judul" value="Gotong &amp; royong"><input type="hidden" name="ke" value="W-1">
<textarea name="catatan">
Dua
baris &lt;b&gt;</textarea><textarea readonly>Disalin</textarea><input type="checkbox" name="tautan" value="x">"""


@pytest.mark.parametrize(
    ("typed", "lost"),
    [
        ({"judul": "Gotong & royong "}, []),
        ({"judul": "Gotong"}, ["Gotong"]),
        ({"sebab": "Gotong & royong"}, ["Gotong & royong"]),  # another field's
        ({"catatan": "Dua\nbaris <b>"}, []),
        ({"ke": "W-1"}, []),
        ({"alasan": "Disalin"}, []),
        ({"tautan": "x"}, ["x"]),
        ({"judul": " \n"}, []),
        ({"revisi": "7", "keputusan": "tolak", "pakai-9f": "1"}, []),
        ({"surel": "a@b.example", "sandi": "rahasia"}, []),
    ],
)
def test_what_is_lost_is_what_no_field_of_its_name_has(
    typed: Mapping[str, str], lost: list[str]
) -> None:
    found = find_lost(Form({name: [text] for name, text in typed.items()}), PAGE)
    assert [text for _, text in found] == lost


LETTER_TEXT = "Yth. Ibu Rahma,\n\nNaskah diterima."


@pytest.mark.parametrize(
    ("text", "is_lost"), [(LETTER_TEXT, False), (f"{LETTER_TEXT} Salam.", True)]
)
def test_a_letter_nobody_touched_was_not_typed(text: str, is_lost: bool) -> None:
    shown = f"fakta-{hashlib.sha256(LETTER_TEXT.encode()).hexdigest()[:24]}"
    found = find_lost(Form({"sidik": [shown], "teks": [text]}), PAGE)
    assert bool(found) is is_lost


def test_what_is_shown_beside_a_form_has_its_label_and_its_first_empty_line() -> None:
    typed = label_typed((("judul", "\nDua <b>"),), "id")
    shown = environment_of("id", "Asia/Jakarta").get_template("parts/typed.html.j2")
    page = str(shown.module.typed_words(typed))  # type: ignore[attr-defined]
    assert ">Judul tayang</label>" in page
    assert ">\n\nDua &lt;b&gt;</textarea>" in page  # the first line end is HTML's (4.10.11.5)
