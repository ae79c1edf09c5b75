"""Thumbnails and JPEG copies: upright, on white, the same bytes each time."""

import io

import pytest
from PIL import Image

from ingest.read.photo.photo import convert_to_jpeg, make_thumbnail
from redaksi.errors import Unreadable
from tests.unit.read_photo.pictures import heic, heif, picture, png_of_zeros, saved


def _opened(content: bytes | None) -> Image.Image:
    assert content is not None
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image


def _two_halves(orientation: int, kind: str) -> bytes:
    """A picture red above and blue below when upright, stored turned."""
    upright = Image.new("RGB", (400, 200), "red")
    upright.paste((0, 0, 255), (0, 100, 400, 200))
    stored = {
        1: upright,
        3: upright.rotate(180),
        6: upright.rotate(90, expand=True),
        8: upright.rotate(270, expand=True),
    }
    marks = Image.Exif()
    marks[0x112] = orientation
    if kind == "HEIC":
        return heif(stored[orientation], exif=marks.tobytes(), quality=90)
    return saved(stored[orientation], kind, exif=marks, quality=95)


def test_a_thumbnail_is_no_larger_than_asked() -> None:
    image = _opened(make_thumbnail(saved(picture(1200, 900), "JPEG"), 300))
    assert (image.format, image.size) == ("JPEG", (300, 225))


def test_a_small_photo_is_not_blown_up() -> None:
    assert _opened(make_thumbnail(saved(picture(120, 80), "PNG"))).size == (120, 80)


@pytest.mark.parametrize("make", [make_thumbnail, convert_to_jpeg])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("kind", ["JPEG", "HEIC"])
def test_pictures_are_shown_upright(kind: str, orientation: int, make: object) -> None:
    assert callable(make)
    image = _opened(make(_two_halves(orientation, kind)))
    above, below = image.getpixel((200, 20)), image.getpixel((200, 180))
    assert isinstance(above, tuple)
    assert isinstance(below, tuple)
    assert image.size == (400, 200)
    assert above[0] > 200 and above[2] < 60
    assert below[2] > 200 and below[0] < 60


def test_what_shines_through_is_white() -> None:
    clear = saved(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), "PNG")
    assert _opened(convert_to_jpeg(clear)).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode_has_a_thumbnail(mode: str) -> None:
    image = (
        picture(mode="L").convert("I").convert("I;16")
        if mode == "I;16"
        else picture().convert(mode)
    )
    kind = "TIFF" if mode in ("CMYK", "F", "I") else "PNG"
    assert _opened(make_thumbnail(saved(image, kind))).size == (320, 240)


def test_the_same_photo_gives_the_same_bytes() -> None:
    jpeg = saved(picture(), "JPEG")
    assert make_thumbnail(jpeg) == make_thumbnail(jpeg)


@pytest.mark.parametrize("content", [b"", b"nothing", heic(), saved(picture(), "JPEG")[:2000]])
def test_what_cannot_be_shown_has_no_thumbnail(content: bytes) -> None:
    assert make_thumbnail(content) is None


def test_what_cannot_be_converted_says_so() -> None:
    with pytest.raises(Unreadable):
        convert_to_jpeg(heic())


def test_too_large_a_picture_has_no_thumbnail() -> None:
    assert make_thumbnail(png_of_zeros(12_000, 6_000)) is None


@pytest.mark.parametrize("content", [saved(picture(640, 480), "WEBP"), heif(picture(640, 480))])
def test_a_webp_or_heic_becomes_a_jpeg_of_its_full_size(content: bytes) -> None:
    image = _opened(convert_to_jpeg(content))
    assert (image.format, image.size) == ("JPEG", (640, 480))
