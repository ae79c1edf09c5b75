"""Width and height from a picture's header, without decoding it: enough to tell a signature's
logo from a photo."""

import struct


def read_size(octets: bytes) -> tuple[int, int]:
    """(width, height) of a JPEG, PNG, GIF, BMP or WebP; (0, 0) when its header does not say."""
    try:
        if octets.startswith(b"\x89PNG") and octets[12:16] == b"IHDR":
            width, height = struct.unpack(">II", octets[16:24])
        elif octets.startswith(b"GIF8"):
            width, height = struct.unpack("<HH", octets[6:10])
        elif octets.startswith(b"BM"):
            width, height = struct.unpack("<ii", octets[18:26])
        elif octets.startswith(b"\xff\xd8"):
            return _jpeg(octets)
        elif octets[:4] == b"RIFF" and octets[8:12] == b"WEBP":
            return _webp(octets)
        else:
            return 0, 0
    except struct.error:
        return 0, 0
    return abs(width), abs(height)


def _jpeg(octets: bytes) -> tuple[int, int]:
    """The first frame header (ITU-T T.81, B.2.2), at most 1,000 segments in."""
    at = 2
    for _ in range(1000):
        at = octets.find(b"\xff", at)
        if at < 0:
            break
        marker = octets[at + 1 : at + 2]
        if marker == b"\xff":
            at += 1
        elif not marker or marker in b"\xd9\xda":
            break
        elif marker == b"\x01" or b"\xd0" <= marker <= b"\xd8" or marker == b"\x00":
            at += 2
        elif b"\xc0" <= marker <= b"\xcf" and marker not in b"\xc4\xc8\xcc":
            height, width = struct.unpack(">HH", octets[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + int(struct.unpack(">H", octets[at + 2 : at + 4])[0])
    return 0, 0


def _webp(octets: bytes) -> tuple[int, int]:
    """RFC 9649: VP8X, VP8L or VP8."""
    chunk = octets[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(octets[24:27], "little"), 1 + int.from_bytes(
            octets[27:30], "little"
        )
    if chunk == b"VP8L":
        bits = struct.unpack("<I", octets[21:25])[0]
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", octets[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0
