"""The templates a letter is written with, and the one place where values are cleaned on their way
into it.

Ours lie in `templates/letters/<language>/<kind>.j2`. A redaksi lays its own over them, file by
file, in a folder of the same shape; a file of its own may take a whole letter over, or one sentence
of ours:

    {% extends "ours/revise.j2" %}
    {% block thanks %}Terima kasih banyak!{% endblock %}

`proofread.load` compiles and renders every template with sample letters, so that a broken one is an
error with file and line at start, not at sending.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar, cast, get_args

import msgspec
from jinja2 import (
    TemplateRuntimeError,
)
from jinja2.sandbox import SandboxedEnvironment
from msgspec import Struct

from publisher.letters.blocks import Block, bare, read
from publisher.letters.letter_context import LetterContext, LetterKind
from redaksi.model import Language
from redaksi.text import clean, locale

LANGUAGES: tuple[Language, ...] = get_args(Language)
PAGE = "page.html.j2"
Given = TypeVar("Given")
_SCHEME = re.compile(r"\b(?:[a-z][a-z0-9+.-]{1,20}:/{1,3}|www\.)", re.IGNORECASE)
_NESTED = 10  # what is left of one inside another is looked at so often
_MOST_NAMED = 20  # files or links in one letter
_MORE = {"id": "dan {n} lainnya", "en": "and {n} more"}


class Templates(Struct, frozen=True):
    """The letters' templates: one environment a language for their markup, one for the page they
    share."""

    bodies: Mapping[Language, SandboxedEnvironment]
    page: SandboxedEnvironment


class Key(Struct, frozen=True, kw_only=True):
    """A secret that signs Message-IDs; its `id` travels with every signature so that it can be
    rotated."""

    id: str
    secret: bytes


class Stationery(Struct, frozen=True, kw_only=True):
    """Who writes, on what, and when. `now` is aware; its zone is the one instants are told in."""

    templates: Templates
    address: str  # From, one addr-spec
    name: str  # beside it
    sign: str
    domain: str  # of Message-IDs
    key: Key
    now: datetime
    check_url: str = ""  # where contributors can check their files; "" does not mention it
    guide_url: str = ""  # the guide with a sample article; "" does not mention it
    # whether a reply with only the mended files is put together with what was sent before
    merge: bool = False
    # whether mail to "name+anything@" reaches us: letters ask to be answered there
    plus: bool = False
    # whether a reply "BATAL" withdraws a submission; False does not promise it
    withdraw: bool = False
    # longer and shorter side a photo needs, as configured
    photo_pixels: tuple[int, int] = (
        1024,
        768,
    )


# what an editor writes is not cut in the middle of a sentence
_EDITORS = frozenset({"note", "reason", "ask"})
LONGEST = 20_000


def blocks(kind: LetterKind, context: LetterContext, stationery: Stationery) -> tuple[Block, ...]:
    """The letter's template rendered for the occasion, read into blocks."""
    environment = stationery.templates.bodies[context.language]
    zone = stationery.now.tzinfo
    assert zone is not None, "Stationery.now is aware"
    values = {
        "o": clean_context(context),
        "sign": stationery.sign,
        "check_url": stationery.check_url,
        "guide_url": stationery.guide_url,
        "merge": stationery.merge,
        "withdraw": stationery.withdraw,
        "photo_pixels": stationery.photo_pixels,
        "now": stationery.now,
        "instant": lambda value: locale.format_instant(
            require_kind(value, datetime), context.language, zone
        ),
        "day_of": lambda value: locale.format_day(
            require_kind(value, datetime).astimezone(zone).date(), context.language
        ),
    }
    return read(environment.get_template(f"{kind}.j2").render(values))


def page(templates: Templates, values: Mapping[str, object]) -> str:
    """The HTML page of a letter; everything in it is escaped by Jinja."""
    return templates.page.get_template(PAGE).render(values)


def show_value(value: str, most: int = 700) -> str:
    """`value` as a letter shows it: one cleaned line; a stranger's URL loses what makes clients
    link it."""
    return clean.line(_SCHEME.sub("", bare(value)), most)


def unlink(text: str) -> str:
    """`text` without what makes clients link it; also what is left of one inside another."""
    for _ in range(_NESTED):
        cut = _SCHEME.sub("", text)
        if cut == text:
            break
        text = cut
    return text


def clean_context(context: LetterContext) -> LetterContext:
    """The occasion with every text in it as a letter shows it. A name that is an address or a
    link is no name."""
    name = clean.line(bare(context.name), 120)
    spoken = msgspec.structs.replace(
        context,
        name="" if "@" in name or _SCHEME.search(name) else name,
        links=_few(context.links, context.language),
        unopened=_few(context.unopened, context.language),
    )
    return cast("LetterContext", _cleaned(spoken))


def _few(names: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """The first names of a list; how many more there are is its last. (The templates fold lists of
    findings themselves.)"""
    left = len(names) - _MOST_NAMED
    if left <= 1:
        return names
    return (*names[:_MOST_NAMED], _MORE[language].format(n=left))


def _cleaned(value: object, most: int = 700) -> object:
    if isinstance(value, str):
        return show_value(value, most)
    if isinstance(value, tuple):
        return tuple(_cleaned(one) for one in value)
    if isinstance(value, Struct):
        fields = {
            field: _cleaned(getattr(value, field), LONGEST if field in _EDITORS else 700)
            for field in value.__struct_fields__
            if field != "url"
        }
        return msgspec.structs.replace(value, **fields)
    return value


def require_kind(value: Given, kind: type[Given]) -> Given:
    if not isinstance(value, kind):
        raise TemplateRuntimeError(
            f"the letter needs a {kind.__name__} and was given {type(value).__name__}"
        )
    return value
