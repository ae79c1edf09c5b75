"""What came and is not read is named: each kind with its own sentence, and no letter says that
nothing was attached."""

import base64
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from desk.outbound.letter_context import LETTERS, active_sections, context_of_assessment
from desk.pipeline import examine
from ingest.read.parcel import read_email
from publisher.letters.letter_context import LetterKind
from redaksi.limits import Safety
from redaksi.model import Examination, Language
from tests.unit.guard.guard_mails import COVER, LIMITS, look, office, outcome, photo, word, zipped
from tests.unit.letters.letterbox import bodies, read, written
from tests.unit.read_mail.test_sniff import compound, odf

_NONE_CAME = re.compile(
    r"tidak (?:ada|menemukan)[^.]{0,60}lampiran|tanpa lampiran|no attachment|nothing (?:is|was) attached"
    r"|neither a text nor a photo attached|sebagai lampirannya",
    re.IGNORECASE,
)
Files = Mapping[str, bytes]
TYPED = (
    "SUKAMAJU – Warga Desa Sukamaju menikmati air bersih setelah pipa sepanjang dua kilometer selesai dipasang.\n\n"
    + "Pembangunan itu dikerjakan secara gotong royong selama tiga bulan dengan biaya dari dana desa dan warga. "
    * 7
    + "\n\nPenulis: Siti Rahma\n"
)
_APPLE = {"Index/Document.iwa": b"x", "Index/CalculationEngine.iwa": b"x"}
PRESENTATIONS: Files = {
    "Berita.pptx": office("ppt/presentation.xml"),
    "Berita.ppt": compound("PowerPoint Document"),
    "Berita.odp": odf("vnd.oasis.opendocument.presentation"),
    "Berita.otp": odf("vnd.oasis.opendocument.presentation-template"),
    "Berita.sxi": odf("vnd.sun.xml.impress"),
    "Berita.key": zipped(**_APPLE),
    "Paparan.dat": zipped(**_APPLE, **{"Index/Slide-3.iwa": b"x"}),
    "Lama.key": zipped(**{"index.apxl": b"x", "buildVersionHistory.plist": b"x"}),
}
SPREADSHEETS: Files = {
    "Naskah.xlsx": office("xl/workbook.xml"),
    "Naskah.xls": compound("Workbook"),
    "Naskah.et": compound("Book"),
    "Naskah.ods": odf("vnd.oasis.opendocument.spreadsheet"),
    "Naskah.ots": odf("vnd.oasis.opendocument.spreadsheet-template"),
    "Naskah.sxc": odf("vnd.sun.xml.calc"),
    "Naskah.numbers": zipped(**_APPLE),
}
OFFICE: Files = {
    "Buletin.pub": compound("Quill", "Contents"),
    "Catatan.one": b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3" + bytes(900),
    "Denah.vsdx": zipped(
        **{"[Content_Types].xml": b"<x t='application/vnd.ms-visio.drawing.main+xml'/>"}
    ),
    "Denah.vsd": compound("VisioDocument"),
    "Data.accdb": b"\x00\x01\x00\x00Standard ACE DB" + bytes(900),
    "Data.mdb": b"\x00\x01\x00\x00Standard Jet DB" + bytes(900),
    "Poster.cdr": b"RIFF\x10\x00\x00\x00CDRAvrsn" + bytes(900),
    "Buletin.indd": b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5\xbd\x31\xef\xe7\xfe\x74\xb7\x1d" + bytes(99),
    "Denah.odg": odf("vnd.oasis.opendocument.graphics"),
}
SOUNDS: Files = {
    "Naskah.mp3": b"ID3\x03" + bytes(500),
    "PTT-20261115-WA0001.opus": b"OggS\x00" + bytes(500),
    "Rekaman.m4a": b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42" + bytes(500),
    "Rekaman.amr": b"#!AMR\n" + bytes(500),
    "Rekaman.wav": b"RIFF\x10\x00\x00\x00WAVEfmt " + bytes(500),
    "Rekaman.aac": b"\xff\xf1\x50\x80" + bytes(500),
    "Rekaman.wma": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(500),
}
OUTLOOK: Files = {
    "Kiriman.msg": compound("__properties_version1.0", "__nameid_version1.0"),
    "FW Naskah Warta.msg": compound("__properties_version1.0"),
    "tanpa akhiran": compound("__properties_version1.0"),
    "naskah.oft": compound("__properties_version1.0"),
    "naskah.doc.msg": compound("__properties_version1.0", embedded="WordDocument"),
}
_OWNER = b"\x04Siti" + b" " * 49 + b"\x04\x00" + b"S\x00i\x00t\x00i\x00".ljust(107)
LOCKS: Files = {
    "~$skah Warta.docx": _OWNER,
    "~$rita.doc": _OWNER,
    "~$Foto dan naskah.docx": _OWNER,
    "~$data.xlsx": _OWNER,
    "~$giatan PKK.docm": _OWNER,
}
EMPTY: Files = {
    "lampiran": b"",
    "warta.zip": b"",
    "kiriman.eml": b"",
    "berita.pdf": b"",
    "WA0001.bin": b"",
}
HOLLOW: Files = {
    "Warta.zip": zipped(),
    "Kiriman RW 05.zip": zipped(**{"__MACOSX/._foto.jpg": b"x"}),
    "foto.zip": zipped(**{".DS_Store": b"x"}),
    "naskah-dan-foto": zipped(),
    "Warta.ZIP": zipped(**{"Thumbs.db": b"x"}),
}
SHORTCUTS: Files = {
    "foto.jpg.lnk": b"\x4c\x00\x00\x00\x01\x14\x02\x00" + bytes(99),
    "IMG_1.jpeg.url": b"[InternetShortcut]\r\nURL=https://x.example/a\r\n",
    "IMG_2.png.desktop": b"[Desktop Entry]\nType=Link\nURL=file:///x\n",
    "IMG_3.jpg.webloc": b'<?xml version="1.0"?><plist><dict><key>URL</key><string>x</string></dict></plist>',
    "IMG_4.png.alias": b"book\x00\x00\x00\x00mark\x00" + bytes(99),
}
NAMED = [
    pytest.param(case, name, content, id=f"{case}-{name}")
    for case, files in {
        "presentation": PRESENTATIONS,
        "spreadsheet": SPREADSHEETS,
        "office": OFFICE,
        "audio": SOUNDS,
        "outlook": OUTLOOK,
        "lock": LOCKS,
        "empty": EMPTY,
        "shortcut": SHORTCUTS,
        "hollow": HOLLOW,
    }.items()
    for name, content in files.items()
]


