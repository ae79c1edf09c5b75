"""Golden mails by who is answered (answering.md): machines, lists, forgeries; links and mails
without files."""

from collections.abc import Iterator

from tests.journey.golden import BUDI, HELLO, SITI, Expected, Golden, fine, named, naskah, shots
from tests.journey.golden_documents import RETURNED
from tests.journey.golden_mime import attached, both, html, letter, multi, part, plain
from tests.journey.golden_programs import simple

NAME = "IMG_5001.jpg"


def goldens() -> Iterator[Golden]:
    """All of them."""
    yield from _links()
    yield from _machines()
    yield from _doubted()
    yield from _companions()


def files() -> list[bytes]:
    """A whole submission."""
    return [
        attached("Naskah.docx", naskah("Ternate", named(NAME))),
        attached(*shots(NAME, seed=100)[0]),
    ]


def _links() -> Iterator[Golden]:
    drive = "Naskah dan foto kami taruh di sini:\nhttps://drive.google.com/drive/folders/1aBcD3fGh?usp=sharing\n\nTerima kasih.\n"
    nothing: Expected = {
        "decision": "incomplete",
        "answer": {"send": True, "letter": "nothing-attached", "rule": "authenticated"},
        "findings": [{"rule": "link-instead-of-files", "severity": "must"}],
        "documents": [],
        "photos": [],
    }
    raw = letter(SITI, "Kiriman Warta NTB", both(drive, "dr"), stamp="drive")
    yield Golden(name="drive-link-only", raw=raw, expected=nothing)
    transfer = "Redaksi Yth., berkasnya besar, silakan unduh:\nhttps://we.tl/t-AbC123xyz\n\nHormat saya, Budi\n"
    yield Golden(
        name="wetransfer-link-only",
        raw=letter(BUDI, "Naskah dan foto", plain(transfer), stamp="wt"),
        expected=nothing,
    )
    expected = {
        "decision": "revise",
        "answer": RETURNED,
        "findings": [{"rule": "link-instead-of-files", "severity": "must"}],
        "documents": {"Naskah.docx": {"readable": True}},
        "photos": [],
    }
    text = "Naskah terlampir. Fotonya di https://drive.google.com/file/d/1XyZ/view?usp=drivesdk\n\nSiti\n"
    yield simple("drive-link-for-the-photos", expected, files()[0], text=text)
    text = "Naskah dan foto terlampir. Video bila perlu: https://drive.google.com/file/d/1XyZ/view\n\nSiti\n"
    yield simple(
        "drive-link-beside-the-files", fine(NAME, document="Naskah.docx"), *files(), text=text
    )

    none: Expected = {
        "decision": "ignore",
        "findings": [],
        "answer": {"send": False},
        "documents": [],
        "photos": [],
    }
    question = "Selamat siang Redaksi,\n\nApakah kantor redaksi buka hari Sabtu? Kami ingin berkunjung.\n\nSalam,\nBudi\n"
    yield Golden(
        name="plain-question",
        raw=letter(BUDI, "Tanya jam kerja", both(question, "q"), stamp="q"),
        expected=none,
    )
    forgot = (
        "Yth. Redaksi,\n\nTerlampir naskah warta dan dua foto kegiatan. Mohon dimuat.\n\nBudi\n"
    )
    expected = {
        "decision": "incomplete",
        "answer": {"send": True, "letter": "nothing-attached", "rule": "authenticated"},
        "documents": [],
        "photos": [],
    }
    yield Golden(
        name="forgot-the-attachments",
        raw=letter(BUDI, "Naskah Warta", both(forgot, "f"), stamp="f"),
        expected=expected,
    )


def unanswered(kind: str, rule: str, decision: str = "ignore") -> Expected:
    """What gets no letter, by this rule of the table."""
    return {"decision": decision, "mail": {"kind": kind}, "answer": {"send": False, "rule": rule}}


