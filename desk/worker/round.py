"""One pass over everything there is to do, for cron, `poll --once` and the demo; and how jobs are
examined, once or by the daemon."""

import threading
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from desk.app import App, require_room
from desk.inbound.poll import Watch, poll_mailbox
from desk.jobs.job_queue import EXAMINE, Handler, JobQueue, Postponed, PutBack
from desk.metrics.textfile import write_textfile
from desk.outbound import sender
from desk.presentation import queue_site
from desk.sandbox.free_memory import find_free_memory
from desk.sandbox.host import Crashed, sandbox_limits_of
from desk.sandbox.pool import Drained, SandboxPool, pool_size
from desk.store.inbound import dead_letters
from desk.store.jobs.job_rows import Claim
from desk.worker.articles import publish_articles
from desk.worker.begin import begin_confined
from desk.workflow import clock, process_mail
from desk.workflow.asked.ask import ASKED
from desk.workflow.asked.work import Hands, make_handler
from desk.workflow.filing_order import FilingOrder
from desk.workflow.reading.deaths import ReadAgain, end_attempt
from desk.workflow.retention.purge import purge_if_due
from redaksi.errors import BlobMissing, RedaksiError, ScannerSilent, StoreError
from redaksi.fault import name_fault
from redaksi.log import bind_pass, get_logger

log = get_logger("worker")


class Round(Struct, frozen=True, kw_only=True):
    """What one pass did, and what went wrong on the way."""

    taken: int = 0
    examined: int = 0
    sent: int = 0
    troubles: tuple[RedaksiError, ...] = ()


def one_round(app: App, watch: Watch | None = None, jobs: JobQueue | None = None) -> Round:
    """Poll every mailbox, examine what waits, send what is due, write the queue. For cron and `poll
    --once`.

    Raises ConfigError, and begins nothing, where the children are confined less than
    `sandbox.require`. A server that is down does not keep the rest from being done; its error is among the troubles.
    `jobs` keeps the attempts that a full disk did not let us give back, for who calls again in the
    same process.
    """
    with bind_pass():
        return _round(app, watch, jobs)


def _round(app: App, watch: Watch | None, jobs: JobQueue | None) -> Round:
    troubles: list[RedaksiError] = []
    looking = msgspec.structs.replace(watch or Watch(), refused=troubles.append)
    with open_pool(app) as sandbox:
        begin_confined(app, sandbox)
        taken = sum(
            _guarded(troubles, 0, poll_mailbox, app, box, looking) or 0
            for box in app.config.mailbox
        )
        examined = _guarded(troubles, 0, examine_waiting, app, sandbox, looking, jobs)
        _guarded(troubles, 0, clock.tick, app)
        _guarded(troubles, 0, publish_articles, app, sandbox, looking.stop)
    _guarded(troubles, 0, purge_if_due, app, looking.stop)
    sent = _guarded(troubles, 0, sender.send_due_letters, app, looking.stop)
    _guarded(troubles, 0, queue_site.publish_queue, app)
    _guarded(troubles, None, write_textfile, app)
    return Round(taken=taken, examined=examined or 0, sent=sent or 0, troubles=tuple(troubles))


def open_pool(app: App) -> SandboxPool:
    """The examiners config.toml asks for."""
    configured = app.config.sandbox
    return SandboxPool(sandbox_limits_of(configured), pool_size(configured, find_free_memory()))


def examine_waiting(app: App, sandbox: Hands, watch: Watch, jobs: JobQueue | None = None) -> int:
    """Examine and file every job that is due, and do what editors asked for; how many. Raises StoreError when disk or database
    refuse.

    Nothing is begun on a full disk: an attempt that cannot be given back before the process ends
    would count.

    Twice as many are begun as there are examiners: those that wait for their turn to be filed
    leave no examiner idle.
    """
    require_room(app)
    queue = jobs or app.jobs
    with app.store.read() as tx:
        counts = queue.counts(tx)
    waiting, done = counts.waiting + counts.leased, 0
    order, lock = FilingOrder(), threading.Lock()

    def examine(claim: Claim) -> None:
        nonlocal done
        try:
            process_mail.examine_and_file(app, sandbox, claim, order)
        except (BlobMissing, ScannerSilent) as error:
            raise Postponed(error.freeze()) from error
        except Drained as error:
            raise PutBack(str(error)) from error
        except (Crashed, ReadAgain) as error:
            raise end_attempt(app, claim, error, is_stopping=watch.stop()) from error
        finally:
            order.leave(claim.id)
        with lock:
            done += 1
            watch.progress(done, max(waiting, done))

    handler = Handler(
        work=examine,
        give_up=dead_letters.give_up,
        claimed=lambda claim: order.enter(claim.id),
    )
    at_once = 1 if sandbox.size == 1 else 2 * sandbox.size
    handlers = {EXAMINE: handler, ASKED: make_handler(app, sandbox)}
    return queue.run(handlers, watch.stop, at_once=at_once)


def name_disk_faults(task: Callable[..., Any], *arguments: Any) -> Any:
    """A full or read-only disk, wherever it is met, is a fault of ours that passes."""
    try:
        return task(*arguments)
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error


def _guarded(
    troubles: list[RedaksiError], otherwise: Any, task: Callable[..., Any], *arguments: Any
) -> Any:
    try:
        return name_disk_faults(task, *arguments)
    except RedaksiError as error:
        troubles.append(error)
        log.error(f"{task.__name__}.failed", error=error)
        return otherwise
