"""Run and paragraph properties as an element states them (ECMA-376 part 1, 17.3.1 and 17.3.2),
nothing inherited."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from lxml import etree

from ingest.read.document.ooxml.names import FALSE, VAL, W

Properties = dict[str, str | float | bool]

TOGGLES = ("b", "bCs", "vanish")  # those of the toggle properties (17.7.3) that a reading shows

_SPACING, _JC, _NUMBERING, _PARAGRAPH_STYLE = W + "spacing", W + "jc", W + "numPr", W + "pStyle"
_LINE, _RULE, _NUMBER = W + "line", W + "lineRule", W + "numId"
_FONTS, _LANGUAGE, _EAST = W + "rFonts", W + "lang", W + "eastAsia"
_SIZES = {W + "sz": "sz", W + "szCs": "szCs"}
_SWITCHES = {
    W + "b": "b",
    W + "bCs": "bCs",
    W + "vanish": "vanish",
    W + "cs": "complex",
    W + "rtl": "rtl",
}
_RUN_STYLE = W + "rStyle"
_SLOTS = {W + slot: slot for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
_THEMED = {W + ("cstheme" if slot == "cs" else slot + "Theme"): slot for slot in _SLOTS.values()}
_HINT = W + "hint"
_MEASURE = re.compile(r"\s*([+-]?\d{1,9}(?:\.\d{1,9})?)\s*(mm|cm|in|pt|pc|pi)?\s*")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}


@lru_cache(maxsize=1024)
def parse_points(value: str | None, unit: float) -> float | None:
    """A measure in points: a bare number counts `unit` points, or it names its own unit
    (22.9.2.15)."""
    match = _MEASURE.fullmatch(value or "")
    if match is None:
        return None
    return float(match[1]) * (_POINTS[match[2]] if match[2] else unit)


def read_run_properties(element: "etree._Element | None", theme: Mapping[str, str]) -> Properties:
    """What a w:rPr states: fonts by slot (theme references resolved), sizes in points, switches,
    style."""
    stated: Properties = {}
    for child in element if element is not None else ():
        tag = child.tag
        if tag == _FONTS:
            _fonts(child, theme, stated)
        elif tag in _SIZES:
            size = parse_points(child.get(VAL), 0.5)
            if size is not None and size > 0:
                stated[_SIZES[tag]] = size
        elif tag in _SWITCHES:
            stated[_SWITCHES[tag]] = child.get(VAL) not in FALSE
        elif tag == _RUN_STYLE:
            stated["style"] = child.get(VAL, "")
        elif tag == _LANGUAGE:
            language = child.get(_EAST)
            if language:
                stated["chinese"] = language.lower().startswith("zh")
    return stated


def _fonts(element: "etree._Element", theme: Mapping[str, str], stated: Properties) -> None:
    """w:rFonts (17.3.2.26): a theme reference goes before the name beside it, if the theme has
    that font."""
    themed: Properties = {}
    attributes: Iterable[tuple[str, str]] = element.items()  # type: ignore[assignment]  # stubs allow bytes
    for attribute, value in attributes:
        if attribute in _SLOTS:
            if value:
                stated[_SLOTS[attribute]] = value
        elif attribute in _THEMED:
            if value in theme:
                themed[_THEMED[attribute]] = theme[value]
        elif attribute == _HINT:
            stated["hint"] = value == "eastAsia"
    if themed:
        stated |= themed


def read_paragraph_properties(element: "etree._Element | None") -> Properties:
    """What a w:pPr states: line spacing (240ths of a line, or twips), its rule, alignment, list,
    style."""
    stated: Properties = {}
    for child in element if element is not None else ():
        tag = child.tag
        if tag == _SPACING:
            line, rule = parse_points(child.get(_LINE), 0.05), child.get(_RULE)
            if line is not None:
                # 17.3.1.33: auto where a line has no rule
                stated["line"], stated["rule"] = (
                    line,
                    rule or "auto",
                )
            elif rule:
                stated["rule"] = rule
        elif tag == _JC:
            stated["jc"] = child.get(VAL, "")
        elif tag == _NUMBERING:
            number = child.find(_NUMBER)
            if number is not None:
                stated["listed"] = number.get(VAL) != "0"
        elif tag == _PARAGRAPH_STYLE:
            stated["style"] = child.get(VAL, "")
    return stated
