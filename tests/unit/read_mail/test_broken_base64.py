"""Base64 and quoted-printable as servers, lists and scanners leave them: every octet is found, and
what is not the file's is left out."""

import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.mail.body_part import decode_octets
from tests.unit.read_mail.mails import attachment, mail, named, parcel, picture, text

PHOTO = picture()
LINES = base64.encodebytes(PHOTO)
ONE_LINE = base64.b64encode(PHOTO)


def pieces(size: int, between: bytes) -> bytes:
    """Encoded piece by piece: padded wherever `size` is no multiple of three."""
    cut = [PHOTO[at : at + size] for at in range(0, len(PHOTO), size)]
    return between.join(base64.b64encode(each) for each in cut)


def wrapped(width: int, end: bytes) -> bytes:
    return b"".join(ONE_LINE[at : at + width] + end for at in range(0, len(ONE_LINE), width))


WRITTEN = {
    "padded every 1000 octets": pieces(1000, b"\r\n"),
    "padded in the middle of a line": pieces(700, b""),
    "padded every line": pieces(55, b"\n"),
    "padded once, after the first third": (
        base64.encodebytes(PHOTO[:1001]) + base64.encodebytes(PHOTO[1001:])
    ),
    "padded twice, CR alone": pieces(len(PHOTO) // 2 - 1, b"\r"),
    "an empty line between the pieces": pieces(4000, b"\r\n\r\n"),
    "lines of 60": wrapped(60, b"\r\n"),
    "lines of 998": wrapped(998, b"\r\n"),
    "one line": ONE_LINE,
    "CR alone": wrapped(76, b"\r"),
    "CR CR LF": wrapped(76, b"\r\r\n"),
    "trailing blanks": wrapped(76, b"  \r\n"),
    "blanks between groups": b"\n".join(
        b" ".join(line[at : at + 4] for at in range(0, len(line), 4)) for line in LINES.split(b"\n")
    ),
    "soft line breaks of quoted-printable": wrapped(75, b"=\r\n"),
    "noise in a line": LINES[:200] + b"!" + LINES[200:],
    "no padding": LINES.rstrip(b"=\n") + b"\n",
    "more padding than it needs": LINES.rstrip(b"=\n") + b"====\n",
    "each line quoted": b"".join(b"> " + line + b"\n" for line in LINES.splitlines()),
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN.keys())
def test_every_octet_is_found(written: bytes) -> None:
    assert decode_octets(written, 0, len(written), "base64").rstrip(b"\0") == PHOTO.rstrip(b"\0")


FOOTERS = {
    "a mailing list's": (
        b"_______________________________________________\nWarta mailing list\nWarta@milis.example\n"
        b"https://milis.example/listinfo/warta\n"
    ),
    "a scanner's": (
        b"\n--\nThis email has been checked for viruses by Avast antivirus software.\n"
        b"www.avast.com\n"
    ),
    "a signature": b"\n-- \nSalam\nDikirim dari ponsel saya\n",
    "a disclaimer": (
        b"\n**********\nDisclaimer: surel ini hanya untuk penerimanya; bila salah alamat, hapus.\n"
    ),
    "a word above it": b"\nPerhatian\n\nSurel ini datang dari luar instansi.\n",
    "a provider's advertisement": b"\n\nPosteado de: Pos.example (gratis, 5 GB)\n",
}


@pytest.mark.parametrize("octets", [PHOTO, PHOTO + b"1", PHOTO + b"12"], ids=["0", "1", "2"])
@pytest.mark.parametrize("footer", FOOTERS.values(), ids=FOOTERS.keys())
def test_words_below_it_are_no_octets_of_it(footer: bytes, octets: bytes) -> None:
    written = base64.encodebytes(octets) + footer
    assert decode_octets(written, 0, len(written), "base64") == octets
    banner = b"[EKSTERNAL] Hati-hati membuka lampiran.\n\n" + written
    assert decode_octets(banner, 0, len(banner), "base64") == octets


@pytest.mark.parametrize("footer", FOOTERS.values(), ids=FOOTERS.keys())
def test_words_of_a_mail_go_on_behind_a_padding(footer: bytes) -> None:
    first, second = "Yth. Redaksi,\nterlampir naskah.\n", "Foto 1: Warga menanam mangrove.\n"
    body = base64.encodebytes(first.encode()) + base64.encodebytes(second.encode()) + footer
    part = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + body
    found = parcel(mail(part, attachment(PHOTO, "foto.jpg")))
    assert found.mail is not None
    assert found.mail.text.split("\n") == [*first.splitlines(), second.strip()]


@pytest.mark.parametrize(
    "written",
    [
        "Foto 1: warga= \r\n menanam",
        "Foto 1: warga=\t \r\n menanam",
        "Foto 1: warga=\r\r\n menanam",
        "Foto 1: warga=\n menanam",
        "Foto 1:=20warga menanam=   ",
    ],
)
def test_a_soft_line_break_is_one_with_blanks_behind_it(written: str) -> None:
    octets = written.encode()
    read = decode_octets(octets, 0, len(octets), "quoted-printable")
    assert read.decode() == "Foto 1: warga menanam"


@pytest.mark.parametrize(
    "word",
    ["Base64", "BASE-64", "base64;", '"base64"', "base64 (RFC 2045)", "base_64", "b64", "x-base64"],
)
def test_the_word_of_the_encoding_is_known_however_it_is_spelled(word: str) -> None:
    raw = mail(text("isi"), attachment(PHOTO, "foto.jpg")).replace(
        b"Transfer-Encoding: base64", b"Transfer-Encoding: " + word.encode()
    )
    assert named(parcel(raw), "foto.jpg").load() == PHOTO


BASE64, QP = b"Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: {}\r\n"
UUENCODED = b"begin 644 foto.jpg\r\n%b`\r\nend\r\n" % b"".join(
    binascii.b2a_uu(PHOTO[at : at + 45]) for at in range(0, len(PHOTO), 45)
).replace(b"\n", b"\r\n")
DOUBLE = {
    "base64 of base64": (BASE64, base64.encodebytes(LINES)),
    "base64 of base64, one line": (BASE64, base64.b64encode(ONE_LINE)),
    "base64 of base64, CR LF": (BASE64, base64.encodebytes(LINES.replace(b"\n", b"\r\n"))),
    "base64 of base64, no field": (b"", base64.encodebytes(LINES)),
    "base64 of base64, 7bit": (QP.format("7bit").encode(), base64.encodebytes(ONE_LINE)),
    "7bit, in uuencode": (QP.format("7bit").encode(), UUENCODED),
    "base64, in uuencode": (BASE64, UUENCODED),
    "no field, in uuencode": (b"", UUENCODED),
    "8bit, in uuencode below an empty line": (QP.format("8bit").encode(), b"\r\n" + UUENCODED),
    "binary, in uuencode, LF": (
        QP.format("binary").encode(),
        UUENCODED.replace(b"\r\n", b"\n"),
    ),
    "8bit, then base64": (QP.format("8bit").encode() + BASE64, LINES),
    "base64, then 7bit": (BASE64 + QP.format("7bit").encode(), LINES),
    "quoted-printable, then base64": (QP.format("quoted-printable").encode() + BASE64, LINES),
    "base64, then quoted-printable": (BASE64 + QP.format("quoted-printable").encode(), LINES),
    "base64 twice": (BASE64 + BASE64, LINES),
    "none": (b"", LINES),
    "7bit alone": (QP.format("7bit").encode(), LINES),
    "quoted-printable alone": (QP.format("quoted-printable").encode(), LINES),
    "a word nobody knows": (QP.format("x-aneh").encode(), LINES),
    "base64, and the file lies open": (BASE64, PHOTO),
    "8bit and binary": (QP.format("8bit").encode() + QP.format("binary").encode(), PHOTO),
    "base64 and binary, lies open": (BASE64 + QP.format("binary").encode(), PHOTO),
}


@pytest.mark.parametrize(("fields", "body"), DOUBLE.values(), ids=DOUBLE.keys())
def test_the_octets_say_how_they_are_encoded_where_fields_do_not(
    fields: bytes, body: bytes
) -> None:
    part = b'Content-Type: image/jpeg; name="foto.jpg"\r\n' + fields + b"\r\n" + body
    assert named(parcel(mail(text("isi"), part)), "foto.jpg").kind == "jpeg"


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (QP.format("base64"), "Yth. Redaksi,\r\nterlampir naskah dan foto.\r\n"),
        (QP.format("8bit") + QP.format("base64"), "Yth. Redaksi,\r\nterlampir naskah dan foto."),
        ("", base64.encodebytes(b"Yth. Redaksi,\r\nterlampir naskah dan foto.").decode()),
        (QP.format("7bit"), "Yth. Reda=\r\nksi,=0D\r\nterlampir naskah=20=\r\ndan foto."),
        (
            QP.format("quoted-printable") + QP.format("8bit"),
            "Yth. Redaksi,\r\nterlampir=20naskah dan foto.",
        ),
    ],
)
def test_words_are_read_as_they_are_encoded(fields: str, body: str) -> None:
    part = f"Content-Type: text/plain\r\n{fields}\r\n{body}".encode()
    found = parcel(mail(part, attachment(PHOTO, "foto.jpg")))
    assert found.mail is not None
    assert found.mail.text.split() == ["Yth.", "Redaksi,", "terlampir", "naskah", "dan", "foto."]


@given(
    st.lists(st.binary(min_size=1, max_size=400), min_size=1, max_size=6),
    st.sampled_from([b"", b"\r\n", b"\n", b"\r", b"\n\n"]),
)
def test_pieces_each_encoded_by_itself_are_one_file(cut: list[bytes], between: bytes) -> None:
    written = between.join(base64.b64encode(each) for each in cut)
    assert decode_octets(written, 0, len(written), "base64") == b"".join(cut)


@given(st.binary(max_size=2000))
def test_what_is_well_formed_is_read_as_ever(octets: bytes) -> None:
    written = base64.encodebytes(octets)
    assert decode_octets(written, 0, len(written), "base64") == octets
    quoted = binascii.b2a_qp(octets)
    assert decode_octets(quoted, 0, len(quoted), "quoted-printable") == binascii.a2b_qp(quoted)


@given(st.binary(max_size=2000))
def test_nothing_raises(octets: bytes) -> None:
    for encoding in ("base64", "quoted-printable", "x-uuencode"):
        decode_octets(octets, 0, len(octets), encoding)
