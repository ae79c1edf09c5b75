"""What stands above the article: letterhead, fields of a form, title, place and date."""

import re

from msgspec import Struct

from ingest.read.document.roles.contacts import is_contact
from ingest.read.document.roles.dateline import place_of
from ingest.read.document.roles.letterhead import count_letterhead, count_offices, is_office
from ingest.read.document.roles.lines import Line
from ingest.read.document.roles.role_map import LONGEST_HEADLINE, Sheet, is_heading
from redaksi.text import clean

_TITLE_FIELD = re.compile(
    r"[\W_]*(?:usulan\s+)?(?:judul|title|headline)(?:\s+(?:berita|artikel|tulisan|naskah|warta))?\s*(?P<mark>[:：=])\s*(?P<text>.*)",
    re.IGNORECASE,
)
_TITLE_ALONE = re.compile(
    r"[\W_]*(?:judul|title)(?:\s+(?:berita|artikel|tulisan|naskah|warta))?[\W_]*", re.IGNORECASE
)
_KEYS = (
    r"editor|penyunting|redaktur|hari(?:\s*[/,&]\s*tanggal)?|tanggal(?:\s+\w+)?|tgl\.?|waktu|tempat|lokasi|kategori|rubrik"
    r"|tags?|kata\s+kunci|keywords?|no\.?\s*(?:hp|telp|telepon|wa)\.?|hp|telp\.?|telepon|wa|whatsapp|e-?mail|surel|kontak"
    r"|contact(?:\s+person)?|cp|narahubung|no\.?\s*rek(?:ening)?\.?|link|tautan|sumber|lampiran|lamp\.?|kepada|yth\.?|perihal|hal|nomor|no\.?|sifat|sub\s?judul|jumlah\s+\w+|foto(?:grafer)?|"
    r"dokumentasi|kelurahan|kecamatan|kota|kabupaten|kota/kab\w*|kab\w*/kota|provinsi|instansi|jabatan|alamat|catatan"
    r"|tembusan|dari|from|to|cc|subje(?:ct|k)|sent|dikirim|terkirim|keterangan|status|edisi|jenis\s+\w+|bentuk\s+\w+|nama\s+\w+|nama"
)
_FIELD = re.compile(rf"[\W_]*(?:{_KEYS})\s*[:：=]\s*.*", re.IGNORECASE)
_KEY_ALONE = re.compile(
    rf"[\W_]*(?:{_KEYS}|isi(?:\s+(?:berita|naskah|artikel|warta))?|naskah|berita|artikel|teks|uraian)\s*[:：=]?\s*",
    re.IGNORECASE,
)
_BODY_KEY = re.compile(
    r"[\W_]*(?:isi(?:\s+(?:berita|naskah|artikel|warta|tulisan))?|naskah(?:\s+berita)?|uraian|artikel|berita|teks)\s*[:：]?[\W_]*",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"[\W_]*(?:(?:naskah|draf|draft|kiriman|tulisan|contoh)\s+)?(?:siaran\s+pers|press\s+release|rilis(?:\s+(?:pers|berita))?|berita|warta"
    r"|artikel|feature|naskah|opini|cerita|kabar)(?:\s+(?:kotaku|kegiatan|berita|foto|warta|singkat))?[\W_]*",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:oleh|penulis|by)\b.{3,40}$", re.IGNORECASE)
_MOST_ABOVE = 400  # characters of the lines above a title
_MOST_BELOW = 4  # lines of a subtitle
_MOST_PLAIN_WORDS, _MOST_TITLE_LINES, _LEAST_HEADER_WORDS = 22, 4, 3


class Head(Struct, frozen=True, kw_only=True):
    """What was found around the article."""

    title: str = ""
    dateline: str = ""


def find_head(sheet: Sheet, *, logo: bool) -> Head:
    """Give title, labels and letterhead their roles. `logo`: a picture stands at the very top."""
    first = sheet.first_prose()
    head = [i for i in range(first) if sheet.is_free(i)]
    dateline = _label_fields(sheet, head)
    title = _named_title(sheet, head, first)
    if title is None:
        candidates = [i for i in head if sheet.is_free(i)]
        candidates = _without_offices(sheet, candidates, logo=logo)
        title = _title(sheet, candidates, first)
    _label_subtitle(sheet, head)
    return Head(title=clean.line(title, 300), dateline=dateline)


def find_title_above(sheet: Sheet, above: Sheet) -> str:
    """The title out of the page's header, or of text boxes above the text (`above`), when the
    article begins with its text: the one line, or two, set apart below a letterhead. "" when none
    is there."""
    free = next((i for i in range(len(sheet.lines)) if sheet.is_free(i)), -1)
    if free < 0 or not sheet.is_prose(free):
        return ""
    lines = above.lines
    top = sheet.lines[free].paragraph
    shown = [
        i
        for i in range(len(lines))
        if above.is_free(i) and (lines[i].story == "header" or lines[i].paragraph < top)
    ]
    count = count_letterhead([lines[i] for i in shown], below=True)
    left = [i for i in shown[count:] if lines[i].has_letter and not _is_other(lines[i])]
    usual = sheet.lines[free].size
    if not 0 < len(left) <= 2 or lines[left[0]].words < _LEAST_HEADER_WORDS:
        return ""
    if not all(_is_plain_title(lines[i]) and _is_apart(lines[i], usual) for i in left):
        return ""
    for i in left:
        above.give(i, "title")
    return clean.line(" ".join(lines[i].text for i in left), 300)


