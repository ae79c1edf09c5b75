"""No picture takes more than 600 MB, whatever its header claims: resident memory of a process of
its own, measured on the largest that are looked into and on liars."""

import io
import struct
import subprocess
import sys
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from ingest.read.photo.formats import look
from tests.unit.read_photo.pictures import png_of_zeros, read, saved

MOST_MB = 600
LARGE = 7_700  # 59 megapixels: just below the limit
MEASURE = """
import sys
from ingest.read.photo.picture import look_at
from redaksi.limits import Safety
def peak():
    lines = open("/proc/self/status").read().splitlines()
    return int(next(x for x in lines if x.startswith("VmHWM")).split()[1]) // 1024
content, before = open(sys.argv[1], "rb").read(), peak()
look_at(content, "", Safety(), lambda *_: None)
print(peak() - before)
"""


def webp_of_34_bytes(side: int) -> bytes:
    """One colour, losslessly (RFC 9649, section 3)."""
    size = struct.pack("<I", side - 1 | side - 1 << 14)
    chunk = b"VP8L" + struct.pack("<I", 14) + b"\x2f" + size + b"\x88\x88\x08" + bytes(6)
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def tiff(*entries: tuple[int, int, int, int]) -> bytes:
    """A little-endian TIFF of one directory."""
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + table + bytes(4)
    return head.ljust(200, b"\0") + b"\x80\x0b\x60\x50\x22" * 20


def flat(kind: str, **options: object) -> bytes:
    side = 3_000 if kind in ("HEIC", "AVIF") else LARGE  # their encoders are slow
    image = Image.new("RGB", (side, side), (90, 120, 60))
    if kind != "HEIC":
        return saved(image, kind, **options)
    target = io.BytesIO()
    pillow_heif.from_pillow(image).save(target, quality=20)
    return target.getvalue()


TILED = tiff(
    (0x100, 4, 1, 16), (0x101, 4, 1, 16), (0x102, 3, 1, 8), (0x103, 3, 1, 5), (0x106, 3, 1, 1),
    (0x115, 3, 1, 1), (0x142, 4, 1, 30_000), (0x143, 4, 1, 30_000), (0x144, 4, 1, 200), (0x145, 4, 1, 100),
)  # fmt: skip


def small_screen(gif: bytes) -> bytes:
    """A GIF whose first frame is far larger than its screen."""
    return gif[:6] + struct.pack("<HH", 16, 16) + gif[10:]


def lying_extent(content: bytes) -> bytes:
    """A HEIF whose extents are 16 x 16, whatever is coded."""
    at = content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", 16, 16) + content[at + 8 :]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    "what",
    ["webp", "largest webp", "tiles", "gif", "gif beyond its screen", "png", "tiff", "avif", "lying avif",
     "heic", "lying heic"],
)  # fmt: skip
def test_no_picture_takes_much_memory(what: str, tmp_path: Path) -> None:
    made = {
        "webp": lambda: webp_of_34_bytes(LARGE),
        "largest webp": lambda: webp_of_34_bytes(5_477),
        "tiles": lambda: TILED,
        "gif": lambda: flat("GIF"),
        "gif beyond its screen": lambda: small_screen(flat("GIF")),
        "png": lambda: png_of_zeros(LARGE, LARGE),
        "tiff": lambda: flat("TIFF", compression="tiff_lzw"),
        "avif": lambda: flat("AVIF", speed=10),
        "lying avif": lambda: lying_extent(flat("AVIF", speed=10)),
        "heic": lambda: flat("HEIC"),
        "lying heic": lambda: lying_extent(flat("HEIC")),
    }
    file = tmp_path / "picture"
    file.write_bytes(made[what]())
    command = [sys.executable, "-c", MEASURE, str(file)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(told.stdout) < MOST_MB


def test_what_would_take_too_much_is_left_to_an_editor() -> None:
    for content in (webp_of_34_bytes(LARGE), TILED):
        photo = read(content)
        assert (photo.intact, photo.judged) == (True, False)


def test_a_gif_is_as_large_as_its_first_frame() -> None:
    gif = saved(Image.new("P", (300, 200)), "GIF")
    header = look(small_screen(gif))
    assert (header.width, header.height) == (300, 200)
