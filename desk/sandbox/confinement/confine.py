"""What the fork server prepares once, and what a child does to itself before it reads a byte.

    server, before anything:     become_undumpable() (before it: prefer_for_oom())
    server, everything imported: prepared = prepare()
    server, once:                measures = probe(prepared, bounds)     (confinement.probe)
    child, after fork:           standing = confine(prepared, bounds, server_pid, keep)
                                 standing != measures.standing: end, and read nothing

The order in a child is the specification's: PDEATHSIG, dumpable, no_new_privs, rlimits, Landlock,
seccomp.
"""

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from desk.sandbox.confinement import kernel, landlock
from desk.sandbox.confinement.bpf import compile_filter
from desk.sandbox.confinement.harness import refuse_measures
from desk.sandbox.confinement.limits import Bounds, limit_resources
from desk.sandbox.confinement.measures import Refusable, Standing
from desk.sandbox.confinement.policy import POLICY
from desk.sandbox.confinement.read_rules import find_readable
from desk.sandbox.confinement.seccomp import load_filter

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # <sched.h>
_READ_ANYTHING = 1 << 2  # CAP_DAC_READ_SEARCH; what may be read is Landlock's to say
_OOM_SCORE = Path("/proc/self/oom_score_adj")


class Prepared(Struct, frozen=True, kw_only=True):
    """What is made once for every child of a server."""

    abi: int = 0  # of Landlock; 0 = none
    ruleset: int | None = None  # a descriptor; each child's copy is closed by `confine`
    program: bytes | None = None  # the seccomp filter; None for a CPU that we have no table for


def prepare(refuse: frozenset[Refusable] = frozenset()) -> Prepared:
    """Ask what the kernel has, and make what every child needs of it. Call it when everything is
    imported. `refuse` is for tests: what the kernel shall not have."""
    if not kernel.is_linux():
        return Prepared()
    refuse_measures(refuse)
    abi, ruleset = landlock.ask_abi(), None
    if abi:
        try:
            ruleset = landlock.make_ruleset(abi, find_readable())
        except OSError:
            abi = 0
    return Prepared(abi=abi, ruleset=ruleset, program=compile_filter(kernel.find_cpu(), POLICY))


def confine(
    prepared: Prepared, bounds: Bounds, server: int, keep: Iterable[int] | None = None
) -> Standing:
    """Confine this process, a child that was just forked and has one thread; which measures stand.

    Kills the process when `server`, the pid of who forked it, is gone. Every descriptor but those of
    `keep` is closed: the server's control socket is open in its children too; None leaves them all.
    Nothing is raised for a measure that the kernel lacks: what stands is told, and the caller
    compares.
    """
    if keep is not None:
        ruleset = () if prepared.ruleset is None else (prepared.ruleset,)
        close_descriptors({*keep, *ruleset})
    if not kernel.is_linux():
        return Standing(rlimits=limit_resources(bounds))
    parent_death, undumpable = _die_with(server), become_undumpable()
    no_new_privs = _forgo_privileges()
    rlimits = limit_resources(bounds)
    abi = _restrict_paths(prepared)
    seccomp = _filter_calls(prepared)
    namespace = not seccomp and _leave_network()
    if namespace:  # new credentials: the kernel forgot both (credentials(7), prctl(2))
        parent_death, undumpable = _die_with(server), become_undumpable()
    return Standing(
        parent_death=parent_death,
        undumpable=undumpable,
        no_new_privs=no_new_privs,
        rlimits=rlimits,
        landlock=abi,
        seccomp=seccomp,
        namespace=namespace,
    )


def become_undumpable() -> bool:
    """Shut /proc/PID/environ, mem and fd, and ptrace, to other processes of the same uid; for the
    worker, the server and the child, at once after exec. Whether it is so; False off Linux.

    From then on this process's files under /proc belong to root: what has to be written there
    (`prefer_for_oom`) is written before.
    """
    if not kernel.is_linux():
        return False
    with suppress(OSError):
        kernel.control(kernel.PR_SET_DUMPABLE, 0)
    return kernel.control(kernel.PR_GET_DUMPABLE) == 0


def prefer_for_oom() -> None:
    """Where memory runs out, let the kernel end this process and what it forks before any other
    (proc_pid_oom_score_adj(5)); best effort. Call it before `become_undumpable`."""
    with suppress(OSError):
        _OOM_SCORE.write_text("1000", encoding="ascii")


def close_descriptors(keep: Iterable[int]) -> None:
    """Close every descriptor of this process but these."""
    first = 0
    for descriptor in sorted(keep):
        if descriptor > first:
            kernel.close_range(first, descriptor - 1)
        first = descriptor + 1
    kernel.close_range(first, os.sysconf("SC_OPEN_MAX"))


def _die_with(server: int) -> bool:
    """Be killed when the thread that forked us ends; at once when it has ended already."""
    with suppress(OSError):
        kernel.control(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os.kill(os.getpid(), signal.SIGKILL)
    return kernel.ask_death_signal() == signal.SIGKILL


def _forgo_privileges() -> bool:
    """No setuid program ever gives us more, which is the condition of what follows; and where we are
    root, nothing of it is left but that folders are open, for what is imported late."""
    with suppress(OSError):
        kernel.control(kernel.PR_SET_NO_NEW_PRIVS, 1)
        if os.geteuid() == 0:
            kernel.set_capabilities(_READ_ANYTHING)
    return kernel.control(kernel.PR_GET_NO_NEW_PRIVS) == 1


def _restrict_paths(prepared: Prepared) -> int:
    """The ABI of Landlock that holds us now; 0 = none."""
    if prepared.ruleset is None:
        return 0
    try:
        landlock.restrict(prepared.ruleset)
    except OSError:
        return 0
    return prepared.abi


def _filter_calls(prepared: Prepared) -> bool:
    if prepared.program is None:
        return False
    try:
        load_filter(prepared.program)
    except OSError:
        return False
    return True


def _leave_network() -> bool:
    """Enter an empty network, where the kernel lets us (best effort)."""
    for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK):
        with suppress(OSError):
            kernel.unshare(flags)
            return True
    return False
