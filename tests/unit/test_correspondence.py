"""What a letter may say: nothing is praised that was not looked at, nothing is called mended
that is not."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import structs

from desk.domain.resolved_findings import compare, count_asked
from desk.outbound.letter_context import (
    active_sections,
    context_of_assessment,
    praised_sections,
)
from redaksi.arrival import Mail
from redaksi.model import Assessment, Caption, Finding, Share
from tests.builders import document, photo, submission

ALL = active_sections({})


def judged(*findings: Finding, **differs: Any) -> Assessment:
    return Assessment(submission=submission(**differs), findings=findings, decision="revise")


def must(rule: str, code: str, subject: str = "") -> Finding:
    return Finding(code=code, rule=rule, severity="must", subject=subject)


def test_all_that_is_right_is_named() -> None:
    assert praised_sections(judged(), ALL) == (
        "document",
        "length",
        "font",
        "spacing",
        "photo",
        "caption",
    )


@pytest.mark.parametrize(
    "photos", [(photo(caption=None),), (photo(), photo(name="b.jpg", caption=None))]
)
def test_captions_are_praised_when_every_photo_has_one(photos: tuple[Any, ...]) -> None:
    assert "caption" not in praised_sections(judged(photos=photos), ALL)


def captioned(evidence: str, action: str) -> Any:
    told: Any = {"evidence": evidence, "action": action}
    return photo(caption=Caption(text="Warga memasang pipa.", source="body", **told))


def test_a_film_sent_for_a_photo_is_not_thanked_for_as_one() -> None:
    film = photo(name="a.mp4", kind="mp4", width=0, height=0)
    spoken = context_of_assessment(
        judged(documents=(), photos=(film,)),
        Mail(headers=()),
        to="siti@desa.example",
        language="id",
        number="W-1",
        try_number=1,
        received=datetime(2026, 11, 23, tzinfo=UTC),
        active=ALL,
    )
    assert spoken.photos == 0


@pytest.mark.parametrize("evidence", ["name", "label", "words"])
def test_what_an_editor_confirms_changes_no_letter(evidence: str) -> None:
    sure = judged(photos=(captioned(evidence, "auto"),))
    unsure = judged(photos=(captioned(evidence, "confirm"),), caption_action="editor_confirm")
    assert praised_sections(sure, ALL) == praised_sections(unsure, ALL)
    assert "caption" in praised_sections(unsure, ALL)


@pytest.mark.parametrize("evidence", ["order", "date", "shared", "file_name", "metadata"])
@pytest.mark.parametrize("action", ["auto", "confirm"])
def test_what_only_an_editor_may_call_a_caption_is_not_praised(evidence: str, action: str) -> None:
    photos = (captioned("name", "auto"), captioned(evidence, action))
    assert "caption" not in praised_sections(judged(photos=photos), ALL)


@pytest.mark.parametrize(
    ("rule", "code", "severity", "replaces"),
    [
        ("photo-too-small", "F002", "must", True),
        ("photo-broken", "F004", "must", True),
        ("photo-too-small", "F002", "advice", False),
        ("caption-missing", "K001", "must", False),
        ("photo-missing", "F001", "must", False),
        ("font", "N006", "must", False),
    ],
)
def test_a_name_for_the_new_photo_is_spoken_of_where_a_photo_is_at_fault(
    rule: str, code: str, severity: Any, replaces: bool
) -> None:
    facts = dict.fromkeys(
        ("width", "height", "longer", "shorter", "count", "least", "names", "share"), "1"
    )
    finding = structs.replace(must(rule, code, "IMG_2041.jpg"), severity=severity, facts=facts)
    letter = context_of_assessment(
        judged(finding),
        Mail(headers=()),
        to="siti@desa.example",
        language="id",
        number="W-2026-0001",
        try_number=1,
        received=datetime(2026, 11, 29, tzinfo=UTC),
        active=ALL,
    )
    assert letter.replaces_photo is replaces


def test_without_an_article_no_captions_are_praised() -> None:
    told = Caption(text="Warga.", source="body", evidence="name")
    assert praised_sections(judged(documents=(), photos=(photo(caption=told),)), ALL) == ("photo",)


def test_a_rule_that_is_off_or_only_advises_praises_nothing() -> None:
    off = active_sections({"length": {"level": "off"}})
    assert "length" not in praised_sections(judged(), off)
    advice = Finding(code="N005", rule="text-too-long", severity="advice", subject="Naskah.docx")
    assert "length" not in praised_sections(judged(advice), ALL)


@pytest.mark.parametrize("told", [{"characters": 0}, {"characters_aside": {"textbox": 900}}])
def test_text_in_boxes_or_none_at_all_is_not_praised(told: dict[str, Any]) -> None:
    assert not {"length", "font", "spacing"} & set(
        praised_sections(judged(documents=(document(**told),)), ALL)
    )


def test_the_font_is_praised_only_with_its_size() -> None:
    wrong = must("size", "N007", "Naskah.docx")
    assert "font" not in praised_sections(
        judged(wrong, documents=(document(share=Share(size=0.5)),)), ALL
    )


# ── mended ────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_no_longer_found_is_mended() -> None:
    before = judged(must("font", "N006", "a.docx"), must("photo-too-small", "F002", "IMG_2041.jpg"))
    assert [one.rule for one in compare(before, judged(must("font", "N006", "b.docx"))).fixed] == [
        "photo-too-small"
    ]
    assert count_asked(before) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (must("photo-missing", "F001"), must("photo-in-document", "F005", "Naskah.docx")),
        (must("photo-missing", "F001"), must("link-instead-of-files", "P001")),
        (
            must("photo-too-small", "F002", "IMG_2041.jpg"),
            must("photo-broken", "F004", "IMG_2041.jpg"),
        ),
        (must("caption-missing", "K001", "IMG_2041.jpg"), must("caption-missing", "K001")),
        (must("document-missing", "N001"), must("document-not-word", "N002", "Naskah.pdf")),
    ],
)
def test_another_fault_of_the_same_thing_is_not_its_mending(
    before: Finding, after: Finding
) -> None:
    assert compare(judged(before), judged(after)).fixed == ()


def test_a_fault_of_another_photo_does_not_count_against_the_mended_one() -> None:
    photos = (photo(), photo(name="b.jpg"))
    before = structs.replace(
        judged(must("photo-too-small", "F002", "b.jpg")), submission=submission(photos=photos)
    )
    after = structs.replace(
        judged(must("photo-broken", "F004", "IMG_2041.jpg")), submission=submission(photos=photos)
    )
    assert len(compare(before, after).fixed) == 1
