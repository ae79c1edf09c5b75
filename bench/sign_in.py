"""Signing in with a wrong password: a login that somebody has, and one that nobody has, take as
long. Asked over HTTP, alternated, 200 of each."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from tests.desk_web import Browser, add_account, served
from tests.postoffice import MONDAY, bench

COUNT = 200
KNOWN, UNKNOWN = "nina@example.org", "none@example.org"


def rows() -> Iterator[tuple[str, float, str]]:
    """The ratio of the means, and the means."""
    took: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    with tempfile.TemporaryDirectory() as folder, bench(Path(folder), MONDAY) as on:
        add_account(on.app, KNOWN, "chief")
        with served(on.app) as base:
            browser = Browser(base)
            for login in (KNOWN, UNKNOWN):  # what is made once is made now
                browser.sign_in(login, "salah")
            for turn in range(COUNT):
                on.later(hours=25)  # no guess counts any more
                first, second = (KNOWN, UNKNOWN) if turn % 2 else (UNKNOWN, KNOWN)
                for login in (first, second):
                    began = time.perf_counter()
                    assert browser.sign_in(login, "salah").status == 422
                    took[login].append(time.perf_counter() - began)
    known, unknown = fmean(took[KNOWN]), fmean(took[UNKNOWN])
    yield "sign-in: known / unknown login, means of 200", known / unknown, "0.9 to 1.1"
    yield "sign-in: a wrong password, seconds", known, ""
