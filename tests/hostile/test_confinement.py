"""What code that took a child over gets done, tried in real children: nothing at level "full", what is
listed here at "basic"; and what a reading needs goes on working.

A level below is had from the kernel itself, which a filter in the server makes answer ENOSYS. That
the payloads do what they say, where nothing confines them, is the first test."""

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.sandbox.confinement import landlock
from tests.needs import READINGS
from tests.payloads import PAYLOADS

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
UIDS = (0, NOBODY) if os.getuid() == 0 else (os.getuid(),)
# Use up a second of processor time and more, where they are stopped at all.
SLOW = {"burn_processor", "ignore_processor_limit"}
HEAVY = {
    *SLOW,
    "much_memory",
    "many_threads",
    "write_300_mb",
    "mount",
    "filter_anew",
    "move_parent",
}
# Need to read, or to be root to be there at all: of no use where a uid cannot reach the interpreter.
FROM_DISK = {"import_from_the_standard_library", "import_from_site_packages", "read_the_catalog"}

# What can be done where Landlock is missing: reading, and nothing but reading.
WITHOUT_LANDLOCK = {
    "read_secret",
    "read_passwd",
    "read_beside_the_code",
    "list_root",
    "list_parent_descriptors",  # by root: which numbers, not what they are
}
# Where seccomp is missing: metadata of what one may reach, AF_UNIX by path before ABI 9, processes,
# the kernel's other doors. Not: a byte of another file, one written, a program run.
WITHOUT_SECCOMP = {
    "truncate_descriptor",
    "change_mode",
    "change_mode_of_descriptor",
    "change_mode_by_new_call",
    "change_owner",
    "change_times",
    "set_attribute",
    "change_root",
    "change_folder",
    "lock_mail",
    "watch_folder",
    "connect_unix",
    "send_udp",  # where no network namespace is to be had either
    "open_netlink",
    "open_vsock",
    "open_alg",
    "make_socketpair",
    "pass_descriptor",
    "own_signals_of_socket",
    "own_signals_by_ioctl",
    "fork",
    "fork_by_call",
    "fork_by_clone",
    "fork_by_clone3",
    "outlive",
    "leave_group",
    "open_parent_as_descriptor",
    "slow_parent",
    "move_parent",
    "limit_parent",
    "new_user_namespace",
    "become_dumpable",
    "outlive_server",
    "become_root",  # by who is
    "run_written_memory",
    "make_memory_executable",
    "file_in_memory",
    "secret_in_memory",
    "io_uring",
    "old_aio",
    "read_keys",
    "add_key",
    "load_bpf",
    "fault_in_user_space",
    "shared_memory",
    "system_v_queue",
    "change_personality",
}
# Where both are: files too, but for their contents (FSIZE), programs, signals.
WITHOUT_BOTH = {
    *WITHOUT_LANDLOCK,
    *WITHOUT_SECCOMP,
    "open_own_memory",
    "make_empty_file",
    "reopen_mail_for_writing",
    "truncate_mail",
    "open_mail_truncated",
    "link",
    "symlink",
    "rename",
    "unlink",
    "make_folder",
    "make_fifo",
    "connect_tcp",
    "connect_abstract",
    "run_program",
    "become_program",
    "become_program_by_descriptor",
    "become_library",
    "signal_parent",
    "signal_parent_by_thread",
    "queue_signal_to_parent",
    "open_by_handle",
}
# refused by the kernel -> what may be done, what surely can, what the level says it lacks
BASIC = {
    "landlock": (WITHOUT_LANDLOCK, {"read_secret", "read_passwd"}, {"landlock", "secret"}),
    "seccomp": (WITHOUT_SECCOMP, {"fork", "file_in_memory"}, {"seccomp", "socket"}),
    "seccomp,unshare": (WITHOUT_SECCOMP, {"fork", "send_udp"}, {"seccomp", "socket"}),
    "landlock,seccomp,unshare": (
        WITHOUT_BOTH,
        {"read_secret", "unlink", "run_program", "connect_tcp", "signal_parent"},
        {"landlock", "seccomp", "secret", "write", "socket"},
    ),
}

needs_landlock = pytest.mark.skipif(
    sys.platform != "linux" or not landlock.ask_abi(), reason="no Landlock in this kernel"
)
pytestmark = needs_landlock


