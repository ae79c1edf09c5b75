"""A real IMAP server for tests: one Dovecot a pytest process, an account of its own for each
test."""

import secrets
from collections.abc import Iterator

import pytest

from desk.demo import dovecot
from desk.demo.dovecot import Dovecot
from ingest.fetch.listing import Account


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    """The running server; skips, saying what to install, where there is none."""
    missing = dovecot.missing()
    if missing:
        pytest.skip(missing)
    with dovecot.running() as server:
        yield server


@pytest.fixture
def account(dovecot_server: Dovecot) -> Account:
    """An empty mailbox nobody else uses, over plain IMAP on the loopback."""
    return Account(
        id="warta",
        host=dovecot_server.host,
        port=dovecot_server.port,
        user=f"redaksi-{secrets.token_hex(6)}@example.org",
        password=dovecot_server.password,
        security="none",
        connect_timeout=5,
        read_timeout=10,
    )
