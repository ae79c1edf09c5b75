"""What else of the kernel it would reach."""

import ctypes
import os
import struct

from tests.payloads.target import Target, payload, raw


@payload
def file_in_memory(at: Target) -> object:
    return os.memfd_create("payload")


@payload
def secret_in_memory(at: Target) -> object:
    return raw("memfd_secret", 0)


@payload
def io_uring(at: Target) -> object:
    return raw("io_uring_setup", 1, bytes(120))


@payload
def old_aio(at: Target) -> object:
    return raw("io_setup", 1, ctypes.create_string_buffer(8)) == 0 and "set up"


@payload
def read_keys(at: Target) -> object:
    return raw("keyctl", 0, -3, 1)  # KEYCTL_GET_KEYRING_ID, the session's


@payload
def add_key(at: Target) -> object:
    return raw("add_key", b"user", b"payload", b"x", 1, -2)


@payload
def load_bpf(at: Target) -> object:
    return raw("bpf", 0, struct.pack("=IIII", 2, 4, 4, 1).ljust(72, b"\0"), 72)


@payload
def count_events(at: Target) -> object:
    return raw("perf_event_open", struct.pack("=II", 1, 112).ljust(112, b"\0"), 0, -1, -1, 0)


@payload
def fault_in_user_space(at: Target) -> object:
    return raw("userfaultfd", 1)


@payload
def shared_memory(at: Target) -> object:
    segment = raw("shmget", 0, 4096, 0o1600)
    return raw("shmctl", segment, 0, 0) == 0 and "made"


@payload
def message_queue(at: Target) -> object:
    queue = raw("mq_open", b"redaksi-payload", 0o102, 0o600, 0)
    return raw("mq_unlink", b"redaksi-payload") == 0 and queue


@payload
def system_v_queue(at: Target) -> object:
    queue = raw("msgget", 0, 0o1600)
    return raw("msgctl", queue, 0, 0) == 0 and "made"


@payload
def change_personality(at: Target) -> object:
    return raw("personality", 0x0040000) >= 0 and "no randomisation"


@payload
def become_root(at: Target) -> object:
    os.setresuid(0, 0, 0)
    return "root"


@payload
def mount(at: Target) -> object:
    return raw("mount", b"none", at.folder.encode(), b"tmpfs", 0, 0) == 0 and "mounted"


@payload
def open_by_handle(at: Target) -> object:
    handle, where = ctypes.create_string_buffer(struct.pack("=Ii", 128, 0), 256), ctypes.c_int()
    raw("name_to_handle_at", -100, at.secret.encode(), handle, ctypes.byref(where), 0)
    root = os.open(at.folder, os.O_RDONLY)
    return os.read(raw("open_by_handle_at", root, handle, os.O_RDONLY), 9)
