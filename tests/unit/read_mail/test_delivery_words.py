"""Mails that came back with words alone, as mail systems write them, and reports whose parts are
encoded: the letter is found, and the address counts only where its code is plainly 5.x.x."""

import base64
import quopri
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.mail.delivery import read_report
from redaksi.arrival import Delivery
from redaksi.limits import Safety

OURS = "<redaksi-w-2026-0143.1.revise.k1.mfrggzdfmztwq2lk@surel-redaksi-warta.example>"
WHO = "siti.aminah@kelurahan.example"
COPY = (
    "Return-Path: <redaksi@warta.example>\nFrom: Redaksi <redaksi@warta.example>\n"
    f"To: {WHO}\nSubject: Re: Naskah\nMessage-ID:\n {OURS}\n\nisi surat 550 5.1.1 <x@y.example>\n"
)

HARD = {
    "qmail": f"""Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{WHO}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{COPY}""",
    "exim": f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {WHO}
    SMTP error from remote mail server after RCPT TO:<{WHO}>:
    host mx.kelurahan.example [192.0.2.9]: 550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------

{COPY}""",
    "postfix of old": f"""This is the Postfix program at host mx.example.

I'm sorry to have to inform you that your message could not be
delivered to one or more recipients. It's attached below.
For further assistance, please send mail to <postmaster>

<{WHO}>: host mx.kelurahan.example[192.0.2.9] said: 550-5.1.1 The
    email account does not exist (in reply to RCPT TO command)

{COPY}""",
    "sendmail": f"""The original message was received at Mon, 16 Nov 2026 09:14:05 +0700
from localhost [127.0.0.1]

   ----- The following addresses had permanent fatal errors -----
<{WHO}>
    (reason: 550 5.1.1 <{WHO}>... User unknown)

   ----- Transcript of session follows -----
... while talking to mx.kelurahan.example.:
>>> DATA
<<< 550 5.1.1 <{WHO}>... User unknown

   ----- Original message follows -----

{COPY}""",
    "exchange": f"""Delivery has failed to these recipients or groups:

{WHO} ({WHO})
The e-mail address you entered couldn't be found.

Diagnostic information for administrators:

Generating server: mx.example

{WHO}
#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

Original message headers:

Received: from a (192.0.2.1) by b (192.0.2.2)
Message-ID: {OURS}
""",
    "courier": f"""This is a delivery status notification from mx.example,
running the Courier mail server, version 0.60.

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<{WHO}>:
    mx.kelurahan.example [192.0.2.9]:
    <<< 550 5.1.1 No such user

---------------------------------------------------------------------------
{COPY}""",
    "gmail": f"""Delivery to the following recipient failed permanently:

     {WHO}

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the server for the recipient domain
kelurahan.example by mx.kelurahan.example. [192.0.2.9].

The error that the other server returned was:
550 5.1.1 User unknown

----- Original message -----

{COPY}""",
    "yahoo": f"""Sorry, we were unable to deliver your message to the following address.

<{WHO}>:
Remote host said:
550 5.1.1 User unknown
[RCPT_TO]

--- Below this line is a copy of the message.

{COPY}""",
    "indonesian": f"""Pesan Anda tidak dapat dikirim ke alamat berikut:

{WHO}: 550 5.1.1 pengguna tidak dikenal

----- Pesan asli -----

{COPY}""",
}
HARD |= {
    "quoted code": f"Delivery failed.\n\n{WHO}\n5.1.0 - Unknown address error 550-'5.1.1 Mailbox <{WHO}> does "
    f"not exist'\n\n{COPY}",
    "office 365": f"Your message to {WHO} couldn't be delivered.\n\nMore Info for Email Admins\n"
    f"Status code: 550 5.1.1\n\nSender Address: redaksi@warta.example\n\n{COPY}",
    "windows line": f"Undeliverable:\n{WHO}; 550 (5.1.1 unknown)\n\n-----Original Message-----\n{COPY}",
}
SOFT = {
    "exim, no code": (
        f"This is a permanent error. The following address(es) failed:\n\n  {WHO}\n"
        "    Unrouteable address\n\n------ This is a copy of your message ------\n\n" + COPY,
        "failed",
    ),
    "a reply code alone": (
        f"Unable to deliver message to the following address(es).\n\n<{WHO}>:\n"
        "554 delivery error: This user doesn't have an account\n\n" + COPY,
        "failed",
    ),
    "qmail after a week": (
        f"I wasn't able to deliver your message.\n\n<{WHO}>:\nConnected but connection died. (#4.4.2)\n"
        "I'm not going to try again; this message has been in the queue too long.\n\n" + COPY,
        "failed",
    ),
    "exim's warning": (
        f"A message that you sent has not yet been delivered to\n\n  {WHO}\n"
        "    Delay reason: host mx [192.0.2.9]: 451 4.7.1 Greylisted\n\nNo action is required. "
        "The message will be retried.\n\n" + COPY,
        "delayed",
    ),
    "gmail's warning": (
        "THIS IS A WARNING MESSAGE ONLY.\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\n"
        f"Delivery to the following recipient has been delayed:\n\n     {WHO}\n\n"
        "The error was: 550 5.1.1 really\n\n----- Original message -----\n\n" + COPY,
        "delayed",
    ),
    "sendmail's warning": (
        "Warning: could not send message for past 4 hours\nWill keep trying until message is 5 days "
        f"old\n\n   ----- Transcript of session follows -----\n{WHO}... Deferred: 450 4.1.1 try later\n\n"
        + COPY,
        "delayed",
    ),
    "a version is no code": (
        f"Could not be delivered.\n\n<{WHO}>: refused by Exim 5.10.2 at 5.1.1.9\n\n" + COPY,
        "failed",
    ),
    "both codes": (
        f"Delivery failed.\n\n<{WHO}>: 550 5.0.0 after 451 4.7.1 try again\n\n" + COPY,
        "failed",
    ),
    "the code of another address": (
        f"Delivery failed.\n\n{WHO}: relay lost\nbudi@x.example: 550 5.1.1 unknown\n\n" + COPY,
        "failed",
    ),
}


def came_back(text: str, **fields: str) -> bytes:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    head = (
        "From: MAILER-DAEMON@mx.example\r\nTo: redaksi@warta.example\r\nSubject: failure notice\r\n"
        f"{more}Content-Type: text/plain; charset=us-ascii\r\n\r\n"
    )
    return (head + text.replace("\n", "\r\n")).encode()


_ENCODED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}


def report(*parts: tuple[str, str, bytes], encoding: str = "") -> bytes:
    """A multipart/report of (media type, transfer encoding or "", octets)."""
    out = [
        b"From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        b"--B\r\nContent-Type: text/plain\r\n\r\nMaaf.\r\n"
    ]
    for kind, own, octets in parts:
        transfer = own or encoding
        field = f"Content-Transfer-Encoding: {transfer}\r\n" if transfer else ""
        encoded = _ENCODED[transfer](octets)
        out.append(f"\r\n--B\r\nContent-Type: {kind}\r\n{field}\r\n".encode() + encoded)
    return b"".join([*out, b"\r\n--B--\r\n"])


STATUS = f"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {WHO}\nAction: failed\nStatus: 5.1.1\n".encode()
HEAD = COPY.partition("\n\n")[0].encode() + b"\n"


@pytest.mark.parametrize("system", HARD)
def test_words_with_a_code_beside_the_address_count(system: str) -> None:
    found = read_report(came_back(HARD[system]), Safety())
    assert OURS in found.returned
    assert Delivery(recipient=WHO, action="failed", status="5.1.1") in found.deliveries
    assert "x@y.example" not in [each.recipient for each in found.deliveries]


@pytest.mark.parametrize("system", SOFT)
def test_words_without_such_a_code_never_count(system: str) -> None:
    text, action = SOFT[system]
    found = read_report(came_back(text), Safety())
    assert OURS in found.returned
    (about,) = [each for each in found.deliveries if each.recipient == WHO]
    assert (about.action, about.is_hard) == (action, False)


@pytest.mark.parametrize("transfer", ["", "quoted-printable", "base64"])
@pytest.mark.parametrize(
    ("status", "returned"),
    [
        ("message/delivery-status", "text/rfc822-headers"),
        ("message/delivery-status", "message/rfc822"),
        ("message/global-delivery-status", "message/global"),
        ("message/global-delivery-status", "message/global-headers"),
        ("message/delivery-status", "message/rfc822-headers"),
        ("message/delivery-status", "application/octet-stream"),
    ],
)
def test_parts_are_read_encoded_or_not(status: str, returned: str, transfer: str) -> None:
    found = read_report(
        report((status, "", STATUS), (returned, "", HEAD), encoding=transfer), Safety()
    )
    assert OURS in found.returned
    assert found.deliveries == (Delivery(recipient=WHO, action="failed", status="5.1.1"),)


NAMED = {
    "among the status fields": report(
        ("message/delivery-status", "", b"X-Original-Message-ID: " + OURS.encode() + b"\n" + STATUS)
    ),
    "as the envelope's id": report(
        ("message/delivery-status", "", b"Original-Envelope-Id: " + OURS[1:-1].encode() + b"\n" + STATUS)
    ),
    "in the top header": came_back("Maaf.\n", X_Original_Message_ID=OURS),
    "folded within": came_back("Maaf.\nMessage-ID: " + OURS[:60] + "\n    " + OURS[60:] + "\n"),
    "quoted and broken": came_back("Maaf.\n> Message-ID: " + OURS[:60] + "\n> " + OURS[60:] + "\n"),
    "softly broken": came_back("Maaf.\nMessage-ID: " + OURS[:60] + "=\n" + OURS[60:] + "\n"),
    "in entities": came_back("Maaf.\nMessage-ID: &lt;" + OURS[1:-1] + "&gt;\n"),
    "in a sentence": came_back(f"Surat {OURS[1:-1]} tidak terkirim.\n"),
    "encoded though it only claims to be": report(
        ("text/rfc822-headers", "", HEAD)
    ).replace(b"rfc822-headers\r\n", b"rfc822-headers\r\nContent-Transfer-Encoding: base64\r\n"),
    "cut short": report(("message/rfc822", "base64", HEAD + b"\n" + b"isi surat " * 99))[:-301],
}  # fmt: skip


@pytest.mark.parametrize("where", NAMED)
def test_the_letter_is_named_somewhere(where: str) -> None:
    assert OURS in read_report(NAMED[where], Safety()).returned


@pytest.mark.parametrize(
    ("field", "recipient"),
    [
        ("rfc822; Siti.Aminah@Kelurahan.example", WHO),
        ("utf-8; rahmawat\\x{ED}@kontributor.example", "rahmawat\u00ed@kontributor.example"),
        ("utf-8; rahmawat\u00ed@kontributor.example", "rahmawat\u00ed@kontributor.example"),
        ("rfc822;<siti.aminah@kelurahan.example>", WHO),
        (WHO, WHO),
    ],
)
def test_the_recipient_is_read_in_each_spelling(field: str, recipient: str) -> None:
    status = f"Reporting-MTA: dns; mx\n\nFinal-Recipient: {field}\nAction: failed\nStatus: 5.1.1\n"
    (found,) = read_report(
        report(("message/global-delivery-status", "", status.encode())), Safety()
    ).deliveries
    assert found.recipient == recipient


@pytest.mark.parametrize(
    ("status", "action", "is_hard"),
    [
        (
            f"Final-Recipient: rfc822; {WHO}\nAction: failed (permanently)\nStatus: 5.1.1",
            "failed",
            True,
        ),
        (f"Final-Recipient: rfc822; {WHO}\nAction: Failed\nStatus: 5.1.10", "failed", True),
        (f"Final-Recipient: rfc822; {WHO}\nStatus: 5.1.1", "", False),
        (f"Final-Recipient: rfc822; {WHO}\nAction:\nStatus: 5.1.1", "", False),
        (f"Final-Recipient: rfc822; {WHO}\nAction: expanded\nStatus: 2.0.0", "expanded", False),
    ],
)
def test_the_action_is_one_word(status: str, action: str, is_hard: bool) -> None:
    told = f"Reporting-MTA: dns; mx\n\n{status}\n".encode()
    (found,) = read_report(report(("message/delivery-status", "", told)), Safety()).deliveries
    assert (found.action, found.is_hard) == (action, is_hard)


def test_a_status_of_the_mail_alone_leaves_it_to_the_words() -> None:
    raw = report(("message/delivery-status", "", b"Reporting-MTA: dns; mx\nArrival-Date: x\n"))
    words = (
        f"<{WHO}>\n    (reason: 550 5.1.1 User unknown)\nMessage could not be delivered\n".encode()
    )
    (found,) = read_report(raw.replace(b"Maaf.\r\n", words), Safety()).deliveries
    assert (found.recipient, found.is_hard) == (WHO, True)


def test_where_it_went_on_the_first_address_stands_beside() -> None:
    status = f"X: y\n\nOriginal-Recipient: rfc822; {WHO}\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n"
    (found,) = read_report(
        report(("message/delivery-status", "", status.encode())), Safety()
    ).deliveries
    assert (found.recipient, found.original) == ("a@b.example", WHO)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60))
def test_nothing_in_the_words_raises(text: str, subject: str) -> None:
    raw = came_back(text, X=subject.replace("\n", " ").replace("\r", " "))
    read_report(raw.decode("utf-8", "replace").encode(), Safety())
