"""A seccomp filter (seccomp(2)) as a classic BPF program: what rules say, in numbers of one CPU.

Pure. The kernel runs it over struct seccomp_data: the call's number, the architecture, an
instruction pointer, and six arguments of 64 bits, low half first on the two CPUs that we know.
"""

import errno
import struct
from collections.abc import Iterable, Sequence

from msgspec import Struct

from desk.sandbox.confinement.syscalls import CPUS, Cpu

ALLOW = 0x7FFF0000
KILL = 0x80000000  # the whole process
_ERRNO = 0x00050000
EPERM, ENOSYS = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS

# instructions of <linux/filter.h>: load a word, mask it, compare, jump, answer
LOAD, MASK, JUMP, EQUAL, AT_LEAST, ANSWER = 0x20, 0x54, 0x05, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_X32 = 0x40000000  # x86_64: the numbers of its 32-bit sibling begin here
_FURTHEST = 255  # instructions a comparison can jump over
_WORD = 0xFFFFFFFF

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant


class Check(Struct, frozen=True):
    """An argument, under a mask, is one of these values. Its low 32 bits, which are all that the
    kernel reads of a flag; of an address (`is_wide`) the high ones must be 0 too."""

    argument: int  # 0 to 5
    values: tuple[int, ...]
    mask: int = _WORD
    is_wide: bool = False


class Rule(Struct, frozen=True):
    """What these calls are answered where every check holds, and otherwise."""

    calls: tuple[str, ...]
    answer: int
    checks: tuple[Check, ...] = ()
    otherwise: int = EPERM


def compile_filter(cpu_name: str, rules: Iterable[Rule], unknown: int = ENOSYS) -> bytes | None:
    """The program for a CPU, struct sock_filter by struct; None for a CPU without a table. The first
    rule that names a call decides; what no rule names is `unknown`."""
    cpu = CPUS.get(cpu_name)
    if cpu is None:
        return None
    program = _begin(cpu)
    for rule in rules:
        numbers = [cpu.numbers[name] for name in rule.calls if name in cpu.numbers]
        program += _guard(numbers, rule) if rule.checks else _answer(numbers, rule.answer)
    program.append(_say(unknown))
    return b"".join(struct.pack("=HBBI", *each) for each in program)


def _begin(cpu: Cpu) -> list[Instruction]:
    """Another architecture's calls have other numbers: who uses them is killed."""
    begun = [(LOAD, 0, 0, _ARCHITECTURE), (EQUAL, 1, 0, cpu.architecture), _say(KILL)]
    begun.append((LOAD, 0, 0, _NUMBER))
    if cpu.has_x32:
        begun += [(AT_LEAST, 0, 1, _X32), _say(KILL)]
    return begun


def _answer(numbers: Sequence[int], answer: int) -> list[Instruction]:
    """One answer for many calls: compare with each, jump to the answer at the end."""
    program: list[Instruction] = []
    for start in range(0, len(numbers), _FURTHEST):
        some = numbers[start : start + _FURTHEST]
        program += [(EQUAL, len(some) - i, 0, number) for i, number in enumerate(some)]
        program += [(JUMP, 0, 0, 1), _say(answer)]
    return program


def _guard(numbers: Sequence[int], rule: Rule) -> list[Instruction]:
    """An answer that hangs on arguments, for each call that has a number here."""
    body = [each for check in rule.checks for each in _check(check, rule.otherwise)]
    body.append(_say(rule.answer))
    return [each for number in numbers for each in ((EQUAL, 0, len(body), number), *body)]


def _check(check: Check, otherwise: int) -> list[Instruction]:
    """Go on behind this where the argument is as wanted, answer `otherwise` where it is not."""
    place = _ARGUMENTS + 8 * check.argument
    program: list[Instruction] = []
    if check.is_wide:
        program += [(LOAD, 0, 0, place + 4), (EQUAL, 1, 0, 0), _say(otherwise)]
    program += [(LOAD, 0, 0, place), (MASK, 0, 0, check.mask)]
    count = len(check.values)
    program += [(EQUAL, count - i, 0, value) for i, value in enumerate(check.values)]
    return [*program, _say(otherwise)]


def _say(answer: int) -> Instruction:
    return (ANSWER, 0, 0, answer)
