"""Jobs from the store itself, by lease: enough for one machine, right with several workers."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Any

from desk.jobs.job_queue import EXAMINE, Failed, Handler, Postponed, PutBack
from desk.jobs.wakeup import Wakeup
from desk.store import Store, Transaction
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import Claim, JobCounts
from redaksi.errors import LeaseLost, StoreError
from redaksi.log import bind, get_logger
from redaksi.reasons import ReasonCode, explain

PAUSE = timedelta(minutes=1)  # after disk or database refused, or a file was not there
LOOK = 1.0  # seconds between two looks for more work while some is being done
log = get_logger("jobs")


class LocalJobQueue:
    """The JobQueue whose engine is the table itself. `wakeup` is rung by commits of this process;
    give each queue that runs its own, or the one its deferrers ring."""

    def __init__(
        self,
        store: Store,
        holder: str,
        clock: Callable[[], datetime],
        *,
        attempts: int = job_rows.ATTEMPTS,
        wakeup: Wakeup | None = None,
    ) -> None:
        self._store, self._holder, self._clock = store, holder, clock
        self._attempts = attempts
        self._wakeup = wakeup or Wakeup()
        # ends of attempts that are still to be written: what they held is held until then
        self._owed: list[Callable[[Transaction], None]] = []

    def defer(
        self,
        tx: Transaction,
        kind: str,
        key: str,
        *,
        payload: Mapping[str, Any] | None = None,
        not_before: datetime | None = None,
        priority: int = 0,
    ) -> int:
        """See JobQueue."""
        job_id = job_rows.defer(
            tx,
            kind,
            key,
            now=self._clock(),
            payload=payload,
            not_before=not_before,
            priority=priority,
        )
        self._wakeup.ring_after(tx)
        return job_id

    def done(self, tx: Transaction, claim: Claim) -> None:
        """See JobQueue."""
        job_rows.done(tx, claim, self._clock())

    def counts(self, tx: Transaction) -> JobCounts:
        """See JobQueue."""
        return job_rows.counts(tx)

    def wait(self, seconds: float) -> None:
        """See JobQueue."""
        self._wakeup.wait(seconds)

    def wake(self) -> None:
        """See JobQueue."""
        self._wakeup.ring()

    def run(
        self, handlers: Mapping[str, Handler], stop: Callable[[], bool], at_once: int = 1
    ) -> int:
        """See JobQueue. Claims are made by the caller's thread, one after another; the work is
        done in threads."""
        self._write_owed()
        turn = _Turn()
        with ThreadPoolExecutor(at_once, thread_name_prefix="job") as threads:
            while True:
                while turn.error is None and not stop() and len(turn.at_work) < at_once:
                    if not self._begin_next(turn, threads, handlers):
                        break
                if not turn.at_work:
                    break
                self._wakeup.wait(LOOK)
                turn.collect()
        if turn.error is not None:
            raise turn.error
        return turn.ended

    def _begin_next(
        self, turn: "_Turn", threads: ThreadPoolExecutor, handlers: Mapping[str, Handler]
    ) -> bool:
        """Claim the next job and have a thread do it; False when there is none."""
        try:
            claim = self._claim(handlers)
        except StoreError as error:
            turn.error = error
            return False
        if claim is None:
            return False
        handler = handlers[claim.kind]
        handler.claimed(claim)
        future = threads.submit(copy_context().run, self._work, claim, handler)
        future.add_done_callback(lambda _future: self._wakeup.ring())
        turn.at_work.add(future)
        return True

    def _claim(self, handlers: Mapping[str, Handler]) -> Claim | None:
        """The next job; nothing is written while none is due."""
        with self._store.read() as tx:
            if not job_rows.is_due(tx, handlers, self._clock()):
                return None
        give_up = {kind: handler.give_up for kind, handler in handlers.items()}
        with self._store.begin() as tx:
            return job_rows.claim_job(tx, give_up, self._holder, self._clock(), most=self._attempts)

    def _work(self, claim: Claim, handler: Handler) -> bool:
        """Whether the job was ended. Raises StoreError when disk or database refuse."""
        with bind(job=claim.id, **({"mail": claim.key} if claim.kind == EXAMINE else {})):
            try:
                return self._attempt(claim, handler)
            except LeaseLost:
                log.warning("job.taken_over", kind=claim.kind)
                return False

    def _attempt(self, claim: Claim, handler: Handler) -> bool:
        try:
            handler.work(claim)
            return True
        except LeaseLost:
            raise
        except PutBack as error:
            self._end(self._postponing(claim, timedelta(0), str(error)))
        except Postponed as error:
            log.error("job.postponed", kind=claim.kind, error=error)
            self._end(self._postponing(claim, PAUSE, str(error)))
        except Failed as error:
            self._end(self._failing(claim, handler, str(error), error.payload))
        except StoreError as error:
            with suppress(StoreError):
                self._end(self._postponing(claim, PAUSE, str(error)))
            raise
        except Exception:  # a bug of ours; while we live nobody else would take the job up
            with suppress(StoreError):
                reason = str(explain(ReasonCode.WORKER_DIED))
                self._end(
                    self._failing(claim, handler, reason, job_rows.count_death(claim.payload))
                )
            raise
        return False

    def _postponing(
        self, claim: Claim, delay: timedelta, reason: str
    ) -> Callable[[Transaction], None]:
        return lambda tx: job_rows.postpone(tx, claim, self._clock(), delay, reason)

    def _failing(
        self, claim: Claim, handler: Handler, reason: str, payload: Mapping[str, Any] | None
    ) -> Callable[[Transaction], None]:
        def fail(tx: Transaction) -> None:
            now, most = self._clock(), self._attempts
            last = job_rows.failed(
                tx, claim, now, reason, handler.give_up, most=most, payload=payload
            )
            log.error(
                "job.failed",
                job=claim.id,
                kind=claim.kind,
                attempt=claim.attempt,
                last=last,
            )

        return fail

    def _end(self, write: Callable[[Transaction], None]) -> None:
        """End an attempt now, or at the next run when the store refuses."""
        self._owed.append(write)
        self._write_owed()

    def _write_owed(self) -> None:
        while True:
            try:
                write = self._owed.pop()
            except IndexError:  # none is left: of several threads another took the last one
                return
            try:
                with suppress(LeaseLost), self._store.begin() as tx:
                    write(tx)
            except StoreError:
                self._owed.append(write)
                raise


class _Turn:
    """What is at work in one run, and how it went so far."""

    def __init__(self) -> None:
        self.at_work: set[Future[bool]] = set()
        self.ended = 0
        self.error: BaseException | None = None  # nothing more is begun; raised when all is still

    def collect(self) -> None:
        """Take out what has finished."""
        finished = {future for future in self.at_work if future.done()}
        self.at_work -= finished
        for future in finished:
            error = future.exception()
            if error is None:
                self.ended += future.result()
            elif self.error is None or isinstance(error, StoreError):
                self.error = error
