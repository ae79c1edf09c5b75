"""What parent and child say to each other: a length (4 bytes, big endian) and a MessagePack body.

Loads nothing that reads a mail: the parent never does.
"""

import struct
from typing import IO

from msgspec import Struct

from desk.domain.merge import Plan
from redaksi.limits import Limits
from redaksi.model import Examination


class Request(Struct, frozen=True, kw_only=True):
    """One parcel to examine: a raw mail, or files named together. Paths are the parent's, never
    the mail's."""

    source: str
    limits: Limits
    mail: str = ""
    files: tuple[
        tuple[str, str], ...
    ] = ()  # (display name, path); with a plan: what stays of earlier tries
    plan: Plan | None = None  # how the mail and what stays become one parcel
    # folder for files, <sha256>, and pictures made of them, <sha256>.<role>.jpg; "" = keep none
    keep: str = ""
    tidy: str = ""  # where to write the tidied copy of the document; "" = nowhere
    cpu: int = 60  # seconds of processor time for this parcel


class Reply(Struct, frozen=True, kw_only=True):
    """The examination; or, for a mail that broke the memory limit, why there is none."""

    examination: Examination | None = None
    broke: str = ""
    disk: str = ""  # "ENOSPC": our disk refused: no fault of the mail, and no attempt


class ChildLimits(Struct, frozen=True, kw_only=True):
    """The limits a child lives under. Bytes and seconds."""

    memory: int
    network: bool = False


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next framed message, None at the end of the stream."""
    head = stream.read(4)
    return stream.read(struct.unpack(">I", head)[0]) if len(head) == 4 else None


def write_frame(stream: IO[bytes], body: bytes) -> None:
    """Write one framed message and flush."""
    stream.write(struct.pack(">I", len(body)) + body)
    stream.flush()
