"""What is observed: the store's rows, the disks, and what the configuration asks of both."""

from datetime import datetime

from desk.app import App, count_working_days
from desk.domain.rate_limit import DAY
from desk.health.confined import Confined
from desk.health.disks import look_at_disks
from desk.health.observed import Observed
from desk.store import health, status
from desk.store.outbound import outbox_queries
from desk.store.publications.alarms import find_alarms


def observe(app: App, confined: Confined | None = None, *, tries: bool = True) -> Observed:
    """How things stand now; `confined`: what an examiner's probe found. Reads rows; writes files on
    the disks it `tries`, and removes them."""
    now = app.clock()
    with app.store.read() as tx:
        found = health.observe(tx, now, str(app.config.queue_folder))
        alarms = find_alarms(tx)
        return Observed(
            stands=status.status(tx),
            confined=confined,
            health=found,
            places=look_at_disks(app.config, tries=tries),
            sent_today=len(outbox_queries.left(tx, now - DAY)),
            draft_days=_count_days(app, found.oldest_draft, now),
            publications=alarms,
            asking_days=_count_days(app, alarms.asking_since, now),
            checking_days=_count_days(app, alarms.checking_since, now),
        )


def _count_days(app: App, oldest: datetime | None, now: datetime) -> int:
    return count_working_days(app, oldest, now) if oldest else 0
