"""A form sent without the script after its session ended, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium

from desk.store.editors import sessions
from tests.chromium import enter
from tests.desk_web import PASSWORD, signed_in
from tests.typed_forms import TWO, Room, furnished

OWN = "Mohon dikirim foto pembukaan jalannya.\nYang lain sudah baik."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with furnished(tmp_path) as ready:
        yield ready


def test_what_was_typed_waits_behind_the_door(room: Room, chromium: Chromium) -> None:
    nina = signed_in(room.chief.base, "nina@example.org")
    with chromium.new_context(java_script_enabled=False) as context:
        page = enter(context, nina)
        page.goto(room.chief.base + TWO)
        page.check("#keputusan-kembalikan")
        page.fill("#catatan", OWN)
        with room.on.app.store.begin() as tx:
            sessions.end_all(tx, 1)
        with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            page.click("#putusan button.primary")
        assert answer.value.status == 401
        assert page.url.endswith(f"{TWO}/putuskan")
        page.fill("#surel", "nina@example.org")
        page.fill("#sandi", PASSWORD)
        page.click("button.primary")
        assert page.input_value("#catatan") == OWN
        assert page.is_checked("#keputusan-kembalikan")
        assert page.url == f"{room.chief.base}/masuk"
        page.click("#putusan button.primary")
        assert page.url.endswith(f"{TWO}/putuskan")  # its letter is shown before anything is sent
        assert page.input_value("[name=catatan]") == OWN
