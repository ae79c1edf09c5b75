"""A folder of files put in the place of another, whole or not at all, on any POSIX file system.

    .NAME.new   being written; what is cut here is removed, for it is written again
    NAME        what readers see
    .NAME.old   what readers saw until now; removed once the new one stands

The new one is on the disk (fsync(2) of each file, of the folder, of the folder it stands in) before
the old one is renamed away, so a cut between the two renames is finished by the second. Everything
is named below an open folder (openat(2)) and no link is followed. OSError is the caller's.
"""

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

NAME = r"[A-Za-z0-9][A-Za-z0-9-]{0,63}"
LAST = "warta.json"  # written last, removed first: a folder that has it is whole

Files = Iterable[tuple[str, Callable[[], bytes]]]

_REST = re.compile(rf"\.({NAME})\.(?:new|old)")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_DEEPEST = 8  # folders below each other that are removed


@contextmanager
def open_folder(name: str, above: int | None = None) -> Iterator[int]:
    """The descriptor of a folder: of a path, or of a name in the folder `above`, where it may be no
    link."""
    follow = 0 if above is None else os.O_NOFOLLOW
    folder = os.open(name, _FOLDER | follow, dir_fd=above)
    try:
        yield folder
    finally:
        os.close(folder)


def put(above: int, name: str, files: Files) -> None:
    """Make `name` in the folder `above` hold these files alone. Raises OSError, and whatever
    reading a file raises; what stood stands then."""
    fresh, old = f".{name}.new", f".{name}.old"
    remove(above, fresh)
    try:
        _write(above, fresh, files)
    except BaseException:
        with suppress(OSError):
            remove(above, fresh)
        raise
    os.fsync(above)
    with suppress(FileNotFoundError):  # nothing stood
        os.rename(name, old, src_dir_fd=above, dst_dir_fd=above)
    try:
        os.rename(fresh, name, src_dir_fd=above, dst_dir_fd=above)
    except OSError:
        finish(above)
        raise
    os.fsync(above)
    with suppress(OSError):  # it stands; the next delivery tries again
        remove(above, old)


def finish(above: int) -> None:
    """Bring every exchange in the folder `above` that was cut to its end."""
    for name in sorted({rest[1] for each in list_names(above) if (rest := _REST.fullmatch(each))}):
        fresh, old = f".{name}.new", f".{name}.old"
        if not exists(above, name) and exists(above, old):
            whole = fresh if is_whole(above, fresh) else old
            os.rename(whole, name, src_dir_fd=above, dst_dir_fd=above)
            os.fsync(above)
        with suppress(OSError):
            remove(above, fresh)
        with suppress(OSError):
            remove(above, old)


def list_names(folder: int) -> list[str]:
    """What an open folder holds."""
    return os.listdir(folder)


def exists(above: int, name: str) -> bool:
    """Whether there is anything of that name, a link too."""
    try:
        os.lstat(name, dir_fd=above)
    except FileNotFoundError:
        return False
    return True


def is_whole(above: int, name: str) -> bool:
    """Whether it is a folder all of which was written."""
    try:
        with open_folder(name, above) as folder:
            return exists(folder, LAST)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return False
        raise


def remove(above: int, name: str, depth: int = 0) -> None:
    """Remove a file, a link or a folder with all that is in it; nothing where there is none."""
    if depth > _DEEPEST:
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), name)
    try:
        with open_folder(name, above) as folder:
            for each in sorted(list_names(folder), key=lambda each: each != LAST):
                remove(folder, each, depth + 1)
        os.rmdir(name, dir_fd=above)
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno not in (errno.ENOTDIR, errno.ELOOP):
            raise
        os.unlink(name, dir_fd=above)


def _write(above: int, name: str, files: Files) -> None:
    os.mkdir(name, 0o755, dir_fd=above)
    with open_folder(name, above) as folder:
        for each, read in files:
            _write_file(folder, each, read())
        os.fchmod(folder, 0o755)  # whatever the umask: another user's web server reads it
        os.fsync(folder)


def _write_file(folder: int, name: str, content: bytes) -> None:
    file = os.open(name, _FRESH, 0o644, dir_fd=folder)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fchmod(file, 0o644)
        os.fsync(file)
    finally:
        os.close(file)
