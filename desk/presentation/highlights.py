"""The article as the pages show it: which stretches are not as asked, and which finding says so.
Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from ingest.read.document.typography import is_single, make_matcher
from publisher.site.pages import Line, Mark
from redaksi import catalog
from redaksi.model import Assessment, Document, Finding, Language, Paragraph, Run
from redaksi.text import locale
from redaksi.text.counting import is_visible
from validators.registry import Rulebook
from validators.seen import find_pictures_inside

_BESIDE = frozenset({"textbox", "note", "header", "footer"})
_HALF_STEP = 0.05  # points


class Asked(Struct, frozen=True, kw_only=True):
    """What the redaksi asks for, and the page's index of the finding that says it is not so (0:
    no such finding)."""

    is_font: Callable[[str], bool]
    points: float
    lines: float
    font: int
    size: int
    spacing: int


def asked_of(findings: tuple[Finding, ...], book: Rulebook) -> Asked:
    """From the findings in the page's order. A size fault that the font's finding tells along is
    the font's."""
    at = {finding.rule: index for index, finding in enumerate(findings, 1)}
    lent = {finding.facts.get("with", ""): index for index, finding in enumerate(findings, 1)}
    limits: Mapping[str, Any] = {entry.rule.section: entry.limits for entry in book.entries}
    return Asked(
        is_font=make_matcher(limits["font"].names),
        points=limits["size"].points,
        lines=limits["spacing"].lines,
        font=at.get("font", 0),
        size=at.get("size", 0) or lent.get("N007", 0),
        spacing=at.get("spacing", 0),
    )


def mark_lines(
    judged: Assessment, document: Document, asked: Asked, language: Language
) -> Iterator[Line]:
    """Every paragraph that shows text: those people count, and what stands beside the article."""
    inside = find_pictures_inside(judged.submission)
    pictures = Counter(picture.after for picture in inside if not picture.document)
    first = next((p.number for p in document.paragraphs if p.number), 0)
    for paragraph in document.paragraphs:
        if paragraph.number:
            above = pictures[0] if paragraph.number == first else 0
            yield _line(paragraph, asked, pictures[paragraph.number] + above, language)
        elif paragraph.story in _BESIDE and is_visible(paragraph.text):
            yield _beside(paragraph)


def _beside(paragraph: Paragraph) -> Line:
    """Text in a box, note, header or footer: shown, never judged."""
    return Line(number=0, role=paragraph.role, spans=((paragraph.text, ""),), story=paragraph.story)


def _line(paragraph: Paragraph, asked: Asked, pictures: int, language: Language) -> Line:
    body = paragraph.role == "body"
    spans: list[tuple[str, Mark]] = []
    told: dict[tuple[int, str], None] = {}
    for run in paragraph.runs:
        mark: Mark = "hidden" if run.hidden else ""
        if body and not run.hidden and run.text.strip() and (fault := _fault(run, asked)):
            mark = "wrong"
            told[fault, _named(run, language)] = None
        if spans and spans[-1][1] == mark:
            spans[-1] = (spans[-1][0] + run.text, mark)
        elif run.text:
            spans.append((run.text, mark))
    visible = tuple(run for run in paragraph.runs if run.text.strip() and not run.hidden)
    wide = bool(body and asked.spacing and not is_single(paragraph.spacing, visible, asked.lines))
    if wide:
        spacing = _spaced(paragraph, language)
        words = catalog.load(language).say("highlight", "spacing", spacing=spacing)
        told[asked.spacing, words] = None
    return Line(
        number=paragraph.number,
        role=paragraph.role,
        spans=tuple(spans),
        told=tuple(told),
        wide=wide,
        pictures=pictures,
    )


def _fault(run: Run, asked: Asked) -> int:
    """Index of the finding this run is part of; 0 when it is as asked, or nothing was found."""
    if asked.font and not asked.is_font(run.font):
        return asked.font
    if asked.size and run.size > 0 and abs(run.size - asked.points) >= _HALF_STEP:
        return asked.size
    return 0


def _named(run: Run, language: Language) -> str:
    return f"{run.font} {_number(run.size, language)}" if run.size > 0 else run.font


def _spaced(paragraph: Paragraph, language: Language) -> str:
    spacing = paragraph.spacing
    if spacing.rule == "auto":
        return _number(round(spacing.value, 2), language)
    return f"{'≥ ' if spacing.rule == 'atLeast' else ''}{_number(spacing.value, language)} pt"


def _number(value: float, language: Language) -> str:
    return locale.format_decimal(f"{value:g}", language)
