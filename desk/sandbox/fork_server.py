"""The worker's hold on its fork server: started when it is needed, started anew when it died."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from desk.sandbox.confinement.limits import Bounds
from desk.sandbox.confinement.measures import Measures, Refusable
from desk.sandbox.heap import TUNABLES
from desk.sandbox.protocol import END, ENDED, FORK, KILL, PID, Hello, receive, send
from redaksi.limits import MB
from redaksi.log import get_logger

SERVER = "desk.sandbox.server"
START_SECONDS = 60.0  # until everything is imported
ANSWER_SECONDS = 2.0  # for a fork, or for the reaping of a child
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV")


class Ended(Struct, frozen=True, kw_only=True):
    """How a child ended: an exit status, or minus the signal; its processor time in seconds; and
    whether it was we who killed it. `elapsed`: seconds since it was forked, where its host says."""

    code: int
    processor: float
    killed: bool
    elapsed: float = 0.0


class Forked(Struct, frozen=True, kw_only=True):
    """A child that was not reaped yet. `server`: which of our servers has it, by the number of its
    start; no other may be asked for it."""

    pid: int
    server: int


class ServerDied(Exception):
    """The fork server does not answer; it is started anew for the next reading."""


class NotStarted(ServerDied):
    """There is no server, and none can be had."""


class ForkServer:
    """Use from any thread. `module` is what our interpreter runs, with `arguments` after the
    line's descriptor; tests run others, and `refuse` what the kernel shall not have."""

    def __init__(
        self, module: str = SERVER, *arguments: str, refuse: tuple[Refusable, ...] = ()
    ) -> None:
        self.bounds = Bounds(memory=1536 * MB, processor=20)
        self._refuse = refuse
        self._measures: Measures | None = None
        self._command = [sys.executable, "-m", module]
        self._arguments = arguments
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._started = 0
        self._is_abandoned = False

    @property
    def pid(self) -> int | None:
        """The server's process id; None while there is none."""
        return self._process.pid if self._process else None

    def start(self) -> Measures:
        """Have it ready: what holds its children. Raises NotStarted."""
        with self._lock:
            self._ready()
            assert self._measures is not None
            return self._measures

    def fork(self, line: socket.socket) -> Forked:
        """A child whose end of the line is `line`. Raises ServerDied."""
        with self._lock:
            control = self._ready()
            try:
                socket.send_fds(control, [FORK], [line.fileno()])
                (pid,) = PID.unpack(self._receive(control, PID.size))
            except (OSError, EOFError) as error:
                self._drop()
                raise ServerDied from error
            return Forked(pid=pid, server=self._started)

    def reap(self, child: Forked, *, kill: bool) -> Ended:
        """How a child ended, now that it should have, or was made to (`kill`). Raises
        ServerDied."""
        with self._lock:
            if self._control is None or child.server != self._started:
                raise ServerDied
            try:
                self._control.sendall((KILL if kill else END) + PID.pack(child.pid))
                answer = self._receive(self._control, ENDED.size)
            except (OSError, EOFError) as error:
                self._drop()
                raise ServerDied from error
        status, microseconds, killed = ENDED.unpack(answer)
        code = os.waitstatus_to_exitcode(status)
        return Ended(code=code, processor=microseconds / 1_000_000, killed=killed)

    def abandon(self) -> None:
        """End it for good: it is not started anew for who was about to ask for a child."""
        self._is_abandoned = True  # before the lock: who has it may be asking
        self.close()

    def close(self) -> None:
        """End it; its children end with it."""
        with self._lock:
            self._drop()

    def _ready(self) -> socket.socket:
        if self._is_abandoned:
            raise NotStarted
        if self._control is not None and self._process and self._process.poll() is None:
            return self._control
        self._drop()
        if self._started:
            get_logger("sandbox").warning("sandbox.restarted", times=self._started)
        self._started += 1
        return self._start()

    def _start(self) -> socket.socket:
        try:
            ours, theirs = socket.socketpair()
            self._control = ours
            with theirs:
                self._process = self._run(theirs)
            ours.settimeout(START_SECONDS)
            send(ours, Hello(bounds=self.bounds, refuse=self._refuse))
            self._measures = receive(ours, Measures)
        except (OSError, EOFError) as error:  # no memory, no process, no descriptor is left
            self._drop()
            raise NotStarted from error
        return ours

    def _run(self, line: socket.socket) -> "subprocess.Popen[bytes]":
        """A new server: our own interpreter and module, and nothing of a mail."""
        environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
        return subprocess.Popen(
            [*self._command, str(line.fileno()), *self._arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("REDAKSI_SANDBOX_STDERR") else subprocess.DEVNULL,
            env={
                **environment,
                "PYTHONSAFEPATH": "1",
                # numpy's algebra would reserve memory for a thread a core
                "OPENBLAS_NUM_THREADS": "1",
                "GLIBC_TUNABLES": TUNABLES,
                "OMP_NUM_THREADS": "1",
                "PYTHONPATH": _import_path(),
            },
            pass_fds=(line.fileno(),),
            start_new_session=True,
        )

    def _receive(self, control: socket.socket, count: int) -> bytes:
        control.settimeout(ANSWER_SECONDS)
        received = b""
        while len(received) < count:
            chunk = control.recv(count - len(received))
            if not chunk:
                raise EOFError
            received += chunk
        return received

    def _drop(self) -> None:
        control, self._control = self._control, None
        process, self._process = self._process, None
        if control is not None:
            control.close()
        if process is not None:
            if self._measures and not self._measures.standing.seccomp:
                with suppress(subprocess.TimeoutExpired):  # it alone can end what children left
                    process.wait(ANSWER_SECONDS)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()


def _import_path() -> str:
    """Where the server finds the house: beside this package, whatever the working directory
    holds."""
    return str(Path(__file__).parents[2])
