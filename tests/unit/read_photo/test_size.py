"""Kind, size and rotation come from the file's own header, whatever its name says."""

import struct

import pytest
from PIL import Image

from ingest.read.photo.formats import look
from redaksi.limits import Safety
from tests.unit.read_photo.pictures import (
    box,
    exif,
    heic,
    picture,
    png_of_zeros,
    read,
    saved,
    with_segment,
)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP", "AVIF"])
def test_kind_and_size_are_those_of_the_content(kind: str) -> None:
    options = {"speed": 10} if kind == "AVIF" else {}
    photo = read(saved(picture(200, 120), kind, **options), "foto.docx")
    assert (photo.kind, photo.width, photo.height) == (kind.lower(), 200, 120)


@pytest.mark.parametrize("options", [{"lossless": True}, {"exif": exif((0x112, 3, 1, b"\0\x06"))}])
def test_every_kind_of_webp_header_gives_the_size(options: dict[str, object]) -> None:
    photo = read(saved(picture(200, 120), "WEBP", **options))
    assert (photo.width, photo.height) == (200, 120)


def test_a_heic_is_as_large_as_its_whole_picture_not_as_a_tile() -> None:
    photo = read(heic(4032, 3024))
    assert (photo.kind, photo.width, photo.height) == ("heic", 4032, 3024)


@pytest.mark.parametrize(
    ("brand", "kind"),
    [(b"heic", "heic"), (b"mif1", "heic"), (b"avif", "avif"), (b"crx ", "raw"), (b"isom", "video")],
)
def test_the_brand_tells_what_boxes_hold(brand: bytes, kind: str) -> None:
    assert look(heic(brand=brand)).kind == kind


def test_a_mif1_file_that_is_compatible_with_avif_is_avif() -> None:
    assert look(box(b"ftyp", b"mif1", bytes(4), b"avif")).kind == "avif"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_rotation_is_read_and_the_size_is_as_stored(kind: str, orientation: int) -> None:
    marks = Image.Exif()
    marks[0x112] = orientation
    photo = read(saved(picture(200, 120), kind, exif=marks))
    assert (photo.orientation, photo.width, photo.height) == (orientation, 200, 120)


def test_an_absurd_rotation_is_none() -> None:
    turned = with_segment(saved(picture(), "JPEG"), 0xE1, exif((0x112, 3, 1, b"\0\x63")))
    assert read(turned).orientation == 1


@pytest.mark.parametrize(
    "head", [b"II*\0\x10\0\0\0CR\x02\0", b"FUJIFILMCCD-RAW 0201", b"IIRO\x08\0\0\0"]
)
def test_raw_files_are_not_photos_to_judge(head: bytes) -> None:
    photo = read(head.ljust(64, b"\0"), "x.dng", "raw")
    assert (photo.kind, photo.judged) == ("raw", False)


def test_a_dng_is_raw_although_it_is_a_tiff() -> None:
    entry = struct.pack(">HHI", 0xC612, 1, 4) + b"\x01\x04\0\0"
    assert look(b"MM\0*\0\0\0\x08\0\x01" + entry + bytes(4)).kind == "raw"


def test_a_photo_above_the_limit_is_not_looked_into() -> None:
    photo = read(png_of_zeros(400, 300), safety=Safety(max_pixels=100_000))
    assert (photo.width, photo.intact, photo.notes) == (400, True, ("too-many-pixels",))


def test_a_jpeg_above_the_limit_is_judged_scaled() -> None:
    jpeg = saved(picture(400, 300), "JPEG")
    small = Safety(max_pixels=100_000)
    photo = read(jpeg, safety=small)
    assert (photo.intact, "too-many-pixels" in photo.notes) == (True, False)
    assert not read(jpeg[: len(jpeg) // 2], safety=small).intact


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_an_animation_is_noted(kind: str) -> None:
    frames = [picture(seed=seed) for seed in (2, 3)]
    assert "animated" in read(saved(picture(), kind, save_all=True, append_images=frames)).notes


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_a_single_frame_is_no_animation(kind: str) -> None:
    assert "animated" not in read(saved(picture(), kind)).notes
