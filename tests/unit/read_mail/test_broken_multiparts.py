"""A mail whose fields do not say truly how it is made: its parts are found, and it is marked."""

import base64
import binascii

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.mail.message import split
from ingest.read.mail.transport.hidden_parts import take_apart
from tests.unit.read_mail.mails import (
    SAFETY,
    TOP,
    attachment,
    docx,
    mail,
    multipart,
    names,
    parcel,
    picture,
    text,
)
from tests.unit.read_mail.test_agreement import trees

PHOTO, WORD = picture(), docx()
WORDS = "Yth. Redaksi, terlampir."
PARTS = (text(WORDS), attachment(WORD, "naskah.docx"), attachment(PHOTO, "foto.jpg"))
BODY = multipart(*PARTS).partition(b"\r\n\r\n")[2]
PLAIN_TOP = TOP.replace(b"MIME-Version: 1.0\r\n", b"")


def headed(*fields: bytes, body: bytes = BODY, top: bytes = TOP) -> bytes:
    return top + b"".join(field + b"\r\n" for field in fields) + b"\r\n" + body


def kinded(value: bytes) -> bytes:
    return headed(b"Content-Type: " + value)


def swapped(old: bytes, new: bytes, raw: bytes) -> bytes:
    assert old in raw
    return raw.replace(old, new)


INNER = multipart(text(WORDS), text("<p>Yth.</p>", b"html"), kind=b"alternative", boundary=b"dalam")
NESTED = mail(INNER, *PARTS[1:])

