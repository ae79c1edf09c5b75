"""Zip archives of photos and articles, unpacked within bounds that are counted while inflating.

Entries are counted before `zipfile` reads the directory, sizes and ratios judged before anything is
inflated (ingest.read.files.archive_bombs). Only stored and deflated members are opened (LZMA lets the sender choose how much memory
we need).
"""

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO

from msgspec import Struct

from ingest.read.files.archive_bombs import is_too_much, refuse_bomb, refuse_endless
from ingest.read.mail import charset
from redaksi.errors import Hostile, Unreadable
from redaksi.limits import MB, Safety
from redaksi.reasons import Reason, ReasonCode, explain

_SYSTEM = re.compile(
    r"(?:.*/)?(?:__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)", re.IGNORECASE
)
_CHUNK = 1 << 16
_ENTRY = 46  # octets of a central header without its names (APPNOTE 4.3.12)
_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError,
           RuntimeError, OverflowError, IndexError)  # fmt: skip  # what zipfile raises for a damaged archive


class Member(Struct, frozen=True, kw_only=True):
    """One file of an archive, as its bytes came out. `octets` is None when it is not looked at:
    `refused` says why."""

    name: str
    size: int
    load: Callable[[], bytes]
    octets: bytes | None = None
    sha256: str = ""  # of those that are not looked at
    refused: Reason | None = None
    system: bool = False  # what macOS or Windows put there, not a person


class Room(Struct, kw_only=True):
    """What is left of a parcel's bounds on unpacking; archives in archives and several archives
    share it."""

    files: int
    octets: int
    entries: int  # of directories, folders among them


def make_room(safety: Safety) -> Room:
    """The bounds of one parcel."""
    return Room(
        files=safety.max_archive_files,
        octets=safety.max_unpacked,
        entries=safety.max_archive_files * 10,
    )


def read_entries(octets: bytes, safety: Safety, left: Room) -> tuple[zipfile.ZipInfo, ...]:
    """The files of a zip in the order of its directory, after every bound has been kept.

    Sizes are those of the directory: `zipfile` never gives more than they say, so a lie makes a
    damaged member, not a bomb. Raises Hostile when the archive breaks a bound, Unreadable when it
    is encrypted, damaged or packed in a way that is not opened.
    """
    _count(octets, safety, left)
    try:
        with zipfile.ZipFile(BytesIO(octets)) as archive:
            found = tuple(entry for entry in archive.infolist() if not entry.is_dir())
    except _FAULTS as fault:
        raise Unreadable("zip", ReasonCode.ARCHIVE_DAMAGED) from fault
    refuse_bomb(octets, found, safety, left.octets)
    if len(found) > left.files:
        raise Hostile("zip", ReasonCode.ARCHIVE_FILES_LIMIT, most=safety.max_archive_files)
    for entry in found:
        _openable(entry, len(octets))
    if is_too_much(found, safety, left.octets):  # though nothing bears it out
        raise Unreadable("zip", ReasonCode.ARCHIVE_DAMAGED)
    left.files -= len(found)
    left.octets -= sum(entry.file_size for entry in found)
    return found


def walk_members(
    octets: bytes, load: Callable[[], bytes], found: Iterable[zipfile.ZipInfo], most: int
) -> Iterator[Member]:
    """The files of an archive, inflated one at a time. `load` gives `octets` anew: what a Member
    holds on to.

    A member over `most` octets is hashed and not kept; one that is damaged is refused without harm
    to the others.
    """
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        for entry in found:
            try:
                yield _member(archive, entry, load, most)
            except _FAULTS:
                yield Member(
                    name=_name(entry),
                    size=0,
                    load=bytes,
                    sha256=hashlib.sha256().hexdigest(),
                    refused=explain(ReasonCode.DAMAGED_IN_ARCHIVE),
                )


def is_hollow(found: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether an archive holds nothing that its sender put there."""
    return all(map(_is_system, found))


def _is_system(entry: zipfile.ZipInfo) -> bool:
    return _SYSTEM.fullmatch(entry.filename) is not None


def _count(octets: bytes, safety: Safety, left: Room) -> None:
    """Refuse a directory that could name too many files before it is read."""
    end = octets.rfind(b"PK\x05\x06")
    size = (
        struct.unpack("<I", octets[end + 12 : end + 16])[0] if 0 <= end <= len(octets) - 22 else 0
    )
    named = struct.unpack("<H", octets[end + 10 : end + 12])[0] if size else 0
    # Folders have entries too, and names are long: generous, yet bounded. A count that lies is
    # bounded by the size.
    left.entries -= max(named, size // (_ENTRY + 500))
    if left.entries < 0:
        refuse_endless(octets, safety)
        raise Hostile("zip", ReasonCode.ARCHIVE_FILES_LIMIT, most=safety.max_archive_files)


def _openable(entry: zipfile.ZipInfo, length: int) -> None:
    if entry.flag_bits & 0x1:
        raise Unreadable("zip", ReasonCode.ARCHIVE_ENCRYPTED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("zip", ReasonCode.ARCHIVE_METHOD, method=entry.compress_type)
    if entry.compress_size > length:
        raise Unreadable("zip", ReasonCode.ARCHIVE_DAMAGED)


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, load: Callable[[], bytes], most: int
) -> Member:
    again = _again(load, entry)
    system = _is_system(entry)
    with archive.open(entry) as stream:
        if entry.file_size <= most:
            octets = stream.read(entry.file_size)  # without the bound it would inflate all there is
            return Member(
                name=_name(entry), size=len(octets), load=again, octets=octets, system=system
            )
        digest = hashlib.sha256()
        size = 0
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    refused = explain(ReasonCode.FILE_LIMIT, most=most // MB)
    return Member(
        name=_name(entry), size=size, load=again, sha256=digest.hexdigest(), refused=refused
    )


def _again(whole: Callable[[], bytes], entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    """What gives a member's octets anew."""

    def load() -> bytes:
        with zipfile.ZipFile(BytesIO(whole())) as archive, archive.open(entry) as stream:
            return stream.read(entry.file_size)

    return load


def _name(entry: zipfile.ZipInfo) -> str:
    """A member's path: UTF-8 where the flag or the octets say so, else what cp437 gives (APPNOTE
    D.1)."""
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename
    try:
        octets = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    decoded = charset.decode_unlabelled(octets)
    return decoded if decoded.encode("utf-8", "replace") == octets else entry.filename
