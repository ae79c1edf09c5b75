"""A local IMAP server: Dovecot where it starts, else pymap."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from msgspec import Struct

from desk.demo import dovecot


class ImapServer(Struct, frozen=True, kw_only=True):
    """Where it listens and how to enter it."""

    name: str
    host: str
    port: int
    user: str
    password: str


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Start one, stop it at the end. A Dovecot that is installed and does not start is no reason
    to end the demo."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(dovecot.running())
            started = ImapServer(
                name=f"Dovecot {server.version}",
                host=server.host,
                port=server.port,
                user="demo",
                password=server.password,
            )
        except dovecot.NotStarted:
            started = stack.enter_context(_pymap())
        yield started


@contextmanager
def _pymap() -> Iterator[ImapServer]:
    from desk.demo import pymap_server  # noqa: PLC0415 - an extra, and only where there is no Dovecot

    with pymap_server.running() as fallback:
        yield ImapServer(
            name="pymap",
            host=fallback.host,
            port=fallback.port,
            user=fallback.user,
            password=fallback.password,
        )
