"""What an editor asked for is done, by the same doors as from the command line; where it cannot be,
an editor is called and told why."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from desk.app import App
from desk.domain.actor import name_actor
from desk.jobs.job_queue import Handler, Postponed, PutBack
from desk.sandbox.host import Crashed
from desk.sandbox.pool import Drained, Examiner
from desk.store import Transaction, events
from desk.store.jobs.job_rows import Claim
from desk.store.submissions import submission_rows
from desk.workflow import pair as pairing
from desk.workflow import replay as replaying
from desk.workflow.asked.ask import FAILED, Asked, What, read_asked
from desk.workflow.asked.readers_photos import make_readers_photos
from desk.workflow.asked.release import release
from desk.workflow.asked.tidy import tidy
from desk.workflow.publishing.deliver import PhotoFailed
from desk.workflow.publishing.photos import Deriver
from redaksi.errors import BlobMissing, IllegalMove, RedaksiError, ScannerSilent, Stale, StoreError

STARTS_OVER = 3  # times it is begun anew because another mail came meanwhile
_OUTRUN = "newer_try_again"


class Hands(Examiner, Deriver, Protocol):
    """Who opens mails and makes photos: a sandbox, or a pool."""


class _Errand(Struct, frozen=True, kw_only=True):
    """What is asked of the worker. `end` is written with what comes of it."""

    app: App
    sandbox: Hands
    number: str
    asked: Asked
    end: Callable[[Transaction], None]


def make_handler(app: App, sandbox: Hands) -> Handler:
    """How the jobs of ASKED are done."""
    return Handler(work=lambda claim: _work(app, sandbox, claim), give_up=_give_up)


def _work(app: App, sandbox: Hands, claim: Claim) -> None:
    """Raises PutBack where somebody stops, Postponed where no child can be begun, StoreError."""
    asked = read_asked(claim.payload)
    with app.store.read() as tx:
        number = submission_rows.get_stand(tx, int(claim.key)).number
    errand = _Errand(
        app=app,
        sandbox=sandbox,
        number=number,
        asked=asked,
        end=lambda tx: app.jobs.done(tx, claim),
    )
    try:
        _do_again(errand)
    except Drained as error:
        raise PutBack(str(error)) from error
    except ScannerSilent as error:
        raise Postponed(error.freeze()) from error
    except Crashed as error:
        if error.cause == "start":
            raise Postponed(error.freeze()) from error
        _fail(errand, int(claim.key), error)
    except (IllegalMove, BlobMissing, PhotoFailed) as error:
        _fail(errand, int(claim.key), error)


def _do_again(errand: _Errand) -> None:
    """What another mail outran is begun anew; the last time the editor is told."""
    for _ in range(STARTS_OVER):
        try:
            return _DO[errand.asked.what](errand)
        except Stale:
            continue
        except StoreError as error:
            if error.sentence.key != _OUTRUN:
                raise
    raise IllegalMove("outrun", number=errand.number)


def _pair(errand: _Errand) -> None:
    asked = errand.asked
    pairing.pair(
        errand.app,
        errand.sandbox,
        errand.number,
        asked.into,
        account=asked.account,
        same_person=asked.same_person,
        within=errand.end,
    )


def _examine(errand: _Errand) -> None:
    """Where it says the same as before, that is on record too."""
    app = errand.app

    def end(tx: Transaction, *, unchanged: bool = False) -> None:
        found = submission_rows.id_of(tx, errand.number)
        happened = events.Happened(
            at=app.clock(),
            actor=name_actor(account=errand.asked.account),
            what="examined again",
            submission_id=found,
            facts={"unchanged": True} if unchanged else {},
        )
        events.record(tx, happened)
        errand.end(tx)

    replayed = replaying.replay(app, errand.sandbox, errand.number, apply=True, within=end)
    if replayed.outcome == "unchanged":
        with app.store.begin() as tx:
            end(tx, unchanged=True)


def _make_photos(errand: _Errand) -> None:
    make_readers_photos(
        errand.app,
        errand.sandbox,
        errand.number,
        account=errand.asked.account,
        within=errand.end,
    )


def _release(errand: _Errand) -> None:
    release(
        errand.app,
        errand.sandbox,
        errand.number,
        account=errand.asked.account,
        within=errand.end,
    )


def _tidy(errand: _Errand) -> None:
    tidy(
        errand.app,
        errand.sandbox,
        errand.number,
        account=errand.asked.account,
        within=errand.end,
    )


_DO: Mapping[What, Callable[[_Errand], None]] = {
    "pair": _pair,
    "examine": _examine,
    "release": _release,
    "tidy": _tidy,
    "photos": _make_photos,
}


def _fail(errand: _Errand, submission_id: int, error: RedaksiError) -> None:
    with errand.app.store.begin() as tx:
        _record_failure(tx, errand.asked, submission_id, errand.app.clock(), error.freeze())
        errand.end(tx)


def _give_up(tx: Transaction, claim: Claim, now: datetime, reason: str) -> None:
    """The worker died of it every time. No mail is set aside: the button is there again."""
    _record_failure(tx, read_asked(claim.payload), int(claim.key), now, reason)


def _record_failure(
    tx: Transaction, asked: Asked, submission_id: int, now: datetime, reason: str
) -> None:
    happened = events.Happened(
        at=now,
        actor="worker",
        what=FAILED[asked.what],
        submission_id=submission_id,
        reason=reason,
        facts={"with": asked.into} if asked.into else {},
    )
    events.record(tx, happened)
