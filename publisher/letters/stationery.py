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
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar, cast, get_args

import msgspec
from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateRuntimeError,
)
from jinja2.runtime import Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct

from publisher.letters.blocks import Block, bare, fenced, read
from publisher.letters.fine import fine
from publisher.letters.greeting import addressed
from publisher.letters.letter_context import LetterContext, LetterKind
from redaksi import paths
from redaksi.model import Language
from redaksi.text import clean, locale

LANGUAGES: tuple[Language, ...] = get_args(Language)
_AS_IS = frozenset(
    {"language", "to", "subject", "message_id", "references", "url"}
)  # composed or linked, not spoken
PAGE = "page.html.j2"
Given = TypeVar("Given")
_EXTENSIONS = (
    "docx?|docm|rtf|pdf|odt|txt|html?|xlsx?|pptx?|jpe?g|png|tiff?|heic|heif|webp|gif|bmp|eml"
)
_HOSTLIKE = re.compile(rf"@|(?<=\w)\.(?=[^\W\d_]{{2}})(?!(?:{_EXTENSIONS})\b)", re.IGNORECASE)
_SCHEME = re.compile(r"\b(?:[a-z][a-z0-9+.-]{1,20}:/{1,3}|www\.)", re.IGNORECASE)


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
    plus: bool = (
        False  # whether mail to "name+anything@" reaches us: letters ask to be answered there
    )
    withdraw: bool = (
        False  # whether a reply "BATAL" withdraws a submission; False does not promise it
    )
    photo_pixels: tuple[int, int] = (
        1024,
        768,
    )  # longer and shorter side a photo needs, as configured


def templates(overrides: Path | None = None) -> Templates:
    """Our templates with those of the folder `overrides` laid over them, unchecked
    (`proofread.load` checks)."""
    return Templates(
        bodies={language: _bodies(overrides, language) for language in LANGUAGES},
        page=_page(overrides),
    )


def blocks(kind: LetterKind, occasion: LetterContext, stationery: Stationery) -> tuple[Block, ...]:
    """The letter's template rendered for the occasion, read into blocks."""
    environment = stationery.templates.bodies[occasion.language]
    zone = stationery.now.tzinfo
    assert zone is not None, "Stationery.now is aware"
    context = {
        "o": cleaned(occasion),
        "sign": stationery.sign,
        "check_url": stationery.check_url,
        "guide_url": stationery.guide_url,
        "merge": stationery.merge,
        "withdraw": stationery.withdraw,
        "photo_pixels": stationery.photo_pixels,
        "now": stationery.now,
        "instant": lambda value: locale.instant(_given(value, datetime), occasion.language, zone),
        "day_of": lambda value: locale.day(
            _given(value, datetime).astimezone(zone).date(), occasion.language
        ),
    }
    return read(environment.get_template(f"{kind}.j2").render(context))


def page(templates: Templates, context: Mapping[str, object]) -> str:
    """The HTML page of a letter; everything in it is escaped by Jinja."""
    return templates.page.get_template(PAGE).render(context)


def shown(value: str, most: int = 700) -> str:
    """`value` as a letter shows it: one cleaned line; a stranger's URL loses what makes clients
    link it."""
    return clean.line(_SCHEME.sub("", bare(value)), most)


def cleaned(occasion: LetterContext) -> LetterContext:
    """The occasion with every text in it as a letter shows it. A name that is an address or a
    link is no name."""
    name = clean.line(bare(occasion.name), 120)
    spoken = msgspec.structs.replace(
        occasion, name="" if "@" in name or _SCHEME.search(name) else name
    )
    return cast("LetterContext", _cleaned(spoken))


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(one) for one in value)
    if isinstance(value, Struct):
        fields = {
            field: _cleaned(getattr(value, field))
            for field in value.__struct_fields__
            if field != "url"
        }
        return msgspec.structs.replace(value, **fields)
    return value


def _loader(overrides: Path | None, folder: str) -> ChoiceLoader:
    ours = str(paths.templates() / "letters" / folder)
    laid_over = [str(overrides / folder)] if overrides else []
    return ChoiceLoader(
        [FileSystemLoader([*laid_over, ours]), PrefixLoader({"ours": FileSystemLoader(ours)})]
    )


def _bodies(overrides: Path | None, language: Language) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=_loader(overrides, language),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_set,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    filters: dict[str, Callable[..., object]] = {
        "day": lambda value: locale.day(_given(value, date), language),
        "number": lambda value: locale.number(_given(value, int), language),
        "plural": lambda count, one, many: locale.plural(_given(count, int), one, many, language),
        "addressed": lambda name: addressed(str(name)),
        "fine": lambda sections: fine(tuple(sections), language),
        "ours": lambda url: Markup(fenced(clean.line(str(url), 500), link=True)),  # noqa: S704  fenced
    }
    environment.filters.update(filters)
    del environment.filters["safe"]  # nothing in a letter is markup but the templates themselves
    return environment


def _page(overrides: Path | None) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=_loader(overrides, "."),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["unlinked"] = _unlinked
    del environment.filters["safe"]
    return environment


def _unlinked(value: str) -> Markup:
    """A value in HTML that no client turns into a link: a zero-width non-joiner at the dots and
    at signs of what looks like a host or an address."""
    return Markup(_HOSTLIKE.sub(lambda match: f"{match.group()}&zwnj;", str(escape(value))))  # noqa: S704


def _given(value: Given, kind: type[Given]) -> Given:
    if not isinstance(value, kind):
        raise TemplateRuntimeError(
            f"the letter needs a {kind.__name__} and was given {type(value).__name__}"
        )
    return value


def _set(value: object) -> object:
    """Jinja's `finalize`: a value on its way into a letter. Markup is what templates and our
    filters made."""
    if isinstance(value, (Markup, Undefined)):
        return value
    return Markup(fenced(shown(str(value))))  # noqa: S704  fenced: no template takes it for markup
