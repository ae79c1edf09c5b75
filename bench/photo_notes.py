"""How often each note on a photo is right and wrong (docs/photo-notes.md): on camera-like pictures
made here (a seed, the same bytes) and on the photos of the corpus, where there is one.

Every picture is written as a JPEG of a camera's size and measured on what the one decode hands to
the notes: 1,200 to 1,600 pixels, at one of libjpeg's own scales. A figure is the share of the pictures that get the note, `n` of them in the last column.
"""

import io
import itertools
import os
import random
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from ingest.read.photo.derivatives import Shown
from ingest.read.photo.formats import look
from ingest.read.photo.looks.drawing import looks_drawn
from ingest.read.photo.looks.notes import (
    MOST_BRIGHT,
    SOFT,
    is_messenger_copy,
    measure_burnt,
    measure_sharpness,
)
from ingest.read.photo.perceptual_hash import hash_picture
from ingest.read.photo.picture import look_at
from redaksi.likeness import ALIKE, is_alike, measure_distance
from redaksi.limits import Safety
from redaksi.model import Photo

Row = tuple[str, float, str]
Picture = Image.Image
_SCENES = 20
_SIZE = (2400, 1800)  # as taken: decoded to 1200 x 900
_TURNED = ("landscape", "portrait")
_BLUR = _SIZE[0] / 1600  # a radius is told in pixels of 1600
_COPY = (1600, 1200)
_EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"


