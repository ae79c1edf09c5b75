"""Words that stand nowhere by chance, and the search for them in raw bytes: in any case and as UTF-16, base64
or quoted-printable write them, in members of zips and in zlib streams wherever they begin."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_ZIP = b"PK\x03\x04"
_MOST = 8 << 20  # bytes that one stream is unpacked to
_DEPTH = 3


def find_words(content: bytes, words: Collection[str], depth: int = 0) -> set[str]:
    """Those of `words` (ASCII, lower case) that stand in it in one way or another."""
    found: set[str] = set()
    for plain in (content, re.sub(rb"=\r?\n|[\r\n]", b"", content)):
        lower = plain.lower()
        for word in words:
            lowered, exact = _spellings(word)
            if any(each in lower for each in lowered) or any(each in plain for each in exact):
                found.add(word)
    if depth < _DEPTH:
        for inner in _unpack(content):
            found |= find_words(inner, words, depth + 1)
    return found


@cache
def _spellings(word: str) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """As it stands in lower case, and as base64 of it stands at each of three places."""
    lowered = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    exact = []
    for spelt in {word, word.upper(), word.capitalize()}:
        for shift in range(3):
            whole = base64.b64encode(b"x" * shift + spelt.encode())
            begin = -(-shift * 8 // 6)
            exact.append(whole[begin : (shift + len(spelt)) * 8 // 6])
    return lowered, tuple(exact)


def _unpack(content: bytes) -> Iterator[bytes]:
    if content.startswith(_ZIP):
        with (
            suppress(zipfile.BadZipFile, OSError, RuntimeError),
            zipfile.ZipFile(io.BytesIO(content)) as opened,
        ):
            for member in opened.namelist():
                yield member.encode()
                with suppress(zipfile.BadZipFile, zlib.error):
                    yield opened.read(member)
        return
    for begin in _ZLIB.finditer(content):
        with suppress(zlib.error):
            unpacked = zlib.decompressobj().decompress(content[begin.start() :], _MOST)
            if len(unpacked) > 32:
                yield unpacked


def search(folder: Path, words: Collection[str]) -> dict[str, set[str]]:
    """The words found beneath a folder, each with the files that hold it: in their bytes or their
    names."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        content = path.read_bytes() if path.is_file() else b""
        for word in find_words(content, words) | find_words(name.encode(), words, _DEPTH):
            found.setdefault(word, set()).add(name)
    return found
