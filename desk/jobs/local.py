"""Jobs from the store itself, by lease: enough for one machine, right with several workers."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from desk.store import Store
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import Job
from redaksi.errors import LeaseLost, StoreError
from redaksi.log import get_logger

TTL = timedelta(minutes=5)
PAUSE = timedelta(minutes=1)
Postponed = list[tuple[Job, str]]
log = get_logger("jobs")


class Failed(Exception):
    """Raised by the work: the attempt failed by our fault and counts."""


def run_jobs(
    store: Store,
    worker_name: str,
    clock: Callable[[], datetime],
    work_on: Callable[[Job], None],
    stop: Callable[[], bool],
    *,
    ttl: timedelta = TTL,
    most: int = job_rows.ATTEMPTS,
    postponed: Postponed | None = None,
) -> int:
    """Do every job that is due, one after another, until none is or `stop` says so; how many were
    done.

    `work_on` finishes its job itself (`job_rows.done` in the transaction that stores what came of
    it). It raises Failed when the attempt counts, StoreError when disk or database refuse: then the
    attempt is given back and StoreError goes on to the caller, who pauses. Where the database is
    down even for that, the job waits in `postponed` until the next call: an outage never uses up an
    attempt.
    """
    count, owing = 0, [] if postponed is None else postponed
    _give_back(store, clock, owing)
    while not stop():
        with store.begin() as tx:
            job = job_rows.lease_job(tx, worker_name, clock(), ttl, most=most)
        if job is None:
            break
        try:
            work_on(job)
            count += 1
        except LeaseLost:
            log.warning("job.taken_over", job=job.id, mail=job.mail_id)
        except Failed as error:
            with store.begin() as tx:
                last = job_rows.failed(tx, job, clock(), str(error), most=most)
            log.error("job.failed", job=job.id, mail=job.mail_id, attempt=job.attempt, last=last)
        except StoreError as error:
            owing.append((job, str(error)))
            with suppress(StoreError):
                _give_back(store, clock, owing)
            raise
    return count


def _give_back(store: Store, clock: Callable[[], datetime], owing: Postponed) -> None:
    while owing:
        job, reason = owing[-1]
        with suppress(LeaseLost), store.begin() as tx:
            job_rows.postpone(tx, job, clock(), PAUSE, reason)
        owing.pop()
