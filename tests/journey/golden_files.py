"""Files that golden mails carry, small in bytes and the same at every run: .docx as Word 365
writes it, photos, TNEF."""

import io
import random
import struct
import zipfile
from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape

import pillow_heif
from PIL import Image, ImageDraw

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
TIMES = "Times New Roman"

STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
    '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="id-ID" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style></w:styles>'
)
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office Theme"><a:themeElements>'
    '<a:fontScheme name="Office"><a:majorFont><a:latin typeface="Calibri Light"/><a:ea typeface=""/><a:cs typeface=""/>'
    '</a:majorFont><a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)


def run(text: str, font: str = TIMES, points: float = 12, *, bold: bool = False) -> str:
    """A w:r with direct formatting, as Word writes what was marked and changed by hand."""
    weight = "<w:b/>" if bold else ""
    half = round(points * 2)
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>{weight}<w:sz w:val="{half}"/>'
        f'<w:szCs w:val="{half}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def para(*runs: str, line: int = 240, rule: str = "auto", align: str = "") -> str:
    """A w:p; `line` in 240ths of a line for "auto", in twentieths of a point else."""
    justify = f'<w:jc w:val="{align}"/>' if align else ""
    inner = "".join(part if part.startswith("<") else run(part) for part in runs)
    return f'<w:p><w:pPr><w:spacing w:after="0" w:line="{line}" w:lineRule="{rule}"/>{justify}</w:pPr>{inner}</w:p>'


def table(*rows: Sequence[str]) -> str:
    """A w:tbl of cells that each hold one paragraph."""
    cells = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in row
        )
        + "</w:tr>"
        for row in rows
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid/>{cells}</w:tbl><w:p/>'


def picture(number: int, width: int, height: int) -> str:
    """A paragraph with an inline picture of relationship rId<100+number>, 10 cm wide."""
    cx = 3600000
    cy = cx * height // width
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{number}" name="Picture {number}"/><a:graphic xmlns:a="{drawing}/main">'
        f'<a:graphicData uri="{drawing}/picture"><pic:pic xmlns:pic="{drawing}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="image{number}.jpeg"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="rId{100 + number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def docx(body: Sequence[str], pictures: Sequence[bytes] = (), *, macros: bool = False) -> bytes:
    """A .docx (.docm with `macros`) of ready-made block elements."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = MACRO_MAIN if macros else f"{OFFICE}.wordprocessingml.document.main+xml"
    links = [("rId1", "styles", "styles.xml"), ("rId2", "theme", "theme/theme1.xml")]
    links += [(f"rId{101 + i}", "image", f"media/image{i + 1}.jpeg") for i in range(len(pictures))]
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{OFFICE}.wordprocessingml.styles+xml"/>'
        f'<Override PartName="/word/theme/theme1.xml" ContentType="{OFFICE}.theme+xml"/></Types>'
    )
    rels = "".join(
        f'<Relationship Id="{i}" Type="{relation}/{t}" Target="{to}"/>' for i, t, to in links
    )
    if macros:
        rels += '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/></w:sectPr>'
    parts: dict[str, bytes] = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{relation}/officeDocument" Target="word/document.xml"/></Relationships>'.encode(),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(body)}{page}</w:body></w:document>'.encode(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{rels}</Relationships>'.encode(),
        "word/styles.xml": STYLES.encode(),
        "word/theme/theme1.xml": THEME.encode(),
    }
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    parts = {name: head + content for name, content in parts.items()}
    if macros:
        parts["word/vbaProject.bin"] = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1528)
    parts |= {f"word/media/image{i + 1}.jpeg": content for i, content in enumerate(pictures)}
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip without clocks; a name that ends in "/" is a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 11, 16, 8, 0, 0))
            package.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@cache
def photo(
    width: int = 1024,
    height: int = 768,
    seed: int = 0,
    kind: str = "JPEG",
    progressive: bool = False,
) -> bytes:
    """A picture of a few large blocks: no two seeds look alike."""
    chance = random.Random(seed)

    def tone() -> tuple[int, int, int]:
        red, green, blue = (chance.randrange(40, 230) for _ in range(3))
        return red, green, blue

    image = Image.new("RGB", (width, height), tone())
    draw = ImageDraw.Draw(image)
    for _ in range(7):
        left, top = chance.randrange(width * 3 // 4), chance.randrange(height * 3 // 4)
        box = (
            left,
            top,
            left + chance.randrange(width // 12, width // 2),
            top + chance.randrange(height // 12, height // 2),
        )
        draw.rectangle(box, fill=tone())
    if kind == "JPEG" and seed % 2:
        image = image.convert("L")  # some offices scan in grey; it also keeps the mails small
    out = io.BytesIO()
    extra = (
        {"quality": 12, "optimize": True, "progressive": progressive}
        if kind == "JPEG"
        else {"optimize": True}
    )
    image.save(out, kind, **extra)
    return out.getvalue()


def heic(width: int, height: int) -> bytes:
    """A HEIC that decodes, of one colour: a few hundred bytes."""
    out = io.BytesIO()
    tone = bytes((width % 200, height % 200, 90))
    pillow_heif.encode("RGB", (width, height), tone * (width * height), out, quality=20)
    return out.getvalue()


def tnef(files: Sequence[tuple[str, str, bytes]]) -> bytes:
    """A winmail.dat ([MS-OXTNEF] 2.1) of (short name, long name, bytes), as Outlook writes it."""

    def attribute(level: int, key: int, content: bytes) -> bytes:
        return (
            struct.pack("<BII", level, key, len(content))
            + content
            + struct.pack("<H", sum(content) & 0xFFFF)
        )

    out = struct.pack("<IH", 0x223E9F78, 1)
    out += attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    out += attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    out += attribute(1, 0x00078008, b"IPM.Microsoft Mail.Note\0")
    for short, long, content in files:
        wide = long.encode("utf-16le") + b"\0\0"
        padded = wide + bytes(-len(wide) % 4)
        properties = struct.pack("<I", 2) + struct.pack("<HHI", 0x0003, 0x3705, 1)
        properties += struct.pack("<HHII", 0x001F, 0x3707, 1, len(wide)) + padded
        out += attribute(2, 0x00069002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 32, 32, 0))
        out += attribute(2, 0x00018010, short.encode("ascii") + b"\0")
        out += attribute(2, 0x0006800F, content)
        out += attribute(2, 0x00069005, properties)
    return out


def rar() -> bytes:
    """The head of a RAR 5 archive with one stored file's header; enough for any program to call
    it .rar."""
    return (
        b"Rar!\x1a\x07\x01\x00"
        + bytes.fromhex("3392b5e50a010506000501018080 00".replace(" ", ""))
        + random.Random(5).randbytes(3000)
    )


def seven_zip() -> bytes:
    """A 7z signature header (version 0.4) and packed bytes."""
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + random.Random(7).randbytes(3000)


def rtf(paragraphs: Sequence[str]) -> bytes:
    """WordPad's rich text, whatever its name says."""
    text = "\\par\r\n".join(p.encode("ascii", "ignore").decode() for p in paragraphs)
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0\\nouicompat{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}\r\n"
        "\\viewkind4\\uc1\\pard\\f0\\fs24\\lang1057 " + text + "\\par\r\n}\r\n"
    ).encode("ascii")
