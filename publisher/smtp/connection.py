"""A connection to the relay (submission by RFC 6409, TLS by RFC 8314): greeted, encrypted wherever it
must be, logged in.

What somebody must mend is raised: LoginRefused, ServerError, ConfigError. No reply and no error
here names an address: whatever has an @ in it is masked, for these lines reach logs and the
history.
"""

import ipaddress
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Literal

from msgspec import Struct

from publisher.smtp.outcome import Closed
from redaksi.catalog import Sentence
from redaksi.catalog.stored import freeze
from redaksi.errors import ConfigError, LoginRefused, ServerError
from redaksi.fault import name_fault
from redaksi.redact import mask_addresses
from redaksi.text import clean

LOGIN_CODES = (530, 534, 535, 538)  # RFC 4954, 6


class SmtpServer(Struct, frozen=True, kw_only=True):
    """Where letters are handed in. `timeout`: seconds of silence before we hang up; `patience`:
    the same for the word after the letter, when hanging up is worst (RFC 5321, 4.5.3.2.6).
    `deadline`: seconds for one letter, opening the connection included, however busily the
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


def connect(server: SmtpServer, ehlo: str, until: float) -> smtplib.SMTP | Closed:
    """A connection that has said EHLO as `ehlo`, is encrypted wherever it must be and logged in;
    Closed when none can be had now, or not `until` then (time.monotonic).

    Raises LoginRefused and ServerError with the server's own line and the remedy, ConfigError for
    an unencrypted connection to another machine.
    """
    if server.security == "none" and not _is_on_this_machine(server.host):
        raise ConfigError("smtp_clear_text")
    connection = smtplib.SMTP(local_hostname=ehlo, timeout=server.timeout)
    with ExitStack() as stack:
        stack.callback(connection.close)
        try:
            closed = _open(connection, server, until)
        except OSError as error:  # smtplib's errors are OSErrors
            return Closed(reply=line_of(error))
        if closed is None:
            stack.pop_all()
    return closed or connection


def _open(connection: smtplib.SMTP, server: SmtpServer, until: float) -> Closed | None:
    """The socket is ours from the first byte on: smtplib's timeouts are for one read each, so that
    a server that sends a byte a second would hold us for ever."""
    context = None
    if server.security != "none":
        context = server.context or ssl.create_default_context()
    connection.sock = _open_socket(server, context)
    with ending(connection, until):
        _begin(connection, server, context)
        return _log_in(connection, server)


@contextmanager
def ending(connection: smtplib.SMTP, until: float) -> Iterator[None]:
    """What reads or writes on the connection within ends at `until` (time.monotonic)."""
    timer = threading.Timer(max(0.0, until - time.monotonic()), _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _open_socket(server: SmtpServer, context: ssl.SSLContext | None) -> socket.socket:
    try:
        server.host.encode("idna")
    except UnicodeError as error:
        raise ConfigError("no_host_name", host=clean.line(server.host)) from error
    plain = socket.create_connection((server.host, server.port), server.timeout)
    # The final dot goes by itself; Nagle's algorithm would keep it until the letter is acknowledged.
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if server.security != "tls" or context is None:
        return plain
    return _encrypt(plain, server, context)


def _encrypt(plain: socket.socket, server: SmtpServer, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Certificate and name are checked by the context."""
    try:
        return context.wrap_socket(plain, server_hostname=server.host)
    except ssl.SSLError as error:
        plain.close()
        _raise_if_unsafe(server, error)
        raise


def _begin(connection: smtplib.SMTP, server: SmtpServer, context: ssl.SSLContext | None) -> None:
    code, reply = connection.getreply()
    if code != 220:
        raise smtplib.SMTPConnectError(code, reply)
    _greet(connection)
    if server.security == "starttls" and context is not None:
        _start_tls(connection, server, context)
        _greet(connection)


