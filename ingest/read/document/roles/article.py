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
from ingest.read.document.roles.back_matter import label_tail
from ingest.read.document.roles.byline import (
    is_name,
    parse,
    parse_bracketed,
    parse_keyed,
    parse_lone_key,
    parse_unmarked,
)
from ingest.read.document.roles.captions import find_captions
from ingest.read.document.roles.cover_letter import label_covering_letter
from ingest.read.document.roles.dateline import find_closing_place, find_opening_place
from ingest.read.document.roles.front_matter import find_head, find_title_above, label_letterhead
from ingest.read.document.roles.lines import Line, lines_of
from ingest.read.document.roles.restored import restore_prose
from ingest.read.document.roles.role_map import Sheet
from ingest.read.document.typography import Part
from redaksi.model import Label, Paragraph, Person, Role, Run, Story, Unread
from redaksi.text.counting import is_visible

_ARTICLE: frozenset[Story] = frozenset(("body", "table"))
_BOXES: frozenset[Story] = frozenset(("textbox",))
_HEADERS: frozenset[Story] = frozenset(("header",))
_ROLE_WORDS = (
    "fasilitator", "faskel", "koordinator", "askot", "korkot", "tim", "program", "prof", "tenaga ahli", "staf", "dinas",
    "osp", "oc", "bkm", "lkm", "ksm", "kmw", "kmp", "kelurahan", "kecamatan", "provinsi", "kabupaten", "kota", "humas",
    "universitas", "relawan", "mahasiswa", "ketua", "sekretaris", "anggota", "lurah", "camat", "komunikasi",
    "konsultan",
    "pendamping", "kontributor", "asisten", "senior", "kotaku", "pokja", "balai", "satker", "ppk", "spesialis",
    "penyuluh",
)  # fmt: skip


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
    byline = _byline(sheet) or _byline(beside) or _named_byline(sheet)
    head = find_head(sheet, logo=logo)
    signer = label_tail(sheet)
    byline = byline or _closing_byline(sheet) or signer
    captions, unread = restore_prose(sheet, captions, numbers)
    boxed, unread_boxed = restore_prose(beside, boxed, numbers)
    dateline = head.dateline or _dateline(sheet)
    above = Sheet(lines_of(reading.paragraphs, (), _HEADERS))
    title = head.title or find_title_above(sheet, above) or find_title_above(sheet, beside)
    roles = _roles(sheet) | _roles(beside) | _roles(above)
    paragraphs, parts, texts = [], [], []
    for index, paragraph in enumerate(reading.paragraphs):
        spans = roles.get(index, ())
        role: Role = _role_of([role for _, _, role in spans])
        paragraphs.append(msgspec.structs.replace(paragraph, role=role, number=numbers[index]))
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
        unread=(*unread, *unread_boxed),
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


# ── byline ────────────────────────────────────────────────────────────────────────────────────────


def _byline(sheet: Sheet) -> Person | None:
    """The first line that says who wrote; all such lines get the role."""
    found: Person | None = None
    edges = (sheet.first_prose(), sheet.last_prose())
    for index, line in enumerate(sheet.lines):
        if not sheet.is_free(index) or line.words > 25:
            continue
        value = parse_keyed(line.text)
        if value is None and (index <= edges[0] or index > edges[1]):  # above or below the text
            value = "" if _key_alone(line, below=index > edges[1]) else parse_unmarked(line.text)
        if value is None:
            continue
        sheet.give(index, "byline")
        last = index
        if not any(c.isalpha() for c in value):
            last = _next_line(sheet, index)
            value = sheet.lines[last].text.lstrip(":( ") if last > index else ""
        person = parse(value)
        if not person.name:
            continue
        person = _with_following(sheet, last, person, below=last > edges[1] >= 0)
        found = found or person
    return found


def _key_alone(line: Line, *, below: bool) -> bool:
    """ "Penulis" without a colon: a cell of a form, or a signature at the end."""
    mark = parse_lone_key(line.text)
    if mark is None or line.text.casefold() in {"oleh", "by", "teks"}:
        return False
    return bool(mark) or line.story == "table" or below


def _next_line(sheet: Sheet, index: int) -> int:
    """The line that holds a byline's name when its key stands alone; `index` when there is none."""
    after = index + 1
    if sheet.is_free(after) and not any(c.isalnum() for c in sheet.lines[after].text):
        sheet.give(after, "label")  # the colon's cell
        after += 1
    if not sheet.is_free(after):
        return index
    line = sheet.lines[after]
    if line.words > 14 or not is_name(parse(line.text.lstrip(":( ")).name):
        return index
    sheet.give(after, "byline")
    return after


