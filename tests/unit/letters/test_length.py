"""A letter has a bounded length, whatever the mail it answers holds."""

import pytest
from msgspec.structs import replace

from publisher.letters.letter_context import KINDS, FindingText, LetterKind
from redaksi.model import Language
from tests.unit.letters.letterbox import occasion, written

MANY = 1_000
MOST = 1_000_000  # octets of a letter, both its bodies
LOUD = "“Foto” <terlalu> & kecil " * 40
FINDING = FindingText(title=LOUD, found=LOUD, rule=LOUD, fix=LOUD)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_thousand_of_everything_makes_a_letter(kind: LetterKind, language: Language) -> None:
    about = replace(
        occasion(kind, language),
        findings=tuple(replace(FINDING, title=f"{n} {LOUD}") for n in range(MANY)),
        notes=(FINDING,) * MANY,
        fixed=(LOUD,) * MANY,
        links=tuple(f"SharePoint (a{n}.sharepoint.com)" for n in range(MANY)),
        unopened=tuple(f"foto{n}.rar" for n in range(MANY)),
        others=LOUD,
        name=LOUD,
        subject=LOUD,
        title=LOUD,
        document=LOUD,
        references=tuple(f"<{n}@a.id>" for n in range(MANY)),
    )
    assert len(written(kind, about).raw) <= MOST


def test_links_beyond_twenty_are_counted() -> None:
    hosts = tuple(f"SharePoint (a{n}.sharepoint.com)" for n in range(100))
    text = written("nothing-attached", replace(occasion("nothing-attached"), links=hosts)).text
    assert "a19.sharepoint.com" in text and "a20.sharepoint.com" not in text
    assert "dan 80 lainnya" in text and "lainnya (tautan pendek)" not in text