def compose_letter(examined: Examination, language: Language, kind: LetterKind) -> str:
    """The letter's text on one line, as it would leave."""
    (judged,) = examined.assessments
    assert examined.mail is not None
    about = context_of_assessment(
        judged,
        examined.mail,
        to="siti@kelurahan.example",
        language=language,
        number="W-2026-0001",
        try_number=1,
        received=datetime(2026, 11, 16, 9, tzinfo=UTC),
        active=active_sections({}),
    )
    return " ".join(bodies(read(written(kind, about)))["text/plain"].split())


def due_letter(examined: Examination) -> LetterKind:
    assert examined.answer is not None
    (kind,) = [each for each in LETTERS if each == examined.answer.letter]
    return kind


@pytest.mark.parametrize(("case", "name", "content"), NAMED)
def test_the_letter_names_the_file_with_its_own_sentence(
    case: str, name: str, content: bytes
) -> None:
    examined = look(COVER, [(name, content)])
    found = outcome(examined)
    assert (found.decision, found.letter) == ("incomplete", "unreadable")
    (finding,) = [
        finding
        for finding in examined.assessments[0].findings
        if finding.rule == "attachment-not-read"
    ]
    assert (finding.facts["case"], finding.subject) == (case, name)
    assert "document-missing" not in found.told
    for language in ("id", "en"):
        text = compose_letter(examined, language, due_letter(examined))
        assert name in text
        assert not _NONE_CAME.search(text)


