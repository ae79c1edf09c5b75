"""Whether what was promised to go goes. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from desk.health.observed import Observed
from desk.health.trouble import Trouble, TroubleCode

LATE = timedelta(days=2)


def judge_purge(observed: Observed, now: datetime) -> Iterator[Trouble]:
    """No purge has ended for two days."""
    since = observed.health.purged
    if since is not None and now - since > LATE:
        age = int((now - since).total_seconds())
        yield Trouble(code=TroubleCode.PURGE_LATE, facts={"age": age})
