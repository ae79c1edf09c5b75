"""Every payload in every word of a submission, and in every field of a form, seen in Chromium with the policy and with it off."""

import tempfile
import time
from itertools import product
from pathlib import Path

from playwright.sync_api import Page

from tests.chromium import launched
from tests.desk_web import add_account, served, signed_in
from tests.hostile_desk import plant, visit_all, watched
from tests.hostile_forms import list_entries, submit
from tests.postoffice import MONDAY, bench
from tests.unit.articles.xss import PAYLOADS

TOGETHER = 10  # payloads in one text


def drill() -> bool:
    """Whether no dialog opened and no other host was asked."""
    begun, deeds = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder, bench(Path(folder), MONDAY) as ready:
        chief = add_account(ready.app, "nina@example.org", "chief")
        numbers = plant(ready.app.store, PAYLOADS, chief.id)
        with served(ready.app) as base, launched() as chromium:
            nina = signed_in(base, "nina@example.org")
            for with_policy in (True, False):
                with watched(chromium, nina, with_policy=with_policy) as (page, watch):
                    pages = visit_all(page, base, numbers, PAYLOADS, ("", "/tayang"))
                    pages += _type_all(page, base, numbers[0])
                    deeds += watch.deeds
                name = "with the policy" if with_policy else "with it off"
                print(f"xss {name}: {len(PAYLOADS)} payloads, {pages} pages, {len(deeds)} deeds")
    print(f"xss: {time.monotonic() - begun:.0f} s")
    return deeds == []


def _type_all(page: Page, base: str, number: str) -> int:
    """Every payload in every field of every form and filter, some in one text, each line of it a
    payload; how many pages came back."""
    entries = [each for each in list_entries(number) if each.path != "/masuk"]  # a limit is kept
    texts = ["\n".join(PAYLOADS[at : at + TOGETHER]) for at in range(0, len(PAYLOADS), TOGETHER)]
    page.goto(f"{base}/akun")
    for text, entry in product(texts, entries):
        submit(page, base, entry, text)
    return len(texts) * len(entries)
