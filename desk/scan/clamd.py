"""clamd's INSTREAM (clamd(8), "COMMANDS"): a stream goes in pieces, each behind its length in four
octets, an empty one ends it; the answer is a line that ends with NUL, as the command did ("z").

Whatever is not plainly `stream: OK` is not clean.
"""

import select
import socket
import struct
import time
from contextlib import suppress
from typing import BinaryIO, Literal

from msgspec import Struct

from redaksi.config.scanner.address import Address
from redaksi.errors import ScannerSilent
from redaksi.text import clean

PIECE = 64 * 1024
SECONDS = 60.0  # for all of it
_CONNECT = 10.0
_MOST_ANSWER = 4096
_MOST_NAME = 80  # characters of a signature
_BEHIND = b"stream: "
# what clamd says of a file that it looked into in part (clamd.conf(5), AlertExceedsMax)
_EXCEEDED = "Heuristics.Limits.Exceeded"
_TOO_LARGE = b"size limit exceeded"


class Scanned(Struct, frozen=True, kw_only=True):
    """What came of it. `signature`: of what was found, cleaned: it is a server's word."""

    outcome: Literal["clean", "found", "too_large"]
    signature: str = ""


def scan_stream(address: Address, stream: BinaryIO, seconds: float = SECONDS) -> Scanned:
    """What clamd says of the bytes of `stream`, from where it stands. Raises ScannerSilent where it
    is not reached, breaks off, says nothing in `seconds`, or answers with an error."""
    end = time.monotonic() + seconds
    try:
        with _connect(address, seconds) as link:
            return read_answer(_ask(link, stream, end))
    except OSError as error:
        raise ScannerSilent("scanner_unreachable", where=str(address), line=_name(error)) from error


def _connect(address: Address, seconds: float) -> socket.socket:
    within = min(_CONNECT, seconds)
    if address.path:
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(within)
        try:
            link.connect(address.path)
        except OSError:
            link.close()
            raise
        return link
    return socket.create_connection((address.host, address.port), within)


def _ask(link: socket.socket, stream: BinaryIO, end: float) -> bytes:
    """Its answer. It may come before everything was sent, and its side be closed then: what is too
    large is not read on."""
    with suppress(BrokenPipeError, ConnectionResetError):
        _give(link, b"zINSTREAM\0", end)
        while piece := stream.read(PIECE):
            if select.select([link], [], [], 0)[0]:
                return _read_line(link, end)
            _give(link, struct.pack("!I", len(piece)) + piece, end)
        _give(link, struct.pack("!I", 0), end)
    return _read_line(link, end)


def _give(link: socket.socket, content: bytes, end: float) -> None:
    link.settimeout(_left(end))
    link.sendall(content)


def _read_line(link: socket.socket, end: float) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < _MOST_ANSWER:
        link.settimeout(_left(end))
        more = link.recv(_MOST_ANSWER)
        if not more:
            raise ConnectionResetError("closed without an answer")
        answer += more
    return answer.partition(b"\0")[0]


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


def read_answer(answer: bytes) -> Scanned:
    """What an answer without its NUL says. Raises ScannerSilent for an error, or for what is no
    answer."""
    if answer == _BEHIND + b"OK":
        return Scanned(outcome="clean")
    if answer.startswith(_BEHIND) and answer.endswith(b" FOUND"):
        name = answer[len(_BEHIND) : -len(b" FOUND")].decode("utf-8", "replace")
        signature = clean.line(name, _MOST_NAME) or "?"
        if signature.startswith(_EXCEEDED):
            return Scanned(outcome="too_large")
        return Scanned(outcome="found", signature=signature)
    if _TOO_LARGE in answer:
        return Scanned(outcome="too_large")
    raise ScannerSilent("scanner_error", line=clean.line(answer.decode("utf-8", "replace"), 200))


def _name(error: OSError) -> str:
    return clean.line(error.strerror or str(error) or type(error).__name__, 200)
