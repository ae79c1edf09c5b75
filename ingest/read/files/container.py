"""Which format lies in a container: a zip (APPNOTE 6.3.10) or a compound file (MS-CFB), from its
table of contents.

Of a zip the central directory and one or two small members are read, of a compound file its
directory sectors.
"""

import re
import struct
import zlib

_OPC = (  # ECMA-376 part 2: what [Content_Types].xml calls the main part
    (b"wordprocessingml.template.main", "dotx"),
    (b"ms-word.template.macroEnabledTemplate.main", "docm"),
    (b"ms-word.document.macroEnabled.main", "docm"),
    (b"wordprocessingml.document.main", "docx"),
    (b"spreadsheetml", "xlsx"),
    (b"ms-excel", "xlsx"),
    (b"presentationml", "pptx"),
    (b"ms-powerpoint", "pptx"),
    (b"ms-visio", "visio"),
)
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.sun.xml.writer": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    b"application/vnd.oasis.opendocument.presentation-template": "odp",
    b"application/vnd.oasis.opendocument.graphics": "odg",
    b"application/vnd.sun.xml.calc": "ods",
    b"application/vnd.sun.xml.impress": "odp",
    b"application/epub+zip": "epub",
}
_STREAMS = (  # OLE streams in lower case, in the order in which they decide
    ("encryptedpackage", "encrypted"),
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "ppt"),
    ("__properties_version1.0", "msg"),
    ("matost", "works"),
    ("quill", "publisher"),
    ("visiodocument", "visio"),
    ("   114", "project"),
    ("pp40", "ppt"),
)
_INDICES = frozenset((b"Index.zip", b"Document.iwa", b"index.xml", b"index.apxl"))
_FOLDER = re.compile(rb"\.(?:pages|key|numbers)/")
_SLIDES = re.compile(rb"(?:^|/)Index/(?:Master|Template)?Slide|(?:^|/)index\.apxl")
_Entry = tuple[str, int, tuple[int, int, int]]  # name in lower case, type, (left, right, child)


# ── zip (APPNOTE 6.3.10) ──────────────────────────────────────────────────────────────────────────


def detect_zip_kind(octets: bytes) -> str:
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
    if _is_apple(names):  # its previews are nobody's photos
        return "keynote" if any(map(_SLIDES.search, names)) else "pages"  # or Numbers: by its name
    return "package" if types is not None or b"META-INF/MANIFEST.MF" in names else "zip"


def _is_apple(names: dict[bytes, int]) -> bool:
    """As iWork writes it, as its version of 2009 did, and a folder that a mail program packed."""
    if b"Index/Document.iwa" in names or b"Index.zip" in names:
        return True
    if {b"index.xml", b"index.apxl"} & names.keys() and b"buildVersionHistory.plist" in names:
        return True
    return any(_FOLDER.search(name) and name.rsplit(b"/")[-1] in _INDICES for name in names)


def _cut_zip(octets: bytes) -> str:
    """A zip without a usable directory, as a mail cut short leaves it: what its local headers
    name (4.3.7)."""
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
    at = (
        end - size
        if end >= size and octets[end - size : end - size + 4] == b"PK\x01\x02"
        else offset
    )
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


# ── OLE compound files (MS-CFB) ───────────────────────────────────────────────────────────────────


def detect_ole_kind(octets: bytes) -> str:
    """Which format lies in a compound file: by the streams of its root storage (those of
    embedded objects lie deeper); where the tree cannot be followed, by any stream. Names are
    compared without case (MS-CFB 2.6.4)."""
    entries = _entries(octets)
    every = {name for name, _, _ in entries}
    if any(name.lstrip("\t\x06").startswith("drm") for name in every):
        return "protected"  # MS-OFFCRYPTO 2.2: rights management; what Word shows is a stub
    names = _root_names(entries) or every
    if "contents" in names and b"CHNKWKS" in octets:
        return "works"  # Works 2000 to 9
    return next((found for stream, found in _STREAMS if stream in names), "ole")


def _root_names(entries: list[_Entry]) -> set[str]:
    """Names below the root entry, whose children form a tree of siblings (MS-CFB 2.6.1 and
    2.6.4)."""
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
    """The directory: 128 octets an entry, the name in UTF-16 first, its length at 64, the
    object's type at 66, left and right sibling and child at 68 (MS-CFB 2.6.1)."""
    shift = struct.unpack("<H", octets[30:32])[0] if len(octets) >= 76 else 0
    if shift not in (9, 12):
        return []
    size = 1 << shift
    sector = struct.unpack("<I", octets[48:52])[0]
    entries: list[_Entry] = []
    seen: set[int] = set()
    while sector < 0xFFFFFFFA and sector not in seen and len(entries) < 4000:
        seen.add(sector)
        start = (sector + 1) * size
        for at in range(start, min(start + size, len(octets) - 127), 128):
            length = min(64, struct.unpack("<H", octets[at + 64 : at + 66])[0])
            name = octets[at : at + max(0, length - 2)].decode("utf-16-le", "replace").lower()
            entries.append(
                (name, octets[at + 66], struct.unpack("<III", octets[at + 68 : at + 80]))
            )
        sector = _next_sector(octets, sector, size)
    return entries


def _next_sector(octets: bytes, sector: int, size: int) -> int:
    """The FAT entry of a sector (MS-CFB 2.3), through the 109 FAT sectors named in the header
    (2.2)."""
    table, entry = divmod(sector, size // 4)
    if table >= 109:
        return 0xFFFFFFFE
    if len(octets) < 512:
        return 0xFFFFFFFE
    fat = struct.unpack("<I", octets[76 + 4 * table : 80 + 4 * table])[0]
    at = (fat + 1) * size + 4 * entry
    return int(struct.unpack("<I", octets[at : at + 4])[0]) if at + 4 <= len(octets) else 0xFFFFFFFE
