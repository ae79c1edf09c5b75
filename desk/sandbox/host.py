"""Runs `examine` in a confined child, a new one for each reading. The worker never parses a byte of
a mail, and believes of the answer what it has checked.

What comes back is an Examination; or Crashed, with the cause and the file that was being read.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec
from msgspec import Struct

from desk.sandbox.confinement.limits import Bounds
from desk.sandbox.confinement.measures import Measures
from desk.sandbox.fork_server import Ended, Forked, ForkServer, NotStarted, ServerDied
from desk.sandbox.protocol import (
    OUT_OF_MEMORY,
    Cause,
    Derived,
    ProtocolError,
    Task,
    send_task,
)
from desk.sandbox.receive import Receiver, decode
from desk.sandbox.request import Request as Request  # noqa: PLC0414 - what a Sandbox is asked
from desk.sandbox.request import make_caps, make_task, open_inputs, read_prefix
from desk.sandbox.sink import DiscardingSink, Sink
from desk.sandbox.trust.believed import believe, believe_derived
from desk.sandbox.trust.bounded import bound
from redaksi.config.bounds import Sandboxed
from redaksi.errors import RedaksiError, StoreError, Unreadable
from redaksi.fault import name_fault
from redaksi.limits import MB, Limits
from redaksi.model import Examination
from redaksi.sender_policy.header_reading import HeaderReading

WATCH_MEMORY = sys.platform == "darwin"  # RLIMIT_AS is accepted there and not honoured


T = TypeVar("T")
_SERVERS = 2  # that are asked for one child
SOFT = 0.7  # of the processor time: from then on no further file is begun
_CODES: Mapping[Cause, str] = {
    "processor": "crashed_processor",
    "memory": "crashed_memory",
    "wall": "crashed_wall",
    "signal": "crashed_signal",
    "protocol": "crashed_protocol",
    "exit": "crashed_exit",
    "server": "crashed_server",
    "start": "crashed_start",
}


class Crashed(RedaksiError):
    """A reading ended badly; `file` is the index of the parcel's file that was being read then,
    `processor` the seconds of processor time it took, `elapsed` those that went by."""

    def __init__(self, cause: Cause, detail: object = "", file: int | None = None) -> None:
        super().__init__(_CODES[cause], detail=detail)
        self.cause = cause
        self.file = file
        self.processor = self.elapsed = 0.0


class SandboxLimits(Struct, frozen=True, kw_only=True):
    """How far a child may go. Bytes and seconds."""

    memory: int = 1536 * MB
    wall_clock: float = 60.0
    processor: int = 20
    reply: int = 8 * MB


def sandbox_limits_of(configured: Sandboxed) -> SandboxLimits:
    """The walls config.toml asks for."""
    return SandboxLimits(
        memory=configured.memory,
        wall_clock=configured.wall_clock.total_seconds(),
        processor=int(configured.processor.total_seconds()),
        reply=configured.reply,
    )


class Reading(Struct, frozen=True, kw_only=True):
    """What a child gave, and the seconds of processor time it took."""

    examination: Examination
    processor: float


class Sandbox:
    """A fork server and what is asked of it. Use as a context manager, from any thread."""

    size = 1  # readings at once

    def __init__(
        self, limits: SandboxLimits | None = None, server: ForkServer | None = None
    ) -> None:
        self.limits = limits or SandboxLimits()
        self.server = server or ForkServer()
        self.server.bounds = Bounds(memory=self.limits.memory, processor=self.limits.processor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def examine_mail(
        self, raw: Path, source: str, limits: Limits, sink: Sink | None = None
    ) -> Examination:
        """Examine one raw mail. Files and pictures made of them go to `sink`. Raises Crashed."""
        request = Request(source=source, limits=limits, mail=raw, keep=sink is not None)
        return self.read(request, sink).examination

    def identify(self, raw: Path, limits: Limits) -> HeaderReading:
        """What the header of a raw mail says, read by a child that is given its first bytes and
        no more. Raises as `read` does."""
        request = Request(source="", limits=limits, prefix=read_prefix(raw, limits.safety))
        header, _, receiver = self._ask(request, DiscardingSink(), HeaderReading)
        try:
            return bound(header)
        except ProtocolError as error:
            raise Crashed("protocol", error, receiver.file) from None

    def examine_files(
        self,
        files: Sequence[tuple[str, Path]],
        source: str,
        limits: Limits,
        sink: Sink | None = None,
    ) -> Examination:
        """Examine files named together as one parcel. Raises Crashed."""
        request = Request(source=source, limits=limits, files=tuple(files), keep=sink is not None)
        return self.read(request, sink).examination

    def read(self, request: Request, sink: Sink | None = None) -> Reading:
        """One reading in a child of its own. Raises Crashed, and StoreError when an input cannot
        be opened or the sink's disk refuses; nothing else."""
        into = sink or DiscardingSink()
        try:
            return self._read(request, into)
        except BaseException:
            into.clear()
            raise

    def derive(self, original: Path, sha256: str, limits: Limits, sink: Sink) -> None:
        """Make of a photo what readers get: one file of the role `publish` goes to `sink`. Raises
        Unreadable with the reason why there is none; else as `read`."""
        request = Request(source="", limits=limits, files=(("", original),), derive=True)
        try:
            answer, ended, receiver = self._ask(request, sink, Derived)
            try:
                reason = believe_derived(answer, receiver.files, sha256)
            except ProtocolError as error:
                raise distrust(error, ended, receiver) from None
            if reason is not None:
                raise Unreadable("photo", reason.code, **reason.facts)
        except BaseException:
            sink.clear()
            raise

    def start(self) -> Measures:
        """Have the server ready before the first mail: what holds its children. Raises
        Crashed."""
        try:
            return self.server.start()
        except ServerDied as error:
            raise Crashed("start") from error

    def close(self) -> None:
        """End the server, and with it every child; whoever waits for one is told that it
        crashed."""
        self.server.close()

    def abandon(self) -> None:
        """The same, from any thread, and nothing more is begun."""
        self.server.abandon()

    def _read(self, request: Request, sink: Sink) -> Reading:
        answer, ended, receiver = self._ask(request, sink, Examination)
        files = receiver.files if request.keep else None
        try:
            examination = believe(answer, request.source, files, request.known)
        except ProtocolError as error:
            raise distrust(error, ended, receiver) from None
        return Reading(examination=examination, processor=ended.processor)

    def _ask(self, request: Request, sink: Sink, kind: type[T]) -> tuple[T, Ended, Receiver]:
        """What a child of its own answers, how it ended, and what came before the answer."""
        with ExitStack() as stack:
            inputs = open_inputs(request, stack)
            size = sum(os.fstat(each).st_size for each in inputs)
            soft = SOFT * self.limits.processor
            task = make_task(request, size, self.limits.reply, soft)
            line, child = self._fork(stack)
            # from here on: that a server had to be started is not the mail's time
            begun = time.monotonic()
            deadline = begun + self.limits.wall_clock
            wire = Line(line, child.pid, deadline, self.limits.memory)
            caps = make_caps(request, task)
            receiver = Receiver(wire.read, task.nonce, sink, caps)
            outcome = self._converse(wire, inputs, task, receiver)
        ended = self._reap(child, kill=isinstance(outcome, Crashed) and outcome.cause != "exit")
        if isinstance(outcome, StoreError):
            raise outcome
        if isinstance(outcome, Crashed) or ended is None or ended.code != 0:
            death = name_death(outcome, ended, receiver.file)
            death.processor = ended.processor if ended else 0.0
            death.elapsed = time.monotonic() - begun
            raise death
        ended = msgspec.structs.replace(ended, elapsed=time.monotonic() - begun)
        try:
            return decode(outcome, kind), ended, receiver
        except ProtocolError as error:
            raise distrust(error, ended, receiver) from None

    def _fork(self, stack: ExitStack) -> tuple[socket.socket, Forked]:
        """The line to a new child, closed with `stack`, and the child. Where a server died unseen
        another is asked: nothing of the mail was with it yet."""
        for _ in range(_SERVERS):
            ours, theirs = socket.socketpair()
            stack.enter_context(ours)
            with theirs, suppress(ServerDied):
                try:
                    return ours, self.server.fork(theirs)
                except NotStarted as error:
                    raise Crashed("start") from error
        raise Crashed("start")

    def _converse(
        self, wire: "Line", inputs: Sequence[int], task: Task, receiver: Receiver
    ) -> bytes | Crashed | StoreError:
        """The answer's bytes, or why there are none."""
        bounds = msgspec.structs.replace(self.server.bounds, inputs=len(inputs))
        try:
            wire.send(bounds, inputs, task)
            return receiver.receive()
        except (EOFError, ConnectionError):
            return Crashed("exit")
        except TimeoutError:
            return Crashed("memory" if wire.is_too_large else "wall")
        except ProtocolError as error:
            return Crashed("protocol", error)
        except OSError as error:
            return StoreError("files", fault=name_fault(error))

    def _reap(self, child: Forked, *, kill: bool) -> Ended | None:
        """None: nobody can say any more."""
        try:
            return self.server.reap(child, kill=kill)
        except ServerDied:
            return None


