"""Mails that we do not have, as editors read of them: what the server withholds, what left its
folder before we had it."""

from datetime import datetime, timedelta

from desk.presentation.reasons import in_words
from desk.store import Transaction
from desk.store.inbound import absent
from publisher.site.pages import Passed
from redaksi import catalog
from redaksi.model import Language
from redaksi.text import clean

SHOWN_FOR = timedelta(days=14)  # a mail that left: nobody can bring it back here


def find_absent(tx: Transaction, language: Language, now: datetime) -> list[Passed]:
    """A line each, what is asked for again first."""
    words = catalog.load(language)
    lines = [
        Passed(
            received=mail.arrived_at,
            sender=mail.mailbox,
            subject=clean.line(mail.subject or mail.source_text, 100),
            outcome=words.say("mark", "withheld"),
            reason=in_words(mail.reason, language),
        )
        for mail in absent.withheld(tx)
    ]
    lines += [
        Passed(
            received=mail.seen_at,
            sender=mail.mailbox,
            subject=clean.line(f"{mail.mailbox}/{mail.folder}, UID {mail.uid}", 100),
            outcome=words.say("mark", "gone"),
            reason=words.say("mark", "gone_how"),
        )
        for mail in absent.gone(tx, now - SHOWN_FOR)
    ]
    return lines
