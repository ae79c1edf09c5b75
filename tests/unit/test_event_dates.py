"""A photo taken far from every day that its caption or article tells is noted."""

import pytest

from ingest.read.event_dates import note_dates
from redaksi.model import Caption
from tests import builders

SENT = "2026-11-20T08:00:00+07:00"
CASES = {
    # captured, caption, article, noted
    "the day of the caption": ("2026-11-15T09:00:00", "Warga bekerja, Minggu (15/11).", "", False),
    "a month before it": ("2026-10-15T09:00:00", "Warga bekerja, Minggu (15/11).", "", True),
    "thirty days before it": ("2026-10-16", "Warga bekerja, Minggu (15/11).", "", False),
    "years before it": ("2019-11-15T09:00:00", "Warga bekerja, Minggu (15/11).", "", True),
    "spelt out": ("2024-01-02T09:00:00", "Warga bekerja, 15 November 2026.", "", True),
    "the article's day": ("2026-11-14T09:00:00", "Warga.", "Pada Minggu (15/11) warga …", False),
    "not the article's day": ("2025-03-01T09:00:00", "Warga.", "Minggu (15/11) warga …", True),
    "one of the article's days": (
        "2026-09-02T09:00:00",
        "Warga.",
        "Rembuk 1 September, kerja bakti 15 November",
        False,
    ),
    "the caption's day before the article's": (
        "2026-09-02T09:00:00",
        "Rembuk warga, 1 September.",
        "kerja bakti 15 November",
        False,
    ),
    "no day is told": ("2019-01-01T09:00:00", "Warga.", "Warga bekerja.", False),
    "the camera tells none": ("", "Warga bekerja, Minggu (15/11).", "", False),
    "last year's, told in January": ("2026-11-15", "Warga, 15 November", "", False),
    "what is to come": ("2026-11-19", "Warga, 25 November", "", False),
    "the 29th of February of another year": ("2026-11-19", "Warga, 29 Februari", "", False),
}


@pytest.mark.parametrize(
    ("captured", "caption", "article", "noted"), CASES.values(), ids=CASES.keys()
)
def test_a_photo_of_another_day_is_noted(
    captured: str, caption: str, article: str, noted: bool
) -> None:
    words = Caption(text=caption, source="body", evidence="label")
    photo = builders.photo(captured=captured, caption=words)
    document = builders.document(paragraphs=(builders.paragraph(article),))
    (found,) = note_dates([photo], [document], SENT)
    assert ("other-date" in found.notes) == noted


def test_without_the_mails_date_nothing_is_said() -> None:
    photo = builders.photo(
        captured="2019-01-01",
        caption=Caption(text="Warga, 15/11.", source="body", evidence="label"),
    )
    assert note_dates([photo], [], None) == (photo,)
