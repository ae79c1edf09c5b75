"""Raster pictures of a .doc: in the text, floating over it, in headers; and what is none."""

import hashlib
import io
import struct

from msgspec.structs import replace
from PIL import Image

from ingest.read.document import doc
from redaksi.limits import Safety
from redaksi.model import Picture
from tests.unit.document.doc_parts import Made, compound, read, streams

SPECIAL, DATA, HIDDEN = bytes.fromhex("550801"), bytes.fromhex("060801"), bytes.fromhex("3c0801")
OBJECT = bytes.fromhex("0a0801")  # sprmCFOle2


def photo(form: str, size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, 30, 40)).save(buffer, form)
    return buffer.getvalue()


JPEG, PNG = photo("jpeg"), photo("png")


def record(kind: int, instance: int, content: bytes, *, container: bool = False) -> bytes:
    """[MS-ODRAW] 2.2.1"""
    return (
        struct.pack("<HHI", instance << 4 | (15 if container else 0), kind, len(content)) + content
    )


def jpeg(octets: bytes) -> bytes:
    return record(0xF01D, 0x46A, bytes(17) + octets)


def png_twice_named(octets: bytes) -> bytes:
    return record(0xF01E, 0x6E1, bytes(33) + octets)


def entry(blip: bytes, *, at: int = 0xFFFFFFFF) -> bytes:
    """FBSE"""
    return record(0xF007, 5, bytes(20) + struct.pack("<III", len(blip), 1, at) + bytes(4) + blip)


def shape(number: int, shows: int) -> bytes:
    options = record(0xF00B, 1, struct.pack("<HI", 0x4104, shows))
    return record(
        0xF004, 0, record(0xF00A, 75, struct.pack("<II", number, 0)) + options, container=True
    )


def picf(rest: bytes, form: int = 0x64) -> bytes:
    """PICFAndOfficeArtData"""
    return struct.pack("<IHH", 68 + len(rest), 68, form) + bytes(60) + rest


def inline(place: int = 0, *stated: bytes) -> bytes:
    return struct.pack("<HI", 0x6A03, place) + b"".join(stated)


def pictures(made: Made) -> tuple[Picture, ...]:
    return read(made).pictures


def test_a_picture_in_the_text_is_told_with_its_place_and_its_bytes() -> None:
    made = Made(
        text="a\r\x01b\r",
        runs=((0, b""), (2, inline()), (3, b"")),
        elsewhere=picf(shape(1, 1) + entry(jpeg(JPEG))),
    )
    digest = hashlib.sha256(JPEG).hexdigest()
    assert pictures(made) == (
        Picture(name="gambar-1.jpg", kind="jpeg", sha256=digest, width=40, height=30, after=2),
    )
    assert read(made).paragraphs[1].text == "b"


def test_a_second_identifier_is_no_part_of_the_picture() -> None:
    made = Made(
        text="\x01\r",
        runs=((0, inline()), (1, b"")),
        elsewhere=picf(shape(1, 1) + png_twice_named(PNG)),
    )
    assert [each.sha256 for each in pictures(made)] == [hashlib.sha256(PNG).hexdigest()]


def test_the_same_picture_twice_is_one() -> None:
    one = picf(shape(1, 1) + entry(jpeg(JPEG)))
    made = Made(
        text="\x01\x01\r",
        runs=((0, inline()), (1, inline(len(one))), (2, b"")),
        elsewhere=one + one,
    )
    assert len(pictures(made)) == 1


def test_drawings_are_no_pictures() -> None:
    metafile = record(0xF01A, 0x3D4, bytes(60))
    made = Made(
        text="\x01\r", runs=((0, inline()), (1, b"")), elsewhere=picf(shape(1, 1) + entry(metafile))
    )
    assert pictures(made) == ()


