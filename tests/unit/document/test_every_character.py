"""No character is lost: each that a document shows is in exactly one story and role, the article's
are counted, and all others are shown to an editor."""

from collections import Counter
from pathlib import Path

import pytest

from desk.presentation.highlights import asked_of, mark_lines
from ingest.read.document import doc, docx
from ingest.read.document.document import judge
from ingest.read.document.reading import Reading
from ingest.read.document.roles.article import read_article
from ingest.read.document.typography import Asked
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from redaksi.model import Assessment, Submission
from redaksi.text.counting import count
from tests.builders import file, paragraph
from validators.registry import make_rulebook

_ARTICLE = {"body", "table"}


def weigh(reading: Reading) -> Counter[str]:
    """Characters without spaces by role (body and tables) and by story (all others)."""
    article = read_article(reading)
    found: Counter[str] = Counter()
    for index, each in enumerate(article.paragraphs):
        if each.story in _ARTICLE:
            for start, end, role in article.spans.get(index, ()):
                found[role] += count(each.text[start:end])
        else:
            found[each.story] += count(each.text)
    assert found["body"] == sum(map(count, article.texts))
    return found


def show(reading: Reading) -> int:
    """Characters that the editor's page shows."""
    document = judge(file("n.docx", b"x", "docx"), reading, Asked())
    judged = Assessment(
        submission=Submission(documents=(document,)), findings=(), decision="review"
    )
    asked = asked_of((), make_rulebook({}))
    lines = mark_lines(judged, document, asked, "id")
    return sum(count(text) for line in lines for text, mark in line.spans if mark != "hidden")


def readings(corpus: Path) -> list[tuple[str, Reading]]:
    found = []
    for path in sorted((corpus / "word").rglob("*.do[ct]*")):
        content = path.read_bytes()
        read = docx.read if content[:2] == b"PK" else doc.read
        try:
            found.append((path.name, read(content, Safety())))
        except Unreadable:
            continue
    return found


def test_of_every_document_of_the_corpus_each_character_is_counted_or_shown(corpus: Path) -> None:
    every = readings(corpus)
    assert len(every) > 150
    for name, reading in every:
        shown = sum(count(each.text) for each in reading.paragraphs)
        assert sum(weigh(reading).values()) == shown, name
        assert show(reading) == shown, name


@pytest.mark.parametrize("story", ["body", "table", "textbox", "note", "header", "footer"])
def test_each_story_is_weighed_and_shown(story: str) -> None:
    lines = [
        "Warga Bangun Saluran\nOleh: Siti Rahmah",
        "Warga membangun saluran air bersama-sama pada hari Minggu.",
        "Foto 1: Warga mengangkat batu di tepi jalan.\n[Kalbar]",
        "sri@contoh.example",
        "\u200d \u00ad",
    ]
    reading = Reading(kind="docx", paragraphs=tuple(paragraph(text, story=story) for text in lines))
    assert sum(weigh(reading).values()) == show(reading) == sum(map(count, lines))
