"""One folder's listed mails, each accounted for: known, fetched, too big, gone, or withheld by the
server.

A mail's bytes are kept first; then ledger, mail, job and watermark are one transaction. The parent
never parses a byte of a mail.
"""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from desk.app import App, require_room
from desk.inbound.hold import Pass, Progress
from desk.jobs.job_queue import EXAMINE
from desk.store.inbound import dead_letters, departures, ledger, mails, pending_fetch
from desk.store.inbound.ledger import Arrival, Place
from desk.store.inbound.pending_fetch import Owed
from desk.store.jobs import job_rows, leases
from desk.store.jobs.job_rows import Claim
from ingest.fetch import spool
from ingest.fetch.listing import Listed, Selected
from ingest.fetch.mailbox import Mailbox
from ingest.fetch.spool import Fetched
from ingest.fetch.sync import plan
from redaksi.errors import (
    Gone,
    LeaseLost,
    LoginRefused,
    ServerError,
    StoreError,
    Throttled,
    Unreachable,
)
from redaksi.fault import name_fault
from redaksi.log import get_logger
from redaksi.reasons import ReasonCode, explain

AGAIN = timedelta(minutes=5)  # until a mail is asked for anew, where nothing can be fetched
# connections that may break at one mail, none of them bringing a byte, before the line goes on
# without it
CUTS = 3
log = get_logger("receive")


def take_in(
    held: Pass,
    mailbox: Mailbox,
    selected: Selected,
    listing: Sequence[Listed],
    *,
    advance: bool = True,
) -> int:
    """Account for each of `listing`, lowest UID first; how many mails we did not have.

    Raises Unreachable, LoginRefused, StoreError and LeaseLost; what was done until then stays done.
    """
    with held.app.store.read() as tx:
        known = ledger.recall(tx, held.box.id, selected.folder, selected.uidvalidity, listing)
    planned = plan(
        known,
        listing,
        folder=selected.folder,
        uidvalidity=selected.uidvalidity,
        max_message=held.app.config.safety.max_message,
    )
    duplicates = {mail.uid: row for mail, row in planned.again}
    todo = sorted(
        [*planned.download, *planned.too_big, *(mail for mail, _ in planned.again)],
        key=lambda m: m.uid,
    )
    taken, done, progress = 0, 0, Progress(held, len(todo))
    for listed in todo:
        if held.watch.stop():
            break
        progress.tell(done)
        held.check()
        taken += _take(held, mailbox, selected, listed, duplicates.get(listed.uid), advance=advance)
        done += 1
    progress.tell(done, last=True)
    return taken


def ask_again(held: Pass, mailbox: Mailbox, selected: Selected) -> int:
    """Fetch what the server withheld earlier; how many mails came that we did not have."""
    app, taken = held.app, 0
    with app.store.read() as tx:
        wanted = pending_fetch.due(
            tx, held.box.id, selected.folder, app.clock(), failed_too=held.thorough
        )
    for owed in wanted:
        if held.watch.stop():
            break
        held.check()
        taken += _ask_again(held, mailbox, selected, owed)
    return taken


def _take(
    held: Pass,
    mailbox: Mailbox,
    selected: Selected,
    listed: Listed,
    duplicate: int | None,
    *,
    advance: bool,
) -> bool:
    """Account for one UID; True when it brought a mail we did not have."""
    app = held.app
    arrival = Arrival(
        place=Place(
            mailbox=held.box.id,
            folder=selected.folder,
            uidvalidity=selected.uidvalidity,
            uid=listed.uid,
        ),
        at=app.clock(),
        size=listed.size,
        sha256=None,
        internaldate=listed.internaldate,
        gm_msgid=str(listed.gm_msgid or ""),
        message_id=listed.message_id,
        duplicate_of=duplicate,
        junk=selected.junk,
    )
    if duplicate is not None:
        return _arrive(held, arrival, advance=advance)
    require_room(app)
    if listed.size > app.config.safety.max_message:
        _keep_header(app, mailbox, arrival.place)
        return _arrive(held, arrival, advance=advance)
    return _download(held, mailbox, arrival, advance=advance)


def _download(held: Pass, mailbox: Mailbox, arrival: Arrival, *, advance: bool) -> bool:
    """Fetch what was listed as `arrival`; True when it brought a mail we did not have."""
    app, place = held.app, arrival.place
    try:
        fetched = _fetch(held, mailbox, place, arrival.size)
    except Gone:
        with app.store.begin() as tx:
            departures.record_departure(tx, arrival, advance=advance)
        log.warning("mail.gone", mailbox=place.mailbox, uid=place.uid)
        return False
    except (LoginRefused, Throttled):
        raise
    except Unreachable as error:
        if _is_poisonous(held, place):
            _owe(held, arrival, error, advance=advance)
        raise
    except ServerError as error:
        _owe(held, arrival, error, advance=advance)
        return False
    whole = msgspec.structs.replace(
        arrival, at=app.clock(), size=fetched.size, sha256=fetched.sha256
    )
    new = _arrive(held, whole, advance=advance)
    spool.forget(fetched)
    return new


