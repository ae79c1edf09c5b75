"""/status, /karantina, /healthz and /readyz: what ops see and do, and what a program may know."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import select

from desk.app import App, open_reading
from desk.inbound.asked import is_asked
from desk.presentation.pages.quarantine import DOWNLOADED
from desk.store import status
from desk.store.jobs import job_rows
from desk.store.outbound import relay
from desk.store.submissions.frozen import freeze, thaw
from desk.store.tables import Event, Examination, Job, Mail, Revision, Submission
from desk.web.editors.routes import ROUTES
from desk.web.visit import WebRoute
from redaksi.arrival import Listed, Listing
from redaksi.model import Document
from tests.contract.test_desk_routes import name_route, path_of
from tests.desk_web import PASSWORD, Browser, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

RAW = b"From: x@asing.example\r\nSubject: Naskah\r\n\r\n<script>alert(1)</script>\r\n"
GETS = [route for route in ROUTES if route.method == "GET"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Submissions of every state."""
    with bench(tmp_path_factory.mktemp("ops"), MONDAY) as ready:
        fill(ready.app.store, 120, MONDAY)
        for role in ("ops", "editor"):
            add_account(ready.app, f"{role}@example.org", role)
        yield ready


@pytest.fixture(scope="module")
def base(filled: Bench) -> Iterator[str]:
    with served(filled.app) as address:
        yield address


@pytest.fixture(scope="module")
def ops(base: str) -> Browser:
    return signed_in(base, "ops@example.org")


@pytest.fixture(scope="module")
def held(filled: Bench) -> str:
    """The number of what is in quarantine; its raw mail is RAW, its subject hostile."""
    app = filled.app
    sha256 = app.blobs.put(RAW)
    with app.store.begin() as tx:
        found = tx.scalars(select(Submission).where(Submission.state == "quarantined")).first()
        assert found is not None
        mail = tx.get_one(Mail, found.mail_id)
        mail.blob, mail.size, mail.subject = sha256, len(RAW), "<img src=x onerror=alert(1)>"
        return found.number


def events(app: App, what: str) -> list[tuple[str, int | None]]:
    with app.store.read() as tx:
        rows = tx.scalars(select(Event).where(Event.what == what).order_by(Event.id))
        return [(row.actor, row.submission_id) for row in rows]


# ── status ────────────────────────────────────────────────────────────────────────────────────────


def test_status_says_what_the_command_says(ops: Browser, filled: Bench) -> None:
    page = ops.get("/status")
    assert page.status == 200
    assert "Status sistem" in page.text
    assert "belum pernah diperiksa" in page.text  # no pass has begun
    assert "redaksi doctor" in page.text


def test_an_editor_reads_it_and_presses_nothing(base: str) -> None:
    page = signed_in(base, "editor@example.org").get("/status")
    assert page.status == 200
    assert 'action="/status/' not in page.text
    assert "/karantina/" not in page.text


def test_the_inbox_is_looked_at_when_somebody_asks(ops: Browser, filled: Bench) -> None:
    app = filled.app
    assert not is_asked(app, "warta", None)
    assert ops.post("/status/periksa-sekarang").location == "/status?selesai=periksa"
    assert is_asked(app, "warta", None)
    filled.later(seconds=1)
    assert not is_asked(app, "warta", app.clock())  # a pass that began since has done it
    assert not is_asked(app, "lain", None)


def test_the_relay_is_tried_again(ops: Browser, filled: Bench) -> None:
    with filled.app.store.begin() as tx:
        relay.close(tx, MONDAY, MONDAY.replace(year=2027), "454 4.7.0 <b>nanti</b>")
    page = ops.get("/status").text
    assert "454 4.7.0 &lt;b&gt;nanti&lt;/b&gt;" in page
    assert ops.post("/status/relay").status == 303
    with filled.app.store.read() as tx:
        assert relay.pause(tx) is None


def test_what_was_set_aside_is_tried_again(ops: Browser, filled: Bench) -> None:
    app = filled.app
    with app.store.begin() as tx:
        mail_id = tx.scalars(select(Submission.mail_id).where(Submission.state == "failed")).one()
        job = job_rows.defer(tx, "examine", str(mail_id), now=MONDAY)
        tx.get_one(Job, job).state = "failed"
        tx.get_one(Mail, mail_id).subject = "<script>x</script>"
    page = ops.get("/status").text
    assert f'action="/status/ulangi/{job}"' in page
    assert "&lt;script&gt;x" in page
    assert ops.post(f"/status/ulangi/{job}").location == "/status?selesai=ulangi"
    with app.store.read() as tx:
        assert tx.get_one(Job, job).state == "waiting"
    ((actor, _),) = events(app, "job retried")
    assert actor.startswith("editor:")
    assert ops.post(f"/status/ulangi/{job}").status == 404  # it waits already


