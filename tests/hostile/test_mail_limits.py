"""Mails made to hurt: each becomes a Parcel within two seconds of CPU, refused with its reason
or read as it is."""

import io
import os
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from ingest.read.mail.attachments import HELD
from redaksi.arrival import Parcel
from redaksi.limits import MB
from redaksi.reasons import text_of
from tests.unit.read_mail.mails import TOP, attachment, mail, parcel, simple, zipped

SECONDS = 2.0
HEAD = b"From: siti@contoh.id\r\nSubject: x\r\n"


def nested(count: int) -> bytes:
    level = b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n"
    top = HEAD + b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n"
    return top + b"".join(level % (n - 1, n) for n in range(1, count))


def parts(count: int, part: bytes = b"Content-Type: image/jpeg\r\n\r\nx\r\n") -> bytes:
    return (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n"
        + (b"--B\r\n" + part) * count
        + b"--B--\r\n"
    )


def deepest(part: bytes, count: int) -> bytes:
    level = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n\r\nx\r\n--b%d\r\n"
    last = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    return HEAD + b"".join(level % (n, n, n) for n in range(45)) + last + part * count


# 200 KB of nothing but attributes, packed into next to nothing
WINMAIL = (
    b"\x78\x9f\x3e\x22\0\0"
    + (b"\x02\x05\x90\x06\0\x08\0\0\0" + b"\x64\0\0\0" + b"\x03\0\1\0\0\0\0\0" * 100)[:813] * 240
)


def typed(value: bytes) -> bytes:
    return HEAD + b"Content-Type: " + value + b"\r\n\r\nisi"


def html(page: bytes) -> bytes:
    return simple(page, b"Content-Type: text/html\r\n")


def encoded(encoding: bytes, body: bytes) -> bytes:
    return simple(
        body, b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: " + encoding + b"\r\n"
    )


