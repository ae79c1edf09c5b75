"""One of six editors at the desk: a list, a search, a submission, what is typed into it; told as
milliseconds of each, in JSON."""

import json
import sys
import time

from tests.desk_web import Browser

ROUNDS = 10


def main(base: str, cookies: str, place: int, pause: float) -> None:
    """Ask, and print what it took. `pause`: seconds between two requests."""
    browser = Browser(base)
    browser.cookies = json.loads(cookies)
    page = f"/kiriman/W-2026-{19_980 + place:05d}"
    first = int(time.time()) % 10**6 * 100  # later than what another client typed before
    pages: list[float] = []
    drafts: list[float] = []
    for turn in range(ROUNDS):
        for path in ("/antrean", "/cari?q=warga", page):
            begun = time.perf_counter()
            assert browser.get(path).status == 200, path
            pages.append((time.perf_counter() - begun) * 1_000)
            time.sleep(pause)
        typed = {
            "catatan": f"Catatan {turn}",
            "revisi": 1,
            "seq": first + turn,
            "skrip": 1,
        }
        begun = time.perf_counter()
        stored = browser.post(f"{page}/konsep", typed)
        drafts.append((time.perf_counter() - begun) * 1_000)
        assert stored.status == 204, stored.status
        time.sleep(pause)
    print(json.dumps({"pages": pages, "drafts": drafts}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
