"""Whether what was promised to go goes, and what is kept is kept twice. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from desk.health.observed import Observed
from desk.health.trouble import Trouble, TroubleCode
from redaksi.config.schema import Config

LATE = timedelta(days=2)


def judge_purge(observed: Observed, now: datetime) -> Iterator[Trouble]:
    """No purge has ended for two days."""
    since = observed.health.purged
    if since is not None and now - since > LATE:
        age = int((now - since).total_seconds())
        yield Trouble(code=TroubleCode.PURGE_LATE, facts={"age": age})


def judge_backup(observed: Observed, config: Config, now: datetime) -> Iterator[Trouble]:
    """Somebody makes backups, and the last one that was whole is old."""
    since = observed.health.backed_up
    if since is not None and now - since > config.backup.warn_after:
        age = int((now - since).total_seconds())
        yield Trouble(code=TroubleCode.BACKUP_OLD, facts={"age": age})