def bomb() -> bytes:
    """300 MB of nothing in 300 KB, written without ever being held."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("foto.jpg", "w") as member,
    ):
        for _ in range(300):
            member.write(bytes(MB))
    return mail(attachment(out.getvalue(), "kiriman.zip"))


def many_members() -> bytes:
    chunk = os.urandom(4000) + bytes(996_000)
    return mail(attachment(zipped([(f"{n}.jpg", chunk) for n in range(199)]), "kiriman.zip"))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "2,000 nested parts": (lambda: nested(2000), 'parts_depth_limit {"most": "50"}'),
    "2,000 mails in mails": (
        lambda: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2000,
        'parts_depth_limit {"most": "50"}',
    ),
    "5,000 parts": (lambda: parts(5000), 'parts_limit {"most": "500"}'),
    "a million empty parts": (lambda: parts(1_000_000, b"\r\n\r\n"), 'parts_limit {"most": "500"}'),
    "61 attachments": (lambda: parts(61), 'attachments_limit {"most": "60"}'),
    "one field of 10 MB": (lambda: HEAD + b"X: " + b"a" * 10_000_000 + b"\r\n\r\nx", 'header_limit {"most": "256"}'),
    "10 MB of fields": (lambda: HEAD + b"X: aaa\r\n" * 1_200_000 + b"\r\nx", 'header_limit {"most": "256"}'),
    "100,000 continuations": (lambda: HEAD + b" y\r\n" * 100_000 + b"\r\nx", 'header_limit {"most": "256"}'),
    "a field of 65 KB": (lambda: HEAD + b"X: " + b"a\r\n a" * 14_000 + b"\r\n\r\nx", 'header_field_limit {"most": "64"}'),
    "a header of NULs": (lambda: HEAD + b"X: " + b"\0" * 300_000, 'header_limit {"most": "256"}'),
    "a part's header of 10 MB": (
        lambda: parts(1, b"X: " + b"a" * 10_000_000 + b"\r\n\r\nx\r\n"),
        'part_header_limit {"most": "256"}',
    ),
    "150 parts with headers of 250 KB": (
        lambda: parts(150, b"X: a\r\n" * 40_000 + b"\r\nx\r\n"),
        'part_headers_limit {"most": "1024"}',
    ),
    "a million boundary lines": (
        lambda: HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"--B\r\n" * 1_000_000,
        'boundaries_limit {"most": "300000"}',
    ),
    "60 MB": (lambda: simple(b"x" * 60_000_000), 'message_limit {"most": "40"}'),
    "7 million lines like boundaries": (
        lambda: HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"--C\r\n" * 7_000_000,
        'boundaries_limit {"most": "300000"}',
    ),
}  # fmt: skip

READ: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one octet": lambda: b"\xff",
    "only NULs": lambda: b"\0" * 200_000,
    "only line breaks": lambda: b"\n" * 1_000_000,
    "NULs everywhere": lambda: mail(attachment(b"\0x" * 1000, "a\0b.jpg")).replace(b"isi", b"i\0i"),
    "a type of semicolons": lambda: typed(b'multipart/mixed; a="' + b";" * 60_000),
    "a type of quotes": lambda: typed(b"multipart/mixed; a=" + b'"' * 60_001),
    "a type of escapes": lambda: typed(b'multipart/mixed; a="' + b'\\"' * 30_000),
    "6,000 segments": lambda: typed(
        b"multipart/mixed; " + b";".join(b"a*%d*=x" % n for n in range(6000))
    ),
    "a boundary of 60 KB": lambda: typed(b'multipart/mixed; boundary="' + b"b" * 60_000 + b'"'),
    "a sender of brackets": lambda: b"From: " + b'(<"' * 20_000 + b"\r\n\r\nx",
    "a sender of comments": lambda: b"From: " + b"(" * 60_000 + b"\r\n\r\nx",
    "8,000 senders": lambda: b"From: " + b"a@b.id," * 8000 + b"\r\n\r\nx",
    "4,000 encoded words": lambda: b"Subject: " + b"=?utf-8?b?YQ==?= " * 3500 + b"\r\n\r\nx",
    "words never closed": lambda: b"Subject: " + b"=?utf-8?q?" * 6000 + b"\r\n\r\nx",
    "a date of digits": lambda: b"Date: " + b"9" * 60_000 + b"\r\n\r\nx",
    "ids never closed": lambda: b"References: " + b"<" * 60_000 + b"\r\n\r\nx",
    "30,000 fields": lambda: HEAD + b"X: aaa\r\n" * 30_000 + b"\r\nx",
    "400 parts with types of escapes": lambda: parts(
        400, b'Content-Type: text/plain; a="' + b'\\"' * 1000 + b'"\r\n\r\nx\r\n'
    ),
    "400 parts with types of segments": lambda: parts(
        400,
        b"Content-Type: text/plain; "
        + b";".join(b"a*%d*=x" % n for n in range(250))
        + b"\r\n\r\nx\r\n",
    ),
    "38 pages of <": lambda: parts(
        38, b"Content-Type: text/html\r\n\r\n" + b"<" * 1_000_000 + b"\r\n"
    ),
    "38 pages of links": lambda: parts(
        38, b"Content-Type: text/html\r\n\r\n" + b"<a href='http://a'>x</a><br>" * 35_000 + b"\r\n"
    ),
    "70 forwarded mails of headings": lambda: parts(
        70,
        b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n"
        + b"Pada 1 a\nDari: x\n" * 9000
        + b"\r\n",
    ),
    "texts in the deepest part": lambda: deepest(b"--b\r\n\r\n" + b"kata " * 190_000 + b"\r\n", 38),
    "60 archives of folders": lambda: parts(
        59,
        b"Content-Type: application/zip\r\n\r\n"
        + zipped([(f"{n}/", b"") for n in range(1900)])
        + b"\r\n",
    ),
    "an archive of winmail.dat": lambda: mail(
        attachment(zipped([(f"{n}.dat", WINMAIL) for n in range(199)]), "a.zip")
    ),
    "no end, 30 MB": lambda: parts(
        1, b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUFB" * 7_500_000
    )[:-7],
    "498 texts": lambda: parts(498, b"\r\n" + b"Pada 1 10.12 " * 6000 + b"\r\n"),
    "40 mails around 30 MB": lambda: (
        b"Content-Type: message/rfc822\r\n\r\n" * 40 + b"\r\n" + b"x" * 30_000_000
    ),
    "38 MB of line breaks": lambda: simple(b"\n" * 38_000_000),
    "9 million quoted lines": lambda: simple(b"> x\n" * 9_000_000),
    "lines that begin a quotation": lambda: simple(b"Pada 1 a\n" * 100_000),
    "lines of headings": lambda: simple(b"Dari: x\n" * 100_000),
    "flowed": lambda: simple(b"a \r\n" * 300_000, b"Content-Type: text/plain; format=flowed\r\n"),
    "boundaries, each another": lambda: simple(
        b"".join(b"--a%d\r\nContent-Type: text/plain\r\n\r\nx\r\n" % n for n in range(40_000)), b""
    ),
    "490 texts of fields": lambda: parts(490, b"\r\n" + b"X-a: b\r\n" * 8000),
    "60 files of fields": lambda: parts(
        59, b"Content-Type: application/octet-stream\r\n\r\n" + b"X-a: b\r\n" * 60_000
    ),
    "multiparts in multiparts that name no boundary": lambda: simple(
        b"".join(b"--a%d\r\nContent-Type: multipart/mixed\r\n\r\n" % n for n in range(400))
        + b"x" * 20_000_000,
        b"",
    ),
    "ends, and it goes on": lambda: (
        parts(1, b"\r\nx\r\n") + b"--B\r\nContent-Type: text/css\r\n\r\n--B--\r\n" * 400_000
    ),
    "words between lines of base64": lambda: encoded(
        b"base64", (b"QUJD" * 15 + b"\nkata lain\n") * 20_000
    ),
    "lines of a letter and a blank": lambda: encoded(b"base64", b"A b\n" * 2_000_000),
    "a page of <": lambda: html(b"<" * 1_000_000),
    "comments never closed": lambda: html(b"<!--" * 250_000),
    "scripts never closed": lambda: html(b"<script>" * 130_000),
    "nested quotations": lambda: html(b"<blockquote>x" * 80_000),
    "links never closed": lambda: html(b"<a href" * 150_000),
    "a character reference of digits": lambda: html(
        b"&#" + b"9" * 500_000 + b"; &#x" + b"f" * 400_000
    ),
    "entities": lambda: html(b"&amp" * 250_000),
    "cid": lambda: html(b"cid:" * 250_000),
    "addresses": lambda: simple(b"https://" * 60_000),
    "uuencode": lambda: encoded(b"x-uuencode", b"begin 644 x\n" + b"M1\n" * 1_000_000),
    "quoted-printable": lambda: encoded(b"quoted-printable", b"= " * 15_000_000),
    "base64 of padding": lambda: encoded(b"base64", b"=A" * 15_000_000),
    "base64 of noise": lambda: encoded(b"base64", b"!A" * 15_000_000 + b"A="),
    "a zip bomb": bomb,
    "199 MB in 199 files": many_members,
}


def timed(raw: bytes) -> Parcel:
    before = time.process_time()
    found = parcel(raw)
    assert time.process_time() - before < SECONDS
    return found


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_mail_over_a_limit_is_refused_and_still_tells_whose_it_was(
    make: Callable[[], bytes], reason: str
) -> None:
    found = timed(make())
    assert text_of(found.refused) == reason
    assert found.mail is not None
    assert found.mail.from_address == "siti@contoh.id"


@pytest.mark.parametrize("make", READ.values(), ids=READ.keys())
def test_a_mail_that_breaks_no_limit_is_read(make: Callable[[], bytes]) -> None:
    found = timed(make())
    assert found.refused is None
    assert found.mail is not None


def test_a_bomb_is_named_and_its_mail_is_read() -> None:
    (file,) = parcel(bomb()).files
    assert text_of(file.refused) == 'archive_ratio_limit {"most": "250"}'


@pytest.mark.parametrize(
    "charset",
    [
        "utf-7",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "zlib_codec",
        "hex",
        "rot13",
        "mbcs",
        "x" * 5000,
        "hz-gb-2312",
        "iso-2022-jp",
        "iso-2022-kr",
        "utf-16",
        "utf-32",
        "big5",
        "\\xff",
    ],
)
def test_a_charset_that_lies_costs_nothing_and_raises_nothing(charset: str) -> None:
    body = b"\\x41 \\N{BULLET} +AGEA- ~{\x1b$B\xff\xfe\x00" * 30_000
    label = charset.encode()
    words = b"=?" + label[:50] + b"?q?=FF=1B$B\\x41?="
    raw = TOP.replace(b"Kiriman", words).replace(b"Siti Aminah", words)
    assert (
        timed(simple(body, b"Content-Type: text/plain; charset=" + label + b"\r\n", raw)).mail
        is not None
    )


def test_memory_stays_within_a_few_times_the_mail() -> None:
    raw = parts(
        4,
        b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"QUFB" * 2_000_000
        + b"\r\n",
    )
    tracemalloc.start()
    try:
        found = parcel(raw)
        held, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found.files) == 4
    assert held < HELD + MB, "a Parcel holds decoded what fits into HELD, and no more"
    assert peak < len(raw), "one attachment at a time"
