"""What the article is: its title, byline, dateline, captions, and the body that is counted and
measured.

    paragraphs ─► lines ─► captions ─► covering letter ─► letterhead ─► byline ─► head and tail ─► dateline ─► roles of paragraphs

Whoever is not surely something else is body.
"""

from collections import deque
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from ingest.read.document.reading import Reading
from ingest.read.document.roles.author import find_byline, find_closing_byline
from ingest.read.document.roles.back_matter import label_tail
from ingest.read.document.roles.captions import find_captions, find_unread_lines
from ingest.read.document.roles.cover_letter import label_covering_letter
from ingest.read.document.roles.dateline import find_closing_place, find_opening_place
from ingest.read.document.roles.front_matter import find_head, find_title_above, label_letterhead
from ingest.read.document.roles.lines import lines_of
from ingest.read.document.roles.restored import restore_prose
from ingest.read.document.roles.role_map import Sheet
from ingest.read.document.typography import Part
from redaksi.model import Label, Paragraph, Person, Role, Run, Story, Unread
from redaksi.text.counting import is_visible

_ARTICLE: frozenset[Story] = frozenset(("body", "table"))
_BOXES: frozenset[Story] = frozenset(("textbox",))
_HEADERS: frozenset[Story] = frozenset(("header",))


class Article(Struct, frozen=True, kw_only=True):
    """A reading with its roles. `parts` are the body's visible characters, `aside` those of
    stories apart."""

    paragraphs: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    texts: tuple[str, ...]  # the body, paragraph by paragraph
    numbers: tuple[int, ...]  # of the paragraphs by index, 0 for those no one counts
    # by a paragraph's index: start, end and role of its visible lines
    spans: Mapping[int, Sequence[tuple[int, int, Role]]]
    title: str = ""
    byline: Person | None = None
    dateline: str = ""
    captions: tuple[Label, ...] = ()
    unread: tuple[Unread, ...] = ()  # lines that may be captions and are counted as article


def read_article(reading: Reading) -> Article:
    """Find every paragraph's role and number."""
    numbers = _numbers(reading.paragraphs)
    sheet = Sheet(lines_of(reading.paragraphs, reading.pictures, _ARTICLE))
    beside = Sheet(lines_of(reading.paragraphs, (), _BOXES))
    logo = any(line.pictures for line in sheet.lines[:1])
    captions = _find_captions(sheet, numbers)
    boxed = find_captions(beside, numbers)
    label_covering_letter(sheet)
    label_letterhead(sheet)
    byline = find_byline(sheet, beside)
    head = find_head(sheet, logo=logo)
    signer = label_tail(sheet)
    byline = byline or find_closing_byline(sheet) or signer
    captions, unread = restore_prose(sheet, captions, numbers)
    boxed, unread_boxed = restore_prose(beside, boxed, numbers)
    dateline = head.dateline or _dateline(sheet)
    above = Sheet(lines_of(reading.paragraphs, (), _HEADERS))
    title = head.title or find_title_above(sheet, above) or find_title_above(sheet, beside)
    roles = _roles(sheet) | _roles(beside) | _roles(above)
    continued = _find_continued(sheet)
    paragraphs, parts, texts = [], [], []
    for index, paragraph in enumerate(reading.paragraphs):
        spans = roles.get(index, ())
        role: Role = _role_of([role for _, _, role in spans])
        paragraphs.append(
            msgspec.structs.replace(
                paragraph, role=role, number=numbers[index], continued=index in continued
            )
        )
        if paragraph.story in _ARTICLE and role == "body" and spans:
            runs = _clipped(
                paragraph.runs, [(start, end) for start, end, one in spans if one == "body"]
            )
            parts.append(Part(numbers[index], runs, paragraph.spacing))
            texts.append("".join(run.text for run in runs))
    return Article(
        paragraphs=tuple(paragraphs),
        parts=tuple(parts),
        texts=tuple(texts),
        numbers=tuple(numbers),
        spans=roles,
        title=title,
        byline=byline,
        dateline=dateline,
        captions=(*captions, *boxed),
        unread=(
            *unread,
            *unread_boxed,
            *find_unread_lines(sheet, numbers),
            *find_unread_lines(beside, numbers),
        ),
    )


def _find_captions(sheet: Sheet, numbers: list[int]) -> list[Label]:
    """Captions are found by whole paragraphs: a caption too may be wrapped over two lines."""
    whole, blocks = sheet.joined()
    captions = find_captions(whole, numbers)
    for block, role in zip(blocks, whole.roles, strict=True):
        if role is not None:
            for i in block:
                sheet.give(i, role)
    return captions


def _numbers(paragraphs: Sequence[Paragraph]) -> list[int]:
    """1-based over paragraphs of body and table that show text; 0 for all others."""
    numbers, last = [], 0
    for paragraph in paragraphs:
        counts = paragraph.story in _ARTICLE and is_visible(paragraph.text)
        last += counts
        numbers.append(last if counts else 0)
    return numbers


# ── dateline ──────────────────────────────────────────────────────────────────────────────────────


def _dateline(sheet: Sheet) -> str:
    """In the first or the last line of the body."""
    body = [i for i in range(len(sheet.lines)) if sheet.is_free(i)]
    if not body:
        return ""
    opening = find_opening_place(sheet.text_of(body[0]))
    return opening or find_closing_place(sheet.lines[body[-1]].text) or _bracket_alone(sheet)


def _bracket_alone(sheet: Sheet) -> str:
    """ "[Kalbar]" on a line of its own between the body and what stands below."""
    for line in reversed(sheet.lines):
        if (
            line.text.startswith("[")
            and line.words <= 4
            and (place := find_opening_place(line.text))
        ):
            return place
    return ""


# ── roles of paragraphs ───────────────────────────────────────────────────────────────────────────


def _roles(sheet: Sheet) -> dict[int, list[tuple[int, int, Role]]]:
    """(start, end, role) of the visible lines, by paragraph."""
    spans: dict[int, list[tuple[int, int, Role]]] = {}
    for line, role in zip(sheet.lines, sheet.roles, strict=True):
        spans.setdefault(line.paragraph, []).append((line.start, line.end, role or "body"))
    return spans


def _find_continued(sheet: Sheet) -> frozenset[int]:
    """The paragraphs that are one with the paragraph above."""
    joined = zip(sheet.lines, sheet.lines[1:], sheet.starts, sheet.starts[1:], strict=False)
    return frozenset(
        line.paragraph
        for above, line, first, second in joined
        if first == second and above.paragraph != line.paragraph
    )


def _role_of(roles: list[Role]) -> Role:
    """A paragraph whose lines differ is body if any of them is, else what its first line is."""
    if not roles or "body" in roles:
        return "body"
    return next((role for role in roles if role != "label"), "label")


def _clipped(runs: Sequence[Run], spans: Sequence[tuple[int, int]]) -> tuple[Run, ...]:
    """The visible runs of a paragraph within `spans` of its visible text."""
    visible = [run for run in runs if not run.hidden]
    length = sum(len(run.text) for run in visible)
    if len(spans) == 1 and spans[0] == (0, length):
        return tuple(visible)
    clipped: list[Run] = []
    at = 0
    waiting = deque(spans)
    for run in visible:
        while waiting and waiting[0][0] < at + len(run.text):
            start, end = waiting[0]
            part = run.text[max(0, start - at) : max(0, end - at)]
            if part:
                clipped.append(msgspec.structs.replace(run, text=part))
            if end > at + len(run.text):
                break  # goes on in the next run
            waiting.popleft()
        at += len(run.text)
    return tuple(clipped)
