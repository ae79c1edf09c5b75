"""What several rules look at in the same way, as tables."""

from typing import Any

import pytest
from msgspec.structs import replace

from redaksi.model import Fault, Other, Photo, Picture, Place, Story, Submission
from redaksi.reasons import ReasonCode, explain
from validators import seen
from validators.samples import make_document


def picture(
    sha: str = "x", width: int = 1600, height: int = 1200, story: Story = "body"
) -> Picture:
    return Picture(
        name=f"{sha}.jpg", kind="jpeg", sha256=sha, width=width, height=height, story=story
    )


def photo(sha: str = "p", width: int = 800, height: int = 600, **differs: Any) -> Photo:
    plain = Photo(name=f"{sha}.jpg", kind="jpeg", sha256=sha, width=width, height=height)
    return replace(plain, **differs)


def submit(pictures: tuple[Picture, ...], photos: tuple[Photo, ...] = ()) -> Submission:
    return Submission(documents=(make_document(pictures=pictures),), photos=photos)


# ── the article ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("readable", "judged", "is_told_of"),
    [(True, True, True), (False, True, False), (True, False, False), (False, False, False)],
)
def test_only_a_document_that_was_read_and_judged_is_spoken_of(
    readable: bool, judged: bool, is_told_of: bool
) -> None:
    document = make_document(readable=readable, judged=judged)
    found = seen.find_article(Submission(documents=(document,)))
    assert found == (document if is_told_of else None)


def test_without_a_document_there_is_no_article() -> None:
    assert seen.find_article(Submission()) is None
    assert seen.find_pictures_inside(Submission()) == ()


@pytest.mark.parametrize(
    ("inside", "counts"),
    [
        (picture(width=200, height=200), True),
        (picture(width=199, height=1200), False),
        (picture(width=1600, height=199), False),
        (picture(story="table"), True),
        (picture(story="header"), False),
        (picture(story="footer"), False),
    ],
)
def test_a_logo_and_a_letterhead_are_no_photos(inside: Picture, counts: bool) -> None:
    assert seen.find_pictures_inside(submit((inside,))) == ((inside,) if counts else ())


# ── what stands for a picture in the article ──────────────────────────────────────────────────────

UNMEASURED = photo("u", 0, 0)


@pytest.mark.parametrize(
    ("what", "pictures", "photos", "alone"),
    [
        ("nothing attached", ("a", "b"), (), ("a", "b")),
        ("the same bytes", ("a",), (photo("a", 10, 500),), ()),
        ("the same proportions", ("a",), (photo(),), ()),
        ("the same, upright", ("a",), (photo("p", 600, 800),), ()),
        ("within two hundredths", ("a",), (photo("p", 800, 612),), ()),
        ("and no more", ("a",), (photo("p", 800, 613),), ("a",)),
        ("nor less", ("a",), (photo("p", 800, 587),), ("a",)),
        ("one photo stands for one picture", ("a", "b"), (photo(),), ("b",)),
        ("two for two", ("a", "b"), (photo("p"), photo("q")), ()),
        ("equal bytes take their photo out of the count", ("a", "b"), (photo("a"),), ("b",)),
        ("equal bytes first, whatever the order", ("b", "a"), (photo("a"),), ("b",)),
        ("the same picture twice", ("a", "a"), (photo("a"),), ()),
        ("what was not measured may be any", ("a",), (UNMEASURED,), ()),
        ("of two one", ("a", "b"), (UNMEASURED,), ("b",)),
        ("half measured is not measured", ("a",), (photo("u", 800, 0),), ()),
        ("nor is the other half", ("a",), (photo("u", 0, 600),), ()),
        ("one pixel is measured", ("a",), (photo("p", 1, 1),), ("a",)),
        ("a twin is used before what was not measured", ("a", "b"), (UNMEASURED, photo()), ()),
        ("another shape", ("a",), (photo("p", 600, 600),), ("a",)),
    ],
)
def test_a_picture_is_alone_when_nothing_attached_stands_for_it(
    what: str, pictures: tuple[str, ...], photos: tuple[Photo, ...], alone: tuple[str, ...]
) -> None:
    found = seen.find_pictures_only_inside(submit(tuple(map(picture, pictures)), photos))
    assert tuple(one.sha256 for one in found) == alone, what