@pytest.mark.parametrize("job", ["0", "x", "9" * 20, "-1", "1.5"])
def test_a_job_that_is_none(ops: Browser, job: str) -> None:
    assert ops.post(f"/status/ulangi/{job}").status == 404


# ── quarantine ────────────────────────────────────────────────────────────────────────────────────


def test_quarantine_shows_facts_alone(ops: Browser, held: str) -> None:
    page = ops.get(f"/karantina/{held}").text
    assert hashlib.sha256(RAW).hexdigest() in page
    assert "&lt;img src=x" in page
    assert "<img" not in page
    assert "alert(1)</script>" not in page  # no word of the mail's text


def hold(filled: Bench, number: str, *listings: object) -> None:
    """What is in quarantine came with these archives."""
    why = {"code": "hostile_archive", "facts": {}}
    other = {"name": "a.zip", "kind": "zip", "sha256": "0" * 64, "why": why, "size": 9}
    with filled.app.store.begin() as tx:
        mail_id = tx.scalars(select(Submission.mail_id).where(Submission.number == number)).one()
        tx.get_one(Mail, mail_id).others = [
            other | ({"listing": listing} if listing else {}) for listing in listings
        ]


def listed(names: list[str], more: int = 0, *, whole: bool = True) -> dict[str, object]:
    return {"entries": [{"name": n, "size": 2310} for n in names], "more": more, "whole": whole}


LISTINGS: dict[str, tuple[object, set[str], set[str]]] = {
    "stored before there were any": (None, {"a.zip"}, {"<details", "lagi</p>"}),
    "names, as text": (
        listed(["<img src=x>.jpg", "foto\u202egpj.exe", ""]),
        {"3 nama", "&lt;img src=x&gt;.jpg", "foto gpj.exe", "(tanpa nama)", "2.310 bita"},
        {"<img", "\u202e", "lagi</p>", "tidak lengkap"},
    ),
    "more than are kept": (
        listed(["a"] * 200, 1),
        {"201 nama", "dan 1 lagi"},
        {"tidak lengkap"},
    ),
    "one that lies": (
        listed(["a"], whole=False),
        {"1 nama", "mungkin tidak lengkap"},
        {"lagi</p>"},
    ),
    "one that cannot be read": (
        listed([], whole=False),
        {"Daftar arsip ini tidak terbaca"},
        {"tidak lengkap", "tidak menyebut"},
    ),
    "none": (listed([]), {"tidak menyebut satu nama pun"}, {"0 nama"}),
}


@pytest.mark.parametrize(("listing", "there", "absent"), LISTINGS.values(), ids=LISTINGS)
def test_an_archive_in_quarantine_shows_the_names_it_gives_itself(
    ops: Browser, filled: Bench, held: str, listing: object, there: set[str], absent: set[str]
) -> None:
    hold(filled, held, listing)
    page = ops.get(f"/karantina/{held}").text
    page = page[page.index("<h1>") :]
    assert {words for words in there if words not in page} == set()
    assert {words for words in absent if words in page} == set()


def test_a_page_shows_so_many_names_of_all_its_archives(
    ops: Browser, filled: Bench, held: str
) -> None:
    hold(filled, held, *[listed(["nama"] * 200, 3)] * 6)
    page = ops.get(f"/karantina/{held}").text
    assert page.count("<bdi>nama<") == 1000
    assert (page.count("dan 3 lagi"), page.count("dan 203 lagi")) == (5, 1)


def test_a_document_made_to_attack_shows_its_parts(ops: Browser, filled: Bench, held: str) -> None:
    hold(filled, held)
    parts = Listing(entries=(Listed(name="word/media/bom.png", size=7),))
    document = Document(name="naskah.docx", kind="docx", sha256="1" * 64, listing=parts)
    with filled.app.store.begin() as tx:
        found = select(Examination).join(Revision).join(Submission)
        row = tx.scalars(found.where(Submission.number == held)).one()
        before = thaw(row.judged)
        submission = structs.replace(before.submission, documents=(document,))
        row.judged = freeze(structs.replace(before, submission=submission))
    assert "word/media/bom.png" in ops.get(f"/karantina/{held}").text


