"""Coming into a mailbox: whom a real Dovecot lets in, and over which connection."""

import pytest
from msgspec.structs import replace

from desk.demo.dovecot import Dovecot
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from redaksi.errors import ConfigError, LoginRefused, ServerError, Unreachable


def test_wrong_password_names_the_servers_line_and_the_remedy(account: Account) -> None:
    wrong = replace(account, password="salah")
    with (
        pytest.raises(LoginRefused, match=r"\[AUTHENTICATIONFAILED\].*password"),
        open_mailbox(wrong),
    ):
        pass


def test_a_password_with_other_than_ascii_characters_reaches_the_server(account: Account) -> None:
    with (
        pytest.raises(LoginRefused, match="AUTHENTICATIONFAILED"),
        open_mailbox(replace(account, password="sandi→ü")),
    ):
        pass


def test_a_server_that_is_down_is_unreachable(account: Account) -> None:
    with (
        pytest.raises(Unreachable, match="nobody answers there"),
        open_mailbox(replace(account, port=1)),
    ):
        pass


def test_a_name_that_does_not_exist_is_unreachable(account: Account) -> None:
    nowhere = replace(account, host="imap.invalid", security="tls")
    with pytest.raises(Unreachable), open_mailbox(nowhere):
        pass


def test_no_password_goes_over_a_network_in_the_clear(account: Account) -> None:
    with (
        pytest.raises(ConfigError, match="loopback"),
        open_mailbox(replace(account, host="192.0.2.1")),
    ):
        pass


def test_the_password_is_not_shown_where_an_account_is_printed(account: Account) -> None:
    assert account.password not in repr(account)


@pytest.fixture
def tls_account(account: Account, dovecot_server: Dovecot) -> Account:
    if dovecot_server.certificate is None:
        pytest.skip("needs openssl")
    return replace(
        account,
        security="tls",
        port=dovecot_server.tls_port,
        tls_ca=str(dovecot_server.certificate),
        host="localhost",
    )


def test_a_private_authority_is_trusted_when_it_is_named(tls_account: Account) -> None:
    with open_mailbox(tls_account) as mailbox:
        assert mailbox.new("INBOX", 0) == []


def test_a_certificate_nobody_vouches_for_is_refused_with_the_remedy(tls_account: Account) -> None:
    with (
        pytest.raises(ServerError, match=r"certificate.*tls_ca"),
        open_mailbox(replace(tls_account, tls_ca="")),
    ):
        pass


def test_starttls_encrypts_before_the_password_goes(tls_account: Account, account: Account) -> None:
    with open_mailbox(replace(tls_account, security="starttls", port=account.port)) as mailbox:
        assert mailbox._client._imap._tls_established
