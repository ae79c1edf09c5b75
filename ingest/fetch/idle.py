"""IDLE (RFC 2177), with what servers say at its very beginning."""

import imaplib
import time
from collections.abc import Callable

from imapclient import IMAPClient

from ingest.fetch.imaplib_hooks import tells_of_mail


def idle(client: IMAPClient, seconds: float, stop: Callable[[], bool], read_timeout: float) -> bool:
    """Whether a mail came within `seconds`; `stop` is asked every second. Raises what imaplib
    raises."""
    until = time.monotonic() + seconds
    came = _start(client, read_timeout)
    while not came and not stop() and (left := until - time.monotonic()) > 0:
        asked = time.monotonic()
        answers = client.idle_check(timeout=min(1.0, left))
        if not answers and time.monotonic() - asked < min(1.0, left) / 2:
            # readable, and yet nothing to read: the connection is dead, and DONE will say so
            break
        came = tells_of_mail(answers)
    _, late = client.idle_done()
    return came or tells_of_mail(late)


def _start(client: IMAPClient, read_timeout: float) -> bool:
    """Whether the server had something to say before it let us wait."""
    try:
        client.idle()
    except imaplib.IMAP4.error as fault:
        if "Unexpected IDLE response" not in str(fault):
            raise
        while client._imap._get_response() is not None:
            pass
        return True
    return _already_read(client, read_timeout)


def _already_read(client: IMAPClient, read_timeout: float) -> bool:
    """Whether EXISTS came in one packet with the leave to wait: poll(2) would never tell of it."""
    sock = client.socket()
    sock.settimeout(0)
    lines: list[bytes] = []
    try:
        while True:
            lines.append(client._imap._get_line())
    except (
        OSError,
        imaplib.IMAP4.abort,
    ):
        # nothing more yet; if it is the end, the next read says so
        return any(line.upper().endswith(b" EXISTS") for line in lines)
    finally:
        sock.settimeout(read_timeout)
