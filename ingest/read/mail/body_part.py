"""The bytes of one MIME part, its transfer encoding undone (RFC 2045 section 6).

Agrees with the standard library's `get_payload(decode=True)` on what is well formed. What is not is
read as far as it goes: a photo cut in transit is a damaged photo, not a text of base64.
"""

import binascii
import re
from collections.abc import Callable
from mmap import mmap

import msgspec

from ingest.read.mail.transport.base64_text import read_base64

Raw = bytes | mmap

TWICE = "base64 in base64"  # programs that encode what their library encodes again

_BREAKS = re.compile(rb"\r\n|\r|\n")
_BEGIN = re.compile(rb"begin [0-7]{3,4} .*")
# "=" at the end of a line with blanks, or two carriage returns, behind it (RFC 2045, 6.7)
_SOFT_BREAK = re.compile(rb"=(?:[ \t]+|\r)(?=\r?\n)|=[ \t]+\Z")
_QUICK = range(16 * 1024, 4 * 1024 * 1024)  # octets: below it gains nothing, above it holds much
_SPELLED = {
    **dict.fromkeys(("base64", "b64", "basee64", "base64encoded", "xbase64"), "base64"),
    **dict.fromkeys(
        ("quotedprintable", "qp", "quoteprintable", "quotedprintible", "quotedprinted"),
        "quoted-printable",
    ),
}
_strict = msgspec.json.Decoder(bytes)


def parse_encoding(value: str) -> str:
    """The word of a Content-Transfer-Encoding field: lower case, without what some mailers write
    behind it, and spelled as RFC 2045 does."""
    word = value.split(";", 1)[0].split("(", 1)[0].strip(" \t\r\n\"'.,:").lower()
    return _SPELLED.get(word.replace("-", "").replace("_", "").replace(" ", ""), word)


def make_loader(raw: Raw, start: int, end: int, transfer: str) -> Callable[[], bytes]:
    """What a File calls to have its octets. A closure: its repr does not show a mail of 40 MB."""

    def load() -> bytes:
        return decode_octets(raw, start, end, transfer)

    return load


def decode_octets(raw: Raw, start: int, end: int, transfer: str) -> bytes:
    """Octets `start` to `end` of `raw`, decoded anew at each call. Unknown encodings are left as
    they are."""
    octets = raw[start:end]
    if transfer == "base64":
        return _base64(octets)
    if transfer == TWICE:
        return _base64(_base64(octets))
    if transfer == "quoted-printable":
        return binascii.a2b_qp(_SOFT_BREAK.sub(b"=", octets))
    if transfer in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _uuencoded(octets)
    return octets


def _base64(octets: bytes) -> bytes:
    """RFC 2045 section 6.8."""
    if len(octets) in _QUICK and (whole := _decode_clean(octets)) is not None:
        return whole
    return read_base64(octets)


def _decode_clean(octets: bytes) -> bytes | None:
    """Base64 as mailers write it, the alphabet, padding and line breaks alone: by msgspec, which
    takes half of binascii's time. None for anything but that."""
    try:
        return _strict.decode(b'"%b"' % octets.translate(None, b"\r\n"))
    except msgspec.MsgspecError:
        return None


def _uuencoded(octets: bytes) -> bytes:
    """POSIX uuencode; octets without a "begin" line are not uuencoded and left as they are."""
    lines = iter(_BREAKS.split(octets))
    if not any(_BEGIN.fullmatch(line) for line in lines):
        return octets
    out: list[bytes] = []
    for line in lines:
        if line.strip() == b"end":
            break
        if line:
            out.append(_uu_line(line))
    return b"".join(out)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        count = (((line[0] - 32) & 63) * 4 + 5) // 3  # encoders that append a check character
    try:
        return binascii.a2b_uu(line[:count])
    except binascii.Error:
        return b""
