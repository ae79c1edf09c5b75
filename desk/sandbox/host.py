"""Runs `examine` in a child process with limits. The parent never parses a byte of a mail.

A child is reused for speed and replaced after a death or `per_child` mails. What comes back:

- an Examination, or one that says "quarantine" because the mail broke the memory limit (the mail's doing);
- Crashed: the child died or ran out of time. Ours to mend: the job is tried again, then `failed`, nobody blamed.
"""

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec
from msgspec import Struct

from desk.sandbox.protocol import ChildLimits, Reply, Request, read_frame, write_frame
from redaksi.config.bounds import Sandboxed
from redaksi.errors import RedaksiError, StoreError
from redaksi.fault import word_fault
from redaksi.limits import MB, Limits
from redaksi.model import Examination
from redaksi.reasons import ReasonCode, explain

WATCH_MEMORY = sys.platform == "darwin"  # RLIMIT_AS is accepted there and not honoured


class Crashed(RedaksiError):
    """The child that examined a mail died or ran out of time; our fault until proved otherwise."""


class SandboxLimits(Struct, frozen=True, kw_only=True):
    """How far a child may go. Bytes and seconds."""

    memory: int = 1536 * MB
    wall_clock: float = 60.0
    processor: int = 45
    per_child: int = 200


def sandbox_limits_of(told: Sandboxed) -> SandboxLimits:
    """The walls config.toml asks for."""
    return SandboxLimits(
        memory=told.memory,
        wall_clock=told.wall_clock.total_seconds(),
        processor=int(told.processor.total_seconds()),
    )


class Sandbox:
    """A child kept between mails. Use as a context manager; not for several threads at once."""

    size = 1  # readings at once

    def __init__(self, limits: SandboxLimits | None = None) -> None:
        self.limits = limits or SandboxLimits()
        self._child: subprocess.Popen[bytes] | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None
        self._served = 0

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
        self, raw: Path, source: str, limits: Limits, keep: Path | None = None
    ) -> Examination:
        """Examine one raw mail. Files and pictures made of them are left in `keep`, named by SHA-256.
        Raises Crashed."""
        return self._examine(
            Request(
                source=source,
                limits=limits,
                mail=str(raw),
                keep=str(keep or ""),
                cpu=self.limits.processor,
            )
        )

    def examine_files(
        self,
        files: Sequence[tuple[str, Path]],
        source: str,
        limits: Limits,
        keep: Path | None = None,
    ) -> Examination:
        """Examine files named together as one parcel. Raises Crashed."""
        named = tuple((name, str(path)) for name, path in files)
        return self._examine(
            Request(
                source=source,
                limits=limits,
                files=named,
                keep=str(keep or ""),
                cpu=self.limits.processor,
            )
        )

    def examine(self, request: Request) -> Examination:
        """Examine as `request` asks. Raises Crashed."""
        return self._examine(request)

    def close(self) -> None:
        """End the child by its own pid and remove its temporary directory."""
        child, self._child = self._child, None
        if child is not None:
            if child.poll() is None:
                child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    _close_quietly(pipe)
        if self._home is not None:
            self._home.cleanup()
            self._home = None

    @property
    def pid(self) -> int | None:
        """The child's process id; None while there is none."""
        return self._child.pid if self._child is not None else None

    def start(self) -> None:
        """Have a child ready before the first mail."""
        self._ready()

    def abandon(self) -> None:
        """End the child from another thread; whoever waits for it is told that it crashed."""
        child = self._child
        if child is not None and child.poll() is None:
            child.kill()

    def _examine(self, request: Request) -> Examination:
        child = self._ready()
        if child.stdin is None or child.stdout is None:  # pragma: no cover - both are PIPE
            raise Crashed("child_no_pipes")
        try:
            write_frame(child.stdin, msgspec.msgpack.encode(request))
            self._wait(child, child.stdout)
            frame = read_frame(child.stdout)
        except (BrokenPipeError, TimeoutError) as error:
            self.close()
            raise Crashed("child_silent", line=error) from error
        if frame is None:
            ended = child.wait()
            self.close()
            raise Crashed("child_died", cause=_cause(ended))
        self._served += 1
        if self._served >= self.limits.per_child:
            self.close()
        reply = msgspec.msgpack.decode(frame, type=Reply)
        if reply.disk:
            raise StoreError("files", fault=word_fault(reply.disk))
        if reply.examination is not None:
            return reply.examination
        self.close()
        return Examination(
            source=request.source,
            mail=None,
            mail_kind=None,
            assessments=(),
            others=(),
            decision="quarantine",
            answer=None,
            reason=explain(ReasonCode.MEMORY_LIMIT),
        )

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        self._home = tempfile.TemporaryDirectory(prefix="redaksi-")
        keep_out = {
            k: v
            for k, v in os.environ.items()
            if k in ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV")
        }
        self._child = subprocess.Popen(  # our own interpreter and module, no value from a mail
            [sys.executable, "-m", "desk.sandbox.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("REDAKSI_SANDBOX_STDERR") else subprocess.DEVNULL,
            env={
                **keep_out,
                "TMPDIR": self._home.name,
                "PYTHONSAFEPATH": "1",
                # numpy's algebra would reserve memory for a thread a core, which the limit counts
                "OPENBLAS_NUM_THREADS": "1",
                "OMP_NUM_THREADS": "1",
                "PYTHONPATH": _import_path(),
            },
            start_new_session=True,
        )
        self._served = 0
        if self._child.stdin is not None:
            write_frame(
                self._child.stdin, msgspec.msgpack.encode(ChildLimits(memory=self.limits.memory))
            )
        return self._child

    def _wait(self, child: subprocess.Popen[bytes], out: IO[bytes]) -> None:
        """Until the child has something to say; kill it when its time or, where we must watch,
        its memory is up."""
        deadline = time.monotonic() + self.limits.wall_clock
        while (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select([out], [], [], min(left, 0.25) if WATCH_MEMORY else left)
            if ready:
                return
            if WATCH_MEMORY and _resident(child.pid) > self.limits.memory:
                break
        child.kill()
        raise TimeoutError("ran out of time or memory")


def _import_path() -> str:
    """Where the child finds the house: beside this package, whatever the working directory
    holds."""
    return str(Path(__file__).parents[2])


def _close_quietly(pipe: IO[bytes]) -> None:
    with suppress(BrokenPipeError):
        pipe.close()


def _resident(pid: int) -> int:
    """Resident bytes of a process, by `ps` (POSIX); 0 when it is gone."""
    command = ["ps", "-o", "rss=", "-p", str(pid)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(told.stdout.strip() or 0) * 1024


def _cause(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit {status}"
