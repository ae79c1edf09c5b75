"""The look at literals before the long patterns of the grammar passes over nothing they match."""

import re

import pytest

from ingest.read.captions.grammar.words import (
    CAMERA_NAME,
    CAPTION,
    may_name_camera,
    may_say_caption,
)

CAMERAS = [
    "IMG_2041", "DSC01234", "DSCN0012", "_DSC4410", "DSCF1200", "PXL_20230714_101500", "MVIMG_20190714", "DJI_0031",
    "GOPR0420", "VID_20190714", "PHOTO-2019-07-14", "SAM_1200", "PANO_20190714", "BURST20190714",
    "IMG-20190714-WA0003", "WhatsApp Image 2019-07-14 at 10.15.00", "20190714_101500", "Screenshot_2019-07-14",
    "P1010012", "image1",
]  # fmt: skip
CAPTIONS = [
    "keterangan", "caption", "captions", "kaption", "takarir", "narasi", "deskripsi", "penjelasan", "uraian", "teks",
    "judul", "ket", "ketnya", "description", "legenda",
]  # fmt: skip


@pytest.mark.parametrize("name", [*CAMERAS, *map(str.lower, CAMERAS)])
def test_a_cameras_name_is_not_passed_over(name: str) -> None:
    assert CAMERA_NAME.search(name)
    assert may_name_camera(f"Warga ({name}) bergotong royong")


@pytest.mark.parametrize("word", [*CAPTIONS, *map(str.upper, CAPTIONS)])
def test_a_word_for_a_caption_is_not_passed_over(word: str) -> None:
    assert re.fullmatch(CAPTION, word, re.IGNORECASE)
    assert may_say_caption(f"Di sini {word} foto itu")


def test_most_lines_hold_neither() -> None:
    line = "Lurah membuka rapat warga RT 03 pada 14 Juli 2019."
    assert not may_name_camera(line)
    assert not may_say_caption(line)
