"""Who wrote the article: lines with a key, a name over a task, a name in brackets at the end."""

import re

from ingest.read.document.roles.byline import (
    is_name,
    parse,
    parse_bracketed,
    parse_keyed,
    parse_lone_key,
    parse_unmarked,
)
from ingest.read.document.roles.lines import Line
from ingest.read.document.roles.role_map import Sheet
from redaksi.model import Person

_ROLE_WORDS = (
    "fasilitator", "faskel", "koordinator", "askot", "korkot", "tim", "program", "prof", "tenaga ahli", "staf", "dinas",
    "osp", "oc", "bkm", "lkm", "ksm", "kmw", "kmp", "kelurahan", "kecamatan", "provinsi", "kabupaten", "kota", "humas",
    "universitas", "relawan", "mahasiswa", "ketua", "sekretaris", "anggota", "lurah", "camat", "komunikasi",
    "konsultan",
    "pendamping", "kontributor", "asisten", "senior", "kotaku", "pokja", "balai", "satker", "ppk", "spesialis",
    "penyuluh",
)  # fmt: skip


_NAME_FIELD = re.compile(r"[\W_]*nama(?:\s+lengkap)?\s*[:=]\s*(?P<name>.{3,80})", re.IGNORECASE)
_TASK_FIELD = re.compile(
    r"[\W_]*(?:jabatan|posisi|tugas|instansi|lembaga|asal(?:\s+\w+)?|unit(?:\s+kerja)?)\s*[:=]\s*(?P<task>.{2,120})",
    re.IGNORECASE,
)


def find_byline(sheet: Sheet, beside: Sheet) -> Person | None:
    """The byline of the article, or of a text box, or a line that is a name with its task."""
    keyed = _keyed_byline(sheet) or _keyed_byline(beside)
    return keyed or _field_byline(sheet) or _named_byline(sheet)


def _keyed_byline(sheet: Sheet) -> Person | None:
    """The first line that says who wrote; all such lines get the role."""
    found: Person | None = None
    edges = (sheet.first_prose(), sheet.last_prose())
    for index, line in enumerate(sheet.lines):
        if not sheet.is_free(index) or line.words > 25:
            continue
        value = parse_keyed(line.text)
        if value is None and (index <= edges[0] or index > edges[1]):  # above or below the text
            below = index > edges[1]
            is_alone = _key_alone(line, below=below)
            value = "" if is_alone else parse_unmarked(line.text, below=below)
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


def _field_byline(sheet: Sheet) -> Person | None:
    """ "Nama: Sri Wahyuni" over "Jabatan: Fasilitator Sosial", above or below the text."""
    first, last = sheet.first_prose(), sheet.last_prose()
    for i, line in enumerate(sheet.lines):
        if first <= i <= last or not sheet.is_free(i) or line.words > 14:
            continue
        named = _NAME_FIELD.fullmatch(line.text)
        person = parse(named["name"]) if named else Person()
        if not is_name(person.name) or len(person.name) < 3:
            continue
        sheet.give(i, "byline")
        below = sheet.lines[i + 1].text if sheet.is_free(i + 1) else ""
        task = _TASK_FIELD.fullmatch(below[:140])
        if task is None or person.role:
            return person
        sheet.give(i + 1, "byline")
        return Person(name=person.name, role=task["task"].strip(" ."))
    return None


def _named_byline(sheet: Sheet) -> Person | None:
    """A line under the title, or the last one, that is nothing but a name and what its bearer
    does: "Sri Wahyuni, Fasilitator Sosial Tim 04"."""
    free = [i for i in range(len(sheet.lines)) if sheet.is_free(i)]
    first, last = sheet.first_prose(), sheet.last_prose()
    below = [i for i in free if i > last >= 0]
    tail = below[:1] if len(below) == 2 else []  # nothing else: who countersigns wrote nothing
    for i in [i for i in free[1:] if i + 1 < first] + tail:
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


def find_closing_byline(sheet: Sheet) -> Person | None:
    """A name in brackets as the very last line of the article: "(Sri Wahyuni/Humas)"."""
    free = [i for i in range(len(sheet.lines)) if sheet.is_free(i)]
    if not free or free[-1] <= sheet.last_prose() or sheet.last_prose() < 0:
        return None
    value = parse_bracketed(sheet.lines[free[-1]].text)
    if value is None:
        return None
    sheet.give(free[-1], "byline")
    return parse(value)
