"""Somebody else writes for too long: what was sent to the desk is refused soon, and comes back as it
was typed; who has no such haste waits on."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import text

from desk.store import Store
from desk.web.server import PATIENCE, serve_desk
from tests.desk_office import NUMBER, REASON, read
from tests.desk_submissions import see, take_in
from tests.desk_web import Browser, add_account, patient, signed_in
from tests.postoffice import MONDAY, Bench, bench

SOON = 0.2  # seconds
BUSY = "Basis data sedang sibuk; yang Anda ketik masih ada."
DECLINES = {"keputusan": "tolak", "sebab": "Sudah <pernah> dimuat.", "surat": "tanpa"}


@pytest.fixture
def on(tmp_path: Path, database: str) -> Iterator[Bench]:
    """One submission, in review."""
    with bench(tmp_path, MONDAY, database) as ready:
        take_in(ready)
        yield ready


@pytest.fixture
def nina(on: Bench) -> Iterator[Browser]:
    """Signed in at a desk that waits SOON."""
    account = add_account(on.app, "nina@example.org")
    with patient(on.app, SOON) as base:
        yield signed_in(base, account.login)


@contextmanager
def writing(store: Store) -> Iterator[None]:
    """Another writer, at work on all the desk writes."""
    with store.begin() as tx:
        if store.engine.dialect.name == "postgresql":
            tx.execute(text("LOCK TABLE submission, decision_draft, claim IN EXCLUSIVE MODE"))
        yield


def test_a_decision_comes_back_as_it_was_typed(on: Bench, nina: Browser) -> None:
    fields = {**read(nina.get(f"/kiriman/{NUMBER}")).fields, **DECLINES}
    before = see(on)
    with writing(on.app.store):
        answer = nina.post(f"/kiriman/{NUMBER}/putuskan", fields)
    assert answer.status == 503
    assert f"{BUSY} Coba lagi." in answer.text
    again = read(answer).fields
    assert (again["keputusan"], again["surat"]) == (["tolak"], ["tanpa"])
    assert again["sebab"][-1].strip() == DECLINES["sebab"]
    assert see(on) == before
    assert nina.post(f"/kiriman/{NUMBER}/putuskan", again).status == 303


def test_any_other_form_comes_back_to_be_sent_again(on: Bench, nina: Browser) -> None:
    with writing(on.app.store):
        typed = {"catatan": "Yang <saya> ketik.", "seq": "1", "revisi": "1"}
        answer = nina.post(f"/kiriman/{NUMBER}/konsep", typed)
    assert answer.status == 503
    assert BUSY in answer.text
    assert f'action="/kiriman/{NUMBER}/konsep"' in answer.text
    assert 'value="Yang <saya> ketik."' in unescape(answer.text)
    assert nina.post(f"/kiriman/{NUMBER}/konsep", typed).status == 303


def test_pages_are_shown_meanwhile(on: Bench, nina: Browser) -> None:
    with writing(on.app.store):
        for path in ("/antrean", f"/kiriman/{NUMBER}", "/surat"):
            assert nina.get(path).status == 200


def test_a_password_stands_in_no_page(on: Bench, nina: Browser) -> None:
    fields = {"lama": "rahasia-satu", "baru": REASON, "ulang": REASON}
    with on.app.store.begin() as tx:
        if on.app.store.engine.dialect.name == "postgresql":
            tx.execute(text("LOCK TABLE account, session, sign_in_failure IN EXCLUSIVE MODE"))
        answer = nina.post("/akun/sandi", fields)
    assert answer.status == 503
    assert "rahasia-satu" not in answer.text and REASON not in answer.text
    assert BUSY not in answer.text  # for it is not so


def test_only_the_desk_has_no_patience(on: Bench) -> None:
    """One pool of connections for both: the haste of one is not the other's."""
    hasty, store = on.app.store.with_patience(SOON), on.app.store
    for _ in range(2):
        with hasty.begin() as tx:
            assert wait_of(tx, store) == SOON
        with store.begin() as tx:
            assert wait_of(tx, store) == 30


def wait_of(tx: object, store: Store) -> float:
    """How long this transaction waits for another, in seconds."""
    is_server = store.engine.dialect.name == "postgresql"
    asked = "SELECT setting FROM pg_settings WHERE name = 'lock_timeout'"
    found = tx.execute(text(asked if is_server else "PRAGMA busy_timeout"))  # type: ignore[attr-defined]
    return int(found.scalar_one()) / 1000


def test_the_desk_waits_three_seconds(tmp_path: Path) -> None:
    with (
        bench(tmp_path, MONDAY) as ready,
        serve_desk(ready.app, "127.0.0.1:0") as desk,
        desk.app.store.begin() as tx,
    ):
        assert wait_of(tx, ready.app.store) == PATIENCE == 3
