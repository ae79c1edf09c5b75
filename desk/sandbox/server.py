"""The fork server: our interpreter with every reader loaded, one thread, no secret and no byte of
a mail. It forks a child for each reading and reaps it when it is told to, so that a pid is never
somebody else's when the worker has it killed. It ends when its line to the worker does.

What it is asked stands in desk.sandbox.protocol.
"""

import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from desk.sandbox import child
from desk.sandbox.confinement import kernel
from desk.sandbox.confinement.confine import (
    Prepared,
    become_undumpable,
    prefer_for_oom,
    prepare,
)
from desk.sandbox.confinement.measures import Measures
from desk.sandbox.confinement.probe import probe
from desk.sandbox.protocol import (
    END,
    ENDED,
    FORK,
    KILL,
    PID,
    Hello,
    receive,
    receive_exactly,
    send,
)
from desk.sandbox.warm import import_readers

GRACE = 0.2  # seconds that a child has between the end of its stream and its own
ORPHANS = 1.0  # seconds for what children left behind; the worker waits for the answer meanwhile
FAILED = 70  # exit status of a child whose reading raised (EX_SOFTWARE, sysexits.h)
# Forking without exec is unsafe beside Apple's frameworks: there a child is a process of its own.
FORKS = sys.platform != "darwin"


class Serving(Struct, frozen=True, kw_only=True):
    """What a server has: its line to the worker, what its children are confined by and what of it
    held a probe, and the pids of those that were not reaped yet."""

    control: socket.socket
    prepared: Prepared
    measures: Measures
    children: set[int]


def main(*, forks: bool = FORKS) -> None:
    """Serve until the line ends. Its descriptor is the first argument."""
    leave_signals_to_the_worker()
    prefer_for_oom()
    become_undumpable()
    adopt_orphans()
    control = socket.socket(fileno=int(sys.argv[1]))
    with suppress(OSError, EOFError):
        hello = receive(control, Hello)
        import_readers()
        prepared = prepare(frozenset(hello.refuse))
        measures = probe(prepared, hello.bounds)
        if measures is None:
            return
        send(control, measures)
        begin = fork if forks else spawn
        serving = Serving(control=control, prepared=prepared, measures=measures, children=set())
        serve(serving, begin)


def serve(serving: Serving, begin: Callable[[Serving, int], int]) -> None:
    """Do what is asked until the line ends. Raises OSError, EOFError."""
    try:
        while answer(serving, begin):
            pass
    finally:
        for pid in serving.children:
            kill(pid)
        if not serving.measures.standing.seccomp:
            end_orphans(set())


def answer(serving: Serving, begin: Callable[[Serving, int], int]) -> bytes:
    """Do one command; b"" at the end of the line. Raises OSError, EOFError."""
    control, children = serving.control, serving.children
    command, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    if command == FORK:
        pid = begin(serving, descriptors[0])
        os.close(descriptors[0])
        children.add(pid)
        control.sendall(PID.pack(pid))
    elif command in (END, KILL):
        (pid,) = PID.unpack(receive_exactly(control, PID.size))
        if pid not in children:
            raise EOFError
        children.discard(pid)
        ended = reap(pid, GRACE if command == END else 0.0)
        if not serving.measures.standing.seccomp:
            end_orphans(children)
        control.sendall(ENDED.pack(*ended))
    return command


def fork(serving: Serving, descriptor: int) -> int:
    """The pid of a child that reads what comes on the line `descriptor`."""
    server = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    status = FAILED
    try:
        os.setpgid(0, 0)
        with socket.socket(fileno=descriptor) as line:
            wanted = serving.measures.standing
            status = child.run(line, serving.prepared, server, wanted)
    finally:
        if status == FAILED:
            traceback.print_exc()
        os._exit(status)


def spawn(_serving: Serving, descriptor: int) -> int:
    """The same, by a process that is started anew and confines itself."""
    command = [sys.executable, "-m", "desk.sandbox.fresh", str(descriptor)]
    os.set_inheritable(descriptor, True)  # noqa: FBT003 - takes no keyword
    return os.posix_spawn(sys.executable, command, os.environ, setpgroup=0)


def reap(pid: int, grace: float) -> tuple[int, int, bool]:
    """(wait status, microseconds of processor time, whether it was killed) of a child, which is
    killed unless it ends within `grace` seconds."""
    until = time.monotonic() + grace
    found = 0
    while True:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found or time.monotonic() >= until:
            break
        time.sleep(0.0005)
    if not found:
        kill(pid)
        _, status, usage = os.wait4(pid, 0)
    microseconds = int((usage.ru_utime + usage.ru_stime) * 1_000_000)
    return status, microseconds, not found


def kill(pid: int) -> None:
    """End a child that was not reaped yet, and its group."""
    for end in (os.kill, os.killpg):
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def leave_signals_to_the_worker() -> None:
    """Who ends us signals each process of a terminal or unit (systemd.kill(5), KillMode): the
    worker finishes what it reads, and its line is what ends us. Children inherit it."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def adopt_orphans() -> None:
    """What a child leaves behind becomes ours, where forking cannot be forbidden it (prctl(2),
    PR_SET_CHILD_SUBREAPER)."""
    if kernel.is_linux():
        with suppress(OSError):
            kernel.control(kernel.PR_SET_CHILD_SUBREAPER, 1)


def end_orphans(children: set[int]) -> None:
    """End every process of ours that is no child we started. What such a process leaves in its turn
    is ours when it has ended, and ends too."""
    until = time.monotonic() + ORPHANS
    with suppress(OSError):
        while (strangers := list_children() - children) and time.monotonic() < until:
            for pid in strangers:
                kill(pid)
                os.waitpid(pid, 0)


def list_children() -> set[int]:
    """Our children and what we adopted (proc_pid_task_children(5)). Raises OSError."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return {int(pid) for pid in listed.split()}


if __name__ == "__main__":
    main()
