"""Pictures made of what was sent: one blob a role, said once, found by the page."""

import hashlib
from pathlib import Path

import pytest

from desk.presentation.pictures import find_pictures
from desk.sandbox.emitted import write_into
from desk.sandbox.host import Crashed
from desk.store import Store, derivatives
from desk.workflow.keep_files import keep_files
from tests.contract.conftest import NOW
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
    folder = tmp_path / "left"
    folder.mkdir()
    original = hashlib.sha256(b"photo").hexdigest()
    emit = write_into(folder)
    emit(original, "original", b"photo")
    emit(original, "thumbnail", b"small")
    emit(original, "screen", b"large")
    with bench(tmp_path, MONDAY) as ready:
        keep_files(ready.app, folder)
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


@pytest.mark.parametrize("name", ["notes.txt", f"{PHOTO}.exe", f"{PHOTO}.publish.jpg", PHOTO])
def test_whatever_else_a_child_leaves_is_our_fault(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "left"
    folder.mkdir()
    (folder / name).write_bytes(b"whatever")
    with bench(tmp_path, MONDAY) as ready, pytest.raises(Crashed):
        keep_files(ready.app, folder)


def test_no_picture_is_taken_through_a_link(tmp_path: Path) -> None:
    folder, secret = tmp_path / "left", tmp_path / "secret"
    folder.mkdir()
    secret.write_bytes(b"secret")
    (folder / f"{PHOTO}.screen.jpg").symlink_to(secret)
    with bench(tmp_path, MONDAY) as ready, pytest.raises(Crashed):
        keep_files(ready.app, folder)


def test_what_is_emitted_is_bounded_in_bytes(tmp_path: Path) -> None:
    emit = write_into(tmp_path, most_in_all=3_000_000)
    emit(PHOTO, "thumbnail", bytes(96 * 1024 + 1))
    emit(PHOTO, "screen", bytes(2_000_000))
    emit(OTHER, "screen", bytes(2_000_000))
    emit("../outside", "thumbnail", b"small")
    emit(OTHER, "thumbnail", b"small")
    assert {file.name for file in tmp_path.iterdir()} == {
        f"{PHOTO}.screen.jpg",
        f"{OTHER}.thumbnail.jpg",
    }
