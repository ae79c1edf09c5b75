"""Which system calls a child may make: a list of what reading needs; nothing else.

Three answers. What reading needs is allowed, some of it only with harmless arguments. Named dangers
are refused with EPERM. Everything else, what kernels learn in years to come included, does not exist
(ENOSYS), so that a newer libc falls back to what it used before: so `clone3`, whose flags lie in
memory where no filter sees them, becomes `clone`, which may only start a thread.

A program that is aborted by its own libraries still ends: abort(3) runs an illegal instruction when
its signal is refused.
"""

from msgspec import Struct

from desk.sandbox.confinement.bpf import ALLOW, EPERM, Check, Rule

# <sys/mman.h>, <fcntl.h>, <sched.h>, <linux/prctl.h>, <asm-generic/ioctls.h>: the same on both CPUs
_WRITE, _EXECUTE = 2, 4
_FOR_WRITING = (
    0o1 | 0o2 | 0o100 | 0o1000 | 0o2000 | 0o20000000
)  # also CREAT, TRUNC, APPEND, TMPFILE
_THREAD = 0x10F00  # VM, FS, FILES, SIGHAND, THREAD
_MAY_ALSO = 0x17C0000  # SYSVSEM, SETTLS, PARENT_SETTID, CHILD_CLEARTID, DETACHED, CHILD_SETTID
_ADVICE = (0, 1, 2, 3, 4, 8, 14, 15, 102, 103)  # usual, FREE, HUGEPAGE and its end, GUARD (stacks)
_FCNTL = (0, 1, 2, 3, 4, 1030)  # DUPFD, flags; not SETOWN and SETSIG, which signal any process
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, GWINSZ, FIONREAD, FIONBIO, CLEX
_PRCTL = (2, 3, 15, 16, 21, 39)  # name of a thread; what is asked, never what is set

_NEEDED = (
    "read readv pread64 write writev close close_range lseek fstat newfstatat stat lstat statx",
    "getdents64 readlink readlinkat access faccessat faccessat2 getcwd dup fadvise64",
    "munmap mremap brk",
    "futex set_robust_list rseq set_tid_address sched_yield sched_getaffinity getcpu membarrier",
    "rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall exit exit_group",
    "clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times",
    "getpid getppid gettid getuid geteuid getgid getegid uname sysinfo getrlimit getrusage",
    "getrandom poll ppoll select pselect6",
    "recvfrom shutdown getsockopt getsockname",
)

_DANGERS = (
    # sockets of every family, and descriptors through them
    "socket socketpair connect bind listen accept accept4 sendmsg sendmmsg recvmsg recvmmsg",
    "setsockopt getpeername",
    # processes: others made, others reached
    "fork vfork execve execveat unshare setns kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo",
    "ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_open pidfd_getfd",
    "pidfd_send_signal setsid setpgid setpriority sched_setaffinity sched_setscheduler sched_setattr",
    "sched_setparam ioprio_set setrlimit personality seccomp wait4 waitid",
    # who one is
    "setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset",
    # files: made, changed, reached by another way
    "creat truncate ftruncate fallocate pwrite64 pwritev pwritev2 chmod fchmod fchmodat chown fchown",
    "lchown fchownat utime utimes futimesat utimensat link linkat symlink symlinkat rename renameat",
    "renameat2 unlink unlinkat rmdir mkdir mkdirat mknod mknodat setxattr lsetxattr fsetxattr",
    "removexattr lremovexattr fremovexattr openat2 open_by_handle_at name_to_handle_at flock chdir",
    "fchdir chroot pivot_root mount umount2 move_mount open_tree fsopen fsconfig fsmount fspick",
    "mount_setattr sync syncfs quotactl quotactl_fd swapon swapoff inotify_init inotify_init1",
    "inotify_add_watch fanotify_init fanotify_mark sendfile splice tee vmsplice copy_file_range",
    # memory that outlives, is shared, or is run
    "memfd_create memfd_secret shmget shmat shmctl semget msgget msgsnd msgrcv mq_open mq_unlink",
    "pkey_mprotect remap_file_pages userfaultfd mlock mlock2 mlockall mbind migrate_pages move_pages",
    # the kernel
    "io_uring_setup io_uring_enter io_uring_register io_setup io_submit bpf perf_event_open keyctl",
    "add_key request_key kexec_load kexec_file_load init_module finit_module delete_module reboot",
    "syslog acct sethostname setdomainname settimeofday clock_settime adjtimex clock_adjtime vhangup",
    "iopl ioperm modify_ldt landlock_create_ruleset landlock_add_rule landlock_restrict_self",
)


class _Guarded(Struct, frozen=True):
    call: str
    checks: tuple[Check, ...]


_GUARDED = (
    _Guarded("open", (Check(1, (0,), mask=_FOR_WRITING),)),
    _Guarded("openat", (Check(2, (0,), mask=_FOR_WRITING),)),
    # never both writable and executable, and nothing becomes executable: code comes from a library
    _Guarded("mmap", (Check(2, (0, _WRITE, _EXECUTE), mask=_WRITE | _EXECUTE),)),
    _Guarded("mprotect", (Check(1 + 1, (0,), mask=_EXECUTE),)),
    _Guarded("madvise", (Check(2, _ADVICE),)),
    _Guarded("clone", (Check(0, (_THREAD,), mask=0xFFFFFFFF & ~_MAY_ALSO),)),
    _Guarded("fcntl", (Check(1, _FCNTL),)),
    _Guarded("ioctl", (Check(1, _IOCTL),)),
    _Guarded("prctl", (Check(0, _PRCTL),)),
    # send(2): to whom the socket is tied, and to no address
    _Guarded("sendto", (Check(4, (0,), is_wide=True),)),
    # one's own limits may be asked for
    _Guarded("prlimit64", (Check(0, (0,)), Check(2, (0,), is_wide=True))),
)


def list_calls(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The names in lines of names."""
    return tuple(name for line in lines for name in line.split())


ALLOWED = list_calls(_NEEDED)
GUARDED = tuple(each.call for each in _GUARDED)
DANGERS = list_calls(_DANGERS)

POLICY = (
    Rule(ALLOWED, ALLOW),
    *(Rule((each.call,), ALLOW, checks=each.checks, otherwise=EPERM) for each in _GUARDED),
    Rule(DANGERS, EPERM),
)
