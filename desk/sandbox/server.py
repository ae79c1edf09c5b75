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
from contextlib import suppress

from desk.sandbox import child
from desk.sandbox.protocol import END, ENDED, FORK, KILL, PID, READY, receive_exactly
from desk.sandbox.warm import import_readers

GRACE = 0.2  # seconds that a child has between the end of its stream and its own
FAILED = 70  # exit status of a child whose reading raised (EX_SOFTWARE, sysexits.h)


def main() -> None:
    """Serve until the line ends. Its descriptor is the first argument."""
    control = socket.socket(fileno=int(sys.argv[1]))
    import_readers()
    control.sendall(READY)
    children: set[int] = set()
    try:
        while serve(control, children):
            pass
    except (OSError, EOFError):
        pass
    finally:
        for pid in children:
            kill(pid)


def serve(control: socket.socket, children: set[int]) -> bytes:
    """Do one command; b"" at the end of the line. Raises OSError, EOFError."""
    command, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    if command == FORK:
        pid = fork(control, descriptors[0])
        children.add(pid)
        control.sendall(PID.pack(pid))
    elif command in (END, KILL):
        (pid,) = PID.unpack(receive_exactly(control, PID.size))
        if pid not in children:
            raise EOFError
        children.discard(pid)
        control.sendall(ENDED.pack(*reap(pid, GRACE if command == END else 0.0)))
    return command


def fork(control: socket.socket, descriptor: int) -> int:
    """The pid of a child that reads what comes on the line `descriptor`."""
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    status = FAILED
    try:
        os.setpgid(0, 0)
        control.close()
        with socket.socket(fileno=descriptor) as line:
            status = child.run(line)
    finally:
        if status == FAILED:
            traceback.print_exc()
        os._exit(status)


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


if __name__ == "__main__":
    main()
