"""The only file that speaks SMTP (RFC 5321, submission by RFC 6409, TLS by RFC 8314): a letter's octets, unchanged.

What happened to a letter is told so that nobody has to guess whether it left:

    Sent      the server took it
    Deferred  it did not leave, for now: the server said 4xx, or could not be reached; try again later
    Refused   it will not leave: the server said 5xx about this letter
    Unknown   the line was cut between the end of the letter and the server's word about it: only the Sent folder knows

What concerns every letter is raised: LoginRefused, and ServerError when a safe connection cannot be had.
"""

import ipaddress
import re
import smtplib
import ssl
from typing import Literal

from msgspec import Struct

from redaksi import clean
from redaksi.errors import ConfigError, LoginRefused, ServerError
from redaksi.mailheaders import mailboxes

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_LOGIN_CODES = (530, 534, 535, 538)  # RFC 4954, 6


class SmtpServer(Struct, frozen=True, kw_only=True):
    """Where letters are handed in. `timeout`: seconds of silence before we hang up; `patience`: the same for the
    word after the letter, when hanging up is worst (RFC 5321, 4.5.3.2.6)."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "tls"  # none: only to a server on this machine
    user: str = ""  # "": no login
    password: str = ""
    timeout: float = 30.0
    patience: float = 120.0
    context: ssl.SSLContext | None = None  # None: the system's authorities, names checked


class Sent(Struct, frozen=True, kw_only=True):
    """The server took the letter and answers for it."""

    reply: str


class Deferred(Struct, frozen=True, kw_only=True):
    """The letter did not leave; trying again later may help. `reached`: False when the server was not even there,
    so that the other letters need not be tried now."""

    reply: str
    reached: bool = True


class Refused(Struct, frozen=True, kw_only=True):
    """The server will not take this letter, now or later."""

    reply: str


class Unknown(Struct, frozen=True, kw_only=True):
    """The whole letter was handed over and no word came back."""

    reply: str


Outcome = Sent | Deferred | Refused | Unknown


def send(raw: bytes, envelope_from: str, to: str, server: SmtpServer) -> Outcome:
    """Hand `raw` to `server` for the one recipient `to`.

    `envelope_from` is our own address rather than <>: RFC 3834, 3.3 allows either, and bounces must find us so that
    they can be matched to their letter. It never answers them (redaksi.answering, rows 3 and 5).

    Raises LoginRefused or ServerError with the server's own line and the remedy, ConfigError for an unencrypted
    connection to another machine, ValueError for an address or octets that must not be sent.
    """
    ours, theirs = _mailbox(envelope_from), _mailbox(to)
    if _BARE.search(raw):
        raise ValueError("a letter has CRLF at its line ends and nowhere else")
    if server.security == "none" and not _on_this_machine(server.host):
        raise ConfigError('reply.security = "none" is for a server on this machine; use "tls" or "starttls"')
    try:
        connection = _connected(server, ehlo=ours.rpartition("@")[2])
    except (
        smtplib.SMTPConnectError,
        smtplib.SMTPHeloError,
        smtplib.SMTPServerDisconnected,
        OSError,
    ) as error:
        return Deferred(reply=_line(error), reached=False)
    try:
        if refusal := _logged_in(connection, server):
            return refusal
        return _handed_in(connection, raw, ours, theirs, server)
    finally:
        _hang_up(connection)


def check(server: SmtpServer, envelope_from: str) -> Outcome:
    """Connect and log in without sending anything: for `redaksi doctor` and `status`. Raises as `send` does."""
    try:
        connection = _connected(server, ehlo=_mailbox(envelope_from).rpartition("@")[2])
    except (
        smtplib.SMTPConnectError,
        smtplib.SMTPHeloError,
        smtplib.SMTPServerDisconnected,
        OSError,
    ) as error:
        return Deferred(reply=_line(error), reached=False)
    try:
        return _logged_in(connection, server) or Sent(reply="ready")
    finally:
        _hang_up(connection)


def _mailbox(address: str) -> str:
    """The one mailbox of `address`, its domain in ASCII. Raises ValueError for anything else."""
    found = mailboxes(address) if address == clean.line(address, 320) else ()
    if len(found) != 1 or found[0] is None:
        raise ValueError("the envelope takes exactly one mailbox on each side")
    return found[0].deliverable


def _connected(server: SmtpServer, ehlo: str) -> smtplib.SMTP:
    """A connection that has said EHLO and is encrypted wherever it must be."""
    context = server.context or ssl.create_default_context()
    try:
        server.host.encode("idna")
    except UnicodeError as error:
        raise ConfigError(f"reply.host is no host name: {clean.line(server.host)}") from error
    try:
        if server.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=ehlo, timeout=server.timeout, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, local_hostname=ehlo, timeout=server.timeout)
    except ssl.SSLError as error:
        _raise_if_unsafe(server, error)
        raise
    try:
        _greeted(connection)
        if server.security == "starttls":
            _encrypted(connection, server, context)
            _greeted(connection)
    except (smtplib.SMTPException, ServerError, OSError):
        connection.close()
        raise
    return connection


def _greeted(connection: smtplib.SMTP) -> None:
    code, reply = connection.ehlo()
    if code != 250:
        raise smtplib.SMTPHeloError(code, reply)


def _encrypted(connection: smtplib.SMTP, server: SmtpServer, context: ssl.SSLContext) -> None:
    """STARTTLS (RFC 3207). A server that does not offer it, or takes it back, gets no letter and no password."""
    remedy = f'check reply.port; if {server.host} speaks TLS at once (port 465), set reply.security = "tls"'
    if not connection.has_extn("starttls"):
        raise ServerError(f"{server.host}:{server.port} does not offer STARTTLS; {remedy}")
    try:
        connection.starttls(context=context)
    except smtplib.SMTPResponseException as error:
        raise ServerError(
            f"{server.host}:{server.port} refused STARTTLS: {_line(error)}; {remedy}"
        ) from error
    except ssl.SSLError as error:
        _raise_if_unsafe(server, error)
        raise


def _raise_if_unsafe(server: SmtpServer, error: ssl.SSLError) -> None:
    """A certificate or protocol that cannot be trusted is every letter's matter; a cut handshake is the wire's."""
    if isinstance(error, ssl.SSLCertVerificationError):
        raise ServerError(
            f"{server.host}:{server.port} shows a certificate we cannot trust: {error.verify_message}; "
            "check reply.host, and the clock of this machine"
        ) from error
    if error.reason == "WRONG_VERSION_NUMBER":
        raise ServerError(
            f'{server.host}:{server.port} does not speak TLS at once; for port 587 set reply.security = "starttls"'
        ) from error


def _logged_in(connection: smtplib.SMTP, server: SmtpServer) -> Deferred | None:
    if not server.user:
        return None
    remedy = (
        "check reply.user and reply.password; Gmail takes only an app password (Google account > Security)"
    )
    try:
        connection.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        line = _said(error.smtp_code, error.smtp_error)
        if 400 <= error.smtp_code < 500:
            return Deferred(reply=line, reached=False)
        raise LoginRefused(f"{server.host} refused the login: {line}; {remedy}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise LoginRefused(f"{server.host} offers no login on this connection; {remedy}") from error
    except UnicodeError as error:
        raise LoginRefused(f"the SMTP user name or password is not plain ASCII; {remedy}") from error
    except smtplib.SMTPServerDisconnected as error:
        return Deferred(reply=_line(error), reached=False)
    except smtplib.SMTPException as error:  # no mechanism we both know
        raise LoginRefused(f"{server.host}: {_line(error)}; {remedy}") from error
    except OSError as error:
        return Deferred(reply=_line(error), reached=False)
    return None


def _handed_in(
    connection: smtplib.SMTP, raw: bytes, envelope_from: str, to: str, server: SmtpServer
) -> Outcome:
    options = ""
    if not (envelope_from + to).isascii():  # RFC 6531, 3.4
        if not (connection.has_extn("smtputf8") and connection.has_extn("8bitmime")):
            return Refused(reply="the server does not take addresses beyond ASCII (no SMTPUTF8)")
        connection.command_encoding = "utf-8"
        options = " BODY=8BITMIME SMTPUTF8"
    try:
        for command, wanted in (
            (f"MAIL FROM:<{envelope_from}>{options}", (250,)),
            (f"RCPT TO:<{to}>", (250, 251)),
            ("DATA", (354,)),
        ):
            code, reply = connection.docmd(command)
            if code in _LOGIN_CODES:
                raise LoginRefused(f"{server.host}: {_said(code, reply)}; set reply.user and reply.password")
            if code not in wanted:
                return _refusal(code, reply)
        connection.send(_stuffed(raw))
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        return Deferred(
            reply=_line(error)
        )  # without its final dot no server keeps a letter (RFC 5321, 4.1.1.4)
    try:
        connection.send(b".\r\n")
        if connection.sock:
            connection.sock.settimeout(server.patience)
        code, reply = connection.getreply()
    except (smtplib.SMTPException, OSError) as error:
        return Unknown(reply=_line(error))
    if 200 <= code < 300:
        return Sent(reply=_said(code, reply))
    return _refusal(code, reply) if 400 <= code < 600 else Unknown(reply=_said(code, reply))


def _refusal(code: int, reply: bytes) -> Deferred | Refused:
    line = _said(code, reply)
    return Refused(reply=line) if 500 <= code < 600 else Deferred(reply=line, reached=code != 421)


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
    return clean.line(f"{code} {text}", 500)


def _line(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return clean.line(f"{type(error).__name__}: {error}", 500)
