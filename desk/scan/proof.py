"""A file in which every scanner must find something: EICAR's test file (eicar.org) as the last
member of a zip of the size asked for. It does no harm; its text stands here in halves, so that no
scanner finds this file."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

_HALVES = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STAND", "ARD-ANTIVIRUS-TEST-FILE!$H+H*")
_FILL = bytes(range(1, 256)) * 257  # nothing that anybody looks for
LEAST = 64 * 1024


def eicar() -> bytes:
    """The test file's 68 octets."""
    return "".join(_HALVES).encode("ascii")


@contextmanager
def make_proof(size: int) -> Iterator[BinaryIO]:
    """The zip, at least of `size` octets and LEAST, at its begin. Raises OSError."""
    wanted = max(size, LEAST)
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as file:
        with zipfile.ZipFile(cast(BinaryIO, file), "w", zipfile.ZIP_STORED) as packed:
            with packed.open(zipfile.ZipInfo("isi.bin"), "w") as member:
                for at in range(0, wanted, len(_FILL)):
                    member.write(_FILL[: wanted - at])
            packed.writestr(zipfile.ZipInfo("eicar.com"), eicar())
        file.seek(0)
        yield cast(BinaryIO, file)
