"""A mail wrapped in its own signature is read; one that is locked is called so (RFC 5652, 8551)."""

import base64
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.mail.transport.cms import detect_cms, read_signed, unwrap
from redaksi.reasons import text_of
from tests.unit.read_mail.mails import (
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

PHOTO, WORD = picture(), docx()
WORDS = "Yth. Redaksi, terlampir."
WITHIN = multipart(text(WORDS), attachment(WORD, "naskah.docx"), attachment(PHOTO, "foto.jpg"))
OID = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
VERSION, NO_ALGORITHMS, ALGORITHMS = (
    b"\x02\x01\x01",
    b"\x31\x00",
    b"\x31\x80\x30\x80\x05\x00\0\0\0\0",
)
ENDLESS = b"\x80"


def value(tag: int, content: bytes, *, endless: bool = False) -> bytes:
    """A value in BER; `endless`: its end is marked, its length is not told."""
    if endless:
        return bytes([tag]) + ENDLESS + content + b"\0\0"
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def pieces(content: bytes, size: int, *, endless: bool, deep: int = 1) -> bytes:
    """An OCTET STRING cut into pieces."""
    whole = b"".join(value(4, content[at : at + size]) for at in range(0, len(content), size))
    for _ in range(deep):
        whole = value(0x24, whole, endless=endless)
    return whole


def signed(string: bytes, *, endless: bool = False, algorithms: bytes = NO_ALGORITHMS) -> bytes:
    """A SignedData object around an OCTET STRING."""
    content = value(0x30, OID + b"\x01" + value(0xA0, string, endless=endless), endless=endless)
    whole = value(0x30, VERSION + algorithms + content + b"\x31\x00", endless=endless)
    return value(0x30, OID + b"\x02" + value(0xA0, whole, endless=endless), endless=endless)


SIGNED = {
    "definite lengths": signed(value(4, WITHIN)),
    "indefinite lengths": signed(value(4, WITHIN), endless=True),
    "in pieces of 1000": signed(pieces(WITHIN, 1000, endless=False)),
    "in pieces, indefinite": signed(pieces(WITHIN, 1000, endless=True), endless=True),
    "pieces in pieces": signed(pieces(WITHIN, 4096, endless=True, deep=3), endless=True),
    "algorithms of indefinite length": signed(value(4, WITHIN), algorithms=ALGORITHMS),
    "armoured": b"-----BEGIN PKCS7-----\n"
    + base64.encodebytes(signed(value(4, WITHIN)))
    + b"-----END PKCS7-----\n",
    "signed twice": signed(
        value(4, attachment(signed(value(4, WITHIN)), "smime.p7m", b"application/pkcs7-mime"))
    ),
}
TYPES = [
    (b"application/pkcs7-mime; smime-type=signed-data", "smime.p7m"),
    (b"application/x-pkcs7-mime", "smime.p7m"),
    (b"application/octet-stream", "smime.p7m"),
    (b"application/pkcs7-mime", None),
    (b"application/pkcs7-mime; smime-type=enveloped-data", "SMIME.P7M"),
]


@pytest.mark.parametrize("octets", SIGNED.values(), ids=SIGNED.keys())
def test_a_mail_that_is_only_signed_is_read(octets: bytes) -> None:
    found = parcel(TOP + attachment(octets, "smime.p7m", b"application/pkcs7-mime"))
    assert names(found) == ["naskah.docx", "foto.jpg"]
    assert [file.load() for file in found.files] == [WORD, PHOTO]
    assert found.mail is not None
    assert (found.mail.text, found.mail.from_address) == (WORDS, "siti@contoh.id")


@pytest.mark.parametrize(("kind", "name"), TYPES)
def test_whatever_it_is_called(kind: bytes, name: str | None) -> None:
    octets = SIGNED["definite lengths"]
    assert names(parcel(TOP + attachment(octets, name, kind))) == ["naskah.docx", "foto.jpg"]
    below = parcel(mail(attachment(octets, name, kind), text("Milis warga")))
    assert names(below)[1:] == ["naskah.docx", "foto.jpg"]
    assert text_of(below.files[0].aside) == "smime_opened"
    assert below.mail is not None
    assert WORDS in below.mail.text


@pytest.mark.parametrize("inner", [WORD, PHOTO])
def test_a_file_that_is_signed_is_that_file(inner: bytes) -> None:
    found = parcel(mail(text("isi"), attachment(signed(value(4, inner)), "berkas.bin.p7m")))
    assert [(file.name, text_of(file.aside)) for file in found.files] == [
        ("berkas.bin.p7m", "smime_opened"),
        ("berkas.bin", ""),
    ]
    assert found.files[1].load() == inner


LOCKED = {
    "enveloped": value(0x30, OID + b"\x03" + value(0xA0, b"\x30\x00")),
    "encrypted": value(0x30, OID + b"\x06" + value(0xA0, b"\x30\x00"), endless=True),
    "authenticated and enveloped": value(
        0x30, b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17" + value(0xA0, b"\x30\x00")
    ),
    "compressed": value(
        0x30, b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x09" + value(0xA0, b"\x30\x00")
    ),
    "no CMS": b"rusak",
    "signed, and cut before its content": SIGNED["definite lengths"][:40],
}


@pytest.mark.parametrize("octets", LOCKED.values(), ids=LOCKED.keys())
def test_what_is_locked_or_broken_is_called_so(octets: bytes) -> None:
    found = parcel(TOP + attachment(octets, "smime.p7m", b"application/pkcs7-mime"))
    assert [file.name for file in found.files] == ["smime.p7m"]
    assert text_of(found.files[0].refused) in ("smime_wrapped", "smime_encrypted")


def test_a_signature_beside_its_mail_has_no_content() -> None:
    beside = value(0x30, VERSION + NO_ALGORITHMS + value(0x30, OID + b"\x01") + b"\x31\x00")
    octets = value(0x30, OID + b"\x02" + value(0xA0, beside))
    assert unwrap(octets) == ("signed", None)


def test_signatures_without_end_are_opened_to_a_depth() -> None:
    octets = SIGNED["definite lengths"]
    for _ in range(12):
        octets = signed(value(4, attachment(octets, "smime.p7m", b"application/pkcs7-mime")))
    found = parcel(TOP + attachment(octets, "smime.p7m", b"application/pkcs7-mime"))
    assert "foto.jpg" not in names(found)
    assert text_of(found.files[-1].refused) == "smime_wrapped"


@given(st.binary(max_size=300))
def test_no_octets_raise(octets: bytes) -> None:
    detect_cms(octets)
    read_signed(octets)
    read_signed(signed(value(4, WITHIN))[:40] + octets)
    read_signed(signed(octets, endless=True))


@pytest.mark.parametrize(
    "string",
    [
        b"\x04\x01A" * 1_000_000,
        b"\x24\x80" * 1_000_000,
        b"\x04\x00" * 1_000_000,
        b"\x04\x84\xff\xff\xff\xffA",
    ],
    ids=["small pieces", "nested", "empty pieces", "a length beyond the end"],
)
def test_hostile_lengths_cost_little(string: bytes) -> None:
    begun = time.process_time()
    read_signed(signed(b"\x24\x80" + string + b"\0\0"))
    read_signed(signed(value(4, WITHIN), algorithms=b"\x31\x80" + string + b"\0\0"))
    assert time.process_time() - begun < 20  # by the square it is hours


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
@pytest.mark.parametrize("extra", [[], ["-stream", "-indef"]], ids=["whole", "streamed"])
def test_what_openssl_signs_is_read(tmp_path: Path, extra: list[str]) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    (tmp_path / "mail").write_bytes(WITHIN)

    def openssl(*words: str | Path) -> bytes:
        return subprocess.run(["openssl", *words], check=True, capture_output=True).stdout

    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=siti",
        "-keyout",
        key,
        "-out",
        certificate,
    )
    octets = openssl(
        "cms", "-sign", "-nodetach", "-binary", "-outform", "DER", "-signer", certificate,
        "-inkey", key, "-in", tmp_path / "mail", *extra,
    )  # fmt: skip
    assert unwrap(octets) == ("signed", WITHIN)
    locked = openssl("cms", "-encrypt", "-outform", "DER", "-in", tmp_path / "mail", certificate)
    assert unwrap(locked) == ("locked", None)
