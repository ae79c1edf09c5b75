"""Asked once more before a letter leaves: whether what it asks for lies in another mail by now.

Asked in the transaction that begins the sending, the letter locked: who files that other mail waits
for the lock to drop the letter, or has dropped it. So a mail is either not examined yet (the letter
waits, for a while), or filed (where it was joined the letter is gone; where it was not, an editor
sees both).
"""

from datetime import datetime

from msgspec import Struct

from desk.app import App
from desk.domain.other_mail import (
    ASKING,
    HEADER,
    LOOK_AGAIN,
    NEAR,
    PATIENCE,
    Header,
    is_of,
    may_bring,
    read_header,
)
from desk.store import Transaction
from desk.store.inbound import mails
from desk.store.inbound.mails import MailRow
from desk.store.outbound.letters import Stored
from desk.store.submissions import threads
from desk.store.submissions.siblings import number_of_mail, party_of, siblings
from redaksi.errors import StoreError
from redaksi.reasons import Reason, ReasonCode, code_of, explain

# so many unexamined mails at once are the first poll, or an outage: all letters that ask wait
MANY = 200


class Hindrance(Struct, frozen=True, kw_only=True):
    """Why a letter does not leave now. `until`: it waits; None: an editor decides."""

    reason: Reason
    until: datetime | None = None


def find_hindrance(tx: Transaction, app: App, letter: Stored) -> Hindrance | None:
    """What stands in the way of a letter that asks for something; None: nothing."""
    if letter.kind not in ASKING or letter.submission_id is None:
        return None
    now = app.clock()
    if _may_be_under_way(tx, app, letter.submission_id, now) and not _has_waited(letter, now):
        since = letter.reason.facts["since"] if _waits(letter) and letter.reason else now
        reason = explain(ReasonCode.OTHER_MAIL_UNREAD, since=since)
        return Hindrance(reason=reason, until=now + LOOK_AGAIN)
    number = _brought(tx, app, letter, letter.submission_id) if letter.automatic else ""
    if not number:
        return None
    return Hindrance(reason=explain(ReasonCode.OTHER_MAIL_BRINGS, number=number))


def _may_be_under_way(tx: Transaction, app: App, submission_id: int, now: datetime) -> bool:
    waiting = mails.in_state(tx, "received", now - PATIENCE, MANY)
    if not waiting or len(waiting) >= MANY:
        return bool(waiting)
    party = party_of(tx, submission_id)
    headers = (_header(app, row) for row in waiting)
    return any(header is None or is_of(header, party) for header in headers)


def _header(app: App, row: MailRow) -> Header | None:
    """None: nobody can tell whose mail it is (too big to be taken in, or owed by its server)."""
    if row.blob is None:
        return None
    try:
        with app.blobs.open(row.blob) as file:
            return read_header(file.read(HEADER))
    except (OSError, StoreError):
        return None


def _waits(letter: Stored) -> bool:
    return code_of(letter.reason) == ReasonCode.OTHER_MAIL_UNREAD


def _has_waited(letter: Stored, now: datetime) -> bool:
    """Whether it waited long enough for mails nobody has examined."""
    since = letter.reason.facts.get("since") if _waits(letter) and letter.reason else None
    return since is not None and now - datetime.fromisoformat(str(since)) >= PATIENCE


def _brought(tx: Transaction, app: App, letter: Stored, submission_id: int) -> str:
    """The number of the submission that may hold it; "" for none."""
    asked = (
        threads.assessed_at(tx, letter.revision_id)
        if letter.revision_id is not None
        else threads.newest(tx, submission_id)
    )
    for other in siblings(tx, submission_id):
        brings = other.submission is not None and may_bring(asked, other.submission)
        if other.is_named or brings:
            return other.number
    failed = mails.in_state(tx, "failed", app.clock() - NEAR, MANY)
    party = party_of(tx, submission_id) if failed else None
    for row in failed:
        header = _header(app, row)
        if party is not None and header is not None and is_of(header, party):
            return number_of_mail(tx, row.id)
    return ""
