"""Puts a process under a seccomp filter (seccomp(2), by prctl), for good."""

import ctypes

from desk.sandbox.confinement import kernel

_MODE_FILTER = 2
_INSTRUCTION = 8  # bytes


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def load_filter(program: bytes) -> None:
    """Put this thread, and what it starts, under the program; needs no_new_privs. Raises OSError."""
    kernel.control_at(
        kernel.PR_SET_SECCOMP,
        _MODE_FILTER,
        _Program(len(program) // _INSTRUCTION, program),
    )