def test_what_only_looks_like_a_picture_is_none() -> None:
    """The data of a form field, the preview of an object, a hidden picture, one in a field code."""
    elsewhere = picf(shape(1, 1) + entry(jpeg(JPEG)))
    for stated in (DATA, OBJECT, HIDDEN):
        made = Made(text="\x01\r", runs=((0, inline(0, stated)), (1, b"")), elsewhere=elsewhere)
        assert pictures(made) == ()
    code = Made(
        text="\x13\x01\x14x\x15\r", runs=((0, b""), (1, inline()), (2, b"")), elsewhere=elsewhere
    )
    assert pictures(code) == ()


def test_the_preview_of_an_embedded_object_is_no_picture() -> None:
    separator = struct.pack("<HI", 0x6A03, 7) + OBJECT + SPECIAL
    text = "\x13 EMBED PBrush \x14\x01\x15\r"
    at = text.index("\x14")
    made = Made(
        text=text,
        runs=((0, b""), (at, separator), (at + 1, inline()), (at + 2, b"")),
        elsewhere=picf(shape(1, 1) + entry(jpeg(JPEG))),
    )
    assert pictures(made) == ()
    assert len(pictures(replace(made, runs=((0, b""), (at, SPECIAL), *made.runs[2:])))) == 1


def test_a_linked_picture_that_is_not_in_the_file_is_noted() -> None:
    name = bytes([5]) + b"a.jpg"
    made = Made(
        text="\x01\r", runs=((0, inline()), (1, b"")), elsewhere=picf(name + shape(1, 1), 0x66)
    )
    assert read(made).notes == ("linked-image",)


def drawing(story: int, *shapes: bytes) -> bytes:
    group = record(0xF003, 0, b"".join(shapes), container=True)
    return bytes([story]) + record(0xF002, 0, group, container=True)


def anchor(position: int, end: int, number: int) -> bytes:
    """PlcfSpa of one shape"""
    return struct.pack("<III", position, end, number) + bytes(22)


def test_a_floating_picture_hangs_on_its_anchor() -> None:
    store = record(0xF000, 0, record(0xF001, 1, entry(jpeg(JPEG)), container=True), container=True)
    made = Made(
        text="a\rb\x08\r",
        runs=((0, b""), (3, SPECIAL), (4, b"")),
        parts={50: store + drawing(0, shape(1026, 1)), 40: anchor(3, 5, 1026)},
    )
    assert [(each.after, each.kind, each.story) for each in pictures(made)] == [(2, "jpeg", "body")]


def test_the_picture_of_a_header_is_told_as_such() -> None:
    store = record(0xF000, 0, record(0xF001, 1, entry(jpeg(JPEG)), container=True), container=True)
    headers = struct.pack("<14I", *[0] * 8, 3, 3, 3, 3, 3, 4)
    made = Made(
        text="a\r\x08k\r\r",
        runs=((0, b""), (2, SPECIAL), (3, b"")),
        counts={2: 4},
        parts={11: headers, 50: store + drawing(1, shape(1026, 1)), 41: anchor(0, 4, 1026)},
    )
    assert [each.story for each in pictures(made)] == ["header"]


def test_a_picture_may_lie_in_the_document_stream() -> None:
    """The store's entry names its place there, the delay stream."""
    made = Made(
        text="x\x08\r",
        runs=((0, b""), (1, SPECIAL), (2, b"")),
        parts={50: b"", 40: anchor(1, 3, 1026)},
    )
    place = len(streams(made)["WordDocument"])
    store = record(
        0xF000, 0, record(0xF001, 1, entry(b"", at=place), container=True), container=True
    )
    parts = streams(replace(made, parts=made.parts | {50: store + drawing(0, shape(1026, 1))}))
    parts["WordDocument"] += jpeg(JPEG)
    found = doc.read(compound(parts), Safety()).pictures
    assert [each.sha256 for each in found] == [hashlib.sha256(JPEG).hexdigest()]


def test_a_document_of_many_megabytes_is_read() -> None:
    """Its allocation table is larger than the header can name."""
    large = JPEG + bytes(15_000_000)
    made = Made(
        text="\x01\r",
        runs=((0, inline()), (1, b"")),
        elsewhere=picf(shape(1, 1) + entry(jpeg(large))),
    )
    assert [each.sha256 for each in pictures(made)] == [hashlib.sha256(large).hexdigest()]
