"""Pictures made of what was sent: one blob a role, said once, found by the page."""

import hashlib
from pathlib import Path

from msgspec.structs import replace

from desk.presentation.pictures import find_pictures
from desk.sandbox.outgoing import Emitter, Outgoing
from desk.sandbox.protocol import Announced
from desk.store import Store, derivatives
from desk.store.tables.derivative import DerivativeRole
from desk.workflow.reading.keep_files import keep_files, make_sink
from redaksi.limits import Safety
from tests.contract.conftest import NOW
from tests.in_process import SinkWriter
from tests.postoffice import MONDAY, bench
from tests.unit.read_mail.mails import picture

PHOTO, OTHER = "a" * 64, "b" * 64
SAFETY = Safety()
SMALL, LARGE = picture(48, 32), picture(160, 120)


def make(original: str, role: DerivativeRole, sha256: str, mail_id: int = 1) -> derivatives.Made:
    return derivatives.Made(
        original=original, role=role, sha256=sha256 * 64, size=10, mail_id=mail_id
    )


def test_what_was_made_first_stands(store: Store) -> None:
    with store.begin() as tx:
        derivatives.record(tx, make(PHOTO, "thumbnail", "1"), NOW)
        derivatives.record(tx, make(PHOTO, "screen", "2"), NOW)
        derivatives.record(tx, make(PHOTO, "thumbnail", "3", mail_id=2), NOW)
        derivatives.record(tx, make(OTHER, "thumbnail", "1"), NOW)
    with store.read() as tx:
        assert derivatives.find(tx, [PHOTO]) == {
            (PHOTO, "thumbnail"): "1" * 64,
            (PHOTO, "screen"): "2" * 64,
        }
        assert derivatives.find(tx, []) == {}


def test_nobody_sets_what_is_shown_of_another_ones_photo(store: Store) -> None:
    """Whoever sends a photo first, with a picture of something else made of it."""
    for mail_id, sha256 in ((1, "1"), (2, "2"), (2, "2"), (3, "1")):
        with store.begin() as tx:
            derivatives.record(tx, make(PHOTO, "thumbnail", sha256, mail_id), NOW)
    with store.read() as tx:
        shown = {
            mail_id: derivatives.find(tx, [PHOTO], [mail_id])[PHOTO, "thumbnail"][0]
            for mail_id in (1, 2, 3)
        }
    assert shown == {1: "1", 2: "2", 3: "1"}


def test_what_is_published_of_a_photo_goes_by_its_words(store: Store) -> None:
    with store.begin() as tx:
        derivatives.record(tx, make(PHOTO, "screen", "2"), NOW)
        for words, sha256 in (("a", "1"), ("b", "2"), ("a", "3")):
            derivatives.record_published(tx, PHOTO, words * 64, sha256 * 64, 10, NOW)
    with store.read() as tx:
        assert derivatives.find_published(tx, PHOTO, "a" * 64) == "3" * 64
        assert derivatives.find_published(tx, PHOTO, "b" * 64) == "2" * 64
        assert derivatives.find_published(tx, PHOTO, "c" * 64) is None
        assert derivatives.find_published(tx, OTHER, "a" * 64) is None
        assert set(derivatives.find(tx, [PHOTO])) == {(PHOTO, "screen")}


def test_what_a_reading_emits_is_kept_with_whose_it_is(tmp_path: Path) -> None:
    original = hashlib.sha256(b"photo").hexdigest()
    with bench(tmp_path, MONDAY) as ready:
        with make_sink(ready.app) as sink:
            emit = Emitter(SinkWriter(sink), 10_000, SAFETY)
            emit(original, "original", b"photo")
            emit(original, "thumbnail", SMALL)
            emit(original, "screen", LARGE)
            emit(OTHER, "thumbnail", SMALL)
            keep_files(ready.app, sink, 1)
        with ready.app.store.read() as tx:
            shown = find_pictures(ready.app, tx, [original, OTHER])
        assert {key: path.read_bytes() for key, path in shown.items()} == {
            (original, "thumbnail"): SMALL,
            (original, "screen"): LARGE,
        }
        assert ready.app.blobs.exists(original)


def test_thumbnails_made_before_there_was_a_table_are_found(tmp_path: Path) -> None:
    with bench(tmp_path, MONDAY) as ready:
        before = ready.app.thumbnails / PHOTO[:2]
        before.mkdir(parents=True)
        (before / f"{PHOTO}.jpg").write_bytes(b"small")
        (before / f"{PHOTO}.full.jpg").write_bytes(b"copy")
        with ready.app.store.read() as tx:
            shown = find_pictures(ready.app, tx, [PHOTO, OTHER])
        assert {role: path.read_bytes() for (_, role), path in shown.items()} == {
            "thumbnail": b"small",
            "jpeg": b"copy",
        }


def test_what_is_emitted_is_bounded_in_bytes_and_given_once() -> None:
    given: list[tuple[str, str]] = []

    class Noted(Outgoing):
        def progress(self, index: int) -> None: ...
        def put(self, announced: Announced, _content: bytes) -> None:
            given.append((announced.original, announced.role))

    emit = Emitter(Noted(), 3_000_000, replace(SAFETY, max_attachment=500_000))
    emit(PHOTO, "thumbnail", bytes(96 * 1024 + 1))
    emit(PHOTO, "jpeg", bytes(500_001))
    emit(PHOTO, "screen", bytes(2_000_000))
    emit(PHOTO, "screen", b"another")
    emit(OTHER, "screen", bytes(2_000_000))
    emit("../outside", "thumbnail", b"small")
    emit(OTHER, "thumbnail", b"small")
    assert given == [(PHOTO, "screen"), (OTHER, "thumbnail")]
