"""Camera-like JPEG and PNG files, and what befalls them on their way: seven kinds of damage at
random places, seeded. Whether the eye sees it is measured on the picture, not on the bytes."""

import io
import random
import struct
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw

from ingest.read.photo.coded.png import walk_chunks
from ingest.read.photo.jpeg import scan_jpeg

KINDS = ("truncation", "zeroed", "lost", "swapped", "flipped", "inserted", "overwritten")
MUST_SEE = ("truncation", "zeroed", "lost")
_CAMERAS: tuple[dict[str, object], ...] = (
    {"quality": 85},
    {"quality": 93, "subsampling": 0},
    {"quality": 90, "progressive": True},
    {"quality": 88, "restart_marker_rows": 1},
)
_SIDES = (1600, 1200)
_SEEN = 24  # levels that a pixel of an eighth's size must differ by
_SHARE = 0.002  # of the pixels


class Damaged(Struct, frozen=True, kw_only=True):
    """A damaged file. `starts`: the first row that differs visibly, 0..1 from the top; None where
    the eye sees nothing."""

    what: str
    content: bytes
    starts: float | None


def make_scene(width: int, height: int, seed: int) -> Image.Image:
    """Sky, ground, things of all sizes and a sensor's grain."""
    chance = random.Random(seed)
    scene = Image.new("RGB", (width, height), (128, 128, 128))
    for cells, weight in ((4, 0.6), (12, 0.4), (40, 0.25), (160, 0.12)):
        across, down = cells, max(2, cells * height // width)
        coarse = Image.frombytes("RGB", (across, down), chance.randbytes(across * down * 3))
        scene = Image.blend(scene, coarse.resize((width, height), Image.Resampling.BICUBIC), weight)
    drawing = ImageDraw.Draw(scene)
    for _ in range(30):
        x, y = chance.randrange(width), chance.randrange(height)
        right, low = x + chance.randrange(8, width // 6), y + chance.randrange(8, height // 5)
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        draw = drawing.ellipse if chance.random() < 0.5 else drawing.rectangle
        draw((x, y, right, low), fill=colour)
    grain = Image.effect_noise((width, height), 6).convert("RGB")
    return ImageChops.add(scene, grain, 1, -128)


@lru_cache(maxsize=1)
def list_cameras() -> tuple[bytes, ...]:
    """JPEG as four kinds of camera write it, of four scenes."""
    files = []
    for seed in range(4):
        scene = make_scene(*_SIDES, seed)
        for options in _CAMERAS:
            target = io.BytesIO()
            scene.save(target, "JPEG", **options)
            files.append(target.getvalue())
    return tuple(files)


@lru_cache(maxsize=1)
def list_screenshots() -> tuple[bytes, ...]:
    """PNG of two scenes."""
    files = []
    for seed in (7, 8):
        target = io.BytesIO()
        make_scene(480, 360, seed).save(target, "PNG")
        files.append(target.getvalue())
    return tuple(files)


def damage_at_random(kind: str, seed: int, sources: tuple[bytes, ...]) -> Damaged:
    """One damaged file."""
    chance = random.Random(f"{kind} {seed}")
    number = chance.randrange(len(sources))
    whole = sources[number]
    start, end = _picture_within(whole)
    content = _damage(kind, whole, chance, (start, end), sources[number - 1])
    return Damaged(
        what=f"{kind} {seed} of {number}", content=content, starts=_first_difference(whole, content)
    )


def _picture_within(content: bytes) -> tuple[int, int]:
    """Where the coded picture begins and ends."""
    if content.startswith(b"\xff\xd8"):
        scans = [s for s in scan_jpeg(content).segments if s.marker == 0xDA]
        return scans[0].body + 12, scans[-1].end
    chunks = [c for c in walk_chunks(content) if c.kind == b"IDAT"]
    return chunks[0].body, chunks[-1].end


def _damage(
    kind: str, whole: bytes, chance: random.Random, within: tuple[int, int], other: bytes
) -> bytes:
    start, end = within
    at = start + int((end - start) * chance.uniform(0.03, 0.97))
    length = min(chance.choice((512, 1024, 4096, 16384)), (end - start) // 5, end - at)
    changed = bytearray(whole)
    match kind:
        case "truncation":
            del changed[at:]
        case "zeroed":
            changed[at : at + length] = bytes(length)
        case "lost":
            del changed[at : at + length]
        case "swapped":
            first = start + int((end - start) * chance.uniform(0.03, 0.5))
            second = min(first + length + int((end - start) * chance.uniform(0, 0.2)), end - length)
            piece = changed[first : first + length]
            changed[first : first + length] = changed[second : second + length]
            changed[second : second + length] = piece
        case "flipped":
            for _ in range(chance.choice((1, 3, 10))):
                changed[start + chance.randrange(end - start)] ^= 1 << chance.randrange(8)
        case "inserted":
            changed[at:at] = chance.randbytes(chance.choice((1, 2, 16, 512)))
        case _:
            changed[at:] = other[: len(changed) - at]
    return bytes(changed)


def _first_difference(whole: bytes, damaged: bytes) -> float | None:
    """The first row, 0..1, of what an eye would see at an eighth of the size."""
    before, after = _shown(whole), _shown(damaged)
    if before is None or after is None or before.size != after.size:
        return 0.0
    differing = ImageChops.difference(before, after).convert("RGB").split()
    most = ImageChops.lighter(ImageChops.lighter(differing[0], differing[1]), differing[2])
    rows = list(_rows(most))
    if sum(rows) < _SHARE * before.width * before.height:
        return None
    first = next((y for y, seen in enumerate(rows) if seen >= max(2, before.width // 50)), None)
    return None if first is None else first / before.height


def _rows(difference: Image.Image) -> Iterator[int]:
    """How many pixels of each row differ visibly."""
    octets = difference.tobytes()
    for at in range(0, len(octets), difference.width):
        yield sum(level > _SEEN for level in octets[at : at + difference.width])


def _shown(content: bytes) -> Image.Image | None:
    """What a lenient viewer shows, at an eighth of the size; None when it shows nothing."""
    from PIL import ImageFile  # noqa: PLC0415 - its switch is turned for this call alone

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
    try:
        with Image.open(io.BytesIO(content)) as image:
            wanted = (image.width // 8, image.height // 8)
            image.draft("RGB", wanted)
            return image.convert("RGB").resize(wanted, Image.Resampling.BOX)
    except (OSError, SyntaxError, ValueError, struct.error):
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
