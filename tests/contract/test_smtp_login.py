# ruff: noqa: ARG002, N802  (aiosmtpd names the hooks and what they are given)
"""publisher.smtp.session before a letter goes: over which connection, and as whom."""

import shutil
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from msgspec.structs import replace

from publisher.smtp.session import Sent, SmtpServer, check, send
from redaksi.errors import ConfigError, LoginRefused, ServerError
from tests.smtp_server import LETTER, OURS, THEIRS, Scripted, Serve
from tests.smtp_server import serve as serve  # noqa: PLC0414 - a fixture


class RefusesStartTls(SMTP):
    async def smtp_STARTTLS(self, arg: str) -> None:
        await self.push("454 4.7.0 TLS not available due to temporary reason")


# ── safe connections ──────────────────────────────────────────────────────────────────────────────


def test_starttls_that_is_not_offered_is_an_error_and_nothing_is_sent_in_the_clear(
    serve: Serve,
) -> None:
    handler = Scripted()
    with pytest.raises(ServerError, match="does not offer STARTTLS"):
        send(
            LETTER,
            OURS,
            THEIRS,
            replace(serve(handler), security="starttls", user="u", password="p"),
        )
    assert handler.accepted == []


def test_starttls_that_is_refused_is_an_error_with_the_servers_line(
    serve: Serve, certified: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    handler = Scripted()
    server = serve(handler, RefusesStartTls, tls_context=certified[0])
    with pytest.raises(ServerError, match=r"454 4\.7\.0 TLS not available"):
        send(LETTER, OURS, THEIRS, replace(server, security="starttls"))
    assert handler.accepted == []


def test_a_letter_goes_over_starttls(
    serve: Serve, certified: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    handler = Scripted()
    server = serve(handler, tls_context=certified[0], require_starttls=True)
    outcome = send(LETTER, OURS, THEIRS, replace(server, security="starttls", context=certified[1]))
    assert isinstance(outcome, Sent)


def test_a_certificate_nobody_vouches_for_is_an_error(
    serve: Serve, certified: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    server = serve(Scripted(), tls_context=certified[0])
    with pytest.raises(ServerError, match="certificate we cannot trust"):
        send(LETTER, OURS, THEIRS, replace(server, security="starttls"))


def test_tls_towards_a_port_that_speaks_plain_names_the_remedy(serve: Serve) -> None:
    with pytest.raises(ServerError, match=r'reply\.security = "starttls"'):
        send(LETTER, OURS, THEIRS, replace(serve(Scripted()), security="tls"))


@pytest.mark.parametrize(
    "host", ["mail.example.org", "192.0.2.1", "localhost.example.org", "::ffff:192.0.2.1"]
)
def test_plain_smtp_to_another_machine_is_a_mistake_in_the_configuration(host: str) -> None:
    with pytest.raises(ConfigError, match="on this machine"):
        send(LETTER, OURS, THEIRS, SmtpServer(host=host, port=25, security="none"))


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's TLS context that trust each other, made by the openssl command."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl: apt install openssl")
    folder: Path = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            openssl,
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-keyout",
            str(key),
            "-out",
            str(certificate),
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate, key)
    return ours, ssl.create_default_context(cafile=str(certificate))


# ── logging in ────────────────────────────────────────────────────────────────────────────────────


def test_a_refused_login_carries_the_servers_line_and_the_remedy(serve: Serve) -> None:
    def refuse(*_: Any) -> AuthResult:
        return AuthResult(success=False, handled=False, message="535 5.7.8 BadCredentials")

    server = serve(Scripted(), authenticator=refuse, auth_require_tls=False)
    with pytest.raises(LoginRefused, match=r"535 5\.7\.8 BadCredentials.*app password"):
        send(LETTER, OURS, THEIRS, replace(server, user="redaksi", password="salah"))


def test_a_server_without_login_is_told_apart_from_a_wrong_password(serve: Serve) -> None:
    with pytest.raises(LoginRefused, match="offers no login"):
        send(LETTER, OURS, THEIRS, replace(serve(Scripted()), user="redaksi", password="x"))


def test_a_password_beyond_ascii_is_told_as_such(serve: Serve) -> None:
    server = serve(
        Scripted(), authenticator=lambda *_: AuthResult(success=True), auth_require_tls=False
    )
    with pytest.raises(LoginRefused, match="not plain ASCII"):
        send(
            LETTER,
            OURS,
            THEIRS,
            replace(server, user="redaksi", password="sandi\N{NO-BREAK SPACE}aplikasi"),
        )


def test_a_good_login_sends(serve: Serve) -> None:
    def accept(_s: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (b"redaksi", b"benar"))

    server = serve(Scripted(), authenticator=accept, auth_require_tls=False)
    assert isinstance(
        send(LETTER, OURS, THEIRS, replace(server, user="redaksi", password="benar")), Sent
    )


def test_a_server_that_wants_a_login_says_which_keys_are_missing(serve: Serve) -> None:
    server = serve(Scripted(MAIL="530 5.7.0 Authentication required"))
    with pytest.raises(LoginRefused, match=r"reply\.user and reply\.password"):
        send(LETTER, OURS, THEIRS, server)


def test_check_logs_in_and_sends_nothing(serve: Serve) -> None:
    handler = Scripted()
    assert isinstance(check(serve(handler), OURS), Sent)
    assert handler.accepted == []
