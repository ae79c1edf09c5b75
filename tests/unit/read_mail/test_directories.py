"""Fields of an archive's directory that few archives have: what they say is read as their formats say.
The rest: test_listing.py."""

import struct
import tarfile
from typing import Literal

import pytest

from ingest.read.budget import Budget
from ingest.read.files.listing import list_archive
from redaksi.arrival import Listing
from redaksi.limits import Safety
from tests.unit.read_mail.mails import zipped
from tests.unit.read_mail.test_listing import SMALL, listed, listing, rar4, rar5, vint, widen

TIB = 2**40
RAR5, RAR4 = rar5(end=False), rar4()[:20]  # with no file yet


def comment(octets: bytes, text: bytes) -> bytes:
    """A zip with a comment (4.3.16)."""
    return octets[:-2] + struct.pack("<H", len(text)) + text


def behind_another_field() -> bytes:
    """A size in Zip64's extra field, which stands behind a field of another kind (4.5.3)."""
    extra = struct.pack("<HH9s", 0x5455, 9, b"\3" * 9) + struct.pack("<HHQ", 1, 8, TIB)
    fixed = (20, 20, 0, 0, 0, 33, 0, 0, 2**32 - 1, 1, len(extra), *[0] * 5)
    whole = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", *fixed) + b"x" + extra
    return whole + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(whole), 0, 0)


def tar_head(form: Literal[0, 1, 2], size: int) -> bytes:
    member = tarfile.TarInfo("besar.mp4")
    member.size = size
    return member.tobuf(form)


def block5(*head: int, name: bytes = b"", packed: bytes = b"") -> bytes:
    """Of a RAR 5: a checksum, its length, what stands in it, and what is packed."""
    return bytes(4) + vint(len(head) + len(name), *head) + name + packed


def block4(kind: int, flags: int, rest: bytes = b"", packed: bytes = b"") -> bytes:
    return struct.pack("<HBHH", 0, kind, flags, 7 + len(rest)) + rest + packed


def file4(name: bytes, flags: int = 0, more: bytes = b"", packed: bytes = b"12345") -> bytes:
    """Of 9 bytes, packed in 5."""
    fixed = struct.pack("<IIBIIBBHI", 5, 9, 2, 0, 0, 29, 0x30, len(name), 32)
    return block4(0x74, 0x8000 | flags, fixed + more + name, packed)


END5, END4 = block5(5, 0, 0), block4(0x7B, 0x4000)
A5 = block5(2, 2, 5, 0, 5, 0, 0, 0, 1, name=b"a", packed=b"12345")

FIELDS: dict[str, tuple[str, bytes, Listing]] = {
    "Zip64 behind something": ("zip", b"MZ" * 99 + widen(SMALL, 2), listing(("foto.jpg", 3), ("naskah.docx", 4))),
    "a size behind another field": ("zip", behind_another_field(), listing(("x", TIB))),
    "a short comment": ("zip", comment(zipped([("a", b"")]), b"isi"), listing(("a", 0))),
    "the longest comment": ("zip", comment(zipped([("a", b"")]), b"x" * 65_535), listing(("a", 0))),
    "a size in base 256": ("tar", tar_head(tarfile.GNU_FORMAT, TIB), listing(("besar.mp4", TIB), whole=False)),
    "a size in a pax record": ("tar", tar_head(tarfile.PAX_FORMAT, TIB), listing(("besar.mp4", TIB), whole=False)),
    "a tar without its empty blocks": ("tar", tar_head(tarfile.USTAR_FORMAT, 0), listing(("besar.mp4", 0))),
    "RAR 5: of several volumes": ("rar", RAR5 + A5 + block5(5, 0, 1), listing(("a", 5), whole=False)),
    "RAR 5: with an extra area": (
        "rar",
        RAR5 + block5(2, 3, 0, 5, 0, 5, 0, 0, 0, 1, name=b"a", packed=b"12345") + END5,
        listing(("a", 5)),
    ),
    "RAR 5: with its time": ("rar", RAR5 + block5(2, 0, 2, 5, 0, 1, 1, 1, 1, 0, 0, 1, name=b"a") + END5, listing(("a", 5))),
    "RAR 5: with its checksum": ("rar", RAR5 + block5(2, 0, 4, 5, 0, 1, 1, 1, 1, 0, 0, 1, name=b"a") + END5, listing(("a", 5))),
    "RAR 5: of unknown size": ("rar", RAR5 + block5(2, 0, 8, 5, 0, 0, 0, 1, name=b"a") + END5, listing(("a", 0))),
    "RAR 5: encrypted from here on": ("rar", RAR5 + A5 + block5(4, 0) + A5 + END5, listing(("a", 5), whole=False)),
    "RAR 4: of several volumes": ("rar", RAR4 + file4(b"a") + block4(0x7B, 0x4001), listing(("a", 9), whole=False)),
    "RAR 4: without its end": ("rar", RAR4 + file4(b"a"), listing(("a", 9))),
    "RAR 4: a name in two writings": ("rar", RAR4 + file4(b"a.jpg\0xyz", 0x200) + END4, listing(("a.jpg", 9))),
    "RAR 4: beyond 4 GiB": (
        "rar",
        RAR4 + file4(b"a", 0x100, struct.pack("<II", 1, 256)) + file4(b"b") + END4,
        listing(("a", TIB + 9), whole=False),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "octets", "found"), FIELDS.values(), ids=FIELDS)
def test_what_a_directory_says_is_read_as_its_format_says(
    kind: str, octets: bytes, found: Listing
) -> None:
    assert listed(octets, kind) == found


def test_a_late_reading_lists_nothing() -> None:
    assert list_archive(SMALL, "zip", Budget(Safety(), spent=lambda: 1.0, soft=1.0)) is None
