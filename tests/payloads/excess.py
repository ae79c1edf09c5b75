"""Too much of everything."""

import ctypes
import os
import resource
import signal
import threading

from tests.payloads.target import MB, NUMBERS, Target, payload, raw


@payload
def many_threads(at: Target) -> object:
    """Bounded by the address space: a stack takes 8 MB of it."""
    hold = threading.Event()
    started = []
    try:
        for _ in range(2000):
            started.append(threading.Thread(target=hold.wait, daemon=True))
            started[-1].start()
    except (RuntimeError, MemoryError):
        return None
    return len(started)


@payload
def much_memory(at: Target) -> object:
    try:
        return len(bytearray(4096 * MB))
    except MemoryError:
        return None


@payload
def many_descriptors(at: Target) -> object:
    return [os.dup(at.mail) for _ in range(200)]


@payload
def lock_memory(at: Target) -> object:
    return raw("mlock", ctypes.addressof(ctypes.create_string_buffer(8)), 8) == 0 and "locked"


@payload
def burn_processor(at: Target) -> object:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    while resource.getrusage(resource.RUSAGE_SELF).ru_utime < before + 4:
        pass
    return "burnt"


@payload
def ignore_processor_limit(at: Target) -> object:
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    return burn_processor(at)


@payload
def call_by_x32(at: Target) -> object:
    NUMBERS["x32"] = 0x40000000 | 39
    return raw("x32")