@functools.cache
def attempt(uid: int, refuse: str, names: frozenset[str], free: bool = False) -> dict[str, object]:
    """What became of each, in children of one server."""
    asked = ["--uid", str(uid), f"--refuse={refuse}", *(["--free"] if free else []), *sorted(names)]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.confined", *asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=200,
    )
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def done(found: dict[str, object]) -> set[str]:
    outcomes = found["outcomes"]
    assert isinstance(outcomes, dict)
    return {name for name, outcome in outcomes.items() if outcome in ("done", "hangs")}


def test_payloads_do_what_they_say_where_nothing_confines_them() -> None:
    """But for what a kernel may not have, root alone may, or is given for the errno it earns."""
    may_fail = {
        "map_mail_for_writing",
        "open_alg",
        "send_to_an_address",
        "call_by_x32",
        "io_uring",
        "fault_in_user_space",
    }
    may_fail |= {"open_vsock", "secret_in_memory", "load_bpf", "count_events", "message_queue"}
    may_fail |= {"new_user_namespace", "old_aio", "open_own_memory", "change_mode_by_new_call"}
    by_root = {"change_root", "become_root", "new_mount_namespace", "open_by_handle"}
    by_root |= {"read_parent_environ", "read_parent_maps", "list_parent_descriptors"}
    by_root |= {"open_parent_memory", "read_parent_by_call", "trace_parent"}
    if os.getuid() != 0:
        may_fail |= by_root
    light = frozenset(PAYLOADS) - HEAVY
    assert light - done(attempt(os.getuid(), "", light, free=True)) <= may_fail


@pytest.mark.parametrize("uid", UIDS)
def test_at_full_no_payload_succeeds(uid: int) -> None:
    found = attempt(uid, "", frozenset(PAYLOADS))
    assert found["level"] == "full"
    assert done(found) == set()


@pytest.mark.parametrize("uid", UIDS)
def test_the_level_is_full_without_user_namespaces_too(uid: int) -> None:
    found = attempt(uid, "unshare", frozenset({"read_secret", "connect_tcp", "connect_abstract"}))
    assert found["level"] == "full"
    assert done(found) == set()


@pytest.mark.parametrize("uid", UIDS)
@pytest.mark.parametrize("refuse", BASIC)
def test_at_basic_the_listed_ones_alone_succeed(refuse: str, uid: int) -> None:
    may, surely, _ = BASIC[refuse]
    found = attempt(uid, refuse, frozenset(PAYLOADS) - SLOW)
    assert found["level"] == "basic"
    assert done(found) - may == set()
    assert surely <= done(found)


@pytest.mark.parametrize("uid", UIDS)
@pytest.mark.parametrize("refuse", BASIC)
def test_the_probe_says_what_lacks(refuse: str, uid: int) -> None:
    found = attempt(uid, refuse, frozenset(PAYLOADS) - SLOW)
    lacking = found["lacking"]
    assert isinstance(lacking, list)
    assert set(lacking) - {"exec"} == BASIC[refuse][2]


@pytest.mark.parametrize("uid", UIDS)
def test_a_network_namespace_stands_in_where_seccomp_lacks(uid: int) -> None:
    """Best effort: where it was to be had, neither TCP nor UDP leaves the child; and what entering
    it made the kernel forget stands again."""
    found = attempt(uid, "seccomp", frozenset(PAYLOADS) - SLOW)
    measures = found["measures"]
    assert isinstance(measures, dict)
    standing = measures["standing"]
    assert standing["parent_death"] and standing["undumpable"]
    if standing["namespace"]:
        assert not {"connect_tcp", "send_udp", "connect_abstract"} & done(found)


@pytest.mark.parametrize("uid", UIDS)
@pytest.mark.parametrize("refuse", ["", "landlock", "seccomp"])
def test_what_a_reading_needs_goes_on_working(refuse: str, uid: int) -> None:
    wanted = set(READINGS) - {"abort"}
    if uid != os.getuid():
        wanted -= FROM_DISK  # the interpreter may lie where another uid cannot read it
    found = attempt(uid, refuse, frozenset(wanted))
    assert wanted - done(found) == set()


@pytest.mark.parametrize("uid", UIDS)
def test_a_library_that_aborts_ends_the_child(uid: int) -> None:
    outcomes = attempt(uid, "", frozenset({"abort"}))["outcomes"]
    assert isinstance(outcomes, dict)
    assert outcomes["abort"].startswith("died")
