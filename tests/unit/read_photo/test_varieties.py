"""Rarer varieties of pictures are read rightly, or left to an editor; none is called damaged."""

import io
import struct

import pytest
from PIL import Image

from ingest.read.files.sniff import detect_kind
from ingest.read.photo.formats import look
from tests.unit.read_photo.pictures import box, derive, picture, read, saved


def opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image


def sixteen_bits(order: str, samples: int, colour: tuple[int, ...]) -> bytes:
    """An uncompressed TIFF of 64 x 48 pixels of one colour, 16 bits a sample."""
    pixels = struct.pack(f"{order}{samples}H", *colour) * (64 * 48)
    photometric = {1: 1, 3: 2, 4: 5}[samples]
    at = 8 + 2 + 9 * 12 + 4
    wide, start = samples > 2, at + 16
    entries = [
        (0x100, 4, 1, 64), (0x101, 4, 1, 48), (0x102, 3, samples, at if wide else 16), (0x103, 3, 1, 1),
        (0x106, 3, 1, photometric), (0x111, 4, 1, start), (0x115, 3, 1, samples), (0x116, 4, 1, 48),
        (0x117, 4, 1, len(pixels)),
    ]  # fmt: skip
    table = b""
    for tag, form, count, value in entries:
        inline = struct.pack(order + "HH", value, 0) if form == 3 and count == 1 else None
        table += struct.pack(order + "HHI", tag, form, count)
        table += inline or struct.pack(order + "I", value)
    mark = b"II" if order == "<" else b"MM"
    head = mark + struct.pack(order + "HIH", 42, 8, len(entries)) + table + bytes(4)
    return head + struct.pack(order + "H", 16) * samples + bytes(16 - 2 * samples) + pixels


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("colour", "shown"),
    [((50_000, 20_000, 5_000), (195, 78, 19)), ((0, 40_000, 60_000, 0), (255, 99, 21))],
    ids=["RGB", "CMYK"],
)
def test_a_tiff_of_sixteen_bits_a_sample_shows_its_colours(
    order: str, colour: tuple[int, ...], shown: tuple[int, ...]
) -> None:
    content = sixteen_bits(order, len(colour), colour)
    photo = read(content, "foto.tif")
    assert (photo.intact, photo.judged, photo.width) == (True, True, 64)
    pixel = opened(derive(content)["screen"]).getpixel((30, 20))
    assert isinstance(pixel, tuple)
    assert all(abs(a - b) <= 6 for a, b in zip(pixel, shown, strict=True)), pixel


def test_the_picture_of_a_tiff_is_not_its_thumbnail() -> None:
    small, large = picture(96, 64), picture(640, 480, seed=2)
    target = io.BytesIO()
    marked = Image.Exif()
    marked[0xFE] = 1
    small.save(target, "TIFF", save_all=True, append_images=[large], tiffinfo=marked)
    content = unmarked_behind_first(target.getvalue())
    photo = read(content, "foto.tif")
    assert (photo.width, photo.height, photo.intact, photo.judged) == (640, 480, True, True)
    assert opened(derive(content)["screen"]).size == (640, 480)


def unmarked_behind_first(tiff: bytes) -> bytes:
    """With NewSubfileType 1 on the first page alone: Pillow writes it on all."""
    entry = struct.pack("<HHII", 0xFE, 4, 1, 1)
    first = tiff.index(entry)
    return tiff[: first + 12] + tiff[first + 12 :].replace(
        entry, struct.pack("<HHII", 0xFE, 4, 1, 0)
    )


def test_the_first_of_equal_pages_is_the_picture() -> None:
    pages = [picture(320, 240), picture(640, 480, seed=2)]
    content = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert (look(content).width, read(content, "pindai.tif").intact) == (320, True)


@pytest.mark.parametrize(
    ("minor", "kind"), [(b"heic", "heic"), (b"avif", "avif"), (b"\0\0\0\0", "heic")]
)
def test_a_minimised_heif_is_a_still_picture_and_no_film(minor: bytes, kind: str) -> None:
    content = box(b"ftyp", b"mif3", minor) + box(b"mini", bytes(400))
    photo = read(content, "Foto 1.heif", kind)
    assert detect_kind(content[:4096]) == kind
    assert (photo.kind, photo.intact, photo.judged) == (kind, True, False)


@pytest.mark.parametrize("head", [b"\0\0\0\x0cJXL \r\n\x87\n", b"\xff\x0a"])
def test_a_jpeg_xl_is_named_and_not_judged(head: bytes) -> None:
    photo = read(head + bytes(range(1, 200)), "foto.jxl", "jxl")
    assert (photo.kind, photo.intact, photo.judged) == ("jxl", True, False)


def test_an_animation_is_shown_by_its_first_frame() -> None:
    first, second = Image.new("RGB", (64, 64), "red"), Image.new("RGB", (64, 64), "blue")
    for kind in ("GIF", "WEBP", "PNG"):
        content = saved(first, kind, save_all=True, append_images=[second], duration=80)
        assert "animated" in read(content).notes
        pixel = opened(derive(content)["screen"]).getpixel((30, 30))
        assert isinstance(pixel, tuple)
        assert pixel[0] > 200 and pixel[2] < 60
