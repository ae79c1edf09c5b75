"""LibreOffice's reading of the corpus beside ours, character by character.

LibreOffice shows one paragraph a line of `word/libreoffice.jsonl.gz`; corpus/README.md says what
its fields mean. It keeps three fonts for a run and takes one by the script of each character, and
tells the size of the western one only: so the size of East Asian and complex-script characters is
not compared.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from msgspec import Struct

from ingest.read.document.reading import Reading
from redaksi.model import Spacing

_UNSEEN = "\u00ad\u200b\ufeff"
_LONGEST = 20_000  # characters of texts that differ: aligning longer ones takes minutes


class Character(Struct, frozen=True, gc=False):
    """One character and how it looks."""

    text: str
    font: str
    size: float
    spacing: Spacing
    style: str


class Difference(Struct, frozen=True):
    """What the two say of one character."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]


class Agreement(Struct, kw_only=True):
    """Characters compared, and those of them that differ in looks and in spacing, by what
    differs."""

    compared: int = 0
    unaligned: int = 0
    looks: Counter[Difference]
    spacings: Counter[Difference]

    def __iadd__(self, other: "Agreement") -> "Agreement":
        self.compared += other.compared
        self.unaligned += other.unaligned
        self.looks += other.looks
        self.spacings += other.spacings
        return self

    @property
    def font_and_size(self) -> float:
        """Share of the characters whose font and size agree, in per cent."""
        return 100 * (1 - self.looks.total() / max(1, self.compared))

    @property
    def spacing(self) -> float:
        """Share of the characters whose paragraph's line spacing agrees, in per cent."""
        return 100 * (1 - self.spacings.total() / max(1, self.compared))


def opinions(corpus: Path) -> Iterator[dict[str, Any]]:
    """The lines of the second opinion that are of the file beside them: two files of one name
    are told by size."""
    with gzip.open(corpus / "word" / "libreoffice.jsonl.gz", "rt") as lines:
        for line in lines:
            opinion = json.loads(line)
            path = corpus / "word" / opinion["file"]
            if path.is_file() and path.stat().st_size == opinion["size"]:
                yield opinion


def compare(reading: Reading, opinion: dict[str, Any], stories: frozenset[str]) -> Agreement:
    """Aligns the shown characters of these stories, white space left out, and counts where the
    two differ."""
    ours = [
        Character(text, run.font, run.size, paragraph.spacing, paragraph.style)
        for paragraph in reading.paragraphs
        if paragraph.story in stories
        for run in paragraph.runs
        if not run.hidden
        for text in run.text
        if not text.isspace() and text not in _UNSEEN
    ]
    theirs = [
        (text, run, paragraph["ls"])
        for paragraph in opinion["paras"]
        if paragraph["story"] in stories
        for run in paragraph["runs"]
        if "h" not in run[3] and "d" not in run[3]
        for text in run[0]
        if not text.isspace() and text not in _UNSEEN
    ]
    found = Agreement(looks=Counter(), spacings=Counter())
    for mine, (text, run, (mode, value)) in _aligned(ours, theirs):
        found.compared += 1
        script = _script(text)
        font = run[1 if not script else 3 + script]
        if mine.font != font or (not script and abs(mine.size - run[2]) > 0.06):
            found.looks[Difference((mine.font, f"{mine.size:g}"), (font, f"{run[2]:g}"))] += 1
        if not _same_spacing(mine.spacing, mode, value):
            found.spacings[
                Difference((mine.spacing.rule, f"{mine.spacing.value:g}"), (str(mode), str(value)))
            ] += 1
    found.unaligned = max(len(ours), len(theirs)) - found.compared
    return found


def _aligned(
    ours: list[Character], theirs: list[tuple[str, Any, Any]]
) -> Iterator[tuple[Character, tuple[str, Any, Any]]]:
    mine, other = [each.text for each in ours], [each[0] for each in theirs]
    if mine == other:
        yield from zip(ours, theirs, strict=True)
    elif max(len(mine), len(other)) <= _LONGEST:
        for start, begin, length in SequenceMatcher(
            None, mine, other, autojunk=False
        ).get_matching_blocks():
            yield from zip(
                ours[start : start + length], theirs[begin : begin + length], strict=True
            )


def _script(text: str) -> int:
    """0 western, 1 East Asian, 2 complex: which font LibreOffice takes for a character."""
    code = ord(text)
    if (
        0x1100 <= code < 0x1200
        or 0x2E80 <= code < 0xD7B0
        or 0xF900 <= code < 0xFB00
        or 0xFE30 <= code < 0xFE70
    ):
        return 1
    if 0xFF00 <= code < 0xFFF0:
        return 1
    return 2 if 0x590 <= code < 0x1000 or 0xFB1D <= code < 0xFE00 or 0xFE70 <= code < 0xFF00 else 0


def _same_spacing(spacing: Spacing, mode: int, value: float) -> bool:
    """LibreOffice's mode 0 is per cent of a line, 1 at least and 3 exactly in 1/100 mm."""
    if mode == 0:
        return spacing.rule == "auto" and abs(spacing.value * 100 - value) <= 1
    return (
        spacing.rule == {1: "atLeast", 3: "exact"}.get(mode)
        and abs(spacing.value * 2540 / 72 - value) < 2
    )
