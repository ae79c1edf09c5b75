"""The corpus of real .doc files, read beside LibreOffice; docs/word-agreement.md says who is
right where."""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from ingest.read.document import doc
from ingest.read.document.msdoc.compound import Compound
from ingest.read.document.msdoc.fib import STTBF_FFN, read_fib
from ingest.read.document.msdoc.fonts import read_font_names
from ingest.read.document.reading import Reading
from ingest.read.files import sniff
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from redaksi.model import Paragraph
from tests.unit.document.second_opinion import Agreement, compare, opinions

STORIES = frozenset({"body", "table"})
# Where "has a raster picture" differs, and we are right: docs/word-agreement.md.
DRAWINGS_ONLY = frozenset({"20-Force-on-a-current-S00.doc", "picture.doc"})
OURS_ALONE = frozenset({"Bug53380_1.doc"})


@pytest.fixture(scope="module")
def pairs(corpus: Path) -> list[tuple[str, Reading, dict[str, Any]]]:
    """Every Word 97 file that LibreOffice read, with our reading and its opinion."""
    found = []
    for opinion in opinions(corpus):
        if opinion["filter"] == "MS Word 97":
            content = (corpus / "word" / opinion["file"]).read_bytes()
            found.append((Path(opinion["file"]).name, doc.read(content, Safety()), opinion))
    return found


def known(reading: Reading, opinion: dict[str, Any]) -> dict[str, Any]:
    """The opinion without the fonts' alternative names, which LibreOffice adds behind a
    semicolon."""
    paragraphs = []
    for paragraph in opinion["paras"]:
        runs = [
            [
                run[0],
                run[1].split(";")[0],
                run[2],
                run[3],
                *(each.split(";")[0] for each in run[4:]),
            ]
            for run in paragraph["runs"]
        ]
        paragraphs.append(paragraph | {"runs": runs})
    return opinion | {"paras": paragraphs}


def in_pieces(
    reading: Reading, opinion: dict[str, Any]
) -> Iterator[tuple[Reading, dict[str, Any]]]:
    """Stretches of paragraphs that correspond, so that a deletion LibreOffice shows does not
    hide the rest."""
    ours = [each for each in reading.paragraphs if each.story in STORIES and _squeezed(each.text)]
    theirs = [
        each for each in opinion["paras"] if each["story"] in STORIES and _squeezed(_shown(each))
    ]
    mine, other = (
        [_squeezed(each.text) for each in ours],
        [_squeezed(_shown(each)) for each in theirs],
    )
    for _, start, end, begin, stop in SequenceMatcher(
        None, mine, other, autojunk=False
    ).get_opcodes():
        yield (
            replace(reading, paragraphs=tuple(_as_body(each) for each in ours[start:end])),
            opinion | {"paras": [each | {"story": "body"} for each in theirs[begin:stop]]},
        )


def _as_body(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, story="body")


def _shown(paragraph: dict[str, Any]) -> str:
    return "".join(run[0] for run in paragraph["runs"] if "h" not in run[3] and "d" not in run[3])


def _squeezed(text: str) -> str:
    return "".join(each for each in text if not each.isspace() and each not in "\u00ad\u200b\ufeff")


def test_body_and_tables_agree_with_libreoffice(
    corpus: Path,
    pairs: list[tuple[str, Reading, dict[str, Any]]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    total = Agreement(looks=Counter(), spacings=Counter())
    with capsys.disabled():
        print()
        for name, reading, opinion in pairs:
            if "damaged" in reading.notes:
                print(f"  {name}: damaged, left to an editor")
                continue
            fonts = _fonts((corpus / "word" / opinion["file"]).read_bytes())
            found = Agreement(looks=Counter(), spacings=Counter())
            for mine, other in in_pieces(reading, known(reading, opinion)):
                found += compare(mine, other, frozenset({"body"}))
            outside = [each for each in found.looks if each.theirs[0] not in fonts]
            left_out = sum(found.looks.pop(each) for each in outside)
            for what, differing in (("looks", found.looks), ("spacing", found.spacings)):
                for difference, count in differing.most_common(3):
                    print(f"  {name}: {count} x {what} {difference.ours} / {difference.theirs}")
            if found.unaligned or left_out:
                print(
                    f"  {name}: {found.unaligned} not aligned, {left_out} in fonts that are not in the file"
                )
            total += found
        print(
            f"  .doc, body and tables: {total.compared} characters of {len(pairs)} files, font and size "
            f"{total.font_and_size:.3f} %, spacing {total.spacing:.3f} %, not aligned {total.unaligned}"
        )
    assert total.compared > 150_000
    assert total.font_and_size >= 99.85
    assert total.spacing >= 99.9


def _fonts(content: bytes) -> set[str]:
    """The file's own font table."""
    compound = Compound(content)
    fib = read_fib(compound.stream("WordDocument"))
    return set(read_font_names(fib.part(STTBF_FFN, compound.stream(fib.table))))


def test_every_word_97_file_that_is_not_encrypted_is_read(corpus: Path) -> None:
    refused: dict[str, str] = {}
    read = 0
    for path in sorted((corpus / "word").rglob("*.[dD][oO][cC]")):
        content = path.read_bytes()
        if sniff.detect_kind(content[: sniff.HEAD], path.read_bytes, path.name) != "doc":
            continue
        try:
            doc.read(content, Safety())
            read += 1
        except Unreadable as fault:
            refused[path.name] = fault.kind
    assert set(refused.values()) <= {"encrypted", "word95", "word2"}
    assert read >= 74


def test_whether_there_is_a_raster_picture_agrees(
    pairs: list[tuple[str, Reading, dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    """LibreOffice counts drawings (WMF, EMF) as pictures too."""
    differing = {
        name
        for name, reading, opinion in pairs
        if bool(reading.pictures) != bool(opinion["pictures"])
    }
    with capsys.disabled():
        print(
            f"\n  .doc, has a raster picture: {len(pairs) - len(differing)} of {len(pairs)} as LibreOffice says"
        )
    wrong = differing - DRAWINGS_ONLY - OURS_ALONE
    assert len(wrong) <= 0.02 * len(pairs), wrong
