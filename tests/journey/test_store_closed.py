"""A store that cannot be opened or written is told in one line of ours by the verbs that look, and the
line is gone when it is mended. Real SQLite, a real read-only mount."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desk.cli import cli
from desk.cli.checkup import machine
from desk.cli.door import explain
from desk.health.disks import look_at
from desk.health.judge import judge_disks
from desk.health.words import say_trouble
from desk.store import engine, open_store
from redaksi.config.schema import Config
from redaksi.errors import StoreError
from tests.postoffice import bench


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that was used, and that nobody has open."""
    monkeypatch.setattr(machine, "check_sandbox", lambda *_: "-")  # test_upkeep does it truly
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    with bench(tmp_path / "data", mode="draft") as ready:
        ready.letter()
    return tmp_path / "data"


def run(home: Path, *verb: str) -> Result:
    path = home.parent / "config.toml"
    path.write_text(
        f'data_dir = "{home}"\n[[mailbox]]\nid = "warta"\naddress = "redaksi@warta.example"\n'
        'host = "127.0.0.1"\nport = 1\nuser = "x"\npassword = "env:P"\nsince = 2020-01-01\n'
        'security = "none"\n[reply]\nmode = "off"\n'
    )
    path.chmod(0o600)
    return CliRunner().invoke(cli, [*verb, "--config", str(path)], env={"P": "rahasia"})


def unfold(result: Result) -> list[str]:
    """Each line of the output whole again."""
    lines: list[str] = []
    for line in result.output.splitlines():
        if line.startswith(" ") and lines:
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    return lines


def lines_of(result: Result, words: str) -> list[str]:
    """The lines that say so, wherever a long path made them fold."""
    return [line for line in unfold(result) if "".join(words.split()) in "".join(line.split())]


@contextmanager
def no_database(home: Path) -> Iterator[None]:
    """Somebody's text under the database's name."""
    file, kept = home / "redaksi.db", (home / "redaksi.db").read_bytes()
    file.write_bytes(b"catatan rapat\n" * 100)
    yield
    file.write_bytes(kept)


@contextmanager
def damaged(home: Path) -> Iterator[None]:
    """The header stands, a page of the schema does not."""
    file, kept = home / "redaksi.db", (home / "redaksi.db").read_bytes()
    file.write_bytes(kept[:100] + b"\xff" * 3996 + kept[4096:])
    yield
    file.write_bytes(kept)


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """By a program that wants it for itself alone (a restore, a browser of databases)."""
    other = sqlite3.connect(home / "redaksi.db", isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


CLOSED: dict[str, tuple[Callable[[Path], AbstractContextManager[None]], str]] = {
    "another file": (no_database, "berkasnya bukan basis data SQLite"),
    "damaged": (damaged, "berkasnya rusak; pulihkan dari cadangan"),
    "locked": (locked, "sedang dikunci proses lain"),
}


@pytest.mark.parametrize("fault", CLOSED)
def test_a_store_that_does_not_open_is_told_and_gone_when_mended(home: Path, fault: str) -> None:
    plant, words = CLOSED[fault]
    with plant(home):
        status, doctor, queue = (run(home, verb) for verb in ("status", "doctor", "queue"))
    assert (status.exit_code, doctor.exit_code, queue.exit_code) == (1, 1, 75)
    for ended in (status, doctor, queue):
        (line,) = lines_of(ended, words)
        assert "basis data: " in line
    (line,) = lines_of(status, words)
    assert line.startswith("perhatikan: basis data: ")
    assert lines_of(run(home, "status"), words) == lines_of(run(home, "doctor"), words) == []


def test_a_writer_that_takes_its_time_keeps_nobody_from_looking(home: Path) -> None:
    """Another process holds BEGIN IMMEDIATE: who looks is not told, who writes waits and says
    why."""
    other = sqlite3.connect(home / "redaksi.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    words = "dikunci"
    assert [lines_of(run(home, verb), words) for verb in ("status", "doctor", "queue")] == [[]] * 3
    with pytest.raises(StoreError) as refused:
        open_store(f"sqlite:///{home}/redaksi.db").begin().__enter__()
    assert refused.value.say("id") == (
        "basis data: sedang dikunci proses lain; tunggu sampai selesai"
    )
    other.execute("ROLLBACK")
    other.close()


def test_doctor_looks_at_a_store_of_an_older_version_and_leaves_it_alone(home: Path) -> None:
    with sqlite3.connect(home / "redaksi.db") as other:
        other.execute("UPDATE alembic_version SET version_num = '0013'")
        processes = other.execute("SELECT id FROM process").fetchall()
    other.close()
    ended = run(home, "doctor")
    (line,) = lines_of(ended, "versi redaksi yang lebih lama")
    assert line.startswith("PERHATIKAN  ")
    with sqlite3.connect(home / "redaksi.db") as other:
        assert other.execute("SELECT version_num FROM alembic_version").fetchall() == [("0013",)]
        assert other.execute("SELECT id FROM process").fetchall() == processes
    other.close()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """By a mount where we may, else by the folder's mode."""
    if os.getuid() != 0:
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    bind = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False)
    if bind.returncode:
        pytest.skip("root, and may not mount")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_read_only_data_folder_is_told_with_its_remedy_and_gone_when_mended(home: Path) -> None:
    with read_only(home):
        ended = {verb: run(home, verb) for verb in ("status", "doctor", "queue")}
    where = f"{home}: tidak dapat ditulis, "
    for verb in ("status", "doctor"):
        assert ended[verb].exit_code == 1
        (line,) = lines_of(ended[verb], where)
        assert any(remedy in line for remedy in ("mount -o remount,rw", "chmod u+rwX")), line
    assert len(lines_of(ended["status"], "remount,rw")) <= 1  # not again for data_dir/spool
    for result in ended.values():
        assert "Traceback" not in result.output
        assert not lines_of(result, "readonly")
        assert not lines_of(result, "unable to open")
    assert not lines_of(run(home, "status"), where)
    assert not lines_of(run(home, "doctor"), where)


def test_doctor_begins_nothing_where_nothing_was_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "check_sandbox", lambda *_: "-")
    assert run(tmp_path / "data", "doctor").exit_code == 1  # nobody listens at port 1
    assert not (tmp_path / "data").exists()


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[None]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill_bytes(folder: Path) -> None:
    with (folder / "big").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def use_up_inodes(folder: Path) -> None:
    with suppress(OSError):
        for number in range(1000):
            (folder / str(number)).touch()


@pytest.mark.parametrize(
    ("options", "fill", "words"),
    [
        ("size=64k", fill_bytes, "ruang disk habis"),
        ("size=1m,nr_inodes=8", use_up_inodes, "inode habis (terlalu banyak berkas)"),
    ],
)
def test_a_full_disk_says_of_what(
    tmp_path: Path, options: str, fill: Callable[[Path], None], words: str
) -> None:
    folder = tmp_path / "disk"
    with small_disk(folder, options):
        fill(folder)
        place = look_at("data_dir", folder)
        (trouble,) = judge_disks([place], Config(mailbox=()))
        line = say_trouble(trouble, "id")
        assert line.startswith(f"{folder}: tidak dapat ditulis, {words}. Hapus berkas di sana")
        with pytest.raises(OSError) as refused:
            (folder / "one more").write_bytes(b"x" * 65536)
        if refused.value.filename:
            assert words in explain(refused.value, "id")
