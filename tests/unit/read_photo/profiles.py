"""ICC profiles made here (ICC.1:2001-04, version 2), and what colours they mean by arithmetic of our
own: nothing of it is asked of a colour library."""

import struct
from itertools import product

Triple = tuple[float, float, float]

# Primaries adapted to D50, the profile connection space
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
DISPLAY_P3 = (
    (0.51512, 0.24120, -0.00105),
    (0.29198, 0.69225, 0.04189),
    (0.15710, 0.06657, 0.78407),
)
D50 = (0.9642, 1.0, 0.8249)
# L*a*b* of what a press prints with full inks, cyan, magenta, yellow; what black covers is black
INKS: dict[tuple[int, int, int], Triple] = {
    (0, 0, 0): (95.0, 0.0, -2.0), (0, 0, 1): (85.0, -4.0, 60.0), (0, 1, 0): (48.0, 60.0, -3.0),
    (0, 1, 1): (50.0, 55.0, 40.0), (1, 0, 0): (60.0, -25.0, -35.0), (1, 0, 1): (52.0, -45.0, 25.0),
    (1, 1, 0): (30.0, 18.0, -40.0), (1, 1, 1): (25.0, 0.0, 0.0),
}  # fmt: skip
BLACK: Triple = (12.0, 0.0, 0.0)


def make_rgb(primaries: tuple[Triple, ...], gamma: float = 2.2) -> bytes:
    """A monitor's profile: three primaries, one curve."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    tags = {
        name: _xyz(value)
        for name, value in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)
    }
    tags |= {b"wtpt": _xyz(D50), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    return _assemble(b"mntr", b"RGB ", b"XYZ ", tags)


def make_cmyk() -> bytes:
    """A press's profile: a table of the sixteen corners of four inks."""
    corners = [BLACK if k else INKS[c, m, y] for c, m, y, k in product((0, 1), repeat=4)]
    table = bytes(
        octet
        for light, a, b in corners
        for octet in (round(light * 2.55), round(a + 128), round(b + 128))
    )
    ramp = bytes(range(256))
    matrix = b"".join(_fixed(value) for value in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    lut = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + matrix + ramp * 4 + table + ramp * 3
    return _assemble(b"prtr", b"CMYK", b"Lab ", {b"A2B0": lut, b"wtpt": _xyz(D50)})


def show_rgb(
    colour: tuple[int, int, int], primaries: tuple[Triple, ...], gamma: float = 2.2
) -> Triple:
    """sRGB's values, 0 to 255, of what `make_rgb` means."""
    linear = [(value / 255) ** gamma for value in colour]
    x, y, z = (
        sum(part * primary[axis] for part, primary in zip(linear, primaries, strict=True))
        for axis in range(3)
    )
    return _show((x, y, z))


def show_lab(lab: Triple) -> Triple:
    """sRGB's values, 0 to 255, of a colour by L*a*b* (CIE 15) under D50."""
    fy = (lab[0] + 16) / 116
    near = (fy + lab[1] / 500, fy, fy - lab[2] / 200)
    x, y, z = (
        white * (f**3 if f > 6 / 29 else 3 * (6 / 29) ** 2 * (f - 4 / 29))
        for white, f in zip(D50, near, strict=True)
    )
    return _show((x, y, z))


def _show(xyz: Triple) -> Triple:
    """IEC 61966-2-1, from D50 by Bradford's matrix."""
    rows = (
        (3.1338561, -1.6168667, -0.4906146),
        (-0.9787684, 1.9161415, 0.0334540),
        (0.0719453, -0.2289914, 1.4052427),
    )
    red, green, blue = (
        _encode(sum(factor * value for factor, value in zip(row, xyz, strict=True))) for row in rows
    )
    return red, green, blue


def _encode(linear: float) -> float:
    part = min(1.0, max(0.0, linear))
    return 255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)


def _assemble(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    name = b"made here"
    described = (
        b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name + bytes(1 + 4 + 4 + 2 + 1 + 67)
    )
    tags = {b"desc": described, b"cprt": b"text" + bytes(4) + b"none\0", **tags}
    at, table, bodies = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for signature, body in tags.items():
        table += struct.pack(">4sII", signature, at + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    head = struct.pack(
        ">I4sI4s4s4s", at + len(bodies), b"none", 0x02400000, kind, space, connection
    )
    head += struct.pack(">6H4s", 2026, 11, 1, 0, 0, 0, b"acsp") + bytes(28)
    return (head + b"".join(map(_fixed, D50))).ljust(128, b"\0") + table + bodies


def _xyz(value: Triple) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, value))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))
