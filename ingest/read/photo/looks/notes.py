"""What an editor may want to know of a photo before it is printed: notes, never a reason to return
it. Nothing about people or faces.

Each threshold, with the rates at which it is right and wrong, stands in docs/photo-notes.md.
"""

from functools import partial
from itertools import islice

from msgspec.structs import replace
from PIL.Image import Image, Resampling

from ingest.read.photo.derivatives import Shown
from ingest.read.photo.jpeg import scan_jpeg
from ingest.read.photo.perceptual_hash import hash_picture
from redaksi.model import Photo

MESSENGER, NOT_SHARP, BURNT_OUT = "messenger-copy", "not-sharp", "burnt-out"
NEAR_DUPLICATE, SEEN_BEFORE = "near-duplicate", "seen-before"
OTHER_DATE, LOCATED = "other-date", "located"

LARGEST_COPY = 1600  # pixels of the longer side: messengers send no larger copies
COARSE = 29.0  # mean step of the luminance quantiser: what libjpeg writes at quality 75 and below
SOFT = 10.0  # variance of the Laplacian, in grey levels squared, of 1200 to 1600 pixels
BRIGHT, MOST_BRIGHT = 250, 0.20  # grey level from which a pixel is white; their share
_TILES = 4  # a side
_FROM_THE_MIDDLE = (5, 6, 9, 10, 1, 2, 4, 7, 8, 11, 13, 14, 0, 3, 12, 15)
_WHICH = 3  # best tile counts: a sharp subject may be small, a date printed on it smaller
_LEAST_SIDE = 200  # pixels: smaller pictures tell nothing of sharpness
_EXIF = b"Exif\0\0"
_EDGES = (-128, 127)  # what is stronger counts as that: a few glints are no sharp picture


def note_picture(photo: Photo, shown: Shown, content: bytes) -> Photo:
    """`photo` with its likeness and what there is to note of it; `content`: the file."""
    found = [
        *([MESSENGER] if is_messenger_copy(content, photo) else []),
        *([NOT_SHARP] if is_soft(shown.screen) else []),
        *([BURNT_OUT] if measure_burnt(shown.screen) > MOST_BRIGHT else []),
    ]
    notes = (*photo.notes, *(note for note in found if note not in photo.notes))
    return replace(photo, likeness=hash_picture(shown.reduced), notes=notes)


def measure_sharpness(image: Image) -> float:
    """Variance of the Laplacian, in grey, in the third-best of sixteen tiles; infinite for a picture
    too small to tell."""
    if min(image.size) < _LEAST_SIDE:
        return float("inf")
    return sorted(map(partial(_measure_tile, image), range(_TILES**2)), reverse=True)[_WHICH - 1]


def is_soft(image: Image) -> bool:
    """Whether `measure_sharpness` is below the threshold: most photos show it by their first three
    tiles. From the middle outwards."""
    if min(image.size) < _LEAST_SIDE:
        return False
    sharp = (tile for tile in _FROM_THE_MIDDLE if _measure_tile(image, tile) >= SOFT)
    return len(list(islice(sharp, _WHICH))) < _WHICH


def _measure_tile(image: Image, tile: int) -> float:
    """Variance of the Laplacian in one tile; the picture's outermost pixels have no neighbours."""
    import numpy  # noqa: PLC0415 - 0.1 s, for pictures alone

    row, column = divmod(tile, _TILES)
    width, height = image.size
    left, top = column * width // _TILES, row * height // _TILES
    right, low = (column + 1) * width // _TILES, (row + 1) * height // _TILES
    inner = max(1, left), max(1, top), min(width - 1, right), min(height - 1, low)
    around = image.crop((inner[0] - 1, inner[1] - 1, inner[2] + 1, inner[3] + 1)).convert("L")
    grey = numpy.frombuffer(around.tobytes(), numpy.uint8).reshape(around.height, around.width)
    levels = grey.astype(numpy.int16)
    edges = levels[1:-1, :-2] + levels[1:-1, 2:] + levels[:-2, 1:-1] + levels[2:, 1:-1]
    edges -= 4 * levels[1:-1, 1:-1]
    return float(numpy.clip(edges, *_EDGES).var(dtype=numpy.float32))


def measure_burnt(image: Image) -> float:
    """Share of the pixels that are white in grey, 0..1, counted in every second row and column of a
    large picture: an average of neighbours would hide what is white."""
    sampled = image
    if min(image.size) > 2 * _LEAST_SIDE:
        sampled = image.resize((image.width // 2, image.height // 2), Resampling.NEAREST)
    bright = sum(sampled.convert("L").histogram()[BRIGHT:])
    return float(bright) / max(1, sampled.width * sampled.height)


def is_messenger_copy(content: bytes, photo: Photo) -> bool:
    """A JPEG as messengers make it: small, coarse, and without what the camera wrote."""
    if photo.kind != "jpeg" or not 0 < max(photo.width, photo.height) <= LARGEST_COPY:
        return False
    return not _has_exif(content) and measure_quantiser(content) >= COARSE


def _has_exif(content: bytes) -> bool:
    return any(
        segment.marker == 0xE1 and content.startswith(_EXIF, segment.body)
        for segment in scan_jpeg(content).segments
    )


def measure_quantiser(content: bytes) -> float:
    """Mean of the 64 steps of the first luminance quantiser (T.81, B.2.4.1: table 0); 0 when
    there is none."""
    for segment in scan_jpeg(content).segments:
        if segment.marker != 0xDB:
            continue
        at = segment.body
        while at + 65 <= segment.end:
            wide, number = content[at] >> 4, content[at] & 15
            size = 128 if wide else 64
            table = content[at + 1 : min(at + 1 + size, segment.end)]
            if number == 0 and len(table) == size:
                steps = table if not wide else _pairs(table)
                return sum(steps) / 64
            at += 1 + size
    return 0.0


def _pairs(table: bytes) -> list[int]:
    return [table[i] << 8 | table[i + 1] for i in range(0, len(table), 2)]
