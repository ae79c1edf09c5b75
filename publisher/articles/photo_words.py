"""The words of a photo, inside the JPEG that readers get: XMP (ISO 16684-1; IPTC Photo Metadata 2023.2)
and beside it IPTC-IIM 4.2 for what reads nothing else. A JPEG of ours goes in and comes out with two
segments more; no pixel is looked at.
"""

import hashlib
import re
import struct
from collections.abc import Iterator
from xml.sax.saxutils import escape

from msgspec import Struct

from publisher.articles.edition import Edition, EditionPhoto
from redaksi.text import clean

MOST_WORDS = 48 * 1024  # bytes of both segments at most
_LONGEST_CAPTION, _LONGEST_LINE = 6000, 500  # characters; XMP takes 64 KB, and "&" five bytes of it
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_PHOTOSHOP = b"Photoshop 3.0\x008BIM\x04\x04\0\0"  # the image resource that holds the records
_UTF8 = b"\x1b%G"
_VERSION = b"\0\x04"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}
_NO_XML = re.compile("[\ufffe\uffff]")  # of what is cleaned; XML 1.0, 2.2
_FOTO = re.compile(r"(?:foto|photo)\s{0,3}:\s{0,3}", re.IGNORECASE)


class PhotoWords(Struct, frozen=True, kw_only=True):
    """What a photo says of itself; "" is not written."""

    caption: str = ""
    byline: str = ""
    credit: str = ""
    rights: str = ""
    alt: str = ""


def gather_words(edition: Edition, photo: EditionPhoto) -> PhotoWords:
    """The words of an edition's photo, cleaned. Who took it is who the credit names first ("Foto:
    Budi/Redaksi Warta"), else the article's author; theirs are the rights too."""
    credit = _clean(photo.credit)
    owners = _FOTO.sub("", credit, count=1) or _clean(edition.byline.name)
    return PhotoWords(
        caption=_clean(photo.caption, _LONGEST_CAPTION),
        byline=owners.partition("/")[0].strip(),
        credit=credit,
        rights=f"© {owners}" if owners else "",
        alt=_clean(photo.alt),
    )


def insert_words(jpeg: bytes, words: PhotoWords) -> bytes:
    """The JPEG with the words inside, behind SOI and JFIF's own segment (ITU-T T.871, 10.1). It is
    one without any (desk.sandbox.trust.jpeg_walk)."""
    at = 2
    if jpeg[2:4] == b"\xff\xe0":
        at = 4 + int.from_bytes(jpeg[4:6], "big")
    return jpeg[:at] + _make_segments(words) + jpeg[at:]


def name_words(words: PhotoWords) -> str:
    """64 hex digits that are the same for the same words, written the same way."""
    return hashlib.sha256(_make_segments(words)).hexdigest()


def cut_octets(text: str, most: int) -> bytes:
    """UTF-8 of at most so many octets, cut between characters."""
    return text.encode()[:most].decode(errors="ignore").encode()


def _clean(text: str, most: int = _LONGEST_LINE) -> str:
    return clean.line(_NO_XML.sub("", clean.prose(text)), most)


def _make_segments(words: PhotoWords) -> bytes:
    return _segment(0xE1, _XMP + _write_xmp(words)) + _segment(0xED, _write_iim(words))


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


# ── IPTC-IIM ──────────────────────────────────────────────────────────────────────────────────────


def _write_iim(words: PhotoWords) -> bytes:
    """Photoshop's image resource with the records."""
    records = b"".join(_list_datasets(words))
    return _PHOTOSHOP + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)


def _list_datasets(words: PhotoWords) -> Iterator[bytes]:
    """In their order (IIM 4.2, 1.5, 1.6): 1:90 first, then record 2 by number, each once and no
    longer than it may be."""
    yield _dataset(1, 90, _UTF8)
    yield _dataset(2, 0, _VERSION)
    for number, text, most in (
        (80, words.byline, 32),
        (110, words.credit, 32),
        (116, words.rights, 128),
        (120, words.caption, 2000),
    ):
        if text:
            yield _dataset(2, number, cut_octets(text, most))


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


# ── XMP ───────────────────────────────────────────────────────────────────────────────────────────


def _write_xmp(words: PhotoWords) -> bytes:
    named = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{named}>{"".join(_list_properties(words))}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _list_properties(words: PhotoWords) -> Iterator[str]:
    yield _write_property("dc:creator", "Seq", "", words.byline)
    for name, text in (
        ("dc:description", words.caption),
        ("dc:rights", words.rights),
        ("Iptc4xmpCore:AltTextAccessibility", words.alt),
    ):
        yield _write_property(name, "Alt", ' xml:lang="x-default"', text)
    if words.credit:
        yield f"<photoshop:Credit>{escape(words.credit)}</photoshop:Credit>"


def _write_property(name: str, array: str, language: str, text: str) -> str:
    """One whose value is an array of one item."""
    if not text:
        return ""
    item = f"<rdf:li{language}>{escape(text)}</rdf:li>"
    return f"<{name}><rdf:{array}>{item}</rdf:{array}></{name}>"
