"""What is published and what a month holds, as their pages show it: frozen values without links, filled
by the desk."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from publisher.site.pages import Badge

Kind = Literal["planned", "asking", "failed", "standing"]


class PublishedRow(Struct, frozen=True, kw_only=True):
    """An article that stands at the leading target. `url`: where readers see it, http(s) alone; "" for
    nowhere that is known. `since`: None where nobody knows since when."""

    number: str
    headline: str
    place: str
    category: str
    url: str
    since: datetime | None
    badge: Badge


class Item(Struct, frozen=True, kw_only=True):
    """An article on its day. `word`: how it stands, a key of [publication.state]."""

    at: datetime  # in the redaksi's zone
    number: str
    headline: str
    kind: Kind
    word: str


class Day(Struct, frozen=True, kw_only=True):
    """A day of the grid. `more`: articles that are not shown. `is_off`: nobody works."""

    day: date
    in_month: bool
    is_off: bool
    items: tuple[Item, ...] = ()
    more: int = 0


Weeks = tuple[tuple[Day, ...], ...]
