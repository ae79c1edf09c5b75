"""*Jadwal* and *Terbit* follow what happens: written by the generated queue from the real store."""

from datetime import timedelta
from pathlib import Path

import pytest

from desk.presentation.queue_site import publish_queue
from desk.store import events
from desk.store.tables import Publication
from publisher.targets.target import Refused
from tests.contract.test_ask_again import Desk, opened
from tests.contract.test_published_lists import FIRST, stand
from tests.contract.test_threads import queries
from tests.ready_desk import NUMBER, decide, desk, schedule, tick
from tests.sites import Site, tools_of

__all__ = ["desk"]
TITLE = f'href="{NUMBER}/index.html"'


@pytest.fixture
def site() -> Site:
    return Site()


def read(office: Desk, name: str) -> str:
    """A page as it stands after the next writing."""
    publish_queue(office.app)
    page = office.app.config.queue_folder / name
    return page.read_text() if page.exists() else ""


def month_of(office: Desk, minutes: float = 0) -> str:
    at = office.now + timedelta(minutes=minutes)
    return f"{at.astimezone(office.app.config.zone):%Y-%m}"


def test_what_is_planned_stands_on_its_day(desk: Desk) -> None:
    assert "menunggu jam tayang" not in read(desk, "jadwal.html")
    schedule(desk)
    assert month_of(desk, 60) == month_of(desk)
    found = read(desk, "jadwal.html")
    assert TITLE in found
    assert "menunggu jam tayang" in found
    assert TITLE not in read(desk, "terbit.html")


def test_what_stands_is_in_both_and_no_more_once_it_is_down(desk: Desk, site: Site) -> None:
    schedule(desk)
    tick(desk, tools_of(site), 61)
    found = read(desk, "jadwal.html")
    assert 'class="ev standing"' in found
    for name in ("terbit.html", f"terbit-{month_of(desk)}.html"):
        found = read(desk, name)
        assert TITLE in found
        assert f'href="https://situs.example/{NUMBER}"' in found
    decide(desk, "take_down", reason="Diminta penulisnya.")
    tick(desk, tools_of(site), 1)
    assert TITLE not in read(desk, "terbit.html")
    assert TITLE not in read(desk, f"terbit-{month_of(desk)}.html")
    assert TITLE not in read(desk, "jadwal.html")


def test_what_fails_is_said_on_its_day(desk: Desk) -> None:
    site = Site(answers=[Refused(code="login_refused")])
    schedule(desk)
    tick(desk, tools_of(site), 61)
    assert "gagal tayang" in read(desk, "jadwal.html")


def test_what_was_published_before_there_were_targets_is_without_a_link(desk: Desk) -> None:
    schedule(desk)
    tick(desk, tools_of(Site()), 61)
    with desk.app.store.begin() as tx:
        row = tx.query(Publication).one()
        row.first_standing_at, row.standing_edition_id = None, None
        row.url, row.error_code = "", "before_targets"
    publish_queue(desk.app, force=True)
    assert TITLE not in read(desk, "terbit.html")
    assert "terbit-tanpa-tautan.html" in read(desk, "terbit.html")
    (page,) = desk.app.config.queue_folder.glob("terbit-tanpa-tautan-*.html")
    assert TITLE in page.read_text()
    assert "Tanpa tautan" in page.read_text()


def count_queries(home: Path, articles: int) -> int:
    """How many a writing asks after one of so many articles of this month changed."""
    home.mkdir()
    (asked,) = [_count(office, articles) for office in opened(home, settle=0)]
    return asked


def _count(office: Desk, articles: int) -> int:
    office.now = FIRST + timedelta(days=25)
    with office.app.store.begin() as tx:
        stand(tx, articles)
    publish_queue(office.app, force=True)
    with office.app.store.begin() as tx:
        happened = events.Happened(submission_id=1, what="seen", actor="editor", at=FIRST)
        events.record(tx, happened)
    with queries(office.app.store) as seen:
        publish_queue(office.app)
    assert any("publish_at >=" in str(one) for one in seen)
    return len(seen)


def test_a_change_asks_as_much_however_much_is_published(tmp_path: Path) -> None:
    assert count_queries(tmp_path / "few", 20) == count_queries(tmp_path / "many", 200)
