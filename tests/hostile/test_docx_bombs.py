"""Files made to exhaust a reader are refused with their reason, and at once."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from redaksi.errors import Hostile, Unreadable
from redaksi.limits import MB
from tests.unit.document.word_parts import SPACES, TIMES_12, package, para, read, style

PATIENCE = 3.0  # seconds of CPU: against blow-ups; the figure itself is measured, not asserted


def repeated(head: bytes, unit: bytes, times: int, tail: bytes) -> tuple[bytes, int, int]:
    """`unit` times over, deflated without ever being whole: (raw deflate, CRC, size)."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block, rest = divmod(times, 4096)
    parts, crc, size = [], 0, 0
    for piece in (head, *([unit * 4096] * block), unit * rest, tail):
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        parts.append(squeeze.compress(piece))
    return b"".join([*parts, squeeze.flush()]), crc, size


def with_part(
    name: str,
    deflated: bytes,
    crc: int,
    size: int,
    stated: int | None = None,
    sound: bytes | None = None,
) -> bytes:
    """A sound .docx with one more entry, written by hand so that its size may be a lie."""
    sound = sound or package(para("Halo"), styles=TIMES_12)
    end = sound.rfind(b"PK\x05\x06")
    entries, _, offset = struct.unpack("<HII", sound[end + 10 : end + 20])
    encoded = name.encode()
    common = struct.pack(
        "<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(deflated), stated or size, len(encoded), 0
    )
    local = b"PK\x03\x04" + common + encoded + deflated
    central = (
        b"PK\x01\x02"
        + struct.pack("<H", 20)
        + common
        + bytes(10)
        + struct.pack("<I", offset)
        + encoded
    )
    directory = sound[offset:end] + central
    return (
        sound[:offset]
        + local
        + directory
        + b"PK\x05\x06"
        + struct.pack(
            "<HHHHIIH", 0, 0, entries + 1, entries + 1, len(directory), offset + len(local), 0
        )
    )


def body(unit: bytes, times: int) -> bytes:
    """A document whose body is `unit` many times over."""
    head = f"<w:document {SPACES}><w:body>".encode()
    deflated, crc, size = repeated(head, unit, times, b"</w:body></w:document>")
    return with_part("Word/Document.xml", deflated, crc, size)


def nested(unit: str, times: int) -> bytes:
    return package(f"<w:{unit}>" * times + f"</w:{unit}>" * times)


def media(size: int) -> bytes:
    deflated, crc, real = repeated(b"\x89PNG\r\n\x1a\n", b"\0", size, b"")
    return with_part("word/media/foto.png", deflated, crc, real)


def overlapping() -> bytes:
    """Two entries of the directory that point at the same compressed bytes."""
    sound = package(para("Halo"))
    end, start = sound.rfind(b"PK\x05\x06"), sound.find(b"PK\x01\x02")
    entries = struct.unpack("<H", sound[end + 10 : end + 12])[0]
    length = 46 + struct.unpack("<H", sound[start + 28 : start + 30])[0]
    directory = sound[start:end] + sound[start : start + length]
    tail = struct.pack("<HHHHIIH", 0, 0, entries + 1, entries + 1, len(directory), start, 0)
    return sound[:start] + directory + b"PK\x05\x06" + tail


def many_entries() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(5000):
            archive.writestr(f"a{number}", b"")
    return buffer.getvalue()


def long_chain() -> bytes:
    styles = "".join(style(f"S{number}", based=f"S{number + 1}") for number in range(20_000))
    return package(para("x", '<w:pStyle w:val="S0"/>'), styles=styles)


def entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><w:document {SPACES}><w:body>&l9;</w:body></w:document>'
    return package("", extra={"Word/Document.xml": text})


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "300 MB of XML in 300 KB": (
        lambda: body(b"<w:p/>" + b" " * 994, 300_000),
        "unpacks to more than 200 MB",
    ),
    "150 MB of XML in 150 KB": (lambda: body(b"<w:p/>" + b" " * 994, 150_000), "times its size"),
    "6 million paragraphs": (lambda: body(b"<w:p/>", 6_000_000), "times its size"),
    "3 million loose paragraphs": (
        lambda: body(b"<w:p \n/><w:p>\t</w:p>", 1_500_000),
        "times its size",
    ),
    "2 million paragraphs in 12 MB": (lambda: body(b"<w:p/>", 2_000_000), "paragraphs"),
    "2 million loose runs in 12 MB": (lambda: body(b"<w:r/>", 2_000_000), "elements"),
    "50,000 paragraphs": (lambda: body(b"<w:p/>", 50_000), "paragraphs"),
    "50,000 paragraphs of another prefix": (
        lambda: body(
            b"<q:p xmlns:q='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>", 50_000
        ),
        "paragraphs",
    ),
    "100,000 nested elements": (lambda: nested("sdt", 100_000), "deep"),
    "100,000 nested tables": (lambda: nested("tbl", 100_000), "deep"),
    "250 nested containers": (lambda: nested("sdt", 250), "deep"),
    "2 GB of media": (
        lambda: with_part("word/media/a.png", b"\x03\0", 0, 2_000 * MB),
        "unpacks to more than 200 MB",
    ),
    "overlapping entries": (overlapping, "overlap"),
    "5,000 entries": (many_entries, "entries"),
    "20,000 styles in a chain": (long_chain, "based on more than"),
    "a billion laughs": (entities, "document type or entities"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_its_reason_and_at_once(name: str) -> None:
    make, why = BOMBS[name]
    content = make()
    assert len(content) < 1 * MB
    start = time.process_time()
    with pytest.raises(Hostile, match=why) as caught:
        read(content)
    assert time.process_time() - start < PATIENCE
    assert caught.value.kind == "bomb"


def test_media_that_nothing_shows_are_not_unpacked() -> None:
    content = media(150 * MB)
    start = time.process_time()
    assert [each.text for each in read(content).paragraphs] == ["Halo"]
    assert time.process_time() - start < PATIENCE


def test_a_picture_that_unpacks_too_far_is_measured_by_its_head_alone() -> None:
    shown = package(
        '<w:p><w:r><w:drawing><a:blip r:embed="i"/></w:drawing></w:r></w:p>',
        relations=[("i", "image", "media/foto.png")],
    )
    deflated, crc, size = repeated(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4\0\0\0\3\0", b"\0", 150 * MB, b""
    )
    content = with_part("word/media/foto.png", deflated, crc, size, sound=shown)
    start = time.process_time()
    (picture,) = read(content).pictures
    assert time.process_time() - start < PATIENCE
    assert (picture.width, picture.height, picture.sha256) == (1024, 768, "")


def test_pictures_deep_inside_one_another_are_met_once_each() -> None:
    inner = '<a:blip r:embed="i"/>' * 20_000
    content = package(
        "<w:p><w:r><w:drawing>"
        + "<a:x>" * 200
        + inner
        + "</a:x>" * 200
        + "</w:drawing></w:r></w:p>"
    )
    start = time.process_time()
    read(content)
    assert time.process_time() - start < PATIENCE


def test_a_directory_that_understates_a_size_gains_nothing() -> None:
    head = f"<w:document {SPACES}><w:body>".encode()
    deflated, crc, size = repeated(head, b"<w:p/>", 6_000_000, b"</w:body></w:document>")
    content = with_part("Word/Document.xml", deflated, crc, size, stated=4000)
    start = time.process_time()
    with pytest.raises(Unreadable):
        read(content)
    assert time.process_time() - start < PATIENCE
