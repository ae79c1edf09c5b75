"""One picture at two sizes is known again; two pictures are told apart."""

from desk.demo.makers import photo
from ingest.read.photo.perceptual_hash import ALIKE, hash_thumbnail, measure_distance


def test_one_picture_at_two_sizes_is_alike() -> None:
    assert (
        measure_distance(hash_thumbnail(photo(800, 600, 4)), hash_thumbnail(photo(1600, 1200, 4)))
        <= ALIKE
    )


def test_nothing_known_is_like_nothing() -> None:
    assert measure_distance("", "") == 256
    assert measure_distance("", hash_thumbnail(photo(800, 600, 4))) == 256
