"""Where we reach into imaplib: its reading of literals, and what it hands out unasked."""

import imaplib
from collections.abc import Sequence
from typing import Any

from imapclient import IMAPClient

from ingest.fetch.literals import Literals


def attach_literals(client: IMAPClient) -> Literals:
    """Take the literals over: imaplib calls `self.read(size)` for each (a contract test says so;
    hence the pin)."""
    # IMAPClient sets 5: nine tenths of a fetch go into repr() of what no one reads
    client._imap.debug = 0
    client.normalise_times = False  # aware times, not local ones
    literals = Literals(client._imap.read)
    client._imap.read = literals.read
    return literals


def tells_of_mail(answers: Sequence[tuple[Any, ...]]) -> bool:
    """Whether unsolicited answers hold EXISTS; BYE among them ends the connection."""
    for answer in answers:
        if answer and answer[0] == b"BYE":
            raise imaplib.IMAP4.abort(
                b" ".join(word for word in answer[1:] if isinstance(word, bytes))
            )
    return any(len(answer) > 1 and answer[1] == b"EXISTS" for answer in answers)
