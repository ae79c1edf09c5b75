"""The clockwork: *when*, never *what*. APScheduler 3 with a memory store; leases in the store do
the excluding.

watch     every mailbox in a thread of its own: new mails in (desk.inbound.watcher)
examine   stored jobs, side by side in a pool; woken by a commit of this process, else by its tick
clock     reminders, expiry, the editors' summary
articles  what is due to be published, and pages that are looked at
post      the outbox; woken by a letter that is queued, else by its tick
purge     what was kept as long as it is to be, after 03:00 in the redaksi's zone
publish   the review queue, when anything changed
metrics   the file of figures, where one is asked for
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from desk.app import App
from desk.inbound.poll import Watch
from desk.inbound.pulse import Pulse
from desk.inbound.watcher import MailboxWatcher
from desk.metrics.textfile import write_textfile
from desk.outbound import sender
from desk.presentation import queue_site
from desk.worker.articles import publish_articles
from desk.worker.begin import begin_confined
from desk.worker.round import examine_waiting, name_disk_faults, open_pool
from desk.workflow import clock
from desk.workflow.retention.purge import purge_if_due
from redaksi.errors import RedaksiError
from redaksi.log import bind_pass, get_logger

# seconds without a step until what works is not believed to work any more
PATIENCE = 240.0
READINGS = 5  # of one mail in a row, each `sandbox.wall_clock` at most
MINUTE, HALF_MINUTE = timedelta(minutes=1), timedelta(seconds=30)
log = get_logger("worker")


class Clockwork:
    """The daemon: the same tasks, each at its own pace. Use `run_daemon`."""

    def __init__(self, app: App, *, quick: timedelta = timedelta(seconds=1)) -> None:
        self.app = app
        self.stopping = threading.Event()
        self._quick = quick
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(3)},
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        self._pool = open_pool(app)
        self._watchers = [MailboxWatcher(app, box, self.stopping) for box in app.config.mailbox]
        self._jobs = app.jobs
        self._examining = Pulse()
        self._loops: list[threading.Thread] = []

    def start(self) -> None:
        """Begin ticking; returns once the examiners are ready. Raises ConfigError, and begins
        nothing, where they are confined less than `sandbox.require`."""
        try:
            begin_confined(self.app, self._pool)
        except RedaksiError:
            self._pool.close()
            raise
        watch = Watch(stop=self._has_to_stop)
        for watcher in self._watchers:
            watcher.start()
        self._loop(
            "examine",
            lambda: self._examine(watch),
            self._jobs.wait,
        )
        self._loop(
            "post",
            lambda: sender.send_due_letters(self.app, self.stopping.is_set),
            self.app.new_letter.wait,
        )
        self._every(MINUTE, "clock", lambda: clock.tick(self.app))
        self._every(
            HALF_MINUTE,
            "articles",
            lambda: publish_articles(self.app, self._pool, self.stopping.is_set),
        )
        self._every(MINUTE, "purge", lambda: purge_if_due(self.app, self.stopping.is_set))
        self._every(self._quick, "publish", lambda: queue_site.publish_queue(self.app))
        if self.app.config.metrics.textfile:
            self._every(MINUTE, "metrics", lambda: write_textfile(self.app))
        self._scheduler.start()

    def is_moving(self) -> bool:
        """Whether mailboxes and examiner make steps: a pass that ended or waits for its next,
        bytes of a mail, a job. An understood wait is one, a read that hangs is none."""
        reading = READINGS * self.app.config.sandbox.wall_clock.total_seconds()
        polls = max((watcher.pulse.silence for watcher in self._watchers), default=0.0)
        is_polling = polls < PATIENCE or self._has_fresh_bytes()
        return is_polling and self._examining.silence < PATIENCE + reading

    def _has_fresh_bytes(self) -> bool:
        written = [0.0]
        for part in self.app.spool.glob("*"):
            with suppress(OSError):  # it was taken in meanwhile
                written.append(part.stat().st_mtime)
        return time.time() - max(written) < PATIENCE

    def _examine(self, watch: Watch) -> None:
        self._examining.beat()
        examine_waiting(self.app, self._pool, watch, self._jobs)

    def _has_to_stop(self) -> bool:
        self._examining.beat()
        return self.stopping.is_set()

    def stop(self, patience: float = 7.0) -> None:
        """Finish the mails at hand, then end; after `patience` seconds their children are ended
        and the jobs put back."""
        until = time.monotonic() + patience
        self.stopping.set()
        self._pool.drain()
        self._jobs.wake()
        self.app.new_letter.ring()
        hurry = threading.Timer(patience, self._pool.abandon)
        hurry.start()
        self._scheduler.shutdown(wait=True)
        for thread in self._loops:
            thread.join()
        for watcher in self._watchers:
            watcher.join(max(0.0, until - time.monotonic()))
        hurry.cancel()
        self._pool.close()

    def _loop(self, name: str, task: Callable[[], object], wait: Callable[[float], None]) -> None:
        """A thread that does the task whenever it is woken, and after each tick."""

        def turn() -> None:
            while not self.stopping.is_set():
                self._tick(name, task)
                wait(max(self._quick.total_seconds(), 0.1))

        thread = threading.Thread(target=turn, name=name, daemon=True)
        self._loops.append(thread)
        thread.start()

    def _every(self, span: timedelta, name: str, task: Callable[[], object]) -> None:
        trigger = IntervalTrigger(seconds=max(span.total_seconds(), 0.1), jitter=None)
        self._scheduler.add_job(
            self._tick,
            trigger,
            args=(name, task),
            id=name,
            name=name,
            next_run_time=self.app.clock(),
        )

    def _tick(self, name: str, task: Callable[[], object]) -> None:
        if self.stopping.is_set():
            return
        with bind_pass():
            try:
                name_disk_faults(task)
            except RedaksiError as error:
                log.error("tick.failed", task=name, error=error)
            except Exception:
                log.exception("tick.bug", task=name)


@contextmanager
def run_daemon(app: App) -> Iterator[Clockwork]:
    """The clockwork, stopped at the end whatever happens."""
    clockwork = Clockwork(app)
    clockwork.start()
    try:
        yield clockwork
    finally:
        clockwork.stop()
