"""What is asked of the Linux kernel by number: prctl(2) and system calls that libc does not wrap.

Only called on Linux; loads everywhere. Raises OSError with the kernel's errno.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

PR_SET_PDEATHSIG, PR_GET_PDEATHSIG = 1, 2
PR_GET_DUMPABLE, PR_SET_DUMPABLE = 3, 4
PR_GET_SECCOMP, PR_SET_SECCOMP = 21, 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS = 38, 39

_CAPABILITY_VERSION_3 = 0x20080522
_CLOSE_RANGE = 436  # on every CPU of Linux
_libc = ctypes.CDLL(None, use_errno=True)


def is_linux() -> bool:
    """Whether the measures of this package but for the resource limits are to be had at all."""
    return sys.platform == "linux"


def find_cpu() -> str:
    """What the kernel calls this processor; "" for a 32-bit program on a 64-bit kernel, whose system
    calls are numbered otherwise."""
    return platform.machine() if sys.maxsize > 2**32 else ""


def control(option: int, *arguments: int) -> int:
    """prctl(2); what is not given is 0, as most options ask."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    answer: int = _libc.prctl(option, *(ctypes.c_ulong(each) for each in padded))
    return _checked(answer)


def control_at(option: int, mode: int, structure: ctypes.Structure) -> None:
    """prctl(2) with an address as its third argument."""
    _checked(_libc.prctl(option, ctypes.c_ulong(mode), ctypes.byref(structure), *_ZEROS))


def ask_death_signal() -> int:
    """The signal we are sent when our parent ends; 0 = none."""
    found = ctypes.c_int(0)
    _checked(_libc.prctl(PR_GET_PDEATHSIG, ctypes.byref(found), *_ZEROS))
    return found.value


def close_range(first: int, last: int) -> None:
    """close_range(2), or what does the same on a kernel before 5.9."""
    try:
        if not is_linux():
            raise OSError(errno.ENOSYS, "")
        call(_CLOSE_RANGE, first, last, 0)
    except OSError:
        os.closerange(first, last + 1)


def call(number: int, *arguments: int | bytes | None) -> int:
    """syscall(2). Bytes go as their address."""
    answer: int = _syscall(ctypes.c_long(number), *(_as_word(each) for each in arguments))
    return _checked(answer)


def set_capabilities(permitted: int) -> None:
    """capset(2): effective and permitted become these, of the first 32; nothing is inheritable."""
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    words = struct.pack("=6I", permitted, permitted, 0, 0, 0, 0)
    _checked(_libc.capset(header, words))


def unshare(flags: int) -> None:
    """unshare(2)."""
    _checked(_libc.unshare(ctypes.c_int(flags)))


_syscall = _libc.syscall
_syscall.restype = ctypes.c_long
_ZEROS = (ctypes.c_ulong(0), ctypes.c_ulong(0))


def _as_word(argument: int | bytes | None) -> ctypes.c_long | ctypes.c_char_p:
    return ctypes.c_long(argument) if isinstance(argument, int) else ctypes.c_char_p(argument)


def _checked(answer: int) -> int:
    if answer < 0:
        fault = ctypes.get_errno()
        raise OSError(fault, os.strerror(fault))
    return answer
