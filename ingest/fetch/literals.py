"""Literals of any size in constant memory: a mail's bytes go to its spool, other large ones to
nowhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.fetch.spool import Spool

_IN_MEMORY = 64 * 1024  # bytes of a literal above which it is not held in memory
_CHUNK = 256 * 1024


class Elsewhere(bytes):
    """Stands for a literal whose bytes lie in a file, or were let go; its length is the
    literal's."""

    length = 0

    def __len__(self) -> int:
        return self.length


class Literals:
    """Reads literals instead of imaplib: a mail's goes to its spool, any other large one to
    nowhere.

    Constant memory whatever a server sends. imaplib calls `self.read(size)` for every literal
    (imaplib.IMAP4._get_response); a contract test says so, and IMAPClient is pinned.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._spool: Spool | None = None
        self._most = 0

    @contextmanager
    def into(self, spool: Spool, most: int) -> Iterator[None]:
        """Send the large literals of the next answer to `spool`; one above `most` bytes breaks
        the connection."""
        self._spool, self._most = spool, most
        try:
            yield
        finally:
            self._spool = None

    def read(self, size: int) -> bytes:
        if size <= _IN_MEMORY:
            return self._whole(size)
        if self._spool is not None and size > self._most:
            raise ConnectionError(f"literal of {size} bytes where {self._most} are the most")
        left = size
        while left:
            chunk = self._read(min(left, _CHUNK))
            if not chunk:
                raise ConnectionError("connection cut inside a literal")
            if self._spool is not None:
                self._spool.write(chunk)
            left -= len(chunk)
        elsewhere = Elsewhere()
        elsewhere.length = size
        return elsewhere

    def _whole(self, size: int) -> bytes:
        read = self._read(size)
        if len(read) < size:
            raise ConnectionError("connection cut inside a literal")
        return read
