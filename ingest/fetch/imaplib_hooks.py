"""Where we reach into imaplib: its reading of literals, and what it hands out unasked."""

import imaplib
import re
from collections.abc import Callable, Sequence
from typing import Any

from imapclient import IMAPClient

from ingest.fetch.literals import Literals

# Items of an answer that the server closed too early (Xeams: the bracket stands behind the literal),
# a bracket or an empty line alone. Words of a mail whose literal was counted too short are none.
_LEFT_OVER = re.compile(
    r"unexpected response: b(['\"])(?:(?:FLAGS \(|RFC822\.SIZE \d|INTERNALDATE |UID \d|MODSEQ \(|X-GM-).*|\s*\)?\s*)\1$"
)


def skip_left_over(imap: imaplib.IMAP4) -> None:
    """Pass over lines that belong to an answer that is whole already; imaplib gives the connection
    up for them."""
    read: Callable[[], bytes | None] = imap._get_response

    def read_tolerantly() -> bytes | None:
        try:
            return read()
        except imaplib.IMAP4.abort as fault:
            if not _LEFT_OVER.match(str(fault)):
                raise
            return b"* OK"

    imap._get_response = read_tolerantly  # type: ignore[attr-defined]


def attach_literals(client: IMAPClient) -> Literals:
    """Take the literals over: imaplib calls `self.read(size)` for each (a contract test says so;
    hence the pin)."""
    # IMAPClient sets 5: nine tenths of a fetch go into repr() of what no one reads
    client._imap.debug = 0
    client.normalise_times = False  # aware times, not local ones
    skip_left_over(client._imap)
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
