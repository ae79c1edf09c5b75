"""What was not understood of a submission, as an editor reads it: the words, where they stand, and
what they may be. Pure."""

from collections.abc import Iterable, Iterator

from publisher.site.pages import UnreadLine
from redaksi import catalog
from redaksi.arrival import Unread
from redaksi.model import Language
from redaksi.text import clean, locale


def describe_unread(unread: Iterable[Unread], language: Language) -> tuple[UnreadLine, ...]:
    """Each line, table, file or link once, with all it may be."""
    together: dict[tuple[str, str, str], list[str]] = {}
    for each in unread:
        together.setdefault((each.kind, each.text, each.place), []).append(each.may_be)
    words = catalog.load(language)
    return tuple(
        UnreadLine(
            text=words.say_or(clean.line(text, 200), "unread.text", text),
            where=_where(kind, place, words),
            may_be=words.say(
                "unread",
                "may_be",
                what=locale.format_list(list(_names(dict.fromkeys(may_be), words)), language, "or"),
            ),
        )
        for (kind, text, place), may_be in together.items()
    )


def _names(may_be: Iterable[str], words: catalog.Catalog) -> Iterator[str]:
    return (words.say_or(each, "unread.what", each) for each in may_be)


def _where(kind: str, place: str, words: catalog.Catalog) -> str:
    if kind == "file":
        return words.say("unread", "file")
    if not place:
        return words.say("unread", "body")
    if place.isdecimal():
        return words.say("unread", "paragraph", n=place)
    return clean.line(place, 80)
