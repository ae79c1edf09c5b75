"""A server's stand-in for a mail it could not give: known in every version and language, and nothing
that somebody sent is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.arrival import Mail
from redaksi.limits import Identity
from redaksi.reasons import explain
from redaksi.sender_policy.brought import NOTHING, Brought
from redaksi.sender_policy.question import Question
from redaksi.sender_policy.stand_in import StandIn, find_stand_in
from redaksi.sender_policy.table import classify_sender
from redaksi.sender_rule import SenderRule

FILES = Brought(attached=True, document=True)
OWN = Identity(addresses=("redaksi@example.org",), authserv_id="mx.example.org")
LOST = (
    "The server couldn't retrieve the following message:\n\n"
    'Subject: "Foto panen raya"\nFrom: "Budi Santoso" ("budi@surel.example")\n'
    "Sent date: 11/2/2026 7:01:12 AM\n\nThe message hasn't been deleted."
)
IMAP4 = "Retrieval using the IMAP4 protocol failed for the following message: 20004"


def made(sender: str, subject: str = "", text: str = "", *fields: tuple[str, str]) -> Mail:
    return Mail(headers=(("From", sender), *fields), subject=subject, text=text)


STAND_INS = {
    "2007": made("Microsoft Exchange Server 2007", IMAP4, LOST),
    "2013 and later": made("Microsoft Exchange Server", IMAP4, LOST),
    "in quotation marks": made('"Microsoft Exchange Server 2016"', IMAP4, LOST),
    "with an empty address": made("Microsoft Exchange Server 2010 <>", IMAP4, LOST),
    "with an address": made("Microsoft Exchange Server <MSExchange@kantor.example>", IMAP4),
    "of its own postmaster": made(
        "postmaster@kantor.example", "The message could not be retrieved"
    ),
    "its hexadecimal account": made("MicrosoftExchange329e71ec@kantor.example", "", LOST),
    "POP3": made(
        "Microsoft Exchange Server 2010",
        "Retrieval using the POP3 protocol failed for the following message: 3",
    ),
    "spelled out": made(
        "Microsoft Exchange", "Pesan", "The server could not retrieve the following message:"
    ),
    "typographic apostrophe": made(
        "Microsoft Exchange Server", "", LOST.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    ),
    "conversion": made("Microsoft Exchange", "", "MAPI conversion failure. Message 17."),
    "folded subject": made(
        "Microsoft Exchange Server 2010", IMAP4.replace(" message", "\n message")
    ),
    "German": made(
        "Microsoft Exchange Server 2010",
        "Fehler beim Abrufen der folgenden Nachricht mithilfe des IMAP4-Protokolls: 752",
    ),
    "French": made(
        "Microsoft Exchange Server 2010",
        "La récupération à l'aide du protocole IMAP4 a échoué pour le message suivant : 9",
    ),
    "Spanish": made(
        "Microsoft Exchange Server", "Error al recuperar con el protocolo IMAP4 el mensaje: 11"
    ),
    "Dutch text alone": made(
        "Microsoft Exchange Server", "", "De server kan het volgende bericht niet ophalen:"
    ),
    "Indonesian": made(
        "Microsoft Exchange Server", "Pengambilan dengan protokol IMAP4 gagal untuk pesan: 88"
    ),
}
RECEIVED = ("Received", "from mail.surel.example by mx.example.org; Mon, 2 Nov 2026 07:01:12 +0000")
OTHERS = {
    "sent on by a colleague": made("Budi <budi@kantor.example>", f"FW: {IMAP4}", LOST),
    "asked about": made("budi@kantor.example", "Naskah tidak dapat diambil lewat IMAP4: 3", LOST),
    "of the product, over a relay": made("Microsoft Exchange <it@kantor.example>", IMAP4, LOST, RECEIVED),
    "a bounce": made("postmaster@kantor.example", "Undeliverable: Naskah Warta", "", RECEIVED),
    "a bounce without a relay": made("postmaster@kantor.example", "Undeliverable: Naskah"),
    "a welcome": made("Microsoft Exchange", "Selamat datang di kotak surat Anda", "Halo."),
    "of a person so named": made("Microsoft Exchange Tim <tim@surel.example>", "Naskah Warta", "Isi."),
    "an article about it": made("budi@kantor.example", "Warga belajar IMAP4", LOST),
}  # fmt: skip


def ruled(mail: Mail, *, attached: bool = False) -> SenderRule:
    return classify_sender(mail, OWN, FILES if attached else NOTHING).rule


@pytest.mark.parametrize("mail", STAND_INS.values(), ids=STAND_INS)
def test_a_stand_in_is_put_before_an_editor_and_never_filed_as_no_submission(mail: Mail) -> None:
    ruling = classify_sender(mail, OWN, NOTHING)
    assert (ruling.rule, ruling.verdict, ruling.letter) == (SenderRule.STAND_IN, "review", "none")


@pytest.mark.parametrize("mail", OTHERS.values(), ids=OTHERS)
def test_what_somebody_sent_is_none(mail: Mail) -> None:
    assert ruled(mail) != SenderRule.STAND_IN


@pytest.mark.parametrize("mail", STAND_INS.values(), ids=STAND_INS)
def test_with_a_file_it_is_somebodys_mail(mail: Mail) -> None:
    assert ruled(mail, attached=True) != SenderRule.STAND_IN


@pytest.mark.parametrize(
    ("text", "subject", "sender"),
    [
        (LOST, "Foto panen raya", "Budi Santoso <budi@surel.example>"),
        (
            'Der Server konnte die folgende Nachricht nicht abrufen:\n\nBetreff: "Warta"\n'
            'Von: "Siti" ("siti@surel.example")\nGesendet am: 02.11.2026',
            "Warta",
            "Siti <siti@surel.example>",
        ),
        (
            'The server couldn\'t retrieve the following message:\n\nSubject: ""\nFrom: "Siti"',
            "–",
            "Siti",
        ),
        ("The server couldn't retrieve the following message:", "–", "–"),
        (
            'Server tidak dapat mengambil pesan berikut:\nSubjek: "A\N{RIGHT-TO-LEFT OVERRIDE}B"\n'
            'Dari: "x" ("y")',
            "A B",
            "x <y>",
        ),
    ],
)
def test_it_names_the_lost_mails_subject_and_sender(text: str, subject: str, sender: str) -> None:
    mail = made("Microsoft Exchange Server", IMAP4, text)
    reason = classify_sender(mail, OWN, NOTHING).reason
    assert reason == explain(reason.code, subject=subject, sender=sender)


@given(st.text(max_size=3000), st.text(max_size=300))
def test_no_text_is_too_much_for_it(text: str, subject: str) -> None:
    mail = made("Microsoft Exchange Server", subject, f"could not retrieve\n{text}")
    found = find_stand_in(Question(mail=mail, own=OWN, brought=NOTHING))
    assert isinstance(found, StandIn)
    assert len(found.subject) <= 120
    assert len(found.sender) <= 160
