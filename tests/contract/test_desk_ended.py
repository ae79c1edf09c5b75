"""A form that comes after its session ended: what was typed stands at the door, comes back to its
page after signing in, and nothing of it is done until it is sent again."""

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
import urllib3
from msgspec import Struct
from sqlalchemy import func, select, update

from desk.store import tables
from desk.store.editors import accounts, sessions
from desk.store.tables import Outbox, Submission
from desk.web.carried import Carried, find_route, read_carried, write_carried
from desk.web.editors.routes import ROUTES
from tests.desk_web import PASSWORD, Browser, Page, add_account, signed_in
from tests.typed_forms import (
    CASES,
    LETTER,
    OLD,
    TWO,
    Case,
    Room,
    find_form,
    furnished,
    name_case,
)

NINA, BUDI, RINI = "nina@example.org", "budi@example.org", "rini@example.org"
WITH_WORDS = [case for case in CASES if case.route != "/masuk"]
IN_PLACE = [case for case in WITH_WORDS if not case.by_hand]
DECIDE = f"{TWO}/putuskan"
PRESSED = {"judul": "Warga Bangun Jalan", "keputusan": "jadwalkan", "tanggal": "2026-11-30"}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with furnished(tmp_path_factory.mktemp("desk")) as ready:
        add_account(ready.on.app, BUDI, "chief")
        add_account(ready.on.app, RINI, "reader")
        yield ready


class Sent(Struct, frozen=True):
    """A form as it was filled, and what answered it."""

    browser: Browser
    answer: Page
    marks: dict[str, list[str]]


def end_session(room: Room, login: str = NINA) -> None:
    """As signing out elsewhere ends it: the browser's cookie stays."""
    with room.on.app.store.begin() as tx:
        found = accounts.by_login(tx, login)
        assert found is not None
        sessions.end_all(tx, found[0].id)


def send_late(room: Room, case: Case, **more: str) -> Sent:
    """The form of its page with a mark in every field of words, when the session has ended."""
    browser = signed_in(room.chief.base, NINA)
    page, path = (each.format(letter=LETTER) for each in (case.page, case.path))
    shown = find_form(browser.get(page).text, path)
    names = [name for name, _ in shown.words] or list(case.by_hand)
    marks = {name: [f'tanda{n}-{name} "<b>&'] for n, name in enumerate(names)}
    hidden = shown.hidden or {"penulis": ["1"]}  # a form that this page has not
    end_session(room)
    answer = browser.post(path, {**hidden, **marks, **case.fixed, **more})
    return Sent(browser, answer, marks)


def sign_in_with(sent: Sent, login: str = NINA, password: str = PASSWORD) -> Page:
    """The page that asks to sign in, filled and sent."""
    hidden = find_form(sent.answer.text, "/masuk").hidden
    return sent.browser.post("/masuk", {**hidden, "surel": login, "sandi": password})


def count_rows(room: Room) -> dict[str, int]:
    """What a form can have done, by table."""
    kept = {"session", "sign_in_failure"}
    rows = [table for table in tables.Base.metadata.sorted_tables if table.name not in kept]
    with room.on.app.store.read() as tx:
        found = {each.name: tx.scalar(select(func.count()).select_from(each)) or 0 for each in rows}
        moved = tx.scalar(select(func.sum(Submission.version))) or 0
    return {**found, "moved": moved}


@pytest.mark.parametrize("case", WITH_WORDS, ids=name_case)
def test_a_form_of_an_ended_session_comes_back_filled_and_is_not_done(
    room: Room, case: Case
) -> None:
    before = count_rows(room)
    sent = send_late(room, case)
    assert sent.answer.status == 401
    assert "www-authenticate" in sent.answer.headers
    assert "script-src" not in sent.answer.headers["content-security-policy"]
    assert re.search(r'<[^>]*role="alert"[^>]*\bautofocus', sent.answer.text)
    back = sign_in_with(sent)
    assert back.status in (200, 422), back.text[:600]  # 422: the letter is another by now
    assert 'id="kembali"' in back.text
    missing = [
        mark for marks in sent.marks.values() for mark in marks if mark not in unescape(back.text)
    ]
    assert missing == []
    assert case.by_hand or "terketik" not in back.text  # each in its own field
    assert count_rows(room) == before
    assert sent.browser.get("/akun").status == 200


