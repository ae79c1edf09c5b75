"""What code that took a child over would try. Each payload is a function of a Target that gives back
evidence of its deed, or nothing; an OSError says that it was refused. All are harmless when they
succeed: they reach only what the harness made for them."""

# The system calls themselves are what is tried.
# ruff: noqa: PTH101, PTH102, PTH104, PTH108, PTH208, PTH211

import ctypes
import fcntl
import mmap
import os
import resource
import signal
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

Payload = Callable[["Target"], object]
PAYLOADS: dict[str, Payload] = {}
MB = 1024 * 1024
DONE = 42  # the exit status of a program that was run in our place

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_NUMBERS: dict[str, int] = {}


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
    _NUMBERS.update(numbers)


def raw(name: str, *arguments: object) -> int:
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    got: int = _libc.syscall(ctypes.c_long(_NUMBERS[name]), *words)
    if got < 0:
        fault = ctypes.get_errno()
        raise OSError(fault, os.strerror(fault))
    return got


# --- reading


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


# --- writing


def make(path: str) -> object:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        return os.write(descriptor, b"x")
    finally:
        os.unlink(path)


@payload
def write_in_folder(at: Target) -> object:
    return make(f"{at.folder}/made")


@payload
def write_in_tmp(at: Target) -> object:
    return make(f"/tmp/redaksi-payload-{os.getpid()}")


@payload
def write_in_shm(at: Target) -> object:
    return make(f"/dev/shm/redaksi-payload-{os.getpid()}")


@payload
def write_here(at: Target) -> object:
    return make("redaksi-payload-made")


@payload
def make_empty_file(at: Target) -> object:
    return os.open(f"{at.folder}/empty", os.O_WRONLY | os.O_CREAT)


@payload
def write_nameless(at: Target) -> object:
    return os.write(os.open(at.folder, os.O_TMPFILE | os.O_WRONLY), b"x")


@payload
def write_leaked_descriptor(at: Target) -> object:
    return os.write(at.leaked, b"x")


@payload
def write_300_mb(at: Target) -> object:
    return [os.pwrite(at.leaked, b"x" * MB, n * MB) for n in range(300)]


@payload
def reopen_mail_for_writing(at: Target) -> object:
    return os.open(f"/proc/self/fd/{at.mail}", os.O_RDWR)


@payload
def map_mail_for_writing(at: Target) -> object:
    return mmap.mmap(at.mail, 1, access=mmap.ACCESS_WRITE)


@payload
def truncate_mail(at: Target) -> object:
    os.truncate(at.mail_path, 0)
    return "cut"


@payload
def open_mail_truncated(at: Target) -> object:
    return os.open(at.mail_path, os.O_RDONLY | os.O_TRUNC)


@payload
def truncate_descriptor(at: Target) -> object:
    os.ftruncate(at.leaked, 0)
    return "cut"


@payload
def change_mode(at: Target) -> object:
    os.chmod(at.secret, 0o644)
    return "changed"


@payload
def change_mode_of_descriptor(at: Target) -> object:
    os.fchmod(at.mail, 0o666)
    return "changed"


@payload
def change_mode_by_new_call(at: Target) -> object:
    return raw("fchmodat2", -100, at.secret.encode(), 0o644, 0) == 0 and "changed"


@payload
def change_owner(at: Target) -> object:
    os.fchown(at.mail, os.getuid(), os.getgid())
    return "changed"


@payload
def change_times(at: Target) -> object:
    os.utime(at.mail, (0, 0))
    return "changed"


@payload
def set_attribute(at: Target) -> object:
    os.setxattr(at.mail, "user.payload", b"x")
    return "set"


@payload
def link(at: Target) -> object:
    os.link(at.secret, f"{at.folder}/linked")
    return "made"


@payload
def symlink(at: Target) -> object:
    os.symlink("/etc/passwd", f"{at.folder}/symlinked")
    return "made"


@payload
def rename(at: Target) -> object:
    os.rename(at.mail_path, f"{at.folder}/renamed")
    return "moved"


@payload
def unlink(at: Target) -> object:
    os.unlink(at.mail_path)
    return "gone"


@payload
def make_folder(at: Target) -> object:
    os.mkdir(f"{at.folder}/folder")
    return "made"


@payload
def make_fifo(at: Target) -> object:
    os.mkfifo(f"{at.folder}/fifo")
    return "made"


@payload
def change_root(at: Target) -> object:
    os.chroot(at.folder)
    return "changed"


@payload
def change_folder(at: Target) -> object:
    os.chdir(at.folder)
    return "changed"


@payload
def lock_mail(at: Target) -> object:
    fcntl.flock(at.mail, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return "locked"


@payload
def watch_folder(at: Target) -> object:
    return raw("inotify_add_watch", raw("inotify_init1", 0), at.folder.encode(), 0x100)


# --- sockets


def open_socket(family: int, kind: int, protocol: int = 0) -> object:
    return socket.socket(family, kind, protocol).fileno()


@payload
def connect_tcp(at: Target) -> object:
    caller = socket.socket(socket.AF_INET)
    caller.connect(("127.0.0.1", at.tcp))
    return caller.send(b"x")


@payload
def send_udp(at: Target) -> object:
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    return sender.sendto(b"x", ("127.0.0.1", at.udp))


@payload
def connect_unix(at: Target) -> object:
    caller = socket.socket(socket.AF_UNIX)
    caller.connect(at.unix)
    return caller.send(b"x")


@payload
def connect_abstract(at: Target) -> object:
    caller = socket.socket(socket.AF_UNIX)
    caller.connect("\0" + at.abstract)
    return caller.send(b"x")


@payload
def open_netlink(at: Target) -> object:
    return open_socket(socket.AF_NETLINK, socket.SOCK_RAW)


@payload
def open_vsock(at: Target) -> object:
    return open_socket(socket.AF_VSOCK, socket.SOCK_STREAM)


@payload
def open_alg(at: Target) -> object:
    return open_socket(socket.AF_ALG, socket.SOCK_SEQPACKET)


@payload
def make_socketpair(at: Target) -> object:
    return socket.socketpair()[0].fileno()


@payload
def send_to_an_address(at: Target) -> object:
    """Through the one socket that there is."""
    address = struct.pack("=H", socket.AF_UNIX) + b"\0" + at.abstract.encode()
    return raw("sendto", at.sock, b"x", 1, 0, address, len(address))  # EISCONN where it may


@payload
def pass_descriptor(at: Target) -> object:
    return socket.send_fds(socket.socket(fileno=os.dup(at.sock)), [b"x"], [at.mail])


@payload
def own_signals_of_socket(at: Target) -> object:
    """F_SETOWN, F_SETSIG: the kernel sends a signal of our choice to a process of our choice."""
    fcntl.fcntl(at.sock, fcntl.F_SETOWN, at.server)
    return "owned"


@payload
def own_signals_by_ioctl(at: Target) -> object:
    fcntl.ioctl(at.sock, 0x8901, struct.pack("=i", at.server))  # FIOSETOWN
    return "owned"


# --- processes


def end_if_child(pid: int) -> object:
    if pid == 0:
        os._exit(0)
    return pid


@payload
def fork(at: Target) -> object:
    return end_if_child(os.fork())


@payload
def fork_by_call(at: Target) -> object:
    return end_if_child(raw("fork") if "fork" in _NUMBERS else raw("clone", 17, 0, 0, 0, 0))


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


# --- what was put on, taken off


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


# --- the kernel


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


# --- too much


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
    _NUMBERS["x32"] = 0x40000000 | 39
    return raw("x32")