def test_one_pixel_has_a_shape_too() -> None:
    square = picture(width=300, height=300)
    assert seen.find_pictures_only_inside(submit((square,), (photo("p", 1, 1),))) == ()


def test_pictures_and_photos_without_bytes_are_not_the_same() -> None:
    found = seen.find_pictures_only_inside(submit((picture(""),), (photo("", 600, 600),)))
    assert found == (picture(""),)


# ── photos ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "is_still"),
    [
        (photo(), True),
        (photo(kind="heic"), True),
        (photo(kind="mp4"), False),
        (photo(intact=False), False),
        (photo(judged=False), False),
        (photo(width=0), False),
        (photo(height=0), False),
        (photo(width=1, height=1), True),
    ],
)
def test_a_still_was_measured_and_is_whole(one: Photo, is_still: bool) -> None:
    assert seen.is_still(one) is is_still


# ── typography ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (0.0, "100"),
        (-0.1, "100"),
        (0.001, "99"),
        (0.01, "99"),
        (0.5, "50"),
        (0.126, "87"),
        (0.985, "2"),
        (0.99, "1"),
        (0.999, "1"),
        (1.0, "1"),
    ],
)
def test_what_is_missing_is_all_only_when_it_is(share: float, percent: str) -> None:
    assert seen.missing_percent(share) == percent


FOUND = (("Calibri 11", 0.3), ("Arial 12", 0.2), ("Arial 11", 0.1), ("Cambria 12", 0.05))
PLACES = (
    Place(paragraph=0, quote="Kepala"),
    Place(paragraph=3, quote="Warga"),
    Place(paragraph=5, quote="Lurah"),
)


def test_a_fault_says_three_values_and_the_first_place_with_a_number() -> None:
    assert seen.describe_typography(Fault(found=FOUND, places=PLACES), 0.35) == {
        "share": "65",
        "what": "Calibri 11|Arial 12|Arial 11",
        "paragraph": "3",
        "quote": "Warga",
    }


def test_the_first_paragraph_is_a_place() -> None:
    fault = Fault(found=FOUND[:1], places=(Place(paragraph=1, quote="Judul"),))
    assert seen.describe_typography(fault, 0.5)["paragraph"] == "1"


@pytest.mark.parametrize(
    ("fault", "share"),
    [
        (Fault(found=FOUND[:1], places=PLACES), 0.0),  # all of it: no place is the first
        (Fault(found=FOUND[:1], places=PLACES[:1]), 0.5),
        (Fault(found=FOUND[:1]), 0.5),
    ],
)
def test_a_place_is_not_told_where_it_is_everywhere_or_not_known(
    fault: Fault, share: float
) -> None:
    facts = seen.describe_typography(fault, share)
    assert (facts["what"], facts["paragraph"], facts["quote"]) == ("Calibri 11", "", "")


# ── what could not be opened ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "case"),
    [
        (ReasonCode.ARCHIVE_ENCRYPTED, "locked"),
        (ReasonCode.PGP_ENCRYPTED, "pgp"),
        (ReasonCode.ARCHIVE_KIND, "packed"),
        (ReasonCode.ARCHIVE_DEPTH, "packed"),
        (ReasonCode.FILE_LIMIT, "large"),
        (ReasonCode.ARCHIVE_DAMAGED, "damaged"),
        (ReasonCode.WINMAIL_CUT, "damaged"),
        (ReasonCode.SIGNATURE_LOGO, ""),
        (ReasonCode.UNPACKED_ARCHIVE, ""),
    ],
)
def test_what_may_hold_what_is_missing_and_why_it_is_closed(code: ReasonCode, case: str) -> None:
    other = Other(name="x", kind="zip", sha256="x", why=explain(code))
    found = seen.find_closed(Submission(others=(other,)))
    assert found == (((other, case),) if case else ())
