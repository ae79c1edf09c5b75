"""The worker's end of a reading: frames are checked as they come and written piece by piece. What
a child says may be an attacker's; whatever is odd ends the reading. Nothing is allocated from a
length that was told."""

import hashlib
from collections.abc import Callable, Mapping
from typing import BinaryIO, TypeVar

import msgspec
from msgspec import Struct

from desk.sandbox.protocol import (
    HEAD,
    MOST_DATA,
    MOST_FILE_BODY,
    MOST_FILES,
    MOST_PROGRESS,
    Announced,
    FrameKind,
    ProtocolError,
    Role,
    is_sha256,
)
from desk.sandbox.sink import Sink
from desk.sandbox.trust.weigh import is_too_heavy
from redaksi.limits import MB

_PIECE = 64 * 1024  # bytes asked of the line at once
T = TypeVar("T")
Read = Callable[[int], bytes]  # at most so many bytes, at least one; b"" at the end


class Caps(Struct, frozen=True, kw_only=True):
    """The most a reading may give. Bytes."""

    answer: int = 8 * MB
    kept: int = 512 * MB  # of all files
    most: Mapping[Role, int] = {}  # of one file of each role that is asked for


class Receiver:
    """One reading's frames. `file`: the index that the last PROGRESS named, None before the
    first."""

    def __init__(self, read: Read, nonce: bytes, sink: Sink, caps: Caps) -> None:
        self._read, self._nonce, self._sink, self._caps = read, nonce, sink, caps
        self.file: int | None = None
        self.files: list[Announced] = []
        self._kept = self._progresses = 0

    def receive(self) -> bytes:
        """The body of ANSWER, after which nothing came. Raises ProtocolError, EOFError when the
        stream ends early, OSError when the sink's disk refuses."""
        while True:
            kind, length = self._head()
            if kind == FrameKind.ANSWER:
                return self._answer(length)
            if kind == FrameKind.PROGRESS:
                self._progress(length)
            elif kind == FrameKind.FILE:
                self._file(length)
            else:
                raise ProtocolError("kind")

    def _head(self) -> tuple[int, int]:
        nonce, kind, length = HEAD.unpack(self._exactly(HEAD.size))
        if nonce != self._nonce:
            raise ProtocolError("nonce")
        return kind, length

    def _answer(self, length: int) -> bytes:
        if length > self._caps.answer:
            raise ProtocolError("answer too long")
        body = self._exactly(length)
        if self._read(1):
            raise ProtocolError("bytes after the answer")
        return body

    def _progress(self, length: int) -> None:
        self._progresses += 1
        if length != 2 or self._progresses > MOST_PROGRESS:
            raise ProtocolError("progress")
        self.file = int.from_bytes(self._exactly(2), "big")

    def _file(self, length: int) -> None:
        if length > MOST_FILE_BODY or len(self.files) == MOST_FILES:
            raise ProtocolError("file")
        file = decode(self._exactly(length), Announced)
        most = self._caps.most.get(file.role, -1)
        if not 0 <= file.size <= min(most, self._caps.kept - self._kept):
            raise ProtocolError("file too large")
        if not is_sha256(file.original) or (file.role == "original") != (
            file.original == file.sha256
        ):
            raise ProtocolError("file of nothing")
        self._kept += file.size
        with self._sink.open(file) as out:
            self._bytes_of(file, out)
        self._sink.accept(file)
        self.files.append(file)

    def _bytes_of(self, file: Announced, out: BinaryIO) -> None:
        digest, left = hashlib.sha256(), file.size
        while left:
            kind, length = self._head()
            if kind != FrameKind.DATA or not 0 < length <= min(MOST_DATA, left):
                raise ProtocolError("data")
            left -= length
            while length:
                piece = self._some(length)
                digest.update(piece)
                out.write(piece)
                length -= len(piece)
        if digest.hexdigest() != file.sha256:
            raise ProtocolError("hash")

    def _exactly(self, count: int) -> bytes:
        received = bytearray()
        while len(received) < count:
            received += self._some(count - len(received))
        return bytes(received)

    def _some(self, most: int) -> bytes:
        piece = self._read(min(most, _PIECE))
        if not piece:
            raise EOFError
        return piece


def decode(body: bytes, kind: type[T]) -> T:
    """What a child encoded. Raises ProtocolError, whatever a decoder trips over: bytes of an
    attacker's are decoded here and nowhere else."""
    if is_too_heavy(body):
        raise ProtocolError("too many values")
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except Exception as error:  # noqa: BLE001 - DecodeError, RecursionError, MemoryError, …
        raise ProtocolError(type(error).__name__) from None
