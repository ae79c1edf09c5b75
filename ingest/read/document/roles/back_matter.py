"""What stands below the article: a sign-off with its signature, who the author is, editor,
contacts, hashtags."""

import re

from ingest.read.document.roles.byline import is_name, parse
from ingest.read.document.roles.contacts import is_contact
from ingest.read.document.roles.dateline import place_of
from ingest.read.document.roles.front_matter import is_field
from ingest.read.document.roles.lines import Line
from ingest.read.document.roles.role_map import Sheet
from redaksi.model import Person

_HASHTAGS = re.compile(r"#\w+(?:[\s,;]+#\w+)*")
_THE_END = re.compile(r"[\W_]*(?:selesai|tamat|habis|end|the\s+end)[\W_]*", re.IGNORECASE)
_INITIALS = re.compile(
    r"[(\[]\s*[A-Za-z]{2,8}(?:\s*[/,.&*-]\s*[A-Za-z]{2,12}){0,3}\s*\*{0,2}[)\]]\.?"
)
_SIGN_OFF = re.compile(
    r"[\W_]*(?:(?:hormat|salam)\s+(?:kami|saya)|(?:salam|wassalam\w*)(?:\s+(?:hangat|hormat|takzim|sejahtera|kotaku|redaksi))?"
    r"|wa?ssalamu\W?\s?al\w*\W?\w*(?:\s+w[.\w]*\s*w[.\w]*)?|(?:(?:sekian|demikian)\s*(?:,|dan|&)?\s*)?terima\s*kasih(?:\s+banyak)?"
    r"|sekian|mengetahui|menyetujui|disetujui(?:\s+oleh)?|diketahui(?:\s+oleh)?|yang\s+(?:membuat|melaporkan|menulis))"
    r"[\W_]*",
    re.IGNORECASE,
)
_COUNTERSIGNED = re.compile(r"[\W_]*(?:mengetahui|menyetujui|disetujui|diketahui)", re.IGNORECASE)
_ABOUT = re.compile(
    r"[\W_]*(?:sekilas\s+)?(?:tentang|profil|biodata|data|identitas|riwayat)(?:\s+(?:singkat|diri))?\s+penulis[\W_]*",
    re.IGNORECASE,
)
_AUTHOR_IS = re.compile(r"[\W_]*penulis\s+(?:adalah|merupakan|bekerja|bertugas)\b", re.IGNORECASE)
_MOST_ABOUT = 600  # characters of a note about the author
_MOST_SIGNATURE = 8  # words
_MOST_FIELDS = 6  # lines


def label_tail(sheet: Sheet) -> Person | None:
    """Give what stands below the article its role; who signed it, when somebody did."""
    _label_author_note(sheet)
    last = sheet.last_prose()
    below = range(last + 1, len(sheet.lines) if last >= 0 else 0)
    # a list of facts at the article's end is not the form it came in
    is_form = sum(is_field(sheet.lines[i].text) for i in below) <= _MOST_FIELDS
    signer: Person | None = None
    signing = countersigned = False
    for i in below:
        line = sheet.lines[i]
        if not sheet.is_free(i):
            continue
        if _SIGN_OFF.fullmatch(line.text):
            signing, countersigned = True, bool(_COUNTERSIGNED.match(line.text))
            sheet.give(i, "label")
        elif _is_beside(line) or (is_form and is_field(line.text)):
            sheet.give(i, "label")
        elif signing and _is_signature(line):
            signer = _sign(sheet, i, signer, countersigned=countersigned)
    return signer


def _sign(sheet: Sheet, at: int, signer: Person | None, *, countersigned: bool) -> Person | None:
    """Who signed, with the line at `at`: his name, his role right below it, or neither (who
    countersigns wrote nothing)."""
    line = sheet.lines[at]
    if countersigned:
        sheet.give(at, "label")
    elif signer is None and is_name(parse(line.text).name):
        sheet.give(at, "byline")
        return parse(line.text)
    elif signer is not None and not signer.role and sheet.roles[at - 1] == "byline":
        sheet.give(at, "byline")
        return Person(name=signer.name, role=line.text.strip(" ()*_.,"))
    else:
        sheet.give(at, "label")
    return signer


def _is_beside(line: Line) -> bool:
    """Ornaments, contacts, place and date, hashtags, initials in brackets."""
    return (
        not any(c.isalnum() for c in line.text)
        or is_contact(line.text)
        or any(each.fullmatch(line.text) is not None for each in (_HASHTAGS, _THE_END, _INITIALS))
        or place_of(line) is not None
    )


def _is_signature(line: Line) -> bool:
    """A name, an office or a number under "Hormat kami"; no sentence."""
    return line.words <= _MOST_SIGNATURE and not line.listed and line.text[-1] not in "!?:"


def _label_author_note(sheet: Sheet) -> None:
    """ "Tentang penulis" with all that stands below, and "Penulis adalah fasilitator …" as the last line."""
    free = [i for i in range(len(sheet.lines)) if sheet.is_free(i)]
    about = next((i for i in free if _ABOUT.fullmatch(sheet.lines[i].text)), None)
    if about is None and free and _AUTHOR_IS.match(sheet.lines[free[-1]].text):
        about = free[-1]
    if about is None:
        return
    weights = [sheet.lines[i].weight for i in free]
    below = sum(sheet.lines[i].weight for i in free if i >= about)
    if below <= _MOST_ABOUT and 3 * below <= sum(weights):
        for i in free:
            if i >= about:
                sheet.give(i, "label")
