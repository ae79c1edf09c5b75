"""What was deleted is shown honestly, everywhere: no page breaks, none offers what is no longer there,
and nothing is done with it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from sqlalchemy import select, update

from desk.app import App
from desk.presentation import queue_site
from desk.store.retention.empty import empty_submission
from desk.store.search.index import rebuild
from desk.store.tables import Outbox, Submission
from desk.web.editors.routes import ROUTES
from redaksi.states import FINAL
from tests.contract.conftest import NOW
from tests.desk_web import Browser, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import bench

STATES = sorted(FINAL)
OF_ONE = [route for route in ROUTES if "{number}" in route.path or "{letter}" in route.path]


class Room(Struct):
    """Somebody who may see everything; the numbers of what was deleted, a state each."""

    app: App
    chief: Browser
    numbers: list[str]
    letters: list[str]


@pytest.fixture
def room(database: str, tmp_path: Path) -> Iterator[Room]:
    with bench(tmp_path, NOW, database) as on:
        fill(on.app.store, 40, NOW)
        add_account(on.app, "nina@example.org", "chief")
        with on.app.store.begin() as tx:
            for at, state in enumerate(STATES, 1):
                tx.execute(update(Submission).where(Submission.id == at).values(state=state))
                empty_submission(tx, at, NOW, "clock")
            rebuild(tx)
            gone = Submission.emptied_at.is_not(None)
            numbers = list(tx.scalars(select(Submission.number).where(gone)))
            about = select(Submission.id).where(gone)
            letters = [
                str(i) for i in tx.scalars(select(Outbox.id).where(Outbox.submission_id.in_(about)))
            ]
        with served(on.app) as base:
            yield Room(on.app, signed_in(base, "nina@example.org"), numbers, letters)


def _paths(room: Room, path: str) -> Iterator[str]:
    for number in room.numbers:
        for letter in room.letters[:1] if "{letter}" in path else [""]:
            filled = path.replace("{number}", number).replace("{letter}", letter)
            yield re.sub(r"\{\w+\}", "1", filled)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_breaks(room: Room, method: str) -> None:
    broken = {}
    for route in OF_ONE:
        if route.method != method:
            continue
        for path in _paths(room, route.path):
            form = {"revisi": "1", "versi": "9"}
            answer = room.chief.get(path) if method == "GET" else room.chief.post(path, form)
            if answer.status >= 500:
                broken[path] = answer.status
    assert broken == {}


def test_lists_and_pages_are_written(room: Room) -> None:
    for path in (
        "/antrean",
        "/arsip",
        "/cari?q=warga",
        "/terbit",
        "/surat",
        "/surel",
        "/jadwal",
        "/status",
    ):
        assert room.chief.get(path).status == 200, path
    assert queue_site.publish_queue(room.app)


def test_its_page_says_so(room: Room) -> None:
    """What is no submission has no page of its own."""
    said = "dihapus pada Senin, 23 November 2026"
    shown = {}
    for state, number in zip(STATES, room.numbers, strict=True):
        answer = room.chief.get(f"/kiriman/{number}")
        shown[state] = said in answer.text if answer.status == 200 else None
    assert shown == {state: None if state == "not_a_submission" else True for state in STATES}


def test_it_can_only_be_taken_down(room: Room) -> None:
    offered = {
        state: set(
            re.findall(
                r'name="keputusan" value="([a-z-]+)"', room.chief.get(f"/kiriman/{number}").text
            )
        )
        for state, number in zip(STATES, room.numbers, strict=True)
    }
    assert offered == {state: {"turunkan"} if state == "published" else set() for state in STATES}
