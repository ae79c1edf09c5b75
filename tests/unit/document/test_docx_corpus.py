"""The corpus of real .docx files, read beside LibreOffice; docs/word-agreement.md says who is
right where."""

import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ingest.read.document import docx
from ingest.read.document.reading import Reading
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from tests.unit.document.second_opinion import Agreement, compare, opinions

BODY = frozenset({"body"})
WITH_TABLES = frozenset({"body", "table"})


@pytest.fixture(scope="module")
def pairs(corpus: Path) -> list[tuple[Reading, dict[str, Any]]]:
    """Every file with a styles part that LibreOffice and we read, with its opinion."""
    found = []
    for opinion in opinions(corpus):
        path = corpus / "word" / opinion["file"]
        if path.read_bytes()[:2] != b"PK":
            continue
        with zipfile.ZipFile(path) as package:
            if any("styles" in name.lower() for name in package.namelist()):
                found.append((docx.read(path.read_bytes(), Safety()), opinion))
    return found


def _together(
    pairs: list[tuple[Reading, dict[str, Any]]],
    stories: frozenset[str],
    capsys: pytest.CaptureFixture[str],
) -> Agreement:
    total = Agreement(looks=Counter(), spacings=Counter())
    with capsys.disabled():
        print()
        for reading, opinion in pairs:
            found = compare(reading, opinion, stories)
            total += found
            for what, differing in (("looks", found.looks), ("spacing", found.spacings)):
                for difference, count in differing.most_common():
                    print(
                        f"  {opinion['file']}: {count} x {what} {difference.ours} / {difference.theirs}"
                    )
        print(
            f"  .docx, {' and '.join(sorted(stories))}: {total.compared} characters of {len(pairs)} files, "
            f"font and size {total.font_and_size:.3f} %, spacing {total.spacing:.3f} %, not aligned {total.unaligned}"
        )
    return total


def test_the_body_agrees_with_libreoffice(
    pairs: list[tuple[Reading, dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    total = _together(pairs, BODY, capsys)
    assert total.compared > 200_000
    assert total.font_and_size >= 99.95
    assert total.spacing >= 99.95


def test_body_and_tables_agree_with_libreoffice(
    pairs: list[tuple[Reading, dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    total = _together(pairs, WITH_TABLES, capsys)
    assert total.compared > 260_000
    assert total.font_and_size >= 99.3
    assert total.spacing >= 99.95
    assert total.unaligned < 50


def test_what_cannot_be_read_is_refused_as_such_and_never_as_hostile(corpus: Path) -> None:
    refused = {}
    for path in sorted((corpus / "word").rglob("*.do[ct][xm]")):
        try:
            docx.read(path.read_bytes(), Safety())
        except Unreadable as fault:
            refused[path.name] = (type(fault), fault.kind)
    assert all(refusal == (Unreadable, "broken") for refusal in refused.values())
