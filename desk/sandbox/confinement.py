"""The limits a child puts on itself before it touches the first byte."""

import ctypes
import resource
import sys

from desk.sandbox.protocol import ChildLimits

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def confine(limits: ChildLimits) -> None:
    """Limit this process. Where the system does not honour RLIMIT_AS (macOS), the parent watches
    instead."""
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_AS, limits.memory),
    ):
        hard = resource.getrlimit(limit)[1]
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (ceiling, ceiling))
        except (ValueError, OSError):
            continue  # macOS refuses RLIMIT_AS; desk.sandbox.host watches the child's memory
    if not limits.network:
        leave_network()


def leave_network() -> bool:
    """Enter an empty network namespace where the kernel lets an ordinary process do so (best
    effort)."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))


def allow_processor(seconds: int) -> None:
    """Give this parcel `seconds` more of processor time than the child has used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard)
    )
