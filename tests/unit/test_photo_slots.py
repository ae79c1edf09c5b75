"""Which photo of an earlier revision a new one replaces: the decisions as a table."""

import pytest
from msgspec import Struct

from desk.domain.photos.slots import assign_slots, has_lost_photos, slot_name
from redaksi.model import Assessment, Caption, Finding, Photo, Submission


def likeness(bits: int) -> str:
    """The hash of a picture in which so many bits differ from the street's."""
    return f"{(1 << bits) - 1:032x}"


STREET, STREET_AGAIN, STREET_BARELY = likeness(0), likeness(8), likeness(12)
NOT_STREET, NOT_PLAIN, ELSEWHERE, RIVER = likeness(13), likeness(23), likeness(24), "5" * 32
UNKNOWN = ""


def photo(name: str, picture: str = UNKNOWN, width: int = 800, sha: str = "") -> Photo:
    return Photo(
        name=name, kind="jpeg", sha256=sha or name, width=width, height=600, likeness=picture
    )


def assess(photos: list[Photo], asked: str) -> Assessment:
    findings = tuple(
        Finding(code="F002", rule="photo-too-small", severity="must", subject=name)
        for name in asked.split()
    )
    submission = Submission(photos=tuple(photos))
    return Assessment(submission=submission, findings=findings, decision="revise")


class Case(Struct, frozen=True):
    """`before` and `now`: the photos; `asked`: names asked for again; `slots`: new -> replaced,
    by name; `doubt`: an editor looks."""

    what: str
    before: list[Photo]
    asked: str
    now: list[Photo]
    slots: dict[str, str]
    doubt: bool = False


