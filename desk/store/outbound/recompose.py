"""A draft written anew: the same letter, with other words."""

from datetime import datetime

from msgspec import Struct

from desk.store.engine import Transaction
from desk.store.people.addresses import address_key
from desk.store.tables import LetterContent, Outbox
from publisher.letters.letter_context import Letter
from redaksi.model import Language


class Edited(Struct, frozen=True, kw_only=True):
    """Whose words a letter has, and since when."""

    account_id: int
    at: datetime


def replace_words(
    tx: Transaction,
    letter_id: int,
    composed: Letter,
    language: Language,
    key_id: str,
    edited: Edited | None = None,
    *,
    kept_until: str = "",
) -> None:
    """What a draft says, and where it goes, is this from now on; its occasion stays. `edited`: the
    words are an editor's; None: ours. `kept_until`: as in Letter. The row is locked by the
    caller."""
    row = tx.get_one(Outbox, letter_id)
    row.to_address, row.to_normalized = composed.to.strip(), address_key(composed.to)
    row.message_id, row.key_id, row.language = composed.message_id, key_id, language
    row.subject, row.text = composed.subject, composed.text
    row.source, row.facts_hash = composed.source, composed.facts_hash
    row.kept_until = kept_until
    row.edited_by = edited.account_id if edited else None
    row.edited_at = edited.at if edited else None
    tx.get_one(LetterContent, letter_id).content = composed.raw
    tx.flush()
