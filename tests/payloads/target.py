"""What code that took a child over would try. Each payload is a function of a Target that gives back
evidence of its deed, or nothing; an OSError says that it was refused. All are harmless when they
succeed: they reach only what the harness made for them."""

import ctypes
import os
from collections.abc import Callable

from msgspec import Struct

Payload = Callable[["Target"], object]
PAYLOADS: dict[str, Payload] = {}
MB = 1024 * 1024
DONE = 42  # the exit status of a program that was run in our place

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
NUMBERS: dict[str, int] = {}


class Target(Struct, frozen=True, kw_only=True):
    """What the harness made to be attacked."""

    server: int  # pid of who forked us
    folder: str  # everybody may write there
    secret: str  # a file of our own uid, 0600, in it
    beside: str  # a file beside our packages
    mail: int  # descriptor of the raw mail, read-only
    mail_path: str
    leaked: int  # a descriptor of a file, open for writing
    sock: int  # our end of the reading's socket
    tcp: int  # ports of 127.0.0.1
    udp: int
    unix: str  # a listening socket's path
    abstract: str


def payload(function: Payload) -> Payload:
    PAYLOADS[function.__name__] = function
    return function


def number_calls(numbers: dict[str, int]) -> None:
    """The numbers of system calls on this CPU."""
    NUMBERS.update(numbers)


def raw(name: str, *arguments: object) -> int:
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    got: int = _libc.syscall(ctypes.c_long(NUMBERS[name]), *words)
    if got < 0:
        fault = ctypes.get_errno()
        raise OSError(fault, os.strerror(fault))
    return got