def _fetch(held: Pass, mailbox: Mailbox, place: Place, size: int, but: str = "") -> Fetched:
    """The mail, among the blobs by now, unless we let go of it before. Its file is to be forgotten
    once the ledger has it: should we be killed or have lost the mailbox before, the next pass takes
    it from there."""
    fetched = mailbox.fetch(place.uid, size, held.app.spool, but=but)
    held.cuts.pop(place, None)
    held.check()
    with held.app.store.read() as tx:
        is_let_go = mails.is_let_go(tx, place.mailbox, fetched.sha256)
    if not is_let_go:
        held.app.blobs.adopt(spool.lend(fetched), fetched.sha256)
    return fetched


def _arrive(held: Pass, arrival: Arrival, *, advance: bool) -> bool:
    app, place = held.app, arrival.place
    with app.store.begin() as tx:
        leases.check(tx, held.lease, held.token)
        arrived = ledger.arrive(tx, arrival, advance=advance)
        if arrived.new:
            app.jobs.defer(tx, EXAMINE, str(arrived.mail_id), not_before=arrival.at)
        elif not arrival.junk:
            mails.clear_junk(tx, arrived.mail_id)
    if arrived.new:
        log.info(
            "mail.arrived",
            mail=arrived.mail_id,
            mailbox=place.mailbox,
            uid=place.uid,
            size=arrival.size,
        )
    return arrived.new


def _owe(held: Pass, arrival: Arrival, error: ServerError, *, advance: bool) -> None:
    reason = str(explain(ReasonCode.SERVER_GAVE_NOTHING, line=error.freeze()))
    with held.app.store.begin() as tx:
        leases.check(tx, held.lease, held.token)
        mail_id = pending_fetch.owe(tx, arrival, reason, advance=advance)
    log.warning(
        "mail.withheld",
        mail=mail_id,
        mailbox=arrival.place.mailbox,
        uid=arrival.place.uid,
        error=error,
    )


def _is_poisonous(held: Pass, place: Place) -> bool:
    """Whether it is this mail that breaks the connections: so many in a row and not a byte more
    on the disk."""
    on_disk = sum(path.stat().st_size for path in held.app.spool.glob("*.part"))
    count, before = held.cuts.get(place, (0, on_disk))
    held.cuts[place] = (count + 1 if on_disk <= before else 1, on_disk)
    return held.cuts[place][0] >= CUTS


def _ask_again(held: Pass, mailbox: Mailbox, selected: Selected, owed: Owed) -> bool:
    app = held.app
    # a new epoch: it was listed anew, under another UID
    if owed.place.uidvalidity != selected.uidvalidity:
        with app.store.begin() as tx:
            pending_fetch.settle(tx, owed, explain(ReasonCode.NEW_UIDS), app.clock())
        return False
    listed = mailbox.listed([owed.place.uid])
    job = None
    if not owed.failed:
        with app.store.begin() as tx:
            job = pending_fetch.begin(tx, owed, app.name, app.clock())
    try:
        if not listed:
            raise Gone("gone", uid=owed.place.uid)
        fetched = _fetch(held, mailbox, owed.place, listed[0].size or owed.size, owed.stand_in)
        if fetched.sha256 != owed.stand_in:
            return _came(held, owed, fetched, str(listed[0].gm_msgid or ""))
    except Gone:
        with app.store.begin() as tx:
            pending_fetch.settle(tx, owed, explain(ReasonCode.GONE_FROM_SERVER), app.clock())
        return False
    except (StoreError, LoginRefused, Throttled, LeaseLost) as error:
        if job is not None:
            with app.store.begin() as tx:
                job_rows.postpone(tx, job, app.clock(), AGAIN, str(error))
        raise
    except ServerError as error:
        _count_failure(app, job, str(explain(ReasonCode.SERVER_GAVE_NOTHING, line=error.freeze())))
        if isinstance(error, Unreachable):
            raise
        return False
    _count_failure(app, job, owed.reason)  # the same words in its place as before
    spool.forget(fetched)
    return False


def _count_failure(app: App, job: Claim | None, reason: str) -> None:
    if job is None:  # it is shown to editors by now
        return
    most = app.config.sandbox.attempts
    with app.store.begin() as tx:
        job_rows.failed(tx, job, app.clock(), reason, dead_letters.give_up, most=most)


def _came(held: Pass, owed: Owed, fetched: Fetched, gm_msgid: str) -> bool:
    """Whether what the server gave at last is a mail we did not have."""
    app = held.app
    with app.store.begin() as tx:
        leases.check(tx, held.lease, held.token)
        new = pending_fetch.record_arrival(
            tx, owed, fetched.sha256, fetched.size, gm_msgid, app.clock()
        )
        if new:
            app.jobs.defer(tx, EXAMINE, str(owed.mail_id))
    spool.forget(fetched)
    return new


def _keep_header(app: App, mailbox: Mailbox, place: Place) -> None:
    """The header of a mail that is not downloaded, so that an editor sees who sent it. A help,
    never a duty."""
    try:
        header = mailbox.header(place.uid)
    except Unreachable:
        raise
    except ServerError:
        return
    try:
        app.header(f"{place.mailbox}/{place.folder}/{place.uidvalidity}/{place.uid}").write_bytes(
            header
        )
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error
