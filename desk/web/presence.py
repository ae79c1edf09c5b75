"""Who is looking at what, kept in memory: lost at a restart, and nobody's record."""

import threading
from datetime import datetime, timedelta

LASTS = timedelta(seconds=45)
MOST = 10_000  # pairs that are remembered: far more than a newsroom has


class Presence:
    """A look lasts LASTS; the page tells it again while it is open."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, int], tuple[str, datetime]] = {}

    def look(self, number: str, account_id: int, name: str, now: datetime) -> tuple[str, ...]:
        """Somebody looks at a submission; the names of the others who do."""
        with self._lock:
            if len(self._seen) >= MOST:
                self._seen.clear()
            self._seen = {key: kept for key, kept in self._seen.items() if kept[1] > now}
            self._seen[number, account_id] = name, now + LASTS
            return tuple(
                other
                for (at, account), (other, _) in sorted(self._seen.items())
                if at == number and account != account_id
            )
