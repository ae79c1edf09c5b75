"""A file becomes a Document, whatever it is; nothing is raised for what a file holds."""

from pathlib import Path
from typing import Any

import pytest

from desk.demo import makers
from ingest.read.document.document import judge, read_document
from ingest.read.document.reading import Reading
from ingest.read.document.typography import Asked
from redaksi.limits import Safety
from redaksi.model import Document, Picture, Run
from redaksi.model import Paragraph as ReadParagraph
from tests.builders import article_text, docx, file, jpeg, paragraph

SAFETY = Safety()
PROSE = article_text(400)


def read(content: bytes, kind: str = "docx", **asked: object) -> Document:
    return read_document(file("Naskah.docx", content, kind), SAFETY, **asked)  # type: ignore[arg-type]


def judged(*paragraphs: ReadParagraph, pictures: tuple[Picture, ...] = ()) -> Document:
    return judge(
        file("n.docx", b"x", "docx"),
        Reading(kind="docx", paragraphs=paragraphs, pictures=pictures),
        Asked(),
    )


@pytest.mark.parametrize("characters", [600, 2500, 2501])
def test_the_title_byline_and_captions_do_not_count(characters: int) -> None:
    content = docx(
        article_text(characters),
        title="Warga Bangun Saluran",
        byline="Rahmawati, Askot",
        captions=["Foto 1. Warga bekerja bersama."],
    )
    assert read(content).characters == characters


def test_a_published_article_counts_as_the_redaksi_printed_it(corpus: Path) -> None:
    lines = (corpus / "warta" / "kotaku-kalbar.txt").read_text(encoding="utf-8").split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith("Koordinasi"))
    last = next(i for i, line in enumerate(lines) if line.startswith("Editor"))
    document = read(docx([lines[2], *lines[first : last + 1]]))
    assert document.characters == 4045
    assert 1 < document.pages < 2
    assert document.dateline == "Kalbar"
    assert document.title == lines[2]
    assert document.byline is not None
    assert document.byline.name == "Inayatullah"


def test_as_asked_nothing_is_wrong() -> None:
    document = read(docx(PROSE, title="Warga Bangun Saluran", byline="Rahmawati"))
    assert (document.share.font, document.share.size, document.share.spacing) == (1, 1, 1)
    assert not (document.font.found or document.size_fault.found or document.spacing.found)


def test_another_font_size_and_spacing_are_found_with_their_place() -> None:
    document = read(docx(PROSE, font="Calibri", size=11, line=1.5, title="Warga Bangun Saluran"))
    assert (document.share.font, document.share.size, document.share.spacing) == (0, 0, 0)
    assert document.font.found == (("Calibri 11", 1.0),)
    assert document.size_fault.found == ()  # the same run is not told twice
    assert document.spacing.found == (("1.5", 1.0),)
    assert document.font.places[0].paragraph == 2


def test_the_configured_typography_is_measured_against() -> None:
    content = docx(PROSE, font="Georgia", size=11, line=1.5)
    document = read(content, names=("Georgia",), points=11.0, lines=1.5)
    assert (document.share.font, document.share.size, document.share.spacing) == (1, 1, 1)


def test_title_byline_and_captions_are_not_judged() -> None:
    other: dict[str, Any] = {"font": "Arial", "size": 20.0, "line": 2.0}
    document = judged(
        paragraph("Warga Bangun Saluran Air", centered=True, **other),
        *(paragraph(text) for text in PROSE.split("\n")),
        paragraph("Penulis: Rahmawati", **other),
        paragraph("Keterangan foto:", **other),
        paragraph("1. Warga mengangkat batu.", **other),
    )
    assert (document.share.font, document.share.size, document.share.spacing) == (1, 1, 1)
    assert [each.role for each in document.paragraphs][-3:] == ["byline", "label", "caption"]


def test_hidden_text_neither_counts_nor_is_judged() -> None:
    hidden = Run(text="rahasia", font="Comic Sans MS", size=40, hidden=True)
    plain = paragraph(PROSE.split("\n")[0])
    document = judged(ReadParagraph(runs=(hidden, *plain.runs, hidden)))
    assert document.characters == judged(plain).characters
    assert document.share.font == 1


def test_boxes_and_notes_are_counted_aside() -> None:
    document = judged(
        paragraph(PROSE.split("\n")[0]),
        paragraph("Kotak isi", story="textbox", font="Arial"),
        paragraph("Catatan", story="note", font="Arial"),
        paragraph("Kop", story="header", font="Arial"),
    )
    assert document.characters_aside == {"textbox": 8, "note": 7}
    assert document.share.font == 1
    assert [each.number for each in document.paragraphs] == [1, 0, 0, 0]


def test_only_paragraphs_that_show_text_are_numbered() -> None:
    document = judged(
        paragraph("Satu"),
        paragraph(" \u00a0"),
        paragraph("Dua", story="table"),
        paragraph("\u200b"),
        paragraph("Tiga"),
    )
    assert [each.number for each in document.paragraphs] == [1, 0, 2, 0, 3]


def test_a_picture_stands_after_the_paragraph_an_editor_counts() -> None:
    pictures = tuple(Picture(name=f"{n}.png", kind="png", after=n) for n in (0, 1, 2, 3, 4))
    document = judged(
        paragraph("Satu"), paragraph(""), paragraph("Dua"), paragraph(""), pictures=pictures
    )
    assert [each.after for each in document.pictures] == [0, 1, 1, 2, 2]


def test_pictures_inside_are_listed() -> None:
    document = read(docx(PROSE, pictures=[jpeg(640, 480)]))
    assert [(each.kind, each.width, each.height) for each in document.pictures] == [
        ("jpeg", 640, 480)
    ]


@pytest.mark.parametrize(
    ("content", "kind", "hostile"),
    [
        (b"", "docx", False),
        (b"PK\x03\x04broken", "docx", False),
        (docx(PROSE)[:3000], "docx", False),
        (makers.pdf(), "pdf", False),
        (makers.locked(), "encrypted", False),
        (b"{\\rtf1 x}", "rtf", False),
        (b"<html>", "html", False),
        (b"\xffWPC", "wordperfect", False),
        (b"x", "odt", False),
        (b"x", "unknown", False),
        (makers.bomb(220 << 20), "docx", True),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, kind: str, hostile: bool) -> None:
    document = read(content, kind)
    assert not document.readable
    assert document.hostile is hostile
    assert document.refused
    assert "\n" not in str(document.refused)


def test_many_short_lines_are_read_in_one_pass() -> None:
    document = judged(*(paragraph(f"Baris {n}") for n in range(8000)))
    assert document.characters == sum(len(f"Baris{n}") for n in range(8000))
