"""AppleSingle (RFC 1740): a Macintosh file in one stream with what its desktop knows of it."""

import struct

_MAGIC = b"\x00\x05\x16\x00"
_DATA_FORK = 1
_MOST_ENTRIES = 100


def find_data_fork(octets: bytes) -> tuple[int, int] | None:
    """Where the file itself lies in the stream; None for anything else."""
    if not octets.startswith(_MAGIC) or len(octets) < 26:
        return None
    (count,) = struct.unpack(">H", octets[24:26])
    for at in range(26, 26 + 12 * min(count, _MOST_ENTRIES), 12):
        if len(octets) < at + 12:
            break
        ident, start, size = struct.unpack(">III", octets[at : at + 12])
        if ident == _DATA_FORK:
            return (start, start + size) if 0 < size <= len(octets) - start else None
    return None
