"""A local IMAP server: Dovecot where it is installed, else pymap."""

from collections.abc import Iterator
from contextlib import contextmanager

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
    """Start one, stop it at the end."""
    if not dovecot.missing():
        with dovecot.running() as server:
            yield ImapServer(
                name=f"Dovecot {server.version}",
                host=server.host,
                port=server.port,
                user="demo",
                password=server.password,
            )
        return
    from desk.demo import pymap_server  # noqa: PLC0415 - an extra, and only where there is no Dovecot

    with pymap_server.running() as fallback:
        yield ImapServer(
            name="pymap",
            host=fallback.host,
            port=fallback.port,
            user=fallback.user,
            password=fallback.password,
        )