@pytest.mark.parametrize("case", [each for each in CASES if each.stale], ids=name_case)
def test_what_happened_since_is_told_before_it_is_sent_again(room: Room, case: Case) -> None:
    sent = send_late(room, case, **OLD)
    back = sign_in_with(sent)
    assert back.status == 409
    summary = re.search(r'<[^>]*role="alert"[^>]*\bautofocus.*?</div>', back.text, re.DOTALL)
    assert summary is not None and "<time" in summary[0]
    assert all(mark in unescape(back.text) for marks in sent.marks.values() for mark in marks)


def test_the_form_that_came_back_is_taken_when_it_is_sent_again(room: Room) -> None:
    case = next(each for each in CASES if each.route == "/akun")
    sent = send_late(room, case)
    back = find_form(sign_in_with(sent).text, "/akun")
    fields = {**back.hidden, "nama": "Nina Razad", "tanda": "Nina", "inisial": "NR"}
    typed = {**fields, "bahasa": "id", "zona": "Asia/Jakarta"}
    assert sent.browser.post("/akun", typed).location == "/akun?selesai=disimpan"


# ── at the door ───────────────────────────────────────────────────────────────────────────────────


def send_decision(room: Room, **more: str) -> Sent:
    """A decision of Nina's, whose session has ended."""
    browser = signed_in(room.chief.base, NINA)
    hidden = find_form(browser.get(TWO).text, DECIDE).hidden
    end_session(room)
    return Sent(browser, browser.post(DECIDE, {**hidden, **PRESSED, **more}), {})


def test_a_wrong_password_keeps_what_is_carried(room: Room) -> None:
    sent = send_decision(room)
    refused = sign_in_with(sent, password="salah salah salah")
    assert refused.status == 422
    back = sign_in_with(Sent(sent.browser, refused, {}))
    assert back.status == 200
    assert 'value="Warga Bangun Jalan"' in back.text


def test_another_account_gets_nothing_of_it_and_is_not_signed_in(room: Room) -> None:
    sent = send_decision(room)
    refused = sign_in_with(sent, BUDI)
    assert refused.status == 409
    assert 'href="/masuk"' in refused.text and 'id="kembali"' not in refused.text
    assert sent.browser.get("/antrean").status == 303
    assert sign_in_with(Sent(sent.browser, refused, {})).status == 200  # its own has it still


def test_where_it_is_not_said_whose_it_was_the_words_stand_in_no_field(room: Room) -> None:
    sent = send_decision(room, penulis="")
    back = sign_in_with(sent, BUDI)
    assert back.status == 200
    assert "Warga Bangun Jalan</textarea>" in back.text
    assert find_form(back.text, DECIDE).words == []


def test_who_may_not_send_it_any_more_has_the_words_alone(room: Room) -> None:
    with room.on.app.store.read() as tx:
        found = accounts.by_login(tx, RINI)
    assert found is not None
    back = sign_in_with(send_decision(room, penulis=str(found[0].id)), RINI)
    assert "Warga Bangun Jalan</textarea>" in back.text
    assert find_form(back.text, DECIDE).words == []


def test_files_are_named_and_asked_for_again(room: Room) -> None:
    browser = signed_in(room.chief.base, NINA)
    hidden = find_form(browser.get("/masukkan").text, "/masukkan").hidden
    end_session(room)
    fields = {name: values[-1] for name, values in hidden.items()}
    body, kind = urllib3.encode_multipart_formdata(
        {**fields, "isi_pesan": "Titipan Bu Rahma", "berkas": ("naskah <1>.docx", b"RAHASIA")}
    )
    answer = browser.ask(
        "POST",
        "/masukkan",
        body=body,
        headers={"Content-Type": kind, "Sec-Fetch-Site": "same-origin"},
    )
    back = sign_in_with(Sent(browser, answer, {}))
    for page in (answer, back):
        assert "naskah &lt;1&gt;.docx" in page.text
        assert "RAHASIA" not in page.text
    assert "Titipan Bu Rahma</textarea>" in back.text


def test_no_password_is_carried(room: Room) -> None:
    sent = send_decision(room, sandi="rahasia sekali", baru="rahasia baru")
    assert sent.answer.status == 401
    assert "rahasia" not in sent.answer.text
    browser = signed_in(room.chief.base, NINA)
    end_session(room)
    answer = browser.post("/akun/sandi", {"lama": "rahasia", "baru": "a" * 12, "ulang": "a" * 12})
    assert (answer.status, answer.location) == (303, "/masuk")


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"skrip": "1"}, {}),
        ({"bagian": "surat"}, {}),
        ({}, {"Sec-Fetch-Mode": "cors"}),
        ({}, {"Sec-Fetch-Mode": "same-origin"}),
    ],
    ids=str,
)
def test_the_script_hears_what_it_always_did(
    room: Room, fields: dict[str, str], headers: dict[str, str]
) -> None:
    stranger = Browser(room.chief.base)
    answer = stranger.post(f"{TWO}/konsep", {"judul": "Warga", **fields}, **headers)
    assert (answer.status, answer.location, answer.text) == (303, "/masuk", "")


