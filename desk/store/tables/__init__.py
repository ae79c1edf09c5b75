"""Every table of the store, in the order a mail meets them."""

from desk.store.columns import Base
from desk.store.tables.letter import LetterContent, LetterState, Outbox, RelayPause, SigningKey
from desk.store.tables.mail import (
    JobState,
    Lease,
    Ledger,
    LedgerOutcome,
    Mail,
    Mailbox,
    MailSource,
    MailState,
    Poll,
    Watermark,
    Work,
)
from desk.store.tables.submission import (
    Address,
    Attention,
    Caption,
    Counter,
    Document,
    Event,
    Examination,
    Finding,
    Person,
    Photo,
    Submission,
    Try,
)

__all__ = [
    "Address", "Attention", "Base", "Caption", "Counter", "Document", "Event", "Examination", "Finding", "JobState", "Lease",
    "Ledger", "LedgerOutcome", "LetterContent", "LetterState", "Mail", "MailSource", "MailState", "Mailbox", "Outbox", "Person",
    "Photo", "Poll", "RelayPause", "SigningKey", "Submission", "Try", "Watermark", "Work",
]  # fmt: skip