TWO = [photo("A.jpg"), photo("B.jpg")]
SEEN = [photo("A.jpg", STREET), photo("B.jpg", RIVER)]
CASES = [
    Case("nothing new", TWO, "A.jpg", [], {}),
    Case("its name", TWO, "A.jpg", [photo("a.JPG")], {"a.JPG": "A.jpg"}),
    Case("its name, asked for or not", TWO, "", [photo("a.JPG")], {"a.JPG": "A.jpg"}),
    Case("its stem", TWO, "", [photo("A (1).png")], {"A (1).png": "A.jpg"}),
    Case(
        "its whole name before its stem",
        [photo("A.jpg"), photo("A.png")],
        "",
        [photo("a.png")],
        {"a.png": "A.png"},
    ),
    Case(
        "two of its stem: added, and an editor looks where one is asked for",
        [photo("A.jpg"), photo("A.png")],
        "A.jpg",
        [photo("A.gif")],
        {},
        doubt=True,
    ),
    Case(
        "two of its stem, none asked for",
        [photo("A.jpg"), photo("A.png")],
        "",
        [photo("A.gif")],
        {},
    ),
    Case(
        "the only new one for the only one asked for",
        TWO,
        "A.jpg",
        [photo("x.jpg")],
        {"x.jpg": "A.jpg"},
    ),
    Case("as large is large enough", TWO, "A.jpg", [photo("x.jpg", width=800)], {"x.jpg": "A.jpg"}),
    Case("a smaller one is another", TWO, "A.jpg", [photo("x.jpg", width=799)], {}, doubt=True),
    Case("two new ones for one", TWO, "A.jpg", [photo("x.jpg"), photo("y.jpg")], {}, doubt=True),
    Case("one new one for two", TWO, "A.jpg B.jpg", [photo("x.jpg")], {}, doubt=True),
    Case("a new one, none asked for", TWO, "", [photo("x.jpg")], {}),
    Case(
        "one takes the other's name: it is still the name of what was asked for",
        SEEN,
        "A.jpg",
        [photo("A.jpg", ELSEWHERE, sha="new")],
        {"new": "A.jpg"},
    ),
    Case(
        "the name of another picture than the one asked for",
        SEEN,
        "A.jpg",
        [photo("B.jpg", ELSEWHERE, sha="new")],
        {},
        doubt=True,
    ),
    Case(
        "the same, where the pictures are not known",
        TWO,
        "A.jpg",
        [photo("B.jpg", ELSEWHERE, sha="new")],
        {"new": "B.jpg"},
    ),
    Case(
        "the name of the same picture, barely",
        SEEN,
        "B.jpg",
        [photo("A.jpg", STREET_BARELY, sha="new")],
        {"new": "A.jpg"},
    ),
    Case(
        "the name, and one bit more",
        SEEN,
        "B.jpg",
        [photo("A.jpg", NOT_STREET, sha="new")],
        {},
        doubt=True,
    ),
    Case(
        "another picture's name where nothing is asked for",
        SEEN,
        "",
        [photo("B.jpg", ELSEWHERE, sha="new")],
        {"new": "B.jpg"},
    ),
    Case(
        "a larger copy, whatever it is called",
        SEEN,
        "A.jpg B.jpg",
        [photo("x.jpg", STREET_AGAIN, 1600)],
        {"x.jpg": "A.jpg"},
    ),
    Case(
        "a larger copy, barely",
        SEEN,
        "A.jpg B.jpg",
        [photo("x.jpg", STREET_BARELY, 1600)],
        {"x.jpg": "A.jpg"},
    ),
    Case(
        "a larger copy takes its slot from the name of another",
        SEEN,
        "A.jpg B.jpg",
        [photo("B.jpg", STREET_AGAIN, 1600, sha="new")],
        {"new": "A.jpg"},
    ),
    Case(
        "a copy as large is none: the name decides",
        SEEN,
        "A.jpg B.jpg",
        [photo("B.jpg", STREET_AGAIN, 800, sha="new")],
        {"new": "B.jpg"},
    ),
    Case(
        "a larger copy of what was not asked for",
        SEEN,
        "B.jpg",
        [photo("x.jpg", STREET_AGAIN, 1600), photo("y.jpg", ELSEWHERE)],
        {},
        doubt=True,
    ),
    Case(
        "two copies of one: neither is plain",
        SEEN,
        "A.jpg B.jpg",
        [photo("x.jpg", STREET_AGAIN, 1600), photo("y.jpg", STREET, 1600)],
        {},
        doubt=True,
    ),
    Case(
        "a copy of two that look alike",
        [photo("A.jpg", STREET), photo("B.jpg", STREET_AGAIN)],
        "A.jpg B.jpg",
        [photo("x.jpg", STREET, 1600)],
        {},
        doubt=True,
    ),
    Case(
        "a rival that is not plainly another picture",
        [photo("A.jpg", STREET), photo("B.jpg", NOT_PLAIN)],
        "A.jpg B.jpg",
        [photo("x.jpg", STREET, 1600)],
        {},
        doubt=True,
    ),
    Case(
        "a rival that plainly is",
        [photo("A.jpg", STREET), photo("B.jpg", ELSEWHERE)],
        "A.jpg B.jpg",
        [photo("x.jpg", STREET, 1600)],
        {"x.jpg": "A.jpg"},
    ),
    Case(
        "of three, by picture, by name, and the one that is left",
        [*SEEN, photo("C.jpg", ELSEWHERE)],
        "A.jpg B.jpg C.jpg",
        [photo("x.jpg", STREET, 1600), photo("c.jpg", ELSEWHERE), photo("z.jpg")],
        {"x.jpg": "A.jpg", "c.jpg": "C.jpg", "z.jpg": "B.jpg"},
    ),
    Case(
        "a name of several keeps the last one from being guessed",
        [photo("A.jpg"), photo("A.png"), photo("C.jpg")],
        "C.jpg",
        [photo("A.gif")],
        {},
        doubt=True,
    ),
    Case("a photo that came again is no slot", TWO, "A.jpg", [photo("A.jpg"), photo("a.png")], {}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_slots(case: Case) -> None:
    before = assess(case.before, case.asked)
    had = {one.sha256 for one in case.before}
    found = assign_slots(before, Submission(photos=tuple(case.now)), had)
    assert found == (case.slots, case.doubt)


def test_what_an_earlier_mail_brought_fills_no_slot() -> None:
    before = assess(TWO, "A.jpg")
    assert assign_slots(before, Submission(photos=(photo("x.jpg"),)), {"x.jpg"}) == ({}, False)


@pytest.mark.parametrize(
    ("rule", "severity"), [("caption-missing", "must"), ("photo-too-small", "should")]
)
def test_only_what_must_be_mended_about_photos_asks_for_one(rule: str, severity: str) -> None:
    finding = Finding(code="F002", rule=rule, severity=severity, subject="A.jpg")  # type: ignore[arg-type]
    before = Assessment(
        submission=Submission(photos=tuple(TWO)), findings=(finding,), decision="revise"
    )
    now = Submission(photos=(photo("x.jpg"),))
    assert assign_slots(before, now, set()) == ({}, False)


@pytest.mark.parametrize(
    ("before", "now", "slots", "lost"),
    [
        ([photo("A.jpg", STREET)], [photo("A.jpg", STREET)], {}, False),
        ([photo("A.jpg", STREET)], [photo("x.jpg", STREET_BARELY)], {}, False),
        ([photo("A.jpg", STREET)], [photo("x.jpg", NOT_STREET)], {}, True),
        ([photo("A.jpg", STREET)], [photo("x.jpg", NOT_STREET)], {"x.jpg": "A.jpg"}, False),
        ([photo("A.jpg")], [photo("x.jpg")], {}, True),
        ([photo("A.jpg", STREET)], [], {}, True),
        ([], [photo("x.jpg", STREET)], {}, False),
        ([photo("A.jpg", STREET), photo("B.jpg", RIVER)], [photo("x.jpg", STREET)], {}, True),
    ],
)
def test_what_no_photo_of_a_whole_mail_is_a_copy_of_is_lost(
    before: list[Photo], now: list[Photo], slots: dict[str, str], lost: bool
) -> None:
    old, new = Submission(photos=tuple(before)), Submission(photos=tuple(now))
    assert has_lost_photos(old, new, slots) is lost


BODY = Caption(text="Warga.", source="body", evidence="label")


@pytest.mark.parametrize(
    ("slot", "new", "caption", "name"),
    [
        ("A.jpg", "x.png", None, "A.png"),
        ("A", "x.png", None, "A.png"),
        ("A.jpg", "x", None, "A"),
        ("A.jpg", "x.kecil.png", None, "A.png"),
        ("Foto.rapat.jpg", "x.png", None, "Foto.rapat.png"),
        ("A.jpg", "x.png", BODY, "x.png"),
        ("A.jpg", "x.png", Caption(text="W.", source="document", evidence="name"), "x.png"),
        ("A.jpg", "x.png", Caption(text="W.", source="document", evidence="order"), "A.png"),
        ("A.jpg", "x.png", Caption(text="W.", source="metadata", evidence="label"), "A.png"),
        ("A.jpg", "x.png", Caption(text="W.", source="file", evidence="name"), "A.png"),
    ],
)
def test_a_slot_keeps_its_name_and_takes_the_new_ending(
    slot: str, new: str, caption: Caption | None, name: str
) -> None:
    brought = Photo(name=new, kind="png", sha256="n", caption=caption)
    now = Submission(photos=(photo("other.jpg"), brought))
    assert slot_name(photo(slot), "n", now) == name
