"""Letters through the relay (RFC 5321): octets unchanged, several in one conversation.

What happened to a letter is one of publisher.smtp.outcome; what somebody must mend is raised:
LoginRefused, and ServerError when a safe connection cannot be had. This file and `connection` are
the only ones that speak SMTP.
"""

import re
import smtplib
import time
from types import TracebackType
from typing import Self

from msgspec import Struct

from publisher.smtp.connection import (
    LOGIN_CODES,
    SmtpServer,
    connect,
    ending,
    hang_up,
    line_of,
    say,
)
from publisher.smtp.outcome import Closed, Deferred, Outcome, Refused, Sent, Unknown, refusal
from redaksi.catalog import Sentence
from redaksi.catalog.stored import freeze
from redaksi.errors import LoginRefused
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.text import clean

__all__ = [
    "Closed",
    "Deferred",
    "Outcome",
    "Refused",
    "Sent",
    "SmtpServer",
    "SmtpSession",
    "Unknown",
    "check",
    "send",
]

MOST_LETTERS = 50  # a conversation: some relays take no more than a hundred
_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")


class _Envelope(Struct, frozen=True, kw_only=True):
    """Both ends as the envelope has them, their domains in ASCII, and the octets between."""

    ours: str
    theirs: str
    raw: bytes


class SmtpSession:
    """A conversation with the relay for the letters of a turn: opened by the first, anew after
    MOST_LETTERS or where it broke. A context manager; not for several threads at once."""

    def __init__(self, server: SmtpServer) -> None:
        self.server = server
        self._connection: smtplib.SMTP | None = None
        self._carried = 0  # letters, in this conversation

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the conversation; the next letter begins another."""
        connection, self._connection = self._connection, None
        self._carried = 0
        if connection is not None:
            hang_up(connection)

    def send(self, raw: bytes, envelope_from: str, to: str) -> Outcome:
        """Hand in `raw` for the one recipient `to`.

        `envelope_from` is our own address rather than <>: RFC 3834, 3.3 allows either, and bounces
        must find us so that they can be matched to their letter. It never answers them
        (redaksi.sender_policy.table).

        Raises LoginRefused or ServerError with the server's own line and the remedy, ConfigError
        for an unencrypted connection to another machine, ValueError for an address or octets that
        must not be sent.
        """
        letter = _Envelope(ours=_mailbox(envelope_from), theirs=_mailbox(to), raw=raw)
        if _BARE.search(raw):
            raise ValueError("a letter has CRLF at its line ends and nowhere else")
        if self._carried >= MOST_LETTERS:
            self.close()
        until = time.monotonic() + self.server.deadline
        was_open = self._connection is not None
        ready = self._announce(letter, until)
        if isinstance(ready, Closed) and was_open:
            # Nothing of the letter was handed over, and what an old conversation says of us may
            # be of its age alone: a new one is asked.
            ready = self._announce(letter, until)
        return self._hand_over(ready, letter, until) if isinstance(ready, smtplib.SMTP) else ready

    def _announce(self, letter: _Envelope, until: float) -> smtplib.SMTP | Outcome:
        """Name sender and recipient; the connection when the server waits for the letter."""
        connection = self._connection
        if connection is None:
            opened = connect(self.server, letter.ours.rpartition("@")[2], until)
            if isinstance(opened, Closed):
                return opened
            connection = self._connection = opened
        try:
            with ending(connection, until):
                outcome = self._ask(connection, letter)
        except LoginRefused:
            self.close()
            raise
        if isinstance(outcome, Closed):
            self.close()
        return connection if outcome is None else outcome

    def _ask(self, connection: smtplib.SMTP, letter: _Envelope) -> Outcome | None:
        options = "" if (letter.ours + letter.theirs).isascii() else " BODY=8BITMIME SMTPUTF8"
        if options and not all(map(connection.has_extn, ("smtputf8", "8bitmime"))):  # RFC 6531, 3.4
            return Refused(reply=freeze(Sentence(section="letter_trouble", key="no_smtputf8")))
        connection.command_encoding = "utf-8" if options else "ascii"
        commands = [
            (f"MAIL FROM:<{letter.ours}>{options}", (250,)),
            (f"RCPT TO:<{letter.theirs}>", (250, 251)),
            ("DATA", (354,)),
        ]
        if self._carried:  # what a refusal left open is undone, and we see that they still listen
            commands.insert(0, ("RSET", (250,)))
        self._carried += 1
        for command, wanted in commands:
            # with SMTPUTF8 MAIL says something of the recipient
            at_mail = command == "RSET" or (command.startswith("MAIL") and not options)
            try:
                code, reply = connection.docmd(command)
            except OSError as error:
                self.close()
                # Without its final dot no server keeps a letter (RFC 5321, 4.1.1.4).
                line = line_of(error)
                return Closed(reply=line) if at_mail else Deferred(reply=line)
            if code in LOGIN_CODES:
                host, line = self.server.host, say(code, reply)
                raise LoginRefused("smtp_wants_login", host=host, reply=line)
            if code not in wanted:
                return refusal(code, say(code, reply), at_mail=at_mail)
        return None

    def _hand_over(self, connection: smtplib.SMTP, letter: _Envelope, until: float) -> Outcome:
        """The letter itself, which the server waits for, and its word about it."""
        with ending(connection, until):
            try:
                connection.send(_stuff_dots(letter.raw))
            except OSError as error:
                self.close()
                return Deferred(reply=line_of(error))
            outcome = self._end(connection)
        if isinstance(outcome, Closed | Unknown):
            self.close()
        return outcome

    def _end(self, connection: smtplib.SMTP) -> Outcome:
        try:
            connection.send(b".\r\n")
            _be_patient(connection, self.server.patience)
            code, reply = connection.getreply()
        except OSError as error:
            return Unknown(reply=line_of(error))
        _be_patient(connection, self.server.timeout)
        line = say(code, reply)
        if 200 <= code < 300:
            return Sent(reply=line)
        return refusal(code, line) if 400 <= code < 600 else Unknown(reply=line)


def send(raw: bytes, envelope_from: str, to: str, server: SmtpServer) -> Outcome:
    """One letter in a conversation of its own: SmtpSession.send."""
    with SmtpSession(server) as session:
        return session.send(raw, envelope_from, to)


def check(server: SmtpServer, envelope_from: str) -> Outcome:
    """Connect and log in without sending anything: for `redaksi doctor` and `status`. Raises as
    `send` does."""
    ehlo, until = _mailbox(envelope_from).rpartition("@")[2], time.monotonic() + server.deadline
    opened = connect(server, ehlo, until)
    if isinstance(opened, Closed):
        return opened
    hang_up(opened)
    return Sent(reply="ready")


def _mailbox(address: str) -> str:
    """The one mailbox of `address`, its domain in ASCII. Raises ValueError for anything else."""
    found = mailboxes(address) if address == clean.line(address, 320) else ()
    if len(found) != 1 or found[0] is None:
        raise ValueError("the envelope takes exactly one mailbox on each side")
    return found[0].deliverable


def _be_patient(connection: smtplib.SMTP, seconds: float) -> None:
    if connection.sock is not None:
        connection.sock.settimeout(seconds)


def _stuff_dots(raw: bytes) -> bytes:
    """The letter with its leading dots doubled (RFC 5321, 4.5.2), ending in CRLF."""
    dotted = re.sub(rb"(?m)^\.", b"..", raw)
    return dotted if dotted.endswith(b"\r\n") else dotted + b"\r\n"
