"""One picture at two sizes is known again; two pictures are told apart."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from ingest.read.photo.perceptual_hash import hash_picture
from redaksi.likeness import ALIKE, BITS, LENGTH, UNLIKE, find_alike, is_alike, measure_distance
from tests.unit.read_photo.pictures import picture, saved

HASHES = st.integers(0, 2**BITS - 1).map(lambda bits: f"{bits:0{LENGTH}x}")
SEEDS = st.integers(0, 10_000)


def scene(seed: int, width: int = 800, height: int = 600) -> Image.Image:
    """Shapes as large as a photo's, in one of many arrangements."""
    return picture(48, 36, seed=seed).resize((width, height), Image.Resampling.BICUBIC)


@given(HASHES, HASHES)
def test_likeness_is_symmetric(one: str, other: str) -> None:
    assert measure_distance(one, other) == measure_distance(other, one)
    assert is_alike(one, other) == is_alike(other, one)


@given(HASHES)
def test_a_picture_is_like_itself(one: str) -> None:
    assert measure_distance(one, one) == 0


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(320, 1600), st.integers(40, 95))
def test_scaled_and_compressed_anew_it_is_the_same(seed: int, width: int, quality: int) -> None:
    original = scene(seed)
    small = original.resize((width, width * 3 // 4), Image.Resampling.LANCZOS)
    again = Image.open(io.BytesIO(saved(small, "JPEG", quality=quality)))
    assert measure_distance(hash_picture(original), hash_picture(again)) <= ALIKE


@settings(max_examples=30, deadline=None)
@given(SEEDS, SEEDS)
def test_two_scenes_are_told_apart(one: int, other: int) -> None:
    if one != other:
        assert measure_distance(hash_picture(scene(one)), hash_picture(scene(other))) >= UNLIKE


@pytest.mark.parametrize("factor", [0.8, 1.2])
def test_a_picture_made_brighter_or_darker_is_the_same(factor: float) -> None:
    original = scene(7)
    changed = ImageEnhance.Brightness(original).enhance(factor)
    assert measure_distance(hash_picture(original), hash_picture(changed)) <= ALIKE


def test_a_thumbnail_has_the_hash_of_its_picture() -> None:
    original = scene(3, 1600, 1200)
    thumbnail = saved(original.resize((480, 360), Image.Resampling.LANCZOS), "JPEG", quality=82)
    with Image.open(io.BytesIO(thumbnail)) as opened:
        assert measure_distance(hash_picture(opened), hash_picture(original)) <= ALIKE


def test_fog_is_not_compared() -> None:
    assert hash_picture(Image.new("RGB", (800, 600), "grey")) == ""
    faint = scene(5).convert("L").point(lambda level: 120 + level // 16)
    assert hash_picture(faint) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("", ""), ("", "0" * LENGTH), ("0" * 64, "0" * 64), ("0" * 64, "0" * LENGTH), ("0" * 16,) * 2],
)
def test_nothing_known_and_hashes_of_old_are_like_nothing(one: str, other: str) -> None:
    assert measure_distance(one, other) == BITS
    assert not is_alike(one, other)


HASH = st.sampled_from(["", "0" * 64, *(f"{1 << n:032x}" for n in range(0, BITS, 9)), "f" * LENGTH])


@given(st.dictionaries(st.text(max_size=2), HASH), st.lists(HASH, max_size=6))
def test_many_are_found_as_each_by_itself(wanted: dict[str, str], others: list[str]) -> None:
    alone = {
        name: next(place for place, other in enumerate(others) if is_alike(each, other))
        for name, each in wanted.items()
        if any(is_alike(each, other) for other in others)
    }
    assert find_alike(wanted, others) == alone
