"""What a photo says of itself, as the page tells it."""

from typing import Any

import pytest

from desk.presentation.photo_facts import describe_caption, describe_photo
from redaksi.model import Caption, Language
from tests.builders import photo


@pytest.mark.parametrize(
    ("facts", "language", "told"),
    [
        ({}, "id", ""),
        ({"digital_source_type": "digitalCapture"}, "id", ""),
        ({"captured": "2026-11-15T10:22:31"}, "id", "diambil Minggu, 15 November 2026"),
        ({"captured": "2026-11-15"}, "en", "taken Sunday, 15 November 2026"),
        (
            {"byline": "Siti Aminah", "credit": "BKM Sejahtera"},
            "id",
            "pemotret Siti Aminah · kredit BKM Sejahtera",
        ),
        (
            {"digital_source_type": "trainedAlgorithmicMedia"},
            "id",
            "menurut data foto: dibuat dengan AI",
        ),
        ({"digital_source_type": "negativeFilm"}, "en", "digital source: negativeFilm"),
        ({"byline": "Siti\u202e\r\nAminah"}, "id", "pemotret Siti Aminah"),
    ],
)
def test_a_photo_is_described_by_its_metadata(
    facts: dict[str, str], language: Language, told: str
) -> None:
    assert describe_photo(photo(**facts), language) == told


@pytest.mark.parametrize(
    ("source", "evidence", "told"),
    [
        ("body", "label", "dari isi surel, menurut nomornya"),
        ("document", "order", "dari naskah, menurut urutannya"),
        ("file", "name", "dari berkas lain, menurut nama berkasnya"),
        ("file", "file_name", "nama berkas sebagai keterangan"),
        ("metadata", "metadata", "data di dalam foto sebagai keterangan"),
    ],
)
def test_a_caption_tells_where_it_stood_and_by_what_it_was_paired(
    source: Any, evidence: Any, told: str
) -> None:
    caption = Caption(text="Warga.", source=source, evidence=evidence)
    assert describe_caption(caption, "id") == told
