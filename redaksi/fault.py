"""What the operating system refused, in our words. Pure: it reads an errno, it asks for nothing."""

import errno

from redaksi.catalog import Sentence

_A_FILE = 64 * 1024  # bytes: less is next to nothing
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# What passes by itself, or by somebody's mending without a change of the configuration.
PASSING = FULL | {
    errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EBUSY,
    errno.ESTALE, errno.ETIMEDOUT, errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTUNREACH,
    errno.ENETUNREACH, errno.ECONNABORTED, errno.EINTR, errno.ETXTBSY, errno.ENOLCK,
}  # fmt: skip


# Faults that have no errno, or one that means something else, by the name of their class.
_BY_CLASS = {
    "SSLZeroReturnError": "cut_off",
    "SSLEOFError": "cut_off",
    "SSLError": "no_tls",
    "SMTPServerDisconnected": "cut_off",
    "RemoteDisconnected": "cut_off",
    "TimeoutError": "ETIMEDOUT",
}
_DNS_SILENT = -3  # EAI_AGAIN


def name_fault(error: Exception) -> Sentence:
    """The fault as words of the catalog; the system's own where there are none. What is no
    OSError is an answer that nobody understands."""
    inner = getattr(error, "reason", None)  # urllib's URLError
    if isinstance(inner, OSError):
        return name_fault(inner)
    classes = [kind.__name__ for kind in type(error).__mro__]
    if "gaierror" in classes:
        is_silent = getattr(error, "errno", None) == _DNS_SILENT
        return Sentence(section="fault", key="no_dns" if is_silent else "no_name")
    for name in classes:
        if name in _BY_CLASS:
            facts = {"reason": str(inner or "-")}
            return Sentence(section="fault", key=_BY_CLASS[name], facts=facts)
    if not isinstance(error, OSError):
        return Sentence(section="fault", key="not_understood")
    return word_errno(error.errno, error.strerror or str(error) or type(error).__name__)


def word_full(free: int, inodes_free: int, inodes: int) -> Sentence:
    """What ENOSPC is for want of, by the numbers of the file system (bytes, counts; `inodes` 0
    where none are counted)."""
    if free < _A_FILE:
        return Sentence(section="fault", key="no_bytes")
    if inodes and not inodes_free:
        return Sentence(section="fault", key="no_inodes")
    return word_errno(errno.ENOSPC)


def word_errno(number: int | None, otherwise: str = "") -> Sentence:
    """The words for an errno, such as ENOSPC."""
    return word_fault(errno.errorcode.get(number or 0, "other"), otherwise)


def word_fault(name: str, otherwise: str = "") -> Sentence:
    """As `word_errno`, by the errno's name."""
    return Sentence(section="fault", key=name, facts={"otherwise": otherwise or name})


def word_remedy(number: int | None) -> Sentence:
    """What an operator does about an errno."""
    key = errno.errorcode.get(number or 0, "other")
    otherwise = Sentence(section="fault_remedy", key="other")
    return Sentence(section="fault_remedy", key=key, facts={"otherwise": otherwise})
