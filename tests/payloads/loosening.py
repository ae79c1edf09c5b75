"""What was put on, taken off."""

import ctypes
import mmap
import os
import resource
import struct

from tests.payloads.target import MB, Target, payload, raw


@payload
def become_dumpable(at: Target) -> object:
    return raw("prctl", 4, 1, 0, 0, 0) == 0 and "dumpable"


@payload
def outlive_server(at: Target) -> object:
    return raw("prctl", 1, 0, 0, 0, 0) == 0 and "outlives"


@payload
def filter_anew(at: Target) -> object:
    return raw("seccomp", 0, 0, 0) == 0 and "filtered"


@payload
def raise_limits(at: Target) -> object:
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (MB, MB))
    except ValueError as error:  # what the module makes of EPERM
        raise PermissionError(1, "setrlimit") from error
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] == MB


@payload
def add_rule_to_ruleset(at: Target) -> object:
    """The server's ruleset is one object for all children: whoever still held it would open the
    next child's cage."""
    root = os.open("/", os.O_PATH)
    rule = struct.pack("=Qi", 4, root)
    for descriptor in range(3, 80):
        try:
            raw("landlock_add_rule", descriptor, 1, rule, 0)
        except OSError:
            continue
        return descriptor
    return None


@payload
def run_written_memory(at: Target) -> object:
    mmap.mmap(-1, 4096, prot=7).write_byte(0)
    return "mapped"


@payload
def make_memory_executable(at: Target) -> object:
    where = ctypes.addressof(ctypes.c_char.from_buffer(page := mmap.mmap(-1, 4096)))
    return raw("mprotect", where, 4096, 5) == 0 and len(page)
