"""What a photo says of itself: when, by whom, for whom, where, and how it came about."""

import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.photo.described.facts import PhotoFacts, read_facts
from ingest.read.photo.photo import read_description
from tests.unit.read_photo.pictures import exif, heif, picture, saved, with_segment

JPEG = saved(picture(), "JPEG")
TAKEN = b"2026:11:15 09:30:05\0"


def directory(at: int, *entries: tuple[int, int, int, bytes]) -> bytes:
    """A directory that stands at `at` of the TIFF structure, its long values behind it."""
    table = struct.pack(">H", len(entries))
    place, behind = at + 2 + 12 * len(entries) + 4, b""
    for tag, form, count, value in entries:
        field = value.ljust(4, b"\0")
        if len(value) > 4:
            field = struct.pack(">I", place + len(behind))
            behind += value
        table += struct.pack(">HHI", tag, form, count) + field
    return table + bytes(4) + behind


def pointed(pointer: int, *entries: tuple[int, int, int, bytes]) -> bytes:
    """An EXIF block whose IFD 0 points at one more directory."""
    head = exif((pointer, 4, 1, struct.pack(">I", 26)))
    return head + directory(26, *entries)


def taken(value: bytes, tag: int = 0x9003) -> bytes:
    return with_segment(JPEG, 0xE1, pointed(0x8769, (tag, 2, len(value), value)))


def place(latitude: bytes, longitude: bytes) -> bytes:
    entries = ((1, 2, 2, b"S\0"), (2, 5, 3, latitude), (3, 2, 2, b"E\0"), (4, 5, 3, longitude))
    return with_segment(JPEG, 0xE1, pointed(0x8825, *entries))


def xmp(inner: str) -> bytes:
    packet = f"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>{inner}"
    return with_segment(JPEG, 0xE1, f"{packet}</rdf:RDF></x:xmpmeta>".encode())


def iptc(*datasets: tuple[int, bytes]) -> bytes:
    record = b"\x1c\x01\x5a\x00\x03\x1b%G" + b"".join(
        b"\x1c\x02" + bytes([number]) + len(value).to_bytes(2, "big") + value
        for number, value in datasets
    )
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(record).to_bytes(4, "big") + record
    return with_segment(JPEG, 0xED, block)


DEGREES = struct.pack(">6I", 6, 1, 10, 1, 30, 1)
CV = "http://cv.iptc.org/newscodes/digitalsourcetype/"

FACTS = {
    "nothing": (JPEG, PhotoFacts()),
    "taken": (taken(TAKEN), PhotoFacts(captured="2026-11-15T09:30:05")),
    "digitized": (taken(TAKEN, 0x9004), PhotoFacts(captured="2026-11-15T09:30:05")),
    "a clock that was never set": (taken(b"0000:00:00 00:00:00\0"), PhotoFacts()),
    "a clock of 1970": (taken(b"1970:01:01 00:00:00\0"), PhotoFacts()),
    "no such day": (taken(b"2026:02:31 10:00:00\0"), PhotoFacts()),
    "blanks": (taken(b"    :  :     :  :  \0"), PhotoFacts()),
    "the date of the last change says nothing": (
        with_segment(JPEG, 0xE1, exif((0x132, 2, 20, TAKEN))),
        PhotoFacts(),
    ),
    "a place": (place(DEGREES, DEGREES), PhotoFacts(located=True)),
    "a phone without a fix": (place(bytes(24), bytes(24)), PhotoFacts()),
    "zeros over ones": (place(*[struct.pack(">6I", 0, 1, 0, 1, 0, 1)] * 2), PhotoFacts()),
    "half a place": (
        with_segment(JPEG, 0xE1, pointed(0x8825, (2, 5, 3, DEGREES))),
        PhotoFacts(),
    ),
    "exif's artist": (
        with_segment(JPEG, 0xE1, exif((0x13B, 2, 14, b"Rahmawati, S.E\0"))),
        PhotoFacts(byline="Rahmawati, S.E"),
    ),
    "windows' author": (
        with_segment(JPEG, 0xE1, exif((0x9C9D, 1, 10, "Siti".encode("utf-16-le") + b"\0\0"))),
        PhotoFacts(byline="Siti"),
    ),
    "the phone is no author": (
        with_segment(JPEG, 0xE1, exif((0x13B, 2, 16, b"samsung SM-A525F\0"))),
        PhotoFacts(),
    ),
    "nor is a blank": (with_segment(JPEG, 0xE1, exif((0x13B, 2, 8, b"        "))), PhotoFacts()),
    "iptc": (
        iptc((55, b"20261115"), (60, b"093005+0700"), (80, b"Budi"), (110, b"BKM Wonosari")),
        PhotoFacts(captured="2026-11-15T09:30:05", byline="Budi", credit="BKM Wonosari"),
    ),
    "iptc's day alone": (iptc((55, b"20261115")), PhotoFacts(captured="2026-11-15")),
    "xmp's elements": (
        xmp(
            "<rdf:Description><dc:creator><rdf:Seq><rdf:li>Siti Aminah</rdf:li></rdf:Seq></dc:creator>"
            "<photoshop:Credit>BKM</photoshop:Credit><photoshop:DateCreated>2026-11-15T09:30"
            "</photoshop:DateCreated></rdf:Description>"
        ),
        PhotoFacts(captured="2026-11-15T09:30:00", byline="Siti Aminah", credit="BKM"),
    ),
    "xmp's attributes": (
        xmp('<rdf:Description photoshop:Credit="BKM &amp; PNPM" exif:DateTimeOriginal="2026-11-15"/>'),
        PhotoFacts(captured="2026-11-15", credit="BKM & PNPM"),
    ),
    "made by a machine": (
        xmp(f'<rdf:Description Iptc4xmpExt:DigitalSourceType="{CV}trainedAlgorithmicMedia"/>'),
        PhotoFacts(digital_source_type="trainedAlgorithmicMedia"),
    ),
    "made by a machine, as a resource": (
        xmp(
            "<rdf:Description><Iptc4xmpExt:DigitalSourceType rdf:resource="
            f'"{CV}compositeWithTrainedAlgorithmicMedia"/></rdf:Description>'
        ),
        PhotoFacts(digital_source_type="compositeWithTrainedAlgorithmicMedia"),
    ),
    "a source of no kind": (
        xmp('<rdf:Description Iptc4xmpExt:DigitalSourceType="x y/&lt;b&gt;"/>'),
        PhotoFacts(),
    ),
    "markup that ends early": (
        xmp('<rdf:Description photoshop:Credit="BKM"><dc:creator>'),
        PhotoFacts(credit="BKM"),
    ),
    "entities": (
        with_segment(
            JPEG,
            0xE1,
            b'http://ns.adobe.com/xap/1.0/\0<rdf:RDF><!DOCTYPE a [<!ENTITY b "c">]>'
            b"<photoshop:Credit>&b;</photoshop:Credit></rdf:RDF>",
        ),
        PhotoFacts(),
    ),
    "control characters": (iptc((80, b"Budi\r\nBcc: x")), PhotoFacts(byline="Budi Bcc: x")),
}  # fmt: skip


