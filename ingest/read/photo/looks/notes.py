"""What an editor may want to know of a photo before it is printed: notes, never a reason to return
it. Nothing about people or faces.

Each threshold, with the rates at which it is right and wrong, stands in docs/photo-notes.md.
"""

from msgspec.structs import replace
from PIL.Image import Image
from PIL.ImageFilter import Kernel
from PIL.ImageStat import Stat

from ingest.read.photo.jpeg import scan_jpeg
from ingest.read.photo.perceptual_hash import hash_picture
from redaksi.model import Photo

MESSENGER, NOT_SHARP, BURNT_OUT = "messenger-copy", "not-sharp", "burnt-out"
NEAR_DUPLICATE, SEEN_BEFORE = "near-duplicate", "seen-before"
OTHER_DATE, LOCATED = "other-date", "located"

LARGEST_COPY = 1600  # pixels of the longer side: messengers send no larger copies
COARSE = 29.0  # mean step of the luminance quantiser: what libjpeg writes at quality 75 and below
SOFT = 10.0  # variance of the Laplacian, in grey levels squared
BRIGHT, MOST_BRIGHT = 250, 0.20  # grey level from which a pixel is white; their share
_TILES = 4  # a side
_WHICH = 3  # best tile counts: a sharp subject may be small, a date printed on it smaller
_LEAST_SIDE = 200  # pixels: smaller pictures tell nothing of sharpness
_EXIF = b"Exif\0\0"
_LAPLACIAN = Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def note_picture(photo: Photo, image: Image, content: bytes) -> Photo:
    """`photo` with its likeness and what there is to note of it. `image`: upright, RGB or L, at
    most 1600 pixels a side; `content`: the file."""
    grey = image if image.mode == "L" else image.convert("L")
    found = [
        *([MESSENGER] if is_messenger_copy(content, photo) else []),
        *([NOT_SHARP] if measure_sharpness(grey) < SOFT else []),
        *([BURNT_OUT] if measure_burnt(grey) > MOST_BRIGHT else []),
    ]
    notes = (*photo.notes, *(note for note in found if note not in photo.notes))
    return replace(photo, likeness=hash_picture(grey), notes=notes)


def measure_sharpness(grey: Image) -> float:
    """Variance of the Laplacian in the third-best of sixteen tiles; infinite for a picture too
    small to tell."""
    width, height = grey.size
    if min(width, height) < _LEAST_SIDE:
        return float("inf")
    edges = grey.filter(_LAPLACIAN)
    found = []
    for row in range(_TILES):
        for column in range(_TILES):
            box = (
                max(1, column * width // _TILES),
                max(1, row * height // _TILES),
                min(width - 1, (column + 1) * width // _TILES),
                min(height - 1, (row + 1) * height // _TILES),
            )
            found.append(float(Stat(edges.crop(box)).var[0]))
    return sorted(found, reverse=True)[_WHICH - 1]


def measure_burnt(grey: Image) -> float:
    """Share of the pixels that are white, 0..1."""
    return float(sum(grey.histogram()[BRIGHT:])) / max(1, grey.width * grey.height)


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
