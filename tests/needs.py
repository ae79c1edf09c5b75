"""What a reading needs and must be able to do, however it is confined: as payloads are, run in a
confined child; evidence says that it went well."""

import ctypes
import importlib
import os
import sys
import threading
import zoneinfo
from io import BytesIO
from pathlib import Path

from tests.payloads import Payload, Target

READINGS: dict[str, Payload] = {}


def reading(function: Payload) -> Payload:
    READINGS[function.__name__] = function
    return function


@reading
def start_threads(at: Target) -> object:
    """As libde265 does for a HEIC."""
    sums: list[int] = []
    threads = [threading.Thread(target=lambda: sums.append(sum(range(1000)))) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return len(sums) == 8


def encode(kind: str) -> BytesIO:
    from PIL import Image  # noqa: PLC0415 - as a reader does

    made = BytesIO()
    picture = Image.effect_noise((640, 480), 40).convert("RGB")
    picture.save(made, kind)
    made.seek(0)
    return made


def decode(kind: str) -> object:
    from PIL import Image  # noqa: PLC0415

    with Image.open(encode(kind)) as picture:
        picture.load()
        return picture.size == (640, 480) and picture.getpixel((5, 5)) is not None


@reading
def decode_heic(at: Target) -> object:
    """Encoded in the child too, by a library that is never called otherwise: so no file is needed."""
    import pillow_heif  # noqa: PLC0415

    pillow_heif.register_heif_opener()
    return decode("HEIF")


@reading
def decode_jpeg(at: Target) -> object:
    return decode("JPEG")


@reading
def decode_png(at: Target) -> object:
    return decode("PNG")


@reading
def decode_tiff(at: Target) -> object:
    return decode("TIFF")


@reading
def decode_webp(at: Target) -> object:
    return decode("WEBP")


@reading
def import_from_the_standard_library(at: Target) -> object:
    assert "colorsys" not in sys.modules
    return importlib.import_module("colorsys")


@reading
def import_from_site_packages(at: Target) -> object:
    """With a library of its own, which is mapped to be run."""
    assert "PIL._imagingmorph" not in sys.modules
    return importlib.import_module("PIL._imagingmorph")


@reading
def read_the_catalog(at: Target) -> object:
    from redaksi import catalog  # noqa: PLC0415

    return (Path(catalog.__file__).parent / "id.toml").read_bytes()


@reading
def know_a_time_zone(at: Target) -> object:
    return zoneinfo.ZoneInfo("Asia/Jayapura").utcoffset(None) is None


@reading
def send_and_receive(at: Target) -> object:
    return os.write(at.sock, b"x") == 1


@reading
def read_the_mail(at: Target) -> object:
    return os.pread(at.mail, 7, 0) == b"Subject"


@reading
def abort(at: Target) -> object:
    """Dies, although its signal is refused: a library that gives up must end."""
    ctypes.CDLL(None).abort()
    return None
