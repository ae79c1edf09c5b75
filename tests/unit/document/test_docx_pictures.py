"""Raster pictures of a .docx: which are shown, what they are, where they stand."""

import hashlib
import io
import struct
from typing import Any

import pytest
from PIL import Image

from ingest.read.document.reading import Reading
from redaksi.model import Picture
from tests.unit.document.word_parts import TIMES_12, package, para, read, run

SVG = '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="i1"/>'


def image(kind: str, width: int = 40, height: int = 30, **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, kind, **options)
    return buffer.getvalue()


def drawing(identifier: str = "i1", inner: str = "") -> str:
    return f'<w:r><w:drawing><a:blip r:embed="{identifier}">{inner}</a:blip></w:drawing></w:r>'


def pictured(body: str, *media: bytes, link: str = "") -> Reading:
    """A document with these media as i1, i2, …"""
    rows = [
        (f"i{number}", "image", f"media/foto{number}.bin") for number in range(1, len(media) + 1)
    ]
    extra = {f"word/media/foto{number}.bin": content for number, content in enumerate(media, 1)}
    if link:
        rows.append(("jauh", "image", link))
    return read(package(body, styles=TIMES_12, relations=rows, extra=extra))


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "bmp", "tiff", "webp"])
def test_kind_and_size_are_read_from_the_bytes(kind: str) -> None:
    content = image(kind)
    assert pictured(f"<w:p>{drawing()}</w:p>", content).pictures == (
        Picture(
            name="foto1.bin",
            kind=kind,
            sha256=hashlib.sha256(content).hexdigest(),
            width=40,
            height=30,
            after=1,
        ),
    )


@pytest.mark.parametrize(
    "options", [{"lossless": True}, {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"}]
)
def test_the_other_webp_forms(options: dict[str, Any]) -> None:
    (only,) = pictured(f"<w:p>{drawing()}</w:p>", image("webp", **options)).pictures
    assert (only.width, only.height) == (40, 30)


def test_a_heic_picture_has_the_size_of_its_largest_item() -> None:
    tile, whole = (
        b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", *each) for each in ((512, 512), (4032, 3024))
    )
    (only,) = pictured(
        f"<w:p>{drawing()}</w:p>", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + tile + whole
    ).pictures
    assert (only.kind, only.width, only.height) == ("heic", 4032, 3024)


@pytest.mark.parametrize(
    "media",
    [
        b"\xd7\xcd\xc6\x9a" + bytes(80),
        b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(80),
        b"<svg xmlns='s'/>",
        b"",
    ],
)
def test_vector_pictures_and_the_unknown_are_left_out(media: bytes) -> None:
    assert pictured(f"<w:p>{drawing()}</w:p>", media).pictures == ()


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "bmp", "tiff", "webp"])
def test_a_picture_cut_short_is_still_a_picture(kind: str) -> None:
    for length in (12, 20, 30):
        for each in pictured(f"<w:p>{drawing()}</w:p>", image(kind)[:length]).pictures:
            assert each.kind == kind


def test_a_picture_shown_twice_is_one_where_it_stands_first() -> None:
    body = (
        para("a") + f"<w:p>{drawing()}</w:p>" + para("b") + f"<w:p>{drawing('i2')}{drawing()}</w:p>"
    )
    reading = pictured(body, image("jpeg"), image("png"))
    assert [(each.kind, each.after) for each in reading.pictures] == [("jpeg", 2), ("png", 4)]


def test_the_place_of_a_picture_does_not_count_deleted_paragraphs() -> None:
    gone = '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr></w:p><w:tbl/>'
    reading = pictured(gone + para("a") + f"<w:p>{drawing()}</w:p>", image("jpeg"))
    assert reading.paragraphs[reading.pictures[0].after - 1].runs == ()
    assert reading.pictures[0].after == 2


def test_a_picture_in_a_text_box_stands_in_the_box() -> None:
    box = f"<w:txbxContent>{para('x')}<w:p>{drawing()}</w:p></w:txbxContent>"
    reading = pictured(f"<w:p><w:r><w:drawing>{box}</w:drawing></w:r></w:p>", image("jpeg"))
    assert [each.after for each in reading.pictures] == [3]


def test_a_picture_of_the_old_markup_is_read() -> None:
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="i1"/></v:shape></w:pict></w:r>'
    assert [each.kind for each in pictured(f"<w:p>{old}</w:p>", image("png")).pictures] == ["png"]


def test_of_a_drawing_written_twice_the_choice_counts() -> None:
    written = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><a:blip r:embed="i1"/></w:drawing></mc:Choice>'
        '<mc:Fallback><w:pict><v:imagedata r:id="i2"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )
    assert [
        each.kind
        for each in pictured(f"<w:p>{written}</w:p>", image("jpeg"), image("png")).pictures
    ] == ["jpeg"]


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p><w:del>{drawing()}</w:del></w:p>",
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr>" + drawing().removeprefix("<w:r>") + "</w:p>",
        "<w:p>" + drawing(inner=SVG) + "</w:p>",
        '<w:p><w:r><w:object><v:imagedata r:id="i1"/></w:object></w:r></w:p>',
        "<w:p>" + drawing("tidak-ada") + "</w:p>",
    ],
    ids=["deleted", "hidden", "stand-in of an SVG", "embedded object", "no such part"],
)
def test_what_is_not_shown_as_a_picture_is_none(body: str) -> None:
    assert pictured(body, image("png")).pictures == ()


def test_a_picture_of_a_header_is_left_out() -> None:
    content = package(
        para("a") + '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>',
        relations=[("h", "header", "h.xml"), ("i1", "image", "media/logo.png")],
        extra={
            "word/h.xml": package_header(drawing()),
            "word/media/logo.png": image("png"),
        },
    )
    assert read(content).pictures == ()


def package_header(content: str) -> str:
    return (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:p>{content}</w:p></w:hdr>'
    )


def test_a_linked_picture_is_noted() -> None:
    linked = '<w:r><w:drawing><a:blip r:link="jauh"/></w:drawing></w:r>'
    reading = pictured(f"<w:p>{run('a')}{linked}</w:p>", link="https://contoh.example/foto.jpg")
    assert (reading.pictures, reading.notes) == ((), ("linked-image",))
