"""The clockwork: *when*, never *what*. APScheduler 3 with a memory store; leases in the store do
the excluding.

watch     every mailbox in a thread of its own: new mails in (desk.inbound.watcher)
examine   stored jobs, one after another, in one sandbox
clock     reminders, expiry, publication, the editors' summary
post      the outbox
publish   the review queue, when anything changed
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from msgspec import Struct

from desk.app import App
from desk.inbound.poll import Watch, poll_mailbox
from desk.inbound.watcher import MailboxWatcher
from desk.jobs.local import Failed, Postponed, run_jobs
from desk.outbound import sender
from desk.presentation import queue_site
from desk.sandbox.host import Crashed, Sandbox, sandbox_limits_of
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import Job
from desk.workflow import clock, process_mail
from redaksi.errors import RedaksiError, StoreError
from redaksi.log import get_logger

MINUTE = timedelta(minutes=1)
log = get_logger("worker")


class Round(Struct, frozen=True, kw_only=True):
    """What one pass did, and what went wrong on the way."""

    taken: int = 0
    examined: int = 0
    sent: int = 0
    troubles: tuple[RedaksiError, ...] = ()


def one_round(app: App, watch: Watch | None = None, owed: Postponed | None = None) -> Round:
    """Poll every mailbox, examine what waits, send what is due, write the queue. For cron and `poll
    --once`.

    A server that is down does not keep the rest from being done; its error is among the troubles.
    `owed` keeps jobs that a full disk did not let us give back, for who calls again in the same
    process.
    """
    looking = watch or Watch()
    troubles: list[RedaksiError] = []
    taken = sum(
        _guarded(troubles, 0, poll_mailbox, app, box, looking) or 0 for box in app.config.mailbox
    )
    with Sandbox(sandbox_limits_of(app.config.sandbox)) as sandbox:
        examined = _guarded(troubles, 0, examine_waiting, app, sandbox, looking, owed)
    _guarded(troubles, 0, clock.tick, app)
    sent = _guarded(troubles, 0, sender.post, app, looking.stop)
    _guarded(troubles, 0, queue_site.publish_queue, app)
    return Round(taken=taken, examined=examined or 0, sent=sent or 0, troubles=tuple(troubles))


def examine_waiting(
    app: App, sandbox: Sandbox, watch: Watch, postponed: Postponed | None = None
) -> int:
    """Examine and file every job that is due; how many. Raises StoreError when disk or database
    refuse.

    `postponed` keeps the jobs whose attempt could not be given back because the database was down.
    """
    with app.store.read() as tx:
        waiting = job_rows.pending(tx)
    done = 0

    def one(job: Job) -> None:
        nonlocal done
        try:
            process_mail.examine_and_file(app, sandbox, job)
        except Crashed as error:
            if not watch.stop():
                raise Failed(str(error)) from error
            with app.store.begin() as tx:  # a child we ended ourselves costs no attempt
                job_rows.postpone(tx, job, app.clock(), timedelta(0), "stopped")
        done += 1
        watch.progress(done, max(waiting, done))

    return run_jobs(
        app.store,
        app.name,
        app.clock,
        one,
        watch.stop,
        most=app.config.sandbox.attempts,
        postponed=postponed,
    )


def _guarded(
    troubles: list[RedaksiError], otherwise: Any, task: Callable[..., Any], *arguments: Any
) -> Any:
    try:
        return _with_disk_faults_named(task, *arguments)
    except RedaksiError as error:
        troubles.append(error)
        log.error(f"{task.__name__}.failed", error=str(error))
        return otherwise


def _with_disk_faults_named(task: Callable[..., Any], *arguments: Any) -> Any:
    """A full or read-only disk, wherever it is met, is a fault of ours that passes."""
    try:
        return task(*arguments)
    except OSError as error:
        raise StoreError(f"files: {error.strerror or error}") from error


class Clockwork:
    """The daemon: the same four tasks, each at its own pace. Use `running`."""

    def __init__(self, app: App, *, quick: timedelta = timedelta(seconds=1)) -> None:
        self.app = app
        self.stopping = threading.Event()
        self._quick = quick
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(4)},
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        self._sandbox = Sandbox(sandbox_limits_of(app.config.sandbox))
        self._watchers = [MailboxWatcher(app, box, self.stopping) for box in app.config.mailbox]
        self._owed: Postponed = []

    def start(self) -> None:
        """Begin ticking; returns at once."""
        watch = Watch(stop=self.stopping.is_set)
        for watcher in self._watchers:
            watcher.start()
        self._every(
            self._quick,
            "examine",
            lambda: examine_waiting(self.app, self._sandbox, watch, self._owed),
        )
        self._every(MINUTE, "clock", lambda: clock.tick(self.app))
        self._every(self._quick, "post", lambda: sender.post(self.app, self.stopping.is_set))
        self._every(self._quick, "publish", lambda: queue_site.publish_queue(self.app))
        self._scheduler.start()

    def stop(self, patience: float = 7.0) -> None:
        """Finish the mail at hand, then end; after `patience` seconds its child is ended and the
        job put back."""
        self.stopping.set()
        hurry = threading.Timer(patience, self._sandbox.abandon)
        hurry.start()
        self._scheduler.shutdown(wait=True)
        for watcher in self._watchers:
            watcher.join(patience)
        hurry.cancel()
        self._sandbox.close()

    def _every(self, span: timedelta, name: str, task: Callable[[], object]) -> None:
        def tick() -> None:
            if self.stopping.is_set():
                return
            try:
                _with_disk_faults_named(task)
            except RedaksiError as error:
                log.error("tick.failed", task=name, error=str(error))

        trigger = IntervalTrigger(seconds=max(span.total_seconds(), 0.1), jitter=None)
        self._scheduler.add_job(tick, trigger, id=name, next_run_time=self.app.clock())


@contextmanager
def running(app: App) -> Iterator[Clockwork]:
    """The clockwork, stopped at the end whatever happens."""
    clockwork = Clockwork(app)
    clockwork.start()
    try:
        yield clockwork
    finally:
        clockwork.stop()
