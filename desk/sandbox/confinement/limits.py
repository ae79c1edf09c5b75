"""The resource limits of a child (getrlimit(2)): hard = soft, so that it cannot raise them again."""

import resource
from collections.abc import Iterator

from msgspec import Struct

_DESCRIPTORS = 64  # that a reading opens at once, beside its inputs


class Bounds(Struct, frozen=True, kw_only=True):
    """How much one reading may use."""

    memory: int  # bytes of address space
    processor: int  # seconds, of all its threads
    inputs: int = 1  # descriptors handed to it


def limit_resources(bounds: Bounds) -> bool:
    """Limit this process for good; whether every limit stands.

    Writes to sockets and pipes are no writes to files: FSIZE leaves them alone. NPROC is left as it
    is: it counts a whole uid and does not bind root.
    """
    stands = [_limit(kind, soft, hard) for kind, soft, hard in _wanted(bounds)]
    return all(stands)  # each is tried


def _wanted(bounds: Bounds) -> Iterator[tuple[int, int, int]]:
    """Which limit, soft, hard. What a system does not know (macOS: MSGQUEUE) is not asked for."""
    descriptors = _DESCRIPTORS + bounds.inputs
    wanted = {
        "FSIZE": (0, 0),
        "CORE": (0, 0),
        "NOFILE": (descriptors, descriptors),
        "AS": (bounds.memory, bounds.memory),
        "CPU": (bounds.processor, bounds.processor + 1),  # SIGXCPU, then SIGKILL
        "MEMLOCK": (0, 0),
        "MSGQUEUE": (0, 0),
    }
    for name, (soft, hard) in wanted.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            yield kind, soft, hard


def _limit(kind: int, soft: int, hard: int) -> bool:
    """Set one limit, or the lower one that stands already."""
    ceiling = resource.getrlimit(kind)[1]
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (ValueError, OSError):  # macOS and RLIMIT_AS: the host watches the memory instead
        return False
    return resource.getrlimit(kind) == (soft, hard)