def _with_following(sheet: Sheet, index: int, person: Person, *, below: bool) -> Person:
    """The role may go on below: "Penulis: Inayatullah, Sub-Prof Komunikasi" / "Program Kotaku
    Provinsi …"."""
    role = person.role
    for after in (index + 1, index + 2):
        if not sheet.is_free(after) or sheet.is_wrapped(after):
            break
        if not _is_role(sheet.lines[after], sheet.lines[index], below=below):
            break
        sheet.give(after, "byline")
        text = sheet.lines[after].text.strip(" ()*_.,")
        role = f"{role.rstrip(',')}, {text}" if role else text
    return Person(name=person.name, role=role)


def _is_role(line: Line, byline: Line, *, below: bool) -> bool:
    """A short line without a sentence; where more than the byline may stand, it must name an
    office or a task."""
    if not _may_be_role(line) or _is_other_heading(line, byline):
        return False
    words = line.text.casefold().replace("-", " ").replace("/", " ").split()
    named = any(word in words for word in _ROLE_WORDS)
    if below and not line.blank:
        return named or line.text[:1].isupper()
    if line.text.startswith("(") and line.text.endswith(")"):
        return not line.blank
    return named and not line.bold and not line.capitals


def _may_be_role(line: Line) -> bool:
    """Short, and no sentence, item, key, dateline, address or telephone number."""
    text = line.text
    if line.words > 12 or line.weight > 90 or line.listed or line.pictures:
        return False
    if text.endswith((":", "!", "?")) or (text.endswith(".") and line.words > 6):
        return False
    if ":" in text or "@" in text or text.startswith("[") or parse_keyed(text) is not None:
        return False
    return sum(c.isdigit() for c in text) < 6


def _is_other_heading(line: Line, byline: Line) -> bool:
    return line.style != byline.style and line.style.startswith(("heading", "judul", "title"))


def _named_byline(sheet: Sheet) -> Person | None:
    """A line under the title, or the last one, that is nothing but a name and what its bearer
    does: "Sri Wahyuni, Fasilitator Sosial Tim 04"."""
    free = [i for i in range(len(sheet.lines)) if sheet.is_free(i)]
    first, last = sheet.first_prose(), sheet.last_prose()
    for i in [i for i in free[1:] if i + 1 < first]:
        if _is_bare_name(sheet.lines[i]) and _is_office_of(sheet, i + 1):
            sheet.give(i, "byline")
            sheet.give(i + 1, "byline")
            return Person(name=sheet.lines[i].text, role=sheet.lines[i + 1].text.strip(" ()"))
    for i in [i for i in free[1:] if i < first] + [i for i in free[-1:] if i > last >= 0]:
        line = sheet.lines[i]
        person = parse(line.text)
        opening = person.role.casefold().split()[:1]
        if (
            line.words > 14
            or line.capitals
            or line.listed
            or not opening
            or opening[0] not in _ROLE_WORDS
        ):
            continue
        if is_name(person.name) and len(person.name.split()) >= 2 and line.text[-1] not in ".!?:":
            sheet.give(i, "byline")
            return person
    return None


def _is_bare_name(line: Line) -> bool:
    """Two to four words that can be nothing but a name."""
    words = line.text.split()
    if not 2 <= len(words) <= 4 or line.capitals or line.listed or line.bold:
        return False
    is_task = any(word.casefold().strip(",.") in _ROLE_WORDS for word in words)
    return is_name(line.text) and not is_task


def _is_office_of(sheet: Sheet, index: int) -> bool:
    """What the bearer of the name above does: begins with a task or an office."""
    if not sheet.is_free(index):
        return False
    line = sheet.lines[index]
    opening = line.text.strip("( ").casefold().split()[:1]
    plain = not (line.bold or line.capitals or line.listed)
    return plain and line.words <= 10 and bool(opening) and opening[0] in _ROLE_WORDS


def _closing_byline(sheet: Sheet) -> Person | None:
    """A name in brackets as the very last line of the article: "(Sri Wahyuni/Humas)"."""
    free = [i for i in range(len(sheet.lines)) if sheet.is_free(i)]
    if not free or free[-1] <= sheet.last_prose() or sheet.last_prose() < 0:
        return None
    value = parse_bracketed(sheet.lines[free[-1]].text)
    if value is None:
        return None
    sheet.give(free[-1], "byline")
    return parse(value)


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
