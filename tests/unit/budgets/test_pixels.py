"""Decoded pixels, after scaling: beyond them a photo is kept and shown, and nothing is found of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.budget import Budget
from redaksi.limits import Safety
from tests import builders
from tests.unit.budgets.reading import (
    ARTICLE,
    WORD,
    assert_left,
    forwarded,
    frames,
    photo,
    picture,
    read,
    subjects,
    whole,
    zipped,
)
from tests.unit.budgets.reading import look as look_at_mail
from tests.unit.read_mail.mails import winmail

ONE = 1200 * 900  # pixels of each
FEW = Safety(mail_pixels=ONE + ONE // 2)  # for one picture that comes whole
KINDS = {
    "PNG": picture("PNG"),
    "TIFF": picture("TIFF"),
    "TIFF of pages": frames("TIFF"),
    "BMP": picture("BMP"),
    "GIF": picture("GIF"),
    "GIF of frames": frames("GIF"),
    "WebP": picture("WEBP"),
    "lossless WebP": picture("WEBP", lossless=True),
    "PNG of frames": frames("PNG"),
    "AVIF": picture("AVIF"),
}


@pytest.mark.parametrize("content", KINDS.values(), ids=KINDS.keys())
def test_a_photo_beyond_the_pixels_is_left_unjudged(content: bytes) -> None:
    name = "foto-2.bin"
    files = [("naskah.docx", WORD), ("foto-1.bin", picture("PNG", 1200, 899)), (name, content)]
    found = read(files, safety=FEW)
    assert_left(found, "budget", which="pixels")
    assert photo(found, "foto-1.bin").judged
    left = photo(found, name)
    assert (left.judged, left.intact, left.width, left.height) == (False, True, 1200, 900)
    assert name not in subjects(found)


def wrap(how: str) -> bytes:
    files = [(f"foto-{n}.png", picture("PNG", 1200, 900 + n)) for n in range(3)]
    if how == "zip":
        return builders.mail(attachments=[("n.docx", WORD), ("f.zip", zipped(files))])
    if how == "zip in zip":
        inner = zipped([("g.zip", zipped(files))])
        return builders.mail(attachments=[("n.docx", WORD), ("f.zip", inner)])
    if how == "winmail":
        return builders.mail(attachments=[("n.docx", WORD), ("winmail.dat", winmail(*files))])
    deep = 3 if how == "forwarded thrice" else 1
    return forwarded(builders.mail(attachments=[("n.docx", WORD), *files]), deep)


@pytest.mark.parametrize("how", ["zip", "zip in zip", "winmail", "forwarded", "forwarded thrice"])
def test_wherever_it_lies(how: str) -> None:
    found = look_at_mail(wrap(how), safety=FEW)
    assert found.decision == "review"
    assert [each.judged for each in whole(found).photos] == [True, False, False]
    assert not subjects(found) & {each.name for each in whole(found).photos if not each.judged}


def test_a_jpeg_counts_as_it_is_scaled() -> None:
    files = [("naskah.docx", WORD), ("foto.jpg", picture("JPEG", 6400, 4800))]
    assert photo(read(files, safety=Safety(mail_pixels=2_000_000)), "foto.jpg").judged


def test_pictures_in_a_document_count_too() -> None:
    inside = builders.docx(ARTICLE, pictures=(picture("PNG", 1300, 900),))
    found = read([("naskah.docx", inside)], safety=Safety(mail_pixels=1000))
    assert_left(found, "budget", which="pixels")
    assert subjects(found) <= {"naskah.docx"}


@given(st.lists(st.integers(1, 12), max_size=12), st.integers(0, 40))
@settings(max_examples=50)
def test_no_more_is_taken_than_there_is(asked: list[int], most: int) -> None:
    budget = Budget(Safety(mail_pixels=most))
    taken = sum(pixels for pixels in asked if budget.take_pixels(pixels))
    assert taken <= most
    assert bool(budget.reasons) == (taken < sum(asked))
