"""Templates to pages. Waiting times are dates in the file, so that nothing in it goes stale."""

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from publisher.site.links import StaticLinks
from publisher.site.pages import FILES, NAV, Frame
from redaksi import catalog, paths
from redaksi.model import Language
from redaksi.text import locale

Render = Callable[..., bytes]


def renderer(frame: Frame) -> Render:
    """Fills a template by its name; what a page is made of is asked of `frame`."""
    environment = environment_of(frame.language, frame.zone)
    house = house_of(frame)

    def render(name: str, **values: Any) -> bytes:
        html = environment.get_template(name).render(frame=frame, house=house, **values)
        return html.encode("utf-8", "replace")

    return render


def house_of(frame: Frame) -> str:
    """Changes with whatever every page is made of, so that an upgrade or another language reaches
    old pages too."""
    return f"{_digest(frame.language, frame.zone)}{frame.settings}"


@cache
def _digest(language: Language, zone: str) -> str:
    words = catalog.load(language).sections
    digest = hashlib.sha256(f"{language} {zone} {words}".encode())
    for template in sorted((paths.templates() / "web").rglob("*.j2")):
        digest.update(template.read_bytes())
    return digest.hexdigest()[:16]


@cache
def environment_of(language: Language, name: str) -> Environment:
    """Our templates in a language, moments in the zone of this name."""
    environment = Environment(
        loader=FileSystemLoader(paths.templates() / "web"),
        autoescape=True,
        auto_reload=False,  # a running program and its templates are of one release
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    zone = ZoneInfo(name)
    environment.filters["moment"] = lambda value: locale.format_moment(value, language, zone)
    environment.filters["day"] = lambda value: locale.format_short_day(value, language, zone)
    environment.filters["month"] = lambda value: locale.format_month(value, language)
    environment.filters["grouped"] = lambda value: locale.format_number(value, language)
    environment.filters["pages"] = lambda value: locale.format_decimal(f"{value:.1f}", language)
    environment.globals["say"] = catalog.load(language).say
    environment.filters["date"] = lambda value: locale.format_date(value, language, zone)
    environment.filters["clock"] = lambda value: locale.format_clock(value, language, zone)
    environment.filters["long_day"] = lambda value: locale.format_day(value, language)
    environment.filters["weekday"] = lambda value: locale.format_weekday(value, language)
    environment.globals["views"] = FILES
    environment.globals["nav"] = NAV
    environment.globals["static_links"] = StaticLinks
    return environment
