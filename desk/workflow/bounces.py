"""What came back: a delivery status notification finds its letter, and a hard one marks the
address.

Nothing is believed that does not name a letter of ours by its Message-ID, which nobody else knows,
and the address it went to. Auto-replies and out-of-office mails are never a try
(redaksi.sender_policy.table, rows 5 and 8).
"""

from desk.app import App
from desk.store import Transaction, events
from desk.store.outbound import outbox
from desk.store.people import contributors
from desk.store.people.addresses import address_key
from redaksi.arrival import Report


def settle(tx: Transaction, app: App, report: Report, mail_id: int) -> bool:
    """Put the bounce on record with its letter and submission; whether it was about a letter of
    ours."""
    letter = outbox.by_message_id(tx, report.returned)
    if letter is None:
        return False
    to = address_key(letter.to)
    about = [
        one for one in report.deliveries if not one.recipient or address_key(one.recipient) == to
    ]
    hard = any(one.is_hard and one.recipient for one in about)
    failed = any(one.action == "failed" for one in about)
    if hard:
        contributors.mark_bounced(tx, letter.to, app.clock())
    told = events.Happened(
        at=app.clock(),
        actor="worker",
        what="bounced" if failed else "letter delayed",
        submission_id=letter.submission_id,
        mail_id=mail_id,
        letter_id=letter.id,
        message_id=letter.message_id,
        reason="; ".join(f"{one.action} {one.status}".strip() for one in about),
        facts={"kind": letter.kind, "hard": hard},
    )
    events.record(tx, told)
    return True
