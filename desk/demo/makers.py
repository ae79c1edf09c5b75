"""Makes documents, photos and mails by code, for the demo and for the tests: same arguments,
same bytes."""

import io
import random
import struct
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from PIL import Image, ImageDraw

SKIES = ((118, 176, 222), (96, 138, 196), (214, 160, 120), (150, 170, 180))
WALLS = (
    (201, 92, 76),
    (228, 186, 96),
    (120, 164, 128),
    (236, 224, 204),
    (132, 156, 190),
    (196, 140, 160),
)


def photo(width: int, height: int, seed: int = 0, *, kind: str = "JPEG", grain: int = 0) -> bytes:
    """A street of painted houses; `grain` adds noise so that the file weighs what a camera's
    would."""
    chance = random.Random(seed)  # noqa: S311 - painting, not cryptography
    image = Image.new("RGB", (width, height), SKIES[seed % len(SKIES)])
    draw = ImageDraw.Draw(image)
    ground = int(height * 0.62)
    draw.rectangle((0, ground, width, height), fill=(150, 138, 112))
    draw.polygon(
        [
            (width * 0.44, ground),
            (width * 0.56, ground),
            (width * 0.86, height),
            (width * 0.14, height),
        ],
        fill=(104, 104, 108) if seed % 2 else (92, 134, 148),
    )
    step = max(width // 9, 8)
    for left in range(-step // 3, width, step):
        top = ground - int(step * chance.uniform(0.7, 1.1))
        draw.rectangle((left, top, left + step - 4, ground), fill=chance.choice(WALLS))
        draw.polygon(
            [(left - 3, top), (left + step, top), (left + step // 2, top - step // 2)],
            fill=(126, 62, 48),
        )
        draw.rectangle(
            (left + step // 3, ground - step // 2, left + step * 2 // 3, ground), fill=(92, 70, 54)
        )
    if grain:
        noise = Image.frombytes(
            "L", (width // 2, height // 2), chance.randbytes((width // 2) * (height // 2))
        )
        noise = noise.resize((width, height)).convert("RGB")
        image = Image.blend(image, noise, grain / 100)
    out = io.BytesIO()
    image.save(out, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return out.getvalue()


def word(
    title: str,
    body: Sequence[str],
    *,
    byline: str = "",
    captions: Sequence[str] = (),
    font: str = "Times New Roman",
    points: float = 12,
    lines: float = 1.0,
    pictures: Sequence[bytes] = (),
) -> bytes:
    """A .docx as an office would write it: title, body, pictures, byline, captions block."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(points)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    normal.paragraph_format.line_spacing = lines
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(title).bold = True
    for text in body:
        document.add_paragraph(text)
    for picture in pictures:
        document.add_picture(io.BytesIO(picture), width=Inches(4))
    if byline:
        document.add_paragraph(f"Penulis: {byline}")
    if captions:
        document.add_paragraph("Keterangan foto:")
        for caption in captions:
            document.add_paragraph(caption)
    document.core_properties.created = document.core_properties.modified = datetime(
        2026, 11, 1, tzinfo=UTC
    )
    out = io.BytesIO()
    document.save(out)
    return undated(out.getvalue())


def undated(package: bytes) -> bytes:
    """The same zip with every entry's clock set to its epoch."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def bomb(unpacked: int) -> bytes:
    """A .docx whose word/document.xml unpacks to `unpacked` bytes of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        with zipfile.ZipFile(io.BytesIO(word("Bom", ["Isi."]))) as good:
            for name in good.namelist():
                if name != "word/document.xml":
                    package.writestr(zipfile.ZipInfo(name), good.read(name))
        entry = zipfile.ZipInfo("word/document.xml")
        entry.compress_type = zipfile.ZIP_DEFLATED
        with package.open(entry, "w", force_zip64=unpacked >= 1 << 31) as part:
            part.write(b'<?xml version="1.0" encoding="UTF-8"?>')
            block = b" " * (1 << 20)
            for _ in range(unpacked >> 20):
                part.write(block)
    return out.getvalue()


def locked(size: int = 8192) -> bytes:
    """A password-protected .docx: an OLE container with EncryptionInfo and EncryptedPackage
    ([MS-OFFCRYPTO] 2.3)."""
    chance = random.Random(7)  # noqa: S311 - stands for ciphertext, hides nothing
    info = (
        struct.pack("<HHI", 4, 4, 0x40)
        + b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><encryption/>'
    )
    package = struct.pack("<Q", size - 8) + chance.randbytes(size - 8)
    return compound({"EncryptionInfo": info.ljust(4096, b" "), "EncryptedPackage": package})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB] 2.2 and 2.6), version 3, of streams of 4,096 bytes or more (no
    mini stream)."""
    sector, end, fat_mark = 512, 0xFFFFFFFE, 0xFFFFFFFD
    none, fat, blocks, entries = 0xFFFFFFFF, [fat_mark, end], [b""], []
    for name, content in streams.items():
        first, count = len(fat), -(-len(content) // sector)
        fat += [*range(first + 1, first + count), end]
        blocks.append(content.ljust(count * sector, b"\0"))
        entries.append((name, 2, first, len(content)))
    if len(fat) > sector // 4 or len(entries) > 3:
        raise ValueError("more than one sector of FAT or directory")
    directory = b""
    for i, (name, kind, first, size) in enumerate([("Root Entry", 5, end, 0), *entries]):
        coded = name.encode("utf-16le") + b"\0\0"
        child = 1 if i == 0 else none
        right = i + 1 if 0 < i < len(entries) else none
        directory += coded.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(coded), kind, 1, none, right, child
        )
        directory += bytes(36) + struct.pack("<IQ", first, size)
    directory = directory.ljust(sector, b"\0")
    head = (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
        + struct.pack("<I", 0)
        + b"\xff" * 432
    )
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sector, b"\xff")
    return head + table + directory + b"".join(blocks)


def pdf() -> bytes:
    """The smallest PDF a viewer opens."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def legacy_doc() -> bytes:
    """A .doc of Word 97-2003, saved by LibreOffice and shipped with the demo."""
    return (Path(__file__).parent / "kiriman-lama.doc").read_bytes()


def mail(
    sender: tuple[str, str],
    subject: str,
    text: str,
    files: Sequence[tuple[str, bytes]] = (),
    *,
    to: str = "redaksi@warta.example",
    when: datetime = datetime(2026, 11, 23, 7, 5, tzinfo=UTC),
    headers: Sequence[tuple[str, str]] = (),
    authenticated: str = "dmarc=pass",
) -> bytes:
    """A mail as our border would hand it over: Authentication-Results on top, then what its
    sender wrote."""
    name, address = sender
    message = EmailMessage(policy=SMTP)
    if authenticated:
        domain = address.rpartition("@")[2]
        message["Authentication-Results"] = (
            f"mx.warta.example; {authenticated} header.from={domain}"
        )
    message["From"] = f'"{name}" <{address}>' if name else address
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(when)
    stamp = f"{abs(hash_of(address + subject + text)):x}"
    message["Message-ID"] = f"<{stamp}@{address.rpartition('@')[2]}>"
    for key, value in headers:
        message[key] = value
    message.set_content(text)
    for file_name, content in files:
        main, _, sub = media_type(file_name).partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=file_name)
    if files:
        message.set_boundary(f"=_{stamp}")
    return message.as_bytes()


def hash_of(text: str) -> int:
    """A small stable hash (FNV-1a, 64 bits), so that the same mail has the same Message-ID in
    every run."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % (1 << 64)
    return value


def media_type(name: str) -> str:
    """The media type a mail program would give a file of this name."""
    return {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "doc": "application/msword",
        "pdf": "application/pdf",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "png": "image/png",
        "tiff": "image/tiff",
        "zip": "application/zip",
    }.get(name.rpartition(".")[2].lower(), "application/octet-stream")
