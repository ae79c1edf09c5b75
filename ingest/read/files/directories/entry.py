"""What a walk over an archive's directory gives, and the limits that every walk keeps."""

from collections.abc import Iterator
from enum import Enum, auto

MOST_SIZE = 2**53  # bytes: what a number of JSON holds; a size declared larger is this


class Mark(Enum):
    """What is no entry."""

    PASSED = auto()  # a header of another kind: it costs as much as one
    END = auto()  # the directory ends here, as it says


Entry = tuple[bytes, int]  # name as it stands, bytes declared
Walk = Iterator[Entry | Mark]
