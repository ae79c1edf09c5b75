"""Place and date: on a line of their own, before the first words, behind the last."""

import re

from ingest.read.document.roles.lines import Line
from redaksi.text import clean
from redaksi.text.dateline import DATE, DAY, PLACE, find_closing, find_opening, is_place
from redaksi.text.places import find_province

_DATE_LINE = re.compile(
    rf"[\W_]*(?:(?P<place>[A-Z][\w.'’ /-]{{1,40}}?)\s*[,:]?\s*)?[(]?{DAY}?{DATE}[)]?[\W_]*",
    re.IGNORECASE,
)
_PLACE_LINE = re.compile(r"[\[(]\s*(?P<place>[A-Z][\w.'’, /-]{1,40}?)\s*[\])][\s.,–—-]*")
_DASHED = re.compile(rf"(?P<place>{PLACE})\s*[–—-]{{1,2}}\s*")


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
        return (place,) if is_place(place, line.text) else None
    dated = _DATE_LINE.fullmatch(line.text)
    if dated is None:
        return None
    place = clean.line(dated["place"] or "").strip(" ,.(-")
    is_key = place.casefold() in {"tanggal", "tgl", "hari", "waktu", "date", "hari/tanggal"}
    if not place or is_key or re.fullmatch(DAY.strip() + "?", place + " ", re.IGNORECASE):
        return ("",)
    return (place,) if re.fullmatch(PLACE, place) or place.isupper() else None


def find_opening_place(text: str) -> str:
    """The dateline an article opens with: "[Kalbar] …", "Pontianak, 12/11 – …", "PONTIANAK
    (12/11) – …"; "" if none."""
    found = find_opening(text)
    return found.place if found else ""


def find_closing_place(text: str) -> str:
    """The dateline an article ends with: "… bersama-sama.[Kalbar]"; "" when it has none."""
    found = find_closing(text)
    return found.place if found else ""
