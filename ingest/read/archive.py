"""Zip archives of photos and articles, unpacked within bounds that are counted while inflating.

Nothing is believed of what a directory says: entries are counted before `zipfile` reads them, sizes as they come
out. Only stored and deflated members are opened (LZMA lets the sender choose how much memory we need).
"""

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import BytesIO

from msgspec import Struct

from ingest.read import charset
from redaksi.errors import Hostile, Unreadable
from redaksi.model import MB, Safety

_SYSTEM = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)", re.IGNORECASE)
_CHUNK = 1 << 16
_ENTRY = 46  # octets of a central header without its names (APPNOTE 4.3.12)
_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError,
           RuntimeError, OverflowError, IndexError)  # fmt: skip  # what zipfile raises for a damaged archive


class Member(Struct, frozen=True, kw_only=True):
    """One file of an archive, measured as its bytes came out."""

    name: str
    size: int
    load: Callable[[], bytes]
    entry: zipfile.ZipInfo
    sha256: str = ""  # of those too big to be looked at
    system: bool = False  # what macOS or Windows put there, not a person


class Room(Struct, kw_only=True):
    """What is left of a parcel's bounds on unpacking; archives in archives and several archives share it."""

    files: int
    octets: int


def room(safety: Safety) -> Room:
    """The bounds of one parcel."""
    return Room(files=safety.max_archive_files, octets=safety.max_unpacked)


def members(octets: bytes, load: Callable[[], bytes], safety: Safety, left: Room) -> tuple[Member, ...]:
    """Every file of a zip, in the order of its directory, each inflated once to be measured.

    `load` gives `octets` anew: what a Member holds on to. Raises Hostile when the archive breaks a bound, Unreadable
    when it is encrypted, damaged or packed in a way that is not opened.
    """
    _count(octets, safety)
    try:
        with zipfile.ZipFile(BytesIO(octets)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > left.files:
                raise Hostile("zip", f"more than {safety.max_archive_files} files in archives")
            left.files -= len(entries)
            for entry in entries:
                _openable(entry)
            return tuple(_member(archive, entry, load, safety, left) for entry in entries)
    except _FAULTS as fault:
        raise Unreadable("zip", "damaged archive") from fault


def contents(octets: bytes, found: Iterable[Member], most: int) -> Iterator[tuple[Member, bytes]]:
    """Each member with its octets, one at a time; b"" for those over `most`, which are not looked at."""
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        for member in found:
            if member.size > most:
                yield member, b""
            else:
                with archive.open(member.entry) as stream:
                    yield member, stream.read(member.size)


def _count(octets: bytes, safety: Safety) -> None:
    """Refuse a directory that could name too many files before it is read."""
    end = octets.rfind(b"PK\x05\x06")
    size = struct.unpack("<I", octets[end + 12 : end + 16])[0] if 0 <= end <= len(octets) - 22 else 0
    named = struct.unpack("<H", octets[end + 10 : end + 12])[0] if size else 0
    # Folders have entries too, and names are long: generous, yet bounded.
    if named > safety.max_archive_files * 10 or size > safety.max_archive_files * 10 * (_ENTRY + 500):
        raise Hostile("zip", f"more than {safety.max_archive_files} files in archives")


def _openable(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Unreadable("zip", "encrypted archive")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("zip", f"compression method {entry.compress_type} is not opened")


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, load: Callable[[], bytes], safety: Safety, left: Room
) -> Member:
    digest = hashlib.sha256() if entry.file_size > safety.max_attachment else None
    size = 0
    for chunk in _chunks(archive, entry):
        size += len(chunk)
        left.octets -= len(chunk)
        if left.octets < 0:
            raise Hostile("zip", f"zip bomb: unpacks to over {safety.max_unpacked // MB} MB")
        if size > MB and size > safety.max_ratio * max(1, entry.compress_size):
            raise Hostile("zip", f"zip bomb: a file unpacks to over {safety.max_ratio} times its size")
        if digest is not None:
            digest.update(chunk)
    return Member(
        name=_name(entry),
        size=size,
        load=partial(_again, load, entry, size),
        entry=entry,
        sha256=digest.hexdigest() if digest is not None else "",
        system=_SYSTEM.fullmatch(entry.filename) is not None,
    )


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _again(load: Callable[[], bytes], entry: zipfile.ZipInfo, size: int) -> bytes:
    """A member's octets; measured before, so no more than `size` of them."""
    with zipfile.ZipFile(BytesIO(load())) as archive, archive.open(entry) as stream:
        return stream.read(size)


def _name(entry: zipfile.ZipInfo) -> str:
    """A member's path: UTF-8 where the flag or the octets say so, else what cp437 gives (APPNOTE D.1)."""
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename
    try:
        octets = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    decoded = charset.unlabelled(octets)
    return decoded if decoded.encode("utf-8", "replace") == octets else entry.filename
