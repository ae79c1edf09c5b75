"""Every payload in every word of a submission, seen in Chromium with the policy and with it off."""

import tempfile
import time
from pathlib import Path

from tests.chromium import launched
from tests.desk_web import add_account, served, signed_in
from tests.hostile_desk import plant, visit_all, watched
from tests.postoffice import MONDAY, bench
from tests.unit.articles.xss import PAYLOADS


def drill() -> bool:
    """Whether no dialog opened and no other host was asked."""
    begun, deeds = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder, bench(Path(folder), MONDAY) as ready:
        numbers = plant(ready.app.store, PAYLOADS)
        add_account(ready.app, "nina@example.org", "chief")
        with served(ready.app) as base, launched() as chromium:
            nina = signed_in(base, "nina@example.org")
            for with_policy in (True, False):
                with watched(chromium, nina, with_policy=with_policy) as (page, watch):
                    pages = visit_all(page, base, numbers, PAYLOADS)
                    deeds += watch.deeds
                name = "with the policy" if with_policy else "with it off"
                print(f"xss {name}: {len(PAYLOADS)} payloads, {pages} pages, {len(deeds)} deeds")
    print(f"xss: {time.monotonic() - begun:.0f} s")
    return deeds == []
