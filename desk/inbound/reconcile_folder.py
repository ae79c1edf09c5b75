"""The ledger beside the server: is every mail that a folder holds accounted for?"""

from msgspec import Struct

from desk.inbound.fetch_folder import ask_again, log, take_in
from desk.inbound.hold import Pass
from desk.store import events
from desk.store.inbound import departures, ledger, pending_fetch
from ingest.fetch import sync
from ingest.fetch.listing import Selected
from ingest.fetch.mailbox import Mailbox


class Reconciled(Struct, frozen=True, kw_only=True):
    """The ledger beside one folder of the server. A mail that came in the meantime counts as
    overlooked."""

    mailbox: str
    folder: str
    on_server: int
    overlooked: int  # on the server, not in the ledger
    taken: int  # of those: accounted for by now
    left: int  # of those: still not
    vanished: int  # in the ledger, no longer in the folder: editors move mails
    owed: int  # the server lists them and gives nothing (the whole mailbox)
    gone: int = 0  # left the folder in the last week before we had them


def look_through(held: Pass, mailbox: Mailbox, selected: Selected) -> Reconciled:
    """What the server withheld is asked for again, then the folder is reconciled."""
    ask_again(held, mailbox, selected)
    return reconcile_folder(held, mailbox, selected)


def reconcile_folder(held: Pass, mailbox: Mailbox, selected: Selected) -> Reconciled:
    """Every UID the server has is in the ledger, or taken in now; the difference is put on
    record."""
    app, folder = held.app, selected.folder
    on_server = _wanted(held, mailbox, selected)
    before = _difference(held, selected, on_server)
    if before.overlooked:
        take_in(held, mailbox, selected, mailbox.listed(before.overlooked), advance=False)
    after = _difference(held, selected, on_server)
    # what was expunged in the meantime is no loss, nor are numbers that name no mail
    left = len(mailbox.still_there(after.overlooked))
    nobodys = len(after.overlooked) - left
    with app.store.begin() as tx:
        result = Reconciled(
            mailbox=held.box.id,
            folder=folder,
            on_server=len(on_server) - nobodys,
            overlooked=len(before.overlooked) - nobodys,
            taken=len(before.overlooked) - len(after.overlooked),
            left=left,
            vanished=len(before.vanished),
            owed=pending_fetch.count(tx, held.box.id),
            gone=departures.count_departures(tx, app.clock(), held.box.id, folder),
        )
        facts = {name: getattr(result, name) for name in result.__struct_fields__}
        events.record(
            tx, events.Happened(at=app.clock(), actor="poller", what="reconciled", facts=facts)
        )
    if result.overlooked:
        counts = {name: fact for name, fact in facts.items() if name != "folder"}
        log.warning("reconciled", **counts)
    return result


def _wanted(held: Pass, mailbox: Mailbox, selected: Selected) -> list[int]:
    """Every UID we must know: since the day we began; where config.toml no longer names it,
    since our first mail."""
    uids = mailbox.all_uids(selected.folder, held.box.since)
    if held.box.since is not None:
        return uids
    with held.app.store.read() as tx:
        known = ledger.known_uids(tx, held.box.id, selected.folder, selected.uidvalidity)
    return [uid for uid in uids if known and uid >= min(known)]


def _difference(held: Pass, selected: Selected, on_server: list[int]) -> sync.Difference:
    with held.app.store.read() as tx:
        known = ledger.known_uids(tx, held.box.id, selected.folder, selected.uidvalidity)
    return sync.reconcile(known, on_server)
