"""Which mails of a folder are new, which are known under another UID, and whether any was
overlooked. Pure.

A UID names a mail only within its folder and UIDVALIDITY (RFC 3501, 2.3.1.1). When the server
starts a new epoch, or shows one mail in two folders, a mail is known again by Gmail's X-GM-MSGID,
else by Message-ID, size and INTERNALDATE together, else by the hash of its bytes once they are
here. In doubt it is downloaded: a mail too many is found out by its hash, a mail too few is lost.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from msgspec import Struct

from ingest.fetch.listing import Listed

_Identity = tuple[str, int, datetime]
_Epoch = tuple[str, int]  # folder, UIDVALIDITY


class Known(Struct, frozen=True, kw_only=True):
    """One row of a mailbox's ledger, as far as recognising its mail needs it. `row` is the
    caller's own key."""

    row: int
    folder: str
    uidvalidity: int
    uid: int
    size: int = 0
    internaldate: datetime | None = None
    gm_msgid: int | None = None
    message_id: str = ""


class Plan(Struct, frozen=True, kw_only=True):
    """What to do with each listed mail; every one is in exactly one of the three, lowest UID
    first."""

    download: tuple[Listed, ...]
    too_big: tuple[Listed, ...]  # to be filed as too big, without a download
    again: tuple[tuple[Listed, int], ...]  # known: only a ledger row to add, beside that of `row`


class Difference(Struct, frozen=True, kw_only=True):
    """The ledger beside the server. `overlooked` must be empty; `vanished` may not: editors move
    mails."""

    overlooked: tuple[int, ...]  # on the server, not in the ledger
    vanished: tuple[int, ...]  # in the ledger, no longer in the folder
    accounted: int


def resume_after(watermark: tuple[int, int] | None, uidvalidity: int) -> int:
    """The UID above which to list: that of the watermark (UIDVALIDITY, UID), 0 in a new epoch or
    at first."""
    return watermark[1] if watermark is not None and watermark[0] == uidvalidity else 0


def plan(
    ledger: Iterable[Known],
    listing: Sequence[Listed],
    *,
    folder: str,
    uidvalidity: int,
    max_message: int,
) -> Plan:
    """Sort `listing`, the mails of `folder` in the epoch `uidvalidity`, against the mailbox's
    whole ledger."""
    here = (folder, uidvalidity)
    recall = _Recall(ledger, here, listing)
    download, too_big, again = [], [], []
    for mail in sorted(listing, key=lambda listed: listed.uid):
        if (row := recall.row_of(mail)) is not None:
            if mail.uid not in recall.uids_here:
                again.append((mail, row))
        elif mail.size > max_message:
            too_big.append(mail)
        else:
            download.append(mail)
    return Plan(download=tuple(download), too_big=tuple(too_big), again=tuple(again))


def watermark(before: int, listed: Iterable[int], accounted: AbstractSet[int]) -> int:
    """The highest UID up to which every listed mail is in the ledger: nothing above it is ever
    skipped."""
    highest = before
    for uid in sorted(listed):
        if uid not in accounted:
            break
        highest = max(highest, uid)
    return highest


def reconcile(accounted: Iterable[int], on_server: Iterable[int]) -> Difference:
    """Compare the ledger's UIDs of one folder and epoch with all that the server holds there."""
    ours, theirs = set(accounted), set(on_server)
    return Difference(
        overlooked=tuple(sorted(theirs - ours)),
        vanished=tuple(sorted(ours - theirs)),
        accounted=len(ours & theirs),
    )


class _Recall:
    """The ledger, ready to be asked. Message-ID, size and date recognise a mail only where they
    are unique: a sender's program that reuses its Message-ID makes mails that are told apart by
    their bytes alone, so they are downloaded."""

    def __init__(self, ledger: Iterable[Known], here: _Epoch, listing: Iterable[Listed]) -> None:
        self.uids_here: dict[int, int] = {}
        self._by_gmail: dict[int, int] = {}
        self._by_identity: dict[_Identity, dict[_Epoch, list[int]]] = {}
        for known in ledger:
            epoch, identity = (known.folder, known.uidvalidity), _identity(known)
            if known.gm_msgid is not None:
                self._by_gmail.setdefault(known.gm_msgid, known.row)
            if epoch == here:
                self.uids_here[known.uid] = known.row
            if identity is not None:
                self._by_identity.setdefault(identity, {}).setdefault(epoch, []).append(known.row)
        self._here = here
        self._listed = Counter(
            _identity(mail) for mail in listing if mail.uid not in self.uids_here
        )

    def row_of(self, mail: Listed) -> int | None:
        """The ledger row of a mail that is known already."""
        if mail.uid in self.uids_here:
            return self.uids_here[mail.uid]
        if mail.gm_msgid is not None:  # where Gmail says what it is, nothing else is asked
            return self._by_gmail.get(mail.gm_msgid)
        identity = _identity(mail)
        if identity is None or self._listed[identity] > 1:
            return None
        epochs = self._by_identity.get(identity, {})
        if self._here in epochs or any(len(rows) > 1 for rows in epochs.values()):
            return None
        return next((rows[0] for rows in epochs.values()), None)


def _identity(mail: Known | Listed) -> _Identity | None:
    if not mail.message_id or not mail.size or mail.internaldate is None:
        return None
    return mail.message_id, mail.size, mail.internaldate
