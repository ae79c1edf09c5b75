"""What a file is, by its content."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ingest.read.files import sniff
from ingest.read.photo import pixels
from tests.unit.read_mail.mails import TOP, docx, picture, winmail, zipped


def box(brand: bytes, *compatible: bytes) -> bytes:
    body = b"ftyp" + brand + bytes(4) + b"".join(compatible)
    return struct.pack(">I", len(body) + 4) + body


def tiff(*tags: tuple[int, int], maker: bytes = b"") -> bytes:
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags))
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4) + maker


def compound(*streams: str, embedded: str = "") -> bytes:
    """A compound file of one directory chain: root, its streams as right siblings, and one
    storage's child."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", header, 30, 9, 6)
    names = ["Root Entry", *streams, *([embedded] if embedded else [])]
    sectors = -(-len(names) // 4)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    entries = b""
    for number, name in enumerate(names):
        encoded = name.encode("utf-16-le") + b"\0\0"
        right = number + 1 if 0 < number < len(streams) else 0xFFFFFFFF
        child = 1 if number == 0 and streams else 0xFFFFFFFF
        entry = encoded.ljust(64, b"\0") + struct.pack(
            "<HBB", len(encoded), 5 if number == 0 else 2, 1
        )
        entries += (entry + struct.pack("<III", 0xFFFFFFFF, right, child)).ljust(128, b"\0")
    return (
        bytes(header)
        + struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat)))
        + entries.ljust(sectors * 512, b"\0")
    )


def odf(kind: str) -> bytes:
    return zipped([("mimetype", f"application/{kind}".encode()), ("content.xml", b"<x/>")])


def webp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200)).save(out, "WEBP")
    return out.getvalue()


DOCM = "document.macroEnabled.main+xml"
FILES: list[tuple[str, bytes]] = [
    ("docx", docx()),
    ("docx", docx(word="word/naskah.xml")),
    ("docx", docx()[:-40]),
    ("dotx", docx(kind="wordprocessingml.template.main+xml")),
    ("docm", zipped([("[Content_Types].xml", f'<x ContentType="application/vnd.ms-word.{DOCM}"/>'.encode())])),
    ("xlsx", docx(kind="spreadsheetml.sheet.main+xml")),
    ("pptx", docx(kind="presentationml.presentation.main+xml")),
    ("odt", odf("vnd.oasis.opendocument.text")),
    ("epub", odf("epub+zip")),
    ("zip", zipped([("naskah.docx", docx()), ("foto.jpg", picture())])),
    ("zip", zipped([])),
    ("pages", zipped([("Index/Document.iwa", b"x"), ("preview.jpg", picture())])),
    ("package", odf("vnd.adobe.indesign-idml-package")),
    ("package", zipped([("[Content_Types].xml", b"<Types/>"), ("FixedDocSeq.fdseq", b"x")])),
    ("doc", compound("WordDocument", "1Table")),
    ("doc", compound("WORDDOCUMENT")),
    ("xls", compound("Workbook", embedded="WordDocument")),
    ("doc", compound("ObjectPool", "WordDocument", embedded="Workbook")),
    ("ppt", compound("PowerPoint Document")),
    ("msg", compound("__nameid_version1.0", "__properties_version1.0")),
    ("encrypted", compound("EncryptionInfo", "EncryptedPackage")),
    ("ole", compound("Contents")),
    ("ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)),
    ("rtf", b"{\\rtf1\\ansi halo}"),
    ("html", b"<!DOCTYPE html><html>"),
    ("html", b"\xef\xbb\xbf\r\n <!-- x --><HTML><body>"),
    ("html", '<html xmlns:o="urn:schemas-microsoft-com:office:office">'.encode("utf-16")),
    ("wordml", b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'),
    ("wordperfect", b"\xffWPC\x10\0\0\0"),
    ("pdf", b"%PDF-1.7\n"),
    ("pdf", b"sampah\n%PDF-1.4\n"),
    ("jpeg", picture()),
    ("png", picture(kind="PNG")),
    ("tiff", picture(kind="TIFF")),
    ("tiff", tiff((0x10F, 0), maker=b"NIKON CORPORATION\0")),
    ("gif", picture(kind="GIF")),
    ("bmp", picture(kind="BMP")),
    ("webp", webp()),
    ("heic", box(b"heic", b"mif1", b"heic")),
    ("heic", box(b"mif1", b"heic")),
    ("avif", box(b"avif", b"mif1", b"avif")),
    ("avif", box(b"mif1", b"mif1", b"avif")),
    ("mp4", box(b"isom", b"iso2", b"avc1")),
    ("mov", box(b"qt  ")),
    ("raw", box(b"crx ", b"isom")),
    ("raw", b"II*\0\x10\0\0\0CR\x02\0" + bytes(20)),
    ("raw", tiff((0xC612, 0x0401))),
    ("raw", tiff((0xFE, 1), (0x14A, 100), maker=b"NIKON CORPORATION\0")),
    ("raw", tiff((0xFE, 1), (0x14A, 100), maker=b"SONY\0")),
    ("psd", b"8BPS\0\1"),
    ("svg", b'<?xml version="1.0"?>\n<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg">'),
    ("avi", b"RIFF\0\0\0\0AVI LIST"),
    ("mp3", b"ID3\x03\0"),
    ("rar", b"Rar!\x1a\x07\x01\0"),
    ("7z", b"7z\xbc\xaf\x27\x1c"),
    ("gz", b"\x1f\x8b\x08\0"),
    ("tnef", winmail()),
    ("vcard", b"begin:vcard\r\n"),
    ("calendar", b"BEGIN:VCALENDAR\r\n"),
    ("text", "Foto 1. Warga menyeberang – “Kapuas”".encode()),
    ("text", "Foto 1. Warga".encode("utf-16")),
    ("text", b"The free copy"),
    ("text", b"Ini wide angle"),
    ("text", b"ID3 dan BM"),
    ("mail", TOP + b"Date: x\r\n\r\nisi"),
    ("empty", b""),
    ("unknown", bytes(range(256)) * 4),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "octets"), FILES, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(FILES)]
)
@pytest.mark.parametrize("name", ["", "naskah.docx", "foto.jpg"])
def test_the_content_tells_the_kind_under_any_name(kind: str, octets: bytes, name: str) -> None:
    assert sniff.detect_kind(octets[: sniff.HEAD], lambda: octets, name) == kind


