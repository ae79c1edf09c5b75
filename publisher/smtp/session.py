"""The only file that speaks SMTP (RFC 5321, submission by RFC 6409, TLS by RFC 8314): a letter's
octets, unchanged.

What happened to a letter is one of publisher.smtp.outcome; what somebody must mend is raised:
LoginRefused, and ServerError when a safe connection cannot be had. No reply and no error here names
an address: whatever has an @ in it is masked, for these lines reach logs and the history.
"""

import ipaddress
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

from msgspec import Struct

from publisher.smtp.outcome import Closed, Deferred, Outcome, Refused, Sent, Unknown, refusal
from redaksi.errors import ConfigError, LoginRefused, ServerError
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.text import clean

__all__ = [
    "Closed",
    "Deferred",
    "Outcome",
    "Refused",
    "Sent",
    "SmtpServer",
    "Unknown",
    "check",
    "send",
]

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_LOGIN_CODES = (530, 534, 535, 538)  # RFC 4954, 6
_NOT_THERE = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPServerDisconnected,
    OSError,
)


class SmtpServer(Struct, frozen=True, kw_only=True):
    """Where letters are handed in. `timeout`: seconds of silence before we hang up; `patience`:
    the same for the word after the letter, when hanging up is worst (RFC 5321, 4.5.3.2.6).
    `deadline`: seconds for the whole conversation, from the greeting on, however busily the
    server talks."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "tls"  # none: only to a server on this machine
    user: str = ""  # "": no login
    password: str = ""
    timeout: float = 30.0
    patience: float = 120.0
    deadline: float = 300.0
    context: ssl.SSLContext | None = None  # None: the system's authorities, names checked


def send(raw: bytes, envelope_from: str, to: str, server: SmtpServer) -> Outcome:
    """Hand `raw` to `server` for the one recipient `to`.

    `envelope_from` is our own address rather than <>: RFC 3834, 3.3 allows either, and bounces must
    find us so that they can be matched to their letter. It never answers them
    (redaksi.sender_policy.table, rows 3 and 5).

    Raises LoginRefused or ServerError with the server's own line and the remedy, ConfigError for an
    unencrypted connection to another machine, ValueError for an address or octets that must not be
    sent.
    """
    ours, theirs = _mailbox(envelope_from), _mailbox(to)
    if _BARE.search(raw):
        raise ValueError("a letter has CRLF at its line ends and nowhere else")
    if server.security == "none" and not _on_this_machine(server.host):
        raise ConfigError(
            'reply.security = "none" is for a server on this machine; use "tls" or "starttls"'
        )
    try:
        with _connected(server, ehlo=ours.rpartition("@")[2]) as connection:
            if closed := _logged_in(connection, server):
                return closed
            return _handed_in(connection, raw, ours, theirs, server)
    except _NOT_THERE as error:
        return Closed(reply=_line(error))


def check(server: SmtpServer, envelope_from: str) -> Outcome:
    """Connect and log in without sending anything: for `redaksi doctor` and `status`. Raises as
    `send` does."""
    try:
        with _connected(server, ehlo=_mailbox(envelope_from).rpartition("@")[2]) as connection:
            return _logged_in(connection, server) or Sent(reply="ready")
    except _NOT_THERE as error:
        return Closed(reply=_line(error))


def _mailbox(address: str) -> str:
    """The one mailbox of `address`, its domain in ASCII. Raises ValueError for anything else."""
    found = mailboxes(address) if address == clean.line(address, 320) else ()
    if len(found) != 1 or found[0] is None:
        raise ValueError("the envelope takes exactly one mailbox on each side")
    return found[0].deliverable


@contextmanager
def _connected(server: SmtpServer, ehlo: str) -> Iterator[smtplib.SMTP]:
    """A connection that has said EHLO and is encrypted wherever it must be; closed at the end, and
    at the deadline.

    The socket is ours from the first byte on: smtplib's timeouts are for one read each, so that a
    server that sends a byte a second would hold us for ever.
    """
    context = server.context or ssl.create_default_context()
    connection = smtplib.SMTP(local_hostname=ehlo, timeout=server.timeout)
    connection.sock = _socket(server, context)
    timer = threading.Timer(server.deadline, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        try:
            _begun(connection, server, context)
        except (smtplib.SMTPException, ServerError, OSError):
            connection.close()
            raise
        yield connection
        _hang_up(connection)
    finally:
        timer.cancel()
        connection.close()


def _socket(server: SmtpServer, context: ssl.SSLContext) -> socket.socket:
    try:
        server.host.encode("idna")
    except UnicodeError as error:
        raise ConfigError(f"reply.host is no host name: {clean.line(server.host)}") from error
    plain = socket.create_connection((server.host, server.port), server.timeout)
    if server.security != "tls":
        return plain
    return _tls(plain, server, context)


def _tls(plain: socket.socket, server: SmtpServer, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Certificate and name are checked by the context."""
    try:
        return context.wrap_socket(plain, server_hostname=server.host)
    except ssl.SSLError as error:
        plain.close()
        _raise_if_unsafe(server, error)
        raise


def _begun(connection: smtplib.SMTP, server: SmtpServer, context: ssl.SSLContext) -> None:
    code, reply = connection.getreply()
    if code != 220:
        raise smtplib.SMTPConnectError(code, reply)
    _greeted(connection)
    if server.security == "starttls":
        _encrypted(connection, server, context)
        _greeted(connection)


