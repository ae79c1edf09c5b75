"""publisher.smtp.session: which addresses stand in an envelope, and which octets are a letter."""

import pytest

from publisher.smtp.session import Refused, Sent, send
from redaksi import catalog
from redaksi.catalog.stored import say_stored
from tests.smtp_server import LETTER, OURS, THEIRS, Scripted, Serve
from tests.smtp_server import serve as serve  # noqa: PLC0414 - a fixture


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
