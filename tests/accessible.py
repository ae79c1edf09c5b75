"""What a page of the desk must be for everybody: axe (WCAG 2.2 AA) at two widths, light and dark; no
sideways scrolling on the narrowest telephone; a name for every control. A page is loaded once."""

from collections.abc import Iterator, Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW, TELEPHONE, DESK = 320, 390, 1280  # CSS pixels; the first: WCAG 2.2, 1.4.10
TALL = 6_000  # no part of the page lies under what stays in view
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block"],
}  # what a scheme changes
_CONTROLS = (
    "button link textbox searchbox combobox listbox checkbox radio tab tabpanel spinbutton table dialog"
    " DisclosureTriangle"
)
_SHOW_ALL = "document.querySelectorAll('[role=tabpanel]').forEach(part => { part.hidden = false })"


def find_faults(page: Page) -> list[str]:
    """Everything that is wrong with the page that is open, in words."""
    page.evaluate(_SHOW_ALL)
    page.evaluate(Axe().axe_script)
    return [*_scroll(page), *_measure(page), *find_nameless(page)]


def find_violations(page: Page) -> list[str]:
    """What axe finds as the page stands."""
    page.evaluate(Axe().axe_script)
    return list(_run(page, RULES))


def find_nameless(page: Page) -> list[str]:
    """The controls that Chromium's accessibility tree has no name for."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return [f"no name: {_role(node)}" for node in tree["nodes"] if _is_nameless(node)]


def _role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _is_nameless(node: dict[str, Any]) -> bool:
    name = str(node.get("name", {}).get("value", ""))
    return not node.get("ignored") and _role(node) in _CONTROLS.split() and not name.strip()


def _scroll(page: Page) -> Iterator[str]:
    page.set_viewport_size({"width": NARROW, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW:
        yield f"scrolls sideways: {width} of {NARROW}"


def _measure(page: Page) -> Iterator[str]:
    for width in (TELEPHONE, DESK):
        page.set_viewport_size({"width": width, "height": TALL})
        page.emulate_media(color_scheme="light")
        yield from (f"{width}: {each}" for each in _run(page, RULES))
        page.emulate_media(color_scheme="dark")
        yield from (f"{width} dark: {each}" for each in _run(page, COLOURS))


def _run(page: Page, rules: dict[str, Sequence[str]] | dict[str, Any]) -> Iterator[str]:
    found = page.evaluate("rules => axe.run({ runOnly: rules })", rules)
    for each in found["violations"]:
        for node in each["nodes"][:3]:
            yield f"{each['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
