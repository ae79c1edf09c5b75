"""Debian's Chromium, driven by Playwright: no browser is downloaded. Named and skipped where there
is none."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.desk_web import Browser

QUIET = (
    "--no-sandbox",  # the tests run as root in CI; a page of ours is all it opens
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


def find_chromium() -> str:
    """The program; a test without it is skipped."""
    named = (shutil.which(name) for name in ("chromium", "chromium-browser"))
    found = next(filter(None, named), None)
    if found is None:
        pytest.skip("needs chromium")
    return found


@contextmanager
def launched() -> Iterator[Chromium]:
    """The browser, without a face."""
    program = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def enter(context: BrowserContext, signed_in: Browser) -> Page:
    """A page of somebody who is signed in already."""
    context.add_cookies(
        [
            {"name": name, "value": value, "url": signed_in.base}
            for name, value in signed_in.cookies.items()
        ]
    )
    return context.new_page()
