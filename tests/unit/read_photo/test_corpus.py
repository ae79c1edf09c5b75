"""Photos that nobody here made: every file ends in one outcome, quickly, and what Pillow decodes
is intact."""

import time
import warnings
from pathlib import Path

import pytest
from PIL import Image

from ingest.read.photo.photo import read_description
from tests.unit.read_photo.pictures import derive, read

TORN = {"hopper_bad_exif.jpg"}  # decodes without a word, in stripes of the wrong brightness


def _photos(corpus: Path) -> list[Path]:
    found = sorted(path for path in (corpus / "photo").rglob("*") if path.is_file())
    assert len(found) > 500
    return found


def _decodes(path: Path) -> bool:
    """Pillow's own opinion of the whole file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(path) as image:
                image.load()
        except Exception:  # noqa: BLE001 - any answer but a picture is a no
            return False
    return True


@pytest.mark.timeout(300)
def test_every_photo_ends_in_one_outcome_within_two_seconds_of_work(corpus: Path) -> None:
    slow = {}
    for path in _photos(corpus):
        content = path.read_bytes()
        start = time.process_time()
        photo = read(content, path.name)
        read_description(content)
        derive(content)
        seconds = time.process_time() - start
        assert photo.intact == (photo.damage is None)
        if seconds > 2:
            slow[path.name] = seconds
    assert not slow


def test_what_decodes_is_intact_and_judged(corpus: Path) -> None:
    wrong = []
    for path in _photos(corpus):
        photo = read(path.read_bytes(), path.name)
        if (
            path.name not in TORN
            and _decodes(path)
            and not (photo.intact and photo.judged and photo.width)
        ):
            wrong.append((path.name, photo.damage, photo.notes))
    assert wrong == []


def test_camera_photos_are_intact(corpus: Path) -> None:
    cameras = sorted((corpus / "photo" / "exif-samples").iterdir())
    assert [path.name for path in cameras if not read(path.read_bytes(), path.name).intact] == []
