"""Photos changed at random: one outcome each, no exception, and never an endless one."""

import random

import pytest

from ingest.read.photo.photo import read_description
from tests.unit.read_photo.pictures import (
    derive,
    exif,
    heic,
    heif,
    picture,
    read,
    saved,
    with_segment,
)

_SMALL = picture(96, 64)
_SEEDS = {
    "jpeg": with_segment(
        saved(_SMALL, "JPEG"), 0xE1, exif((0x112, 3, 1, b"\0\x06"), (0x10E, 2, 5, b"Desa\0"))
    ),
    "progressive": saved(_SMALL, "JPEG", progressive=True),
    "png": saved(_SMALL, "PNG"),
    "tiff": saved(_SMALL, "TIFF"),
    "gif": saved(_SMALL, "GIF"),
    "bmp": saved(_SMALL, "BMP"),
    "webp": saved(_SMALL, "WEBP"),
    "avif": saved(_SMALL, "AVIF", speed=10),
    "heic": heif(_SMALL),
    "heic boxes": heic(),
}


def _mutant(seed: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a piece cut out, doubled or zeroed."""
    changed = bytearray(seed)
    for _ in range(chance.randint(1, 8)):
        changed[
            chance.randrange(min(len(changed), 400) if chance.random() < 0.7 else len(changed))
        ] = chance.randrange(256)
    at, length = chance.randrange(len(changed)), chance.randrange(60)
    match chance.randrange(5):
        case 0:
            del changed[at : at + length]
        case 1:
            changed[at:at] = changed[at : at + length]
        case 2:
            changed[at : at + length] = bytes(length)
        case _:
            pass
    return bytes(changed)


@pytest.mark.parametrize("kind", _SEEDS)
def test_a_mutant_ends_in_one_outcome(kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(150):
        content = _mutant(_SEEDS[kind], chance)
        photo = read(content, kind=kind.partition(" ")[0])
        assert photo.intact == (photo.damage is None)
        assert 1 <= photo.orientation <= 8
        read_description(content)
        derive(content)