TYPES = {
    "no type, a boundary": kinded(b'; boundary="batas"'),
    "no type at all": headed(),
    "an empty type": kinded(b""),
    "no subtype": kinded(b'multipart; boundary="batas"'),
    "a subtype too many": kinded(b'multipart/mixed/related; boundary="batas"'),
    "multipart-mixed": kinded(b'multipart-mixed; boundary="batas"'),
    "the field's name doubled": kinded(b'Content-Type: multipart/mixed; boundary="batas"'),
    "mixed alone": kinded(b'mixed; boundary="batas"'),
    "text/plain": kinded(b"text/plain; charset=utf-8"),
    "text/html": kinded(b"text/html"),
    "text/plain with the boundary": kinded(b'text/plain; boundary="batas"'),
    "application/octet-stream": kinded(b"application/octet-stream"),
    "text, then the multipart": headed(
        b"Content-Type: text/plain", b'Content-Type: multipart/mixed; boundary="batas"'
    ),
    "html, then the multipart": headed(
        b"Content-Type: text/html; charset=utf-8", b"Content-Type: multipart/mixed; boundary=batas"
    ),
    "another boundary": kinded(b'multipart/mixed; boundary="lain"'),
    "another boundary, in capitals": kinded(b'multipart/mixed; boundary="BATAS"'),
    "the dashes named too": kinded(b'multipart/mixed; boundary="--batas"'),
    "no boundary": kinded(b"multipart/mixed"),
    "an empty boundary": kinded(b'multipart/mixed; boundary=""'),
    "single quotes": kinded(b"multipart/mixed; boundary='batas'"),
    "a quote that does not end": kinded(b'multipart/mixed; boundary="batas'),
    "trailing blanks": kinded(b'multipart/mixed; boundary="batas  "'),
    "a colon for the equals sign": kinded(b"multipart/mixed; boundary: batas"),
    "no semicolon": kinded(b'multipart/mixed boundary="batas"'),
    "angle brackets": kinded(b"multipart/mixed; boundary=<batas>"),
    "two encodings": headed(
        b"Content-Type: multipart/mixed",
        b"Content-Transfer-Encoding: 8bit",
        b"Content-Transfer-Encoding: 7bit",
    ),
    "the whole body in base64, no type": headed(
        b"Content-Transfer-Encoding: base64", body=base64.encodebytes(BODY)
    ),
    "the whole body in base64, text": headed(
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Transfer-Encoding: base64",
        body=base64.encodebytes(BODY),
    ),
    "the whole body in base64, another boundary": headed(
        b'Content-Type: multipart/mixed; boundary="lain"',
        b"Content-Transfer-Encoding: base64",
        body=base64.encodebytes(b"This is a multi-part message.\r\n\r\n" + BODY),
    ),
    "the whole body in base64, its boundary": headed(
        b'Content-Type: multipart/mixed; boundary="batas"',
        b"Content-Transfer-Encoding: base64",
        body=base64.encodebytes(BODY),
    ),
    "the whole body in quoted-printable": headed(
        b'Content-Type: multipart/mixed; boundary="batas"',
        b"Content-Transfer-Encoding: quoted-printable",
        body=BODY.replace(b"=", b"=3D"),
    ),
    "said to be in base64": headed(
        b"Content-Type: multipart/mixed", b"Content-Transfer-Encoding: base64"
    ),
}
CUT = {
    "before Content-Type": headed(
        body=b'Content-Type: multipart/mixed; boundary="batas"\r\n\r\n' + BODY
    ),
    "before MIME-Version": PLAIN_TOP
    + b'\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="batas"\r\n\r\n'
    + BODY,
    "three empty lines": headed(
        body=b'\r\n\r\nContent-Type: multipart/mixed; boundary="batas"\r\n\r\n' + BODY
    ),
    "a line of blanks too": headed(
        body=b'  \r\nContent-Type: multipart/mixed;\r\n\tboundary="batas"\r\n\r\n' + BODY
    ),
    "before X- fields": headed(
        body=b'X-Mailer: Surel 1\r\nContent-Type: multipart/mixed; boundary="batas"\r\n\r\n' + BODY
    ),
    "behind it no second empty line": headed(
        body=b'Content-Type: multipart/mixed; boundary="batas"\r\n' + BODY
    ),
    "before Subject": swapped(b"Subject: Kiriman\r\n", b"", TOP)
    + b'\r\nSubject: Kiriman\r\nContent-Type: multipart/mixed; boundary="batas"\r\n\r\n'
    + BODY,
    "lower-case fields": headed(
        body=b'content-type: multipart/mixed; boundary="batas"\r\n\r\n' + BODY
    ),
}
INSIDE = {
    "the outer's boundary within": swapped(b"dalam", b"batas", NESTED),
    "the outer's boundary within, never closed": swapped(
        b"--batas--\r\n\r\n--batas\r\n", b"--batas\r\n", swapped(b"dalam", b"batas", NESTED)
    ),
    "the inner boundary never comes": swapped(b'boundary="dalam"', b'boundary="lain"', NESTED),
    "the inner names none": swapped(b'; boundary="dalam"', b"", NESTED),
    "the outer's is wrong, the inner's right": swapped(b'boundary="batas"', b"", NESTED),
    "both are wrong": swapped(
        b'boundary="batas"', b"boundary=a", swapped(b'boundary="dalam"', b"boundary=b", NESTED)
    ),
    "lower-case fields": swapped(
        b"Content-", b"content-", kinded(b'multipart/mixed; boundary="lain"')
    ),
    "other fields before Content-Type": swapped(
        b"--batas\r\n",
        b"--batas\r\nX-Attachment-Id: f_1\r\nMIME-Version: 1.0\r\n",
        kinded(b"multipart/mixed"),
    ),
    "an empty line above the fields": swapped(b"--batas\r\n", b"--batas\r\n\r\n", mail(*PARTS)),
    "an empty line between the fields": swapped(
        b"Content-Transfer-Encoding: base64", b"\r\nContent-Transfer-Encoding: base64", mail(*PARTS)
    ),
    "an end in the middle": swapped(
        b"\r\n--batas\r\nContent-Type: application",
        b"\r\n--batas--\r\n--batas\r\nContent-Type: application",
        mail(*PARTS),
    ),
    "the first part has no fields": kinded(b"multipart/mixed").replace(
        PARTS[0], b"\r\n" + WORDS.encode()
    ),
    "no empty line below a part's fields": swapped(b"base64\r\n\r\n", b"base64\r\n", mail(*PARTS)),
    "no empty line below one part's fields, LF": swapped(
        b"base64\n\n", b"base64\n", mail(*PARTS).replace(b"\r\n", b"\n")
    ),
    "blanks for the empty line": headed(
        b'Content-Type: multipart/mixed; boundary="batas"', b"\t", body=b""
    )[:-2]
    + BODY.lstrip(),
    "never closed": kinded(b"multipart/mixed").replace(b"--batas--", b""),
    "LF alone": kinded(b"text/html").replace(b"\r\n", b"\n"),
    "CR alone": kinded(b"text/plain").replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
}
BROKEN = {**TYPES, **CUT, **INSIDE}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_its_parts_are_found(raw: bytes) -> None:
    found = parcel(raw)
    files = {file.name: file for file in found.files}
    assert (list(files), found.refused) == (["naskah.docx", "foto.jpg"], None)
    assert (files["naskah.docx"].load(), files["foto.jpg"].load()) == (WORD, PHOTO)
    assert found.mail is not None
    assert (found.mail.text, found.mail.subject) == (WORDS, "Kiriman")