def test_a_mail_saved_as_a_file_is_one_under_its_own_extension() -> None:
    octets = TOP + b"Date: Mon, 3 Feb 2025 10:12:22 +0700\r\n\r\nisi"
    assert sniff.detect_kind(octets, lambda: octets, "Kiriman.EML") == "mail"


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_no_damage_makes_it_raise(file: tuple[str, bytes], data: st.DataObject) -> None:
    octets = bytearray(file[1][:3000])
    for _ in range(data.draw(st.integers(0, 8))):
        if octets:
            octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(octets[: data.draw(st.integers(0, len(octets)))])
    assert sniff.detect_kind(damaged[: sniff.HEAD], lambda: damaged)
    assert min(pixels.read_size(damaged)) >= 0


def test_every_real_file_is_what_its_reader_takes_it_for(corpus: Path) -> None:
    expected = {
        ".docx": {"docx", "encrypted"},
        ".doc": {"doc", "xls"},
        ".docm": {"docm"},
        ".dotx": {"dotx"},
        ".jpg": {"jpeg"},
        ".png": {"png"},
        ".tif": {"tiff"},
        ".tiff": {"tiff"},
        ".heic": {"heic"},
    }
    wrong = []
    for path in sorted(corpus.rglob("*")):
        known = expected.get(path.suffix.lower())
        if known and path.is_file():
            octets = path.read_bytes()
            found = sniff.detect_kind(octets[: sniff.HEAD], path.read_bytes)
            wrong += [(str(path), found)] if found not in known else []
    assert wrong == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "WEBP"])
def test_a_pictures_size_is_read_from_its_header(kind: str) -> None:
    assert pixels.read_size(picture(150, 90, kind)) == (150, 90)