def _cut(connection: smtplib.SMTP) -> None:
    """What reads or writes on it ends at once. The base class's shutdown: TLS must not be taken
    off before."""
    if connection.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _greet(connection: smtplib.SMTP) -> None:
    code, reply = connection.ehlo()
    if code != 250:
        raise smtplib.SMTPHeloError(code, reply)


def _start_tls(connection: smtplib.SMTP, server: SmtpServer, context: ssl.SSLContext) -> None:
    """STARTTLS (RFC 3207). A server that does not offer it, or takes it back, gets no letter and
    no password."""
    remedy = Sentence(section="remedy", key="port", facts={"host": server.host})
    at: dict[str, object] = {"host": server.host, "port": server.port, "remedy": remedy}
    if not connection.has_extn("starttls"):
        raise ServerError("no_starttls", **at)
    code, reply = connection.docmd("STARTTLS")
    if code != 220:
        raise ServerError("starttls_refused", reply=say(code, reply), **at)
    if connection.sock is None:
        raise smtplib.SMTPServerDisconnected("cut before TLS")
    connection.sock = _encrypt(connection.sock, server, context)
    connection.file = None  # what was sent in the clear is forgotten: RFC 3207, 4.2
    connection.ehlo_resp, connection.helo_resp, connection.esmtp_features = None, None, {}
    connection.does_esmtp = False


def _raise_if_unsafe(server: SmtpServer, error: ssl.SSLError) -> None:
    """A certificate or protocol that cannot be trusted is every letter's matter; a cut handshake
    is the wire's."""
    if isinstance(error, ssl.SSLCertVerificationError):
        raise ServerError(
            "untrusted", host=server.host, port=server.port, fault=error.verify_message
        ) from error
    if error.reason == "WRONG_VERSION_NUMBER":
        raise ServerError("no_tls", host=server.host, port=server.port) from error


def _log_in(connection: smtplib.SMTP, server: SmtpServer) -> Closed | None:
    """Log in where the server has a user; Closed when it cannot be done now. Raises LoginRefused."""
    if not server.user:
        return None
    remedy = Sentence(section="remedy", key="smtp_password")
    try:
        connection.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        line = say(error.smtp_code, error.smtp_error)
        if 400 <= error.smtp_code < 500:
            return Closed(reply=line)
        raise LoginRefused("smtp_refused", host=server.host, reply=line, remedy=remedy) from error
    except smtplib.SMTPNotSupportedError as error:
        raise LoginRefused("smtp_no_login", host=server.host, remedy=remedy) from error
    except UnicodeError as error:
        raise LoginRefused("smtp_not_ascii", remedy=remedy) from error
    except smtplib.SMTPServerDisconnected as error:
        return Closed(reply=line_of(error))
    except smtplib.SMTPException as error:  # no mechanism we both know
        raise LoginRefused(
            "smtp_login", host=server.host, reply=line_of(error), remedy=remedy
        ) from error
    except OSError as error:
        return Closed(reply=line_of(error))
    return None


def hang_up(connection: smtplib.SMTP) -> None:
    """Say goodbye where the server still listens; the letters' fate is settled, so do not wait on
    manners."""
    try:
        if connection.sock:
            with ending(connection, time.monotonic() + 2):
                connection.quit()
    except OSError:
        pass
    finally:
        connection.close()


def _is_on_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def say(code: int, reply: bytes | str) -> str:
    """The server's own line, bounded, addresses masked."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return mask_addresses(clean.line(f"{code} {text}", 500))


def line_of(error: Exception) -> str:
    """An error on one line, bounded, addresses masked: a server's own words, or a fault of the
    wire as `freeze` keeps it."""
    if isinstance(error, smtplib.SMTPResponseException):
        return say(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPServerDisconnected) or not isinstance(
        error, smtplib.SMTPException
    ):
        return freeze(name_fault(error))
    return mask_addresses(clean.line(f"{type(error).__name__}: {error}", 500))
