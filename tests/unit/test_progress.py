"""What became of what was asked for: the numbers a letter tells agree with each other and with its
list, whatever was found before and is found now."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.resolved_findings import Progress, compare, count_asked
from publisher.letters import load
from publisher.letters.compose import compose
from publisher.letters.samples import letter_contexts, stationery
from redaksi.model import Assessment, Finding, Language
from tests.builders import photo, submission

PHOTOS = ("a.jpg", "b.jpg", "c.jpg")
RULES = [
    ("photo-too-small", "F002"),
    ("photo-broken", "F004"),
    ("photo-missing", "F001"),
    ("photo-in-document", "F005"),
    ("caption-missing", "K001"),
    ("document-missing", "N001"),
    ("document-not-word", "N002"),
    ("link-instead-of-files", "P001"),
    ("font", "N006"),
    ("text-too-long", "N005"),
]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def must(rule: str, subject: str = "") -> Finding:
    return Finding(code=dict(RULES)[rule], rule=rule, severity="must", subject=subject)


def judged(*findings: Finding, photos: tuple[str, ...] = PHOTOS, **differs: Any) -> Assessment:
    parts = submission(photos=tuple(photo(name=name) for name in photos), **differs)
    return Assessment(submission=parts, findings=findings, decision="revise")


def counts(before: Assessment, after: Assessment) -> tuple[int, int, int, int]:
    progress = compare(before, after)
    return (
        len(progress.fixed),
        len(progress.still),
        len(progress.remaining),
        len(progress.new),
    )


FINDINGS = st.lists(
    st.builds(must, st.sampled_from([rule for rule, _ in RULES]), st.sampled_from(("", *PHOTOS))),
    max_size=6,
    unique_by=repr,
)
NAMES = st.sets(st.sampled_from(PHOTOS)).map(lambda names: tuple(sorted(names)))


@given(FINDINGS, FINDINGS, NAMES, NAMES)
def test_nothing_is_counted_twice_or_forgotten(
    asked: list[Finding],
    found: list[Finding],
    had: tuple[str, ...],
    have: tuple[str, ...],
) -> None:
    before, after = judged(*asked, photos=had), judged(*found, photos=have)
    progress = compare(before, after)
    assert sorted(map(repr, (*progress.fixed, *progress.still))) == sorted(map(repr, asked))
    assert sorted(map(repr, (*progress.remaining, *progress.new))) == sorted(map(repr, found))
    assert len(progress.fixed) <= count_asked(before)
    assert bool(progress.still) <= bool(found)


@given(FINDINGS)
def test_the_same_again_is_nothing_fixed_and_nothing_new(found: list[Finding]) -> None:
    asked = judged(*found)
    assert compare(asked, asked) == Progress(still=tuple(found), remaining=tuple(found))


@pytest.mark.parametrize(
    ("asked", "found", "expected"),
    [
        (["font"], ["text-too-long"], (1, 0, 0, 1)),
        (["font", "text-too-long"], ["font"], (1, 1, 1, 0)),
        (["font", "text-too-long"], ["font", "document-not-word"], (1, 1, 1, 1)),
        (["photo-missing"], ["photo-in-document"], (0, 1, 1, 0)),
        (["document-missing", "link-instead-of-files"], ["document-not-word"], (0, 2, 1, 0)),
        (["font"], [], (1, 0, 0, 0)),
    ],
)
def test_what_is_new_is_no_remainder(
    asked: list[str], found: list[str], expected: tuple[int, int, int, int]
) -> None:
    assert counts(judged(*map(must, asked)), judged(*map(must, found))) == expected


@pytest.mark.parametrize(
    ("asked", "found", "expected"),
    [
        (("a.jpg", "b.jpg"), ("",), (0, 2, 1, 0)),  # of which photos is not known: of any
        (("",), ("a.jpg", "b.jpg"), (0, 1, 2, 0)),
        (("a.jpg",), ("b.jpg",), (1, 0, 0, 1)),
    ],
)
def test_captions_lacking_somewhere_may_be_the_same(
    asked: tuple[str, ...], found: tuple[str, ...], expected: tuple[int, int, int, int]
) -> None:
    before = judged(*(must("caption-missing", name) for name in asked))
    after = judged(*(must("caption-missing", name) for name in found))
    assert counts(before, after) == expected


def test_a_photo_that_another_small_one_took_the_place_of_is_not_mended() -> None:
    before = judged(must("photo-too-small", "a.jpg"), photos=("a.jpg",))
    after = judged(must("photo-too-small", "b.jpg"), photos=("b.jpg",))
    assert counts(before, after) == (0, 1, 1, 0)
    beside = judged(must("photo-too-small", "b.jpg"), photos=("a.jpg", "b.jpg"))
    assert counts(before, beside) == (1, 0, 0, 1)


# ── the letter ────────────────────────────────────────────────────────────────────────────────────

TEMPLATES = load.load_templates()


def status_line(language: Language, fixed: int, asked: int, known: int, new: int) -> str:
    sample = letter_contexts("partly-fixed", language)[0]
    told = msgspec.structs.replace(
        sample,
        fixed=("x",) * fixed,
        asked_for=asked,
        findings=sample.findings[:1] * (known + new),
        new=new,
    )
    return compose("partly-fixed", told, stationery(TEMPLATES, language)).text.splitlines()[0]


@pytest.mark.parametrize(
    ("numbers", "indonesian", "english"),
    [
        ((1, 3, 2, 0), "1 dari 3 hal sudah diperbaiki; masih 2 hal", "1 of 3 things fixed; 2 still"),
        ((1, 1, 0, 1), "1 dari 1 hal sudah diperbaiki; ada 1 hal baru", "1 of 1 thing fixed; 1 new"),
        ((1, 2, 1, 2), "masih 1 hal, dan 2 hal baru", "1 still to fix, and 2 new"),
        ((2, 2, 0, 3), "2 dari 2 hal sudah diperbaiki; ada 3 hal baru", "2 of 2 things fixed; 3 new"),
        ((1, 4, 1, 0), "Sebagian sudah diperbaiki; masih 1 hal", "Some of it is fixed; 1 thing"),
    ],
)  # fmt: skip
def test_the_letter_tells_only_numbers_that_agree(
    numbers: tuple[int, int, int, int], indonesian: str, english: str
) -> None:
    assert indonesian in status_line("id", *numbers)
    assert english in status_line("en", *numbers)
