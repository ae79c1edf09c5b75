"""Pictures made of what was sent: one blob a role, said once, found by the page."""

import hashlib
from pathlib import Path

from desk.presentation.pictures import find_pictures
from desk.sandbox.outgoing import Emitter
from desk.sandbox.sink import FolderSink
from desk.store import Store, derivatives
from desk.workflow.keep_files import keep_files, make_sink
from tests.contract.conftest import NOW
from tests.in_process import SinkWriter
from tests.postoffice import MONDAY, bench

PHOTO, OTHER = "a" * 64, "b" * 64


def test_what_was_made_first_stands(store: Store) -> None:
    with store.begin() as tx:
        derivatives.record(tx, PHOTO, "thumbnail", "1" * 64, 10, NOW)
        derivatives.record(tx, PHOTO, "screen", "2" * 64, 20, NOW)
        derivatives.record(tx, PHOTO, "thumbnail", "3" * 64, 30, NOW)
        derivatives.record(tx, OTHER, "thumbnail", "1" * 64, 10, NOW)
    with store.read() as tx:
        assert derivatives.find(tx, [PHOTO]) == {
            (PHOTO, "thumbnail"): "1" * 64,
            (PHOTO, "screen"): "2" * 64,
        }
        assert derivatives.find(tx, []) == {}


def test_what_a_reading_emits_is_kept_with_whose_it_is(tmp_path: Path) -> None:
    original = hashlib.sha256(b"photo").hexdigest()
    with bench(tmp_path, MONDAY) as ready:
        with make_sink(ready.app) as sink:
            emit = Emitter(SinkWriter(sink), kept=100)
            emit(original, "original", b"photo")
            emit(original, "thumbnail", b"small")
            emit(original, "screen", b"large")
            keep_files(ready.app, sink)
        with ready.app.store.read() as tx:
            shown = find_pictures(ready.app, tx, [original])
        assert {role: path.read_bytes() for (_, role), path in shown.items()} == {
            "thumbnail": b"small",
            "screen": b"large",
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


def test_what_is_emitted_is_bounded_in_bytes_and_given_once(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path)
    emit = Emitter(SinkWriter(sink), kept=3_000_000)
    emit(PHOTO, "thumbnail", bytes(96 * 1024 + 1))
    emit(PHOTO, "screen", bytes(2_000_000))
    emit(PHOTO, "screen", b"another")
    emit(OTHER, "screen", bytes(2_000_000))
    emit("../outside", "thumbnail", b"small")
    emit(OTHER, "thumbnail", b"small")
    assert [(each.file.original, each.file.role) for each in sink.received] == [
        (PHOTO, "screen"),
        (OTHER, "thumbnail"),
    ]
