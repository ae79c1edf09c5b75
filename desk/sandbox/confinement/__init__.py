"""The limits a child puts on itself before it touches the first byte."""

import ctypes
import resource
import signal
import sys

from desk.sandbox.protocol import ChildLimits

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG = 1
DESCRIPTORS = 64


def confine(limits: ChildLimits) -> None:
    """Limit this process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for limit, value, more in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, DESCRIPTORS + limits.inputs, 0),
        (resource.RLIMIT_AS, limits.memory, 0),
        (resource.RLIMIT_CPU, limits.processor, 1),
    ):
        hard = resource.getrlimit(limit)[1]
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (ceiling, ceiling + more))
        except (ValueError, OSError):
            continue  # macOS refuses RLIMIT_AS; desk.sandbox.host watches the child's memory
    leave_network()


def leave_network() -> bool:
    """Enter an empty network namespace where the kernel lets an ordinary process do so (best
    effort)."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))
