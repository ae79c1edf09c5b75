"""Whatever a mail contains, and whatever is typed, is text: payloads in every word of a
submission, seen in a browser with the Content-Security-Policy and, once more, with it off."""

from collections.abc import Iterator

import pytest
from markupsafe import escape
from playwright.sync_api import Browser as Chromium

from tests.desk_web import Browser, add_account, served, signed_in
from tests.hostile_desk import plant, visit_all, watched
from tests.postoffice import MONDAY, bench
from tests.unit.articles.xss import PAYLOADS

A_TENTH = PAYLOADS[:: len(PAYLOADS) // 20]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, list[str]]]:
    """A desk full of payloads, and its editor."""
    with bench(tmp_path_factory.mktemp("desk"), MONDAY) as ready:
        nina = add_account(ready.app, "nina@example.org", "chief")
        numbers = plant(ready.app.store, A_TENTH, nina.id)
        with served(ready.app) as base:
            yield signed_in(base, "nina@example.org"), numbers


@pytest.mark.parametrize("with_policy", [True, False], ids=["policy", "no policy"])
def test_no_payload_does_anything(
    chromium: Chromium, planted: tuple[Browser, list[str]], *, with_policy: bool
) -> None:
    nina, numbers = planted
    with watched(chromium, nina, with_policy=with_policy) as (page, watch):
        visit_all(page, nina.base, numbers, A_TENTH)
        assert watch.deeds == []


def test_a_payload_that_is_markup_is_seen_by_the_watch(
    chromium: Chromium, planted: tuple[Browser, list[str]]
) -> None:
    """The measure itself: it must be able to fail."""
    nina, _ = planted
    with watched(chromium, nina, with_policy=False) as (page, watch):
        page.goto(f"{nina.base}/antrean")
        page.evaluate("document.body.innerHTML = '<img src=x onerror=alert(1)>'")
        page.wait_for_timeout(500)
        assert [deed for deed in watch.deeds if deed.startswith("dialog")]


def test_every_payload_stands_on_its_page_as_text(planted: tuple[Browser, list[str]]) -> None:
    nina, numbers = planted
    for number, payload in zip(numbers, A_TENTH, strict=True):
        page = nina.get(f"/kiriman/{number}")
        assert page.status == 200
        assert str(escape(payload)) in page.text
        if "<" in payload:
            assert payload not in page.text
