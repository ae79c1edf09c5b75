"""Base64 as it arrives (RFC 2045, 6.8): padded in the middle, with a footer below it, or blanks in
its lines.

A "=" is evidence of the end alone: encoders that work piece by piece write it in the middle, and
what follows is decoded too. Words that a list or a virus scanner set above or below it are left
out.
"""

import binascii
import re

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_SYMBOL = bytes(set(range(256)) - set(_ALPHABET) - {ord("=")})
_NOT_BASE64 = bytes(set(range(256)) - set(_ALPHABET))
_NOT_FOREIGN = _ALPHABET + b"= \t\r\n\f\v"
_SYMBOLS_IN_LINES = _ALPHABET + b"\r\n"
_PADDINGS = (b"", b"=", b"==")
_INNER_BLANK = re.compile(rb"[^\s][ \t]+[^\s]")
_GOES_ON = re.compile(rb"=[=\s]*[^=\s]")  # something behind a padding
_PIECE = re.compile(rb"([A-Za-z0-9+/]*)(=*)")
_BREAK = re.compile(rb"\r\n|\r|\n")
_CLEAN = re.compile(rb"[A-Za-z0-9+/]+={0,3}")
_WORD = re.compile(rb"[A-Z]?[a-z]+|[A-Z]+")
_LONG = 40  # symbols: a line that no one takes for a word
_MOST_PADDINGS = 600_000  # that are looked at: a padded line each of 40 MB
_MOST_LINES = 1_000_000  # that are looked at one by one
# what the last symbol before a padding may hold: the bits that are not used are zero
_LAST = {1: frozenset(_ALPHABET[::4]), 2: frozenset(_ALPHABET[::16])}


def is_broken(octets: bytes) -> bool:
    """Whether more than symbols, blanks and a padding at the end stand in it, or less: its last
    group is not whole, as where it was cut."""
    if octets.translate(None, _NOT_FOREIGN) or _GOES_ON.search(octets):
        return True
    return len(octets.translate(None, _NOT_SYMBOL)) % 4 != 0


def read_base64(octets: bytes) -> bytes:
    """All octets that the symbols of `octets` stand for. Nothing raises: what is one symbol too
    many is left out."""
    beside = octets.translate(None, _SYMBOLS_IN_LINES)
    if beside in _PADDINGS and octets.rstrip(b"\r\n").endswith(beside):
        return _decode(octets.translate(None, _NOT_BASE64))
    if beside.strip(b"="):
        octets = _drop_words(octets)
    symbols = octets.translate(None, _NOT_SYMBOL)
    if symbols.count(b"=") > _MOST_PADDINGS:
        return _decode(symbols.translate(None, _NOT_BASE64))
    pieces = [(found[1], len(found[2])) for found in _PIECE.finditer(symbols) if found[0]]
    inside = pieces[:-1] if pieces else []
    if all(_is_end(piece, padding) for piece, padding in inside if padding):
        return b"".join(_decode(piece) for piece in _join_unpadded(pieces))
    return _decode(symbols.translate(None, _NOT_BASE64))  # "=" is noise: soft line breaks, say


def _join_unpadded(pieces: list[tuple[bytes, int]]) -> list[bytes]:
    """The pieces to decode: a "=" behind whole groups ends nothing."""
    joined: list[list[bytes]] = []
    is_open = False
    for piece, _ in pieces:
        if is_open:
            joined[-1].append(piece)
        else:
            joined.append([piece])
        is_open = len(piece) % 4 == 0
    return [b"".join(each) for each in joined]


def _is_end(piece: bytes, padding: int) -> bool:
    """Whether a padding is true: as many as the last group lacks, and no bit set behind the
    last octet."""
    lacking = -len(piece) % 4
    if lacking == 0:
        return True
    return lacking in _LAST and padding >= lacking and piece[-1] in _LAST[lacking]


def _decode(symbols: bytes) -> bytes:
    """Symbols alone; one that is left over (cut in transit) is left out."""
    whole = symbols[:-1] if len(symbols) % 4 == 1 else symbols
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _drop_words(octets: bytes) -> bytes:
    """The lines of `octets` that hold base64. Where no line is base64 alone (blanks part its
    groups, each is quoted) all stay, and what is no symbol is noise."""
    lines = [line.strip() for line in _BREAK.split(octets, _MOST_LINES)]
    clean = [_CLEAN.fullmatch(line) is not None for line in lines]
    long = [at for at, is_clean in enumerate(clean) if is_clean and len(lines[at]) >= _LONG]
    begun = next((at for at, line in enumerate(lines) if line), 0)
    if not long and not clean[begun]:
        return octets
    first, last = (long[0], long[-1]) if long else (begun, begun - 1)
    middle = zip(lines[first : last + 1], clean[first : last + 1], strict=True)
    kept = [line for line, is_clean in middle if is_clean or not _is_words(line)]
    left = len(b"".join(kept).rpartition(b"=")[2].translate(None, _NOT_BASE64)) % 4
    return b"\n".join([*kept, *_read_tail(lines[last + 1 :], left)])


def _read_tail(tail: list[bytes], left: int) -> list[bytes]:
    """What below the last long line still is base64: all, or what stands above the first words
    and is needed by the `left` symbols before it, or whole by itself."""
    words = next((at for at, line in enumerate(tail) if _is_words(line)), None)
    if words is None:
        return tail
    read: list[bytes] = []
    is_apart = False  # an empty line stands above
    for line in tail[:words]:
        symbols = line.translate(None, _NOT_BASE64)
        is_padded = line.endswith(b"=")
        is_whole = is_padded or (left + len(symbols)) % 4 == 0
        is_word = is_apart and not is_padded and _WORD.fullmatch(symbols)
        if left == 0 and (not is_whole or is_word):
            break
        read.append(line)
        is_apart = not line
        left = 0 if is_padded else (left + len(symbols)) % 4
    return read


def _is_words(line: bytes) -> bool:
    """Whether a line is somebody's text: blanks in it, or more than a little noise."""
    if not line or _CLEAN.fullmatch(line):
        return False
    foreign = len(line.translate(None, _NOT_FOREIGN))
    return _INNER_BLANK.search(line) is not None or foreign * 20 > len(line) + 20
