"""A mail that lies in a file (.eml) is taken in, byte for byte, as what came by another way than a
mailbox: no border of ours saw it, so nobody vouches for its sender and letters about it stay drafts.

It is the mail of its bytes: a second time, and from the server, it is the same one.
"""

import hashlib
from pathlib import Path

from msgspec import Struct

from desk.app import App, require_room
from desk.inbound.poll import own_mailbox
from desk.jobs.job_queue import EXAMINE
from desk.store import Transaction
from desk.store.inbound import ledger, mails, own_mailboxes
from desk.store.submissions import submission_rows, tries
from redaksi.errors import RedaksiError

CHANNEL = "other"  # as desk.inbound.take_in has it
_MB = 1024 * 1024


class Known(Struct, frozen=True, kw_only=True):
    """The mail that a file is already. `numbers`: of what it became; none where it waits, or was
    none; `is_let_go`: its data went, and it is not taken in again."""

    mail_id: int
    numbers: tuple[str, ...] = ()
    is_let_go: bool = False


class Imported(Struct, frozen=True, kw_only=True):
    """What became of it; `is_new`: False where it is here already."""

    mail_id: int
    is_new: bool


def read_mail(app: App, file: Path) -> bytes:
    """Its bytes. Raises RedaksiError where it is empty or larger than what is taken in, OSError."""
    most = app.config.safety.max_message
    with file.open("rb") as stream:
        raw = stream.read(most + 1)
    if not raw.strip():
        raise RedaksiError("import_empty", file=file.name)
    if len(raw) > most:
        raise RedaksiError("import_too_big", file=file.name, most=most // _MB)
    return raw


def find_known(tx: Transaction, app: App, raw: bytes) -> Known | None:
    """The mail of these bytes, in any of the mailboxes; None where there is none."""
    sha256 = hashlib.sha256(raw).hexdigest()
    for box in app.config.mailbox:
        mail_id = mails.find_bytes(tx, box.id, sha256)
        if mail_id is not None:
            found = {*tries.filed_as(tx, mail_id), *tries.joined(tx, mail_id)}
            numbers = [submission_rows.get_stand(tx, each).number for each in sorted(found)]
            is_let_go = mails.is_let_go(tx, box.id, sha256)
            return Known(mail_id=mail_id, numbers=tuple(numbers), is_let_go=is_let_go)
    return None


def import_mail(app: App, raw: bytes) -> Imported:
    """Keep it, in the first mailbox, as a mail that waits to be examined. Raises StoreError."""
    with app.store.read() as tx:
        known = find_known(tx, app, raw)
    if known is not None:
        return Imported(mail_id=known.mail_id, is_new=False)
    require_room(app)
    box, now, sha256 = app.config.mailbox[0], app.clock(), app.blobs.put(raw)
    with app.store.begin() as tx:
        own_mailboxes.remember(tx, own_mailbox(app, box), now)  # no pass may have come before
        arrived = ledger.take_in(tx, box.id, sha256, len(raw), "import", f"import:{sha256}", now)
        if arrived.new:
            mails.mark_taken_in(tx, arrived.mail_id, None, CHANNEL)
            app.jobs.defer(tx, EXAMINE, str(arrived.mail_id), not_before=now)
    return Imported(mail_id=arrived.mail_id, is_new=arrived.new)
