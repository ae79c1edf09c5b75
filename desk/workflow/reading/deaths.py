"""What follows when a reading of a stored mail ended badly: what is written down, and how its job
goes on."""

from desk.app import App
from desk.domain.rungs import Rung, keep_rung, next_rung
from desk.jobs.job_queue import Failed, Postponed, PutBack
from desk.sandbox.host import Crashed
from desk.sandbox.pool import Examiner
from desk.sandbox.trust.agreed import AgreedExaminer
from desk.store import events
from desk.store.jobs.job_rows import Claim, count_death
from desk.store.tally import observe_reading
from desk.workflow.reading import sender_budget
from redaksi.reasons import ReasonCode, explain


class ReadAgain(Exception):
    """A reading by `reader` ended badly. The next attempt reads as `rung` says, where it was a
    child that died of the mail."""

    def __init__(self, crashed: Crashed, reader: AgreedExaminer, rung: Rung) -> None:
        super().__init__(str(crashed))
        self.crashed, self.reader, self.rung = crashed, reader, rung


def read_again(
    reader: Examiner, crashed: Crashed, *, together: bool = False
) -> ReadAgain | Crashed:
    """What to raise. `together`: the mail was read with what came before, so that the mail itself
    is not to be read with less."""
    if not isinstance(reader, AgreedExaminer):
        return crashed
    if together:
        return ReadAgain(crashed, reader, Rung(apart=True))
    return ReadAgain(crashed, reader, next_rung(reader.rung, crashed.cause, crashed.file))


def end_attempt(
    app: App, claim: Claim, death: Crashed | ReadAgain, *, is_stopping: bool
) -> PutBack | Postponed | Failed:
    """How the job goes on. The death is written down, and what a child's took is booked on its
    sender.

    The death of a fork server says nothing of the mail, and counts as a worker's does: the mail is
    read again in full, until too many died over it. Where no server starts the mail was not begun,
    and no attempt was made. Raises StoreError.
    """
    crashed = death.crashed if isinstance(death, ReadAgain) else death
    if is_stopping:
        return PutBack("stopped")
    if crashed.cause == "start":
        return Postponed(crashed.freeze())
    _write_down(app, claim, death)
    reason = str(explain(ReasonCode.EXAMINATION_STOPPED, line=crashed))
    if crashed.cause == "server":
        return Failed(reason, count_death(claim.payload))
    if isinstance(death, ReadAgain):
        return Failed(reason, keep_rung(claim.payload, death.rung))
    return Failed(reason)


def _write_down(app: App, claim: Claim, death: Crashed | ReadAgain) -> None:
    crashed = death.crashed if isinstance(death, ReadAgain) else death
    happened = events.Happened(
        at=app.clock(),
        actor="worker",
        what=events.READING_DIED,
        mail_id=int(claim.key),
        facts={"cause": crashed.cause, "file": crashed.file},
    )
    with app.store.begin() as tx:
        if isinstance(death, ReadAgain) and crashed.cause != "server":
            sender_budget.book(tx, app, death.reader, mails=0)
        if isinstance(death, ReadAgain):
            observe_reading(tx, death.reader.elapsed, death.reader.processor)
        else:
            observe_reading(tx, crashed.elapsed, crashed.processor)
        events.record(tx, happened)
