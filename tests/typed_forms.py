"""Every form of the desk with words in it, and a desk where each can be sent: what becomes of what
was typed is asked of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

from msgspec import Struct, structs
from sqlalchemy import update

from desk.store.editors import form_drafts
from desk.store.editors.form_drafts import FormDraft
from desk.store.publications import editions, moves
from desk.store.submissions import threads
from desk.store.tables import Outbox, Publication, Submission
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
    "/kiriman/{number}/buka-berkas",
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


@contextmanager
def furnished(folder: Path) -> Iterator[Room]:
    """The room, served."""
    with bench(folder, MONDAY) as on:
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