def scene(seed: int) -> Picture:
    """What a camera might see: light over a wide range of scales, things with edges, grain."""
    chance = random.Random(seed)
    width, height = _SIZE
    image = Image.new("RGB", _SIZE, (120, 120, 120))
    for cells, weight in ((4, 0.6), (9, 0.45), (25, 0.35), (70, 0.25), (200, 0.2), (500, 0.15)):
        rough = cells, max(3, cells * 3 // 4)
        layer = Image.frombytes("RGB", rough, chance.randbytes(3 * rough[0] * rough[1]))
        image = Image.blend(image, layer.resize(_SIZE, Image.Resampling.BICUBIC), weight)
    image = ImageEnhance.Contrast(image).enhance(2.0)
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        left, top = chance.randrange(width), chance.randrange(height)
        box = (left, top, left + chance.randrange(20, 300), top + chance.randrange(20, 250))
        colour = tuple(chance.randrange(20, 225) for _ in range(3))
        chance.choice((draw.rectangle, draw.ellipse))(box, fill=colour)
    grain = Image.frombytes("L", _SIZE, chance.randbytes(width * height)).convert("RGB")
    return Image.blend(image, grain, 0.04)


def saved(image: Picture, quality: int, *, exif: bool = False) -> bytes:
    """As JPEG."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, **({"exif": _EXIF} if exif else {}))
    return target.getvalue()


def again(image: Picture, quality: int) -> Picture:
    """Compressed and opened again."""
    return Image.open(io.BytesIO(saved(image, quality)))


def show(content: bytes) -> Shown:
    """What the one decode of a file hands to the notes."""
    shown = look_at(content, "", Safety()).shown
    assert shown is not None
    return shown


def take(image: Picture) -> Shown:
    """The same of a picture as a camera writes it."""
    return show(saved(image, 90))


def hash_taken(image: Picture) -> str:
    return hash_picture(take(image).reduced)


def narrow(image: Picture, width: int) -> Picture:
    return image.resize((width, width * image.height // image.width), Image.Resampling.LANCZOS)


def blurred(radius: float) -> Callable[[Picture], Picture]:
    return lambda image: image.filter(ImageFilter.GaussianBlur(radius * _BLUR))


def focused(image: Picture) -> Picture:
    """A sharp subject in a quarter of the picture, everything else far out of focus."""
    width, height = image.size
    soft = blurred(12)(image)
    box = (width // 4, height // 4, width * 3 // 4, height * 3 // 4)
    soft.paste(image.crop(box), box)
    return soft


def brighter(factor: float) -> Callable[[Picture], Picture]:
    return lambda image: ImageEnhance.Brightness(image).enhance(factor)


def cut(share: float) -> Callable[[Picture], Picture]:
    """Without so much of its width on the left and right, and of its height above and below."""

    def change(image: Picture) -> Picture:
        across, down = round(image.width * share), round(image.height * share)
        return image.crop((across, down, image.width - across, image.height - down))

    return change


def backlit(image: Picture) -> Picture:
    """A white sky over the upper seventh."""
    lit = image.copy()
    lit.paste((255, 255, 255), (0, 0, lit.width, lit.height // 7))
    return lit


def share(found: Iterable[bool], against: str) -> tuple[float, str]:
    """(share that is true, with how many)."""
    every = list(found)
    return sum(every) / max(1, len(every)), f"{against}, n = {len(every)}"


def rows() -> list[Row]:
    """Every note, on what deserves it and on what does not."""
    scenes = [scene(seed) for seed in range(_SCENES)]
    made = [*_messenger(scenes), *_sharpness(scenes), *_burnt(scenes), *_likeness(scenes)]
    made += _drawn(scenes)
    if folder := os.environ.get("REDAKSI_CORPUS"):
        made += _corpus(Path(folder) / "photo")
    return made


def _messenger(scenes: list[Picture]) -> Iterator[Row]:
    def flagged(image: Picture, quality: int, *, exif: bool = False) -> bool:
        photo = Photo(name="a.jpg", kind="jpeg", sha256="", width=image.width, height=image.height)
        return is_messenger_copy(saved(image, quality, exif=exif), photo)

    for width, quality in ((1600, 75), (1600, 70), (1280, 75), (1024, 60), (1600, 80)):
        found = share((flagged(narrow(i, width), quality) for i in scenes), "copies")
        yield f"messenger copy: {width} px, quality {quality}", *found
    for quality in (85, 90, 95):
        found = share((flagged(narrow(i, 1600), quality) for i in scenes), "no copies")
        yield f"messenger copy: edited, 1600 px, quality {quality}", *found
    found = share((flagged(narrow(i, 1600), 75, exif=True) for i in scenes), "no copies")
    yield "messenger copy: a camera's small file with EXIF", *found
    large = (flagged(i.resize((3200, 2400)), 70) for i in scenes)
    yield "messenger copy: 3200 px, quality 70", *share(large, "no copies")


def _sharpness(scenes: list[Picture]) -> Iterator[Row]:
    def flagged(image: Picture) -> bool:
        return measure_sharpness(take(image).screen) < SOFT

    for radius in (3, 4, 6, 10):
        found = share((flagged(blurred(radius)(i)) for i in scenes), "blurred")
        yield f"not sharp: blurred by {radius} px of 1600", *found
    kinds: tuple[tuple[str, Callable[[Picture], Picture]], ...] = (
        ("as taken", lambda i: i),
        ("as taken, 1600 px", lambda i: narrow(i, 1600)),
        ("as taken, 800 px", lambda i: narrow(i, 800)),
        ("sharp in a quarter, the rest blurred by 12", focused),
        ("quality 60", lambda i: again(i, 60)),
        ("dark (a third of the light)", brighter(0.33)),
        ("slightly soft (1 px)", blurred(1)),
    )
    for name, change in kinds:
        yield f"not sharp: {name}", *share((flagged(change(i)) for i in scenes), "sharp")


def _burnt(scenes: list[Picture]) -> Iterator[Row]:
    def flagged(image: Picture) -> bool:
        return measure_burnt(take(image).screen) > MOST_BRIGHT

    for factor in (2.0, 2.5, 3.0):
        found = share((flagged(brighter(factor)(i)) for i in scenes), "overexposed")
        yield f"burnt out: {factor} times the light", *found
    for name, change in (("as taken", brighter(1.0)), ("bright", brighter(1.3)), ("sky", backlit)):
        yield f"burnt out: {name}", *share((flagged(change(i)) for i in scenes), "well exposed")


def _likeness(scenes: list[Picture]) -> Iterator[Row]:
    hashes = [hash_taken(i) for i in scenes]
    changes: tuple[tuple[str, Callable[[Picture], Picture]], ...] = (
        ("480 px, quality 82", lambda i: again(narrow(i, 480), 82)),
        ("1600 px, quality 70", lambda i: again(narrow(i, 1600), 70)),
        ("320 px, quality 40", lambda i: again(narrow(i, 320), 40)),
        ("brighter by a fifth", brighter(1.2)),
        ("darker by a fifth", brighter(0.8)),
        ("grey", lambda i: i.convert("L")),
        ("cut by 2 % on each side", cut(0.02)),
        ("cut by 10 % on each side", cut(0.1)),
    )
    for name, change in changes:
        pairs = zip(scenes, hashes, strict=True)
        yield (
            f"one picture: {name}",
            *share((is_alike(kept, hash_taken(change(i))) for i, kept in pairs), "one picture"),
        )
    yield "not comparable (little contrast)", *share((not each for each in hashes), "scenes")
    yield _different("two pictures: different scenes", hashes)


def _different(what: str, hashes: list[str]) -> Row:
    distances = [
        measure_distance(one, other)
        for one, other in itertools.combinations([each for each in hashes if each], 2)
    ]
    found, against = share((each <= ALIKE for each in distances), "different")
    return what, found, f"{against} pairs, least distance {min(distances, default=0)}"


def _drawn(scenes: list[Picture]) -> Iterator[Row]:
    logos = [_logo(seed) for seed in range(_SCENES)]
    yield "drawn: logos, PNG", *share(map(looks_drawn, logos), "drawings")
    yield "drawn: logos, JPEG", *share((looks_drawn(again(i, 85)) for i in logos), "drawings")
    yield "drawn: photos", *share((looks_drawn(again(i, 85)) for i in scenes), "photos")
    dark = (looks_drawn(again(brighter(0.15)(i), 75)) for i in scenes)
    yield "drawn: photos at night", *share(dark, "photos")


def _logo(seed: int) -> Picture:
    chance = random.Random(seed)
    image = Image.new("RGB", (600, 400), "white")
    draw = ImageDraw.Draw(image)
    for _ in range(chance.randrange(2, 8)):
        left, top = chance.randrange(500), chance.randrange(300)
        box = (left, top, left + chance.randrange(40, 300), top + chance.randrange(20, 200))
        draw.ellipse(box, fill=tuple(chance.randrange(256) for _ in range(3)))
    for at in range(40, 560, 24):  # what looks like a line of letters
        draw.rectangle((at, 370, at + chance.randrange(8, 20), 388), fill="black")
    return image


def _corpus(folder: Path) -> Iterator[Row]:
    """Photos as cameras wrote them, all of them presumably sharp and well exposed."""
    photos = []
    names = []
    for path in sorted(folder.glob("exif-samples/**/*.jp*g")):
        content = path.read_bytes()
        if (header := look(content)).kind != "jpeg" or min(header.width, header.height) < 200:
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image = Image.open(path).convert("RGB")
        except (OSError, ValueError):
            continue
        image.thumbnail(_COPY)
        photos.append((content, header, image))
        names.append(path.stem)
    shown = [show(content) for content, _, _ in photos]
    soft = (measure_sharpness(each.screen) < SOFT for each in shown)
    yield "corpus: not sharp", *share(soft, "corpus")
    burnt = (measure_burnt(each.screen) > MOST_BRIGHT for each in shown)
    yield "corpus: burnt out", *share(burnt, "corpus")
    named = [
        Photo(name="a", kind="jpeg", sha256="", width=header.width, height=header.height)
        for _, header, _ in photos
    ]
    pairs = zip(photos, named, strict=True)
    yield (
        "corpus: messenger copy",
        *share((is_messenger_copy(content, p) for (content, _, _), p in pairs), "corpus"),
    )
    yield "corpus: drawn", *share((looks_drawn(i) for _, _, i in photos), "corpus")
    yield from _corpus_likeness(
        [(n, hash_picture(s.reduced)) for n, s in zip(names, shown, strict=True)]
    )


def _corpus_likeness(named: list[tuple[str, str]]) -> Iterator[Row]:
    """Two pictures are there in each of the eight orientations: the same when upright."""
    eight = re.compile(r"(landscape|portrait)_[1-8]")
    kinds = [[h for n, h in named if n.startswith(k) and eight.fullmatch(n)] for k in _TURNED]
    alike = [is_alike(*pair) for kind in kinds for pair in itertools.combinations(kind, 2)]
    yield "corpus: one picture, turned by EXIF", *share(alike, "pairs")
    others = [kept for name, kept in named if not eight.fullmatch(name)]
    yield _different("corpus: two pictures", others)