def _is_other(line: Line) -> bool:
    return is_contact(line.text) or place_of(line) is not None or is_office(line)


def label_letterhead(sheet: Sheet) -> None:
    """The block at the very top with an office's address, before a name in it can be anything
    else."""
    head = [i for i in range(sheet.first_prose()) if sheet.is_free(i)]
    if not head or head[0] > 0:
        return
    end = next((at for at, i in enumerate(head) if is_heading(sheet.lines[i])), len(head))
    count = count_letterhead([sheet.lines[i] for i in head[:end]], below=end < len(head))
    _label_rest(sheet, head[:count])


def _label_subtitle(sheet: Sheet, head: list[int]) -> None:
    """Up to three lines right under the title: those of its own paragraph, and those in another
    font or size than the text, a subtitle or a name."""
    below = next((i + 1 for i in reversed(head) if sheet.roles[i] == "title"), 0)
    for i in range(below, below + 3 if below else 0):
        if i not in head or not sheet.is_free(i):
            return
        line, above = sheet.lines[i], sheet.lines[i - 1]
        joined = line.paragraph == above.paragraph and not line.blank
        alike = (line.font, line.size) == (sheet.usual_font, sheet.usual_size)
        if (alike and not joined) or line.words > LONGEST_HEADLINE:
            return
        sheet.give(i, "title")


def _label_fields(sheet: Sheet, head: list[int]) -> str:
    """Fields of a form, kinds of text, place-and-date lines; the place of the last if it is
    told."""
    dateline = ""
    for at, i in enumerate(head):
        line = sheet.lines[i]
        if not sheet.is_free(i):
            continue
        if not any(c.isalnum() for c in line.text) or is_contact(line.text):
            sheet.give(i, "label")
        elif found := place_of(line):
            dateline = dateline or found[0]
            sheet.give(i, "label")
        elif is_heading(line) or _TITLE_FIELD.fullmatch(line.text):
            continue
        elif _is_field(line, last=at + 1 == len(head) and not any(map(sheet.is_free, head[:at]))):
            sheet.give(i, "label")
        elif line.story == "table" and _KEY_ALONE.fullmatch(line.text):
            _label_cells(sheet, i)
    return dateline


def is_field(text: str) -> bool:
    """ "Tanggal: …", "Editor: …"."""
    return _FIELD.fullmatch(text) is not None


def _is_field(line: Line, *, last: bool) -> bool:
    """ "Tanggal: …", "SIARAN PERS" above something else, "Isi berita:"."""
    if is_field(line.text) or (_KIND.fullmatch(line.text) and not last):
        return True
    return bool(_BODY_KEY.fullmatch(line.text)) and (
        line.story == "table" or line.text.endswith(":")
    )


def _label_cells(sheet: Sheet, index: int) -> None:
    """A form in a table: the cell with the key and the short cell behind it."""
    sheet.give(index, "label")
    after = index + 1
    if sheet.is_free(after) and sheet.lines[after].text in {":", "="}:
        sheet.give(after, "label")
        after += 1
    if sheet.is_free(after) and sheet.lines[after].story == "table" and not sheet.is_prose(after):
        sheet.give(after, "label")


def _named_title(sheet: Sheet, head: list[int], first: int) -> str | None:
    """The title that says it is one: "Judul: …", or a line under "Judul", or the style of a
    title; None when nothing says so."""
    for i in head:
        line = sheet.lines[i]
        field = _TITLE_FIELD.fullmatch(line.text)
        if field and field["text"].strip(' :"“”'):
            sheet.give(i, "title")
            return field["text"].strip(" :")
        is_key = field or (_TITLE_ALONE.fullmatch(line.text) and not is_heading(line))
        title = _title_below(sheet, i, first) if is_key else None
        if title is not None:
            return title
    return _styled_title(sheet, head) if first < len(sheet.lines) else None


def _title_below(sheet: Sheet, key: int, first: int) -> str | None:
    """The short line under "Judul", in a form behind a colon of its own; None when none is there."""
    below = key + 1
    if below < first and sheet.lines[below].text in {":", "="}:
        sheet.give(below, "label")
        below += 1
    if not sheet.is_free(below) or sheet.lines[below].words > LONGEST_HEADLINE:
        return None
    sheet.give(key, "label")
    sheet.give(below, "title")
    return sheet.lines[below].text.lstrip(": ")


def _styled_title(sheet: Sheet, head: list[int]) -> str | None:
    """What is in the style of a title, else of a heading; what stands above it is labels."""
    styled = [i for i in head if sheet.is_free(i) and is_heading(sheet.lines[i])]
    if not styled:
        return None
    named = [i for i in styled if sheet.lines[i].style in {"title", "judul"}] or styled
    group = _same_look(sheet, named, styled)
    above = [i for i in head if sheet.is_free(i) and i < group[0] and i not in styled]
    if _is_text(sheet, above):
        return None
    for i in styled:
        sheet.give(i, "title")
    _label_rest(sheet, above)
    return " ".join(sheet.lines[i].text for i in group)


