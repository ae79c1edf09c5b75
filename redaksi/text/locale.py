"""Numbers, days, instants, lists and plurals as the two languages write them: CLDR's data, through
Babel.

English is British, as the letters are: "23 November 2026", "a, b or c". The short names of
Indonesia's zones are ours (`redaksi.text.places`): CLDR has none.
"""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Literal

from babel import Locale, dates, lists, numbers

from redaksi.model import Language
from redaksi.text.places import name_zone

LOCALES: dict[Language, Locale] = {"id": Locale("id"), "en": Locale("en", "GB")}
DAY, SHORT_DAY = "EEEE, d MMMM y", "d MMM y"  # CLDR's own Indonesian form says "07 Februari"


def format_number(value: int, language: Language) -> str:
    """2310 -> "2.310" in Indonesian, "2,310" in English."""
    return numbers.format_decimal(value, locale=LOCALES[language])


def format_decimal(value: str, language: Language) -> str:
    """A decimal number written with a point, its digits kept: "1.15" -> "1,15" in Indonesian."""
    return numbers.format_decimal(
        Decimal(value), locale=LOCALES[language], decimal_quantization=False
    )


def format_percent(whole: int, language: Language) -> str:
    """98 -> "98%"."""
    return numbers.format_percent(Decimal(whole) / 100, locale=LOCALES[language])


def format_day(value: date, language: Language) -> str:
    """ "Senin, 23 November 2026"; "Monday, 23 November 2026"."""
    return dates.format_date(value, DAY, locale=LOCALES[language])


def format_instant(value: datetime, language: Language, zone: tzinfo) -> str:
    """ "Senin, 23 November 2026, pukul 14.05 WIB"; "Monday, 23 November 2026, 14:05 WIB"."""
    return _at(value.astimezone(zone), DAY, language, "pukul " if language == "id" else "")


def format_moment(value: datetime, language: Language, zone: tzinfo) -> str:
    """ "23 Nov 2026, 14.05 WIB"; "23 Nov 2026, 14:05 WIB"."""
    return _at(value.astimezone(zone), SHORT_DAY, language)


def format_short_day(value: datetime, language: Language, zone: tzinfo) -> str:
    """ "24 Nov"; the year stands beside it, where it is needed."""
    return dates.format_date(value.astimezone(zone), "d MMM", locale=LOCALES[language])


def format_date(value: datetime, language: Language, zone: tzinfo) -> str:
    """ "23 Nov 2026"."""
    return dates.format_date(value.astimezone(zone), SHORT_DAY, locale=LOCALES[language])


def format_clock(value: datetime, language: Language, zone: tzinfo) -> str:
    """ "14.05"; "14:05"."""
    return dates.format_time(value.astimezone(zone), "short", locale=LOCALES[language])


def format_weekday(value: date, language: Language) -> str:
    """ "Senin"; "Monday"."""
    return dates.format_date(value, "EEEE", locale=LOCALES[language])


def format_month(value: str, language: Language) -> str:
    """ "2026-11" -> "November 2026"."""
    year, month = value.split("-")
    first = date(int(year), int(month), 1)
    return dates.format_date(first, "MMMM y", locale=LOCALES[language])


def choose_plural(count: int, one: str, many: str, language: Language) -> str:
    """`one` where the language counts `count` as one, else `many`."""
    return one if LOCALES[language].plural_form(count) == "one" else many


def format_list(
    values: Sequence[str], language: Language, word: Literal["and", "or"] = "and"
) -> str:
    """ "a, b, dan c", "a atau b"; "a, b and c"."""
    return lists.format_list(
        values, "standard" if word == "and" else "or", locale=LOCALES[language]
    )


def _at(here: datetime, pattern: str, language: Language, at: str = "") -> str:
    locale = LOCALES[language]
    day = dates.format_date(here, pattern, locale=locale)
    clock = dates.format_time(here, "short", locale=locale)
    return f"{day}, {at}{clock} {name_zone(here)}"
