"""The style hierarchy (ECMA-376 part 1, 17.7.2): document defaults, table style, paragraph
style, character style, direct formatting; toggle properties by 17.7.3."""

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree
from msgspec import Struct, field

from ingest.read.document.ooxml.fonts import TIMES
from ingest.read.document.ooxml.names import FALSE, VAL, W
from ingest.read.document.ooxml.properties import (
    TOGGLES,
    Properties,
    read_paragraph_properties,
    read_run_properties,
)
from ingest.read.document.ooxml.stylesheet import StyleSheet
from redaksi.errors import Hostile
from redaksi.model import Spacing
from redaksi.reasons import ReasonCode

# Word's own formatting where a document states none, as a file without styles.xml shows it.
WORD_RUN: Properties = {
    "ascii": TIMES,
    "hAnsi": TIMES,
    "eastAsia": TIMES,
    "cs": TIMES,
    "sz": 10.0,
    "szCs": 10.0,
}
WORD_PARAGRAPH: Properties = {"line": 12.0, "rule": "auto"}
_MAX_CHAIN = 100
_TYPE = W + "type"


class Style(Struct, frozen=True):
    """One w:style, as stated."""

    kind: str
    name: str
    based: str
    run: Properties
    paragraph: Properties
    conditions: Mapping[str, tuple[Properties, Properties]] = {}
    row_band: int | None = None
    column_band: int | None = None


class Base(Struct, frozen=True, eq=False):
    """What a paragraph gives its runs, and itself: everything below character style and direct
    formatting."""

    name: str
    run: Properties
    toggled: Mapping[str, bool]  # table and paragraph styles, each turning the other over
    paragraph: Properties
    spacing: Spacing
    looks: dict[object, "Look"] = field(default_factory=dict)  # of its runs, by what they state


class Shape(NamedTuple):
    """What a character looks like: the formatting that a run of the reading is made of."""

    font: str
    size: float
    bold: bool
    hidden: bool
    inserted: bool = False


class Look(Struct, frozen=True, eq=False):
    """The resolved formatting of a run, slot by slot (`fonts.slots`)."""

    plain: Shape  # of the ascii slot, or of the complex-script slot when every character takes it
    inserted: Shape  # the same inside a tracked insertion
    high: Shape
    east: Shape
    uniform: bool  # all slots look the same
    hint: bool
    chinese: bool


