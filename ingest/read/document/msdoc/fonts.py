"""The font table ([MS-DOC] 2.9.286 SttbfFfn, 2.9.87 FFN)."""

import struct

_NAME = 40  # offset of the name in an FFN, its first byte of size included
_MOST = 10_000


def read_font_names(sttb: bytes) -> tuple[str, ...]:
    """The fonts' names in the order in which modifiers count them; Word's stand-in names are
    left out."""
    if len(sttb) < 4:
        return ()
    count = min(struct.unpack_from("<H", sttb)[0], _MOST)
    names = []
    at = 4
    for _ in range(count):
        if at >= len(sttb):
            break
        size = sttb[at] + 1
        names.append(sttb[at + _NAME : at + size].decode("utf-16-le", "replace").split("\0", 1)[0])
        at += size
    return tuple(names)
