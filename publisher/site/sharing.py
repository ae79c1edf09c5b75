"""Pages that another user's web server reads: the folder is a group's (2750), its files 0640, and
originals are copied, so that nobody can change a blob through the share.

Whether a folder is shared stands in the folder itself: its set-group-ID bit, which folders below it
inherit with the group (inode(7)).
"""

import contextlib
import fcntl
import filecmp
import os
import shutil
import stat
from pathlib import Path

SHARED_FOLDER, SHARED_FILE = 0o2750, 0o640
OWN_FOLDER, OWN_FILE = 0o700, 0o600
_FICLONE = 0x40049409  # ioctl_ficlone(2): the bytes are shared until one of them is written


def is_shared(folder: Path) -> bool:
    """Whether what is written there is for the group too."""
    return bool(folder.stat().st_mode & stat.S_ISGID)


def make_folder(folder: Path) -> None:
    """The folder, as shared as the one above it; what is above that is made where it lacks."""
    if folder.is_dir():
        return
    folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    if is_shared(folder.parent):
        folder.chmod(SHARED_FOLDER)


def mode_of(target: Path) -> int:
    """Of a file there; what begins with a dot is ours alone."""
    is_public = not target.name.startswith(".") and is_shared(target.parent)
    return SHARED_FILE if is_public else OWN_FILE


def fit_folder(folder: Path, group: int | None) -> bool:
    """Share the folder with a group, or with nobody, and all that is ours in it; whether something
    had to be changed. Raises OSError."""
    make_folder(folder)
    found = folder.stat()
    is_right = (
        bool(found.st_mode & stat.S_ISGID) and found.st_gid == group
        if group is not None
        else not found.st_mode & stat.S_ISGID
    )
    if is_right:
        return False
    for path in folder.rglob("*"):
        _fit(path, group)
    _fit(folder, group)  # last: what was interrupted is begun anew
    return True


def _fit(path: Path, group: int | None) -> None:
    found = path.lstat()
    if found.st_uid != os.geteuid() or stat.S_ISLNK(found.st_mode):
        return  # somebody put it there
    own = os.getegid() if group is None else group
    if stat.S_ISDIR(found.st_mode):
        os.chown(path, -1, own)
        path.chmod(OWN_FOLDER if group is None else SHARED_FOLDER)
        return
    if found.st_nlink > 1:  # a blob's own bytes: its mode and group are not ours to change here
        if group is None:
            return
        _replace_by_copy(path)
    os.chown(path, -1, own)
    is_public = group is not None and not path.name.startswith(".")
    path.chmod(SHARED_FILE if is_public else OWN_FILE)


def _replace_by_copy(path: Path) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    clone(path, fresh, OWN_FILE)
    fresh.replace(path)


def copy_original(source: Path, target: Path) -> None:
    """The bytes of a blob at `target`, by an atomic rename; nothing where they are there already."""
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    clone(source, fresh, mode_of(target))
    fresh.replace(target)


def clone(source: Path, target: Path, mode: int) -> None:
    """A file of its own with the same bytes; where the file system can, without writing them."""
    number = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with source.open("rb") as origin, os.fdopen(number, "wb") as stream:
        os.fchmod(stream.fileno(), mode)
        with contextlib.suppress(OSError):
            fcntl.ioctl(stream.fileno(), _FICLONE, origin.fileno())
            return
        shutil.copyfileobj(origin, stream, 1 << 20)
