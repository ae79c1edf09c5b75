"""A package in one XML file ("Flat OPC", [MS-OFFMACRO2] and Word's "Word XML Document"): its parts
stand in pkg:part elements, markup as it is and the rest in base64.

The parts are cut out as bytes and put into a zip, so that one reader, with its limits, sees both.
"""

import binascii
import io
import re
import zipfile
from html import unescape

from ingest.read.document.ooxml.package import check_markup

_MARK = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_PART = re.compile(rb"<pkg:part\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb'\bpkg:(name|contentType)="([^"<>]*)"')
_INSIDE = re.compile(rb"\s*<pkg:(xmlData|binaryData)(?:\s[^<>]*)?>")
_MOST_PARTS = 4000
_TYPES = "[Content_Types].xml"


def unfold(content: bytes) -> bytes:
    """A zip of the parts of a flat package; any other content as it is.

    Raises Unreadable for an encoding no package may have, and Hostile for a document type.
    """
    head = content[:4096].replace(b"\0", b"")
    if content[:2] == b"PK" or _MARK not in head:
        return content
    markup = check_markup(content, "package")
    types = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, kind, part in _parts(markup):
            types.append(f'<Override PartName="{name}" ContentType="{kind}"/>')
            package.writestr(zipfile.ZipInfo(unescape(name).lstrip("/")), part)
        package.writestr(zipfile.ZipInfo(_TYPES), f"<Types>{''.join(types)}</Types>")
    return buffer.getvalue()


def _parts(markup: bytes) -> list[tuple[str, str, bytes]]:
    """(name, content type, bytes) of each part; a name that comes again is left out."""
    found: dict[str, tuple[str, str, bytes]] = {}
    for opening in _PART.finditer(markup):
        if len(found) >= _MOST_PARTS:
            break
        stated = {key: value.decode("utf-8", "replace") for key, value in _stated(opening[1])}
        inside = _INSIDE.match(markup, opening.end())
        if inside is None or "name" not in stated:
            continue
        end = markup.find(b"</pkg:" + inside[1] + b">", inside.end())
        part = markup[inside.end() : end if end >= 0 else len(markup)]
        if inside[1] == b"binaryData":
            part = _decoded(part)
        name = stated["name"]
        found.setdefault(name.casefold(), (name, stated.get("contentType", ""), part))
    return list(found.values())


def _stated(attributes: bytes) -> list[tuple[str, bytes]]:
    return [(key.decode(), value) for key, value in _ATTRIBUTE.findall(attributes)]


def _decoded(text: bytes) -> bytes:
    try:
        return binascii.a2b_base64(text)
    except binascii.Error:
        return b""
