"""*Jadwal* and *Terbit* in the desk: from the same models as the generated pages, in the reader's zone
and language, in as many queries for 500 articles as for five."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import update

from desk.store.editors import accounts
from desk.store.publications.lists import Key
from desk.store.tables import Mail, Publication, Submission
from desk.web.editors.publishing.published import read_after, write_after
from redaksi import paths
from tests.contract.test_published_lists import FIRST, stand
from tests.contract.test_threads import queries
from tests.desk_web import Browser, add_account, served, signed_in
from tests.postoffice import MONDAY, Bench, bench

TITLE = re.compile(r'class="t" href="/kiriman/(W-2020-\d{5})"')
MONTH = f"{FIRST:%Y-%m}"


class Room:
    """A desk, an editor and a reader."""

    def __init__(self, desk: Bench, base: str) -> None:
        self.desk = desk
        self.nina = signed_in(base, "nina@example.org")
        self.budi = signed_in(base, "budi@example.org")

    def stand(self, count: int) -> None:
        with self.desk.app.store.begin() as tx:
            stand(tx, count)


@pytest.fixture
def room(tmp_path: Path, database: str) -> Iterator[Room]:
    with bench(tmp_path, MONDAY, database) as desk:
        add_account(desk.app, "nina@example.org")
        add_account(desk.app, "budi@example.org", "reader")
        with served(desk.app) as base:
            yield Room(desk, base)


def read(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status == 200, answer.text
    return answer.text


def walk(browser: Browser, path: str) -> list[list[str]]:
    """The numbers of each page, as its links lead on."""
    pages: list[list[str]] = []
    while path:
        text = read(browser, path)
        pages.append(TITLE.findall(text))
        on = re.search(r'href="([^"]+)" rel="next"', text)
        path = on[1].replace("&amp;", "&") if on else ""
    return pages


def join(pages: list[list[str]]) -> list[str]:
    return list(chain.from_iterable(pages))


def test_what_stands_is_listed_the_newest_first_fifty_a_page(room: Room) -> None:
    room.stand(120)
    pages = walk(room.budi, "/terbit")
    assert [len(page) for page in pages] == [50, 50, 20]
    assert join(pages) == [f"W-2020-{at:05}" for at in reversed(range(120))]


def test_a_province_and_a_month_narrow_it_and_its_next_pages(room: Room) -> None:
    room.stand(120)
    here = walk(room.budi, f"/terbit?provinsi=Kalimantan+Barat&bulan={MONTH}")
    assert [len(page) for page in here] == [50, 50, 8]
    assert len(join(walk(room.budi, "/terbit?provinsi=tanpa"))) == 12
    nothing = read(room.budi, "/terbit?bulan=2019-01")
    assert "Tidak ada yang tayang menurut saringan ini." in nothing


def test_what_has_no_date_comes_last_and_is_paged_too(room: Room) -> None:
    room.stand(70)
    with room.desk.app.store.begin() as tx:
        tx.execute(update(Publication).where(Publication.id <= 65).values(first_standing_at=None))
    pages = walk(room.budi, "/terbit")
    assert [len(page) for page in pages] == [50, 20]
    assert len(set(join(pages))) == 70


@pytest.mark.parametrize(
    "query",
    [
        "provinsi=Atlantis", "bulan=2026-13", "bulan=26-1", "bulan=2026", "setelah=x",
        "setelah=tanpa.", "setelah=1.2.3", "setelah=tanpa.9999999999",
    ],
)  # fmt: skip
def test_what_no_page_links_to_is_none(room: Room, query: str) -> None:
    assert room.budi.get(f"/terbit?{query}").status == 404


@pytest.mark.parametrize("at", [FIRST, None])
def test_where_a_page_begins_is_read_as_it_was_written(at: object) -> None:
    key = Key(at=FIRST if at else None, id=17)
    assert read_after(write_after(key)) == key


def test_who_may_change_what_stands_is_led_to_where(room: Room) -> None:
    room.stand(1)
    assert "Turunkan" in read(room.nina, "/terbit")
    assert "Turunkan" not in read(room.budi, "/terbit")


def test_a_month_shows_what_stands_on_its_day_and_how(room: Room) -> None:
    room.stand(2)
    text = read(room.budi, f"/jadwal?bulan={MONTH}")
    assert 'href="/kiriman/W-2020-00001"' in text
    assert 'class="ev standing"' in text
    assert ">tayang</span>" in text
    assert "/kiriman/W-2020-00001" not in read(room.budi, "/jadwal?bulan=2019-12")


def test_a_day_shows_six_and_counts_the_rest(room: Room) -> None:
    room.stand(9)
    assert "+3 lagi" in read(room.budi, f"/jadwal?bulan={MONTH}")


def test_this_month_is_the_default_and_its_neighbours_are_linked(room: Room) -> None:
    text = read(room.budi, "/jadwal")
    assert "Tidak ada yang dijadwalkan" in text
    links = re.findall(r'href="/jadwal\?bulan=([\d-]+)"', text)
    before, after = links
    assert before < f"{MONDAY:%Y-%m}" < after
    assert "2199-12" in read(room.budi, "/jadwal?bulan=2199-11")
    assert 'rel="next"' not in read(room.budi, "/jadwal?bulan=2199-12")


@pytest.mark.parametrize("month", ["2026-13", "1999-12", "2200-01", "2026-1", "x", "٢٠٢٦-٠١"])
def test_a_month_that_is_none_is_no_page(room: Room, month: str) -> None:
    assert room.budi.get(f"/jadwal?bulan={month.encode().decode('latin-1')}").status == 404


def test_a_day_is_one_of_the_readers_zone(room: Room) -> None:
    """22.30 in Jakarta is the next day in Jayapura."""
    late = FIRST.replace(month=3, day=31, hour=15, minute=30)
    with room.desk.app.store.begin() as tx:
        stand(tx, 1)
        tx.execute(update(Publication).values(first_standing_at=late))
        found = accounts.by_login(tx, "budi@example.org")
        assert found is not None
        accounts.change(tx, msgspec.structs.replace(found[0], zone="Asia/Jayapura", language="en"))
    year = late.year
    assert "W-2020-00000" in read(room.nina, f"/jadwal?bulan={year}-03")
    moved = read(room.budi, f"/jadwal?bulan={year}-04")
    assert "W-2020-00000" in moved and "WIT" in moved and "00:30" in moved
    assert "W-2020-00000" not in read(room.budi, f"/jadwal?bulan={year}-03")


def test_a_headline_is_text(room: Room) -> None:
    with room.desk.app.store.begin() as tx:
        stand(tx, 1)
        tx.execute(update(Submission).values(title="<script>alert(1)</script>", province="<b>"))
        tx.execute(update(Publication).values(url="javascript:alert(1)"))
    for path in ("/terbit", f"/jadwal?bulan={MONTH}"):
        text = read(room.nina, path)
        assert "<script>alert" not in text and "<b>" not in text.replace("<b>Nina</b>", "").replace(
            "<b>Budi</b>", ""
        )
        assert "javascript:" not in text


@pytest.mark.parametrize("path", ["/terbit", f"/jadwal?bulan={MONTH}"])
def test_a_page_asks_as_much_however_much_stands(room: Room, path: str) -> None:
    asked = []
    for count in (5, 500):
        with room.desk.app.store.begin() as tx:
            tx.query(Publication).delete()
            tx.query(Submission).delete()
            if count == 500:
                tx.query(Mail).delete()
            stand(tx, count)
        with queries(room.desk.app.store) as seen:
            read(room.budi, path)
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 12


def test_no_rule_of_the_desk_reaches_the_days_of_the_calendar() -> None:
    """The generated queue's rules for them are scoped; a bare class of the desk's hid weekends."""
    bare = re.findall(
        r"(?:^|[},])\s*\.(off|out|emp|ev|hol|d|k)\s*[,{]",
        (paths.templates() / "assets/desk.css").read_text(),
    )
    assert bare == []
