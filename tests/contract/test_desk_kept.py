"""Forms keep what was typed: every form of the desk, walked from its routes, sent so that it is refused
and so that its page is older than what there is, comes back with every word; what no field of the
page has a place for any more stands there to be copied."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest
from msgspec import Struct, structs
from sqlalchemy import update

from desk.store.editors import form_drafts
from desk.store.editors.form_drafts import FormDraft
from desk.store.publications import editions, moves
from desk.store.submissions import threads
from desk.store.tables import Outbox, Publication, Submission
from desk.web.editors.routes import ROUTES
from desk.web.kept import find_lost, label_typed
from desk.web.visit import Form
from publisher.site.render import environment_of
from redaksi.config.publish import Publish, PublishTarget
from redaksi.states import State
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.editions import make_edition, make_words
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

ONE, TWO = "/kiriman/W-2026-00001", "/kiriman/W-2026-00002"  # published; in review
SET = f"{ONE}/tayang"
OF_A_SUBMISSION = "/kiriman/{number}"
# nobody types into these, but a password
WITHOUT_WORDS = {
    "/antrean/ambil", "/keluar", "/akun/sandi", "/akun/sesi", "/akun/semua",
    "/kiriman/{number}/ambil", "/kiriman/{number}/lepas", "/kiriman/{number}/periksa-ulang",
    "/kiriman/{number}/rapikan", "/kiriman/{number}/tayang/ulangi", "/kiriman/{number}/tayang/foto", "/urungkan/{decision}",
    "/status/periksa-sekarang", "/status/ulangi/{job}", "/status/relay", "/surat/{letter}/buang",
    "/surat/{letter}/susun-ulang", "/karantina/{number}/lepas", "/karantina/{number}/unduh",
}  # fmt: skip
LETTER = 302  # a reminder to the third's contributor
OLD = {"versi": "0", "sejak": "0"}


class Case(Struct, frozen=True, kw_only=True):
    """A form of a page. `fixed`: fields that are no words; `long`: the field, or the first letters of
    its name, that is too long to be taken; `by_hand`: words of a form that this page has not;
    `stale`: what is sent of an older page, None where there is no such thing."""

    route: str
    page: str
    path: str
    fixed: Mapping[str, str] = {}
    long: str = ""
    by_hand: Sequence[str] = ()
    refused: int = 422
    stale: Mapping[str, str] | None = None


def of(page: str, form: str, **more: object) -> Case:
    where = "/tayang" if page == SET else ""
    route = f"{OF_A_SUBMISSION}{where}/{form}"
    return Case(route=route, page=page, path=f"{page}/{form}", stale=OLD, **more)  # type: ignore[arg-type]


CASES = (
    of(SET, "betulkan", long="judul"),
    of(SET, "terbit"),
    of(SET, "turunkan", long="alasan_turunkan"),
    of(ONE, "foto", long="keterangan-"),
    of(TWO, "putuskan", fixed={"keputusan": "jadwalkan"}),
    of(TWO, "putuskan", fixed={"keputusan": "tayang"}),
    of(TWO, "putuskan", fixed={"keputusan": "kembalikan"}, long="permintaan"),
    of(TWO, "putuskan", fixed={"keputusan": "tolak"}, long="sebab"),
    of(TWO, "pratinjau", fixed={"keputusan": "jadwalkan"}),
    of(TWO, "pasangkan", by_hand=("ke",)),
    Case(
        route=f"{OF_A_SUBMISSION}/konsep",
        page=TWO,
        path=f"{TWO}/konsep",
        fixed={"seq": "-1"},
        refused=409,
    ),
    Case(route="/masukkan", page="/masukkan", path="/masukkan"),
    Case(route="/akun", page="/akun", path="/akun"),
    Case(route="/akun/semua/baru", page="/akun/semua", path="/akun/semua/baru"),
    Case(route="/surat/{letter}/simpan", page="/surat/{letter}", path="/surat/{letter}/simpan"),
    Case(route="/surat/{letter}/kirim", page="/surat/{letter}", path="/surat/{letter}/kirim"),
    Case(route="/masuk", page="/masuk", path="/masuk", by_hand=("surel",)),
)
STALE = [case for case in CASES if case.stale]


class Room:
    """A published article with its edition, one in review, a letter that waits; and a chief."""

    def __init__(self, on: Bench, base: str) -> None:
        self.on = on
        self.chief, self.stranger = signed_in(base, "nina@example.org"), Browser(base)

    def send(self, case: Case, **more: str) -> tuple[Page, list[str]]:
        """The form of its page with a mark in every field of words; what came back, and the marks."""
        browser = self.stranger if case.route == "/masuk" else self.chief
        page, path = (each.format(letter=LETTER) for each in (case.page, case.path))
        shown = find_form(browser.get(page).text, path)
        names = shown.words or [(name, name) for name in case.by_hand]
        assert names, "the form has no words"
        marks: dict[str, list[str]] = {}
        for n, (name, _) in enumerate(names):
            is_long = case.long and name.startswith(case.long)
            mark = f"tanda{n}-{name}" + ("x" * 900 if is_long else "")
            marks.setdefault(name, []).append(mark)
        answer = browser.post(path, {**shown.hidden, **marks, **case.fixed, **more})
        return answer, [mark for values in marks.values() for mark in values]

    @contextmanager
    def state(self, number: int, state: State) -> Iterator[None]:
        """Meanwhile it came into another state."""
        with self.on.app.store.begin() as tx:
            before = tx.get_one(Submission, number).state
            tx.execute(update(Submission).filter_by(id=number).values(state=state))
        yield
        with self.on.app.store.begin() as tx:
            tx.execute(update(Submission).filter_by(id=number).values(state=before))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with bench(tmp_path_factory.mktemp("desk"), MONDAY) as on:
        fill(on.app.store, 3, on.now)
        _publish_first(on)
        target = PublishTarget(id="situs", kind="copy", private=True)
        config = structs.replace(on.app.config, publish=Publish(target=(target,)))
        on.app = structs.replace(on.app, config=config)
        nina = add_account(on.app, "nina@example.org", "chief")
        typed_since = FormDraft(fields={}, revision=1, seq=9, saved_at=on.now)
        with on.app.store.begin() as tx:  # in another tab
            form_drafts.save(tx, nina.id, 2, "decision", typed_since)
        with served(on.app) as base:
            yield Room(on, base)


def _publish_first(on: Bench) -> None:
    with on.app.store.begin() as tx:
        judged = threads.newest(tx, 1)
        assert judged is not None
        photo = structs.replace(make_words(1), sha256=judged.submission.photos[0].sha256)
        edition_id = editions.add(tx, 1, structs.replace(make_edition(), photos=(photo,)))
        moves.plan(tx, 1, "situs", edition_id, on.now, on.now)
        tx.execute(update(Publication).values(state="standing", standing_edition_id=edition_id))
        tx.execute(update(Submission).values(version=3))
        tx.execute(update(Submission).filter_by(id=1).values(state="published"))
        tx.execute(update(Submission).filter_by(id=2).values(state="review"))
        tx.execute(update(Submission).filter_by(id=3).values(state="revising"))
        tx.execute(update(Outbox).filter_by(id=LETTER).values(state="draft"))


class Fields(Struct):
    """A form of a page: its hidden fields, and those of words with what stands in them."""

    hidden: dict[str, list[str]] = {}
    words: list[tuple[str, str]] = []


class _Forms(HTMLParser):
    """The forms of a page, by every address they can be sent to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Fields] = {}
        self.now: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "form":
            self.now = [given.get("action", "")]
            self.found.setdefault(self.now[0], Fields())
        if not self.now or "readonly" in given:
            return
        fields = self.found[self.now[0]]
        if "formaction" in given:
            self.found[given["formaction"]] = fields
        if tag == "textarea" or (
            tag == "input" and kind in ("text", "email", "url", "date", "time")
        ):
            fields.words.append((name, given.get("value", "")))
        elif tag == "input" and kind == "hidden" and name != "teks":
            fields.hidden.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = []


def find_form(page: str, path: str) -> Fields:
    forms = _Forms()
    forms.feed(page)
    return forms.found.get(path, Fields())


def name_case(case: Case) -> str:
    return f"{case.route} {case.fixed.get('keputusan', '')}".strip()


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