@pytest.mark.parametrize(("case", "name", "content"), NAMED)
@pytest.mark.parametrize("language", ["id", "en"])
def test_letter_h_too_names_it(case: str, name: str, content: bytes, language: Language) -> None:
    text = compose_letter(look(COVER, [(name, content)]), language, "nothing-attached")
    assert name in text
    assert not _NONE_CAME.search(text)


@pytest.mark.parametrize(
    "name", ["Berita.pptx", "Berita.ppt", "Berita.odp", "Berita.key", "Kiriman.msg"]
)
def test_what_may_hold_the_photos_leaves_them_unasked(name: str) -> None:
    content = {**PRESENTATIONS, **OUTLOOK}[name]
    assert outcome(look(COVER, [(name, content)])).told == {"attachment-not-read"}
    assert outcome(look(COVER, [("Naskah.xlsx", office("xl/workbook.xml"))])).told == {
        "attachment-not-read",
        "photo-missing",
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Data.xlsx", office("xl/workbook.xml")),
        ("Paparan.pptx", office("ppt/presentation.xml")),
        ("Pesan.msg", compound("__properties_version1.0")),
        ("Buku.one", OFFICE["Catatan.one"]),
        ("Denah.vsd", compound("VisioDocument")),
    ],
)
def test_who_hands_in_no_article_is_not_asked_for_one(name: str, content: bytes) -> None:
    found = outcome(look("Pak, ini yang diminta kemarin.\n", [(name, content)], subject="Data"))
    assert (found.decision, found.letter) == ("review", "")
    assert ("article", "file") in found.unread


@pytest.mark.parametrize(
    ("name", "content"), [(n, c) for files in (PRESENTATIONS, OUTLOOK) for n, c in files.items()]
)
def test_beside_the_article_an_editor_looks_for_the_photos(name: str, content: bytes) -> None:
    found = outcome(look(COVER, [("Naskah.docx", word()), (name, content)]))
    assert (found.decision, found.letter) == ("review", "")


@pytest.mark.parametrize(("case", "name", "content"), NAMED)
def test_beside_an_unknown_file_an_editor_looks(case: str, name: str, content: bytes) -> None:
    files = [(name, content), ("aneh.zzz", b"\x01\x02\x03" * 700)]
    assert outcome(look(COVER, files)).decision == "review"


@pytest.mark.parametrize(("case", "name", "content"), NAMED)
def test_beside_photos_it_is_named_too(case: str, name: str, content: bytes) -> None:
    examined = look("Salam.\n", [(name, content), ("IMG_1.jpg", photo())], subject="Gotong royong")
    found = outcome(examined)
    assert found.told == {"attachment-not-read"}
    assert name in compose_letter(examined, "id", due_letter(examined))


@pytest.mark.parametrize(("case", "name", "content"), NAMED)
def test_beside_an_article_in_the_words_it_is_none(case: str, name: str, content: bytes) -> None:
    """The article came, typed: what is asked for is the Word document, and no other file is
    blamed."""
    found = outcome(look(f"Yth. Redaksi, naskah kami:\n\n{TYPED}", [(name, content)]))
    assert "attachment-not-read" not in found.told


