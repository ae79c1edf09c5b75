"""A zip that is written while it is sent: what is in it, and how much of it is held."""

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pytest

from desk.web.packing import CHUNK, pack_stored


def packed(files: dict[str, bytes]) -> list[bytes]:
    opening: list[tuple[str, Callable[[], BinaryIO]]] = [
        (name, partial(io.BytesIO, octets)) for name, octets in files.items()
    ]
    return list(pack_stored(opening))


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"naskah.docx": b""},
        {"naskah.docx": b"PK\x03\x04", "foto-1.jpg": bytes(3 * CHUNK + 7), "foto-2.jpg": b"x"},
    ],
)
def test_every_file_is_in_it_as_it_was(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(packed(files)))) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == files
        assert {each.compress_type for each in package.infolist()} <= {zipfile.ZIP_STORED}


def test_no_more_than_a_chunk_is_held() -> None:
    pieces = packed({"foto-1.jpg": bytes(8 * CHUNK), "foto-2.jpg": bytes(8 * CHUNK)})
    assert max(map(len, pieces)) <= CHUNK + 1024


def test_a_file_is_opened_when_it_is_its_turn(tmp_path: Path) -> None:
    opened: list[str] = []

    def opening(name: str) -> BinaryIO:
        opened.append(name)
        return io.BytesIO(bytes(4 * CHUNK))

    pieces = pack_stored([(name, partial(opening, name)) for name in ("a", "b")])
    next(pieces)
    assert opened == ["a"]


def test_the_same_files_give_the_same_bytes() -> None:
    files = {"naskah.docx": b"isi", "foto-1.jpg": b"gambar"}
    assert packed(files) == packed(files)