@pytest.mark.parametrize(("content", "facts"), FACTS.values(), ids=FACTS.keys())
def test_what_a_photo_says_of_itself(content: bytes, facts: PhotoFacts) -> None:
    assert read_facts(content, "jpeg") == facts


def test_png_tiff_webp_and_heic_say_it_too() -> None:
    block = pointed(0x8769, (0x9003, 2, len(TAKEN), TAKEN))
    expected = PhotoFacts(captured="2026-11-15T09:30:05")
    assert read_facts(saved(picture(), "PNG", exif=block), "png") == expected
    assert read_facts(saved(picture(), "WEBP", exif=block), "webp") == expected
    assert read_facts(heif(picture(), exif=block), "heic") == expected
    assert read_facts(saved(picture(), "TIFF", tiffinfo={0x13B: "Siti"}), "tiff").byline == "Siti"


JUNK = """
Processed with VSCO with a6 preset|Made with Canva|Created with GIMP|Created with The GIMP|Shot on OPPO A16
vivo 1904|vivo Y21s|Samsung Galaxy A52|SAMSUNG CAMERA PICTURES|hdr|HDR|Edited with Snapseed|Instagram|Snapseed
Adobe Photoshop CC 2019|Edited in Adobe Lightroom|PicsArt|Diedit dengan PicsArt|Photo by Xiaomi Redmi Note 9
SHOT ON REDMI NOTE 8|AI QUAD CAMERA|AI DUAL CAMERA|SHOT ON MI A2 MI DUAL CAMERA|Screenshot|mmexport1604213
OLYMPUS DIGITAL CAMERA|KODAK Digital Still Camera|File written by Adobe Photoshop® 4.0|Processed by B612
Foto diambil dengan Samsung A10|Dibuat dengan Canva|Captured with GoPro|Saved from WhatsApp|oznorWO|rhdr
""".strip().replace("\n", "|").split("|")  # fmt: skip
CAPTIONS = (
    """
Warga bergotong royong mengangkat batu fondasi di RT 03.|Lurah Marlina meresmikan saluran air.
Foto bersama warga di balai desa|Rapat|Kerja bakti|Peserta pelatihan kamera digital di Bogor
Warga Samsung Village menanam pohon di tepi sungai|Penyerahan bantuan oleh Canon Hutabarat
Camat membuka pelatihan Adobe Photoshop untuk pemuda|Defaultnya warga berkumpul pukul tujuh
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.mark.parametrize("junk", JUNK)
def test_what_programs_write_into_every_photo_is_no_caption(junk: str) -> None:
    value = junk.encode() + b"\0"
    assert read_description(with_segment(JPEG, 0xE1, exif((0x10E, 2, len(value), value)))) == ""


@pytest.mark.parametrize("caption", CAPTIONS)
def test_what_people_write_is_one(caption: str) -> None:
    value = caption.encode() + b"\0"
    described = read_description(with_segment(JPEG, 0xE1, exif((0x10E, 2, len(value), value))))
    assert described == caption


@given(st.binary(max_size=400), st.sampled_from(["jpeg", "png", "tiff", "webp", "heic"]))
def test_whatever_the_bytes_are_there_is_an_answer(junk: bytes, kind: str) -> None:
    read_facts(junk, kind)
    read_facts(with_segment(JPEG, 0xE1, b"Exif\0\0MM\0*" + junk), "jpeg")
    read_facts(with_segment(JPEG, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<rdf:RDF" + junk), "jpeg")


@pytest.mark.parametrize(
    "piece", [b"<x:xmpmeta", b"<rdf:RDF><a>", b"\x1c\x02\x50\0\1a", b"Exif\0\0", b"<rdf:li>"]
)
def test_hostile_metadata_costs_little(piece: bytes) -> None:
    """8 MB of one piece behind a header, at most 5 s of a processor that others use too."""
    begun = time.process_time()
    for kind in ("png", "heic", "tiff"):
        read_facts(b"II*\0" + piece * (8_000_000 // len(piece)), kind)
    assert time.process_time() - begun < 5
