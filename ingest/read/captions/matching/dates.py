"""Days that a caption or a file's name tells: "Minggu (15/11)", "IMG-20261115-WA0003.jpg"."""

import re

_MONTHS = (
    ("januari", "jan"), ("februari", "feb", "pebruari"), ("maret", "mar"), ("april", "apr"), ("mei",),
    ("juni", "jun"), ("juli", "jul"), ("agustus", "agu", "agt", "ags"), ("september", "sep", "sept"),
    ("oktober", "okt"), ("november", "nov", "nopember", "nop"), ("desember", "des"),
)  # fmt: skip
_MONTH_OF = {name: n for n, names in enumerate(_MONTHS, 1) for name in names}
_SPELT = re.compile(
    rf"(?<!\d)(\d{{1,2}})[\s-]({'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})(?:[/-](?:\d{4}|\d{2}))?(?![\d/-])")
_STAMP = re.compile(r"(?<!\d)20\d\d[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")

Day = tuple[int, int]  # month and day; the year is seldom told


def days_in_words(text: str) -> frozenset[Day]:
    """The days a caption tells."""
    found = {(_MONTH_OF[m[2].casefold()], int(m[1])) for m in _SPELT.finditer(text)}
    found |= {(int(m[2]), int(m[1])) for m in _FIGURES.finditer(text)}
    return frozenset(day for day in found if _is_day(day))


def day_of_photo(name: str, captured: str) -> Day | None:
    """The day a photo was taken, by the camera or by its name."""
    stamp = _STAMP.search(captured) or _STAMP.search(name)
    day = (int(stamp[1]), int(stamp[2])) if stamp else (0, 0)
    return day if _is_day(day) else None


def _is_day(day: Day) -> bool:
    return 1 <= day[0] <= 12 and 1 <= day[1] <= 31