class Styles:
    """The styles part, each style read when it is first asked for."""

    def __init__(
        self, sheet: StyleSheet, theme: Mapping[str, str], settings: "etree._Element | None" = None
    ) -> None:
        self.theme = theme
        self.default = sheet.default
        self._sheet = sheet
        self._override = any(
            each.get(W + "name") == "overrideTableStyleFontSizeAndJustification"
            and each.get(VAL) not in FALSE
            for each in (
                settings.iterfind(f"{W}compat/{W}compatSetting") if settings is not None else ()
            )
        )
        self._read: dict[str, Style | None] = {}
        self._bases: dict[tuple[str, str, tuple[str, ...]], Base] = {}
        self._defaults: Properties = {}
        self._run, self._paragraph = dict(WORD_RUN), dict(WORD_PARAGRAPH)
        if sheet.document is not None:
            self._defaults = read_run_properties(
                sheet.document.find(f"{W}rPrDefault/{W}rPr"), theme
            )
            self._run |= self._defaults
            self._paragraph |= read_paragraph_properties(
                sheet.document.find(f"{W}pPrDefault/{W}pPr")
            )

    def find_style(self, identifier: str) -> Style | None:
        """A style by its id; None when the document lacks it."""
        if identifier not in self._read:
            element = self._sheet.find_element(identifier)
            self._read[identifier] = None if element is None else self._state(identifier, element)
        return self._read[identifier]

    def _state(self, identifier: str, element: "etree._Element") -> Style:
        kind = element.get(_TYPE, "paragraph")
        table = kind == "table"
        return Style(
            kind=kind,
            name=_value(element, "name") or identifier,
            based=_value(element, "basedOn"),
            run=read_run_properties(element.find(W + "rPr"), self.theme),
            paragraph=read_paragraph_properties(element.find(W + "pPr"))
            if kind != "character"
            else {},
            conditions={
                each.get(_TYPE, ""): (
                    read_run_properties(each.find(W + "rPr"), self.theme),
                    read_paragraph_properties(each.find(W + "pPr")),
                )
                for each in element.iterchildren(W + "tblStylePr")
            }
            if table
            else {},
            row_band=_band(element, "tblStyleRowBandSize") if table else None,
            column_band=_band(element, "tblStyleColBandSize") if table else None,
        )

    def chain(self, identifier: str, kind: str) -> list[Style]:
        """A style and those it is based on, the root first. A style of another kind ends the
        chain (17.7.4.3), and so does one that stands in it already: careless writers base
        Normal on itself, and two styles on each other."""
        found: list[Style] = []
        seen: set[str] = set()
        while identifier:
            style = self.find_style(identifier)
            if style is None or style.kind != kind:
                break
            seen.add(identifier)
            found.append(style)
            identifier = style.based
            if identifier in seen:
                break
            if len(found) > _MAX_CHAIN:
                raise Hostile("bomb", ReasonCode.STYLES_CHAIN_LIMIT, most=_MAX_CHAIN)
        found.reverse()
        return found

    def base(self, paragraph: str, table: str = "", conditions: tuple[str, ...] = ()) -> Base:
        """The formatting of a paragraph style inside a table style; "" is the document's default
        style."""
        key = (paragraph, table, conditions)
        found = self._bases.get(key)
        if found is None:
            found = self._bases[key] = self._resolve(*key)
        return found

    def _resolve(self, paragraph: str, table: str, conditions: tuple[str, ...]) -> Base:
        style = self.find_style(paragraph) if paragraph else None
        if style is None or style.kind != "paragraph":
            paragraph = self.default.get("paragraph", "")
            style = self.find_style(paragraph)
        table_run, table_paragraph = self._table(table, conditions) if table else ({}, {})
        chain = self.chain(paragraph, "paragraph")
        own_run: Properties = {}
        own_paragraph: Properties = {}
        for each in chain:
            own_run |= each.run
            own_paragraph |= each.paragraph
        if not self._override and chain:
            self._yield(chain, own_run, own_paragraph, table_run, table_paragraph)
        resolved = self._paragraph | table_paragraph | own_paragraph
        return Base(
            name=style.name if style is not None else "",
            run=self._run | table_run | own_run,
            toggled={key: bool(table_run.get(key)) ^ bool(own_run.get(key)) for key in TOGGLES},
            paragraph=resolved,
            spacing=spacing_of(resolved),
        )

    def _yield(
        self,
        chain: list[Style],
        run: Properties,
        paragraph: Properties,
        table_run: Properties,
        table_paragraph: Properties,
    ) -> None:
        """Two properties of the default paragraph style give way to a table style, unless the
        document's settings say otherwise: a size of 11 or 12 points and left alignment
        ([MS-DOCX], compatSetting overrideTableStyleFontSizeAndJustification)."""
        normal = chain[0]
        if normal is not self.find_style(self.default.get("paragraph", "")):
            return
        sized = [each for each in chain if "sz" in each.run]
        if "sz" in table_run and sized == [normal] and run["sz"] in {11.0, 12.0}:
            del run["sz"]
        aligned = [each for each in chain if "jc" in each.paragraph]
        if "jc" in table_paragraph and aligned == [normal] and paragraph["jc"] in {"left", "start"}:
            del paragraph["jc"]

    def _table(self, table: str, conditions: tuple[str, ...]) -> tuple[Properties, Properties]:
        """A table style's say: the whole table, then the conditions that hold, later over earlier.
        What the style named "Normal Table" states is ignored, as Word ignores it."""
        chain = [style for style in self.chain(table, "table") if style.name != "Normal Table"]
        run: Properties = {}
        paragraph: Properties = {}
        for style in chain:
            run |= style.run
            paragraph |= style.paragraph
        for condition in ("wholeTable", *conditions):
            for style in chain:
                if condition in style.conditions:
                    run |= style.conditions[condition][0]
                    paragraph |= style.conditions[condition][1]
        return run, paragraph

    def bands(self, table: str) -> tuple[int, int]:
        """Rows and columns of one band of a table style (17.7.6.5, 17.7.6.7); 0, Word's default,
        is no bands ([MS-OI29500] on 17.7.6.7)."""
        rows = columns = 0
        for style in self.chain(table, "table"):
            rows = rows if style.row_band is None else style.row_band
            columns = columns if style.column_band is None else style.column_band
        return rows, columns

    def look(self, base: Base, direct: Properties) -> Look:
        """The formatting of a run with `direct` properties inside a paragraph."""
        named: Properties = {}
        character = direct.get("style")
        for style in self.chain(str(character), "character") if character else ():
            named |= style.run
        merged = base.run | named | direct
        toggles = {
            key: bool(direct[key])
            if key in direct
            else bool(self._defaults.get(key)) or (base.toggled[key] ^ bool(named.get(key)))
            for key in TOGGLES
        }
        complex_script = bool(merged.get("complex") or merged.get("rtl"))
        size, bold = ("szCs", "bCs") if complex_script else ("sz", "b")
        ascii_font, high_font, east_font = (
            str(merged["ascii"]),
            str(merged["hAnsi"]),
            str(merged["eastAsia"]),
        )
        if complex_script:
            ascii_font = high_font = east_font = str(merged["cs"])
        elif east_font == TIMES and ascii_font == high_font:
            east_font = ascii_font  # [MS-OI29500] 2.1.88: Times New Roman is no East Asian font
        plain = Shape(ascii_font, float(merged[size]), toggles[bold], toggles["vanish"])
        return Look(
            plain=plain,
            inserted=plain._replace(inserted=True),
            high=plain._replace(font=high_font),
            east=plain._replace(font=east_font),
            uniform=ascii_font == high_font == east_font,
            hint=bool(merged.get("hint")),
            chinese=bool(merged.get("chinese")),
        )


def spacing_of(paragraph: Properties) -> Spacing:
    """Line spacing as the model states it: lines for "auto", points for the others."""
    line, rule = float(paragraph["line"]), paragraph["rule"]
    if rule == "exact":
        return Spacing(rule="exact", value=abs(line))
    if rule == "atLeast":
        return Spacing(rule="atLeast", value=abs(line))
    return Spacing(rule="auto", value=line / 12 if line > 0 else 1.0)


def _value(element: "etree._Element", name: str) -> str:
    child = element.find(W + name)
    return "" if child is None else child.get(VAL, "")


def _band(element: "etree._Element", name: str) -> int | None:
    child = element.find(f"{W}tblPr/{W}{name}")
    if child is None:
        child = element.find(W + name)  # written beside tblPr by some
    value = "" if child is None else child.get(VAL, "")
    return min(int(value), 1000) if value.isascii() and value.isdigit() and len(value) < 5 else None
