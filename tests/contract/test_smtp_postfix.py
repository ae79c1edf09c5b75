"""Letters through a real Postfix: octets, refusals, addresses beyond ASCII, and the notification
it sends back."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from desk.demo.post import Letter
from ingest.read.mail.delivery import read_report
from ingest.read.parcel import read_email
from publisher.smtp.session import Deferred, Refused, Sent, SmtpServer, SmtpSession, send
from redaksi.limits import Identity, Safety
from redaksi.sender_policy.brought import NOTHING
from redaksi.sender_policy.table import classify_sender
from redaksi.sender_rule import SenderRule
from tests import postfix
from tests.unit.letters.letterbox import occasion, written

OURS, THEIRS = "redaksi@warta.example", "rahmawati@kontributor.example"


class Sink:
    """The rest of the world: takes everything but mail for one who moved away."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.log = Path()  # of the Postfix before it

    async def handle_RCPT(  # noqa: N802
        self,
        server: Any,  # noqa: ARG002
        session: Any,  # noqa: ARG002
        envelope: Any,
        address: str,
        options: Any,  # noqa: ARG002
    ) -> str:
        if address.startswith("pindah@"):
            return "550 5.1.1 <pindah@kontributor.example>: user unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        self.letters.append(
            Letter(
                sender=envelope.mail_from,
                recipients=tuple(envelope.rcpt_tos),
                content=envelope.content,
            )
        )
        return "250 OK"

    def next(self) -> Letter:
        """The next that arrives."""
        for _ in range(200):
            if self.letters:
                return self.letters.pop(0)
            time.sleep(0.05)
        raise AssertionError("nothing arrived")


@contextmanager
def sinking(sink: Sink) -> Iterator[int]:
    port = postfix.free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[SmtpServer, Sink]]:
    if postfix.missing():
        pytest.skip(postfix.missing())
    sink = Sink()
    with sinking(sink) as port, postfix.postfix(port) as relay:
        sink.log = relay.log
        yield SmtpServer(host=relay.host, port=relay.port, security="none", timeout=10), sink


def letter() -> bytes:
    return written("revise", occasion()).raw


def test_a_letter_arrives_octet_by_octet(world: tuple[SmtpServer, Sink]) -> None:
    relay, sink = world
    assert isinstance(send(letter(), OURS, THEIRS, relay), Sent)
    arrived = sink.next()
    assert (arrived.sender, arrived.recipients) == (OURS, (THEIRS,))
    assert arrived.content.endswith(letter())  # Received is above it, nothing in it was touched


def test_who_is_unknown_is_refused_and_who_is_greylisted_deferred(
    world: tuple[SmtpServer, Sink],
) -> None:
    relay, _ = world
    refused = send(letter(), OURS, "nobody@kontributor.example", relay)
    assert isinstance(refused, Refused)
    assert "no such user" in refused.reply
    assert isinstance(send(letter(), OURS, "later@kontributor.example", relay), Deferred)


def test_the_letters_of_a_turn_share_a_conversation(
    world: tuple[SmtpServer, Sink],
) -> None:
    relay, sink = world
    before = sink.log.read_text().count("]: connect from")
    with SmtpSession(relay) as session:
        outcomes = [
            session.send(letter(), OURS, f"{name}@kontributor.example")
            for name in ("ani", "nobody", "later", "rahmawatí", "budi")
        ]
    assert [type(each) for each in outcomes] == [Sent, Refused, Deferred, Sent, Sent]
    arrived = {sink.next().recipients[0] for _ in range(3)}
    assert arrived == {f"{name}@kontributor.example" for name in ("ani", "rahmawatí", "budi")}
    assert sink.log.read_text().count("]: connect from") == before + 1


def test_addresses_beyond_ascii_are_served(world: tuple[SmtpServer, Sink]) -> None:
    relay, sink = world
    assert isinstance(send(letter(), OURS, "rahmawatí@kontributor.example", relay), Sent)
    assert sink.next().recipients == ("rahmawatí@kontributor.example",)


def test_the_notification_of_a_bounce_names_the_letter_and_is_answered_by_nobody(
    world: tuple[SmtpServer, Sink],
) -> None:
    relay, sink = world
    assert isinstance(send(letter(), OURS, "pindah@kontributor.example", relay), Sent)
    notification = sink.next()
    assert notification.recipients == (OURS,)
    report = read_report(notification.content, Safety())
    assert [(one.recipient, one.is_hard) for one in report.deliveries] == [
        ("pindah@kontributor.example", True)
    ]
    assert written("revise", occasion()).message_id in report.returned
    mail = read_email(notification.content, "m", Safety()).mail
    assert mail is not None
    own = Identity(addresses=(OURS,), authserv_id="mx.warta.example")
    ruling = classify_sender(mail, own, NOTHING)
    assert (ruling.rule, ruling.kind) == (SenderRule.REPORT, "dsn")
