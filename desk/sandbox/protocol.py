"""What the worker, the fork server and a child say to each other.

worker ─► child   how far it may go, the descriptors of its inputs; then, once it is confined, a Task
child ─► worker   (PROGRESS | FILE DATA*)* ANSWER, end of stream, exit status 0

worker ─► server  Hello                                              ◄─ Measures, of a probe
                  F + a descriptor: fork a child on this line        ◄─ its pid
                  E + pid: it should have ended, reap it             ◄─ wait status, microseconds of
                  K + pid: kill it and its group, reap it               processor, whether killed

A frame of the child's is a nonce (16 bytes, new for each reading), a kind (1), a length (4, big
endian) and a body. Loads nothing that reads a mail: the worker never does.
"""

import math
import socket
import string
import struct
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from desk.domain.merge import Plan
from desk.sandbox.confinement.limits import Bounds
from desk.sandbox.confinement.measures import Refusable
from redaksi.limits import MB, MOST_PUBLISHED, MOST_SCREEN, MOST_THUMBNAIL, Limits, Safety
from redaksi.reasons import Reason

FORK, END, KILL = b"F", b"E", b"K"
PID = struct.Struct(">q")
ENDED = struct.Struct(">qq?")
NONCE_BYTES = 16
HEAD = struct.Struct(f">{NONCE_BYTES}sBI")
MOST_DATA = 1 * MB  # bytes of a DATA frame
MOST_FILE_BODY = 1024
MOST_PROGRESS = 1000  # frames
MOST_FILES = 4000  # frames
OUT_OF_MEMORY = 86  # exit status of a child that could not get what it asked for
UNCONFINED = 87  # of one whose confinement was not that of the probe
_DESCRIPTORS_AT_ONCE = 200  # SCM_MAX_FD is 253 (unix(7))

Role = Literal["original", "thumbnail", "screen", "jpeg", "publish", "tidied", "annotated"]
T = TypeVar("T")
# how a reading ended badly; "server": with its fork server, "start": none could be begun
Cause = Literal["processor", "memory", "wall", "signal", "protocol", "exit", "server", "start"]


class FrameKind(IntEnum):
    """Kinds of frames."""

    PROGRESS = 1  # the index (2 bytes) of the file of the parcel that is about to be read
    FILE = 2  # an Announced
    DATA = 3  # bytes of it
    ANSWER = 4  # the Examination, or what else was asked for


class Hello(Struct, frozen=True, kw_only=True):
    """The worker's first word to the server: what its children are bound by, and for tests what
    the kernel shall not have."""

    bounds: Bounds
    refuse: tuple[Refusable, ...] = ()


class Task(Struct, frozen=True, kw_only=True):
    """What a child is to read. Its bytes are the descriptors': the raw mail first where `mail`
    says that there is one, then a file for each of `names`."""

    nonce: bytes
    source: str
    limits: Limits
    mail: bool = True
    prefix: bytes | None = None  # of a mail of which the header alone is to be read, inline
    names: tuple[str, ...] = ()  # of the files; with a plan: what stays of earlier revisions
    plan: Plan | None = None  # how the mail and what stays become one parcel
    keep: bool = False  # whether files, and pictures made of them, are wanted
    tidy: bool = False  # whether the tidied copy of the document is wanted
    anew: bool = False  # that copy may be written anew where it cannot be mended in place
    derive: bool = False  # the one file is a photo to be published: that picture alone is wanted
    bare: bool = False  # nothing is opened: a reading of this mail ended badly before
    skip: tuple[int, ...] = ()  # files of the parcel that are not opened, by index
    kept: int = 0  # bytes of files that are taken in at most
    # seconds of processor time from which no further file is begun
    soft: float = math.inf
    reply: int = 8 * MB  # bytes of the answer


class Announced(Struct, frozen=True, kw_only=True):
    """A file that follows in DATA frames. `original`: SHA-256 of what it was made of."""

    role: Role
    sha256: str
    size: int
    original: str


class Derived(Struct, frozen=True, kw_only=True):
    """The answer to `derive`. `reason`: why there is no picture; None where one came."""

    reason: Reason | None = None


class ProtocolError(Exception):
    """A child said what no child of ours says."""


def bound_roles(safety: Safety, kept: int) -> Mapping[Role, int]:
    """The most bytes of one file of each role, where a reading keeps `kept` in all."""
    made = safety.max_attachment
    return {
        "original": kept,
        "jpeg": made,
        "tidied": made,
        "annotated": made,
        "screen": MOST_SCREEN,
        "publish": MOST_PUBLISHED,
        "thumbnail": MOST_THUMBNAIL,
    }


def send_task(line: socket.socket, bounds: Bounds, descriptors: Sequence[int], task: Task) -> None:
    """The worker's whole word to a child. Raises OSError, TimeoutError."""
    send(line, bounds)
    for start in range(0, len(descriptors), _DESCRIPTORS_AT_ONCE):
        batch = list(descriptors[start : start + _DESCRIPTORS_AT_ONCE])
        socket.send_fds(line, [b"d"], batch)
    send(line, task)


def receive_descriptors(line: socket.socket, count: int) -> list[int]:
    """The descriptors that `send_task` sent. Raises EOFError."""
    descriptors: list[int] = []
    while len(descriptors) < count:
        wanted = min(_DESCRIPTORS_AT_ONCE, count - len(descriptors))
        octet, received, _, _ = socket.recv_fds(line, 1, wanted)
        if not octet or not received:
            raise EOFError
        descriptors += received
    return descriptors


def send(line: socket.socket, message: Struct) -> None:
    """A message between those who trust each other."""
    body = msgspec.msgpack.encode(message)
    line.sendall(struct.pack(">I", len(body)) + body)


def receive(line: socket.socket, kind: type[T]) -> T:
    """What `send` sent. Raises EOFError."""
    (length,) = struct.unpack(">I", receive_exactly(line, 4))
    return msgspec.msgpack.decode(receive_exactly(line, length), type=kind)


def receive_exactly(line: socket.socket, count: int) -> bytes:
    """So many bytes of a peer that is trusted. Raises EOFError."""
    received = bytearray()
    while len(received) < count:
        chunk = line.recv(count - len(received))
        if not chunk:
            raise EOFError
        received += chunk
    return bytes(received)


def is_sha256(name: str) -> bool:
    """Whether a text is a SHA-256 in lower-case hex."""
    return len(name) == 64 and set(name) <= set(string.hexdigits.lower())
