"""Lists of the desk: the queue's views, what they are narrowed by, taking, and what a page costs."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from msgspec import Struct
from sqlalchemy import select, update

from desk.presentation.pages.since import say_since
from desk.store.editors import claims
from desk.store.tables import Claim, Finding, Poll, Revision, Submission
from redaksi.model import Language
from redaksi.states import SETTLED_FOR_GOOD
from tests.contract.conftest import NOW
from tests.contract.test_threads import queries
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import Bench, bench

FILLED = 120
MIDNIGHT = datetime(2026, 9, 30, 16, 59, 59, tzinfo=UTC)  # one second before October in Jakarta
MOST_QUERIES, MOST_BYTES = 12, 60_000


class Office(Struct, frozen=True):
    """A desk with submissions, and somebody signed in."""

    on: Bench
    nina: Browser
    budi: Browser
    me: int
    other: int


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Office]:
    with bench(tmp_path, NOW, database) as on:
        fill(on.app.store, FILLED, NOW)
        nina = add_account(on.app, "nina@example.org", "editor", "Nina")
        budi = add_account(on.app, "budi@example.org", "editor", "Budi")
        add_account(on.app, "rini@example.org", "reader", "Rini")
        with served(on.app) as base:
            yield Office(
                on,
                signed_in(base, "nina@example.org"),
                signed_in(base, "budi@example.org"),
                nina.id,
                budi.id,
            )


def numbers(page: Page) -> list[str]:
    """Of the rows of a list, in its order."""
    assert page.status == 200, page.text
    return re.findall(r'<a class="t" href="/kiriman/([\w-]+)', page.text)


def walk(browser: Browser, path: str) -> list[str]:
    """Every row of a list, page by page."""
    found: list[str] = []
    while path:
        page = browser.get(path)
        found += numbers(page)
        turned = re.search(r'<a href="([^"]+)" rel="next">', page.text)
        path = unescape(turned[1]) if turned else ""
    return found


def change(office: Office, wanted: object, **values: object) -> None:
    with office.on.app.store.begin() as tx:
        tx.execute(update(Submission).where(wanted).values(**values))  # type: ignore[arg-type]


def called(office: Office) -> list[str]:
    """The numbers of what calls, by hand."""
    with office.on.app.store.read() as tx:
        found = select(Submission.number).where(Submission.attention_since.is_not(None))
        order = Submission.attention_since, Submission.id
        return list(tx.scalars(found.order_by(*order)))


def test_what_is_mine_begins_with_what_calls_and_turns_in_that_order(office: Office) -> None:
    active = walk(office.nina, "/antrean?tampilan=aktif")
    change(office, Submission.number.in_(active), editor_id=office.me)
    change(office, Submission.id % 2 == 0, updated_at=NOW)  # equal keys: the id decides
    with office.on.app.store.read() as tx:
        rows = tx.execute(
            select(Submission.number, Submission.attention_since, Submission.updated_at)
            .where(Submission.number.in_(active))
            .order_by(Submission.id)
        ).all()
    far = NOW + timedelta(days=9_999)
    by_hand = sorted(rows, key=lambda row: (row[1] is None, row[1] or far, row[2]))
    some = 5
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desk.store.submissions.queue_filter.PAGE", some)
        found = walk(office.nina, "/antrean?tampilan=saya")
    assert found == [row[0] for row in by_hand]
    assert walk(office.nina, "/antrean?tampilan=saya&urut=terbaru")[0] == found[-1]
    assert walk(office.budi, "/antrean?tampilan=saya") == []
    assert len(found) > 3 * some


def test_a_form_without_a_script_narrows_the_list(office: Office) -> None:
    rows = walk(office.nina, "/antrean?tampilan=aktif")
    there = rows[::3]
    change(office, Submission.number.in_(there), province="Kalimantan Barat")
    with office.on.app.store.read() as tx:
        code, number = tx.execute(
            select(Finding.code, Submission.number)
            .join(Revision, Revision.id == Finding.revision_id)
            .join(Submission, Submission.id == Revision.submission_id)
            .where(Submission.number.in_(rows), Revision.number == Submission.latest_revision)
        ).first() or ("", "")
    page = office.nina.get("/antrean?tampilan=aktif&provinsi=Kalimantan+Barat&temuan=&urut=terlama")
    assert numbers(page) == there
    assert "<option selected>Kalimantan Barat</option>" in page.text
    assert f"{len(there)} naskah" in page.text
    without = walk(office.nina, "/antrean?tampilan=aktif&provinsi=tanpa")
    assert without == [each for each in rows if each not in there]
    with_it = walk(office.nina, f"/antrean?tampilan=aktif&temuan={code}")
    clean = walk(office.nina, "/antrean?tampilan=aktif&temuan=tanpa")
    assert number in with_it and set(with_it).isdisjoint(clean) and len(with_it) < len(rows)
    assert walk(office.nina, "/antrean?tampilan=aktif&urut=terbaru") == rows[::-1]


def test_every_choice_and_state_is_offered_with_words(office: Office) -> None:
    page = office.nina.get("/antrean?tampilan=aktif")
    assert page.text.count("<option") == 2 + 38 + 2 + 22 + 2
    assert "F002 · Foto terlalu kecil" in page.text
    chips = re.findall(r'keadaan=(\w+)"[^>]*>[^<]+<b class="num">(\d+)</b>', page.text)
    assert sum(int(count) for _, count in chips) == len(
        walk(office.nina, "/antrean?tampilan=aktif")
    )
    for state, count in chips:
        assert len(walk(office.nina, f"/antrean?tampilan=aktif&keadaan={state}")) == int(count)


def test_nothing_left_by_a_filter_is_a_sentence_of_its_own(office: Office) -> None:
    page = office.nina.get("/antrean?provinsi=Bali")
    assert "Tidak ada naskah dengan saringan ini." in page.text


@pytest.mark.parametrize(
    "query",
    [
        "tampilan=arsip", "urut=acak", "keadaan=x", "setelah=1", "setelah=a.b", "setelah=1.2.3.4",
        "setelah=9999999999999999999.1", "setelah=1764500000000000.99999999999", "setelah=٣.1",
    ],
)  # fmt: skip
def test_what_no_page_of_ours_links_to_is_no_page(office: Office, query: str) -> None:
    assert office.nina.get(f"/antrean?{query}").status == 404


def test_taking_says_what_another_holds(office: Office) -> None:
    mine = called(office)[:6]
    taken = office.budi.post("/antrean/ambil", {"nomor": mine[0], "dari": "tampilan=aktif"})
    assert taken.location.startswith("/antrean?tampilan=aktif&")
    assert "1 diambil." in office.budi.get(taken.location).text
    answer = office.nina.post("/antrean/ambil", {"nomor": mine, "dari": ""})
    assert answer.status == 303
    shown = office.nina.get(answer.location).text
    assert f"5 diambil; {mine[0]} dipegang Budi." in shown
    assert shown.count("</span> Anda<") == 5  # as holder of a row
    assert walk(office.nina, "/antrean?tampilan=saya") == mine[1:]


def test_a_claim_that_lapsed_is_free(office: Office) -> None:
    number = called(office)[0]
    office.budi.post("/antrean/ambil", {"satu": number})
    office.on.now += claims.LASTS
    page = office.nina.get(office.nina.post("/antrean/ambil", {"satu": number}).location)
    assert "1 diambil." in page.text
    assert walk(office.budi, "/antrean?tampilan=saya") == []


def test_only_what_is_active_is_taken_and_fifty_at_once(office: Office) -> None:
    with office.on.app.store.read() as tx:
        every = list(tx.scalars(select(Submission.number).order_by(Submission.id)))
        settled = tx.scalar(select(Submission.number).where(Submission.state == "published"))
    for nonsense in ([], [str(settled)], ["W-9999-1", "'; --", "x" * 500]):
        answer = office.nina.post("/antrean/ambil", {"nomor": nonsense})
        assert "0 diambil." in office.nina.get(answer.location).text
    office.nina.post("/antrean/ambil", {"nomor": every})
    with office.on.app.store.read() as tx:
        held = list(tx.scalars(select(Claim.submission_id)))
    assert len(held) <= 50


def test_who_reads_is_offered_nothing_to_take(office: Office) -> None:
    rini = signed_in(office.nina.base, "rini@example.org")
    page = rini.get("/antrean")
    assert numbers(page)
    assert "checkbox" not in page.text and ">Ambil" not in page.text
    assert rini.post("/antrean/ambil", {"nomor": called(office)}).status == 403


def test_the_last_look_at_the_inbox_is_a_word_when_it_is_late(office: Office) -> None:
    assert "Kotak masuk belum diperiksa" in office.nina.get("/antrean").text
    with office.on.app.store.begin() as tx:
        ended = NOW - timedelta(minutes=1)
        tx.add(Poll(mailbox_id="warta", folder="INBOX", started_at=ended, ended_at=ended, ok=True))
    page = office.nina.get("/antrean").text
    assert "1 menit lalu" in page and "terlambat" not in page
    office.on.now += timedelta(minutes=5, seconds=1)  # three intervals of two minutes
    page = office.nina.get("/antrean").text
    assert "6 menit lalu" in page and "terlambat" in page and "dot off" in page


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [
        (-3, "baru", "new"), (0.5, "baru", "new"), (1, "1 mnt", "1 min"), (59.9, "59 mnt", "59 min"),
        (60, "1 jam", "1 h"), (24 * 60 - 1, "23 jam", "23 h"), (24 * 60, "1 hari", "1 day"),
        (3 * 24 * 60, "3 hari", "3 days"),
    ],
)  # fmt: skip
def test_how_long_one_waits(minutes: float, indonesian: str, english: str) -> None:
    then = NOW - timedelta(minutes=minutes)
    languages: tuple[tuple[Language, str], ...] = (("id", indonesian), ("en", english))
    for language, words in languages:
        assert say_since(then, NOW, language, "wait") == words


def test_a_page_costs_as_much_for_one_row_as_for_fifty(office: Office) -> None:
    one = called(office)[0]
    change(office, Submission.number == one, province="Bali")
    change(office, Submission.attention_since.is_(None), attention_since=NOW)
    counted = {}
    for path in ("/antrean?provinsi=Bali", "/antrean", "/antrean?temuan=tanpa&keadaan=published"):
        with queries(office.on.app.store) as seen:
            page = office.nina.get(path)
        counted[path] = len(seen)
        assert len(page.content) <= MOST_BYTES, path
    assert len(numbers(office.nina.get("/antrean"))) == 50
    assert len(set(counted.values())) == 1, counted
    assert max(counted.values()) <= MOST_QUERIES, seen  # what can be undone is one of them


def test_the_archive_is_turned_month_by_month(office: Office) -> None:
    with office.on.app.store.read() as tx:
        rows = tx.execute(
            select(Submission.number, Submission.received_at)
            .where(
                Submission.state.in_(sorted(SETTLED_FOR_GOOD)),
                Submission.attention_since.is_(None),
            )
            .order_by(Submission.received_at.desc(), Submission.id.desc())
        ).all()
    change(office, Submission.number.in_([row[0] for row in rows[70:]]), received_at=MIDNIGHT)
    newest = walk(office.nina, "/arsip")
    assert newest == walk(office.nina, "/arsip?bulan=2026-11") == [row[0] for row in rows[:70]]
    page = office.nina.get("/arsip")
    assert "November 2026" in page.text and "/arsip?bulan=2026-10" in page.text
    old = walk(office.nina, "/arsip?bulan=2026-09")  # September to its last moment in Jakarta
    assert sorted(old) == sorted(row[0] for row in rows[70:])
    assert walk(office.nina, "/arsip?bulan=2026-10") == []
    assert "/arsip?bulan=2026-09" in office.nina.get("/arsip?bulan=2026-10").text
    assert "/arsip?bulan=2026-09" in office.nina.get("/arsip?bulan=1999-01").text


def test_mails_that_are_no_submission_show_how_they_become_one(office: Office) -> None:
    for path in ("/surel", "/arsip"):
        assert office.nina.get(path).status == 200
    change(office, Submission.id <= 60, state="not_a_submission", number="M-" + Submission.number)
    seen = []
    path = "/surel"
    while path:
        page = office.nina.get(path)
        seen += re.findall(r'action="/kiriman/(M-[\w-]+)/pasangkan"', page.text)
        turned = re.search(r'<a href="([^"]+)" rel="next">', page.text)
        path = unescape(turned[1]) if turned else ""
    with office.on.app.store.read() as tx:
        hidden = select(Submission.number).where(Submission.state == "not_a_submission")
        order = Submission.received_at.desc(), Submission.id.desc()
        assert seen == list(tx.scalars(hidden.order_by(*order)))
    assert len(seen) == 60


@pytest.mark.parametrize("path", ["/arsip?bulan=2026-13", "/arsip?bulan=x", "/surel?setelah=x"])
def test_no_such_page_of_the_archive(office: Office, path: str) -> None:
    assert office.nina.get(path).status == 404


def test_pages_of_the_archive_cost_little(office: Office) -> None:
    for path in ("/arsip", "/surel"):
        with queries(office.on.app.store) as asked:
            assert office.nina.get(path).status == 200
        assert len(asked) <= MOST_QUERIES, path
