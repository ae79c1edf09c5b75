"""An OPC package (ECMA-376 part 2) read with care: a zip whose parts are inflated once, counted
while they grow.

Nothing is parsed before its size, ratio, markup and encoding were looked at. python-docx is not
used here: its opening alone costs more than the whole reading may.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn

from lxml import etree
from msgspec import Struct

from ingest.read.document.ooxml.names import STRICT
from redaksi.errors import Hostile, Unreadable
from redaksi.limits import MB, Safety
from redaksi.reasons import ReasonCode

MAX_ENTRIES = 4000
MAX_DEPTH = 200  # elements inside one another; libxml2 itself stops at 256
_CHUNK = 256 * 1024
_LOCAL_HEADER = 30  # bytes of a local file header before its name (APPNOTE 4.3.7)
_SMALL = 2 * MB  # a part too small to hold more elements than the walk can count at once
_LARGE = 16 * MB  # a part may be packed tighter than `max_ratio` below this size,
_DENSE = 250_000  # if it holds no more elements than this: 20,000 equal paragraphs are no attack
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SINGLE_BYTE = re.compile(r"iso-8859-\d+|windows-12\d\d|latin-?1")


class Relationship(Struct, frozen=True):
    """One row of a .rels part (part 2, 9.3): `kind` is the last word of its type, `target` a
    part name or URL."""

    kind: str
    target: str
    external: bool = False


def _bomb(code: ReasonCode, /, **facts: object) -> NoReturn:
    raise Hostile("bomb", code, **facts)


class Package:
    """The parts of one file, by name without regard to case (part 2, 10.1.2). Raises Unreadable
    and Hostile."""

    def __init__(self, content: bytes, safety: Safety) -> None:
        self.safety = safety
        self._left = safety.max_unpacked
        # other files end in a zip too: an old .doc with a theme, a program
        if content[:2] != b"PK":
            raise Unreadable("broken", ReasonCode.NOT_ZIP)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as fault:
            raise Unreadable("broken", ReasonCode.NOT_ZIP, line=fault) from fault
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            _bomb(ReasonCode.PACKAGE_ENTRIES_LIMIT, count=len(entries))
        self._refuse_overlap(entries, len(content))
        if sum(entry.file_size for entry in entries) > safety.max_unpacked:
            _bomb(ReasonCode.PACKAGE_SIZE_LIMIT, most=safety.max_unpacked // MB)
        self.entries = {_key(entry.filename): entry for entry in entries}

    @staticmethod
    def _refuse_overlap(entries: list[zipfile.ZipInfo], size: int) -> None:
        """Entries that share compressed bytes are how a small zip unpacks to petabytes."""
        end = 0
        for entry in sorted(entries, key=lambda each: each.header_offset):
            if entry.header_offset < end:
                _bomb(ReasonCode.ENTRIES_OVERLAP)
            end = entry.header_offset + _LOCAL_HEADER + len(entry.filename) + entry.compress_size
        if end > size + len(entries) * _LOCAL_HEADER:
            raise Unreadable("broken", ReasonCode.ENTRY_BEHIND_FILE)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self.entries

    def may_hash(self, name: str, most: int) -> bool:
        """May the whole part be read to be hashed: within `most`, the ratio and what is left of
        the cap?"""
        entry = self.entries.get(_key(name))
        if entry is None:
            return False
        return entry.file_size <= min(most, max(_LARGE, self._ratio_cap(entry)), self._left)

    def read(self, name: str, most: int | None = None) -> bytes | None:
        """A part's bytes, None when it is absent; `most` reads only its head. Counted against
        the package's cap."""
        entry = self.entries.get(_key(name))
        if entry is None:
            return None
        return b"".join(
            self._chunks(entry, self._limit(entry) if most is None else min(most, entry.file_size))
        )

    def _chunks(self, entry: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
        """Inflates at most `limit` bytes. The zip reader itself never gives more than the
        directory stated, and finds a wrong checksum at the end."""
        if entry.flag_bits & 1:
            raise Unreadable("encrypted", ReasonCode.ENTRIES_ENCRYPTED)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:  # part 2, 7.3.3
            raise Unreadable("broken", ReasonCode.ENTRY_METHOD, part=entry.filename)
        try:
            with self._zip.open(entry) as stream:
                while limit > 0:
                    chunk = stream.read(min(_CHUNK, limit))
                    if not chunk:
                        break
                    limit -= len(chunk)
                    self._left -= len(chunk)
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as fault:
            line = str(fault)[:120]
            raise Unreadable(
                "broken", ReasonCode.ENTRY_DAMAGED, part=entry.filename, line=line
            ) from fault

    def _markup(self, entry: zipfile.ZipInfo) -> bytes:
        """A part that is going to be parsed: elements and paragraphs are counted while it grows.
        The counts are coarse (a paragraph written for old and new Word counts twice); the walk
        counts exactly."""
        limit = self._limit(entry)
        if limit < _SMALL:
            return b"".join(self._chunks(entry, limit))
        dense = entry.file_size > self._ratio_cap(entry)
        most = min(self.safety.max_elements, _DENSE) if dense else self.safety.max_elements
        elements = paragraphs = 0
        chunks: list[bytes] = []
        for chunk in self._chunks(entry, limit):
            chunks.append(chunk)
            elements += chunk.count(b"<") - chunk.count(b"</")
            paragraphs += chunk.count(b"<w:p>") + chunk.count(b"<w:p ") + chunk.count(b"<w:p/>")
            if elements > most:
                _bomb(ReasonCode.ELEMENTS_LIMIT, part=entry.filename, most=most)
            if paragraphs > 2 * self.safety.max_paragraphs:
                _bomb(
                    ReasonCode.PART_PARAGRAPHS_LIMIT,
                    part=entry.filename,
                    most=self.safety.max_paragraphs,
                )
        return b"".join(chunks)

    def _ratio_cap(self, entry: zipfile.ZipInfo) -> int:
        return self.safety.max_ratio * max(1, entry.compress_size)

    def _limit(self, entry: zipfile.ZipInfo) -> int:
        """The size a whole part may grow to: what the directory says, if the ratio and the
        package's cap allow it."""
        if entry.file_size > max(_LARGE, self._ratio_cap(entry)):
            times = entry.file_size // max(1, entry.compress_size)
            _bomb(ReasonCode.PART_RATIO_LIMIT, part=entry.filename, times=times)
        if entry.file_size > self._left:
            _bomb(ReasonCode.PACKAGE_SIZE_LIMIT, most=self.safety.max_unpacked // MB)
        return entry.file_size

    def read_markup(self, name: str) -> bytes | None:
        """A part's markup, fit for `parse_tree`: see `check_markup`. None when the part is absent."""
        entry = self.entries.get(_key(name))
        return None if entry is None else check_markup(self._markup(entry), name)

    def read_xml(self, name: str) -> "etree._Element | None":
        """A part's root element; None when the part is absent."""
        content = self.read_markup(name)
        return None if content is None else parse_tree(content, name)

    def read_relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part ("" for the package), by id, targets made absolute (part
        2, 9.3.4)."""
        folder, name = posixpath.split(part)
        root = self.read_xml(posixpath.join(folder, "_rels", name + ".rels"))
        found: dict[str, Relationship] = {}
        for each in root if root is not None else ():
            target = each.get("Target", "")
            external = each.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[each.get("Id", "")] = Relationship(
                each.get("Type", "").rsplit("/", 1)[-1], target, external
            )
        return found


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def check_markup(content: bytes, name: str) -> bytes:
    """A part's markup as UTF-8, the strict schema's namespaces replaced by the transitional.

    UTF-8 and UTF-16 are what a package may use (part 2, 8.1.1); the single-byte encodings of
    careless writers are let through, anything that a document type could hide in is not.
    """
    content = _as_utf8(content, name)
    if b"<!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        _bomb(ReasonCode.DOCUMENT_TYPE, part=name)
    if b"purl.oclc.org/ooxml" in content[:8000]:
        for strict, transitional in STRICT:
            content = content.replace(strict, transitional)
    return content


def parse_tree(content: bytes, name: str) -> "etree._Element":
    """The root element of checked markup."""
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as fault:
        line = str(fault)  # the parser's own words
        if "depth" in line.lower():
            _bomb(ReasonCode.PART_NESTING, part=name)
        raise Unreadable(
            "broken", ReasonCode.NOT_WELL_FORMED, part=name, line=line[:120]
        ) from fault
    except (ValueError, LookupError) as fault:
        raise Unreadable("broken", ReasonCode.NOT_PARSED, part=name, line=fault) from fault


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _as_utf8(content: bytes, name: str) -> bytes:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or content[:2] in {b"<\x00", b"\x00<"}:
        codec = (
            "utf-16"
            if content[:1] in b"\xff\xfe"
            else "utf-16-le"
            if content[:1] == b"<"
            else "utf-16-be"
        )
        try:
            text = content.decode(codec)
        except UnicodeDecodeError as fault:
            raise Unreadable(
                "broken", ReasonCode.ENCODING_WRONG, part=name, encoding="UTF-16"
            ) from fault
        return _without_declaration(text)
    declared = _ENCODING.match(content[3:200] if content[:3] == b"\xef\xbb\xbf" else content[:200])
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    if encoding in {"utf-8", "utf8", "us-ascii", "ascii"}:
        return content
    if not _SINGLE_BYTE.fullmatch(encoding):
        raise Unreadable("broken", ReasonCode.ENCODING_ODD, part=name)
    try:
        return _without_declaration(content.decode(encoding))
    except (UnicodeDecodeError, LookupError) as fault:
        raise Unreadable(
            "broken", ReasonCode.ENCODING_WRONG, part=name, encoding=encoding
        ) from fault


def _without_declaration(text: str) -> bytes:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode("utf-8", "replace")
