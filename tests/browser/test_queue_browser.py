"""The queue in a real browser: no sideways scrolling on a telephone, styles and pictures load
under its policy."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from desk.demo.makers import photo
from desk.demo.pages import serving
from desk.domain.publications import PublicationState
from desk.store.publications.lists import Planned
from publisher.site.pages import Badge, Frame, Line, Passed
from publisher.site.publication import PublishedRow
from tests.unit.queue.queue_pages import NOW, SHA, entry, page, publish

PHONE = 390  # CSS pixels
SHOWN = (
    "index.html",
    "menunggu.html",
    "terjadwal.html",
    "aktif.html",
    "jadwal.html",
    "jadwal-2026-12.html",
    "terbit.html",
    "terbit-2026-11.html",
    "terbit-tanpa-tautan.html",
    "arsip.html",
    "arsip-2026-11.html",
    "surel.html",
    "W-2026-0143/index.html",
)
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)
# The pages carry no script; this page beside them measures them from outside, each in a frame as
# wide as a telephone.
HARNESS = """<!doctype html><title>measures</title>
{frames}<pre id="out"></pre>
<script>
addEventListener('load', () => {{
  const seen = [...document.querySelectorAll('iframe')].map(frame => {{
    const inner = frame.contentDocument, logo = inner.querySelector('.logo b');
    return {{
      page: frame.getAttribute('src'),
      wide: inner.documentElement.scrollWidth,
      styled: logo ? frame.contentWindow.getComputedStyle(logo).display : '',
      pictures: [...inner.images].map(image => image.naturalWidth),
    }};
  }});
  document.getElementById('out').textContent = JSON.stringify(seen);
}});
</script>"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """What the browser measured, by page. One page is too wide on purpose."""
    folder = tmp_path_factory.mktemp("site")
    _publish(folder)
    (folder / "wide.html").write_text('<!doctype html><div style="width:800px">too wide</div>')
    frames = "".join(
        f'<iframe src="{name}" width="{PHONE}" height="800" style="border:0"></iframe>\n'
        for name in (*SHOWN, "wide.html")
    )
    (folder / "measure.html").write_text(HARNESS.format(frames=frames))
    with serving(folder) as address:
        told = _dump(f"{address}measure.html")
    yield {one["page"]: one for one in told}


def _publish(folder: Path) -> None:
    blobs = folder.parent / f"{folder.name}-blobs"
    (blobs / SHA[:2]).mkdir(parents=True)
    for name in (SHA, f"{SHA}.jpg"):
        (blobs / SHA[:2] / name).write_bytes(photo(480, 360, 1))
    long = "Pembangunanjalanlingkungan" * 12  # a word no line can hold
    badges = tuple(
        Badge(text=text, tone="warn") for text in ("3 temuan", "12 foto", "Percobaan 3", long[:60])
    )
    one = entry(
        title=long,
        contributor=long,
        place=long[:40],
        badges=badges,
        summary=(long, long),
        reason=long,
    )
    rows = [
        one,
        entry(number="W-2026-0144", tab="waiting", group="revising"),
        entry(number="W-2026-0145", tab="archive", title=long),
        entry(number="W-2026-0146", tab="archive", places=(("published", NOW),)),
    ]
    lines = (
        Line(
            number=10,
            role="body",
            spans=((long, "wrong"), (long, "hidden")),
            told=((1, long),),
            wide=True,
        ),
    )
    full = page(
        one,
        address=f"{long}@kontributor.example",
        mail_subject=long,
        lines=lines,
        byline=long,
        loose=(long,),
    )
    passed = [Passed(received=NOW, sender=long, subject=long, outcome="bukan kiriman", reason=long)]
    frame = Frame(
        language="id",
        zone="Asia/Jakarta",
        now=NOW,
        polled=NOW,
        blobs=blobs,
        trouble=long,
    )
    publish(
        folder,
        frame,
        rows,
        passed,
        lambda number: full if number == one.number else page(entry(number=number)),
        stands={146: _standing(long)},
        planned=[_planned(long, state) for state in ("planned", "asking", "failed")],
    )


def _standing(long: str) -> PublishedRow:
    return PublishedRow(
        number="W-2026-0146",
        headline=long,
        place=long[:40],
        category=long[:60],
        url=f"https://warta.example/{long}",
        since=NOW,
        badge=Badge(text=long[:60]),
    )


def _planned(long: str, state: PublicationState) -> Planned:
    return Planned(at=NOW, number="W-2026-0143", headline=long, state=state, code="rejected")


def _dump(address: str) -> list[dict[str, Any]]:
    browser = next(
        (found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None
    )
    if browser is None:
        pytest.skip("needs chromium")
    with tempfile.TemporaryDirectory() as profile:
        ran = subprocess.run(
            [browser, *QUIET, f"--user-data-dir={profile}", "--dump-dom", address],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    written = re.search(r'<pre id="out">(.*?)</pre>', ran.stdout, re.DOTALL)
    assert written
    assert written[1], ran.stderr
    measures: list[dict[str, Any]] = json.loads(unescape(written[1]))
    return measures


def test_the_measure_sees_a_page_that_is_too_wide(measured: dict[str, dict[str, Any]]) -> None:
    assert measured["wide.html"]["wide"] > PHONE


@pytest.mark.parametrize("name", SHOWN)
def test_no_page_scrolls_sideways_on_a_telephone(
    measured: dict[str, dict[str, Any]], name: str
) -> None:
    assert measured[name]["wide"] <= PHONE


@pytest.mark.parametrize("name", SHOWN)
def test_the_policy_lets_our_stylesheet_in(measured: dict[str, dict[str, Any]], name: str) -> None:
    assert measured[name]["styled"] == "grid"


def test_thumbnails_load(measured: dict[str, dict[str, Any]]) -> None:
    for name in ("index.html", "W-2026-0143/index.html"):
        assert measured[name]["pictures"]
        assert all(width > 0 for width in measured[name]["pictures"])
