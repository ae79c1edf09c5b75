"""Where the worker writes what a reading emits. A child writes no file; what its frames bring goes
to the sink that whoever asked handed in."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from desk.sandbox.protocol import Announced, ProtocolError, Role
from desk.sandbox.trust.jpeg_walk import walk_jpeg
from redaksi.limits import SCREEN, THUMBNAIL

_LONGEST: Mapping[Role, int] = {  # pixels
    "thumbnail": THUMBNAIL, "screen": SCREEN, "publish": SCREEN, "jpeg": 65535,
}  # fmt: skip


class Received(Struct, frozen=True, kw_only=True):
    """A file that came whole: its bytes are those of its SHA-256."""

    file: Announced
    path: Path


class Sink(Protocol):
    """Takes the files of one reading. Methods raise OSError when the disk refuses."""

    def open(self, file: Announced, /) -> BinaryIO:
        """Where its bytes go; closed by whoever asked. It counts once it is `accept`ed."""
        ...

    def accept(self, file: Announced, /) -> None:
        """The file last opened is whole, and what was announced."""
        ...

    def clear(self) -> None:
        """Forget everything: the reading ended badly."""
        ...


def check_made(path: Path, role: Role) -> None:
    """Raise ProtocolError unless what was made of a file is what its role says; an original may
    be anything."""
    if role in _LONGEST:
        width, height = walk_jpeg(path.read_bytes()) or (0, 0)
        if not 0 < max(width, height) <= _LONGEST[role]:
            raise ProtocolError(role)
    elif role != "original" and not _begins_a_zip(path):
        raise ProtocolError(role)


def _begins_a_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


class FolderSink:
    """Keeps the files in a folder under names of ours, readable by us alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened = 0
        self.received: list[Received] = []

    def open(self, _file: Announced) -> BinaryIO:
        """See Sink."""
        self._opened += 1
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        return os.fdopen(os.open(self._path(), flags, 0o600), "wb")

    def accept(self, file: Announced) -> None:
        """See Sink. Raises ProtocolError for what no reading of ours makes of a file."""
        check_made(self._path(), file.role)
        self.received.append(Received(file=file, path=self._path()))

    def clear(self) -> None:
        """See Sink."""
        self.received.clear()
        for number in range(1, self._opened + 1):
            (self._folder / str(number)).unlink(missing_ok=True)

    def _path(self) -> Path:
        return self._folder / str(self._opened)


class DiscardingSink:
    """Keeps nothing: for who only wants to know what would be said."""

    def open(self, _file: Announced) -> BinaryIO:
        """See Sink."""
        return Path(os.devnull).open("wb")

    def accept(self, _file: Announced) -> None:
        """See Sink."""

    def clear(self) -> None:
        """See Sink."""
