"""A worker that files mails while others read, until its input ends; told is how many."""

import sys
import threading
import time
from datetime import UTC, datetime, timedelta

from desk.store import open_store
from tests.desk_submissions import assess
from tests.filing import examination, file

BEGIN = 50_000_000 + int(time.time()) % 10**6 * 100  # a UID that no other mail has
PAUSE = 0.2  # seconds between two mails: far more than a newsroom gets
NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


def _wait(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def main(url: str) -> None:
    """File."""
    ended = threading.Event()
    threading.Thread(target=_wait, args=[ended], daemon=True).start()
    store, filed = open_store(url), 0
    while not ended.is_set():
        file(store, NOW + timedelta(seconds=filed), examination(assess()), BEGIN + filed)
        filed += 1
        time.sleep(PAUSE)
    print(filed)


if __name__ == "__main__":
    main(sys.argv[1])