GUESSED = {**TYPES, **CUT}.keys() - {
    "trailing blanks",
    "a quote that does not end",  # read so at once
}


@pytest.mark.parametrize("name", sorted(GUESSED))
def test_what_such_a_mail_lacks_may_be_in_it(name: str) -> None:
    found = parcel(BROKEN[name])
    assert {each.may_be for each in found.unread} == {"article", "photo", "caption"}
    assert all(file.mended() for file in found.files)


def test_a_mail_that_is_whole_is_not_marked() -> None:
    for raw in (mail(*PARTS), NESTED, headed(b"Content-Type: text/plain", body=b"Halo.\r\n")):
        found = parcel(raw)
        assert found.unread == ()
        assert not any(file.mended() for file in found.files)


@pytest.mark.parametrize(
    "words",
    [
        "Di bawah ini contoh:\r\n\r\n--batas\r\nNama: Siti\r\n--batas--",
        "-- \r\nContent-Type adalah kolom surel.",
        "--\r\nRahmawati\r\nContent: foto",
        "--- awal ---\r\nPenulis: Budi\r\n--- akhir ---",
        "Subject: rapat\r\nBesok jam 9.",
        "Penulis: Siti\r\nFoto: Budi\r\n\r\nWarga menanam mangrove.",
        "begin 644 kata\r\nini bukan berkas\r\nend",
    ],
)
def test_words_that_only_look_like_it_stay_words(words: str) -> None:
    found = parcel(headed(b"Content-Type: text/plain; charset=utf-8", body=words.encode()))
    assert (names(found), found.unread) == ([], ())
    assert found.mail is not None
    for line in words.split("\r\n"):
        assert line.strip() in found.mail.text or line.startswith(("--", "Rahmawati", "Content"))


EXAMPLE = (
    "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=contoh\n\n--contoh\n"
    "Content-Type: text/plain\n\nHalo.\n--contoh\n"
    'Content-Type: image/png; name="titik.png"\nContent-Transfer-Encoding: base64\n\n'
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\n"
    "--contoh--\n"
)
PROSE = "Surel dengan lampiran dibagi menjadi bagian, dan garis batas memisahkannya. " * 12


@pytest.mark.parametrize(
    "words",
    [
        PROSE + "\n\n" + EXAMPLE,
        PROSE + "\n\n" + EXAMPLE + "\n" + PROSE,
        PROSE + "\n\nContoh:\n" + EXAMPLE.replace("contoh", "----=_Part_1"),
        PROSE + "\n\n" + EXAMPLE.partition("\n\n")[2],
        PROSE + "\n\n" + EXAMPLE.replace("\n--contoh--\n", "\n") + PROSE,
    ],
)
def test_an_article_about_mail_is_an_article(words: str) -> None:
    for raw in (
        headed(b"Content-Type: text/plain; charset=utf-8", body=words.encode()),
        mail(text(words), attachment(WORD, "naskah.docx")),
    ):
        found = parcel(raw)
        assert [file.name for file in found.files if file.kind == "png"] == []
        assert found.mail is not None
        assert PROSE[:200] in found.mail.text
        assert "Halo." in found.mail.text


