"""For tests: a kernel that lacks a measure. A filter in the fork server makes the kernel itself answer
ENOSYS, so that what is tried is the real code on its real way, at level "basic"."""

from collections.abc import Iterable

from desk.sandbox.confinement import kernel
from desk.sandbox.confinement.bpf import ALLOW, ENOSYS, Check, Rule, compile_filter
from desk.sandbox.confinement.measures import Refusable
from desk.sandbox.confinement.seccomp import load_filter

_LACKING: dict[Refusable, tuple[Rule, ...]] = {
    "landlock": (Rule(("landlock_create_ruleset",), ENOSYS),),
    "seccomp": (
        Rule(("prctl",), ENOSYS, checks=(Check(0, (kernel.PR_SET_SECCOMP,)),), otherwise=ALLOW),
        Rule(("seccomp",), ENOSYS),
    ),
    "unshare": (Rule(("unshare",), ENOSYS),),
}


def refuse_measures(measures: Iterable[Refusable]) -> None:
    """From now on the kernel has none of these for this process and what it starts. Raises OSError
    where there is no seccomp to do it with."""
    rules = [rule for measure in sorted(measures) for rule in _LACKING[measure]]
    program = compile_filter(kernel.find_cpu(), rules, unknown=ALLOW)
    if rules and program is not None:
        kernel.control(kernel.PR_SET_NO_NEW_PRIVS, 1)
        load_filter(program)
