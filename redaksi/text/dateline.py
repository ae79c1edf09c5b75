"""Place and date with running text: before its first words, or behind its last."""

import re
from typing import NamedTuple

from redaksi.text import clean
from redaksi.text.places import find_province

_MONTHS = (
    r"(?:jan\w*|feb\w*|mar\w*|apr\w*|mei|may|jun\w*|jul\w*|agu\w*|ags\w*|aug\w*|sep\w*|okt\w*|oct\w*|nov\w*|nop\w*|des\w*"
    r"|dec\w*)"
)
DATE = rf"(?:\d{{1,2}}\s*[-–]\s*)?\d{{1,2}}(?:\s+{_MONTHS}\.?(?:\s+\d{{4}})?|[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?)"
DAY = r"(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\s*[,/]?\s*)"
PLACE = r"[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,3}"
_WHEN = rf"\s*,?\s*[(\[]?(?i:{DAY}?{DATE})[)\]]?\s*[–—:-]{{1,2}}"
_OPENING = re.compile(
    r"[\[(]\s*(?P<bracket>[A-Z][\w.'’ /-]{1,40}?(?:,\s*[^\])]{1,30})?)\s*[\])]\s*[–—:.,-]*"
    rf"|(?P<place>{PLACE})(?:,\s*{PLACE})?(?:{_WHEN}|\s+[–—-]{{1,2}}|[–—])\s*(?=[\"“‘'(]?[A-Z])"
)
_CLOSING = re.compile(r"[\[(]\s*(?P<place>[A-Z][\w.'’ /-]{1,40}?)\s*[\])][\s.*]*$")


class Dateline(NamedTuple):
    """A place, and which characters of the text are its dateline, punctuation included."""

    place: str
    start: int
    end: int


def find_opening(text: str) -> Dateline | None:
    """The dateline an article opens with: "[Kalbar] …", "Pontianak, 12/11 – …", "PONTIANAK
    (12/11) – …"."""
    match = _OPENING.match(text[:120])
    if match is None:
        return None
    place = clean.line((match["bracket"] or match["place"]).split(",", maxsplit=1)[0], 60)
    if match["bracket"] and not is_place(place, text):
        return None
    return Dateline(place, 0, match.end())


def find_closing(text: str) -> Dateline | None:
    """The dateline an article ends with: "… bersama-sama.[Kalbar]"."""
    tail = text[-60:]
    match = _CLOSING.search(tail)
    place = clean.line(match["place"], 60) if match else ""
    if match is None or not is_place(place, tail[match.start() :]):
        return None
    return Dateline(place, len(text) - len(tail) + match.start(), len(text))


def is_place(place: str, bracket: str) -> bool:
    """Square brackets hold a place when it is short and without digits; round ones, where
    abbreviations stand too, only a province."""
    if find_province(place):
        return True
    return (
        bracket.lstrip()[:1] == "["
        and len(place.split()) <= 4
        and not any(c.isdigit() for c in place)
    )
