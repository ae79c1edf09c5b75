"""The headers of a RAR archive, of version 5 (RARLAB's technical note, "RAR 5.0 archive format") and
of versions 1.5 to 4 (technote.txt of RAR 3), one after the other. Linear. Those that are encrypted
end the walk."""

import struct

from ingest.read.files.directories.entry import Mark, Walk

_MARK5, _MARK4 = b"Rar!\x1a\x07\x01\x00", b"Rar!\x1a\x07\x00"
_FILE5, _ENCRYPTED5, _END5 = 2, 4, 5
_MAIN4, _FILE4, _END4 = 0x73, 0x74, 0x7B
_MOST_HEADER = 2 * 1024 * 1024  # bytes of one of version 5
_UNKNOWN_SIZE5 = 0x8


def walk_rar(octets: bytes) -> Walk | None:
    """None where it is of no known version."""
    if octets.startswith(_MARK5):
        return _walk5(octets)
    return _walk4(octets) if octets.startswith(_MARK4) else None


# ── version 5 ─────────────────────────────────────────────────────────────────────────────────────


class _Numbers:
    """Numbers of seven bits an octet, the lowest first ("vint"). Raises IndexError behind `end`."""

    def __init__(self, octets: bytes, at: int, end: int) -> None:
        self.octets, self.at, self.end = octets, at, min(end, len(octets))

    def read(self) -> int:
        """The next number: of ten octets at most."""
        value = 0
        for shift in range(0, 70, 7):
            octet = self.read_octet()
            value |= (octet & 0x7F) << shift
            if octet < 0x80:
                return value
        raise IndexError

    def read_octet(self) -> int:
        """The next octet."""
        self.skip(1)
        return self.octets[self.at - 1]

    def skip(self, count: int) -> None:
        """Go on behind so many octets."""
        self.at += count
        if self.at > self.end:
            raise IndexError


def _walk5(octets: bytes) -> Walk:
    at = len(_MARK5)
    while at < len(octets):
        try:
            numbers = _Numbers(octets, at + 4, len(octets))  # behind a checksum
            length = numbers.read()
            end = numbers.at + length
            if not 0 < length <= _MOST_HEADER or end > len(octets):
                return
            head = _Numbers(octets, numbers.at, end)
            kind, flags = head.read(), head.read()
            if flags & 1:
                head.read()  # of its extra area
            packed = head.read() if flags & 2 else 0
            if kind == _ENCRYPTED5:
                return
            if kind == _END5:
                if not head.read() & 1:  # no further volume
                    yield Mark.END
                return
            yield _read_file5(head) if kind == _FILE5 else Mark.PASSED
        except IndexError:
            return
        at = end + packed


def _read_file5(head: _Numbers) -> tuple[bytes, int]:
    flags, size = head.read(), head.read()
    head.read()  # attributes
    head.skip((4 if flags & 2 else 0) + (4 if flags & 4 else 0))  # when it was changed, checksum
    head.read()  # how it is packed
    head.read()  # by which system
    length = head.read()
    start = head.at
    head.skip(length)
    return head.octets[start : start + length], 0 if flags & _UNKNOWN_SIZE5 else size


# ── versions 1.5 to 4 ─────────────────────────────────────────────────────────────────────────────


def _walk4(octets: bytes) -> Walk:
    at = len(_MARK4)
    while at + 7 <= len(octets):
        kind, flags, length = struct.unpack_from("<BHH", octets, at + 2)
        least = 32 if kind == _FILE4 else 11 if flags & 0x8000 else 7
        if length < least or at + length > len(octets) or (kind == _MAIN4 and flags & 0x80):
            return
        if kind == _END4:
            if not flags & 1:  # no further volume
                yield Mark.END
            return
        packed = struct.unpack_from("<I", octets, at + 7)[0] if least > 7 else 0
        if kind == _FILE4:
            name, size, high = _read_file4(octets[at : at + length], flags)
            packed += high << 32
            yield name, size
        else:
            yield Mark.PASSED
        at += length + packed
    if at == len(octets):
        yield Mark.END


def _read_file4(head: bytes, flags: int) -> tuple[bytes, int, int]:
    """Name, size, and the upper half of the packed size. Of a name in two writings the plain one."""
    (size,) = struct.unpack_from("<I", head, 11)
    (length,) = struct.unpack_from("<H", head, 26)
    start, high = 32, 0
    if flags & 0x100 and len(head) >= 40:
        high, upper = struct.unpack_from("<II", head, 32)
        size += upper << 32
        start = 40
    name = head[start : start + length]
    return name.partition(b"\0")[0] if flags & 0x200 else name, size, high
