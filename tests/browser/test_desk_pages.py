"""Every page of the desk as a person meets it: axe (WCAG 2.2 AA) at two widths, light and dark; no
sideways scrolling at 320 pixels; without the script; a foreign word is never markup."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page
from sqlalchemy import update

from desk.store.tables import Submission
from tests.chromium import enter
from tests.desk_web import Browser, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, bench

Scheme = Literal["light", "dark"]
NARROW = 320  # CSS pixels (WCAG 2.2, 1.4.10)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LONG = "Pembangunanjalanlingkungan" * 8
HOSTILE = f"<img src=x onerror=alert(1)> & {LONG}"
NUMBER, HELD = "W-2026-0001", "W-2026-9999"
PAGES = (
    "/masuk",
    "/antrean",
    "/antrean?tampilan=saya",
    "/antrean?tampilan=aktif",
    f"/kiriman/{NUMBER}",
    "/cari?q=warga",
    "/arsip",
    "/surel",
    "/surat",
    "/jadwal",
    "/terbit",
    "/status",
    "/akun",
    "/akun/semua",
    "/tidak-ada",
    "/akun",
    "/akun/semua",
    "/status",
    f"/karantina/{HELD}",
)


@pytest.fixture(scope="module")
def nina(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Thirty submissions, the first of them with a title that no line holds, and an editor."""
    with bench(tmp_path_factory.mktemp("desk"), MONDAY) as ready:
        fill(ready.app.store, 30, MONDAY)
        with ready.app.store.begin() as tx:
            newest = update(Submission).where(Submission.state == "review")
            tx.execute(newest.values(title=HOSTILE, headline=""))
            first = Submission.id.in_([_first_id(tx)])
            tx.execute(update(Submission).where(first).values(number=NUMBER, state="review"))
            second = Submission.id == _first_id(tx) + 1
            tx.execute(update(Submission).where(second).values(number=HELD, state="quarantined"))
        add_account(ready.app, "nina@example.org", "chief", "Nina Razad")
        with served(ready.app) as base:
            yield signed_in(base, "nina@example.org")


def _first_id(tx: Any) -> int:
    found: int = tx.query(Submission.id).order_by(Submission.id).first()[0]
    return found


@pytest.fixture
def page(chromium: Chromium, nina: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A browser that she is signed in with; a request beyond the desk or a dialog fails the test."""
    context = chromium.new_context(**getattr(request, "param", {}))
    opened = enter(context, nina)
    foreign: list[str] = []
    opened.on("dialog", lambda dialog: foreign.append(f"dialog {dialog.message}"))
    opened.on(
        "request", lambda asked: foreign.append(asked.url) if _is_foreign(asked.url, nina) else None
    )
    opened.on("pageerror", lambda error: foreign.append(str(error)))
    yield opened
    context.close()
    assert foreign == []


def _is_foreign(url: str, nina: Browser) -> bool:
    return not url.startswith((nina.base, "data:"))


def test_a_page_is_measured_and_found_wanting(page: Page) -> None:
    """The measure itself: it must be able to fail."""
    page.set_content("<html><body><img src='data:,'><p style='width:900px'>x</p></body></html>")
    assert _violations(page) != []
    assert page.evaluate("document.documentElement.scrollWidth") > NARROW


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, nina: Browser, path: str, width: int, scheme: Scheme
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    _open(page, nina, path)
    assert _violations(page) == []


def test_what_is_wrong_with_a_form_has_the_focus_and_axe_finds_nothing(
    page: Page, nina: Browser
) -> None:
    _open(page, nina, "/akun")
    for field, typed in (("lama", "salah"), ("baru", "pendek"), ("ulang", "lain")):
        page.fill(f"#{field}", typed)
    page.click("form[action='/akun/sandi'] button")
    assert page.evaluate("document.activeElement.id") == "salah"
    assert page.locator("#salah a").count() == 3
    assert _violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_on_the_narrowest_telephone(
    page: Page, nina: Browser, path: str
) -> None:
    page.set_viewport_size({"width": NARROW, "height": 640})
    _open(page, nina, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_the_queue_opens_a_submission_without_the_script(page: Page, nina: Browser) -> None:
    page.goto(f"{nina.base}/antrean?tampilan=aktif")
    page.locator(".q a.t").first.click()
    assert "/kiriman/" in page.url


def test_the_keys_walk_the_queue_and_open_what_has_the_focus(page: Page, nina: Browser) -> None:
    page.goto(f"{nina.base}/antrean?tampilan=aktif")
    titles = page.locator(".q a.t")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    wanted = titles.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kiriman/**")
    assert wanted is not None and page.url.endswith(wanted)


def test_the_shortcuts_are_told_and_closed(page: Page, nina: Browser) -> None:
    page.goto(f"{nina.base}/antrean")
    page.keyboard.press("?")
    assert page.locator("#pintasan").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#pintasan").is_visible()


def _open(page: Page, nina: Browser, path: str) -> None:
    """The sign-in page is shown to who is not signed in."""
    if path == "/masuk":
        page.context.clear_cookies()
    page.goto(nina.base + path)
    assert page.url == nina.base + path


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]
