"""Everything of a person: what the store says, and the mails that became no submission, which only
their own headers tell of."""

import hashlib
from pathlib import Path

from msgspec import Struct

from desk.blobs.blob_store import BlobStore
from desk.domain.people.senders import MOST_HEADER, find_senders
from desk.store import Transaction
from desk.store.people.addresses import address_key
from desk.store.people.belongings import (
    KeptMail,
    Whose,
    find_person,
    iterate_mails,
    list_letters,
    list_mails,
    list_submissions,
)
from redaksi.errors import BlobMissing


class Belongings(Struct, frozen=True, kw_only=True):
    """What is a person's. `written`: the mails that he sent, or that were taken in for a submission
    of his and name no sender; `others`: mails of somebody else about a submission of his."""

    whose: Whose
    submissions: tuple[int, ...] = ()
    written: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is known of him at all."""
        known = self.whose.persons or self.submissions or self.written or self.letters
        return not known


def find_belongings(
    tx: Transaction,
    blobs: BlobStore,
    spool: Path | None,
    key: str,
    known: dict[tuple[int, str | None], set[str]] | None = None,
) -> Belongings:
    """Everything of whoever has this address (belongings.plain_address). Reads the head of every
    mail that is kept, but those in `known`: the senders of a mail with this blob, which are added.
    Raises StoreError."""
    heads = {} if known is None else known
    whose = find_person(tx, key)
    submissions = list_submissions(tx, whose)
    about = list_mails(tx, submissions)
    written, others = [], []
    for mail in iterate_mails(tx):
        if (mail.id, mail.blob) not in heads:
            heads[mail.id, mail.blob] = read_senders(blobs, spool, mail)
        senders = heads[mail.id, mail.blob]
        if senders & whose.keys or (mail.id in about and not senders):
            written.append(mail.id)
        elif mail.id in about:
            others.append(mail.id)
    return Belongings(
        whose=whose,
        submissions=tuple(submissions),
        written=tuple(written),
        others=tuple(others),
        letters=tuple(list_letters(tx, whose, submissions, written)),
    )


def read_senders(blobs: BlobStore, spool: Path | None, mail: KeptMail) -> set[str]:
    """Who wrote a mail, by people.addresses.address_key. `spool`: None where there is none. Raises
    StoreError."""
    return {address_key(sender) for sender in find_senders(_read_head(blobs, spool, mail))}


def _read_head(blobs: BlobStore, spool: Path | None, mail: KeptMail) -> bytes:
    """The beginning of a mail, or the header of one that was not downloaded; empty where neither is
    there. Raises StoreError."""
    if mail.blob is not None:
        try:
            with blobs.open(mail.blob) as stream:
                return stream.read(MOST_HEADER)
        except BlobMissing:
            return b""
    if spool is None:
        return b""
    path = spool / f"{hashlib.sha256(mail.source_text.encode()).hexdigest()}.header"  # App.header
    return path.read_bytes()[:MOST_HEADER] if path.is_file() else b""
