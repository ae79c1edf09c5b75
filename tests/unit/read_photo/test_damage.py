"""Seven kinds of damage at random places: a tenth here, the whole by `make drill ARGS=photo`."""

import os

import pytest

from tests.unit.read_photo.damage import (
    KINDS,
    MUST_SEE,
    damage_at_random,
    list_cameras,
    list_screenshots,
)
from tests.unit.read_photo.pictures import read

COUNT = 200 if os.environ.get("REDAKSI_DRILL") else 20
_NEAR = 0.04  # of the height: what "from 63 %" may be off


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", KINDS)
def test_damage_to_a_jpeg_that_shows_is_found(kind: str) -> None:
    visible, missed, astray, located = 0, [], [], 0
    for seed in range(COUNT):
        damaged = damage_at_random(kind, seed, list_cameras())
        photo = read(damaged.content)
        if photo.damage is None:
            visible += damaged.starts is not None
            missed += [damaged.what] if damaged.starts is not None else []
            continue
        visible += damaged.starts is not None
        share = photo.damage.facts.get("from_top")
        if share is not None and damaged.starts is not None:
            located += 1
            if abs(int(share) / 100 - damaged.starts) > _NEAR:
                astray.append((damaged.what, share, damaged.starts))
    found = visible - len(missed)
    print(f"{kind}: {found} of {visible} visible found, {located} located, astray: {astray}")
    assert astray == []
    if kind in MUST_SEE:
        assert found >= (visible if kind == "truncation" else int(0.98 * visible)), missed


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_truncated_jpeg_is_always_found(seed: int) -> None:
    assert not read(damage_at_random("truncation", seed, list_cameras()).content).intact


@pytest.mark.parametrize("kind", MUST_SEE)
def test_damage_to_a_png_is_always_found(kind: str) -> None:
    missed = [
        seed
        for seed in range(COUNT)
        if read(damage_at_random(kind, seed, list_screenshots()).content).intact
    ]
    assert missed == []


def test_camera_files_are_intact() -> None:
    assert all(read(content).intact for content in (*list_cameras(), *list_screenshots()))