def test_its_bytes_come_for_the_password_alone_and_are_an_event(
    ops: Browser, filled: Bench, held: str
) -> None:
    answer = ops.post(f"/karantina/{held}/unduh", {"sandi": "bukan ini kata sandi"})
    assert answer.status == 422
    assert events(filled.app, DOWNLOADED) == []
    answer = ops.post(f"/karantina/{held}/unduh", {"sandi": PASSWORD})
    assert (answer.status, answer.content) == (200, RAW)
    named = f'attachment; filename="karantina-{held}.bin"'
    assert answer.headers["content-disposition"] == named
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert len(events(filled.app, DOWNLOADED)) == 1


def test_what_is_not_in_quarantine_is_not_there(ops: Browser, filled: Bench) -> None:
    with filled.app.store.read() as tx:
        other = tx.scalars(select(Submission.number).where(Submission.state == "review")).first()
    for number in (other, "W-2026-9999", "x"):
        assert ops.get(f"/karantina/{number}").status == 404
        assert ops.post(f"/karantina/{number}/unduh", {"sandi": PASSWORD}).status == 404


def test_bytes_that_are_gone_are_said_to_be(ops: Browser, filled: Bench, held: str) -> None:
    app = filled.app
    with app.store.begin() as tx:
        mail = tx.scalars(select(Mail).where(Mail.blob == hashlib.sha256(RAW).hexdigest())).one()
        mail.blob = "0" * 64
    answer = ops.post(f"/karantina/{held}/unduh", {"sandi": PASSWORD})
    assert answer.status == 404
    assert "sudah dihapus" in answer.text


# ── programs ──────────────────────────────────────────────────────────────────────────────────────


def test_whether_it_lives_and_is_ready_is_told_to_anybody_without_a_name(
    base: str, filled: Bench
) -> None:
    stranger = Browser(base)
    assert (stranger.get("/healthz").status, stranger.get("/healthz").text) == (200, "ok\n")
    answer = stranger.get("/readyz")
    assert answer.status == 503  # nobody polls here
    assert set(answer.text.split()) <= {
        "folder_unpolled",
        "folder_late",
        "mailbox_fails",
        "disk_bytes",
    }
    assert "@" not in answer.text
    assert "W-2026" not in answer.text


def test_it_is_ready_once_the_inbox_was_looked_at(tmp_path: Path) -> None:
    with bench(tmp_path, MONDAY) as on, served(on.app) as base:
        stranger = Browser(base)
        with on.app.store.begin() as tx:
            for folder in on.app.config.mailbox[0].folders:
                begun = status.poll_started(tx, "warta", folder, MONDAY)
                status.poll_ended(tx, begun, MONDAY, new=0)
        assert (stranger.get("/readyz").status, stranger.get("/readyz").text) == (200, "ok\n")
        on.later(hours=3)
        assert stranger.get("/readyz").status == 503


# ── GET writes nothing ────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def reading(filled: Bench, ops: Browser, held: str) -> Iterator[Browser]:
    """The same desk on a store that takes no write, and a browser that was signed in before."""
    app = filled.app
    with open_reading(app.config, app.clock, app.environment) as closed, served(closed) as address:
        browser = Browser(address)
        browser.cookies = dict(ops.cookies)
        yield browser


@pytest.mark.parametrize("route", GETS, ids=name_route)
def test_a_page_is_answered_by_a_store_that_takes_no_write(
    reading: Browser, route: WebRoute
) -> None:
    answer = reading.get(path_of(route))
    assert answer.status < 500 or route.path == "/readyz"
    assert not answer.location.startswith("/masuk")


def test_the_pages_that_show_something_too(reading: Browser, filled: Bench, held: str) -> None:
    with filled.app.store.read() as tx:
        numbers = tx.scalars(select(Submission.number).where(Submission.state == "review")).all()
    for path in (
        f"/karantina/{held}",
        f"/kiriman/{numbers[0]}",
        "/antrean?tampilan=aktif",
        "/status",
    ):
        assert reading.get(path).status == 200


def test_a_form_on_such_a_store_is_told_to_wait(reading: Browser) -> None:
    answer = reading.post("/status/periksa-sekarang")
    assert answer.status == 503
