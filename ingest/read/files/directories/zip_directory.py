"""The central directory of a zip (APPNOTE 6.3.10, 4.3.12 to 4.3.16), walked entry by entry. Linear,
whatever it says: a count that is declared moves nothing."""

import struct

from ingest.read.files.directories.entry import Mark, Walk

_END, _HEADER = b"PK\x05\x06", b"PK\x01\x02"
_LOCATOR64, _END64 = b"PK\x06\x07", b"PK\x06\x06"
_MOST_COMMENT = 65_535
_END_SIZE, _HEADER_SIZE, _LOCATOR_SIZE, _END64_SIZE = 22, 46, 20, 56
_IN_EXTRA = 0xFFFF_FFFF  # a size that stands in the extra field (4.5.3)
_MOST_FIELDS = 20  # of an extra field that are looked at


def walk_zip(octets: bytes) -> Walk | None:
    """None where there is no directory."""
    end = octets.rfind(_END, max(0, len(octets) - _MOST_COMMENT - _END_SIZE))
    if end < 0 or len(octets) < end + _END_SIZE:
        return None
    declared, size, offset = struct.unpack_from("<HII", octets, end + 10)
    starts = [end - size, offset]
    wide = _find_end64(octets, end)
    if wide >= 0:
        declared, size, offset = struct.unpack_from("<QQQ", octets, wide + 32)
        starts = [wide - size, offset]
    at = next((start for start in starts if _is_header(octets, start)), end)
    return _walk(octets, at, declared)


def _find_end64(octets: bytes, end: int) -> int:
    """Where the end record of Zip64 stands (4.3.14), -1 without one."""
    locator = end - _LOCATOR_SIZE
    if locator < 0 or octets[locator : locator + 4] != _LOCATOR64:
        return -1
    claimed = int(struct.unpack_from("<Q", octets, locator + 8)[0])
    places = (
        claimed,
        locator - _END64_SIZE,
    )  # the second where something stands before the archive
    return next(
        (
            at
            for at in places
            if 0 <= at <= len(octets) - _END64_SIZE and octets[at : at + 4] == _END64
        ),
        -1,
    )


def _is_header(octets: bytes, at: int) -> bool:
    return 0 <= at <= len(octets) - _HEADER_SIZE and octets[at : at + 4] == _HEADER


def _walk(octets: bytes, at: int, declared: int) -> Walk:
    count = 0
    while _is_header(octets, at):
        (size,) = struct.unpack_from("<I", octets, at + 24)
        name, extra, comment = struct.unpack_from("<HHH", octets, at + 28)
        behind = at + _HEADER_SIZE + name
        if size == _IN_EXTRA:
            size = _read_wide(octets, behind, behind + extra)
        yield octets[at + _HEADER_SIZE : behind], size
        count += 1
        at = behind + extra + comment
    if count == declared:
        yield Mark.END


def _read_wide(octets: bytes, at: int, end: int) -> int:
    """The size in a Zip64 extra field, where it stands first."""
    for _ in range(_MOST_FIELDS):
        if at + 12 > min(end, len(octets)):
            break
        tag, length = struct.unpack_from("<HH", octets, at)
        if tag == 1 and length >= 8:
            return int(struct.unpack_from("<Q", octets, at + 4)[0])
        at += 4 + length
    return _IN_EXTRA
