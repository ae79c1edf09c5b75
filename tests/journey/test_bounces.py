"""A letter comes back, in forms of several mail systems: the event stands on the right submission,
and the address is marked only where it is plainly no good."""

import base64
import quopri
from collections.abc import Callable
from email.message import Message

import pytest

from desk.demo.makers import mail
from desk.demo.samples import ANDI
from desk.store.people import contributors
from tests.journey.scene import Scene, first, only

WHO = ANDI[1]
TOP = (
    "To: redaksi@warta.example\r\nDate: Mon, 23 Nov 2026 07:30:00 +0000\r\n"
    "Message-ID: <dsn-1@mx.example>\r\nMIME-Version: 1.0\r\n"
)


def _head(letter: Message) -> bytes:
    return letter.as_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n"


def _words(letter: Message, words: str, sender: str, *fields: str) -> bytes:
    copy = letter.as_bytes().replace(b"\r\n", b"\n").decode("utf-8", "replace")
    top = f"From: {sender}\r\nSubject: failure notice\r\n{TOP}" + "".join(
        f"{f}\r\n" for f in fields
    )
    return (top + "\r\n" + (words + copy).replace("\n", "\r\n")).encode()


def qmail(letter: Message) -> bytes:
    words = f"Hi. This is the qmail-send program.\n\n<{WHO}>:\n550 5.1.1 user unknown\n\n--- Below this line is a copy of the message.\n\n"
    return _words(letter, words, "MAILER-DAEMON@mx.example")


def qmail_without_a_domain(letter: Message) -> bytes:
    return qmail(letter).replace(b"MAILER-DAEMON@mx.example", b"MAILER-DAEMON@mx")


def exim(letter: Message) -> bytes:
    words = (
        "This is a permanent error. The following address(es) failed:\n\n"
        f"  {WHO}\n    host mx.x.example [192.0.2.9]: 550 5.1.1 User unknown\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
    )
    sender = "Mail Delivery System <Mailer-Daemon@mx.example>"
    return _words(letter, words, sender, f"X-Failed-Recipients: {WHO}")


def gmail(letter: Message) -> bytes:
    words = (
        f"Delivery to the following recipient failed permanently:\n\n     {WHO}\n\n"
        "Technical details of permanent failure:\nThe error that the other server returned was:\n"
        "550 5.1.1 User unknown\n\n----- Original message -----\n\n"
    )
    return _words(letter, words, "Mail Delivery Subsystem <mailer-daemon@googlemail.com>")


def exchange(letter: Message) -> bytes:
    words = (
        f"Delivery has failed to these recipients or groups:\n\n{WHO} ({WHO})\n\n"
        f"Diagnostic information for administrators:\n\n{WHO}\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n\n"
        "Original message headers:\n\n"
    )
    return _words(letter, words, "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@mx.example")


def _report(kinds: tuple[str, str], letter: Message, transfer: str, status: bytes = b"") -> bytes:
    encode = quopri.encodestring if transfer == "quoted-printable" else base64.encodebytes
    told = status or (
        f"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; {WHO}\nAction: failed\nStatus: 5.1.1\n"
    ).encode()  # fmt: skip
    parts = b"".join(
        f"--B\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n".encode()
        + encode(octets)
        + b"\r\n"
        for kind, octets in zip(kinds, (told, _head(letter)), strict=True)
    )
    head = (
        f"From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nSubject: Undelivered\r\n{TOP}"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nMaaf.\r\n"
    ).encode()
    return head + parts + b"--B--\r\n"


def encoded_header(letter: Message) -> bytes:
    kinds = ("message/delivery-status", "text/rfc822-headers")
    return _report(kinds, letter, "quoted-printable")


def global_report(letter: Message) -> bytes:
    kinds = ("message/global-delivery-status", "message/global-headers")
    return _report(kinds, letter, "base64")


def named_in_the_status(letter: Message) -> bytes:
    told = f"X-Original-Message-ID: {letter['Message-ID']}\n\nFinal-Recipient: rfc822; {WHO}\nAction: failed\nStatus: 5.1.1\n"
    kinds = ("message/delivery-status", "text/plain")
    return _report(kinds, Message(), "base64", told.encode())


def courier_from_nobody(letter: Message) -> bytes:
    sender = b'From: "Courier mail server at mx.example" <@>'
    return encoded_header(letter).replace(
        b"From: Mail Delivery System <MAILER-DAEMON@mx.example>", sender
    )


Form = Callable[[Message], bytes]
FORMS: list[Form] = [
    qmail,
    qmail_without_a_domain,
    exim,
    gmail,
    exchange,
    encoded_header,
    global_report,
    named_in_the_status,
    courier_from_nobody,
]


def marked(scene: Scene) -> bool:
    with scene.app.store.read() as tx:
        return contributors.has_bounced(tx, WHO)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_bounce_of_each_form_is_on_record_with_its_submission(scene: Scene, form: Form) -> None:
    scene.hand_in(first())
    scene.hand_in(form(only(scene.letters())))
    assert scene.letters() == []
    assert scene.happened().count("bounced") == 1
    assert marked(scene)


def test_a_bounce_that_names_no_letter_of_ours_marks_nobody(scene: Scene) -> None:
    scene.hand_in(first())
    letter = only(scene.letters())
    stranger = Message()
    stranger["Message-ID"] = str(letter["Message-ID"]).replace("redaksi-w", "redaksi-x")
    scene.hand_in(exim(stranger), global_report(stranger))
    assert "bounced" not in scene.happened()
    assert not marked(scene)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_report_of_success_leaves_no_word(scene: Scene, action: str) -> None:
    scene.hand_in(first())
    letter = only(scene.letters())
    told = f"X: y\n\nFinal-Recipient: rfc822; {WHO}\nAction: {action}\nStatus: 2.0.0\n".encode()
    kinds = ("message/delivery-status", "text/rfc822-headers")
    scene.hand_in(_report(kinds, letter, "base64", told))
    assert not {"bounced", "letter delayed"} & set(scene.happened())


def test_an_alias_that_fails_is_on_record_and_marks_nobody(scene: Scene) -> None:
    scene.hand_in(first())
    letter = only(scene.letters())
    told = b"X: y\n\nFinal-Recipient: rfc822; b@lain.example\nAction: failed\nStatus: 5.1.1\n"
    kinds = ("message/delivery-status", "text/rfc822-headers")
    scene.hand_in(_report(kinds, letter, "base64", told))
    assert "bounced" in scene.happened()
    assert not marked(scene)


def test_another_address_that_fails_marks_nobody(scene: Scene) -> None:
    scene.hand_in(first())
    letter = only(scene.letters())
    scene.hand_in(exim(letter).replace(WHO.encode(), b"orang@lain.example"))
    assert not marked(scene)


def test_a_contributor_who_quotes_our_letter_is_no_report(scene: Scene) -> None:
    scene.hand_in(first())
    letter = only(scene.letters())
    words = f"Kantor kami membalas: <{WHO}>: 550 5.1.1 user unknown, surat {letter['Message-ID']}\n"
    scene.hand_in(
        mail(ANDI, "Re: Warta Palu", words, headers=[("In-Reply-To", letter["Message-ID"])])
    )
    assert "bounced" not in scene.happened()
    assert not marked(scene)
