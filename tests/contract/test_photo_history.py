"""Photos that came before are known again, by their bytes and by their picture."""

from collections.abc import Callable
from datetime import datetime

from msgspec import structs

from desk.store import Store
from desk.store.submissions.photo_history import find_seen_before
from redaksi.model import Assessment, Photo
from tests.filing import examination, file, judged

At = Callable[[float], datetime]
STREET, RIVER = "0" * 32, "5" * 32


def photo(sha256: str, likeness: str = "") -> Photo:
    return Photo(name=f"{sha256}.jpg", kind="jpeg", sha256=sha256, likeness=likeness)


def holding(*photos: Photo) -> Assessment:
    one = judged()
    return structs.replace(one, submission=structs.replace(one.submission, photos=photos))


def test_what_came_in_an_earlier_submission_is_found(store: Store, at: At) -> None:
    numbers, ids = [], []
    for uid, photos in enumerate(
        (
            (photo("old"), photo("street", STREET)),
            (photo("old"), photo("fog")),
            (
                photo("old"),
                photo("street-again", STREET[:-1] + "7"),
                photo("river", RIVER),
                photo("unknown"),
                photo("before", "0" * 64),
            ),
        ),
        1,
    ):
        (one,) = file(store, at(uid), examination(holding(*photos)), uid).submissions
        numbers.append(one.number)
        ids.append(one.id)
    with store.read() as tx:
        assert find_seen_before(tx, ids[2], photos) == {
            "old": numbers[1],
            "street-again": numbers[0],
        }
        assert find_seen_before(tx, ids[0], [photo("old"), photo("street", STREET)]) == {}
        assert find_seen_before(tx, ids[2], []) == {}
