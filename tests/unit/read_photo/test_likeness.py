"""One picture at two sizes is known again; two pictures are told apart."""

from desk.demo.makers import photo
from ingest.read.photo.perceptual_hash import ALIKE, distance, likeness


def test_one_picture_at_two_sizes_is_alike() -> None:
    assert distance(likeness(photo(800, 600, 4)), likeness(photo(1600, 1200, 4))) <= ALIKE


def test_nothing_known_is_like_nothing() -> None:
    assert distance("", "") == 256
    assert distance("", likeness(photo(800, 600, 4))) == 256