def test_words_above_the_first_boundary_stay() -> None:
    found = parcel(kinded(b"text/plain").replace(BODY, b"[EKSTERNAL] Hati-hati.\r\n\r\n" + BODY))
    assert found.mail is not None
    assert found.mail.text == "[EKSTERNAL] Hati-hati.\n\n" + WORDS
    told = b"This is a multi-part message in MIME format.\r\n\r\n"
    found = parcel(kinded(b"text/plain").replace(BODY, told + BODY))
    assert found.mail is not None
    assert found.mail.text == WORDS


def test_two_renderings_of_one_text_are_one() -> None:
    raw = TOP + swapped(b'multipart/alternative; boundary="dalam"', b"multipart", INNER)
    found = parcel(raw)
    assert found.mail is not None
    assert found.mail.text == WORDS


def test_who_wrote_is_never_read_below_an_empty_line() -> None:
    raw = (
        b"Subject: Kiriman\r\n\r\n"
        + b"From: siti@contoh.id\r\nReply-To: a@b.id\r\n"
        + mail(
            *PARTS,
            top=b"Authentication-Results: mx; dmarc=pass\r\nAuto-Submitted: auto-replied\r\n",
        )
    )
    found = parcel(raw)
    assert found.mail is not None
    assert names(found) == ["naskah.docx", "foto.jpg"]
    assert (found.mail.from_address, found.mail.all("from")) == ("", [])
    assert found.mail.all("authentication-results") == []
    assert found.mail.first("auto-submitted") == "auto-replied"


def uuencoded(octets: bytes, name: str) -> bytes:
    lines = [octets[at : at + 45] for at in range(0, len(octets), 45)]
    body = b"".join(binascii.b2a_uu(line) for line in lines)
    return b"begin 644 " + name.encode() + b"\n" + body + b"`\nend\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Terlampir.\n\n", b""),
        (b"", b"\nSalam\n"),
        (b"A\n", b"B\n"),
        (b"", b""),
        (b"\n", b"\n-- \nS\n"),
    ],
)
def test_a_file_in_uuencode_is_taken_out_of_its_text(before: bytes, after: bytes) -> None:
    body = before + uuencoded(PHOTO, "foto satu.jpg") + uuencoded(WORD, "naskah.docx") + after
    found = parcel(headed(b"Content-Type: text/plain", body=body))
    assert names(found) == ["foto satu.jpg", "naskah.docx"]
    assert [file.load() for file in found.files] == [PHOTO, WORD]
    assert found.mail is not None
    assert "begin" not in found.mail.text


@settings(max_examples=100, deadline=None)
@given(trees(), st.sampled_from([b"\r\n", b"\n"]))
def test_a_mail_that_is_well_formed_has_the_same_parts(message, newline) -> None:  # type: ignore[no-untyped-def]
    raw = message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", newline)
    taken = take_apart(raw, SAFETY)
    assert taken.mended == ""
    assert spans(taken.root) == spans(split(raw, SAFETY).root)


def spans(part) -> list[object]:  # type: ignore[no-untyped-def]
    return [part.type.word, part.start, part.end, part.transfer, *map(spans, part.children)]


@given(
    st.lists(
        st.sampled_from(
            [
                b"--a\n",
                b"--a--\n",
                b"--b\n",
                b"Content-Type: multipart/mixed; boundary=b\n",
                b"\n",
                b"Content-Type: multipart/mixed\n",
                b"Content-Transfer-Encoding: base64\n",
                b"begin 644 a\n",
                b"end\n",
                b"kata\n",
                base64.b64encode(b"x" * 57) + b"\n",
                b"Subject: a\n",
                b"--\n",
                b"\r",
            ]
        ),
        max_size=60,
    )
)
def test_every_part_lies_within_the_mail(lines: list[bytes]) -> None:
    raw = b"".join(lines)
    root = take_apart(raw, SAFETY).root
    waiting = [root] if root else []
    while waiting:
        part = waiting.pop()
        assert 0 <= part.start <= part.end <= len(raw)
        waiting.extend(part.children)
