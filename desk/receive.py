"""A mail comes in: fetched, its bytes kept, then ledger, mail, job and watermark in one transaction.

Only after the commit is the server told, and what the server holds is never more than a hint. A crash before the
commit leaves the mail to be fetched again; after it, the job is in the store. The parent never parses a byte.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta

import stamina
from msgspec import Struct

from desk.office import Office
from desk.store import leases, ledger, status
from desk.store.ledger import Arrival, OwnMailbox, Place
from ingest.fetch.listing import Listed, Selected
from ingest.fetch.mailbox import Mailbox, open_mailbox
from redaksi.config import Mailbox as Box
from redaksi.config import own_address
from redaksi.errors import ConfigError, Gone, RedaksiError, ServerError, StoreError, Throttled, Unreachable
from redaksi.log import logger

HELD = timedelta(minutes=5)  # the poller's lease; renewed with every mail
log = logger("receive")


class Watch(Struct, frozen=True):
    """How a long pass is followed and ended: `stop` is asked between mails, `progress` told (done, in all)."""

    stop: Callable[[], bool] = lambda: False
    progress: Callable[[int, int], None] = lambda _done, _all: None


class Pass(Struct, frozen=True, kw_only=True):
    """One poller's hold on one mailbox."""

    office: Office
    box: Box
    token: int
    watch: Watch

    @property
    def lease(self) -> str:
        """The lease's name."""
        return f"poll:{self.box.id}"

    def renew(self) -> None:
        """Hold the mailbox longer. Raises LeaseLost when another poller has taken over."""
        with self.office.store.begin() as tx:
            leases.renew(tx, self.lease, self.token, self.office.clock(), HELD)


def poll(office: Office, box: Box, watch: Watch | None = None) -> int | None:
    """Take in what is new in one mailbox; how many mails, or None when another poller holds it.

    Raises LoginRefused, Unreachable (after three tries with backoff and jitter), Throttled, ServerError, StoreError.
    """
    name = f"poll:{box.id}"
    with office.store.begin() as tx:
        ledger.remember(tx, own_mailbox(office, box), office.clock())
        token = leases.acquire(tx, name, office.name, office.clock(), HELD)
        if token is not None:
            status.close_stale_polls(tx, box.id, office.clock())
    if token is None:
        return None
    try:
        return _with_retries(Pass(office=office, box=box, token=token, watch=watch or Watch()))
    finally:
        with office.store.begin() as tx:
            leases.release(tx, name, token)


def own_mailbox(office: Office, box: Box) -> OwnMailbox:
    """The mailbox as the store remembers it."""
    return OwnMailbox(
        id=box.id,
        address=own_address(box),
        folders=box.folders,
        own_from=office.writes_as(box.id),
        authserv_id=box.authserv_id,
        sent=office.config.reply.sent,
    )


def _with_retries(held: Pass) -> int:
    taken = 0
    for attempt in stamina.retry_context(on=_worth_another_try, attempts=3, wait_initial=1.0, wait_max=10.0):
        with attempt, open_mailbox(held.office.account(held.box)) as mailbox:
            for folder in held.box.folders:
                taken += _recorded(held, mailbox, folder)
    return taken


def _worth_another_try(error: Exception) -> bool:
    return isinstance(error, Unreachable) and not isinstance(error, Throttled)


def _recorded(held: Pass, mailbox: Mailbox, folder: str) -> int:
    """One folder, with its outcome written down, whatever it is."""
    office = held.office
    with office.store.begin() as tx:
        poll_id = status.poll_started(tx, held.box.id, folder, office.clock())
    try:
        taken = _folder(held, mailbox, folder)
        _tell(held, mailbox, folder)
    except RedaksiError as error:
        with office.store.begin() as tx:
            status.poll_ended(tx, poll_id, office.clock(), new=0, error=str(error))
        if isinstance(error, Unreachable | StoreError) or not isinstance(error, ServerError):
            raise
        log.warning("poll.folder", mailbox=held.box.id, folder=folder, error=str(error))
        return 0  # a folder the server refuses (renamed, deleted) does not stop the others
    with office.store.begin() as tx:
        status.poll_ended(tx, poll_id, office.clock(), new=taken)
    return taken


def _folder(held: Pass, mailbox: Mailbox, folder: str) -> int:
    selected = mailbox.select(folder)
    with held.office.store.read() as tx:
        mark = ledger.watermark(tx, held.box.id, folder, selected.uidvalidity)
    if not mark and held.box.since is None:
        raise ConfigError(
            f"mailbox {held.box.id}: since is mandatory at the first start; for example since = 2026-11-01"
        )
    listed = mailbox.new(folder, mark, held.box.since)
    taken = 0
    for done, one in enumerate(listed):
        if held.watch.stop():
            break
        held.watch.progress(done, len(listed))
        held.renew()
        taken += _take(held, mailbox, selected, one)
    held.watch.progress(len(listed), len(listed))
    return taken


def _take(held: Pass, mailbox: Mailbox, selected: Selected, listed: Listed) -> bool:
    """Account for one UID; True when it brought a mail we did not have."""
    office = held.office
    place = Place(
        mailbox=held.box.id, folder=selected.folder, uidvalidity=selected.uidvalidity, uid=listed.uid
    )
    gm_msgid = str(listed.gm_msgid or "")
    with office.store.read() as tx:
        twin = ledger.twin(
            tx, held.box.id, gm_msgid=gm_msgid, message_id=listed.message_id, size=listed.size,
            internaldate=listed.internaldate,
        )  # fmt: skip
    sha256, size = None, listed.size
    if twin is None and listed.size <= office.config.safety.max_message:
        _enough_disk(office)
        try:
            fetched = mailbox.fetch(listed.uid, listed.size, office.spool)
        except Gone:
            with office.store.begin() as tx:
                ledger.skip(tx, place, "gone", office.clock())
            return False
        sha256, size = office.store.blobs.adopt(fetched.path, fetched.sha256), fetched.size
    with office.store.begin() as tx:
        leases.check(tx, held.lease, held.token)
        arrived = ledger.arrive(
            tx,
            Arrival(
                place=place, at=office.clock(), size=size, sha256=sha256, internaldate=listed.internaldate,
                gm_msgid=gm_msgid, message_id=listed.message_id, twin_of=twin,
            ),
        )  # fmt: skip
    if arrived.new:
        log.info("mail.arrived", mail=arrived.mail_id, mailbox=held.box.id, uid=listed.uid, size=size)
    return arrived.new


def _enough_disk(office: Office) -> None:
    free = shutil.disk_usage(office.config.home).free
    if free < office.config.storage.min_free:
        raise StoreError(f"only {free >> 20} MB of disk left; fetching pauses below storage.min_free")


def _tell(held: Pass, mailbox: Mailbox, folder: str) -> None:
    """Mark on the server what is safe with us. A server that keeps no marks is fine."""
    office, mark = held.office, held.box.mark
    if not mark or mailbox.selected is None:
        return
    with office.store.read() as tx:
        copies = [
            copy
            for copy in ledger.untold(tx, held.box.id)
            if copy.place.folder == folder and copy.place.uidvalidity == mailbox.selected.uidvalidity
        ]
    if copies:
        mailbox.tell(folder, [copy.place.uid for copy in copies], mark)
        with office.store.begin() as tx:
            ledger.told(tx, [copy.ledger_id for copy in copies], office.clock())
