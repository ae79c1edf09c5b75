"""Files as one zip, written as it is sent: a chunk of one file is held, however large they are."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

CHUNK = 256 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)  # no clock of ours


class _Outlet(io.RawIOBase):
    """Where a zip is written to that nobody can seek in; what was written is taken out."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, octets: Any, /) -> int:
        """Keep them until they are taken."""
        piece = bytes(octets)
        self._pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        """What came since the last time."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def pack_stored(files: Iterable[tuple[str, Callable[[], BinaryIO]]]) -> Iterator[bytes]:
    """The bytes of an archive of these files, uncompressed (photos are already), in this order; each
    is opened when it is its turn. Names are ours."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as package:
        for name, open_file in files:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            with open_file() as stream, package.open(entry, "w") as part:
                while chunk := stream.read(CHUNK):
                    part.write(chunk)
                    yield outlet.take()
            yield outlet.take()
    yield outlet.take()
