"""What a file is, by its content (magic numbers and the few bytes behind them), never by the name it came under.

`kind` is cheap: of a zip it reads the central directory and two small members at most, of an OLE file the directory
entries in its sectors, of anything else the first 4 KB.
"""

import re
import struct
import zlib
from collections.abc import Callable

HEAD = 4096  # octets of a file that `kind` wants to see

PHOTOS = frozenset({"jpeg", "png", "tiff", "gif", "bmp", "webp", "heic", "avif", "raw", "psd", "svg"})
DOCUMENTS = frozenset(
    {"docx", "docm", "dotx", "doc", "odt", "rtf", "html", "wordml", "wordperfect", "encrypted", "pdf"}
)
ARCHIVES = frozenset({"zip", "rar", "7z", "gz"})
TEXTS = frozenset({"text", "html", "vcard", "calendar", "empty", "mail"})
EXTENSIONS = {
    "jpeg": "jpg", "text": "txt", "calendar": "ics", "vcard": "vcf", "encrypted": "docx", "unknown": "bin",
    "ole": "bin", "empty": "txt", "wordml": "xml", "wordperfect": "wpd", "tnef": "dat", "mail": "eml", "raw": "dng",
}  # fmt: skip

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"8BPS", "psd"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"IIRO\x08\x00", "raw"),  # Olympus ORF
    (b"IIRS\x08\x00", "raw"),
    (b"MMOR\x00\x00", "raw"),
    (b"II\x1a\x00\x00\x00HEAPCCDR", "raw"),  # Canon CRW
    (b"IIU\x00", "raw"),  # Panasonic RW2
    (b"FOVb", "raw"),  # Sigma X3F
    (b"\x00MRM", "raw"),  # Minolta
    (b"%!PS-Adobe", "postscript"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gz"),
    (b"\x78\x9f\x3e\x22", "tnef"),  # MS-OXTNEF 2.1.3.1
    (b"\xffWPC", "wordperfect"),
    (b"\xdb\xa5", "doc"),  # Word 2.0
    (b"\x31\xbe\x00\x00\x00\xab", "doc"),  # Word for DOS, Windows Write
    (b"\x32\xbe\x00\x00\x00\xab", "doc"),
    (b"ID3\x02", "mp3"),
    (b"ID3\x03", "mp3"),
    (b"ID3\x04", "mp3"),
    (b"\x1aE\xdf\xa3", "mkv"),
    (b"OggS\x00", "ogg"),
    (b"fLaC", "flac"),
    (b"#!AMR\n", "amr"),
)
_BRANDS = {
    b"heic": "heic", b"heix": "heic", b"hevc": "heic", b"hevx": "heic", b"heim": "heic", b"heis": "heic",
    b"mif1": "heic", b"msf1": "heic", b"qt  ": "mov", b"crx ": "raw",
}  # fmt: skip  # ISO 14496-12 4.3, ISO 23008-12 annex B
_OPC = (  # ECMA-376 part 2: what [Content_Types].xml calls the main part
    (b"wordprocessingml.template.main", "dotx"),
    (b"ms-word.template.macroEnabledTemplate.main", "docm"),
    (b"ms-word.document.macroEnabled.main", "docm"),
    (b"wordprocessingml.document.main", "docx"),
    (b"spreadsheetml", "xlsx"),
    (b"ms-excel", "xlsx"),
    (b"presentationml", "pptx"),
    (b"ms-powerpoint", "pptx"),
)
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/epub+zip": "epub",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (  # OLE streams in lower case, in the order in which they decide
    ("encryptedpackage", "encrypted"),
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_Entry = tuple[str, int, tuple[int, int, int]]  # name in lower case, type, (left, right, child)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_FIELD = re.compile(
    rb"(?:From |(?:Return-Path|Received|Delivered-To|Date|From|To|Subject|Message-ID|MIME-Version|X-[\w-]+):)",
    re.IGNORECASE,
)
_MAIL_NEEDS = (
    re.compile(rb"^From:", re.I | re.M),
    re.compile(rb"^(?:Date|Message-ID|MIME-Version):", re.I | re.M),
)


def kind(head: bytes, load: Callable[[], bytes] | None = None, name: str = "") -> str:
    """The kind of the file that begins with `head` (the first 4 KB, or all of it).

    `load` gives the whole file: without it a zip is just "zip" and an OLE file just "ole". `name` decides only
    between texts ("mail" wants a name in .eml), never what a binary file is.
    """
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(load()) if load else "zip"
    if head.startswith(_OLE):
        return _ole(load()) if load else "ole"
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    return _boxed(head) or _tiff(head) or _other(head) or _text(head, name)


def extension(found: str) -> str:
    """The usual file extension of a kind, without the dot."""
    return EXTENSIONS.get(found, found)


