"""Deciding on the submission's page, by its form as a browser without a script sends it: every choice,
what is refused and how it comes back, what is stale, where it leads."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from desk.store.editors import accounts, claims
from desk.store.outbound import outbox
from desk.store.publications import decisions as decided
from desk.store.publications import photo_choices
from desk.store.publications.decisions import StoredDecision
from desk.store.submissions import threads
from desk.store.submissions.queue_filter import Key
from desk.store.tables import Publication
from desk.web.list_query import write_key
from desk.workflow import decisions
from desk.workflow.deciding.choices import WORDS, find_event, list_choices
from desk.workflow.deciding.undo import undo
from desk.workflow.decisions import Decision
from redaksi.errors import StoreError
from redaksi.states import STATES, Event, State, find_transition
from tests.desk_submissions import assess, see, small_photo, take_in
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.postoffice import MONDAY, Bench, bench

NUMBER = "W-2026-0001"
REASON = "Sudah disepakati dengan penulisnya."
HOSTILE = """"><script>alert(1)</script>'&amp;</textarea><b id=x>"""


class Reader(HTMLParser):
    """The fields of the page's form of a decision, as they stand; texts by the id they stand under."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.ids: set[str] = set()
        self.described: set[str] = set()
        self.linked: set[str] = set()
        self.scripts = 0
        self._inside = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        self.described |= set(given.get("aria-describedby", "").split())
        self.scripts += tag == "script"
        if tag == "a" and given.get("href", "").startswith("#"):
            self.linked.add(given["href"][1:])
        if tag == "form":
            self._inside = given.get("action", "").endswith("/putuskan")
        if self._inside:
            self._keep(tag, given)

    def _keep(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        kind = given.get("type", "text")
        if tag == "textarea":
            self._area = name
            self.fields.setdefault(name, []).append("")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self._area = self._select
            self.fields.setdefault(self._select, []).append("")
        elif tag == "input" and (kind not in ("radio", "checkbox") or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "option"):
            self._area = ""
        elif tag == "form":
            self._inside = False


class Office(msgspec.Struct):
    """The desk, served; Nina is signed in."""

    on: Bench
    nina: Browser
    budi: Browser

    def open(self, path: str = f"/kiriman/{NUMBER}") -> Reader:
        answer = self.nina.get(path)
        assert answer.status == 200
        return read(answer)

    def send(self, fields: Mapping[str, object] | None = None, /, **typed: Any) -> Page:
        """The form as it stands on the page, with these fields typed into it."""
        sent = {**(fields if fields is not None else self.open().fields), **typed}
        return self.nina.post(f"/kiriman/{NUMBER}/putuskan", sent)

    def state(self) -> str:
        with self.on.app.store.read() as tx:
            return str(threads.get(tx, 1).state)

    def decisions(self) -> list[StoredDecision]:
        with self.on.app.store.read() as tx:
            return decided.of_submission(tx, 1)

    def letters(self) -> list[str]:
        with self.on.app.store.read() as tx:
            return [letter.kind for letter in outbox.of_submission(tx, 1)]


def read(answer: Page) -> Reader:
    reader = Reader()
    reader.feed(answer.text)
    return reader


@pytest.fixture
def office(tmp_path: Path, sqlite_template: Path) -> Iterator[Office]:
    """One submission in review, that is good."""
    del sqlite_template
    with bench(tmp_path) as on:
        take_in(on)
        nina = add_account(on.app, "nina@example.org", name="Nina Razad")
        add_account(on.app, "budi@example.org", name="Budi Prasetyo")
        with served(on.app) as base:
            yield Office(
                on=on,
                nina=signed_in(base, nina.login),
                budi=signed_in(base, "budi@example.org"),
            )


SCHEDULE = {"keputusan": "jadwalkan", "tanggal": "2026-11-26", "pukul": "09:00"}
SEEN = {"judul": "Warga Menanam Pohon", "tautan": "https://warta.example/x"}
SAYS = "Belum dapat diputuskan"


def decide(office: Office, event: Event, **more: Any) -> None:
    """Somebody else decided, elsewhere."""
    decision = Decision(event=event, editor="Budi", **more)
    decisions.decide(office.on.app, NUMBER, decision)


# ── every choice ─────────────────────────────────────────────────────────────────────────────────


def test_schedule(office: Office) -> None:
    answer = office.send(**SCHEDULE, judul="Warga Kubu Raya Menanam Pohon")
    assert (answer.status, answer.location) == (303, f"/kiriman/{NUMBER}")
    (kept,) = office.decisions()
    assert kept.publish_at is not None
    assert kept.publish_at.isoformat() == "2026-11-26T02:00:00+00:00"
    assert (kept.headline, kept.initials) == ("Warga Kubu Raya Menanam Pohon", "NI")
    assert (office.state(), office.letters()) == ("scheduled", ["scheduled"])


def test_now_is_when_it_cannot_be_taken_back_any_more(office: Office) -> None:
    office.send(keputusan="jadwalkan", sekarang="on")
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


# ── findings ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def faulty(office: Office) -> Office:
    """Its newest revision has two photos that are too small."""
    office.on.later(minutes=5)
    photos = (small_photo("IMG_1.jpg"), small_photo("IMG_2.jpg"))
    take_in(office.on, assess(photos=photos), uid=2, into=1)
    return office


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


# ── what is refused ──────────────────────────────────────────────────────────────────────────────

LONG = "a" * 501


@pytest.mark.parametrize(
    ("typed", "text", "field"),
    [
        ({"keputusan": ""}, "Pilih keputusannya.", "keputusan"),
        ({"keputusan": "buka"}, "tidak dapat diambil dalam keadaan ini", "keputusan"),
        ({"keputusan": "jadwalkan", "judul": " "}, "Judul tayang masih kosong.", "judul"),
        ({**SCHEDULE, "judul": "a" * 141}, "Judul tayang terlalu panjang: 141 dari 140", "judul"),
        ({"keputusan": "jadwalkan"}, "Isi tanggal dan pukul tayang", "tanggal"),
        ({**SCHEDULE, "tanggal": "26/11/2026"}, "26/11/2026 09:00” tidak terbaca", "tanggal"),
        (
            {**SCHEDULE, "tanggal": "2026-11-20"},
            "Tanggal tayang Jumat, 20 November 2026, pukul 09.00 WIB sudah lewat. Pilih waktu lain, "
            "Sekarang, atau catat sudah tayang dengan tautannya.",
            "tanggal",
        ),
        ({**SCHEDULE, "tanggal": "2028-11-20"}, "lebih dari 400 hari lagi", "tanggal"),
        ({"keputusan": "tayang"}, "Tulis tautannya.", "tautan"),
        ({"keputusan": "tayang", "tautan": "warta"}, "alamat web yang lengkap", "tautan"),
        ({"keputusan": "tayang", "tautan": "https://a@b.example/"}, "nama pengguna", "tautan"),
        ({"keputusan": "catatan"}, "Tulis sekurangnya satu hal yang diminta.", "permintaan-1"),
        ({"keputusan": "catatan", "permintaan": "ya"}, "Tulis 5 sampai 500 karakter", "permintaan-1"),
        ({"keputusan": "catatan", "permintaan": LONG}, "Tulis 5 sampai 500 karakter", "permintaan-1"),
        ({**SCHEDULE, "alasan": "a" * 301}, "Alasan terlalu panjang: 301 dari 300", "alasan"),
        ({"keputusan": "tolak", "sebab": LONG}, "Sebab terlalu panjang: 501 dari 500", "sebab"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_where_it_is_put_right(
    office: Office, typed: dict[str, Any], text: str, field: str
) -> None:
    answer = office.send(catatan="Yang saya ketik.", **typed)
    page = read(answer)
    assert answer.status == 422
    assert text in unescape(answer.text)
    assert SAYS in answer.text
    assert field in page.linked & page.ids
    assert f"salah-{field}" in page.described & page.ids
    assert page.fields["catatan"][-1].strip() == "Yang saya ketik."
    assert office.decisions() == []


def test_a_takedown_says_why(office: Office) -> None:
    decide(office, "publish", url="https://warta.example/x", unchecked=True)
    answer = office.send(keputusan="turunkan", sebab="ya")
    assert (answer.status, "Tulis sebab penurunannya" in answer.text) == (422, True)


def test_a_page_where_the_headline_is_not_seen_is_taken_at_the_editors_word_alone(
    office: Office,
) -> None:
    typed = {"keputusan": "tayang", "tautan": "http://127.0.0.1:9/x"}
    answer = office.send(**typed)
    assert answer.status == 422
    assert "Judul tidak ditemukan di alamat itu" in answer.text
    assert office.send(read(answer).fields, tetap_catat="on").status == 303
    assert office.state() == "published"


def test_what_another_holds_is_decided_when_it_is_ticked(office: Office) -> None:
    office.budi.post(f"/kiriman/{NUMBER}/ambil")
    answer = office.send(keputusan="dibaca")
    assert answer.status == 422
    assert (
        "Budi Prasetyo memegang naskah ini sejak 09.00. Centang untuk tetap memutuskan."
        in answer.text
    )
    assert office.send(read(answer).fields, tetap="on").status == 303


def test_hostile_text_stays_text_in_every_field(office: Office) -> None:
    office.on.later(minutes=5)
    take_in(office.on, assess(photos=(small_photo(HOSTILE),), title=HOSTILE), uid=2, into=1)
    before = office.open()
    names = [
        "keputusan", "judul", "tanggal", "pukul", "tautan", "rubrik", "temuan", "permintaan", "catatan",
        "alasan", "sebab", "surat", "ditawarkan", "tetap", "sejak", "dari", "seq",
    ]  # fmt: skip
    answer = office.send(before.fields, **dict.fromkeys(names, HOSTILE))
    page = read(answer)
    assert answer.status == 422
    assert (page.scripts, "x" in page.ids) == (before.scripts, False)
    for name in ("judul", "tautan", "catatan", "alasan", "sebab"):
        assert page.fields[name][-1].strip("\n") == HOSTILE
    assert HOSTILE in [text.strip("\n") for text in page.fields["permintaan"]]


# ── the date, in words ───────────────────────────────────────────────────────────────────────────


def test_a_date_is_said_in_both_zones_with_what_else_is_due(office: Office) -> None:
    with office.on.app.store.begin() as tx:
        nina = accounts.get(tx, 1)
        assert nina is not None
        accounts.change(tx, msgspec.structs.replace(nina, zone="Asia/Jayapura"))
    take_in(office.on, uid=2)
    decisions.decide(
        office.on.app,
        "W-2026-0002",
        Decision(event="schedule", publish_at=MONDAY + timedelta(days=3)),
    )
    answer = office.send(**SCHEDULE, lihat="1")
    assert answer.status == 200
    assert (
        "Kamis, 26 November 2026, pukul 09.00 WIT = Kamis, 26 November 2026, pukul 07.00 WIB; "
        "hari itu ada 1 naskah lain" in answer.text
    )
    assert office.decisions() == []
    assert office.send(read(answer).fields).status == 303
    (kept,) = office.decisions()
    assert kept.publish_at is not None
    assert kept.publish_at.isoformat() == "2026-11-26T00:00:00+00:00"


# ── stale ────────────────────────────────────────────────────────────────────────────────────────


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


# ── where it leads ───────────────────────────────────────────────────────────────────────────────


def test_a_decision_leads_to_the_next_of_the_list_and_at_its_end_to_the_list(
    office: Office,
) -> None:
    for uid in (2, 3):
        office.on.later(minutes=5)
        take_in(office.on, uid=uid)
    row = re.compile(r'href="(/kiriman/W-2026-000(\d)\?dari=[^"]+)"')
    links = row.findall(unescape(office.nina.get("/antrean?tampilan=tindakan").text))
    address = next(where for where, number in links if number == "2")
    visited = []
    for place in ("2 dari 3", "2 dari 2", "1 dari 1"):
        page = office.nina.get(address)
        visited.append(address[:20])
        assert place in page.text
        where = address.partition("?")[0]
        fields = {**read(page).fields, "keputusan": "tolak", "sebab": "Sudah pernah dimuat."}
        answer = office.nina.post(f"{where}/putuskan", fields)
        assert answer.status == 303
        address = answer.location
    assert [where[-1] for where in visited] == ["2", "3", "1"]
    assert address.startswith("/antrean?tampilan=tindakan")
    assert "Selesai. Tidak ada lagi di daftar ini." in office.nina.get(address).text


def test_a_row_that_moves_in_its_list_is_not_the_next(office: Office) -> None:
    office.on.later(minutes=5)
    take_in(office.on, uid=2)
    dari = f"tampilan=aktif&setelah={write_key(Key(at=office.on.now, id=2))}"
    fields = {**office.open("/kiriman/W-2026-0002").fields, "dari": dari, "keputusan": "dibaca"}
    answer = office.nina.post("/kiriman/W-2026-0002/putuskan", fields)
    assert answer.location.startswith(f"/kiriman/{NUMBER}?dari=")


# ── who works at it ──────────────────────────────────────────────────────────────────────────────


def test_a_claim_is_taken_shown_and_given_back(office: Office) -> None:
    dari = "tampilan=tindakan"
    answer = office.nina.post(f"/kiriman/{NUMBER}/ambil", {"dari": dari})
    assert answer.location == f"/kiriman/{NUMBER}?dari=tampilan%3Dtindakan"
    assert "Anda memegang naskah ini." in office.nina.get(f"/kiriman/{NUMBER}").text
    seen = office.budi.get(f"/kiriman/{NUMBER}").text
    assert "Nina Razad memegang naskah ini sejak 09.00." in seen
    office.budi.post(f"/kiriman/{NUMBER}/ambil")
    assert "Nina Razad memegang naskah ini" in office.budi.get(f"/kiriman/{NUMBER}").text
    office.nina.post(f"/kiriman/{NUMBER}/lepas")
    with office.on.app.store.read() as tx:
        assert claims.holders(tx, [1], office.on.now) == {}


def test_who_reads_alone_sees_no_form(office: Office) -> None:
    add_account(office.on.app, "baca@example.org", "reader")
    page = read(signed_in(office.nina.base, "baca@example.org").get(f"/kiriman/{NUMBER}"))
    assert page.fields == {}


def test_a_draft_that_was_kept_is_there_again_and_goes_with_the_decision(office: Office) -> None:
    fields = {**office.open().fields, "keputusan": "tolak", "sebab": "Sudah pernah dimuat."}
    assert office.nina.post(f"/kiriman/{NUMBER}/konsep", fields).status == 303
    again = office.open().fields
    assert again["sebab"][-1].strip() == "Sudah pernah dimuat."
    assert office.send(again).status == 303
    assert office.open().fields["sebab"][-1].strip() == ""


def test_what_was_typed_is_there_again_when_the_decision_is_taken_back(office: Office) -> None:
    assert office.send(keputusan="tolak", sebab="Sudah pernah dimuat.").status == 303
    assert office.open().fields["sebab"][-1].strip() == ""
    (kept,) = office.decisions()
    with office.on.app.store.read() as tx:
        nina = accounts.get(tx, 1)
    assert nina is not None
    undo(office.on.app, kept.id, nina)
    fields = office.open().fields
    assert (fields["keputusan"], fields["sebab"][-1].strip()) == (["tolak"], "Sudah pernah dimuat.")


def test_a_double_click_leaves_no_draft(office: Office) -> None:
    fields = office.open().fields
    for _ in range(2):
        office.send(fields, keputusan="dibaca", catatan="Terima kasih.")
    assert office.open().fields["catatan"][-1].strip() == ""


def test_a_busy_database_brings_the_page_back_as_it_was_typed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("newer_try_again", number=NUMBER)

    fields = office.open().fields
    monkeypatch.setattr(decisions, "decide", refuse)
    answer = office.send(fields, keputusan="tolak", sebab="Sudah pernah dimuat.")
    assert answer.status == 503
    assert "Basis data sedang sibuk; yang Anda ketik masih ada. Coba lagi." in answer.text
    assert read(answer).fields["sebab"][-1].strip() == "Sudah pernah dimuat."


def test_what_was_typed_is_shown_where_it_is_no_submission_any_more(office: Office) -> None:
    fields = office.open().fields
    decide(office, "discard")
    answer = office.send(fields, keputusan="catatan", permintaan=["Tambahkan nama.", HOSTILE])
    assert answer.status == 409
    assert "Tambahkan nama." in answer.text
    assert HOSTILE in unescape(answer.text)
    assert "<script>alert" not in answer.text
