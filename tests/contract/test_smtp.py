# ruff: noqa: ARG002, N802  (aiosmtpd names the hooks and what they are given)
"""publisher.smtp.session against a real SMTP server on loopback that misbehaves on cue."""

import asyncio
import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from msgspec.structs import replace

from publisher.smtp.session import Closed, Deferred, Refused, Sent, SmtpServer, Unknown, check, send
from redaksi import catalog
from redaksi.catalog.stored import say_stored
from redaksi.errors import ConfigError, LoginRefused, ServerError

OURS, THEIRS = "redaksi@example.org", "rahmawati@example.net"
LETTER = b"Subject: Re: Naskah\r\n\r\nYth.\r\n.\r\n..titik\r\nSalam\r\n"
Answer = Callable[[SMTP, Session, Envelope], str]


class Scripted:
    """An aiosmtpd handler that answers as the test says and keeps what it accepted."""

    def __init__(self, **answers: Answer | str) -> None:
        self.answers = answers
        self.accepted: list[tuple[str | None, list[str], bytes]] = []

    def _say(self, verb: str, *circumstances: Any) -> str | None:
        answer = self.answers.get(verb)
        return answer(*circumstances) if callable(answer) else answer

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if (said := self._say("MAIL", server, session, envelope)) is not None:
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if (said := self._say("RCPT", server, session, envelope)) is not None:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if (said := self._say("DATA", server, session, envelope)) is not None:
            return said
        self.accepted.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 2.0.0 OK queued as 1"


class CutsBeforeTheDot(SMTP):
    async def smtp_DATA(self, arg: str) -> None:
        await self.push("354 go ahead")
        assert isinstance(self.transport, asyncio.Transport)
        self.transport.abort()


class RefusesStartTls(SMTP):
    async def smtp_STARTTLS(self, arg: str) -> None:
        await self.push("454 4.7.0 TLS not available due to temporary reason")


class Listening(Controller):
    """A Controller whose protocol class and keywords the test chooses."""

    def __init__(self, handler: Scripted, protocol: type[SMTP] = SMTP, **keywords: Any) -> None:
        self.protocol, self.keywords = protocol, keywords
        super().__init__(handler, hostname="127.0.0.1", port=_free_port(), ready_timeout=10)

    def factory(self) -> SMTP:
        return self.protocol(self.handler, **self.keywords)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Serve = Callable[..., SmtpServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[Listening] = []

    def start(handler: Scripted, protocol: type[SMTP] = SMTP, **keywords: Any) -> SmtpServer:
        controller = Listening(handler, protocol, **keywords)
        controller.start()
        running.append(controller)
        return SmtpServer(
            host="127.0.0.1", port=controller.port, security="none", timeout=5, patience=5
        )

    yield start
    for controller in running:
        controller.stop()


def _abort(server: Any, *_: Any) -> str:
    server.transport.abort()
    return "250 too late"


def test_a_letter_arrives_octet_by_octet_with_its_envelope(serve: Serve) -> None:
    handler = Scripted()
    outcome = send(LETTER, OURS, THEIRS, serve(handler))
    assert outcome == Sent(reply="250 2.0.0 OK queued as 1")
    assert handler.accepted == [(OURS, [THEIRS], LETTER)]


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_a_4xx_defers_the_letter_and_keeps_the_servers_line(serve: Serve, verb: str) -> None:
    handler = Scripted(**{verb: "450 4.2.1 Greylisted, try again"})
    assert send(LETTER, OURS, THEIRS, serve(handler)) == Deferred(
        reply="450 4.2.1 Greylisted, try again"
    )


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_a_5xx_refuses_the_letter_and_keeps_the_servers_line(serve: Serve, verb: str) -> None:
    handler = Scripted(**{verb: "550 5.1.1 No such user"})
    assert send(LETTER, OURS, THEIRS, serve(handler)) == Refused(reply="550 5.1.1 No such user")


def test_greylisting_ends_when_the_server_is_asked_again(serve: Serve) -> None:
    answers = iter(["451 4.7.1 Please come back", None])
    handler = Scripted(RCPT=lambda *_: next(answers))  # type: ignore[arg-type]
    server = serve(handler)
    outcomes = [send(LETTER, OURS, THEIRS, server), send(LETTER, OURS, THEIRS, server)]
    assert [type(outcome) for outcome in outcomes] == [Deferred, Sent]
    assert len(handler.accepted) == 1


def test_a_421_says_that_the_other_letters_need_not_be_tried_now(serve: Serve) -> None:
    outcome = send(LETTER, OURS, THEIRS, serve(Scripted(RCPT="421 4.3.2 Going down")))
    assert outcome == Closed(reply="421 4.3.2 Going down")


@pytest.mark.parametrize(
    "said",
    [
        "550 5.4.5 Daily user sending limit exceeded",
        "454 4.7.0 Too many login attempts",
        "550 5.1.8 Access denied, bad outbound sender",
        "501 syntax",
        "553 sorry, that sender is not yours",
    ],
)
def test_a_refusal_at_mail_from_is_of_us_and_not_of_the_letter(serve: Serve, said: str) -> None:
    assert send(LETTER, OURS, THEIRS, serve(Scripted(MAIL=said))) == Closed(reply=said)


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    "said",
    [
        "550 5.4.5 Daily user sending limit exceeded",
        "421 4.7.28 unusual rate of mail",
        "550 5.1.8 Access denied, bad outbound sender",
        "550 5.7.26 unauthenticated mail is not accepted",
        "550 5.7.708 Access denied, traffic not accepted from this IP",
        "550 5.7.0 Authentication required first",
        "554 5.7.1 Relay access denied",
        "550 5.7.60 Client does not have permissions to send as this sender",
    ],
)
def test_a_refusal_that_names_us_is_of_us_wherever_it_comes(
    serve: Serve, verb: str, said: str
) -> None:
    assert isinstance(send(LETTER, OURS, THEIRS, serve(Scripted(**{verb: said}))), Closed)


