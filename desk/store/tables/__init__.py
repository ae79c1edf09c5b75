"""Every table of the store, in the order a mail meets them."""

from desk.store.columns import Base
from desk.store.tables.account import (
    Account,
    Claim,
    DecisionDraft,
    SignInFailure,
    WebSession,
)
from desk.store.tables.derivative import Derivative
from desk.store.tables.letter import LetterContent, LetterState, Outbox, RelayPause, SigningKey
from desk.store.tables.mail import (
    Job,
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
)
from desk.store.tables.process import Process, SchemaMeta, SiteState
from desk.store.tables.publication import (
    Decision,
    Edition,
    EditionTerm,
    PhotoChoice,
    Publication,
)
from desk.store.tables.search import SubmissionSearch
from desk.store.tables.sender_day import SenderDay
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
    Revision,
    Submission,
)
from desk.store.tables.tally import Tally

__all__ = [
    "Account",
    "Address",
    "Attention",
    "Base",
    "Caption",
    "Claim",
    "Counter",
    "Decision",
    "DecisionDraft",
    "Derivative",
    "Document",
    "Edition",
    "EditionTerm",
    "Event",
    "Examination",
    "Finding",
    "Job",
    "JobState",
    "Lease",
    "Ledger",
    "LedgerOutcome",
    "LetterContent",
    "LetterState",
    "Mail",
    "MailSource",
    "MailState",
    "Mailbox",
    "Outbox",
    "Person",
    "Photo",
    "PhotoChoice",
    "Poll",
    "Process",
    "Publication",
    "RelayPause",
    "Revision",
    "SchemaMeta",
    "SenderDay",
    "SignInFailure",
    "SigningKey",
    "SiteState",
    "Submission",
    "SubmissionSearch",
    "Tally",
    "Watermark",
    "WebSession",
]  # fmt: skip