def test_what_is_too_long_to_be_carried_is_shown_to_be_copied(room: Room) -> None:
    words = '"' * 60_000  # 180,000 bytes as they are sent, twice that when carried
    sent = send_decision(room, catatan=words)
    assert sent.answer.status == 401
    assert "dibawa" not in find_form(sent.answer.text, "/masuk").hidden
    assert unescape(sent.answer.text).count(words) == 1


def test_the_longest_that_is_carried_passes_the_door(room: Room) -> None:
    words = "a" * 240_000
    back = sign_in_with(send_decision(room, catatan=words))
    assert back.status == 200 and words in back.text


def test_a_foreign_site_plants_nothing(room: Room) -> None:
    stranger = Browser(room.chief.base)
    planted = write_carried(Carried(path=DECIDE, fields={"penulis": ["1"], **OLD_FIELDS}))
    fields = {"surel": NINA, "sandi": PASSWORD, "dibawa": planted}
    refused = stranger.post("/masuk", fields, **{"Sec-Fetch-Site": "cross-site"})
    assert refused.status == 403 and not stranger.cookies
    assert "dibawa" not in stranger.get(f"/masuk?dibawa={planted[:200]}").text
    late = stranger.post(DECIDE, PRESSED, **{"Sec-Fetch-Site": "cross-site"})
    assert late.status == 403 and PRESSED["judul"] not in late.text


OLD_FIELDS = {"judul": ["Ditanam"]}
NOWHERE = ["https://evil.example/", "//evil.example", "/keluar", "/akun/sandi", "/antrean",
           "/surat", "/kiriman/W-1/putuskan/x", "/kiriman/\x00/putuskan", "/kiriman/é/putuskan",
           "/kiriman/W-1/putuskan\n", ""]  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE)
def test_nothing_but_a_form_of_ours_is_gone_to(room: Room, path: str) -> None:
    assert find_route(ROUTES, path) is None
    stranger = Browser(room.chief.base)
    carried = json.dumps({"path": path, "fields": {"penulis": ["1"], **OLD_FIELDS}})
    back = stranger.post("/masuk", {"surel": NINA, "sandi": PASSWORD, "dibawa": carried})
    assert back.status == 200 and "Ditanam</textarea>" in back.text
    assert stranger.get("/antrean").status == 200


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"path":1,"fields":{}}', '{"path":"/akun","fields":{"a":"b"}}', '"\ud800"',
     '{"path":"/akun","fields":{"a":' + json.dumps(["x"] * 201) + "}}", "[" * 5_000],
)  # fmt: skip
def test_what_is_no_carried_form_is_none(text: str) -> None:
    assert read_carried(text) is None


def test_a_form_that_nobody_typed_into_is_asked_to_sign_in_as_before(room: Room) -> None:
    stranger = Browser(room.chief.base)
    assert stranger.post(f"{TWO}/ambil", {"dari": "x"}).location == "/masuk"
    assert stranger.post(DECIDE, {"keputusan": "dibaca", "revisi": "1"}).location == "/masuk"


def test_a_letter_that_left_meanwhile_keeps_the_words(room: Room) -> None:
    case = next(each for each in CASES if each.route == "/surat/{letter}/simpan")
    sent = send_late(room, case)
    with room.on.app.store.begin() as tx:
        tx.execute(update(Outbox).filter_by(id=LETTER).values(state="sent"))
    back = sign_in_with(sent)
    with room.on.app.store.begin() as tx:
        tx.execute(update(Outbox).filter_by(id=LETTER).values(state="draft"))
    assert all(mark in unescape(back.text) for marks in sent.marks.values() for mark in marks)


def test_a_submission_that_went_away_keeps_the_words(room: Room) -> None:
    sent = send_decision(room)
    with room.state(2, "not_a_submission"):
        back = sign_in_with(sent)
    assert PRESSED["judul"] in back.text


def test_every_form_with_words_says_whose_page_it_is(room: Room) -> None:
    browser = signed_in(room.chief.base, NINA)
    for case in IN_PLACE:
        page, path = (each.format(letter=LETTER) for each in (case.page, case.path))
        assert find_form(browser.get(page).text, path).hidden.get("penulis") == ["1"], page
