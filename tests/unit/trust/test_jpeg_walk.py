"""What is shown to people is a JPEG of ours, as its markers tell."""

import io
import random

import pytest
from PIL import Image

from desk.sandbox.trust.jpeg_walk import walk_jpeg
from ingest.read.photo.picture import look_at
from redaksi.limits import SCREEN, THUMBNAIL, Safety
from tests.unit.read_mail.mails import picture


def save(mode: str = "RGB", size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 90 if mode == "L" else None).save(out, "JPEG", **how)
    return out.getvalue()


JPEG = save()
SOF = JPEG.index(b"\xff\xc0")
SOS = JPEG.index(b"\xff\xda")
DQT = JPEG.index(b"\xff\xdb")
SEGMENT = b"\xff\xe0\x00\x04ab"


@pytest.mark.parametrize(
    "octets",
    [
        JPEG,
        save("L"),
        save(progressive=True),
        save(optimize=True, quality=30),
        save(size=(65000, 1)),
        JPEG[:DQT] + SEGMENT + JPEG[DQT:],
    ],
)
def test_what_libjpeg_writes_for_us_is_one(octets: bytes) -> None:
    with Image.open(io.BytesIO(octets)) as image:
        assert walk_jpeg(octets) == image.size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_all_that_is_made_for_people_is_one(kind: str) -> None:
    made: dict[str, bytes] = {}
    content = picture(2100, 1500, kind)
    look_at(content, "0" * 64, Safety(), lambda _, role, octets: made.update({role: octets}))
    sizes = {role: max(walk_jpeg(octets) or (0,)) for role, octets in made.items()}
    assert 0 < sizes["screen"] <= SCREEN
    assert sizes["thumbnail"] == THUMBNAIL
    assert sizes.get("jpeg", 2100) == 2100


@pytest.mark.parametrize(
    "octets",
    {
        "nothing": b"",
        "no picture": b"GIF89a" + bytes(40),
        "its two ends alone": b"\xff\xd8\xff\xd9",
        "without its end": JPEG[:-2],
        "something behind its end": JPEG + b"<script>",
        "two pictures": JPEG + JPEG,
        "cut in its data": JPEG[:-20],
        "no frame": JPEG[:SOF] + JPEG[SOF + 19 :],
        "two frames": JPEG[:SOF] + JPEG[SOF : SOF + 19] + JPEG[SOF:],
        "12 bits": JPEG[: SOF + 4] + b"\x0c" + JPEG[SOF + 5 :],
        "no height": JPEG[: SOF + 5] + b"\0\0" + JPEG[SOF + 7 :],
        "four components": JPEG[: SOF + 9] + b"\x04" + JPEG[SOF + 10 :],
        "arithmetic coding": JPEG[:SOF] + b"\xff\xc9" + JPEG[SOF + 2 :],
        "a frame behind the data": JPEG[:SOF] + JPEG[SOF + 19 : -2] + JPEG[SOF : SOF + 19] + JPEG[-2:],
        "a comment": JPEG[:DQT] + b"\xff\xfe\x00\x04ab" + JPEG[DQT:],
        "EXIF": JPEG[:DQT] + b"\xff\xe1\x00\x04ab" + JPEG[DQT:],
        "a profile": save(icc_profile=bytes(100)),
        "a segment beyond the end": JPEG[:DQT] + b"\xff\xdb\xff\xff" + JPEG[DQT + 4 :],
        "a segment of no length": JPEG[:DQT] + b"\xff\xdb\x00\x01" + JPEG[DQT + 4 :],
        "filled between segments": JPEG[:DQT] + b"\xff" + JPEG[DQT:],
        "no data": JPEG[:SOS] + b"\xff\xd9",
        "in PNG": picture(40, 30, "PNG"),
    }.values(),
)  # fmt: skip
def test_what_is_none_of_ours(octets: bytes) -> None:
    assert walk_jpeg(octets) is None


def test_whatever_the_octets_are_there_is_an_answer() -> None:
    chance = random.Random(3)
    for _ in range(3000):
        octets = bytearray(JPEG)
        for _ in range(chance.choice((1, 2, 6))):
            octets[chance.randrange(len(octets))] = chance.choice(
                (0, 1, 255, chance.randrange(256))
            )
        size = walk_jpeg(bytes(octets[: chance.choice((len(octets), chance.randrange(700)))]))
        assert size is None or all(0 < side < 65536 for side in size)


def test_markers_without_end_cost_no_more_than_their_bytes() -> None:
    assert walk_jpeg(b"\xff\xd8" + SEGMENT * 300_000) is None
    assert walk_jpeg(JPEG[:-2] + b"\xff\x00" * 1_000_000) is None
