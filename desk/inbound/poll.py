"""A pass over a mailbox: what is new is taken in, what was overlooked is looked for, the server is
told.

Only after the commit is the server told, and what the server holds is never more than a hint. A
crash before the commit leaves the mail to be fetched again; after it, the job is in the store.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import msgspec
import stamina

from desk.app import App
from desk.inbound.accounts import imap_account
from desk.inbound.fetch_folder import ask_again, log, take_in
from desk.inbound.folders import folders_key, name_folder, select_folder
from desk.inbound.hold import Pass, Watch
from desk.inbound.reconcile_folder import Reconciled, look_through, reconcile_folder
from desk.store import status
from desk.store.inbound import flags, ledger, own_mailboxes
from desk.store.inbound.ledger import Place
from desk.store.inbound.own_mailboxes import OwnMailbox
from desk.store.jobs import leases
from ingest.fetch import sync
from ingest.fetch.listing import Selected
from ingest.fetch.mailbox import Mailbox, open_mailbox
from redaksi.config.schema import Mailbox as Box
from redaksi.config.schema import address_of
from redaksi.errors import (
    ConfigError,
    RedaksiError,
    ServerError,
    StoreError,
    Throttled,
    Unreachable,
)

__all__ = [
    "Pass",
    "Reconciled",
    "Watch",
    "enter_mailbox",
    "hold_mailbox",
    "own_mailbox",
    "pass_over",
    "poll_mailbox",
    "reconcile",
]

RECONCILED = timedelta(hours=1)  # between two reconciliations


def poll_mailbox(app: App, box: Box, watch: Watch | None = None) -> int | None:
    """Take in what is new in one mailbox; how many mails, or None when another poller holds it.

    Raises LoginRefused, Unreachable (after three tries with backoff and jitter), Throttled,
    ServerError, StoreError.
    """
    taken = 0
    with hold_mailbox(app, box, watch or Watch()) as held:
        if held is None:
            return None
        for attempt in stamina.retry_context(
            on=_worth_another_try, attempts=3, wait_initial=1.0, wait_max=10.0
        ):
            with attempt, enter_mailbox(app, box) as mailbox:
                taken += pass_over(held, mailbox)
    return taken


def reconcile(app: App, box: Box, watch: Watch | None = None) -> list[Reconciled] | None:
    """Compare the ledger with the server now, taking in what was overlooked; None when another
    poller holds it.

    Raises what `poll` raises.
    """
    with hold_mailbox(app, box, watch or Watch(), thorough=True) as held:
        if held is None:
            return None
        with enter_mailbox(app, box) as mailbox:
            names = [name_folder(mailbox, folder) for folder in box.folders]
            key = folders_key(box.id)
            return [
                look_through(held, mailbox, select_folder(key, mailbox, name))
                for name in names
                if name
            ]


@contextmanager
def hold_mailbox(
    app: App,
    box: Box,
    watch: Watch,
    *,
    thorough: bool = False,
    cuts: dict[Place, tuple[int, int]] | None = None,
) -> Iterator[Pass | None]:
    """The mailbox for us alone; None while another poller has it. Reconciles when asked to, else
    every hour."""
    name = f"poll:{box.id}"
    with app.store.begin() as tx:
        now = app.clock()
        own_mailboxes.remember(tx, own_mailbox(app, box), now)
        token = leases.acquire(tx, name, app.name)
        if token is not None:
            status.close_stale_polls(tx, box.id, now)
        since = leases.until(tx, f"reconciled:{box.id}")
    if token is None:
        yield None
        return
    late = since is None or since <= now
    try:
        yield Pass(
            app=app,
            box=box,
            token=token,
            watch=watch,
            thorough=thorough or late,
            cuts={} if cuts is None else cuts,
        )
    finally:
        with app.store.begin() as tx:
            leases.release(tx, name, token)


@contextmanager
def enter_mailbox(app: App, box: Box) -> Iterator[Mailbox]:
    """The open mailbox. A failure to enter is written down, so that `status` tells of it.

    While a quota lasts nobody knocks, whichever process was told of it. Raises Throttled then, and
    what `open_mailbox` and `App.account` raise.
    """
    with app.store.read() as tx:
        until = leases.until(tx, f"pause:{box.id}")
    if until is not None and (left := (until - app.clock()).total_seconds()) > 0:
        raise Throttled("limited_for", left, host=box.host, n=int(left) + 1)
    with ExitStack() as stack:
        try:
            mailbox = stack.enter_context(open_mailbox(imap_account(app, box)))
        except RedaksiError as error:
            _could_not_enter(app, box, error)
            raise
        try:
            yield mailbox
        except Throttled as error:
            _pause(app, box, error)
            raise


def own_mailbox(app: App, box: Box) -> OwnMailbox:
    """The mailbox as the store remembers it."""
    return OwnMailbox(
        id=box.id,
        address=address_of(box),
        folders=box.folders,
        own_from=app.writes_as(box.id),
        authserv_id=box.authserv_id,
        sent=app.config.reply.sent,
    )


def pass_over(held: Pass, mailbox: Mailbox) -> int:
    """Every folder once over an open connection; how many mails we did not have."""
    taken = sum(_recorded(held, mailbox, folder) for folder in held.box.folders)
    if held.thorough and not held.watch.stop():
        with held.app.store.begin() as tx:
            leases.note(tx, f"reconciled:{held.box.id}", held.app.clock() + RECONCILED)
    return taken


def _worth_another_try(error: Exception) -> bool:
    return isinstance(error, Unreachable) and not isinstance(error, Throttled)


def _could_not_enter(app: App, box: Box, error: RedaksiError) -> None:
    now = app.clock()
    with app.store.begin() as tx:
        own_mailboxes.remember(tx, own_mailbox(app, box), now)
        for folder in box.folders:
            status.poll_ended(
                tx, status.poll_started(tx, box.id, folder, now), now, new=0, error=error.freeze()
            )
    if isinstance(error, Throttled):
        _pause(app, box, error)


def _pause(app: App, box: Box, error: Throttled) -> None:
    with app.store.begin() as tx:
        leases.note(tx, f"pause:{box.id}", app.clock() + timedelta(seconds=error.retry_after))


def _recorded(held: Pass, mailbox: Mailbox, folder: str) -> int:
    """One folder, with its outcome written down, whatever it is."""
    app = held.app
    with app.store.begin() as tx:
        poll_id = status.poll_started(tx, held.box.id, folder, app.clock())
    recorded = msgspec.structs.replace(held, poll_id=poll_id)
    try:
        taken = _folder(recorded, mailbox, folder)
    except RedaksiError as error:
        with app.store.begin() as tx:
            status.poll_ended(tx, poll_id, app.clock(), new=0, error=error.freeze())
        if isinstance(error, Unreachable | StoreError) or not isinstance(error, ServerError):
            raise
        log.warning("poll.folder", mailbox=held.box.id, folder=held.number(folder), error=error)
        held.watch.refused(error)
        return 0  # a folder the server refuses (renamed, deleted) does not stop the others
    with app.store.begin() as tx:
        status.poll_ended(tx, poll_id, app.clock(), new=taken)
    return taken


def _folder(held: Pass, mailbox: Mailbox, folder: str) -> int:
    name = name_folder(mailbox, folder)
    if not name:
        log.info("poll.no_such_use", mailbox=held.box.id, folder=held.number(folder))
        return 0
    selected = select_folder(folders_key(held.box.id), mailbox, name)
    with held.app.store.read() as tx:
        mark = ledger.watermark(tx, held.box.id, name, selected.uidvalidity)
    if not mark and held.box.since is None:
        raise ConfigError("no_since", box=held.box.id)
    uids = mailbox.new_uids(name, mark, held.box.since)
    fresh = _unknown(held, selected, uids, mark)
    taken = take_in(held, mailbox, selected, mailbox.listed(fresh))
    _pass_known(held, selected, uids, mark)
    if held.watch.stop():
        return taken
    taken += ask_again(held, mailbox, selected)
    if held.thorough:
        taken += reconcile_folder(held, mailbox, selected).taken
    _tell(held, mailbox, selected)
    return taken


def _unknown(held: Pass, selected: Selected, uids: list[int], mark: int) -> list[int]:
    """Those of `uids` that no pass has accounted for yet: a reconciliation may have been there
    first."""
    with held.app.store.read() as tx:
        known = ledger.known_uids(
            tx, held.box.id, selected.folder, selected.uidvalidity, above=mark
        )
    return [uid for uid in uids if uid not in known]


def _pass_known(held: Pass, selected: Selected, uids: list[int], mark: int) -> None:
    """Nothing that is accounted for stands above the watermark without need."""
    fresh = _unknown(held, selected, uids, mark)
    reached = sync.watermark(mark, uids, set(uids).difference(fresh))
    if reached > mark:
        place = Place(
            mailbox=held.box.id,
            folder=selected.folder,
            uidvalidity=selected.uidvalidity,
            uid=reached,
        )
        with held.app.store.begin() as tx:
            ledger.move_watermark(tx, place, held.app.clock())


def _tell(held: Pass, mailbox: Mailbox, selected: Selected) -> None:
    """Mark on the server what is safe with us. A server that keeps no marks is fine."""
    app, mark = held.app, held.box.mark
    if not mark:
        return
    with app.store.read() as tx:
        copies = [
            copy
            for copy in flags.unflagged(tx, held.box.id)
            if copy.place.folder == selected.folder
            and copy.place.uidvalidity == selected.uidvalidity
        ]
    if copies:
        mailbox.tell(selected.folder, [copy.place.uid for copy in copies], mark)
        with app.store.begin() as tx:
            flags.mark_flagged(tx, [copy.ledger_id for copy in copies], app.clock())
