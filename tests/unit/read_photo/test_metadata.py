"""A photo may carry its caption itself: in EXIF, IPTC or XMP. What cameras and programs write
there is junk."""

import pytest

from ingest.read.photo.photo import read_description
from tests.unit.read_photo.pictures import exif, picture, saved, with_segment

JPEG = saved(picture(), "JPEG")
CAPTION = "Warga Siantan Hulu bergotong royong, Minggu (1/11)."


def _exif_text(tag: int, value: bytes, form: int = 2) -> bytes:
    return with_segment(JPEG, 0xE1, exif((tag, form, len(value), value)))


def test_the_exif_description_is_a_caption() -> None:
    assert read_description(_exif_text(0x10E, CAPTION.encode() + b"\0")) == CAPTION


def test_a_description_in_latin_1_is_read() -> None:
    assert (
        read_description(_exif_text(0x10E, "Café di Pontianak ramai".encode("latin-1") + b"\0"))
        == "Café di Pontianak ramai"
    )


@pytest.mark.parametrize("tag", [0x9C9B, 0x9C9C])
def test_the_title_and_comment_of_windows_are_captions(tag: int) -> None:
    assert (
        read_description(_exif_text(tag, CAPTION.encode("utf-16-le") + b"\0\0", form=1)) == CAPTION
    )


def test_the_iptc_caption_is_read() -> None:
    text = CAPTION.encode()
    record = b"\x1c\x01\x5a\x00\x03\x1b%G\x1c\x02\x78" + len(text).to_bytes(2, "big") + text
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(record).to_bytes(4, "big") + record
    assert read_description(with_segment(JPEG, 0xED, block)) == CAPTION


@pytest.mark.parametrize(
    "described",
    [
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{CAPTION}</rdf:li></rdf:Alt></dc:description>',
        f'<rdf:Description dc:description="{CAPTION}"/>',
    ],
)
def test_the_xmp_description_is_read(described: str) -> None:
    packet = f"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:RDF>{described}</rdf:RDF></x:xmpmeta>"
    assert read_description(with_segment(JPEG, 0xE1, packet.encode())) == CAPTION


def test_markup_in_xmp_is_text() -> None:
    packet = "<dc:description><rdf:Alt><rdf:li>Bupati &amp; warga &lt;b&gt;bekerja</rdf:li></rdf:Alt></dc:description>"
    assert (
        read_description(with_segment(JPEG, 0xE1, packet.encode())) == "Bupati & warga <b>bekerja"
    )


@pytest.mark.parametrize(
    "junk",
    [
        "OLYMPUS DIGITAL CAMERA         ",
        "SONY DSC",
        "default",
        "DCIM100MEDIA",
        "\0\0\0\0",
        "IMG_2041.JPG",
        "12/11/2026",
        "   ",
    ],
)
def test_what_cameras_write_is_no_caption(junk: str) -> None:
    assert read_description(_exif_text(0x10E, junk.encode() + b"\0")) == ""


def test_a_photo_without_metadata_has_no_caption() -> None:
    assert read_description(JPEG) == ""


def test_the_caption_of_a_png_and_a_tiff_is_read() -> None:
    block = exif((0x10E, 2, len(CAPTION) + 1, CAPTION.encode() + b"\0"))
    assert read_description(saved(picture(), "PNG", exif=block)) == CAPTION
    assert read_description(saved(picture(), "TIFF", tiffinfo={270: CAPTION})) == CAPTION


def test_control_characters_do_not_pass() -> None:
    assert (
        read_description(_exif_text(0x10E, b"Warga desa\r\nBcc: x\x1b[31m\0"))
        == "Warga desa Bcc: x [31m"
    )
