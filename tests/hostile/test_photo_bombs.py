"""Photos made to eat memory or time are refused by what their header says, before anything is
unpacked."""

import struct
import time
import tracemalloc

import pytest

from ingest.read.photo.photo import read_description, read_photo
from redaksi.limits import Safety
from redaksi.model import Photo
from tests import builders
from tests.unit.read_photo.pictures import (
    box,
    derive,
    exif,
    picture,
    png_of_zeros,
    saved,
    with_segment,
)


def _read(content: bytes) -> tuple[Photo, float, int]:
    """The photo, the seconds it took, and the memory Python took for it (measured apart: tracing
    is slow)."""
    start = time.process_time()
    photo = read_photo(builders.file("x.jpg", content, ""), Safety())
    read_description(content)
    seconds = time.process_time() - start
    tracemalloc.start()
    read_photo(builders.file("x.jpg", content, ""), Safety())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return photo, seconds, peak


def test_a_png_that_expands_to_837_megabytes_is_never_inflated() -> None:
    photo, seconds, peak = _read(png_of_zeros(14_464, 14_464))
    assert photo.notes == ("too-many-pixels",)
    assert seconds < 3
    assert peak < 1_000_000


def test_the_largest_png_looked_into_needs_little_memory() -> None:
    photo, seconds, peak = _read(png_of_zeros(7_700, 7_700))
    assert photo.intact
    assert seconds < 3
    assert peak < 8_000_000


def test_a_png_that_holds_more_than_its_header_says_is_not_inflated_further() -> None:
    honest = png_of_zeros(4_000, 4_000)
    header = struct.pack(">II", 8, 8) + honest[24:29]
    lying = saved(picture(8, 8, "RGBA"), "PNG")[:16] + header + honest[29:]
    _photo, seconds, _peak = _read(lying)
    assert seconds < 3


def test_a_tiff_of_too_many_pixels_is_not_looked_into() -> None:
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, 100_000) for tag in (0x100, 0x101))
    photo, seconds, _ = _read(b"II*\0\x08\0\0\0\x02\0" + entries + bytes(4))
    assert photo.notes == ("too-many-pixels",)
    assert seconds < 3


def test_a_gigapixel_jpeg_is_judged_by_its_segments() -> None:
    jpeg = saved(picture(), "JPEG")
    at = jpeg.index(b"\xff\xc0")
    huge = jpeg[: at + 5] + struct.pack(">HH", 65_500, 65_500) + jpeg[at + 9 :]
    photo, seconds, _ = _read(huge)
    assert (photo.width, photo.notes) == (65_500, ("not-decoded",))
    assert seconds < 3
    assert derive(huge) == {}


def test_a_progressive_jpeg_whose_coefficients_fill_the_memory_is_not_decoded() -> None:
    jpeg = saved(picture(), "JPEG", progressive=True)
    at = jpeg.index(b"\xff\xc2")
    photo, _seconds, _ = _read(jpeg[: at + 5] + struct.pack(">HH", 12_000, 12_000) + jpeg[at + 9 :])
    assert "not-decoded" in photo.notes


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff" + b"\xff" * 5_000_000,
        b"\xff\xd8" + b"\xff\xe1\0\x02" * 1_000_000,
        b"\xff\xd8\xff\xda\0\x02" + b"\xff\xd0" * 2_000_000,
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0tEXt\0\0\0\0" * 400_000,
        box(b"ftyp", b"heic", bytes(4)) + b"\0\0\0\x08free" * 500_000,
        box(b"ftyp", b"heic", bytes(4))
        + box(b"meta", bytes(4), *[box(b"iprp", bytes(8))] * 100_000),
        b"GIF89a\x10\0\x10\0\0\0\0" + b"!\xf9\0" * 1_000_000,
        b"II*\0\x08\0\0\0\xff\xff" + (struct.pack("<HHII", 0x9C9B, 1, 0xFFFFFFFF, 8)) * 65_535,
        b"RIFF\xff\xff\xff\xffWEBPVP8X" + bytes(2_000_000),
    ],
    ids=[
        "fill bytes",
        "segments",
        "restarts",
        "chunks",
        "boxes",
        "nested boxes",
        "gif blocks",
        "tags",
        "webp",
    ],
)
def test_endless_structure_costs_little(content: bytes) -> None:
    _photo, seconds, peak = _read(content)
    assert seconds < 2
    assert peak < 150_000_000


def test_a_packet_of_nothing_but_openings_costs_little() -> None:
    jpeg = saved(picture(), "JPEG")
    for junk in (
        b"<dc:description><rdf:li" * 2_000,
        b"<x:xmpmeta" * 6_000,
        b"dc:description" * 4_000,
    ):
        start = time.monotonic()
        read_description(with_segment(jpeg, 0xE1, junk[:65_000]) + junk * 100)
        assert time.monotonic() - start < 3


def test_a_jpeg_of_a_thousand_scans_is_not_decoded() -> None:
    jpeg = saved(picture(), "JPEG", progressive=True)
    last = jpeg.rindex(b"\xff\xda")
    photo, seconds, _ = _read(jpeg[:-2] + jpeg[last:-2] * 1000 + b"\xff\xd9")
    assert photo.notes == ("not-decoded",)
    assert seconds < 3


def test_a_sequential_jpeg_of_many_scans_is_not_kept_in_memory() -> None:
    jpeg = saved(picture(), "JPEG")
    at, last = jpeg.index(b"\xff\xc0"), jpeg.rindex(b"\xff\xda")
    huge = jpeg[: at + 5] + struct.pack(">HH", 12_000, 12_000) + jpeg[at + 9 :]
    photo, seconds, _ = _read(huge[:-2] + jpeg[last:-2] + b"\xff\xd9")
    assert "not-decoded" in photo.notes
    assert seconds < 3


def test_restart_markers_without_end_cost_little() -> None:
    jpeg = saved(picture(), "JPEG")
    restarts = b"".join(b"\xff" + bytes([0xD0 + turn]) for turn in range(8)) * 1_000_000
    photo, seconds, _ = _read(jpeg[: len(jpeg) // 2] + restarts)
    assert not photo.intact
    assert seconds < 3


def test_exif_that_points_at_itself_is_read_once() -> None:
    loop = exif((0x8769, 4, 1, b"\0\0\0\x08"), (0x14A, 4, 1, b"\0\0\0\x08"))
    assert _read(with_segment(saved(picture(), "JPEG"), 0xE1, loop))[0].intact
