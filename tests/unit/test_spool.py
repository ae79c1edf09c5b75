"""The spool: hashed while written, resumed after a cut, never two downloads in one file."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from ingest.fetch.spool import PIECE, spooling, sweep
from redaksi.errors import StoreError


class Cut(Exception):
    pass


def leave_half(folder: Path, content: bytes, key: str = "warta-INBOX-1-7") -> None:
    with pytest.raises(Cut), spooling(folder, key) as spool:
        spool.write(content)
        raise Cut


def test_a_finished_mail_is_in_a_file_with_its_hash(tmp_path: Path) -> None:
    with spooling(tmp_path, "warta-INBOX-1-7") as spool:
        spool.write(b"satu ")
        spool.write(b"dua")
        fetched = spool.finish()
    assert fetched.path.read_bytes() == b"satu dua"
    assert (fetched.size, fetched.sha256) == (8, hashlib.sha256(b"satu dua").hexdigest())


def test_after_a_cut_the_next_download_goes_on(tmp_path: Path) -> None:
    leave_half(tmp_path, b"satu ")
    with spooling(tmp_path, "warta-INBOX-1-7") as spool:
        assert spool.size == 5
        spool.write(b"dua")
        assert spool.finish().sha256 == hashlib.sha256(b"satu dua").hexdigest()


def test_another_mail_starts_from_nothing(tmp_path: Path) -> None:
    leave_half(tmp_path, b"satu ")
    with spooling(tmp_path, "warta-INBOX-1-8") as spool:
        assert spool.size == 0


def test_folder_names_that_only_differ_in_signs_are_two_mails(tmp_path: Path) -> None:
    leave_half(tmp_path, b"satu ", "warta-A/B-1-7")
    with spooling(tmp_path, "warta-A B-1-7") as spool:
        assert spool.size == 0


def test_a_key_cannot_leave_the_folder(tmp_path: Path) -> None:
    with spooling(tmp_path, "../../etc/x") as spool:
        assert spool.finish().path.parent == tmp_path


def test_what_was_written_before_the_machine_went_down_is_believed_only_up_to_the_last_flush(
    tmp_path: Path,
) -> None:
    leave_half(tmp_path, b"x" * (3 * PIECE))
    part = next(tmp_path.glob("*.part"))
    os.utime(part, (0, 0))
    with spooling(tmp_path, "warta-INBOX-1-7") as spool:
        assert spool.size == PIECE


def test_two_downloads_of_one_mail_at_once_do_not_share_a_file(tmp_path: Path) -> None:
    with (
        spooling(tmp_path, "warta-INBOX-1-7") as one,
        spooling(tmp_path, "warta-INBOX-1-7") as other,
    ):
        one.write(b"satu")
        other.write(b"lain")
        assert (one.finish().path.read_bytes(), other.finish().path.read_bytes()) == (
            b"satu",
            b"lain",
        )


def test_a_dropped_download_leaves_nothing(tmp_path: Path) -> None:
    with spooling(tmp_path, "warta-INBOX-1-7") as spool:
        spool.write(b"satu")
        spool.drop()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_our_fault(tmp_path: Path) -> None:
    with pytest.raises(StoreError), spooling(tmp_path / "tiada", "x"):
        pass


def test_a_link_planted_under_the_name_is_not_followed(tmp_path: Path) -> None:
    leave_half(tmp_path, b"satu")
    part = next(tmp_path.glob("*.part"))
    part.unlink()
    (tmp_path / "victim").write_bytes(b"v")
    part.symlink_to(tmp_path / "victim")
    with pytest.raises(StoreError), spooling(tmp_path, "warta-INBOX-1-7"):
        pass
    assert (tmp_path / "victim").read_bytes() == b"v"


def test_only_old_leftovers_are_swept(tmp_path: Path) -> None:
    leave_half(tmp_path, b"satu", "a")
    leave_half(tmp_path, b"dua", "b")
    old = next(tmp_path.glob("a*.part"))
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    assert (sweep(tmp_path, 3600), len(list(tmp_path.iterdir()))) == (1, 1)
