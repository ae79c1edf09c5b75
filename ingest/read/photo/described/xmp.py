"""XMP packets (ISO 16684-1): a few properties by their names. The markup is a stranger's: no
entities, no network, bounded."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from ingest.read.photo.jpeg import scan_jpeg

if TYPE_CHECKING:
    from lxml import etree

_MARKS = ((b"<x:xmpmeta", b"</x:xmpmeta>"), (b"<rdf:RDF", b"</rdf:RDF>"))
_HEADER = b"http://ns.adobe.com/xap/1.0/\0"  # of a JPEG's segment
_MOST = 256 * 1024  # bytes of a packet
_MOST_SEARCHED = 4 * 1024 * 1024  # bytes looked through for one
_MOST_ELEMENTS = 5000
_MOST_WITHIN = 50  # elements of one property: its list, and items that say nothing
_LONGEST = 1000  # characters of a value
WANTED = frozenset({"creator", "Credit", "DigitalSourceType", "DateTimeOriginal", "DateCreated"})


def read_xmp(content: bytes, kind: str, packet: bytes = b"") -> Mapping[str, str]:
    """WANTED properties by local name, the first value of each; `packet`: where a tag keeps it."""
    source = packet or _find_packet(content, kind)
    if not source or b"<!" in source:  # a document type, which no packet needs
        return {}
    from lxml import etree  # noqa: PLC0415 - comes with the first packet

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return {}
    return _read_properties(root) if root is not None else {}


def _find_packet(content: bytes, kind: str) -> bytes:
    for start, end in _MARKS:
        for begin, stop in _places(content, kind):
            at = content.find(start, begin, stop)
            behind = content.find(end, at, min(at + _MOST, stop)) if at >= 0 else -1
            if behind >= 0:
                return content[at : behind + len(end)]
    return b""


def _places(content: bytes, kind: str) -> Iterator[tuple[int, int]]:
    """Where a packet may stand: a JPEG's own segments; elsewhere anywhere near the start."""
    if kind != "jpeg":
        yield 0, min(len(content), _MOST_SEARCHED)
        return
    for segment in scan_jpeg(content).segments:
        if segment.marker == 0xE1 and content.startswith(_HEADER, segment.body):
            yield segment.body, segment.end


def _read_properties(root: "etree._Element") -> dict[str, str]:
    """Properties are elements (their own text, or the first item of a list) or attributes of a
    description (ISO 16684-1, 7.4 to 7.9)."""
    found: dict[str, str] = {}
    for number, element in enumerate(root.iter()):
        if number > _MOST_ELEMENTS:
            break
        name = _local(str(element.tag))
        if name in WANTED and name not in found and (text := _text_of(element)):
            found[name] = text
        for key, value in element.attrib.items():
            if _local(str(key)) in WANTED and (text := str(value).strip()[:_LONGEST]):
                found.setdefault(_local(str(key)), text)
    return found


def _text_of(element: "etree._Element") -> str:
    for each in islice(element.iter(), _MOST_WITHIN):
        resource = next((v for k, v in each.attrib.items() if _local(str(k)) == "resource"), "")
        if text := (each.text or "").strip() or str(resource).strip():
            return text[:_LONGEST]
    return ""


def _local(name: str) -> str:
    """Without its namespace, however it is written."""
    return name.rpartition("}")[2].rpartition(":")[2]
