# ruff: noqa: ARG002, N802  (aiosmtpd names the hooks and what they are given)
"""An SMTP server on loopback that answers as a test says."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from publisher.smtp.session import SmtpServer

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


class Listening(Controller):
    """A Controller whose protocol class and keywords the test chooses."""

    def __init__(self, handler: Scripted, protocol: type[SMTP] = SMTP, **keywords: Any) -> None:
        self.protocol, self.keywords = protocol, keywords
        super().__init__(handler, hostname="127.0.0.1", port=free_port(), ready_timeout=10)

    def factory(self) -> SMTP:
        return self.protocol(self.handler, **self.keywords)


def free_port() -> int:
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
