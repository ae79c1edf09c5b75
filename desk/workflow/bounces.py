"""What came back: a report finds its letter, and a hard bounce marks the address.

Nothing is believed that does not name a letter of ours by its Message-ID, which nobody else can
make up (publisher.letters.messageid) and which the outbox knows, and the address it went to.
Auto-replies and out-of-office mails are never a try (redaksi.sender_policy.table).
"""

from desk.app import App
from desk.store import Transaction, events
from desk.store.outbound import outbox
from desk.store.people import contributors
from desk.store.people.addresses import address_key
from redaksi.arrival import Delivery, Report

_ARRIVED = frozenset({"delivered", "relayed", "expanded"})  # RFC 3464, 2.3.3


def settle(tx: Transaction, app: App, report: Report, mail_id: int) -> bool:
    """Put the bounce on record with its letter and submission; whether it was about a letter of
    ours. What failed behind the letter's address (an alias) is on record, but marks nobody; a
    report that says of nothing that it failed or waits leaves no word."""
    letter = outbox.by_message_id(tx, report.returned)
    if letter is None:
        return False
    to = address_key(letter.to)
    matched = [each for each in report.deliveries if _is_about(each, to)]
    about = matched or list(report.deliveries)
    if all(each.action in _ARRIVED for each in about):
        return True
    hard = any(each.is_hard and each.recipient for each in matched)
    failed = any(map(_has_failed, about))
    if hard:
        contributors.mark_bounced(tx, letter.to, app.clock())
    happened = events.Happened(
        at=app.clock(),
        actor="worker",
        what="bounced" if failed else "letter delayed",
        submission_id=letter.submission_id,
        mail_id=mail_id,
        letter_id=letter.id,
        message_id=letter.message_id,
        reason="; ".join(f"{each.action} {each.status}".strip() for each in about),
        facts={"kind": letter.kind, "hard": hard},
    )
    events.record(tx, happened)
    return True


def _has_failed(delivery: Delivery) -> bool:
    """Whether it failed, for good or not; a code alone says so where the action was left out."""
    return delivery.action == "failed" or (not delivery.action and delivery.status.startswith("5"))


def _is_about(delivery: Delivery, to: str) -> bool:
    """Whether it speaks of the letter's address, or of none."""
    named = [each for each in (delivery.recipient, delivery.original) if each]
    return not named or to in map(address_key, named)
