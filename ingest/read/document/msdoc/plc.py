"""PLCs: n + 1 positions, then n structures of one size ([MS-DOC] 2.2.2)."""

import struct


def read_plc(octets: bytes, size: int) -> tuple[tuple[int, ...], list[bytes]]:
    """The positions and the structures of a PLC whose structures have `size` bytes."""
    count = (len(octets) - 4) // (4 + size)
    if count < 1:
        return (), []
    start = 4 * (count + 1)
    return (
        struct.unpack_from(f"<{count + 1}I", octets),
        [octets[start + size * each : start + size * (each + 1)] for each in range(count)],
    )
