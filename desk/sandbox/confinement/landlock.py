"""Landlock (landlock(7), Linux 5.13): which paths a child may read; everything else about paths is
refused.

What each ABI brought is a table; a newer ABI than we know is used as the newest we know. Rights are
those of <linux/landlock.h>. EXECUTE is handled and granted nowhere: a library is mapped, which
takes READ_FILE alone.
"""

import errno
import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from desk.sandbox.confinement import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # on every CPU
_ASK_ABI = 1  # LANDLOCK_CREATE_RULESET_VERSION
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_NEWEST = 9

# the first ABI that knows them -> rights
_PATHS = {
    1: (1 << 13) - 1,  # EXECUTE to MAKE_SYM
    2: 1 << 13,  # REFER
    3: 1 << 14,  # TRUNCATE
    5: 1 << 15,  # IOCTL_DEV
    9: 1 << 16,  # RESOLVE_UNIX
}
_NETWORK = {4: 0b11}  # TCP: bind, connect
_SCOPED = {6: 0b11}  # abstract AF_UNIX sockets, signals


def ask_abi() -> int:
    """The newest ABI that the kernel and we both know; 0 when it has none, or it is switched off."""
    try:
        return min(kernel.call(_CREATE_RULESET, None, 0, _ASK_ABI), _NEWEST)
    except OSError:
        return 0


def describe_ruleset(abi: int) -> bytes:
    """struct landlock_ruleset_attr for an ABI, in the size that it had then."""
    words = [_rights(_PATHS, abi)]
    if abi >= min(_NETWORK):
        words.append(_rights(_NETWORK, abi))
    if abi >= min(_SCOPED):
        words.append(_rights(_SCOPED, abi))
    return struct.pack(f"={len(words)}Q", *words)


def make_ruleset(abi: int, readable: Iterable[Path]) -> int:
    """The descriptor of a ruleset under which these files and folders may be read. What is not there
    gets no rule. Raises OSError."""
    described = describe_ruleset(abi)
    ruleset = kernel.call(_CREATE_RULESET, described, len(described), 0)
    for path in readable:
        with suppress(FileNotFoundError, PermissionError):
            _allow_reading(ruleset, path)
    return ruleset


def restrict(ruleset: int) -> None:
    """Put this thread, and whatever it starts, under the ruleset; needs no_new_privs. Raises OSError.

    Closes the descriptor: who holds it may add rules, for all who are put under it later.
    """
    try:
        kernel.call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow_reading(ruleset: int, path: Path) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
        beneath = struct.pack("=Qi", rights, place)
        kernel.call(_ADD_RULE, ruleset, _PATH_BENEATH, beneath, 0)
    except OSError as error:
        if error.errno != errno.EBADFD:  # a file system without inodes of its own: nobody's
            raise
    finally:
        os.close(place)


def _rights(brought: dict[int, int], abi: int) -> int:
    return sum(rights for since, rights in brought.items() if since <= abi)
