"""What a file is, by its content (magic numbers and the few bytes behind them), never by the name
it came under.

`detect_kind` is cheap: it looks at the first 4 KB, and into zip and OLE files by
`ingest.read.files.container`.
"""

import re
import struct
from collections.abc import Callable

from ingest.read.files import container
from ingest.read.files.mail_text import is_mail
from redaksi.reasons import ReasonCode

HEAD = 4096  # octets of a file that `detect_kind` wants to see

PHOTOS = frozenset(
    {"jpeg", "png", "tiff", "gif", "bmp", "webp", "heic", "avif", "raw", "psd", "svg"}
)
ARCHIVES = frozenset({"rar", "7z", "gz", "bz2", "xz", "zst", "tar", "cab", "lzh"})
# programs' files that are no text to us
OFFICE = frozenset(
    {"publisher", "onenote", "visio", "access", "project", "odg", "corel", "indesign"}
)
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
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"MZ\x90\x00", "exe"),
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
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"MSCF\x00\x00\x00\x00", "cab"),
    (
        b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3",
        "onenote",
    ),  # MS-ONESTORE 2.3.1
    (b"\x00\x01\x00\x00Standard Jet DB", "access"),
    (b"\x00\x01\x00\x00Standard ACE DB", "access"),
    (b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5\xbd\x31\xef\xe7\xfe\x74\xb7\x1d", "indesign"),
    (b"\x01\xfe\x32\x00", "works"),  # Works for DOS
    (b"book\x00\x00\x00\x00mark", "shortcut"),  # an alias of macOS
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"),  # ASF, sound alone too
    (b"\xff\xf1", "aac"),
    (b"\xff\xf9", "aac"),
    (b"FLV\x01", "flv"),
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"\x00\x00\x01\xb3", "mpeg"),
    (b"MThd\x00\x00\x00\x06", "midi"),
    (b"\x78\x9f\x3e\x22", "tnef"),  # MS-OXTNEF 2.1.3.1
    (b"\xffWPC", "wordperfect"),
    (b"\xdb\xa5", "doc"),  # Word 2.0
    (b"\x9b\xa5", "doc"),  # Word 1.0
    (b"\xfe\x37\x00", "doc"),  # Word 4 and 5 of the Macintosh
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "shortcut"),  # MS-SHLLINK 2.1
    (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86", "rpmsg"),  # MS-OXORMMS 2.1.4
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
    b"mif1": "heic", b"mif2": "heic", b"mif3": "heic", b"msf1": "heic", b"qt  ": "mov", b"crx ": "raw",
}  # fmt: skip  # ISO 14496-12 4.3, ISO 23008-12 annex B
_ENVELOPED = (  # the object identifiers of what is encrypted
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03",
    b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17",
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
# a page without a head, as programs and web forms export it
_FRAGMENT = re.compile(
    rb"\s*<(?:p|div|span|table|font|style|center|br|hr|ul|ol|h[1-6]|b|i|u|strong|em|img|a|o:p)"
    rb"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_CLOSED = re.compile(rb"</[a-z][a-z0-9:]{0,20}>|<br", re.IGNORECASE)
# RFC 2557, as Word and browsers save it
_SAVED_PAGE = re.compile(rb"^content-type:\s*multipart/related\b", re.I | re.M)


# What a content alone leaves open, and the name tells: (kind, ending) -> kind.
_NAMED = {
    ("pages", "key"): "keynote",
    ("pages", "numbers"): "numbers",
    ("wmv", "wma"): "wma",
    ("unknown", "webloc"): "shortcut",
}


def detect_kind(head: bytes, load: Callable[[], bytes] | None = None, name: str = "") -> str:
    """The kind of the file that begins with `head` (the first 4 KB, or all of it).

    `load` gives the whole file: without it a zip is just "zip" and an OLE file just "ole". `name`
    decides only between texts (of a mail in .eml less is asked) and kinds that share their content.
    """
    kind = _by_content(head, load, name)
    return _NAMED.get((kind, name.lower().rpartition(".")[2]), kind)


def _by_content(head: bytes, load: Callable[[], bytes] | None, name: str) -> str:
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return container.detect_zip_kind(load()) if load else "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return container.detect_ole_kind(load()) if load else "ole"
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    return _boxed(head) or _tiff(head) or _other(head) or _text(head, name, load)


def choose_smime(octets: bytes) -> ReasonCode:
    """Why an S/MIME wrapping is not read: encrypted by its content (RFC 5652, 6.1; RFC 5083, 2.1),
    not by what its type says; else it may lie open."""
    encrypted = any(name in octets[:100] for name in _ENVELOPED)
    return ReasonCode.SMIME_ENCRYPTED if encrypted else ReasonCode.SMIME_WRAPPED


def extension_of(found: str) -> str:
    """The usual file extension of a kind, without the dot."""
    return EXTENSIONS.get(found, found)


def _boxed(head: bytes) -> str:
    """RIFF (WebP, AVI) and ISO base media files (HEIC, AVIF, MP4, QuickTime)."""
    if head[:4] == b"RIFF":
        if head[8:11] in (b"CDR", b"cdr"):
            return "corel"
        return {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav"}.get(head[8:12], "")
    if not head or head[0] > 8:  # a box of over 128 MB: rather four letters of a text
        return ""
    if head[4:8] == b"ftyp":
        size = min(int.from_bytes(head[:4], "big"), 256)
        brands = [head[8:12], *(head[at : at + 4] for at in range(16, max(16, size - 3), 4))]
        if head[8:12] == b"mif3":  # minimised: the minor version names the codec
            brands.append(head[12:16])
        if head[8:12] in (b"M4A ", b"M4B "):
            return "m4a"
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
    # Nikon NEF, Sony ARW, Pentax PEF: the first directory is a reduced picture, the raw one a
    # SubIFD of it.
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
    if head[257:262] == b"ustar":
        return "tar"
    if re.match(rb"..-lh[0-9d]-", head, re.DOTALL):
        return "lzh"
    start = head[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{\\rt"):
        return "rtf"
    return ""


def _text(head: bytes, name: str, load: Callable[[], bytes] | None) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) & ~1].decode("utf-16", "replace").encode("utf-8", "replace")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    found = _marked_up(start)
    if found:
        return found
    if _is_binary(head):
        return "unknown"
    if pointer := _pointer(start, name.lower()):
        return pointer
    if is_mail(head, load, name):
        return "mail"
    saved = start[:13].lower() == b"mime-version:" or b"<Saved by " in start[:100]
    return "mhtml" if saved and _SAVED_PAGE.search(head) else "text"


def _pointer(start: bytes, name: str) -> str:
    """A text that only tells where something is: Google's stub of a document, a shortcut."""
    if start.startswith((b"[InternetShortcut]", b"[Desktop Entry]")):
        return "shortcut"
    if name.endswith(".webloc") and b"<key>URL</key>" in start:
        return "shortcut"
    if not start.startswith(b"{") or name.endswith(".json"):
        return ""
    is_stub = b'"doc_id"' in start or b"//docs.google.com/" in start or name.endswith(".gdoc")
    if is_stub and name.endswith((".gsheet", ".gslides", ".gform", ".gdraw")):
        return "shortcut"
    return "gdoc" if is_stub else ""


def _marked_up(start: bytes) -> str:
    """Texts that say what they are in their first words."""
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return "calendar"
    if start[:11].upper() == b"BEGIN:VCARD":
        return "vcard"
    if not start.startswith(b"<"):
        return ""
    if b"office/2006/xmlPackage" in start:  # a whole package in one file
        return "pptx" if b'progid="PowerPoint' in start else "docx"
    if b"schemas.microsoft.com/office/word/2003/wordml" in start:
        return "wordml"
    if b"oasis:names:tc:opendocument:xmlns:office" in start and b"<office:document" in start:
        return "fodt" if b"opendocument.text" in start else "package"
    if re.match(rb"(?:<[?!][^>]*>\s*)*<(?:\w+:)?svg[\s>]", start):
        return "svg"
    if _HTML.match(start) or (_FRAGMENT.match(start) and _CLOSED.search(start)):
        return "html"
    return ""


def _is_binary(head: bytes) -> bool:
    """NUL, or more than one control character in thirty: no text that a person wrote."""
    controls = len(head) - len(head.translate(None, bytes(set(range(32)) - {9, 10, 12, 13, 27})))
    return b"\x00" in head or controls * 30 > len(head)