WRAPPED = {
    "a WPS Writer text is Word's": ("Naskah.wps", compound("WordDocument"), {"document-unreadable"}),
    "a Works text is not": ("Naskah.wps", compound("MatOST"), {"document-not-word"}),
    "a Works text for DOS": ("Naskah.wps", b"\x01\xfe\x32\x00" + bytes(900), {"document-not-word"}),
    "rights management": ("message_v2.rpmsg", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86" + bytes(99), {"attachment-refused"}),
    "PGP": ("naskah.asc", b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", {"attachment-refused"}),
    "xz": ("naskah.tar.xz", b"\xfd7zXZ\x00" + bytes(99), {"attachment-refused"}),
    "cab": ("naskah.cab", b"MSCF\x00\x00\x00\x00" + bytes(99), {"attachment-refused"}),
    "tar": ("naskah.tar", bytes(b"n" * 257) + b"ustar\x0000" + bytes(500), {"attachment-refused"}),
}  # fmt: skip


@pytest.mark.parametrize("what", WRAPPED)
def test_other_rules_name_the_rest(what: str) -> None:
    name, content, told = WRAPPED[what]
    examined = look(COVER, [(name, content)])
    found = outcome(examined)
    assert found.told - {"photo-missing"} == told
    assert name in compose_letter(examined, "id", due_letter(examined))


def test_a_photo_that_came_makes_no_letter_of_nothing() -> None:
    examined = look("Salam.\n", [("IMG_1.jpg", photo())], subject="Gotong royong")
    assert examined.answer is not None
    assert outcome(examined).letter == "revise"


BORDER = "Authentication-Results: mx.warta.example; dmarc=pass header.from=kelurahan.example"
TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\nTerlampir naskah kami.\r\n"
P7M = 'Content-Type: application/pkcs7-mime; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
ENVELOPED = b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + bytes(200)
AUTHENTICATED = b"0\x80\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17" + bytes(200)
SIGNED = b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + bytes(200)
TNEF = base64.encodebytes(b"\x78\x9f\x3e\x22\x01\x00").decode()


def mixed(part: str) -> str:
    return f'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\n{TEXT}\r\n--B\r\n{part}\r\n--B--\r\n'


def typed(text: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"


def receive(rest: str, subject: str = "Kiriman naskah warta") -> Examination:
    head = (
        f"From: Siti <siti@kelurahan.example>\r\nTo: redaksi@warta.example\r\nSubject: {subject}\r\n"
        f"Date: Mon, 16 Nov 2026 09:14:05 +0700\r\nMessage-ID: <a@kelurahan.example>\r\n{BORDER}\r\n"
        "MIME-Version: 1.0\r\n"
    )
    return examine(read_email((head + rest).encode(), "x.eml", Safety()), LIMITS)


MAILS = {
    "a piece of a mail": (
        'Content-Type: message/partial; id="a@b"; number=1; total=3\r\n\r\nContent-Type: text/plain\r\n\r\nx\r\n',
        "sepotong",
    ),
    "encrypted S/MIME": (P7M + base64.encodebytes(ENVELOPED).decode(), "terenkripsi (S/MIME)"),
    "encrypted S/MIME of another kind": (
        P7M.replace("pkcs7", "x-pkcs7") + base64.encodebytes(AUTHENTICATED).decode(),
        "terenkripsi (S/MIME)",
    ),
    "encrypted S/MIME under another type": (
        'Content-Type: application/octet-stream; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + base64.encodebytes(ENVELOPED).decode(),
        "terenkripsi (S/MIME)",
    ),
    "PGP/MIME": (
        'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--B\r\n"
        'Content-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n'
        "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n--B--\r\n",
        "encrypted.asc",
    ),
    "a body somewhere else": (
        mixed(
            'Content-Type: message/external-body; access-type=URL; name="naskah.docx"\r\n\r\n'
            "Content-Type: application/msword\r\n"
        ),
        "naskah.docx",
    ),
    "what a program took out": (
        mixed('Content-Type: text/x-moz-deleted; name="naskah.docx"\r\n\r\nThe attachment was deleted'),
        "naskah.docx",
    ),
    "a wrapping without files": (
        mixed(
            "Content-Type: application/ms-tnef; name=winmail.dat\r\n"
            f"Content-Transfer-Encoding: base64\r\n\r\n{TNEF}"
        ),
        "winmail.dat",
    ),
    "Gmail's confidential mode": (
        typed("Siti mengirimi Anda email mode rahasia\r\nhttps://confidential-mail.google.com/msg/A1"),
        "mode rahasia Gmail",
    ),
    "a calendar": (
        mixed(
            "Content-Type: text/calendar; name=rapat.ics\r\nContent-Disposition: attachment; filename=rapat.ics"
            "\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR"
        ),
        "rapat.ics",
    ),
    "a mail in which nothing lay": (
        mixed(
            "Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=pesan.eml\r\n\r\n"
            "From: a@b.example\r\nSubject: x\r\nDate: Mon, 16 Nov 2026 09:14:05 +0700\r\n\r\nhalo"
        ),
        "pesan.eml",
    ),
    "a card": (
        mixed("Content-Type: text/vcard; name=siti.vcf\r\n\r\nBEGIN:VCARD\r\nEND:VCARD"),
        "siti.vcf",
    ),
    "a link of Google's": (typed("Naskah: https://drive.google.com/file/d/a1/view"), "Google Drive"),
    **{
        f"a short link, {host}": (typed(f"Berikut kiriman kami:\r\n{link}"), f"{host} (tautan pendek)")
        for host, link in {
            "s.id": "https://s.id/rw05",
            "bit.ly": "bit.ly/3rW05x",
            "tinyurl.com": "https://tinyurl.com/rw05warta",
            "cutt.ly": "http://cutt.ly/rw05",
            "rebrand.ly": "https://rebrand.ly/rw05",
            "t.co": "https://t.co/AbCd123",
            "goo.gl": "https://goo.gl/AbCd",
            "linktr.ee": "https://linktr.ee/rw05",
        }.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("what", MAILS)
def test_a_mail_that_brought_something_else_hears_what_it_was(what: str) -> None:
    rest, named = MAILS[what]
    examined = receive(rest)
    assert examined.decision == "incomplete"
    text = compose_letter(examined, "id", due_letter(examined))
    assert named in text
    assert not _NONE_CAME.search(text)
    assert not _NONE_CAME.search(compose_letter(examined, "en", due_letter(examined)))


LOOKED_AT = {
    "signed S/MIME that stays closed": P7M + base64.encodebytes(SIGNED).decode(),
    "a later piece": 'Content-Type: message/partial; id="a@b"; number=2; total=3\r\n\r\nUEsDBBQAAAAI\r\n',
    "PGP in the text": typed("-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA7\r\n-----END PGP MESSAGE-----"),
    "an address nobody knows": typed("Terlampir:\r\nhttps://berkas.desa.example/unduh/rw05"),
    "a wrapping around all words": mixed(
        "Content-Type: application/ms-tnef; name=winmail.dat\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{TNEF}"
    ).replace("Terlampir naskah kami.", " "),
    "Microsoft's protected mail": typed(
        "Siti has sent you a protected message.\r\nhttps://outlook.office365.com/Encryption/a.ashx"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", LOOKED_AT)
def test_what_may_hold_it_and_has_no_sentence_an_editor_sees(what: str) -> None:
    examined = receive(LOOKED_AT[what])
    found = outcome(examined)
    assert (found.decision, found.letter) == ("review", "")
    assert any(may_be == "article" for may_be, _ in found.unread)


@pytest.mark.parametrize("link", ["https://www.facebook.com/desa", "https://wa.me/62811", ""])
def test_nothing_but_a_signature_is_nothing_attached(link: str) -> None:
    examined = receive(typed(f"Terlampir naskah kami.\r\n\r\nSiti\r\n{link}"))
    assert outcome(examined).letter == "nothing-attached"


def test_gmails_confidential_mode_of_anybody_is_shown_alone() -> None:
    rest, _ = MAILS["Gmail's confidential mode"]
    found = outcome(receive(rest, subject="Rapat besok"))
    assert (found.decision, found.letter) == ("review", "")
