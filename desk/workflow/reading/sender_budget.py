"""What one sender's mails may take of a day: over it an editor looks, so that nobody else waits
long for him. The key is what the header reading says of him; a forger spends no one's purse."""

from datetime import date

from desk.app import App
from desk.sandbox.trust.agreed import AgreedExaminer
from desk.store import Transaction
from desk.store.people import sender_day
from desk.store.people.sender_day import Cost, Sender
from redaksi.model import Document, Examination, Other, Photo
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.sender_policy.header_reading import HeaderReading
from redaksi.sender_policy.question import canonical_mailbox
from redaksi.sender_rule import SenderRule


def identify_sender(header: HeaderReading) -> Sender:
    """Whose day a mail is booked on."""
    found = mailboxes(header.mail.from_address)
    box = found[0] if len(found) == 1 else None
    return Sender(
        address="@".join(canonical_mailbox(box)) if box else "",
        authenticated=header.authentication == SenderRule.AUTHENTICATED,
    )


def is_spent(app: App, header: HeaderReading) -> bool:
    """Whether this sender's mails took what they may of today, in the redaksi's zone."""
    caps = app.config.safety
    with app.store.read() as tx:
        spent = sender_day.find_spent(tx, identify_sender(header), _today(app))
    return (
        spent.mails >= caps.sender_mails
        or spent.processor >= caps.sender_processor.total_seconds()
        or spent.kept >= caps.sender_kept
    )


def book(tx: Transaction, app: App, reader: AgreedExaminer, *, mails: int, kept: int = 0) -> None:
    """Book what the readings of a mail took so far: seconds, and `kept` bytes."""
    cost = Cost(mails=mails, processor=reader.seconds, kept=kept)
    sender_day.charge(tx, identify_sender(reader.header), _today(app), cost)


def count_bytes(examination: Examination) -> int:
    """Of the files that were kept of a mail."""
    submissions = [judged.submission for judged in examination.assessments]
    files: list[Document | Photo | Other] = [*examination.others]
    for each in submissions:
        files += [*each.documents, *each.photos, *each.others]
    return sum(file.size for file in files)


def _today(app: App) -> date:
    return app.clock().astimezone(app.config.zone).date()