@pytest.mark.parametrize(
    "said",
    [
        "550 5.7.1 Message rejected by policy",
        "550 5.1.1 No such user",
        "552 5.3.4 Too big",
        "550 5.7.5 x",
    ],
)
def test_a_refusal_that_names_the_letter_or_its_reader_is_of_the_letter(
    serve: Serve, said: str
) -> None:
    assert isinstance(send(LETTER, OURS, THEIRS, serve(Scripted(RCPT=said))), Refused)


def test_a_cut_before_the_recipient_was_told_is_no_word_about_the_letter(serve: Serve) -> None:
    assert isinstance(send(LETTER, OURS, THEIRS, serve(Scripted(MAIL=_abort))), Closed)


def test_a_cut_before_the_letter_defers_it(serve: Serve) -> None:
    assert isinstance(send(LETTER, OURS, THEIRS, serve(Scripted(RCPT=_abort))), Deferred)


def test_no_reply_names_an_address(serve: Serve) -> None:
    said = '450 4.2.1 <rahmawati@example.net>: try again, "a b"@x.example'
    outcome = send(LETTER, OURS, THEIRS, serve(Scripted(RCPT=said)))
    assert outcome == Deferred(reply="450 4.2.1 <…@…>: try again, …@…")


def test_a_cut_after_the_final_dot_is_unknown(serve: Serve) -> None:
    assert isinstance(send(LETTER, OURS, THEIRS, serve(Scripted(DATA=_abort))), Unknown)


def test_a_cut_between_data_and_the_final_dot_is_never_called_sent(serve: Serve) -> None:
    outcome = send(LETTER * 100_000, OURS, THEIRS, serve(Scripted(), CutsBeforeTheDot))
    assert isinstance(outcome, (Deferred, Unknown))


def test_silence_after_the_final_dot_is_unknown_once_patience_ends() -> None:
    with _talking(b"220 hi", b"250 hello", b"250 ok", b"250 ok", b"354 go", None) as port:
        server = SmtpServer(host="127.0.0.1", port=port, security="none", timeout=5, patience=0.3)
        assert isinstance(send(LETTER, OURS, THEIRS, server), Unknown)


def test_a_reply_that_is_no_reply_after_the_final_dot_is_unknown() -> None:
    with _talking(b"220 hi", b"250 hello", b"250 ok", b"250 ok", b"354 go", b"OK whatever") as port:
        server = SmtpServer(host="127.0.0.1", port=port, security="none", timeout=5, patience=5)
        assert isinstance(send(LETTER, OURS, THEIRS, server), Unknown)


@pytest.mark.parametrize("after", [0, 5], ids=["banner", "after the dot"])
def test_a_server_that_trickles_holds_nobody_beyond_the_deadline(after: int) -> None:
    lines = [b"220 hi", b"250 hello", b"250 ok", b"250 ok", b"354 go"][:after]
    with _talking(*lines, _TRICKLE) as port:
        server = SmtpServer(
            host="127.0.0.1", port=port, security="none", timeout=1, patience=1, deadline=0.6
        )
        begun = time.monotonic()
        outcome = send(LETTER, OURS, THEIRS, server)
    assert isinstance(outcome, Unknown if after else Closed)
    assert time.monotonic() - begun < 5


def test_a_banner_that_does_not_come() -> None:
    with _talking(None) as port:
        server = SmtpServer(host="127.0.0.1", port=port, security="none", timeout=0.3)
        outcome = send(LETTER, OURS, THEIRS, server)
    assert isinstance(outcome, Closed)


def test_a_banner_that_says_no_keeps_its_line() -> None:
    with _talking(b"554 5.3.2 no service here") as port:
        server = SmtpServer(host="127.0.0.1", port=port, security="none", timeout=5)
        assert send(LETTER, OURS, THEIRS, server) == Closed(reply="554 5.3.2 no service here")