def _same_look(sheet: Sheet, candidates: list[int], allowed: list[int]) -> list[int]:
    """The first candidate and the lines right below that are set like it: a title over several
    lines."""
    group = [candidates[0]]
    while len(group) < _MOST_TITLE_LINES:
        below = group[-1] + 1
        if below not in allowed or not _goes_on(sheet.lines[below - 1], sheet.lines[below]):
            break
        group.append(below)
    return group


def _goes_on(line: Line, below: Line) -> bool:
    """Whether a title goes on in the line below: set alike, and neither ends with a mark nor
    stands under a picture."""
    if line.style != below.style or line.story != below.story or not line.is_set_like(below):
        return False
    return not line.text.endswith((".", "!", "?", ":")) and not below.pictures


def _without_offices(sheet: Sheet, candidates: list[int], *, logo: bool) -> list[int]:
    """What stands under the names of offices in capitals, or under a logo or in a table."""
    lines = [sheet.lines[i] for i in candidates]
    easy = logo or (bool(lines) and lines[0].story == "table")
    end = count_offices(lines, easy=easy)
    _label_rest(sheet, candidates[:end])
    return candidates[end:]


def _label_rest(sheet: Sheet, indices: list[int]) -> None:
    for i in indices:
        sheet.give(i, "label")


def _title(sheet: Sheet, candidates: list[int], first: int) -> str:
    """The first line set apart from the text; else a plain short line right above it that ends
    no sentence; else the first in another font."""
    if first >= len(sheet.lines):
        return ""  # nothing but short lines: which of them is a title cannot be told
    text = sheet.lines[first]
    short = [i for i in candidates if sheet.lines[i].words <= LONGEST_HEADLINE]
    apart = [i for i in short if _is_apart(sheet.lines[i], text.size)]
    if apart and not (
        _is_subheading(sheet, short[0], apart[0], first)
        or _is_text(sheet, [i for i in candidates if i < apart[0]])
    ):
        return _title_apart(sheet, short, apart, text.size)
    if 0 < len(short) <= 3 and _is_plain_title(sheet.lines[short[0]]):
        return _give_title(sheet, short[0])
    other = next((i for i in short if sheet.lines[i].font != text.font), None)
    if other is None or not sheet.lines[other].has_letter:
        return ""
    return _give_title(sheet, other)


def _is_text(sheet: Sheet, above: list[int]) -> bool:
    """Whether so much stands above what is set apart that it heads a part of the text, however
    short the lines are."""
    return sum(sheet.lines[i].weight for i in above) > _MOST_ABOVE


def _is_subheading(sheet: Sheet, top: int, apart: int, first: int) -> bool:
    """Whether what is set apart stands under a plain title and heads a part of the text, as
    others do further down."""
    if top == apart or not _is_plain_title(sheet.lines[top]) or sheet.lines[top].words < 3:
        return False
    like = sheet.lines[apart]
    below = range(first + 1, len(sheet.lines))
    return any(sheet.lines[i].is_set_like(like) and not sheet.is_prose(i) for i in below)


def _title_apart(sheet: Sheet, short: list[int], apart: list[int], usual: float) -> str:
    """The first lines set apart; what stands above them is labels, what is centred or large
    below them is title too."""
    group = _same_look(sheet, apart, apart)
    _label_rest(sheet, [i for i in short if i < group[0]])
    below = [i for i in short if i > group[-1]]
    large = [i for i in below if sheet.lines[i].centered or sheet.lines[i].size > usual]
    for i in (*group, *large[:_MOST_BELOW]):
        sheet.give(i, "title")
    return " ".join(sheet.lines[i].text for i in group)


def _give_title(sheet: Sheet, index: int) -> str:
    """The line, and those it goes on in: wrapped, or begun in small letters right below."""
    block = sheet.paragraph_of(index)
    below = block[-1] + 1
    text = sheet.text_of(index)
    if sheet.is_free(below) and not sheet.is_prose(below):
        line = sheet.lines[below]
        is_other = line.blank or is_contact(line.text) or _BY.match(line.text)
        goes_on = line.text[0].islower() and not is_other
        if goes_on and line.words <= _MOST_PLAIN_WORDS:
            block, text = [*block, below], f"{text} {line.text}"
    for i in block:
        sheet.give(i, "title")
    return text


def _is_apart(line: Line, usual: float) -> bool:
    set_apart = line.bold or line.centered or line.capitals or line.size > usual > 0
    return set_apart and line.has_letter


def _is_plain_title(line: Line) -> bool:
    opening = line.text.lstrip("\"“‘'(")[:1]
    ending = line.text.rstrip("\"”’')")[-1:]
    return (
        2 <= line.words <= _MOST_PLAIN_WORDS
        and not line.listed
        and ending not in ".;:,"
        and (opening.isupper() or opening.isdigit())
    )
