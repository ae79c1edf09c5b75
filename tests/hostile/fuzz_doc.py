"""Seeded mutation of valid .doc files: `python -m tests.hostile.fuzz_doc [seconds] [seed]`.

A mutant may be read or refused with Unreadable; any other exception, and a reading that takes over
a second, is a defect. The files are made here; those of REDAKSI_CORPUS join them when it is set.
"""

import contextlib
import os
import random
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ingest.read.document import doc
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from tests.unit.document.doc_parts import Made, StyleOf, compound, document, font, hps, streams
from tests.unit.document.test_doc_pictures import (
    JPEG,
    anchor,
    drawing,
    entry,
    inline,
    jpeg,
    picf,
    record,
    shape,
)

SLOW = 1.0  # seconds
_LARGEST = 100_000  # bytes of a corpus file worth mutating
_NUMBERS = (0, 1, 2, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_SPECIAL = b"\x01\x07\x08\x0c\r\x13\x14\x15"


def seeds(corpus: str = "") -> list[bytes]:
    """Two documents made here, and the smaller ones of a corpus."""
    made = [document(_rich()), document(_table())]
    if corpus:
        for path in sorted(Path(corpus, "word").rglob("*.[dD][oO][cC]")):
            content = path.read_bytes()
            if len(content) <= _LARGEST and content.startswith(made[0][:8]):
                made.append(content)
    return made


def mutants(seed: int, corpus: str = "") -> Iterator[bytes]:
    """Documents changed in a few places: anywhere in the file, or within one stream of those
    made here; for ever."""
    choose = random.Random(seed)
    sources = seeds(corpus)
    parts = [streams(_rich()), streams(_table())]
    while True:
        if choose.random() < 0.5:
            some = dict(choose.choice(parts))
            name = choose.choice(list(some))
            some[name] = _changed(choose, some[name])
            yield compound(some)
        else:
            yield _changed(choose, choose.choice(sources))


def trial(content: bytes) -> float:
    """Reads a mutant: the seconds of processor time it took. Raises what is a defect."""
    start = time.process_time()
    with contextlib.suppress(Unreadable):
        doc.read(content, Safety())
    return time.process_time() - start


def _changed(choose: random.Random, content: bytes) -> bytes:
    for _ in range(choose.choice((1, 1, 2, 5, 20))):
        if len(content) < 8:
            break
        content = choose.choice(_CHANGES)(choose, content)
    return content


def _byte(choose: random.Random, content: bytes) -> bytes:
    at = choose.randrange(len(content))
    return content[:at] + bytes([choose.randrange(256)]) + content[at + 1 :]


def _number(choose: random.Random, content: bytes) -> bytes:
    """A number somewhere, large, small, or near what it was."""
    size = choose.choice((2, 4))
    at = choose.randrange(max(1, len(content) - size)) & ~1
    was = int.from_bytes(content[at : at + size], "little")
    value = choose.choice((*_NUMBERS, was + 1, was - 1, was * 2, was // 2)) & (
        0xFFFF if size == 2 else 0xFFFFFFFF
    )
    return content[:at] + struct.pack("<H" if size == 2 else "<I", value) + content[at + size :]


def _copied(choose: random.Random, content: bytes) -> bytes:
    """A stretch over another."""
    size = choose.choice((2, 4, 16, 64, 512))
    start, at = choose.randrange(len(content)), choose.randrange(len(content))
    piece = content[start : start + size]
    return content[:at] + piece + content[at + len(piece) :]


def _special(choose: random.Random, content: bytes) -> bytes:
    """A special character in the text."""
    at = choose.randrange(min(max(1, len(content)), 3000))
    return content[:at] + bytes([choose.choice(_SPECIAL)]) + content[at + 1 :]


def _cut(choose: random.Random, content: bytes) -> bytes:
    return content[: choose.randrange(1, len(content) + 1)] if choose.random() < 0.2 else content


def _header(choose: random.Random, content: bytes) -> bytes:
    """The file information block, or the header of the file."""
    at = choose.randrange(max(1, min(len(content) - 4, 900))) & ~1
    return content[:at] + struct.pack("<I", choose.choice(_NUMBERS)) + content[at + 4 :]


_CHANGES = (_byte, _byte, _number, _number, _copied, _special, _header, _cut)


def _rich() -> Made:
    """Styles, fields, tracked changes, pieces with modifiers, a picture in the text and one over
    it."""
    store = record(0xF000, 0, record(0xF001, 1, entry(jpeg(JPEG)), container=True), container=True)
    text = "Judul\r\x13 DATE \x14kini\x15 isi lama baru\r\x01\x08\rkotak\r\r"
    picture = text.index("\x01")
    return Made(
        text=text,
        runs=(
            (0, hps(28)),
            (5, b""),
            (22, bytes.fromhex("000801")),
            (26, bytes.fromhex("010801")),
            (31, font(1)),
            (picture, inline()),
            (picture + 1, bytes.fromhex("550801")),
            (picture + 2, b""),
        ),
        blocks=(
            (0, 1, bytes.fromhex("612401")),
            (6, 0, struct.pack("<Hhh", 0x6412, 360, 1)),
            (31, 0, b""),
        ),
        styles=(
            StyleOf("Normal", character=hps(24)),
            StyleOf("Judul", based=0, character=bytes.fromhex("350801")),
        ),
        pieces=((0, 0), (10, 0x55 << 1 | 0x0100), (20, 1)),
        prcs=(font(1) + hps(20),),
        counts={6: 7},
        parts={50: store + drawing(0, shape(1026, 1)), 40: anchor(picture + 1, picture + 3, 1026)},
        elsewhere=picf(shape(1, 1) + entry(jpeg(JPEG))),
    )


def _table() -> Made:
    """A table in a style with conditions."""
    end = (
        bytes.fromhex("162401172401")
        + struct.pack("<HH", 0x563A, 1)
        + struct.pack("<HHH", 0x740A, 0, 0x0020)
    )
    condition = struct.pack("<HBH", 0xCA85, 6, 1) + hps(40)
    inside = bytes.fromhex("162401")
    return Made(
        text="a\x07b\x07\x07c\x07d\x07\x07e\r",
        styles=(StyleOf("Normal"), StyleOf("Kisi", kind=3, character=hps(18) + condition)),
        blocks=((0, 0, inside), (4, 0, end), (5, 0, inside), (9, 0, end), (10, 0, b"")),
    )


def main(seconds: float, seed: int) -> None:
    """Prints what it did; ends with an error at the first defect, whose mutant it leaves behind."""
    deadline, tried, worst = time.monotonic() + seconds, 0, 0.0
    for content in mutants(seed, os.environ.get("REDAKSI_CORPUS", "")):
        try:
            worst = max(worst, trial(content))
            if worst > SLOW:
                raise TimeoutError(f"{worst:.1f} s")
        except BaseException:
            Path(f"fuzz-doc-{seed}-{tried}.doc").write_bytes(content)
            raise
        tried += 1
        if time.monotonic() > deadline:
            break
    print(
        f"{tried} mutants of .doc (seed {seed}): nothing but Unreadable, the slowest {worst * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 60.0,
        int(sys.argv[2]) if len(sys.argv) > 2 else 1,
    )
