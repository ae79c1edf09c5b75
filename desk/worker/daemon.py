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

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from desk.app import App
from desk.inbound.poll import Watch
from desk.inbound.watcher import MailboxWatcher
from desk.outbound import sender
from desk.presentation import queue_site
from desk.sandbox.host import Sandbox, sandbox_limits_of
from desk.worker.round import examine_waiting, with_disk_faults_named
from desk.workflow import clock
from redaksi.errors import RedaksiError
from redaksi.log import get_logger

MINUTE = timedelta(minutes=1)
log = get_logger("worker")


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
        self._jobs = app.jobs

    def start(self) -> None:
        """Begin ticking; returns at once."""
        watch = Watch(stop=self.stopping.is_set)
        for watcher in self._watchers:
            watcher.start()
        self._every(
            self._quick,
            "examine",
            lambda: examine_waiting(self.app, self._sandbox, watch, self._jobs),
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
                with_disk_faults_named(task)
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
