"""A letter never states what is not so, whichever way a submission came to it."""

from typing import Any

import msgspec
import pytest

from publisher.letters.letter_context import LetterKind, Remark
from redaksi.model import Language
from tests.unit.letters.letterbox import occasion, written

OWN = {"returned": True, "findings": (), "remarks": (Remark(ask="Sebutkan nama dusunnya."),)}
NO_DOCUMENT = {"document": "", "title": "", "photos": 0}
NAMELESS = {"headline": "", "title": ""}


def text_of(kind: LetterKind, language: Language, **facts: Any) -> str:
    letter = written(kind, msgspec.structs.replace(occasion(kind, language), **facts))
    return " ".join(f"{letter.subject} {letter.text}".split())


@pytest.mark.parametrize(
    ("kind", "language", "facts", "says", "never_says"),
    [
        ("withdrawn", "id", {"was_published": True}, "turunkan", "dari pemuatan"),
        ("withdrawn", "id", {"was_published": True, "asked_back": True}, "turunkan", "pemuatan"),
        ("withdrawn", "id", {"was_published": False, "asked_back": True}, "pemuatan", "turunkan"),
        ("withdrawn", "en", {"was_published": True}, "taken", "withdrawn"),
        ("withdrawn", "en", {"was_published": False}, "withdrawn", "taken"),
        ("revise", "id", OWN, "ada 1 hal yang", "Yang sudah sesuai"),
        ("revise", "en", OWN, "1 thing needs fixing", "Already fine"),
        ("revise", "id", OWN, "dibaca redaktur", "ditulis otomatis"),
        ("notes", "id", NO_DOCUMENT, "lihat", "saya baca"),
        ("notes", "id", NO_DOCUMENT, "berkas yang dilengkapi", "dokumen yang sudah diperbaiki"),
        ("notes", "id", NO_DOCUMENT, "dilengkapi", "Foto yang sudah dikirim"),
        ("notes", "en", NO_DOCUMENT, "looked at your submission", "have read"),
        ("published", "id", NAMELESS, "sudah tayang", "Judul"),
        ("corrected", "id", NAMELESS, "betulkan", "Judul"),
        ("scheduled", "id", NAMELESS, "akan dimuat", "Judul tayang"),
    ],
)
def test_it_says_what_is_so(
    kind: LetterKind, language: Language, facts: dict[str, Any], says: str, never_says: str
) -> None:
    text = text_of(kind, language, **facts)
    assert says in text
    assert never_says not in text
