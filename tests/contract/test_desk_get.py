"""GET writes nothing: every page of the desk, walked from its routes, is asked of a store that takes no
write, on both databases. A new one is walked by itself; one that is never shown fails."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct, structs
from sqlalchemy import event, select, update

from desk.app import App
from desk.inbound.take_in import Taken, take_in
from desk.store.editors import claims
from desk.store.engine import open_to_read
from desk.store.tables import Outbox, Submission
from desk.web.editors.routes import ROUTES
from desk.web.visit import WebRoute
from redaksi.states import State
from tests.contract.conftest import NOW
from tests.desk_web import Browser, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import bench

GETS = [route for route in ROUTES if route.method == "GET"]
SHOWN: tuple[State, ...] = ("review", "scheduled", "published", "quarantined", "not_a_submission")
# what is given only where a file, an edition or a style sheet of that name is there
FILES = ("/aset/", "/media/", "/berkas/", "/kecil/", "/layar/", "/foto.zip")
UNPOLLED = "/readyz"  # what stands here was never polled, and it says so
# may come first in a statement that only reads
READS = ("SELECT", "WITH", "BEGIN", "PRAGMA", "SET", "SHOW", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Room(Struct):
    """Somebody who may see everything; which words of a path there are; what was executed."""

    app: App
    chief: Browser
    words: dict[str, list[str]]
    executed: list[str]


@pytest.fixture
def room(database: str, tmp_path: Path) -> Iterator[Room]:
    with bench(tmp_path, NOW, database) as on:
        words = _fill(on.app)
        with served(on.app) as base:
            cookies = signed_in(base, "nina@example.org").cookies
        shut = structs.replace(on.app, store=open_to_read(database))
        executed: list[str] = []
        event.listen(
            shut.store.engine, "before_cursor_execute", lambda *args: executed.append(args[2])
        )
        with served(shut) as base:
            chief = Browser(base)
            chief.cookies.update(cookies)
            yield Room(shut, chief, words, executed)
        shut.store.close()


def _fill(app: App) -> dict[str, list[str]]:
    """A submission in each of some states, a letter that waits, a mail that was taken in, a claim."""
    fill(app.store, 40, NOW)
    nina = add_account(app, "nina@example.org", "chief")
    taken = take_in(app, Taken(form="a" * 32, channel="whatsapp", text="Halo"))
    with app.store.begin() as tx:
        for at, state in enumerate(SHOWN, 1):
            tx.execute(update(Submission).where(Submission.id == at).values(state=state))
        letter = tx.scalars(select(Outbox.id).where(Outbox.submission_id.is_not(None))).first()
        tx.execute(update(Outbox).where(Outbox.id == letter).values(state="draft"))
        claims.claim(tx, 1, nina.id, app.clock())
        numbers = tx.scalars(select(Submission.number).where(Submission.id <= len(SHOWN)))
        return {
            "number": [*numbers],
            "letter": [str(letter)],
            "id": [str(taken.mail_id)],
            "revision": ["1"],
            "name": ["desk.css", "naskah.docx", "surel-1.eml"],
            "stem": ["foto-1"],
            "edition": ["W-2026-0001-1"],
            "digest": ["x"],
            "n": ["1"],
        }


def list_paths(route: WebRoute, words: dict[str, list[str]]) -> Iterator[str]:
    """The route with every word of its path."""
    names = re.findall(r"{(\w+)}", route.path)
    for values in itertools.product(*(words[name] for name in names)):
        yield route.path.format(**dict(zip(names, values, strict=True)))


def list_files(home: Path) -> set[Path]:
    """Every file but the database's own."""
    return {path for path in home.rglob("*") if not path.name.startswith("redaksi.db")}


def test_every_page_is_shown_by_a_store_that_takes_no_write(room: Room) -> None:
    before, home = list_files(room.app.config.home), room.app.config.home
    shown: set[str] = set()
    stranger = Browser(room.chief.base)
    for route in GETS:
        browser = stranger if route.path == "/masuk" else room.chief
        for path in list_paths(route, room.words):
            answer = browser.get(path)
            expected = (503,) if route.path == UNPOLLED else (200, 303, 403, 404)
            assert answer.status in expected, (path, answer.text)
            if answer.status in (200, 503):
                shown.add(route.path)
    leads_on = {"/"}
    given = {route.path for route in GETS if any(part in route.path for part in FILES)}
    assert {route.path for route in GETS} - given - leads_on <= shown
    writes = [each for each in room.executed if not each.lstrip().upper().startswith(READS)]
    assert room.executed and writes == []
    assert list_files(home) == before


def test_lists_that_are_narrowed_write_nothing_either(room: Room) -> None:
    number = room.words["number"][0]
    for path in (
        "/antrean?tampilan=saya&provinsi=tanpa&temuan=tanpa&urut=terbaru",
        "/antrean?tampilan=terjadwal",
        "/arsip?bulan=2026-11",
        "/cari?q=warga",
        "/jadwal?bulan=2026-11",
        "/terbit?provinsi=Bali",
        f"/kiriman/{number}/banding?dari=1&ke=1",
        f"/pulse?kiriman={number}",
    ):
        assert room.chief.get(path).status == 200, path
    assert all(each.lstrip().upper().startswith(READS) for each in room.executed)


def test_a_write_is_seen(room: Room) -> None:
    """The measure itself: it must be able to fail."""
    answer = room.chief.post(f"/kiriman/{room.words['number'][0]}/ambil")
    has_written = not all(each.lstrip().upper().startswith(READS) for each in room.executed)
    assert has_written or answer.status == 503  # SQLite refuses the transaction
