"""The page an editor copies an article from, into a site that has no door for us."""

from html import escape

from msgspec import Struct
from msgspec.structs import replace

MOST = 900_000  # bytes of HTML that the areas of a page may take


class CopyArea(Struct, frozen=True, kw_only=True):
    """Something to copy, whole or not at all. `text` is "" where it is `too_long` for a page."""

    label: str
    text: str
    tall: bool = False
    too_long: bool = False


class CopyView(Struct, frozen=True, kw_only=True):
    """An article to be copied. `url`: where it stands already; "" for nowhere. `changed`: the
    paragraphs that are others than what stands there; `dropped`: those that go."""

    title: str
    url: str = ""
    areas: tuple[CopyArea, ...] = ()
    changed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def bound(view: CopyView) -> CopyView:
    """The same within the room of a page: an area that does not fit is left out and says so, for
    half an article would be published as one."""
    left, areas = MOST, list[CopyArea]()
    for area in view.areas:
        weight = len(escape(area.text).encode("utf-8", "replace")) + 400
        fits = weight <= left
        areas.append(area if fits else replace(area, text="", too_long=True))
        left -= weight if fits else 0
    short = tuple(text[:600] for text in view.changed[:40])
    dropped = tuple(text[:600] for text in view.dropped[:40])
    return replace(view, areas=tuple(areas), changed=short, dropped=dropped)
