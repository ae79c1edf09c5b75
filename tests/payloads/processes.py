"""What it would start, and what it would do to its parent."""

import ctypes
import os
import resource
import struct

from tests.payloads.target import DONE, NUMBERS, Target, payload, raw


def end_if_child(pid: int) -> object:
    if pid == 0:
        os._exit(0)
    return pid


@payload
def fork(at: Target) -> object:
    return end_if_child(os.fork())


@payload
def fork_by_call(at: Target) -> object:
    return end_if_child(raw("fork") if "fork" in NUMBERS else raw("clone", 17, 0, 0, 0, 0))


@payload
def fork_by_clone(at: Target) -> object:
    return end_if_child(raw("clone", 17, 0, 0, 0, 0))


@payload
def fork_by_clone3(at: Target) -> object:
    arguments = struct.pack("=11Q", 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0)
    return end_if_child(raw("clone3", arguments, 64))


@payload
def outlive(at: Target) -> object:
    """Double fork and setsid: out of the group that the host kills."""
    pid = os.fork()
    if pid == 0:
        os.setsid()
        end_if_child(os.fork())
        os._exit(0)
    return pid


@payload
def leave_group(at: Target) -> object:
    os.setsid()
    return "left"


@payload
def run_program(at: Target) -> object:
    return os.posix_spawn("/bin/true", ["true"], {})


@payload
def become_program(at: Target) -> object:
    os.execv("/bin/sh", ["sh", "-c", f"exit {DONE}"])


@payload
def become_program_by_descriptor(at: Target) -> object:
    program = os.open("/bin/sh", os.O_RDONLY)
    arguments = (ctypes.c_char_p * 4)(b"sh", b"-c", b"exit %d" % DONE, None)
    return raw("execveat", program, b"", arguments, 0, 0x1000)  # AT_EMPTY_PATH


@payload
def become_library(at: Target) -> object:
    """What may be read may not be run: the dynamic loader lies among the libraries."""
    loader = {"x86_64": "/lib64/ld-linux-x86-64.so.2", "aarch64": "/lib/ld-linux-aarch64.so.1"}
    os.execv(loader[os.uname().machine], ["ld", "/bin/sh", "-c", f"exit {DONE}"])


@payload
def signal_parent(at: Target) -> object:
    os.kill(at.server, 0)
    return "reached"


@payload
def signal_parent_by_thread(at: Target) -> object:
    return raw("tgkill", at.server, at.server, 0) == 0 and "reached"


@payload
def queue_signal_to_parent(at: Target) -> object:
    told = struct.pack("=iii", 0, 0, -1).ljust(128, b"\0")  # SI_QUEUE
    return raw("rt_sigqueueinfo", at.server, 0, told) == 0 and "reached"


@payload
def open_parent_as_descriptor(at: Target) -> object:
    return raw("pidfd_open", at.server, 0)


@payload
def trace_parent(at: Target) -> object:
    return raw("ptrace", 0x4206, at.server, 0, 0) == 0 and "seized"


@payload
def slow_parent(at: Target) -> object:
    os.setpriority(os.PRIO_PROCESS, at.server, 5)
    return "slowed"


@payload
def move_parent(at: Target) -> object:
    return raw("sched_setaffinity", at.server, 8, struct.pack("=Q", 1)) == 0 and "moved"


@payload
def limit_parent(at: Target) -> object:
    resource.prlimit(at.server, resource.RLIMIT_CORE, (0, 0))
    return "limited"


@payload
def new_user_namespace(at: Target) -> object:
    return raw("unshare", 0x10000000) == 0 and "entered"


@payload
def new_mount_namespace(at: Target) -> object:
    return raw("unshare", 0x10000000 | 0x20000) == 0 and "entered"
