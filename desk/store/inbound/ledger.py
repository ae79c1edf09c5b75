"""Which UIDs of which folders were taken in, as which mail.

One mail under two labels is one: it is known by X-GM-MSGID, else by its bytes, else (too big to
take in) by Message-ID, size and INTERNALDATE together. Which mails need no download
`ingest.fetch.sync` decides; `recall` hands it the rows it needs.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Text, and_, cast, exists, or_, select, update

from desk.store import events
from desk.store.engine import Transaction
from desk.store.rows import add_unless_there, ensure
from desk.store.tables import Job, Ledger, LedgerOutcome, Mail, MailSource, Watermark
from ingest.fetch.listing import Listed
from ingest.fetch.sync import Known

# the kind of the jobs for mails the server would not give (desk.store.inbound.pending_fetch)
OWED = "fetch"
_ASKED = 400  # values in one IN (…)
# characters of a Message-ID that are kept: at 4 bytes each less than PostgreSQL's index takes
MOST = 500


class Place(Struct, frozen=True, kw_only=True):
    """Where the server keeps a copy."""

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int


class Arrival(Struct, frozen=True, kw_only=True):
    """A mail as it was fetched. Its blob, if it has one, is on the disk already."""

    place: Place
    at: datetime  # when we took it in
    size: int  # bytes
    sha256: str | None  # None: too big, never downloaded
    internaldate: datetime | None = None
    gm_msgid: str = ""  # decimal
    message_id: str = ""
    duplicate_of: int | None = (
        None  # the mail `ingest.fetch.sync` took it for: nothing was downloaded
    )
    junk: bool = False  # it lay in a folder for spam


class Arrived(Struct, frozen=True, kw_only=True):
    """What became of an arrival."""

    mail_id: int
    new: bool  # False: a mail we have, under another UID or label
    known: bool  # True: this very UID was in the ledger


def arrive(tx: Transaction, arrival: Arrival, *, advance: bool = True) -> Arrived:
    """Ledger row, mail (if it is new) and the watermark, in this one transaction; a new mail's job
    is to be deferred in it too, also where it has no blob: it is filed as too big.

    `advance` False leaves the watermark alone (reconciliation fills gaps below it).
    """
    place = arrival.place
    known = arrival.duplicate_of or _known_mail(tx, arrival)
    made = None if known else add_unless_there(tx, Mail, _mail_values(tx, arrival))
    mail_id = known or made or _known_mail(tx, arrival)
    if mail_id is None:
        raise AssertionError("a mail that is there already cannot be found")
    outcome: LedgerOutcome = "twin" if made is None else "new" if arrival.sha256 else "oversize"
    row = add_unless_there(tx, Ledger, _ledger_values(place, arrival.at, outcome, mail_id))
    if advance:
        move_watermark(tx, place, arrival.at)
    if made is None:
        return Arrived(mail_id=mail_id, new=False, known=row is None)
    events.record(
        tx, events.Happened(at=arrival.at, actor="poller", what="mail arrived", mail_id=mail_id)
    )
    return Arrived(mail_id=mail_id, new=True, known=row is None)


def take_in(
    tx: Transaction,
    mailbox: str,
    sha256: str,
    size: int,
    source: MailSource,
    source_text: str,
    now: datetime,
    *,
    identity: str = "",
) -> Arrived:
    """A parcel that came by another door than IMAP: an import or the web form. A new one
    gets its job like any other. `identity`: what makes it the same mail, beside its bytes; they
    alone by default."""
    place = Place(mailbox=mailbox, folder="", uidvalidity=0, uid=0)
    arrival = Arrival(place=place, at=now, size=size, sha256=sha256)
    values = _mail_values(tx, arrival) | {"source": source, "source_text": source_text}
    if identity:
        values["identity"] = identity
    same = or_(Mail.identity == values["identity"], Mail.blob == sha256)
    known = _find(tx, mailbox, same)
    made = None if known else add_unless_there(tx, Mail, values)
    mail_id = known or made or _find(tx, mailbox, same)
    if mail_id is None:
        raise AssertionError("a mail that is there already cannot be found")
    if made is None:
        return Arrived(mail_id=mail_id, new=False, known=True)
    events.record(tx, events.Happened(at=now, actor=source, what="mail arrived", mail_id=mail_id))
    return Arrived(mail_id=mail_id, new=True, known=False)


def skip(
    tx: Transaction,
    place: Place,
    outcome: LedgerOutcome,
    now: datetime,
    *,
    advance: bool = True,
    mail_id: int | None = None,
    **known: str,
) -> None:
    """A UID that is accounted for without a download: withheld (`mail_id`), or gone before it could
    be fetched, then with what may recognise it elsewhere (`message_id`, `gm_msgid`)."""
    add_unless_there(tx, Ledger, _ledger_values(place, now, outcome, mail_id) | known)
    if advance:
        move_watermark(tx, place, now)


def recall(
    tx: Transaction, mailbox: str, folder: str, uidvalidity: int, listing: Sequence[Listed]
) -> list[Known]:
    """The rows of the mailbox's ledger that may be mails of `listing`: by UID, Message-ID or
    X-GM-MSGID.

    `Known.row` is the mail's id, 0 for a UID that stands for none. A mail the server still owes us
    recognises nothing: its bytes are not here.
    """
    epoch = and_(Ledger.folder == folder, Ledger.uidvalidity == uidvalidity)
    found: dict[int, Known] = {}
    for part in _parts(listing):
        gm_msgids = [str(mail.gm_msgid) for mail in part if mail.gm_msgid is not None]
        message_ids = [mail.message_id[:MOST] for mail in part if mail.message_id]
        owed = exists().where(Job.key == cast(Mail.id, Text), Job.kind == OWED, Job.state != "done")
        same = or_(Mail.gm_msgid.in_(gm_msgids), Mail.message_id.in_(message_ids))
        alike = and_(Mail.id.is_not(None), same, ~owed)
        here = and_(epoch, Ledger.uid.in_([mail.uid for mail in part]))
        rows = tx.execute(
            select(Ledger, Mail)
            .outerjoin(Mail, Ledger.mail_id == Mail.id)
            .where(Ledger.mailbox_id == mailbox, or_(here, alike))
        )
        found.update((row.id, _known(row, mail)) for row, mail in rows)
    return list(found.values())


def watermark(tx: Transaction, mailbox: str, folder: str, uidvalidity: int) -> int:
    """The highest UID of the epoch below which all are in the ledger; 0 at its start."""
    return (
        tx.scalar(
            select(Watermark.uid).where(
                Watermark.mailbox_id == mailbox,
                Watermark.folder == folder,
                Watermark.uidvalidity == uidvalidity,
            )
        )
        or 0
    )


def known_uids(
    tx: Transaction, mailbox: str, folder: str, uidvalidity: int, *, above: int = 0
) -> set[int]:
    """Every UID of the epoch, higher than `above`, that is accounted for."""
    epoch = and_(
        Ledger.mailbox_id == mailbox, Ledger.folder == folder, Ledger.uidvalidity == uidvalidity
    )
    return set(tx.scalars(select(Ledger.uid).where(epoch, Ledger.uid > above)))


def move_watermark(tx: Transaction, place: Place, now: datetime) -> None:
    """Every listed UID up to `place` is accounted for. The watermark never goes back."""
    key = {"mailbox_id": place.mailbox, "folder": place.folder, "uidvalidity": place.uidvalidity}
    ensure(tx, Watermark, {**key, "uid": 0, "updated_at": now})
    tx.execute(
        update(Watermark)
        .where(
            Watermark.mailbox_id == place.mailbox,
            Watermark.folder == place.folder,
            Watermark.uidvalidity == place.uidvalidity,
            Watermark.uid < place.uid,
        )
        .values(uid=place.uid, updated_at=now)
    )


def _parts(listing: Sequence[Listed]) -> Iterator[Sequence[Listed]]:
    for start in range(0, len(listing), _ASKED):
        yield listing[start : start + _ASKED]


def _known(row: Ledger, mail: Mail | None) -> Known:
    known = Known(row=0, folder=row.folder, uidvalidity=row.uidvalidity, uid=row.uid)
    if mail is None:
        return known
    gm_msgid = int(mail.gm_msgid) if mail.gm_msgid else None
    return msgspec.structs.replace(
        known,
        row=mail.id,
        size=mail.size,
        internaldate=mail.internaldate,
        message_id=mail.message_id,
        gm_msgid=gm_msgid,
    )


def _known_mail(tx: Transaction, arrival: Arrival) -> int | None:
    same: list[ColumnElement[bool]] = [Mail.identity == _identity(tx, arrival)]
    if arrival.sha256:
        same.append(Mail.blob == arrival.sha256)
    if arrival.gm_msgid:
        same.append(Mail.gm_msgid == arrival.gm_msgid)
    return _find(tx, arrival.place.mailbox, or_(*same))


def _find(tx: Transaction, mailbox: str, same: ColumnElement[bool]) -> int | None:
    return tx.scalar(
        select(Mail.id).where(Mail.mailbox_id == mailbox, same).order_by(Mail.id).limit(1)
    )


def _identity(tx: Transaction, arrival: Arrival) -> str:
    """What makes it the same mail. One too big to be taken in is told apart from others of its
    epoch by its UID."""
    if arrival.gm_msgid:
        return f"gm:{arrival.gm_msgid}"
    if arrival.sha256:
        return f"sha256:{arrival.sha256}"
    place = arrival.place
    told = (arrival.message_id, arrival.size, arrival.internaldate)
    by_uid = (f"{place.folder}/{place.uidvalidity}/{place.uid}", arrival.size, None)
    if not arrival.message_id or arrival.internaldate is None:
        return _seen(by_uid)
    neighbour = (
        Ledger.mailbox_id == place.mailbox,
        Ledger.folder == place.folder,
        Ledger.uid != place.uid,
        Ledger.uidvalidity == place.uidvalidity,
        Mail.identity == _seen(told),
    )
    taken = tx.scalar(
        select(Ledger.id).join(Mail, Ledger.mail_id == Mail.id).where(*neighbour).limit(1)
    )
    return _seen(told if taken is None else by_uid)


def _seen(told: tuple[str, int, datetime | None]) -> str:
    return f"seen:{hashlib.sha256(repr(told).encode('utf-8', 'surrogatepass')).hexdigest()}"


def _mail_values(tx: Transaction, arrival: Arrival) -> dict[str, object]:
    place = arrival.place
    return {
        "mailbox_id": place.mailbox,
        "source": "mail",
        "source_text": f"{place.mailbox}/{place.folder}/{place.uidvalidity}/{place.uid}",
        "identity": _identity(tx, arrival),
        "blob": arrival.sha256,
        "size": arrival.size,
        "gm_msgid": arrival.gm_msgid,
        "message_id": arrival.message_id[:MOST],
        "junk": arrival.junk,
        "internaldate": arrival.internaldate,
        "received_at": arrival.at,
        "state": "received",
        "reason": "",
    }


def _ledger_values(
    place: Place, now: datetime, outcome: LedgerOutcome, mail_id: int | None
) -> dict[str, object]:
    return {
        "mailbox_id": place.mailbox,
        "folder": place.folder,
        "uidvalidity": place.uidvalidity,
        "uid": place.uid,
        "mail_id": mail_id,
        "outcome": outcome,
        "seen_at": now,
    }
