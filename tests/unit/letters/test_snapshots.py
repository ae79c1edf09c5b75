"""All letters in both languages as text, for review: a change of wording shows in the diff of this
folder.

Write them anew with REDAKSI_SNAPSHOTS=write.
"""

import os
from pathlib import Path

import pytest

from publisher.letters.letter_context import KINDS, LetterKind
from redaksi.model import Language
from tests.unit.letters.letterbox import occasion, written

FOLDER = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_letter_reads_as_reviewed(kind: LetterKind, language: Language) -> None:
    letter = written(kind, occasion(kind, language))
    seen = f"Subject: {letter.subject}\n\n{letter.text}"
    reviewed = FOLDER / language / f"{kind}.txt"
    if os.environ.get("REDAKSI_SNAPSHOTS") == "write":
        reviewed.parent.mkdir(parents=True, exist_ok=True)
        reviewed.write_text(seen, encoding="utf-8")
    assert seen == reviewed.read_text(encoding="utf-8")


def test_no_letter_is_reviewed_that_is_no_longer_written() -> None:
    assert {file.stem for file in FOLDER.rglob("*.txt")} == set(KINDS)