def _machines() -> Iterator[Golden]:
    away = plain(
        "Terima kasih atas surel Anda. Saya sedang cuti sampai 30 November dan akan membalas sesudahnya.\n"
    )
    auto = [
        ("Auto-Submitted", "auto-replied (vacation)"),
        ("In-Reply-To", "<redaksi-1@warta.example>"),
    ]
    yield Golden(
        name="out-of-office-rfc3834",
        raw=letter(BUDI, "Balasan otomatis: Naskah Anda", away, stamp="ooo", fields=auto),
        expected=unanswered("auto_reply", "automatic"),
    )
    quiet = [("In-Reply-To", "<redaksi-1@warta.example>")]
    yield Golden(
        name="out-of-office-by-subject-only",
        raw=letter(
            SITI, "Sedang cuti Re: Naskah Anda kami terima", away, stamp="cuti", fields=quiet
        ),
        expected=unanswered("auto_reply", "out_of_office"),
    )
    suppressed = [("X-Auto-Response-Suppress", "DR, RN, NRN")]
    yield simple(
        "exchange-suppress-of-receipts-only",
        fine(NAME, document="Naskah.docx"),
        *files(),
        fields=suppressed,
    )

    report = part(
        [("Content-Type", "message/delivery-status")],
        b"Reporting-MTA: dns; mail.surel.example\r\n\r\nFinal-Recipient: rfc822; pindah@surel.example\r\nAction: failed\r\nStatus: 5.1.1\r\n",
        "7bit",
    )
    returned = part(
        [("Content-Type", "text/rfc822-headers")],
        b"From: redaksi@warta.example\r\nSubject: Re: Naskah Warta\r\nMessage-ID: <redaksi-9@warta.example>\r\n",
        "7bit",
    )
    body = multi(
        "report",
        [plain("Your message could not be delivered.\n"), report, returned],
        "dsn",
        "; report-type=delivery-status",
    )
    raw = letter(
        "Mail Delivery System <MAILER-DAEMON@mail.surel.example>",
        "Undelivered Mail Returned to Sender",
        body,
        stamp="dsn",
        dmarc="none",
        top=[("Return-Path", "<>")],
    )
    yield Golden(name="bounce", raw=raw, expected=unanswered("dsn", "report"))

    event = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261120T020000Z\r\nSUMMARY:Rapat\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    invited = part(
        [("Content-Type", "text/calendar; charset=UTF-8; method=REQUEST")], event, "7bit"
    )
    body = multi(
        "mixed",
        [
            multi(
                "alternative",
                [plain("Undangan: Rapat\n"), html("<p>Undangan: Rapat</p>"), invited],
                "cal",
            ),
            attached("invite.ics", event, declared="application/ics"),
        ],
        "calm",
    )
    yield Golden(
        name="calendar-invitation",
        raw=letter(BUDI, "Undangan: Rapat redaksi", body, stamp="cal"),
        expected=unanswered("calendar", "calendar"),
    )
    ics = part(
        [
            ("Content-Type", 'text/calendar; name="jadwal.ics"'),
            ("Content-Disposition", 'attachment; filename="jadwal.ics"'),
        ],
        event.replace(b"METHOD:REQUEST\r\n", b""),
    )
    yield simple(
        "calendar-file-beside-a-submission",
        fine(NAME, document="Naskah.docx", others={"jadwal.ics": {"why": "calendar"}}),
        *files(),
        ics,
    )

    listed = [
        ("List-Id", "Fasilitator <fasilitator.kotaku.example>"),
        ("List-Unsubscribe", "<mailto:keluar@kotaku.example>"),
    ]
    yield simple("list-mail", unanswered("list", "mailing_list", "review"), *files(), fields=listed)
    text = plain("Kode masuk Anda 493021. Jangan balas surel ini.\n")
    yield Golden(
        name="no-reply",
        raw=letter("Bank Contoh <no-reply@bank.example>", "Kode masuk", text, stamp="otp"),
        expected=unanswered("noreply", "no_reply"),
    )


def _doubted() -> Iterator[Golden]:
    # decisions.md: authentication never changes the verdict, only whether a letter goes by itself.
    whole = {"documents": {"Naskah.docx": {"readable": True}}, "photos": {NAME: {"intact": True}}}
    yield simple(
        "two-from-headers",
        unanswered("bad_sender", "bad_sender", "review") | whole,
        *files(),
        fields=[("From", "Redaktur <redaktur@lain.example>")],
    )
    yield simple(
        "forged-dmarc-fail",
        unanswered("forged", "not_authenticated", "accept") | whole,
        *files(),
        dmarc="fail",
    )
    believed = [
        ("Authentication-Results", "mx.penipu.example; dmarc=pass header.from=surel.example")
    ]
    yield simple(
        "forged-with-a-result-of-its-own-on-top",
        unanswered("forged", "not_authenticated", "accept") | whole,
        *files(),
        dmarc="fail",
        top=believed,
    )
    below = [("Authentication-Results", "mx.warta.example; dmarc=pass header.from=surel.example")]
    yield simple(
        "forged-with-our-name-below",
        unanswered("forged", "not_authenticated", "accept") | whole,
        *files(),
        dmarc="fail",
        fields=below,
    )
    yield simple(
        "no-authentication-results",
        unanswered("unauthenticated", "not_authenticated", "accept") | whole,
        *files(),
        dmarc="",
    )
    yield Golden(
        name="forged-nothing-attached",
        raw=letter(SITI, "Naskah", plain(HELLO), stamp="fn", dmarc="fail"),
        expected=unanswered("forged", "not_authenticated") | {"documents": [], "photos": []},
    )
    # Row 10: filed; an editor presses send. Authentication never changes the verdict.
    yield simple(
        "dmarc-none-waits-for-an-editor",
        fine(NAME, document="Naskah.docx", mail={}, answer={"send": False, "rule": "unknown"}),
        *files(),
        dmarc="none",
    )
    yield simple(
        "own-address",
        unanswered("own", "own_or_loop", "review") | whole,
        *files(),
        sender="Redaksi Warta <redaksi@warta.example>",
    )
    aside = [
        ("Reply-To", "orang.lain@asing.example"),
        ("Disposition-Notification-To", "orang.lain@asing.example"),
    ]
    expected = fine(
        NAME,
        document="Naskah.docx",
        answer={"send": True, "letter": "accepted", "to": "siti.aminah@surel.example"},
    )
    yield simple("reply-to-elsewhere", expected, *files(), fields=aside)


def _companions() -> Iterator[Golden]:
    card = attached(
        "Siti Aminah.vcf", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Siti Aminah\r\nEND:VCARD\r\n"
    )
    yield simple(
        "vcard", fine(NAME, document="Naskah.docx", others={"Siti Aminah.vcf": {}}), *files(), card
    )
    signature = part(
        [
            ("Content-Type", "application/pkcs7-signature; name=smime.p7s"),
            ("Content-Disposition", "attachment; filename=smime.p7s"),
        ],
        bytes.fromhex("308006092a864886f70d010702a0803080") + bytes(600),
    )
    inner = multi("mixed", [plain(HELLO), *files()], "sig-in")
    body = multi(
        "signed",
        [inner, signature],
        "sig-out",
        '; protocol="application/pkcs7-signature"; micalg=sha-256',
    )
    expected = fine(NAME, document="Naskah.docx", others={"smime.p7s": {}})
    yield Golden(
        name="smime-signed", raw=letter(SITI, "Naskah", body, stamp="sig"), expected=expected
    )