def _boxed(head: bytes) -> str:
    """RIFF (WebP, AVI) and ISO base media files (HEIC, AVIF, MP4, QuickTime)."""
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav"}.get(head[8:12], "")
    if not head or head[0] > 8:  # a box of over 128 MB: rather four letters of a text
        return ""
    if head[4:8] == b"ftyp":
        size = min(int.from_bytes(head[:4], "big"), 256)
        brands = [head[8:12], *(head[at : at + 4] for at in range(16, max(16, size - 3), 4))]
        if b"avif" in brands or b"avis" in brands:
            return "avif"  # it names HEIF's "mif1" as well
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), "mp4")
    return "mov" if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot") else ""


def _tiff(head: bytes) -> str:
    """TIFF 6.0 section 2, BigTIFF, and the cameras' raw formats that hide in it."""
    if head[:4] not in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return ""
    if head[8:10] == b"CR":  # Canon CR2
        return "raw"
    order = "<" if head[:2] == b"II" else ">"
    at = struct.unpack(order + "I", head[4:8])[0] if len(head) >= 8 else 0
    count = struct.unpack(order + "H", head[at : at + 2])[0] if at + 2 <= len(head) else 0
    tags = {
        struct.unpack(order + "H", head[entry : entry + 2])[0]: head[entry : entry + 12]
        for entry in range(at + 2, min(at + 2 + 12 * min(count, 200), len(head) - 11), 12)
    }
    if 0xC612 in tags:  # DNGVersion
        return "raw"
    maker = head[:HEAD].upper()
    subfile = struct.unpack(order + "I", tags[0xFE][8:12])[0] if 0xFE in tags else 0
    # Nikon NEF, Sony ARW, Pentax PEF: the first directory is a reduced picture, the raw one a SubIFD of it.
    if (
        subfile == 1
        and 0x14A in tags
        and any(make in maker for make in (b"NIKON", b"SONY", b"PENTAX", b"SAMSUNG"))
    ):
        return "raw"
    return "tiff"


