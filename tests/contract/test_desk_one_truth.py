"""One truth: after any history the generated pages, the desk's lists and the counts say the same,
row for row: numbers, badges, reasons."""

import os
import random
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

from msgspec import Struct
from sqlalchemy import func, select, update

from desk.presentation.queue_site import publish_queue
from desk.store.submissions.queue_filter import counts
from desk.store.tables import Submission
from tests.contract.conftest import NOW
from tests.contract.test_attention import happen
from tests.desk_web import Browser, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import Bench, bench

HISTORIES = 200 if os.environ.get("REDAKSI_DRILL") else 20
STEPS = 5
VIEWS = {
    "action": ("index.html", "tindakan"),
    "waiting": ("menunggu.html", "menunggu"),
    "scheduled": ("terjadwal.html", "terjadwal"),
    "active": ("aktif.html", "aktif"),
}
ROW = re.compile(r"<li>\s*(?:<input[^>]*>\s*)?<(?:img|span) class=\"th.*?</li>", re.DOTALL)
NEXT = re.compile(r'<a href="([^"]+)" rel="next">')


class Shown(Struct, frozen=True):
    """What a list says of a submission."""

    number: str
    badges: tuple[str, ...]
    reasons: tuple[str, ...]


def read_rows(html: str) -> list[Shown]:
    return [
        Shown(
            number=re.findall(r'<span class="num">([WM]-[\w-]+)</span>', row)[0],
            badges=tuple(re.findall(r'<span class="b[^"]*">.*?</span>', row)),
            reasons=tuple(re.findall(r'<p class="why">(.*?)</p>', row)),
        )
        for row in ROW.findall(html)
    ]


def walk_site(folder: Path, name: str) -> list[Shown]:
    found: list[Shown] = []
    while name:
        html = (folder / name).read_text()
        found += read_rows(html)
        turned = NEXT.search(html)
        name = turned[1] if turned else ""
    return found


def walk_desk(browser: Browser, path: str) -> list[Shown]:
    found: list[Shown] = []
    while path:
        page = browser.get(path)
        assert page.status == 200
        found += read_rows(page.text)
        turned = NEXT.search(page.text)
        path = unescape(turned[1]) if turned else ""
    return found


def live(on: Bench, seed: int) -> None:
    """Give every submission a history of its own."""
    chance = random.Random(seed)
    with on.app.store.read() as tx:
        ids = list(tx.scalars(select(Submission.id).order_by(Submission.id)))
    for submission_id in ids:
        with on.app.store.begin() as tx:
            for minute in range(chance.randint(0, STEPS)):
                at = NOW + timedelta(minutes=minute)
                happen(tx, submission_id, chance.randint(0, 200), chance.random() < 0.5, at)
    when = NOW + timedelta(days=3)
    is_open = Submission.state == "scheduled", Submission.publish_at.is_(None)
    with on.app.store.begin() as tx:  # whoever schedules gives a day
        tx.execute(update(Submission).where(*is_open).values(publish_at=when))


def test_pages_lists_and_counts_say_the_same_after_any_history(
    database: str, tmp_path: Path
) -> None:
    with bench(tmp_path, NOW, database) as on:
        fill(on.app.store, HISTORIES, NOW)
        live(on, seed=14)
        publish_queue(on.app, force=True)
        add_account(on.app, "nina@example.org")
        with served(on.app) as base:
            browser = signed_in(base, "nina@example.org")
            with on.app.store.read() as tx:
                counted = counts(tx)
                states = tx.scalar(select(func.count(Submission.state.distinct())))
            assert states is not None and states > 3
            held = 0
            for view, (name, word) in VIEWS.items():
                site = walk_site(on.app.config.queue_folder, name)
                desk = walk_desk(browser, f"/antrean?tampilan={word}")
                assert desk == site, view
                assert len(desk) == getattr(counted, view), view
                held += bool(site)
            assert held >= 2
            archived = walk_archive(browser)
            assert sorted(archived, key=str) == sorted(walk_months(on), key=str)


def walk_archive(browser: Browser) -> list[Shown]:
    """Every month, from the newest."""
    found, path = [], "/arsip"
    while path:
        found += walk_desk(browser, path)
        older = re.search(r'<a href="(/arsip\?bulan=[\d-]+)">‹', browser.get(path).text)
        path = older[1] if older else ""
    return found


def walk_months(on: Bench) -> list[Shown]:
    folder = on.app.config.queue_folder
    names = re.findall(r'href="(arsip-[^"]+)"', (folder / "arsip.html").read_text())
    return [row for name in names for row in read_rows((folder / name).read_text())]
