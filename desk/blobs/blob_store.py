"""The port of the blobs: bytes by their SHA-256. What has a name here is complete and durable."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol


class BlobStore(Protocol):
    """Every method raises StoreError when the disk or the service refuses, ValueError when
    `sha256` is not one in lower-case hex; what reads a blob raises BlobMissing when it is not here.

    Putting the same bytes twice is one blob. tests/contract/test_blobs.py holds every
    implementation to this.
    """

    def put(self, content: bytes | BinaryIO | Path) -> str:
        """Keep bytes, a stream from where it stands, or a file's copy; the SHA-256. A put that
        fails leaves nothing."""
        ...

    def adopt(self, path: Path, sha256: str) -> str:
        """Take a file in that somebody else wrote (a spooled mail, a child's output), after
        reading it once; it is no longer at `path` then.

        Raises ValueError when it is no plain file or its bytes are not those of `sha256`; it stays
        where it is then.
        """
        ...

    def take(self, path: Path, sha256: str) -> None:
        """Take in a plain file that we wrote ourselves, readable by us alone, and hashed while we
        wrote; it is not read again, and no longer at `path` then."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """The blob, for reading."""
        ...

    def local_path(self, sha256: str) -> Path:
        """A file with the blob's bytes, for whoever takes paths; not to be changed or kept."""
        ...

    def exists(self, sha256: str) -> bool:
        """Whether the blob is here."""
        ...

    def delete(self, sha256: str) -> None:
        """Forget a blob; nothing happens when it is not here."""
        ...

    def discard(self, sha256: str, before: datetime) -> int | None:
        """Forget a blob unless somebody put it at or after `before`; how many bytes it had, None where
        it stays or is not here. Who puts it at this very moment keeps it."""
        ...

    def iterate(self) -> Iterator[str]:
        """The SHA-256 of every blob, in no order."""
        ...

    def read_mark(self, name: str) -> str | None:
        """A short text under a name, beside the blobs; None when there is none."""
        ...

    def write_mark(self, name: str, text: str) -> None:
        """Keep a short text under a name of letters, digits and hyphens."""
        ...

    def delete_mark(self, name: str) -> None:
        """Forget a mark; nothing happens when it is not here."""
        ...

    def marks(self) -> Iterator[str]:
        """The names of all marks, in no order."""
        ...
