"""Place and date: on a line of their own, before the first words, behind the last."""

import re

from ingest.read.document.roles.lines import Line
from redaksi.text import clean
from redaksi.text.places import find_province

_MONTHS = (
    r"(?:jan\w*|feb\w*|mar\w*|apr\w*|mei|may|jun\w*|jul\w*|agu\w*|ags\w*|aug\w*|sep\w*|okt\w*|oct\w*|nov\w*|nop\w*|des\w*"
    r"|dec\w*)"
)
_DATE = rf"(?:\d{{1,2}}\s*[-–]\s*)?\d{{1,2}}(?:\s+{_MONTHS}\.?(?:\s+\d{{4}})?|[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?)"
_DAY = r"(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\s*[,/]?\s*)"
_DATE_LINE = re.compile(
    rf"[\W_]*(?:(?P<place>[A-Z][\w.'’ /-]{{1,40}}?)\s*[,:]?\s*)?[(]?{_DAY}?{_DATE}[)]?[\W_]*",
    re.IGNORECASE,
)
_PLACE_LINE = re.compile(r"[\[(]\s*(?P<place>[A-Z][\w.'’, /-]{1,40}?)\s*[\])][\s.,–—-]*")
_PLACE = r"[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,3}"
_DASHED = re.compile(rf"(?P<place>{_PLACE})\s*[–—-]{{1,2}}\s*")
_WHEN = rf"\s*,?\s*[(\[]?(?i:{_DAY}?{_DATE})[)\]]?\s*[–—:-]{{1,2}}"
_OPENING = re.compile(
    r"[\[(]\s*(?P<bracket>[A-Z][\w.'’ /-]{1,40}?(?:,\s*[^\])]{1,30})?)\s*[\])]\s*[–—:.,-]*"
    rf"|(?P<place>{_PLACE})(?:,\s*{_PLACE})?(?:{_WHEN}|\s+[–—-]{{1,2}}|[–—])\s*(?=[\"“‘'(]?[A-Z])"
)
_CLOSING = re.compile(r"[\[(]\s*(?P<place>[A-Z][\w.'’ /-]{1,40}?)\s*[\])][\s.*]*$")


def _is_place_alone(line: Line) -> tuple[str] | None:
    """A province, or a place in front of a dash: "Kalimantan Barat", "PONTIANAK –"."""
    dashed = _DASHED.fullmatch(line.text)
    if dashed is not None:
        return (clean.line(dashed["place"]),)
    is_plain = line.words <= 4 and not line.bold and line.text[0] not in "[("
    is_province = is_plain and find_province(line.text) is not None
    return (line.text.strip(" .,"),) if is_province else None


def place_of(line: Line) -> tuple[str] | None:
    """("Pontianak",) for "Pontianak, 12 November 2026" and "[Kalbar]", ("",) for a date alone,
    None for other lines."""
    if line.words > 8:
        return None
    if alone := _is_place_alone(line):
        return alone
    if bracketed := _PLACE_LINE.fullmatch(line.text):
        place = clean.line(bracketed["place"].split(",", maxsplit=1)[0])
        return (place,) if _is_place(place, line.text) else None
    dated = _DATE_LINE.fullmatch(line.text)
    if dated is None:
        return None
    place = clean.line(dated["place"] or "").strip(" ,.(-")
    is_key = place.casefold() in {"tanggal", "tgl", "hari", "waktu", "date", "hari/tanggal"}
    if not place or is_key or re.fullmatch(_DAY.strip() + "?", place + " ", re.IGNORECASE):
        return ("",)
    return (place,) if re.fullmatch(_PLACE, place) or place.isupper() else None


def find_opening_place(text: str) -> str:
    """The dateline an article opens with: "[Kalbar] …", "Pontianak, 12/11 – …", "PONTIANAK
    (12/11) – …"; "" if none."""
    match = _OPENING.match(text[:120])
    if match is None:
        return ""
    place = clean.line((match["bracket"] or match["place"]).split(",", maxsplit=1)[0], 60)
    return "" if match["bracket"] and not _is_place(place, text) else place


def find_closing_place(text: str) -> str:
    """The dateline an article ends with: "… bersama-sama.[Kalbar]"; "" when it has none."""
    tail = text[-60:]
    match = _CLOSING.search(tail)
    place = clean.line(match["place"], 60) if match else ""
    return place if match and _is_place(place, tail[match.start() :]) else ""


def _is_place(place: str, bracket: str) -> bool:
    """Square brackets hold a place when it is short and without digits; round ones, where
    abbreviations stand too, only a province."""
    if find_province(place):
        return True
    return (
        bracket.lstrip()[:1] == "["
        and len(place.split()) <= 4
        and not any(c.isdigit() for c in place)
    )
