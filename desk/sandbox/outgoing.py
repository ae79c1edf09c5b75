"""What a reading gives back, as frames. Bounded in bytes: a role has its most, and so has a
mail."""

import hashlib
import socket
from typing import Protocol

import msgspec

from desk.sandbox.protocol import (
    HEAD,
    MOST_DATA,
    Announced,
    FrameKind,
    Role,
    bound_roles,
    is_sha256,
)
from ingest.read.budget import Budget
from redaksi.limits import Safety


class Outgoing(Protocol):
    """Where a reading leaves what it makes."""

    def progress(self, index: int) -> None:
        """The file of the parcel with this index is about to be read."""
        ...

    def put(self, announced: Announced, content: bytes) -> None:
        """A file."""
        ...


class FrameWriter:
    """The Outgoing that is a line to the worker."""

    def __init__(self, line: socket.socket, nonce: bytes) -> None:
        self._line, self._nonce = line, nonce

    def progress(self, index: int) -> None:
        """See Outgoing."""
        self._write(FrameKind.PROGRESS, min(index, 0xFFFF).to_bytes(2, "big"))

    def put(self, announced: Announced, content: bytes) -> None:
        """See Outgoing."""
        self._write(FrameKind.FILE, msgspec.msgpack.encode(announced))
        view = memoryview(content)
        for start in range(0, len(content), MOST_DATA):
            self._write(FrameKind.DATA, view[start : start + MOST_DATA])

    def answer(self, body: bytes) -> None:
        """The last frame."""
        self._write(FrameKind.ANSWER, body)

    def _write(self, kind: FrameKind, body: bytes | memoryview) -> None:
        self._line.sendall(HEAD.pack(self._nonce, kind, len(body)))
        self._line.sendall(body)


class Emitter:
    """The `emit` of a reading: each role of an original once, `kept` bytes in all. What is too
    large is left out: of pictures for people whatever the files themselves leave no room for."""

    def __init__(
        self, out: Outgoing, kept: int, safety: Safety, budget: Budget | None = None
    ) -> None:
        self._out, self._left, self._budget = out, kept, budget
        self._most = bound_roles(safety, kept)
        self._seen: set[tuple[str, Role]] = set()

    def __call__(self, original: str, role: Role, content: bytes) -> None:
        """Give `content`, which is what `original` is in this `role`."""
        known = (original, role)
        size = len(content)
        if (
            known in self._seen
            or size > min(self._most[role], self._left)
            or not is_sha256(original)
        ):
            return
        if role != "original" and self._budget and not self._budget.take_bytes(size):
            return
        self._seen.add(known)
        self._left -= size
        sha256 = original if role == "original" else hashlib.sha256(content).hexdigest()
        announced = Announced(role=role, sha256=sha256, size=size, original=original)
        self._out.put(announced, content)
