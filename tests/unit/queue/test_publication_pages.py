"""The generated pages of publication: what stands, and the calendar."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from desk.store.publications.lists import Planned
from publisher.site.calendar_pages import AHEAD, BACK, months_shown
from publisher.site.pages import NAV, Badge, Entry, Frame
from publisher.site.publication import PublishedRow
from tests.unit.queue.queue_pages import NOW, entry, page, publish

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
LATE = datetime(2026, 11, 30, 18, tzinfo=UTC)  # 1 December, 01.00 at Jakarta


@pytest.fixture
def frame(tmp_path: Path) -> Frame:
    return Frame(language="id", zone="Asia/Jakarta", now=NOW, polled=NOW, blobs=tmp_path / "blobs")


def standing(number: int, at: datetime = NOW, **changes: object) -> tuple[Entry, PublishedRow]:
    """An article that stands since then: its entry, and its row of *Terbit*."""
    name = f"W-2026-{number:04}"
    one = entry(number=name, tab="archive", places=(("archive", at), ("published", at)))
    values: dict[str, object] = {
        "number": name, "headline": f"Warga {number}", "place": "Kalbar", "category": "Warta",
        "url": f"https://warta.example/{number}", "since": at, "badge": Badge(text="Tayang"),
    }  # fmt: skip
    return one, PublishedRow(**(values | changes))  # type: ignore[arg-type]


def scheduled(number: int, at: datetime) -> tuple[Entry, Planned]:
    name = f"W-2026-{number:04}"
    one = entry(number=name, tab="scheduled", places=(("scheduled", at), ("active", NOW)))
    return one, Planned(at=at, number=name, headline=f"Warga {number}", state="planned")


def write(
    folder: Path, frame: Frame, *rows: tuple[Entry, PublishedRow | Planned], whole: bool = True
) -> None:
    stands = {int(one.number[-4:]): row for one, row in rows if isinstance(row, PublishedRow)}
    planned = [row for _, row in rows if isinstance(row, Planned)]
    entries = [one for one, _ in rows]
    publish(
        folder,
        frame,
        entries,
        [],
        lambda number: page(entry(number=number)),
        whole=whole,
        stands=stands,
        planned=planned,
    )


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text()


def test_every_page_leads_to_both(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame, standing(1), scheduled(2, LATE))
    for name in ("index.html", "surel.html", "jadwal.html", "terbit.html", "terbit-2026-11.html"):
        found = read(tmp_path, name)
        assert all(f'href="{file}"' in found for file in NAV.values())
        assert found.count("aria-current") == 1
    assert 'href="../terbit.html"' in read(tmp_path, "W-2026-0001/index.html")


def test_what_stands_is_shown_newest_first_with_its_link(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame, standing(1, url=""), standing(2, NOW + timedelta(hours=1)))
    found = read(tmp_path, "terbit-2026-11.html")
    assert found.index("Warga 2") < found.index("Warga 1")
    assert 'href="https://warta.example/2" rel="noopener noreferrer"' in found
    assert "Tanpa tautan" in found
    assert 'href="W-2026-0001/index.html"' in found


def test_a_month_is_the_redaksi_s(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame, standing(1, LATE))
    assert (tmp_path / "terbit-2026-12.html").exists()
    assert not (tmp_path / "terbit-2026-11.html").exists()


def test_what_nobody_knows_the_date_of_has_pages_of_its_own(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame, standing(1))
    assert "terbit-tanpa-tautan.html" not in read(tmp_path, "terbit.html")
    one, row = standing(2, since=None, url="")
    one = structs.replace(one, places=(("archive", NOW), ("unlinked", NOW)))
    write(tmp_path, frame, standing(1), (one, row))
    assert 'href="terbit-tanpa-tautan.html">Terbit tanpa tautan' in read(tmp_path, "terbit.html")
    assert "terbit-tanpa-tautan-2026-11.html" in read(tmp_path, "terbit-tanpa-tautan.html")
    assert "Warga 2" in read(tmp_path, "terbit-tanpa-tautan-2026-11.html")


def test_words_of_a_mail_stay_words(tmp_path: Path, frame: Frame) -> None:
    evil: dict[str, Any] = {"headline": EVIL, "place": EVIL, "category": EVIL}
    one, planned = scheduled(2, NOW)
    write(tmp_path, frame, standing(1, **evil), (one, structs.replace(planned, headline=EVIL)))
    for name in ("terbit.html", "terbit-2026-11.html", "jadwal.html"):
        found = read(tmp_path, name)
        assert "<script" not in found
        assert "<img src=x" not in found
        assert "&lt;script&gt;" in found


def test_the_calendar_says_states_and_days_off_in_words(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame, scheduled(1, NOW))
    found = read(tmp_path, "jadwal.html")
    assert "menunggu jam tayang" in found
    assert found.count("libur") == 9  # weekends of November 2026
    assert "Senin, 23 November 2026" in found
    assert '<span class="num">14.00</span> Warga 1' in found


def test_six_a_day_are_shown_and_the_rest_is_counted(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame, *(scheduled(at, NOW + timedelta(minutes=at)) for at in range(1, 10)))
    found = read(tmp_path, "jadwal.html")
    assert found.count('class="ev planned"') == 6
    assert "+3 lagi" in found


def test_months_lead_to_their_neighbours_and_end(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame)
    shown = months_shown("2026-11")
    assert len(shown) == BACK + AHEAD + 1
    assert len(list(tmp_path.glob("jadwal*.html"))) == len(shown)
    assert 'href="jadwal-2026-12.html" rel="next"' in read(tmp_path, "jadwal.html")
    assert 'href="jadwal.html" rel="prev"' in read(tmp_path, "jadwal-2026-12.html")
    assert 'rel="next"' not in read(tmp_path, f"jadwal-{shown[-1]}.html")
    assert 'rel="prev"' not in read(tmp_path, f"jadwal-{shown[0]}.html")


def stamps(folder: Path) -> Mapping[str, int]:
    return {one.name: one.stat().st_ino for one in folder.glob("jadwal*.html")}


def test_only_a_month_that_changes_is_written_anew(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame, scheduled(1, NOW), standing(2))
    before = stamps(tmp_path)
    moved, planned = scheduled(1, LATE)
    write(tmp_path, frame, (structs.replace(moved, stamp="2"), planned), whole=False)
    changed = {name for name, stamp in stamps(tmp_path).items() if before[name] != stamp}
    assert changed == {"jadwal.html", "jadwal-2026-12.html"}
    assert "Warga 1" not in read(tmp_path, "jadwal.html")
    assert "Warga 1" in read(tmp_path, "jadwal-2026-12.html")


def test_what_stands_no_more_leaves_its_month(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame, standing(1), standing(2))
    gone = structs.replace(standing(1)[0], places=(("archive", NOW),), stamp="2")
    publish(tmp_path, frame, [gone], [], lambda _: page(gone), whole=False)
    assert "Warga 1" not in read(tmp_path, "terbit-2026-11.html")


def test_another_month_moves_the_calendar(tmp_path: Path, frame: Frame) -> None:
    write(tmp_path, frame, scheduled(1, LATE))
    later = structs.replace(frame, now=NOW + timedelta(days=30))
    write(tmp_path, later, scheduled(1, LATE), whole=False)
    assert "Desember 2026" in re.findall("<h1>(.*?)</h1>", read(tmp_path, "jadwal.html"))[0]
    assert "Warga 1" in read(tmp_path, "jadwal.html")
    names = {one.name for one in tmp_path.glob("jadwal-*.html")}
    assert "jadwal-2026-11.html" in names
    assert "jadwal-2026-12.html" not in names
    assert "jadwal-2026-05.html" not in names
