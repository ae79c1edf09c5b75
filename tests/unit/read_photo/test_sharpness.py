"""Whether a photo is sharp is asked of as few tiles as tell it."""

import pytest
from PIL import Image, ImageFilter

from ingest.read.photo.looks.notes import SOFT, is_soft, measure_sharpness
from tests.unit.read_photo.damage import make_scene


@pytest.mark.parametrize("radius", [0, 1, 2, 3, 5, 8, 12])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_quick_answer_is_the_measure_s(seed: int, radius: int) -> None:
    grey = make_scene(600, 450, seed).convert("L").filter(ImageFilter.GaussianBlur(radius))
    assert is_soft(grey) == (measure_sharpness(grey) < SOFT)


def test_one_sharp_corner_makes_no_sharp_photo() -> None:
    grey = make_scene(600, 450, 3).convert("L").filter(ImageFilter.GaussianBlur(12))
    grey.paste(make_scene(100, 100, 4).convert("L"), (0, 0))
    assert is_soft(grey)


def test_a_picture_too_small_to_tell_is_not_called_soft() -> None:
    assert not is_soft(Image.new("L", (180, 400), 90))
