"""Conversations of a child that are mutated, cut and put in another order, as bytes."""

import hashlib
import random
from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from desk.sandbox.protocol import HEAD, Announced, FrameKind, ProtocolError
from desk.sandbox.receive import Caps, Receiver, decode
from desk.sandbox.sink import DiscardingSink
from redaksi.model import Examination

NONCE = bytes(range(16))
Frames = list[bytes]
CAPS = Caps(answer=4096, kept=64 * 1024, most={"original": 32 * 1024, "thumbnail": 4096})
INTERESTING = (0, 1, 2, 255, 256, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1)


def frame(kind: int, body: bytes) -> bytes:
    return HEAD.pack(NONCE, kind, len(body)) + body


def make_conversation(chance: random.Random) -> Frames:
    """What an honest child says."""
    frames = []
    for index in range(chance.randrange(4)):
        frames.append(frame(FrameKind.PROGRESS, index.to_bytes(2, "big")))
        content = chance.randbytes(chance.randrange(3000))
        sha256 = hashlib.sha256(content).hexdigest()
        file = Announced(role="original", sha256=sha256, size=len(content), original=sha256)
        frames.append(frame(FrameKind.FILE, msgspec.msgpack.encode(file)))
        step = chance.randrange(1, 2000)
        frames += [
            frame(FrameKind.DATA, content[at : at + step]) for at in range(0, len(content), step)
        ]
    whole = Examination(
        source="m",
        mail=None,
        mail_kind=None,
        assessments=(),
        others=(),
        decision="ignore",
        answer=None,
    )
    return [*frames, frame(FrameKind.ANSWER, msgspec.msgpack.encode(whole))]


def flip(chance: random.Random, frames: Frames) -> Frames:
    """Some bytes are others."""
    octets = bytearray(b"".join(frames) or b"x")
    for _ in range(chance.randrange(1, 4)):
        octets[chance.randrange(len(octets))] = chance.randrange(256)
    return [bytes(octets)]


def cut(chance: random.Random, frames: Frames) -> Frames:
    """The end, or a piece, is missing."""
    octets = b"".join(frames)
    start, end = sorted(chance.randrange(len(octets) + 1) for _ in range(2))
    return [octets[:start] + (octets[end:] if chance.random() < 0.5 else b"")]


def reorder(chance: random.Random, frames: Frames) -> Frames:
    """Another order."""
    return chance.sample(frames, len(frames))


def repeat(chance: random.Random, frames: Frames) -> Frames:
    """A frame comes twice."""
    at = chance.randrange(len(frames))
    return [*frames[:at], frames[at], *frames[at:]]


def lie(chance: random.Random, frames: Frames) -> Frames:
    """A frame says another kind or length."""
    at = chance.randrange(len(frames))
    nonce, kind, length = HEAD.unpack(frames[at][: HEAD.size].ljust(HEAD.size, b"\0"))
    kind = chance.choice((0, 1, 2, 3, 4, 5, 255, kind))
    length = chance.choice(
        (*INTERESTING, length, min(length + 1, INTERESTING[-1]), max(length - 1, 0))
    )
    lied = HEAD.pack(nonce, kind, length) + frames[at][HEAD.size :]
    return [*frames[:at], lied, *frames[at + 1 :]]


def add(chance: random.Random, frames: Frames) -> Frames:
    """Bytes come that are nothing."""
    at = chance.randrange(len(frames) + 1)
    return [*frames[:at], chance.randbytes(chance.randrange(1, 60)), *frames[at:]]


MUTATIONS: tuple[Callable[[random.Random, Frames], Frames], ...] = (
    flip, cut, reorder, repeat, lie, add,
)  # fmt: skip


class CountingSink(DiscardingSink):
    """Counts what it was handed, and writes nothing."""

    def __init__(self) -> None:
        self.opened = 0

    def open(self, _file: Announced) -> BinaryIO:
        """See Sink."""
        self.opened += 1
        return super().open(_file)


def read_slowly(chance: random.Random, octets: bytes) -> Callable[[int], bytes]:
    """The bytes, in pieces of any size."""
    at = 0

    def read(most: int) -> bytes:
        nonlocal at
        piece = octets[at : at + min(most, chance.randrange(1, 4000))]
        at += len(piece)
        return piece

    return read


def find_strange(seed: int, count: int) -> Iterator[tuple[int, str]]:
    """(number, what) of conversations that end otherwise than in an answer that can be decoded,
    an error of the protocol or an early end."""
    chance = random.Random(seed)
    for number in range(count):
        frames = make_conversation(chance)
        for _ in range(chance.randrange(1, 3)):
            frames = chance.choice(MUTATIONS)(chance, frames)
        octets = b"".join(frames)
        receiver = Receiver(read_slowly(chance, octets), NONCE, CountingSink(), CAPS)
        try:
            decode(receiver.receive(), Examination)
        except (ProtocolError, EOFError):
            continue
        except Exception as error:  # noqa: BLE001 - what is looked for
            yield number, repr(error)
