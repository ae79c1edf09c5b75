"""The seccomp filters of both CPUs, run by an interpreter over every number a kernel knows."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.sandbox.confinement.bpf import ALLOW, EPERM, KILL, compile_filter
from desk.sandbox.confinement.bpf import ENOSYS as UNKNOWN
from desk.sandbox.confinement.policy import ALLOWED, DANGERS, GUARDED, POLICY
from desk.sandbox.confinement.syscalls import CPUS
from tests.bpf import decode, read_tables, run

KERNEL = read_tables()
PROGRAMS = {name: compile_filter(name, POLICY) or b"" for name in CPUS}
NUMBERS = range(601)
BOTH = pytest.mark.parametrize("cpu", CPUS)
WORDS = st.integers(0, 2**64 - 1)
HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}


def answer(cpu: str, call: str, *arguments: int) -> int:
    """What a call by name is answered on a CPU; as unknown where it has no such call."""
    number = KERNEL[cpu].get(call)
    if number is None:
        return UNKNOWN
    return run(PROGRAMS[cpu], CPUS[cpu].architecture, number, arguments)


@BOTH
def test_the_numbers_are_the_kernels(cpu: str) -> None:
    ours = CPUS[cpu].numbers
    assert ours == {name: KERNEL[cpu][name] for name in ours}
    assert set(ours) == {*ALLOWED, *DANGERS, *GUARDED} & KERNEL[cpu].keys()


@BOTH
def test_the_kept_tables_are_those_of_an_installed_header(cpu: str) -> None:
    """Where the headers are there: what they number by a plain figure is numbered so here."""
    header = Path(HEADERS[cpu])
    if not header.exists():
        pytest.skip("no kernel headers here")
    told = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)$", header.read_text(), re.MULTILINE)
    kept = KERNEL[cpu]
    assert {name: kept[name] for name, _ in told if name in kept} == {
        name: int(number) for name, number in told if name in kept
    }


def test_every_call_is_named_once() -> None:
    named = [*ALLOWED, *DANGERS, *GUARDED]
    assert len(named) == len(set(named))


@BOTH
def test_every_number_is_answered_as_its_name_deserves(cpu: str) -> None:
    names = {number: name for name, number in KERNEL[cpu].items()}
    for number in NUMBERS:
        name = names.get(number, "")
        got = run(PROGRAMS[cpu], CPUS[cpu].architecture, number)
        if name in ALLOWED:
            assert got == ALLOW, name
        elif name in DANGERS:
            assert got == EPERM, name
        elif name not in GUARDED:
            assert got == UNKNOWN, (number, name)


@BOTH
@given(number=st.integers(0, 2**31 - 1), arguments=st.lists(WORDS, min_size=6, max_size=6))
def test_what_is_not_on_the_list_is_never_allowed(
    cpu: str, number: int, arguments: list[int]
) -> None:
    names = {number: name for name, number in KERNEL[cpu].items()}
    if names.get(number) not in {*ALLOWED, *GUARDED}:
        got = run(PROGRAMS[cpu], CPUS[cpu].architecture, number, arguments)
        assert got in (EPERM, UNKNOWN, KILL)


@given(number=st.integers(0x40000000, 2**31 - 1))
def test_the_numbers_of_x32_kill(number: int) -> None:
    assert run(PROGRAMS["x86_64"], CPUS["x86_64"].architecture, number) == KILL
    assert run(PROGRAMS["x86_64"], CPUS["x86_64"].architecture, -1) == KILL


@BOTH
@given(architecture=st.integers(0, 2**32 - 1), number=st.integers(0, 600))
def test_another_architecture_kills(cpu: str, architecture: int, number: int) -> None:
    if architecture != CPUS[cpu].architecture:
        assert run(PROGRAMS[cpu], architecture, number) == KILL


def test_i386_on_x86_64_kills() -> None:
    """`int 0x80`: 11 is execve there, munmap here."""
    assert run(PROGRAMS["x86_64"], 0x40000003, 11) == KILL


def test_a_cpu_without_a_table_has_no_filter() -> None:
    assert compile_filter("riscv64", POLICY) is None
    assert compile_filter("", POLICY) is None


THREAD = 0x3D0F00  # pthread_create's flags in glibc; musl adds DETACHED
# call, arguments, allowed
ARGUMENTS = [
    ("clone", (THREAD,), True),
    ("clone", (THREAD | 0x400000,), True),
    ("clone", (17,), False),  # fork: SIGCHLD alone
    ("clone", (0x4000 | 0x100 | 17,), False),  # vfork
    ("clone", (0x1200011,), False),  # glibc's fork()
    ("clone", (THREAD & ~0x10000,), False),  # shares all, and is a process
    ("clone", (THREAD | 0x10000000,), False),  # a user namespace with it
    ("clone", (THREAD | 0x40000000,), False),  # a network namespace
    ("clone", (THREAD | 0x2000,), False),  # PTRACE
    ("clone", (THREAD | 9,), False),  # with a signal to the parent
    ("open", (0, 0o2000000), True),  # O_RDONLY | O_CLOEXEC
    ("open", (0, 0o1), False),
    ("open", (0, 0o2), False),
    ("open", (0, 0o100), False),
    ("open", (0, 0o1000), False),  # O_RDONLY | O_TRUNC empties a file
    ("openat", (0, 0, 0o2000000), True),
    ("openat", (0, 0, 0o1), False),
    ("openat", (0, 0, 0o1000), False),
    ("openat", (0, 0, 0o20200002), False),  # O_TMPFILE
    ("mmap", (0, 4096, 0b001), True),
    ("mmap", (0, 4096, 0b011), True),
    ("mmap", (0, 4096, 0b101), True),  # a library's code
    ("mmap", (0, 4096, 0b111), False),
    ("mmap", (0, 4096, 0b110), False),
    ("mprotect", (0, 4096, 0b011), True),
    ("mprotect", (0, 4096, 0b101), False),
    ("madvise", (0, 4096, 4), True),
    ("madvise", (0, 4096, 100), False),  # HWPOISON takes a page from the whole machine
    ("fcntl", (3, 1), True),
    ("fcntl", (3, 1030), True),
    ("fcntl", (3, 8), False),  # F_SETOWN: whom SIGIO goes to
    ("fcntl", (3, 10), False),  # F_SETSIG: and which signal that is
    ("fcntl", (3, 1033), False),  # F_ADD_SEALS
    ("ioctl", (0, 0x5401), True),
    ("ioctl", (0, 0x5412), False),  # TIOCSTI types into a terminal
    ("ioctl", (0, 0x8901), False),  # FIOSETOWN
    ("ioctl", (0, 0x541C), False),  # TIOCLINUX
    ("prctl", (15,), True),
    ("prctl", (3,), True),
    ("prctl", (1,), False),  # to outlive the server
    ("prctl", (4, 1), False),  # to be dumpable again
    ("prctl", (22,), False),
    ("prctl", (0x59616D61,), False),  # PR_SET_PTRACER
    ("sendto", (3, 0, 10, 0, 0), True),
    ("sendto", (3, 0, 10, 0, 0x7FFF00001000), False),
    ("sendto", (3, 0, 10, 0, 0x1_0000_0000), False),  # an address whose low half is 0
    ("prlimit64", (0, 7, 0), True),
    ("prlimit64", (0, 7, 0x7FFF00001000), False),
    ("prlimit64", (0, 7, 0x1_0000_0000), False),
    ("prlimit64", (1234, 7, 0), False),
]


@BOTH
@pytest.mark.parametrize(("call", "arguments", "allowed"), ARGUMENTS)
def test_what_hangs_on_arguments(
    cpu: str, call: str, arguments: tuple[int, ...], allowed: bool
) -> None:
    if call in KERNEL[cpu]:
        assert answer(cpu, call, *arguments) == (ALLOW if allowed else EPERM)


@BOTH
@given(flags=WORDS)
def test_clone_starts_nothing_but_threads(cpu: str, flags: int) -> None:
    """What the kernel sees of the flags is their low half."""
    is_thread = flags & 0x10F00 == 0x10F00
    is_plain = flags & 0xFFFFFFFF & ~0x17D0F00 == 0
    assert (answer(cpu, "clone", flags) == ALLOW) == (is_thread and is_plain)


@BOTH
@given(prot=WORDS)
def test_no_memory_is_both_written_and_run(cpu: str, prot: int) -> None:
    assert (answer(cpu, "mmap", 0, 1, prot) == ALLOW) == (prot & 6 != 6)
    assert (answer(cpu, "mprotect", 0, 1, prot) == ALLOW) == (prot & 4 == 0)


@BOTH
@given(address=WORDS)
def test_nothing_is_sent_to_an_address(cpu: str, address: int) -> None:
    assert (answer(cpu, "sendto", 3, 0, 1, 0, address) == ALLOW) == (address == 0)


@BOTH
@pytest.mark.parametrize("call", ["clone3", "fchmodat2", "io_uring_not_yet", "listns"])
def test_what_is_unknown_does_not_exist(cpu: str, call: str) -> None:
    """`clone3` among it: its flags lie in memory, and every libc falls back to `clone`."""
    assert answer(cpu, call) == UNKNOWN


@BOTH
def test_a_program_ends_wherever_it_begins(cpu: str) -> None:
    """Every jump lands inside, and the last instruction answers: the kernel takes it."""
    program = decode(PROGRAMS[cpu])
    for at, (code, if_true, if_false, constant) in enumerate(program):
        reach = constant if code == 0x05 else max(if_true, if_false)
        assert at + 1 + (0 if code == 0x06 else reach) < len(program) or code == 0x06
    assert program[-1][0] == 0x06
