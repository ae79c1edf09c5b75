"""What the operating system refused, in our words. Pure: it reads an errno, it asks for nothing."""

import errno

from redaksi.catalog import Sentence

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# What passes by itself, or by somebody's mending without a change of the configuration.
PASSING = FULL | {
    errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EBUSY,
    errno.ESTALE, errno.ETIMEDOUT, errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTUNREACH,
    errno.ENETUNREACH, errno.ECONNABORTED, errno.EINTR, errno.ETXTBSY, errno.ENOLCK,
}  # fmt: skip


def name_fault(error: OSError) -> Sentence:
    """The fault as words of the catalog; the system's own where there are none."""
    return word_errno(error.errno, error.strerror or type(error).__name__)


def word_errno(number: int | None, otherwise: str = "") -> Sentence:
    """The words for an errno, such as ENOSPC."""
    key = errno.errorcode.get(number or 0, "other")
    return Sentence(section="fault", key=key, facts={"otherwise": otherwise or key})


def word_remedy(number: int | None) -> Sentence:
    """What an operator does about an errno."""
    key = errno.errorcode.get(number or 0, "other")
    otherwise = Sentence(section="fault_remedy", key="other")
    return Sentence(section="fault_remedy", key=key, facts={"otherwise": otherwise})
