"""A reader's exception costs what it read, never the mail: the one broad `except` of the readers.

MemoryError is let through: after it nothing in the process can be relied on, every further file may
fail for want of memory that another one holds, and a verdict would be a guess. It ends the child,
and the next attempt is bare.
"""

from collections.abc import Callable
from typing import Literal, TypeVar, get_args

from ingest.read.budget import Budget
from redaksi.reasons import Reason, ReasonCode, explain

# what a reader is called in a READER_ERROR: no word of the exception goes along
Reader = Literal[
    "file", "document", "photo", "archive", "winmail", "smime", "mail", "captions", "text", "body",
    "assembly", "rules",
]  # fmt: skip
READERS: frozenset[str] = frozenset(get_args(Reader))

T = TypeVar("T")


def read_guarded(
    reader: Reader, budget: Budget, read: Callable[[], T], otherwise: Callable[[Reason], T]
) -> T:
    """What `read` gives; where it raises, what is `otherwise` left of it for the reason. The reason
    stands in `budget.reasons` then."""
    try:
        return read()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a reader of ours failed on bytes nobody thought of
        return otherwise(budget.leave(explain(ReasonCode.READER_ERROR, reader=reader)))
