"""Makes pictures and pieces of pictures. Same arguments, same bytes."""

import io
import random
import struct
import zlib

import pillow_heif
from PIL import Image, ImageCms

from ingest.read.photo.photo import read_photo
from ingest.read.photo.picture import look_at
from redaksi.limits import Safety
from redaksi.model import Photo
from tests import builders


def picture(width: int = 320, height: int = 240, mode: str = "RGB", seed: int = 1) -> Image.Image:
    """A picture with detail everywhere, so that nothing of it can be left out unseen."""
    bands = len(Image.new(mode, (1, 1)).getbands())
    dots = random.Random(seed).randbytes(width * height * bands // 16 + bands * 16)
    coarse = Image.frombytes(
        mode, (width // 4, height // 4), dots[: (width // 4) * (height // 4) * bands]
    )
    return coarse.resize((width, height), Image.Resampling.BICUBIC)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def heif(image: Image.Image, **options: object) -> bytes:
    """The picture as a phone's HEIC; a rotation in `exif` is written as irot and imir too, the
    pixels as they are."""
    target = io.BytesIO()
    pillow_heif.encode(image.mode, image.size, image.tobytes(), target, **options)
    return target.getvalue()


def read(
    content: bytes, name: str = "IMG_2041.jpg", kind: str = "", safety: Safety | None = None
) -> Photo:
    """What read_photo says of these bytes."""
    return read_photo(builders.file(name, content, kind), safety or Safety())


def derive(content: bytes, safety: Safety | None = None) -> dict[str, bytes]:
    """What is made of a picture for people, by role."""
    made: dict[str, bytes] = {}
    look_at(content, "", safety or Safety(), lambda _, role, derived: made.update({role: derived}))
    return made


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of_zeros(width: int, height: int) -> bytes:
    """A PNG that is all black: tiny as a file, huge in memory."""
    packer = zlib.compressobj(9)
    row = bytes(1 + width * 4)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def box(kind: bytes, *bodies: bytes) -> bytes:
    """A box of ISO/IEC 14496-12."""
    body = b"".join(bodies)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def heic(width: int = 4032, height: int = 3024, brand: bytes = b"heic") -> bytes:
    """A HEIC file's skeleton: a tile, the whole picture's size, and stand-in coded data."""
    tile = box(b"ispe", struct.pack(">III", 0, 512, 512))
    whole = box(b"ispe", struct.pack(">III", 0, width, height))
    properties = box(b"iprp", box(b"ipco", tile, whole))
    return (
        box(b"ftyp", brand, bytes(4), b"mif1", brand)
        + box(b"meta", bytes(4), properties)
        + box(b"mdat", bytes(1000))
    )


def exif(*entries: tuple[int, int, int, bytes]) -> bytes:
    """An EXIF block of (tag, type, count, value bytes), big-endian; values over four bytes stand
    behind."""
    table = struct.pack(">H", len(entries))
    at, behind = 8 + 2 + 12 * len(entries) + 4, b""
    for tag, form, count, value in entries:
        field = value.ljust(4, b"\0")
        if len(value) > 4:
            field = struct.pack(">I", at + len(behind))
            behind += value
        table += struct.pack(">HHI", tag, form, count) + field
    return b"Exif\0\0MM\0*\0\0\0\x08" + table + bytes(4) + behind


def with_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    """A JPEG with one more segment right after SOI."""
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + jpeg[2:]


def swapped_profile() -> bytes:
    """An sRGB profile whose red and green primaries have changed places, under another name."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile.replace("sRGB".encode("utf-16-be"), "abcd".encode("utf-16-be")))
