"""Which publication dates an editor may choose. Pure; publishing.md, section 3."""

from datetime import datetime, timedelta, tzinfo

from redaksi.errors import IllegalMove
from redaksi.model import Language
from redaksi.text import locale

GRACE = timedelta(minutes=5)  # somebody typed the time and then the rest of the form
FARTHEST = timedelta(days=400)


def check_moment(when: datetime, now: datetime, zone: tzinfo) -> None:
    """Raise IllegalMove for a moment that has passed, and for one so far ahead that its year is a
    slip. `zone`: the one it is told in."""
    if when < now - GRACE:
        raise IllegalMove("moment_passed", when=word_moment(when, zone))
    if when > now + FARTHEST:
        raise IllegalMove("moment_too_far", when=word_moment(when, zone), days=FARTHEST.days)


def word_moment(when: datetime, zone: tzinfo) -> dict[Language, str]:
    """A moment as a fact of a sentence: said in each language."""
    return {
        "id": locale.format_instant(when, "id", zone),
        "en": locale.format_instant(when, "en", zone),
    }
