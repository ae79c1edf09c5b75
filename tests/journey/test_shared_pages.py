"""`queue.group`: another user's web server reads the pages, and nobody changes a blob through them."""

import grp
import os
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.demo import dovecot
from desk.demo.post import Letterbox, capturing
from tests.journey.test_commands import House

# Root gives files to anybody; everybody else to a group of their own.
GROUP = "www-data" if os.geteuid() == 0 else grp.getgrgid(os.getegid()).gr_name
GID = grp.getgrnam(GROUP).gr_gid


class Served(House):
    """With a folder of pages that others can reach."""

    pages: Path


@pytest.fixture
def house(tmp_path: Path, dovecot_server: dovecot.Dovecot) -> Iterator[Served]:
    with capturing(Letterbox()) as port:
        house = Served(tmp_path, dovecot_server, port)
        house.deliver("lengkap")
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # pytest's are closed to others
            Path(folder).chmod(0o755)
            house.pages = Path(folder) / "antrean"
            yield house


def write_queue(house: Served, *lines: str) -> Path:
    head = house.path.read_text().partition("\n[queue]")[0]
    pages = house.pages
    house.path.write_text("\n".join([head, "[queue]", f'folder = "{pages}"', *lines]) + "\n")
    house.path.chmod(0o600)
    return pages


def modes_of(pages: Path) -> set[tuple[str, int]]:
    """Kind and mode of all that is there."""
    found = set()
    for path in (pages, *pages.rglob("*")):
        kind = "folder" if path.is_dir() else "own" if path.name.startswith(".") else "file"
        found.add((kind, stat.S_IMODE(path.stat().st_mode)))
    return found


def blobs_of(house: Served) -> dict[int, tuple[int, int]]:
    """Inode, mode and group of every blob."""
    blobs = [path for path in (house.folder / "data" / "blobs").rglob("*") if path.is_file()]
    return {s.st_ino: (stat.S_IMODE(s.st_mode), s.st_gid) for s in (p.stat() for p in blobs)}


def inodes_of(pages: Path) -> set[int]:
    return {path.stat().st_ino for path in pages.rglob("*") if path.is_file()}


SHARED = {("folder", 0o2750), ("file", 0o640), ("own", 0o600)}
OWN = {("folder", 0o700), ("file", 0o600), ("own", 0o600)}


def test_pages_are_a_groups_and_again_nobodys(house: Served) -> None:
    pages = write_queue(house)
    assert house.run("poll", "--once").exit_code == 0
    blobs = blobs_of(house)
    assert modes_of(pages) == OWN
    assert inodes_of(pages) & blobs.keys()  # hard links, while nobody else reads them

    write_queue(house, f'group = "{GROUP}"')
    ended = house.run("poll", "--once")
    assert ended.exit_code == 0, ended.output
    assert modes_of(pages) == SHARED
    assert {path.stat().st_gid for path in (pages, *pages.rglob("*"))} == {GID}
    assert not inodes_of(pages) & blobs.keys()
    assert blobs_of(house) == blobs
    (mail,) = pages.rglob("*.eml")
    (original,) = [
        path
        for path in (house.folder / "data" / "blobs").rglob("*")
        if path.is_file() and path.read_bytes() == mail.read_bytes()
    ]
    assert not original.samefile(mail)

    house.deliver("huruf-spasi-foto-kecil")  # what is written from now on is shared too
    assert house.run("poll", "--once").exit_code == 0
    assert modes_of(pages) == SHARED

    write_queue(house)
    assert house.run("poll", "--once").exit_code == 0
    assert modes_of(pages) == OWN


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: to be another user")
def test_a_member_reads_and_changes_nothing(house: Served) -> None:
    pages = write_queue(house, f'group = "{GROUP}"')
    house.run("poll", "--once")
    (mail,) = pages.rglob("*.eml")

    def run(*command: str, group: int) -> int:
        return subprocess.run(
            command, user=65534, group=group, extra_groups=[], capture_output=True, check=False
        ).returncode

    assert run("cat", str(mail), group=GID) == 0
    assert run("cat", str(pages / "index.html"), group=GID) == 0
    assert run("cat", str(pages / ".redaksi"), group=GID) != 0
    assert run("sh", "-c", f"echo x >> {mail}", group=GID) != 0
    assert run("rm", "-f", str(mail), group=GID) != 0
    assert run("cat", str(mail), group=65534) != 0


def test_a_group_we_are_not_in_is_told_with_its_remedy(
    house: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_queue(house, 'group = "daemon"')
    for name, found in (("geteuid", 1000), ("getegid", 1000), ("getgroups", [1000])):
        monkeypatch.setattr(os, name, lambda found=found: found)
    ended = house.run("poll", "--once")
    assert ended.exit_code == 2
    assert "usermod -aG daemon" in ended.output
    assert house.run("status").exit_code != 2  # who only looks needs no group


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('[queue]\ngroup = "www-data-tiada"\nfolder = "/srv/antrean"\n', "groupadd www-data-tiada"),
        (f'[queue]\ngroup = "{GROUP}"\n', "isi queue.folder"),
    ],
)
def test_a_group_that_cannot_be_is_told(house: Served, lines: str, words: str) -> None:
    house.path.write_text(house.path.read_text() + lines)
    ended = house.run("poll", "--once")
    assert (ended.exit_code, words in ended.output) == (2, True), ended.output
