"""A small interpreter of classic BPF, as far as seccomp lets a program go (seccomp(2)), and the
kernel's own tables of system calls. So the filters of both CPUs are tried on either."""

import struct
from collections.abc import Sequence
from pathlib import Path

TABLES = Path(__file__).parent / "frozen" / "syscalls.txt"
_LOAD, _MASK, _JUMP, _EQUAL, _AT_LEAST, _ANSWER = 0x20, 0x54, 0x05, 0x15, 0x35, 0x06
_MOST = 4096  # BPF_MAXINSNS
_SEEN = 64  # bytes of struct seccomp_data


def read_tables() -> dict[str, dict[str, int]]:
    """CPU -> name -> number, from the kernel's headers (linux-libc-dev 6.1)."""
    rows = [line.split() for line in TABLES.read_text().splitlines()]
    return {
        cpu: {row[0]: int(row[column]) for row in rows if row[column] != "-"}
        for cpu, column in (("x86_64", 1), ("aarch64", 2))
    }


def decode(program: bytes) -> list[tuple[int, int, int, int]]:
    return list(struct.iter_unpack("=HBBI", program))


def run(program: bytes, architecture: int, number: int, arguments: Sequence[int] = ()) -> int:
    """What the program answers to a call. Raises where the kernel would not have taken it."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    seen = struct.pack("<iIQ6Q", number, architecture, 0, *padded)
    instructions = decode(program)
    assert len(instructions) <= _MOST and len(seen) == _SEEN
    at, word = 0, 0
    while True:
        code, if_true, if_false, constant = instructions[at]
        at += 1
        if code == _LOAD:
            assert constant % 4 == 0
            (word,) = struct.unpack_from("<I", seen, constant)
        elif code == _MASK:
            word &= constant
        elif code == _JUMP:
            at += constant
        elif code in (_EQUAL, _AT_LEAST):
            holds = word == constant if code == _EQUAL else word >= constant
            at += if_true if holds else if_false
        else:
            assert code == _ANSWER
            return constant