class Line:
    """The worker's end of a line to a child, with one deadline over everything."""

    def __init__(self, line: socket.socket, pid: int, deadline: float, memory: int) -> None:
        self._line, self._pid, self._deadline, self._memory = line, pid, deadline, memory
        self.is_too_large = False

    def send(self, bounds: Bounds, inputs: Sequence[int], task: Task) -> None:
        """The whole word to the child. Raises TimeoutError, ConnectionError."""
        self._line.settimeout(max(self._deadline - time.monotonic(), 0.001))
        send_task(self._line, bounds, inputs, task)

    def read(self, most: int) -> bytes:
        """At most so many bytes, b"" at the end of the stream. Raises TimeoutError."""
        while True:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._line.settimeout(min(left, 0.25) if WATCH_MEMORY else left)
            try:
                return self._line.recv(most)
            except TimeoutError:
                if WATCH_MEMORY and _resident(self._pid) > self._memory:
                    self.is_too_large = True
                    raise


def name_death(outcome: bytes | Crashed, ended: Ended | None, file: int | None) -> Crashed:
    """What a reading ended by. Where the stream only ended, how its child did says more."""
    if isinstance(outcome, Crashed) and outcome.cause != "exit":
        return Crashed(outcome.cause, outcome.sentence.facts["detail"], file)
    if ended is None:
        return Crashed("server", file=file)
    if ended.killed:
        return Crashed("protocol", "does not end", file)
    if ended.code in (OUT_OF_MEMORY, -signal.SIGKILL):  # SIGKILL: the kernel's, for memory
        return Crashed("memory", file=file)
    if ended.code == -signal.SIGXCPU:
        return Crashed("processor", file=file)
    if ended.code < 0:
        return Crashed("signal", name_signal(-ended.code), file)
    return Crashed("exit", ended.code, file)


def distrust(error: ProtocolError, ended: Ended, receiver: Receiver) -> Crashed:
    """The end of a reading whose answer is none: it took what any other takes."""
    death = Crashed("protocol", error, receiver.file)
    death.processor, death.elapsed = ended.processor, ended.elapsed
    return death


def name_signal(number: int) -> str:
    """Its name; its number where it has none, as most real-time signals (signal(7))."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _resident(pid: int) -> int:
    """Resident bytes of a process, by `ps` (POSIX); 0 when it is gone."""
    command = ["ps", "-o", "rss=", "-p", str(pid)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(listed.stdout.strip() or 0) * 1024