def _other(head: bytes) -> str:
    if (
        head[:2] == b"BM"
        and len(head) >= 26
        and struct.unpack("<I", head[14:18])[0] in (12, 40, 52, 56, 64, 108, 124)
    ):
        return "bmp"
    if head[:2] == b"\xff\xfb" or head[:2] in (b"\xff\xf3", b"\xff\xf2"):
        return "mp3"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    start = head[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{\\rt"):
        return "rtf"
    return ""


def _text(head: bytes, name: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) & ~1].decode("utf-16", "replace").encode("utf-8", "replace")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    found = _marked_up(start)
    if found:
        return found
    if _is_binary(head):
        return "unknown"
    is_mail = _MAIL_FIELD.match(start) and all(need.search(head) for need in _MAIL_NEEDS)
    return "mail" if is_mail and name.lower().endswith(".eml") else "text"


def _marked_up(start: bytes) -> str:
    """Texts that say what they are in their first words."""
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return "calendar"
    if start[:11].upper() == b"BEGIN:VCARD":
        return "vcard"
    if not start.startswith(b"<"):
        return ""
    if b"schemas.microsoft.com/office/word/2003/wordml" in start or b"office/2006/xmlPackage" in start:
        return "wordml"
    if re.match(rb"(?:<[?!][^>]*>\s*)*<(?:\w+:)?svg[\s>]", start):
        return "svg"
    return "html" if _HTML.match(start) else ""


def _is_binary(head: bytes) -> bool:
    """NUL, or more than one control character in thirty: no text that a person wrote."""
    controls = len(head) - len(head.translate(None, bytes(set(range(32)) - {9, 10, 12, 13, 27})))
    return b"\x00" in head or controls * 30 > len(head)


# ── zip (APPNOTE 6.3.10) ────────────────────────────────────────────────────────────────────────────────


def _zip(octets: bytes) -> str:
    """Which format lies in a zip: by its member names, [Content_Types].xml and `mimetype`."""
    names = _directory(octets)
    if not names:
        return _cut_zip(octets)
    if b"mimetype" in names:
        return _ODF.get(_member(octets, names[b"mimetype"], 200).strip(), "package")
    types = next((at for name, at in names.items() if name.lower() == b"[content_types].xml"), None)
    if types is not None:
        said = _member(octets, types, 1 << 17)
        found = next((is_ for mark, is_ in _OPC if mark in said), "")
        if found:
            return found
    for folder, found in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
        if types is not None and any(name.lower().startswith(folder) for name in names):
            return found
    if b"word/document.xml" in names:
        return "docx"
    if b"Index/Document.iwa" in names or b"Index.zip" in names:
        return "pages"  # Apple Pages, Keynote and Numbers; their previews are nobody's photos
    return "package" if types is not None or b"META-INF/MANIFEST.MF" in names else "zip"


def _cut_zip(octets: bytes) -> str:
    """A zip without a usable directory, as a mail cut short leaves it: what its local headers name (4.3.7)."""
    for folder, found in ((rb"word/", "docx"), (rb"xl/", "xlsx"), (rb"ppt/", "pptx")):
        if re.search(rb"PK\x03\x04.{26}" + folder, octets, re.DOTALL):
            return found
    return "zip"


def _directory(octets: bytes) -> dict[bytes, int]:
    """Member name -> offset of its central header, for at most 5,000 members; empty without a directory."""
    end = octets.rfind(b"PK\x05\x06", max(0, len(octets) - 65_557))
    if end < 0 or len(octets) < end + 22:
        return {}
    size, offset = struct.unpack("<II", octets[end + 12 : end + 20])
    at = end - size if end >= size and octets[end - size : end - size + 4] == b"PK\x01\x02" else offset
    names: dict[bytes, int] = {}
    while octets[at : at + 4] == b"PK\x01\x02" and len(names) < 5000 and at + 46 <= len(octets):
        name, extra, comment = struct.unpack("<HHH", octets[at + 28 : at + 34])
        names.setdefault(octets[at + 46 : at + 46 + name].replace(b"\\", b"/"), at)
        at += 46 + name + extra + comment
    return names


def _member(octets: bytes, central: int, most: int) -> bytes:
    """The first `most` octets of a member, stored or deflated; b"" when it cannot be had."""
    method = struct.unpack("<H", octets[central + 10 : central + 12])[0]
    packed = struct.unpack("<I", octets[central + 20 : central + 24])[0]
    local = struct.unpack("<I", octets[central + 42 : central + 46])[0]
    if octets[local : local + 4] != b"PK\x03\x04" or len(octets) < local + 30:
        return b""
    name, extra = struct.unpack("<HH", octets[local + 26 : local + 30])
    start = local + 30 + name + extra
    body = octets[start : start + min(packed, most * 2)]
    if method == 0:
        return body[:most]
    if method != 8:
        return b""
    try:
        return zlib.decompressobj(-15).decompress(body, most)
    except zlib.error:
        return b""


# ── OLE compound files (MS-CFB) ─────────────────────────────────────────────────────────────────────────


def _ole(octets: bytes) -> str:
    """Which format lies in a compound file: by the streams of its root storage (those of embedded objects lie
    deeper); where the tree cannot be followed, by any stream. Names are compared without case (MS-CFB 2.6.4)."""
    entries = _entries(octets)
    names = _root_names(entries) or {name for name, _, _ in entries}
    return next((found for stream, found in _STREAMS if stream in names), "ole")


def _root_names(entries: list[_Entry]) -> set[str]:
    """Names below the root entry, whose children form a tree of siblings (MS-CFB 2.6.1 and 2.6.4)."""
    waiting = [entries[0][2][2]] if entries else []
    seen: set[int] = set()
    names: set[str] = set()
    while waiting:
        number = waiting.pop()
        if number in seen or number >= len(entries):
            continue
        seen.add(number)
        name, _, (left, right, _) = entries[number]
        names.add(name)
        waiting += [left, right]
    return names


def _entries(octets: bytes) -> list[_Entry]:
    """The directory: 128 octets an entry, the name in UTF-16 first, its length at 64, the object's type at 66,
    left and right sibling and child at 68 (MS-CFB 2.6.1)."""
    shift = struct.unpack("<H", octets[30:32])[0] if len(octets) >= 76 else 0
    if shift not in (9, 12):
        return []
    size = 1 << shift
    sector = struct.unpack("<I", octets[48:52])[0]
    entries: list[_Entry] = []
    seen: set[int] = set()
    while sector < 0xFFFFFFFA and sector not in seen and len(seen) < 2000:
        seen.add(sector)
        start = (sector + 1) * size
        for at in range(start, min(start + size, len(octets) - 127), 128):
            length = min(64, struct.unpack("<H", octets[at + 64 : at + 66])[0])
            name = octets[at : at + max(0, length - 2)].decode("utf-16-le", "replace").lower()
            entries.append((name, octets[at + 66], struct.unpack("<III", octets[at + 68 : at + 80])))
        sector = _next_sector(octets, sector, size)
    return entries


def _next_sector(octets: bytes, sector: int, size: int) -> int:
    """The FAT entry of a sector (MS-CFB 2.3), through the 109 FAT sectors named in the header (2.2)."""
    table, entry = divmod(sector, size // 4)
    if table >= 109:
        return 0xFFFFFFFE
    fat = struct.unpack("<I", octets[76 + 4 * table : 80 + 4 * table])[0]
    at = (fat + 1) * size + 4 * entry
    return int(struct.unpack("<I", octets[at : at + 4])[0]) if at + 4 <= len(octets) else 0xFFFFFFFE
