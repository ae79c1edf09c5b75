"""Templates from the disk: ours, with a redaksi's own laid over them. A named exception to purity."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.runtime import Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from publisher.letters.blocks import fence
from publisher.letters.fine import fine
from publisher.letters.greeting import address_form
from publisher.letters.stationery import (
    LANGUAGES,
    LONGEST,
    Templates,
    require_kind,
    show_value,
)
from redaksi import paths
from redaksi.model import Language
from redaksi.text import clean, locale

_EXTENSIONS = (
    "docx?|docm|rtf|pdf|odt|txt|html?|xlsx?|pptx?|jpe?g|png|tiff?|heic|heif|webp|gif|bmp|eml"
)
_HOSTLIKE = re.compile(rf"@|(?<=\w)\.(?=[^\W\d_]{{2}})(?!(?:{_EXTENSIONS})\b)", re.IGNORECASE)


def load_templates(overrides: Path | None = None) -> Templates:
    """Our templates with those of the folder `overrides` laid over them, unchecked
    (`proofread.load` checks)."""
    return Templates(
        bodies={language: _bodies(overrides, language) for language in LANGUAGES},
        page=_page(overrides),
    )


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
        "day": lambda value: locale.format_day(require_kind(value, date), language),
        "number": lambda value: locale.format_number(require_kind(value, int), language),
        "plural": lambda count, one, many: locale.choose_plural(
            require_kind(count, int), one, many, language
        ),
        "addressed": lambda name: address_form(str(name)),
        "fine": lambda sections: fine(tuple(sections), language),
        "ours": lambda url: Markup(fence(clean.line(str(url), 500), link=True)),  # noqa: S704  fenced
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


def _set(value: object) -> object:
    """Jinja's `finalize`: a value on its way into a letter. Markup is what templates and our
    filters made."""
    if isinstance(value, (Markup, Undefined)):
        return value
    # cut where it was set (clean_context)
    return Markup(fence(show_value(str(value), LONGEST)))  # noqa: S704  fenced: no template takes it for markup
