# ruff: noqa: ARG002, N802  (aiosmtpd names the hooks and what they are given)
"""publisher.smtp.session against a real SMTP server on loopback that misbehaves on cue."""

import asyncio
import contextlib
import socket
import threading
import time
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from publisher.smtp.session import Closed, Deferred, Refused, Sent, SmtpServer, Unknown, send
from redaksi.errors import ConfigError
from tests.smtp_server import LETTER, OURS, THEIRS, Scripted, Serve, free_port
from tests.smtp_server import serve as serve  # noqa: PLC0414 - a fixture


class CutsBeforeTheDot(SMTP):
    async def smtp_DATA(self, arg: str) -> None:
        await self.push("354 go ahead")
        assert isinstance(self.transport, asyncio.Transport)
        self.transport.abort()


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
    server = SmtpServer(host="127.0.0.1", port=free_port(), security="none", timeout=1)
    outcome = send(LETTER, OURS, THEIRS, server)
    assert isinstance(outcome, Closed)


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
