"""Findings in place: exactly the runs that are not as asked, in the paragraphs that are judged."""

import pytest
from msgspec import structs

from desk.presentation import highlights
from desk.presentation.submission_page import find_anchors
from publisher.site.pages import Line
from redaksi.model import (
    Assessment,
    Document,
    Finding,
    Language,
    Paragraph,
    Picture,
    Run,
    Spacing,
    Submission,
)
from tests.builders import document, photo, submission
from validators.registry import make_rulebook

ASKED = Run(text="Warga bergotong royong ", font="Times New Roman", size=12.0)
OTHER = Run(text="membangun saluran", font="Calibri", size=12.0)
SMALL = Run(text=" sepanjang 240 meter.", font="Times New Roman", size=10.5)
FONT = Finding(code="N006", rule="font", severity="must", subject="Warta.docx")
SIZE = Finding(code="N007", rule="size", severity="must", subject="Warta.docx")
SPACING = Finding(code="N008", rule="spacing", severity="must", subject="Warta.docx")


def paragraph(*runs: Run, **changes: object) -> Paragraph:
    return structs.replace(Paragraph(runs=runs, number=1), **changes)


def shown(
    *paragraphs: Paragraph,
    findings: tuple[Finding, ...],
    language: Language = "id",
    pictures: tuple[Picture, ...] = (),
) -> list[Line]:
    document = Document(
        name="Warta.docx", kind="docx", sha256="a" * 64, paragraphs=paragraphs, pictures=pictures
    )
    judged = Assessment(
        submission=Submission(documents=(document,)), findings=findings, decision="revise"
    )
    return list(
        highlights.mark_lines(
            judged, document, highlights.asked_of(findings, make_rulebook({})), language
        )
    )


def test_only_the_wrong_run_is_marked() -> None:
    (line,) = shown(paragraph(ASKED, OTHER, SMALL), findings=(FONT,))
    assert line.spans == ((ASKED.text, ""), (OTHER.text, "wrong"), (SMALL.text, ""))
    assert line.told == ((1, "Calibri 12"),)


def test_each_mark_names_the_finding_it_belongs_to() -> None:
    (line,) = shown(paragraph(ASKED, OTHER, SMALL), findings=(FONT, SIZE))
    assert line.told == ((1, "Calibri 12"), (2, "Times New Roman 10,5"))
    (line,) = shown(paragraph(ASKED, SMALL), findings=(FONT, SIZE), language="en")
    assert line.told == ((2, "Times New Roman 10.5"),)


def test_a_size_the_fonts_finding_tells_along_is_marked_too() -> None:
    both = structs.replace(FONT, facts={"with": "N007"})
    (line,) = shown(paragraph(SMALL), findings=(both,))
    assert line.told == ((1, "Times New Roman 10,5"),)


def test_without_a_finding_nothing_is_marked() -> None:
    (line,) = shown(paragraph(ASKED, OTHER, SMALL, spacing=Spacing(value=1.5)), findings=())
    assert line.told == ()
    assert not line.wide
    assert {mark for _, mark in line.spans} == {""}


def test_spacing_is_the_whole_paragraphs() -> None:
    wide = paragraph(ASKED, spacing=Spacing(value=1.5))
    single = paragraph(ASKED, number=2)
    first, second = shown(wide, single, findings=(SPACING,))
    assert (first.wide, first.told, first.spans) == (True, ((1, "spasi 1,5"),), ((ASKED.text, ""),))
    assert not second.wide


def test_title_byline_and_captions_are_not_judged() -> None:
    for role in ("title", "byline", "caption", "label"):
        (line,) = shown(
            paragraph(OTHER, role=role, spacing=Spacing(value=2.0)), findings=(FONT, SPACING)
        )
        assert (line.told, line.wide) == ((), False)


def test_hidden_text_is_shown_as_hidden_and_never_as_wrong() -> None:
    secret = structs.replace(OTHER, hidden=True)
    (line,) = shown(paragraph(ASKED, secret), findings=(FONT,))
    assert line.spans == ((ASKED.text, ""), (secret.text, "hidden"))


def test_runs_of_one_kind_are_one_mark() -> None:
    (line,) = shown(paragraph(OTHER, structs.replace(OTHER, bold=True)), findings=(FONT,))
    assert line.spans == ((OTHER.text * 2, "wrong"),)


def test_photos_inside_the_document_stand_where_they_are() -> None:
    pictures = tuple(
        Picture(name=f"image{i}.png", kind="png", width=width, height=600, after=after)
        for i, (width, after) in enumerate(((800, 0), (800, 2), (40, 2)))
    )
    first, second = shown(
        paragraph(ASKED), paragraph(ASKED, number=2), findings=(), pictures=pictures
    )
    assert (first.pictures, second.pictures) == (1, 1)  # the one above all text; a logo is no photo


def test_pictures_of_another_document_stand_in_no_paragraph_of_the_article() -> None:
    pictures = tuple(
        Picture(name="image1.jpeg", kind="jpeg", width=1600, height=1200, after=1, document=name)
        for name in ("", "Foto Kegiatan.docx")
    )
    (line,) = shown(paragraph(ASKED), findings=(), pictures=pictures)
    assert line.pictures == 1


@pytest.mark.parametrize(
    ("subject", "where", "anchor"),
    [
        ("Warta.docx", "3|5", "p3"),
        ("Foto Kegiatan.docx", "3|5", ""),
        ("Warta.docx", "", ""),
        ("IMG_2041.jpg", "", "f1"),
    ],
)
def test_a_finding_leads_to_what_it_is_about_on_the_page(
    subject: str, where: str, anchor: str
) -> None:
    whole = submission(documents=(document(name="Warta.docx"),), photos=(photo(),))
    finding = Finding(
        code="F005",
        rule="photo-in-document",
        severity="must",
        subject=subject,
        facts={"where": where},
    )
    judged = Assessment(submission=whole, findings=(finding,), decision="revise")
    assert list(find_anchors(judged, (finding,))) == [anchor]
