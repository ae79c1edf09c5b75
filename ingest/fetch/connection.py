"""Opening a line to an IMAP server, losing it, and every fault of it as one of ours. `mailbox`
does the talking."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

from imapclient import IMAPClient, SocketTimeout

from ingest.fetch import refusal
from ingest.fetch.listing import Account
from redaksi.catalog import Sentence
from redaksi.errors import ConfigError, ServerError, StoreError, Unreachable
from redaksi.fault import name_fault

TLS_PORT = 993
_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE")


@contextmanager
def mapped(account: Account, *, at_login: bool = False) -> Iterator[None]:
    """Every fault of the wire and the server as ours. Disk faults (StoreError) pass."""
    host = account.host
    try:
        yield
    except imaplib.IMAP4.abort as fault:
        raise refusal.of(fault, server=host, broke_off=True) from fault
    except imaplib.IMAP4.error as fault:
        again = Sentence(section="remedy", key="login_again", facts={"box": account.id})
        remedy = again if account.auth != "password" else None
        raise refusal.of(fault, server=host, at_login=at_login, remedy=remedy) from fault
    except ssl.SSLCertVerificationError as fault:
        raise ServerError("bad_certificate", host=host, fault=fault.verify_message) from fault
    except (OSError, ValueError) as fault:  # ValueError: an answer the library cannot take apart
        facts = {"host": host, "port": account.port, "fault": name_fault(fault)}
        raise Unreachable("silent", **facts) from fault


def connect(account: Account) -> IMAPClient:
    timeout = SocketTimeout(connect=account.connect_timeout, read=account.read_timeout)
    with mapped(account), _name_mismatch(account):
        context = ssl.create_default_context(cafile=account.tls_ca or None)
        client = IMAPClient(
            account.host,
            port=account.port,
            ssl=account.security == "tls",
            ssl_context=context,
            timeout=timeout,
        )
        # a SEARCH goes out in two writes
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if account.security == "starttls":
            try:
                client.starttls(context)
            except BaseException:
                hang_up(client)
                raise
        return client


@contextmanager
def _name_mismatch(account: Account) -> Iterator[None]:
    """A port that speaks TLS at once, or does not, is told with the key to mend, not as a broken
    wire (RFC 8314, 3.2: 993 is TLS from the first byte)."""
    facts = {"key": f"mailbox.{account.id}.security", "host": account.host, "port": account.port}
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise
    except ssl.SSLError as fault:
        if fault.reason in _NO_TLS:
            raise ServerError("port_without_tls", **facts) from fault
        raise
    except (TimeoutError, ConnectionResetError, imaplib.IMAP4.abort) as fault:
        if account.port == TLS_PORT and account.security != "tls":
            raise ServerError("port_with_tls", **facts) from fault
        raise


def log_in(client: IMAPClient, account: Account) -> None:
    with mapped(account, at_login=True):
        if account.auth != "password":
            _log_in_by_token(client, account)
        elif (account.user + account.password).isascii():
            client.login(account.user, account.password)
        else:
            # LOGIN takes no other characters (RFC 3501, 6.2.3)
            client.plain_login(account.user, account.password)


def _log_in_by_token(client: IMAPClient, account: Account) -> None:
    """SASL XOAUTH2 (Google, Microsoft) or OAUTHBEARER (RFC 7628). A refusal comes as a challenge
    in JSON."""
    user, token = account.user, account.password
    first = f"user={user}\1auth=Bearer {token}\1\1"
    if account.auth == "oauthbearer":
        name = user.replace("=", "=3D").replace(",", "=2C")
        first = f"n,a={name},\1host={account.host}\1port={account.port}\1auth=Bearer {token}\1\1"
    challenges: list[bytes] = []

    def answer(challenge: bytes) -> bytes:
        challenges.append(challenge)
        if len(challenges) == 1:
            return first.encode()
        return b"\1" if account.auth == "oauthbearer" else b""

    try:
        client.sasl_login(account.auth.upper(), answer)
    except imaplib.IMAP4.error as fault:
        why = b" ".join(challenges[1:]).decode("utf-8", "replace")
        raise imaplib.IMAP4.error(f"{refusal.spoken(fault)} {why}".strip()) from fault


def hang_up(client: IMAPClient) -> None:
    with suppress(OSError, imaplib.IMAP4.error):
        client.shutdown()


def refuse_clear_text(account: Account) -> None:
    if account.security != "none" or account.host == "localhost":
        return
    try:
        loopback = ip_address(account.host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ConfigError("loopback_only", box=account.id)


@contextmanager
def name_faults(account: Account, client: IMAPClient) -> Iterator[None]:
    """Faults as ours; after one of the wire or the disk the answers are out of step, so the line
    is cut."""
    try:
        with mapped(account):
            yield
    except (Unreachable, StoreError):
        hang_up(client)
        raise
