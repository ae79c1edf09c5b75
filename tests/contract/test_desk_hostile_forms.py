"""Whatever is typed into a form or a filter of the desk is text on the page that comes back: a few
payloads, without a browser; all of them in Chromium in `make drill ARGS=xss`."""

from collections.abc import Iterator

import pytest
from markupsafe import escape
from msgspec import Struct

from tests.desk_web import Browser, add_account, served, signed_in
from tests.filler import fill
from tests.hostile_forms import Entry, find_markup, list_entries, send
from tests.postoffice import MONDAY, bench

FEW = (
    "</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}",
    '\' onmouseover=alert(1) autofocus onfocus=alert(1) x=" onclick="alert(1)',
    "javascript:alert(1)//evil.example",
)
NUMBER = "W-2026-00001"
ENTRIES = list_entries(NUMBER)


class Room(Struct):
    chief: Browser
    stranger: Browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with bench(tmp_path_factory.mktemp("desk"), MONDAY) as on:
        fill(on.app.store, 4, MONDAY)
        add_account(on.app, "nina@example.org", "chief")
        with served(on.app) as base:
            yield Room(signed_in(base, "nina@example.org"), Browser(base))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_what_is_typed_comes_back_as_text(room: Room, entry: Entry) -> None:
    browser = room.stranger if entry.path == "/masuk" else room.chief
    for payload in FEW:
        answer = send(browser, entry, payload)
        assert answer.status < 500, answer.text
        assert find_markup(answer.text) == []
        assert not answer.location.startswith(("//", "http", "javascript"))


def test_most_of_it_is_shown_again(room: Room) -> None:
    """Text that is not there cannot be mistaken for markup."""
    shown = {
        entry.name
        for entry in ENTRIES
        if str(escape(FEW[0]))
        in send(room.stranger if entry.path == "/masuk" else room.chief, entry, FEW[0]).text
    }
    assert {
        "decline",
        "return",
        "schedule",
        "published",
        "preview",
        "address",
        "take-in",
        "own account",
        "another account",
        "sign-in",
        "query q",
    } <= shown


def test_markup_is_found() -> None:
    """The measure itself: it must be able to fail."""
    for payload in FEW[:2]:
        assert find_markup(f'<p title="{payload}">{payload}</p>'), payload
    assert find_markup(f"<p title='{FEW[1]}'>x</p>")
    assert find_markup('<a href="javascript:alert(1)">x</a>')
    assert find_markup('<a href="/antrean">x</a><script src="/aset/1/desk.js"></script>') == []
