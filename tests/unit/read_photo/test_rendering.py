"""Thumbnails and JPEG copies: upright, on white, the same bytes each time."""

import io

import pytest
from PIL import Image

from ingest.read.photo.derivatives import find_scale
from ingest.read.photo.photo import read_photo
from ingest.read.photo.picture import CONVERTED
from redaksi.limits import Safety
from tests import builders
from tests.unit.read_photo.pictures import (
    derive,
    heic,
    heif,
    picture,
    png_of_zeros,
    saved,
    swapped_profile,
)
from validators.kinds import CONVERTED as KINDS_OF_THE_RULE


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
    image = _opened(derive(saved(picture(1200, 900), "JPEG"))["thumbnail"])
    assert (image.format, image.size) == ("JPEG", (480, 360))


def test_a_small_photo_is_not_blown_up() -> None:
    assert {_opened(made).size for made in derive(saved(picture(120, 80), "PNG")).values()} == {
        (120, 80)
    }


@pytest.mark.parametrize("role", ["thumbnail", "screen"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("kind", ["JPEG", "HEIC"])
def test_pictures_are_shown_upright(kind: str, orientation: int, role: str) -> None:
    image = _opened(derive(_two_halves(orientation, kind))[role])
    above, below = image.getpixel((200, 20)), image.getpixel((200, 180))
    assert isinstance(above, tuple)
    assert isinstance(below, tuple)
    assert image.size == (400, 200)
    assert above[0] > 200 and above[2] < 60
    assert below[2] > 200 and below[0] < 60


def test_what_shines_through_is_white() -> None:
    clear = saved(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), "PNG")
    assert _opened(derive(clear)["screen"]).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode_has_a_thumbnail(mode: str) -> None:
    image = (
        picture(mode="L").convert("I").convert("I;16")
        if mode == "I;16"
        else picture().convert(mode)
    )
    kind = "TIFF" if mode in ("CMYK", "F", "I") else "PNG"
    assert _opened(derive(saved(image, kind))["thumbnail"]).size == (320, 240)


def test_the_same_photo_gives_the_same_bytes() -> None:
    jpeg = saved(picture(), "JPEG")
    assert derive(jpeg) == derive(jpeg)


@pytest.mark.parametrize("content", [b"", b"nothing", heic(), saved(picture(), "JPEG")[:300]])
def test_what_cannot_be_shown_has_no_thumbnail(content: bytes) -> None:
    assert derive(content) == {}


def test_what_stands_of_a_damaged_photo_is_shown() -> None:
    assert _opened(derive(saved(picture(), "JPEG")[:2000])["screen"]).size == (320, 240)


def test_too_large_a_picture_has_no_thumbnail() -> None:
    assert derive(png_of_zeros(12_000, 6_000)) == {}


@pytest.mark.parametrize("content", [saved(picture(640, 480), "WEBP"), heif(picture(640, 480))])
def test_a_webp_or_heic_becomes_a_jpeg_of_its_full_size(content: bytes) -> None:
    image = _opened(derive(content)["jpeg"])
    assert (image.format, image.size) == ("JPEG", (640, 480))


def test_what_the_rules_accept_as_it_is_has_no_copy_of_its_full_size() -> None:
    assert set(derive(saved(picture(), "JPEG"))) == {"thumbnail", "screen"}


def test_what_is_converted_is_what_the_rules_tidy() -> None:
    assert frozenset(KINDS_OF_THE_RULE) == CONVERTED


def _wide(profile: bytes) -> bytes:
    return saved(Image.new("RGB", (64, 64), (200, 40, 40)), "JPEG", quality=95, icc_profile=profile)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF", "HEIC"])
def test_colours_are_those_of_the_picture_s_own_profile(kind: str) -> None:
    image, profile = Image.new("RGB", (64, 64), (200, 40, 40)), swapped_profile()
    content = (
        heif(image, icc_profile=profile, quality=95)
        if kind == "HEIC"
        else saved(image, kind, icc_profile=profile)
    )
    shown = _opened(derive(content)["screen"]).getpixel((32, 32))
    assert isinstance(shown, tuple)
    assert shown[1] > shown[0] + 60  # the profile says that its first channel is green


@pytest.mark.parametrize("profile", [b"junk", swapped_profile()[:200], bytes(5000)])
def test_a_broken_profile_changes_nothing(profile: bytes) -> None:
    plain = derive(_wide(b""))["screen"]
    assert _opened(derive(_wide(profile))["screen"]).tobytes() == _opened(plain).tobytes()


@pytest.mark.parametrize(
    ("longest", "decoded"),
    [
        (800, 800),
        (1600, 1600),
        (2000, 1500),
        (2400, 1200),
        (4000, 1500),
        (4032, 1512),
        (8000, 1600),
        (16320, 1600),
    ],
)
def test_a_large_jpeg_is_decoded_by_eighths_near_the_size_of_the_screen_copy(
    longest: int, decoded: int
) -> None:
    assert find_scale(longest) == decoded


def test_a_screen_copy_holds_at_most_1600_pixels_and_two_megabytes_without_metadata() -> None:
    noise = Image.effect_noise((2600, 2000), 120).convert("RGB")
    content = saved(noise, "JPEG", quality=90, exif=_located())
    made = derive(content)
    assert _opened(made["screen"]).size == (1300, 1000)
    assert len(made["screen"]) <= 2 * 1024 * 1024
    assert len(made["thumbnail"]) <= 96 * 1024
    for copy in made.values():
        assert not set(_opened(copy).info) & {"exif", "icc_profile", "comment"}


def _located() -> Image.Exif:
    marks = Image.Exif()
    marks[0x8825] = {2: (6.0, 12.0, 30.0)}
    return marks


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP"])
def test_what_is_known_of_a_photo_does_not_depend_on_whether_pictures_are_wanted(kind: str) -> None:
    file = builders.file("IMG_1", saved(picture(700, 500), kind), "")
    assert read_photo(file, Safety()) == read_photo(file, Safety(), lambda *_: None)
