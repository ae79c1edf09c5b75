"""Where the worker writes what a reading emits. A child writes no file; what its frames bring goes
to the sink that whoever asked handed in."""

import os
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from desk.sandbox.protocol import Announced


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
        """See Sink."""
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
