"""Working days: Monday to Friday, but public holidays, decreed joint leave (cuti bersama) and the
redaksi's days off.

Holidays are the `holidays` library's: Islamic ones of years to come are estimates until the decree
names them, and a decree's joint leave arrives with the library's next release. `queue.days_off`
says at once what is known today.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

SATURDAY = 5
_KINDS = frozenset({"public", "government"})


def is_working(day: date, country: str = "", days_off: Iterable[date] = ()) -> bool:
    """Whether people work on `day`. `country`: ISO 3166 alpha-2; "" knows no holidays.

    Raises NotImplementedError for a country the library does not know.
    """
    return (
        day.weekday() < SATURDAY
        and day not in days_off
        and not (country and day in _calendar(country))
    )


def count(after: date, until: date, country: str = "", days_off: Iterable[date] = ()) -> int:
    """How many working days came after `after`, up to and with `until`."""
    return _count(after, until, country, frozenset(days_off))


@lru_cache(maxsize=4_096)  # a list asks for fifty spans, and again for the same ones
def _count(after: date, until: date, country: str, off: frozenset[date]) -> int:
    span = range(1, (until - after).days + 1)
    return sum(is_working(after + timedelta(days=n), country, off) for n in span)


@cache
def _calendar(country: str) -> "HolidayBase":
    """The country's calendar, which grows by the years it is asked for."""
    import holidays  # noqa: PLC0415 - every country's calendar, for who has one

    known = holidays.country_holidays(country).supported_categories
    return holidays.country_holidays(country, categories=tuple(sorted(_KINDS & set(known))))
