"""A letter as it is handed to the outbox, and as it is kept there."""

from datetime import datetime

from msgspec import Struct

from desk.store.outbound.outbox_queries import drafts as drafts  # noqa: PLC0414 - callers name it outbox.drafts
from desk.store.tables import LetterState as LetterState  # noqa: PLC0414 - callers name it outbox.LetterState
from redaksi.model import Language
from redaksi.reasons import Reason


class Letter(Struct, frozen=True, kw_only=True):
    """A composed letter, to be queued. It belongs to a try, else to a submission, else to a
    mail."""

    kind: str  # accepted, revise, unreadable, nothing-attached, …
    language: Language
    mailbox: str
    to: str
    message_id: str  # with angle brackets, unique, derived from key and occasion
    key_id: str
    subject: str
    text: str
    content: bytes
    at: datetime
    state: LetterState = "queued"  # "draft" waits for an editor
    automatic: bool = True  # nobody decided on it: it goes by itself, within the limits
    reason: Reason | None = None
    not_before: datetime | None = None
    good_until: datetime | None = None  # None: it is worth sending at any time
    submission_id: int | None = None
    revision_id: int | None = None
    mail_id: int | None = None
    # the occasion it may be written for only once; "" = its kind and its try
    idempotency_key: str = ""
    source: str = ""  # markup below the status line
    facts_hash: str = ""  # publisher.letters.source.fingerprint
    edited_by: int | None = None  # the account whose words it has
    kept_until: str = ""  # "2027-03-21": the day before which, it says, nothing is deleted


class Stored(Struct, frozen=True, kw_only=True):
    """A letter of the outbox."""

    id: int
    kind: str
    language: Language
    mailbox: str
    to: str
    message_id: str
    subject: str
    text: str
    state: LetterState
    automatic: bool
    reason: Reason | None
    attempts: int
    last_error: str
    not_before: datetime
    created_at: datetime
    deferred_at: datetime | None
    sending_at: datetime | None
    sent_at: datetime | None
    submission_id: int | None
    revision_id: int | None
    mail_id: int | None
    source: str = ""
    facts_hash: str = ""
    edited_by: int | None = None
    edited_at: datetime | None = None