def _cut(connection: smtplib.SMTP) -> None:
    """What reads or writes on it ends at once. The base class's shutdown: TLS must not be taken
    off before."""
    if connection.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _greeted(connection: smtplib.SMTP) -> None:
    code, reply = connection.ehlo()
    if code != 250:
        raise smtplib.SMTPHeloError(code, reply)


def _encrypted(connection: smtplib.SMTP, server: SmtpServer, context: ssl.SSLContext) -> None:
    """STARTTLS (RFC 3207). A server that does not offer it, or takes it back, gets no letter and
    no password."""
    remedy = f'check reply.port; if {server.host} speaks TLS at once (port 465), set reply.security = "tls"'
    if not connection.has_extn("starttls"):
        raise ServerError(f"{server.host}:{server.port} does not offer STARTTLS; {remedy}")
    code, reply = connection.docmd("STARTTLS")
    if code != 220:
        raise ServerError(
            f"{server.host}:{server.port} refused STARTTLS: {_said(code, reply)}; {remedy}"
        )
    if connection.sock is None:
        raise smtplib.SMTPServerDisconnected("cut before TLS")
    connection.sock = _tls(connection.sock, server, context)
    connection.file = None  # what was sent in the clear is forgotten: RFC 3207, 4.2
    connection.ehlo_resp, connection.helo_resp, connection.esmtp_features = None, None, {}
    connection.does_esmtp = False


def _raise_if_unsafe(server: SmtpServer, error: ssl.SSLError) -> None:
    """A certificate or protocol that cannot be trusted is every letter's matter; a cut handshake
    is the wire's."""
    if isinstance(error, ssl.SSLCertVerificationError):
        raise ServerError(
            f"{server.host}:{server.port} shows a certificate we cannot trust: {error.verify_message}; "
            "check reply.host, and the clock of this machine"
        ) from error
    if error.reason == "WRONG_VERSION_NUMBER":
        raise ServerError(
            f'{server.host}:{server.port} does not speak TLS at once; for port 587 set reply.security = "starttls"'
        ) from error


def _logged_in(connection: smtplib.SMTP, server: SmtpServer) -> Closed | None:
    if not server.user:
        return None
    remedy = "check reply.user and reply.password; Gmail takes only an app password (Google account > Security)"
    try:
        connection.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        line = _said(error.smtp_code, error.smtp_error)
        if 400 <= error.smtp_code < 500:
            return Closed(reply=line)
        raise LoginRefused(f"{server.host} refused the login: {line}; {remedy}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise LoginRefused(f"{server.host} offers no login on this connection; {remedy}") from error
    except UnicodeError as error:
        raise LoginRefused(
            f"the SMTP user name or password is not plain ASCII; {remedy}"
        ) from error
    except smtplib.SMTPServerDisconnected as error:
        return Closed(reply=_line(error))
    except smtplib.SMTPException as error:  # no mechanism we both know
        raise LoginRefused(f"{server.host}: {_line(error)}; {remedy}") from error
    except OSError as error:
        return Closed(reply=_line(error))
    return None


def _handed_in(
    connection: smtplib.SMTP, raw: bytes, envelope_from: str, to: str, server: SmtpServer
) -> Outcome:
    options, at_mail = "", True
    if not (envelope_from + to).isascii():  # RFC 6531, 3.4
        if not (connection.has_extn("smtputf8") and connection.has_extn("8bitmime")):
            return Refused(reply="the server does not take addresses beyond ASCII (no SMTPUTF8)")
        connection.command_encoding = "utf-8"
        options, at_mail = (
            " BODY=8BITMIME SMTPUTF8",
            False,
        )  # MAIL says something of the recipient here
    try:
        for command, wanted in (
            (f"MAIL FROM:<{envelope_from}>{options}", (250,)),
            (f"RCPT TO:<{to}>", (250, 251)),
            ("DATA", (354,)),
        ):
            code, reply = connection.docmd(command)
            if code in _LOGIN_CODES:
                raise LoginRefused(
                    f"{server.host}: {_said(code, reply)}; set reply.user and reply.password"
                )
            if code not in wanted:
                return refusal(code, _said(code, reply), at_mail=at_mail)
            at_mail = False
        connection.send(_stuffed(raw))
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        # Without its final dot no server keeps a letter (RFC 5321, 4.1.1.4).
        return Closed(reply=_line(error)) if at_mail else Deferred(reply=_line(error))
    try:
        connection.send(b".\r\n")
        if connection.sock:
            connection.sock.settimeout(server.patience)
        code, reply = connection.getreply()
    except (smtplib.SMTPException, OSError) as error:
        return Unknown(reply=_line(error))
    if 200 <= code < 300:
        return Sent(reply=_said(code, reply))
    return (
        refusal(code, _said(code, reply))
        if 400 <= code < 600
        else Unknown(reply=_said(code, reply))
    )


def _stuffed(raw: bytes) -> bytes:
    """The letter with its leading dots doubled (RFC 5321, 4.5.2), ending in CRLF."""
    dotted = re.sub(rb"(?m)^\.", b"..", raw)
    return dotted if dotted.endswith(b"\r\n") else dotted + b"\r\n"


def _hang_up(connection: smtplib.SMTP) -> None:
    try:
        if connection.sock:
            connection.sock.settimeout(2)  # the letter's fate is settled; do not wait on manners
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()


def _on_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _said(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return clean.mask_addresses(clean.line(f"{code} {text}", 500))


def _line(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return clean.mask_addresses(clean.line(f"{type(error).__name__}: {error}", 500))
