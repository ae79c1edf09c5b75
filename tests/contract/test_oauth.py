"""OAuth2: logging in, staying in, and being told when it is over; against a stub and a real
Dovecot."""

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk.demo import dovecot
from ingest.fetch import oauth
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from ingest.fetch.oauth import Client, Provider, Tokens
from redaksi.errors import ConfigError, LoginRefused, Throttled, Unreachable
from tests.oauth_server import CLIENT, Stub, stub

NOW = 1_800_000_000.0
OLD = Tokens(access_token="access-0", refresh_token="refresh-0", expires_at=NOW + 60)


@pytest.fixture
def server() -> Iterator[Stub]:
    with stub() as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "warta.token"
    oauth.write(path, OLD)
    return path


def token(file: Path, server: Stub, *, now: float = NOW, client: Client = CLIENT) -> str:
    return oauth.access_token(file, server.loopback_provider(), client, mailbox="warta", now=now)


# ── every day ─────────────────────────────────────────────────────────────────────────────────────


def test_a_token_that_still_lasts_is_used_without_asking(server: Stub, file: Path) -> None:
    assert token(file, server, now=NOW - 3600) == "access-0"
    assert server.asked == []


def test_a_token_about_to_end_is_renewed_and_kept(server: Stub, file: Path) -> None:
    assert [token(file, server), token(file, server)] == ["access-1", "access-1"]
    assert oauth.read(file, mailbox="warta").expires_at == NOW + 3600


def test_a_provider_that_changes_the_refresh_token_is_followed(server: Stub, file: Path) -> None:
    server.rotate = True
    token(file, server)
    assert token(file, server, now=NOW + 4000) == "access-2"


def test_processes_that_renew_at_once_ask_once(server: Stub, file: Path) -> None:
    server.rotate = True
    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append(token(file, server))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (got, len(server.asked)) == (["access-1"] * 5, 1)


def test_a_login_that_died_is_an_alarm_with_the_remedy(server: Stub, file: Path) -> None:
    server.refresh_tokens = set()
    with pytest.raises(LoginRefused, match=r"expired or revoked.*redaksi login warta"):
        token(file, server)


def test_a_mailbox_that_never_logged_in_says_how(server: Stub, tmp_path: Path) -> None:
    with pytest.raises(LoginRefused, match="redaksi login warta"):
        token(tmp_path / "tiada", server)


def test_a_damaged_token_file_says_how_to_mend_it(server: Stub, file: Path) -> None:
    file.write_bytes(b'{"access_')
    with pytest.raises(LoginRefused, match=r"damaged.*redaksi login warta"):
        token(file, server)


def test_a_token_file_others_can_read_is_not_used(server: Stub, file: Path) -> None:
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        token(file, server)


def test_a_token_file_is_only_ours(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_an_unknown_client_is_the_configurations_fault(server: Stub, file: Path) -> None:
    with pytest.raises(ConfigError, match="invalid_client"):
        token(file, server, client=Client(client_id="other"))


@pytest.mark.parametrize(("status", "expected"), [(503, Unreachable), (429, Throttled)])
def test_a_provider_in_trouble_is_temporary(
    server: Stub, file: Path, status: int, expected: type[Unreachable]
) -> None:
    server.status = status
    with pytest.raises(expected):
        token(file, server)


def test_a_provider_that_is_down_is_unreachable(file: Path) -> None:
    nowhere = Provider(name="stub", token_url="http://127.0.0.1:1/token", scope="mail")
    with pytest.raises(Unreachable):
        oauth.access_token(file, nowhere, CLIENT, mailbox="warta", now=NOW)


@pytest.mark.parametrize(
    "url", ["http://example.org/token", "file:///etc/passwd", "ftp://127.0.0.1/x"]
)
def test_tokens_go_over_https_only(file: Path, url: str) -> None:
    with pytest.raises(ConfigError, match="https"):
        oauth.access_token(
            file, Provider(name="x", token_url=url, scope=""), CLIENT, mailbox="warta", now=NOW
        )


def test_neither_tokens_nor_secrets_are_shown_when_printed() -> None:
    assert "access-0" not in repr(OLD)
    assert "rahasia" not in repr(CLIENT)


# ── once ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_person_logs_in_by_the_browser(server: Stub) -> None:
    tokens = oauth.log_in(
        server.loopback_provider(),
        CLIENT,
        mailbox="warta",
        show=lambda address, _: server.browse(address),
        wait=10,
    )
    assert (tokens.access_token, tokens.refresh_token) == ("access-1", "refresh-0")


def test_a_person_who_declines_is_not_logged_in(server: Stub) -> None:
    with pytest.raises(LoginRefused, match="access_denied"):
        oauth.log_in(
            server.loopback_provider(),
            CLIENT,
            mailbox="warta",
            show=lambda address, _: server.browse(address, deny=True),
            wait=10,
        )


def test_a_stranger_at_the_loopback_port_is_turned_away(server: Stub) -> None:
    with pytest.raises(LoginRefused, match="in time"):
        oauth.log_in(
            server.loopback_provider(),
            CLIENT,
            mailbox="warta",
            show=lambda address, _: server.browse(address, state="forged"),
            wait=0.5,
        )


def test_a_person_logs_in_by_a_code_on_another_device(server: Stub) -> None:
    server.pending = ["authorization_pending", "authorization_pending"]
    shown: list[tuple[str, str]] = []
    tokens = oauth.log_in(
        server.device_provider(),
        CLIENT,
        mailbox="warta",
        show=lambda *what: shown.append(what),
        wait=10,
    )
    assert shown == [("https://example.org/device", "ABCD-EFGH")]
    assert tokens.refresh_token == "refresh-0"


@pytest.mark.parametrize("error", ["access_denied", "expired_token"])
def test_a_device_code_nobody_confirms_is_a_login_refused(server: Stub, error: str) -> None:
    server.pending = [error]
    with pytest.raises(LoginRefused, match=error):
        oauth.log_in(
            server.device_provider(), CLIENT, mailbox="warta", show=lambda *_: None, wait=10
        )


# ── with a real IMAP server ───────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def asking_dovecot() -> Iterator[tuple[Stub, dovecot.Dovecot]]:
    missing = dovecot.missing()
    if missing:
        pytest.skip(missing)
    with (
        stub() as provider,
        dovecot.running(introspection_url=f"{provider.base}/introspect") as running,
    ):
        yield provider, running


@pytest.fixture
def token_account(asking_dovecot: tuple[Stub, dovecot.Dovecot]) -> Account:
    provider, running = asking_dovecot
    access = secrets.token_hex(8)
    provider.valid[access] = "redaksi@example.org"
    return Account(
        id="warta",
        host=running.host,
        port=running.port,
        user="redaksi@example.org",
        password=access,
        security="none",
        auth="xoauth2",
    )


@pytest.mark.parametrize("mechanism", ["xoauth2", "oauthbearer"])
def test_a_token_opens_the_mailbox(token_account: Account, mechanism: str) -> None:
    with open_mailbox(replace(token_account, auth=mechanism)) as mailbox:
        assert mailbox.select("INBOX").exists == 0


@pytest.mark.parametrize("mechanism", ["xoauth2", "oauthbearer"])
def test_a_token_that_died_is_refused_with_the_remedy(
    token_account: Account, mechanism: str
) -> None:
    dead = replace(token_account, auth=mechanism, password="mati")
    with pytest.raises(LoginRefused, match="redaksi login warta"), open_mailbox(dead):
        pass
