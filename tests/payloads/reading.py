"""What it would read: secrets, its parent, what lies beside the code."""

# The system calls themselves are what is tried.
# ruff: noqa: PTH208

import ctypes
import os
import struct
from pathlib import Path

from tests.payloads.target import Target, payload, raw


@payload
def read_secret(at: Target) -> object:
    return Path(at.secret).read_bytes()


@payload
def read_passwd(at: Target) -> object:
    return Path("/etc/passwd").read_bytes()


@payload
def read_beside_the_code(at: Target) -> object:
    return Path(at.beside).read_bytes()


@payload
def list_root(at: Target) -> object:
    return os.listdir("/")


@payload
def read_parent_environ(at: Target) -> object:
    return Path(f"/proc/{at.server}/environ").read_bytes()


@payload
def read_parent_maps(at: Target) -> object:
    return Path(f"/proc/{at.server}/maps").read_bytes()


@payload
def open_parent_memory(at: Target) -> object:
    return os.open(f"/proc/{at.server}/mem", os.O_RDWR)


@payload
def list_parent_descriptors(at: Target) -> object:
    return os.listdir(f"/proc/{at.server}/fd")


@payload
def open_own_memory(at: Target) -> object:
    """Writes to pages that are read-only, through /proc."""
    return os.open("/proc/self/mem", os.O_RDWR)


@payload
def read_parent_by_call(at: Target) -> object:
    into = ctypes.create_string_buffer(8)
    here = struct.pack("=QQ", ctypes.addressof(into), 8)
    there = struct.pack("=QQ", ctypes.addressof(into), 8)
    return raw("process_vm_readv", at.server, here, 1, there, 1, 0)