@pytest.mark.parametrize(
    "reply", [b"250 " + b"x" * 9000, b"450 \xff\xfe", b"\x00\x01", b"", b"999999 x", b"2 5 0"]
)
def test_a_reply_no_server_should_give_is_no_word_about_the_letter(reply: bytes) -> None:
    with _talking(b"220 hi", b"250 hello", reply) as port:
        server = SmtpServer(host="127.0.0.1", port=port, security="none", timeout=1)
        assert isinstance(send(LETTER, OURS, THEIRS, server), Closed)


@pytest.mark.parametrize("host", ["smtp..example.org", "x" * 70 + ".example.org"])
def test_a_host_that_can_be_none_is_a_mistake_in_the_configuration(host: str) -> None:
    with pytest.raises(ConfigError, match=r"reply\.host"):
        send(LETTER, OURS, THEIRS, SmtpServer(host=host, port=465))


def test_nobody_listening() -> None:
    server = SmtpServer(host="127.0.0.1", port=_free_port(), security="none", timeout=1)
    outcome = send(LETTER, OURS, THEIRS, server)
    assert isinstance(outcome, Closed)


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


# ── addresses ─────────────────────────────────────────────────────────────────────────────────────


def test_an_address_beyond_ascii_goes_with_smtputf8(serve: Serve) -> None:
    handler = Scripted()
    outcome = send(LETTER, OURS, "rahmawàti@example.net", serve(handler, enable_SMTPUTF8=True))
    assert isinstance(outcome, Sent)
    assert handler.accepted[0][1] == ["rahmawàti@example.net"]


def test_a_domain_beyond_ascii_needs_no_extension(serve: Serve) -> None:
    handler = Scripted()
    outcome = send(
        LETTER,
        "redaksi@wärta.example",
        "budi@bücher.example",
        serve(handler, enable_SMTPUTF8=False),
    )
    assert isinstance(outcome, Sent)
    assert handler.accepted[0][:2] == (
        "redaksi@xn--wrta-loa.example",
        ["budi@xn--bcher-kva.example"],
    )


def test_an_address_beyond_ascii_is_refused_where_the_server_cannot_take_it(serve: Serve) -> None:
    outcome = send(LETTER, OURS, "rahmawàti@example.net", serve(Scripted(), enable_SMTPUTF8=False))
    assert isinstance(outcome, Refused)
    assert "SMTPUTF8" in say_stored(outcome.reply, catalog.load("en"))


@pytest.mark.parametrize(
    "to",
    [
        "a@example.net\r\nRCPT TO:<victim@example.net>",
        "a@example.net>\r\nDATA",
        "a@example.net, b@example.net",
        "",
        "Rahmawati",
        "a@example.net\n",
        "a@example.net\x00",
        "a@b@example.net",
        "kelompok: a@example.net;",
    ],
)
def test_an_envelope_takes_one_mailbox_and_no_command(serve: Serve, to: str) -> None:
    handler = Scripted()
    with pytest.raises(ValueError, match="exactly one mailbox"):
        send(LETTER, OURS, to, serve(handler))
    assert handler.accepted == []


@pytest.mark.parametrize(
    "raw", [b"a\nb\r\n", b"a\rb\r\n", b"a\r\n.\nMAIL FROM:<x@example.net>\r\n"]
)
def test_octets_another_server_could_read_as_two_letters_are_not_sent(
    serve: Serve, raw: bytes
) -> None:
    with pytest.raises(ValueError, match="CRLF"):
        send(raw, OURS, THEIRS, serve(Scripted()))


# ── a server in ten lines, for what aiosmtpd is too polite to do ──────────────────────────────────


_TRICKLE = b"250-still at work"


class _talking:  # noqa: N801  reads as a phrase where it is used
    """Says each line in turn after each of the client's commands (the letter counts as one);
    None: falls silent."""

    def __init__(self, *lines: bytes | None) -> None:
        self.lines = lines
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._talk, daemon=True)

    def __enter__(self) -> int:
        self.thread.start()
        return int(self.listener.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join(timeout=5)
        self.listener.close()

    def _talk(self) -> None:
        with contextlib.suppress(OSError):  # the client hung up
            self._say()

    def _say(self) -> None:
        connection, _ = self.listener.accept()
        with connection, connection.makefile("rb") as heard:
            for place, line in enumerate(self.lines):
                if line is None:
                    self.done.wait(timeout=10)
                    return
                if place == 5:
                    while heard.readline() not in (b".\r\n", b""):
                        pass
                elif place:
                    heard.readline()
                while line == _TRICKLE and not self.done.wait(timeout=0.1):
                    connection.sendall(line + b"\r\n")
                connection.sendall(line + b"\r\n")
