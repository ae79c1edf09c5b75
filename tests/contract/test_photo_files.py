"""Which files are foto.zip: those of the submission's newest edition, in its order, and only whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from desk.presentation.publication.photo_files import find_photo_files
from desk.store import derivatives
from desk.store.publications import editions
from publisher.articles.edition import Edition
from publisher.articles.photo_words import gather_words, name_words
from tests.editions import make_edition, make_words
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

ONE, TWO = "W-2026-00001", "W-2026-00002"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, MONDAY) as on:
        fill(on.app.store, 2, MONDAY)
        yield on


def write(desk: Bench, submission_id: int, *photos: int, number: int = 1) -> Edition:
    """An edition of a submission with these photos."""
    words = tuple(make_words(each) for each in photos)
    edition = make_edition(number, photos=0, submission=f"W-2026-0000{submission_id}")
    edition = structs.replace(edition, photos=words)
    with desk.app.store.begin() as tx:
        editions.add(tx, submission_id, edition)
    return edition


def make(desk: Bench, edition: Edition, *places: int) -> list[str]:
    """The photos at these places as readers get them; their blobs."""
    made = []
    for place in places:
        photo = edition.photos[place]
        sha256 = desk.app.blobs.put(f"{edition.submission} {photo.caption}".encode())
        variant = name_words(gather_words(edition, photo))
        with desk.app.store.begin() as tx:
            derivatives.record_published(tx, photo.sha256, variant, sha256, 9, MONDAY)
        made.append(sha256)
    return made


def read(desk: Bench, number: str) -> dict[str, bytes]:
    found = find_photo_files(desk.app, number)
    assert found is not None
    files = {}
    for name, open_file in found.files:
        with open_file() as stream:
            files[name] = stream.read()
    return files


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_each_article_has_its_own_photos_in_its_order(desk: Bench, order: tuple[int, ...]) -> None:
    theirs = tuple(each + 3 for each in order[::-1])
    for submission_id, photos in ((1, order), (2, theirs)):
        make(desk, write(desk, submission_id, *photos), 0, 1, 2)
    for number, photos in ((ONE, order), (TWO, theirs)):
        *files, listed = read(desk, number).items()
        assert [content for _, content in files] == [
            f"{number} {make_words(each).caption}".encode() for each in photos
        ]
        assert [name[:2] for name, _ in files] == ["1-", "2-", "3-"]
        assert listed[0] == "keterangan.txt"


def test_those_of_the_newest_edition(desk: Bench) -> None:
    make(desk, write(desk, 1, 1), 0)
    later = write(desk, 1, 2, number=2)
    assert find_photo_files(desk.app, ONE) is None
    make(desk, later, 0)
    assert f"{ONE} {make_words(2).caption}".encode() in read(desk, ONE).values()


def test_some_of_them_are_none(desk: Bench) -> None:
    edition = write(desk, 1, 1, 2)
    make(desk, edition, 1)
    assert find_photo_files(desk.app, ONE) is None
    (sha256,) = make(desk, edition, 0)
    assert find_photo_files(desk.app, ONE) is not None
    desk.app.blobs.delete(sha256)
    assert find_photo_files(desk.app, ONE) is None


def test_an_article_without_photos_has_no_download(desk: Bench) -> None:
    write(desk, 1)
    assert find_photo_files(desk.app, ONE) is None
    assert find_photo_files(desk.app, TWO) is None
    assert find_photo_files(desk.app, "W-2026-99999") is None
