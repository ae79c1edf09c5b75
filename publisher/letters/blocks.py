"""The markup letters are written in, read into blocks: one source for text/plain and text/html.

One line each, blank lines between blocks:

    # status | number      the first line: what happened, to which submission
    ! heading
    = label | value        facts
    1. title               a finding, and below it, indented, its lines:
       label | value
    * bullet
    > quotation
    -- signature line
    ~ footnote
    anything else is a paragraph

Values set by a template are fenced by private-use characters (`fence`), so that no value can be
taken for markup, and a link from a mail never becomes one of ours.
"""

import re
from typing import Literal

from msgspec import Struct, field

_VALUE, _LINK, _END = "\ue000", "\ue001", "\ue002"
_FENCES = re.compile("[\ue000-\ue002]")
_SPANS = re.compile(f"[{_VALUE}{_LINK}][^{_END}]*{_END}|[^{_VALUE}{_LINK}{_END}]+")

Kind = Literal[
    "status", "heading", "fact", "item", "detail", "bullet", "quotation", "signature", "footnote", "paragraph",
]  # fmt: skip
_MARKUP: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"# (?P<label>.+?)(?: \| (?P<value>.*))?"), "status"),
    (re.compile(r"! (?P<value>.*)"), "heading"),
    (re.compile(rf"= (?P<label>[^{_VALUE}{_LINK}]+?) \| (?P<value>.*)"), "fact"),
    (re.compile(rf"(?P<label>{_VALUE}?\d+{_END}?)\. (?P<value>.*)"), "item"),
    (re.compile(rf"   (?P<label>[^{_VALUE}{_LINK}]+?) \| (?P<value>.*)"), "detail"),
    (re.compile(r"\* (?P<value>.*)"), "bullet"),
    (re.compile(r"> (?P<value>.*)"), "quotation"),
    (re.compile(r"-- (?P<value>.*)"), "signature"),
    (re.compile(r"~ (?P<value>.*)"), "footnote"),
)


class Span(Struct, frozen=True):
    """A stretch of a line: the template's own words, a value, or one of our own links."""

    text: str
    link: bool = False
    value: bool = False


Line = tuple[Span, ...]


class Row(Struct, frozen=True, kw_only=True):
    """One line of markup: a label where the kind has one, and what it says."""

    value: Line
    label: Line = ()


class Block(Struct, frozen=True, kw_only=True):
    """Rows of one kind that stand together; an item has its title as first row, its details
    after it."""

    kind: Kind
    rows: tuple[Row, ...] = field(default_factory=tuple)


def bare(value: str) -> str:
    """`value` without the characters that fence values."""
    return _FENCES.sub("", value)


def fence(value: str, *, link: bool = False) -> str:
    """`value` (one cleaned line) as a template sets it."""
    return f"{_LINK if link else _VALUE}{bare(value)}{_END}"


def words(line: Line) -> str:
    """The characters of a line."""
    return "".join(span.text for span in line)


def read(markup: str, *, has_status: bool = True, escape: str = "") -> tuple[Block, ...]:
    """The blocks of a rendered template. Without `has_status` a "#" is a character like any other;
    a line that begins with `escape` is a paragraph, whatever follows."""
    blocks: list[Block] = []
    apart = True  # a blank line stood before
    for source in markup.splitlines():
        if not source.strip():
            apart = True
            continue
        kind, row = _row(source, has_status=has_status, escape=escape)
        last = blocks[-1] if blocks else None
        if kind == "detail" and last and last.kind == "item":
            blocks[-1] = Block(kind="item", rows=(*last.rows, row))
        elif (
            last
            and not apart
            and kind == last.kind
            and kind not in ("item", "paragraph", "heading")
        ):
            blocks[-1] = Block(kind=kind, rows=(*last.rows, row))
        else:
            blocks.append(Block(kind="fact" if kind == "detail" else kind, rows=(row,)))
        apart = False
    return tuple(blocks)


def name_kind(line: str) -> Kind:
    """What a line of markup is taken for."""
    return _row(line)[0]


def _row(source: str, *, has_status: bool = True, escape: str = "") -> tuple[Kind, Row]:
    if escape and source.startswith(escape):
        return "paragraph", Row(value=_line(source.removeprefix(escape).strip()))
    for pattern, kind in _MARKUP if has_status else _MARKUP[1:]:
        if match := pattern.fullmatch(source.rstrip()):
            found = match.groupdict()
            return kind, Row(
                label=_line(found.get("label") or ""), value=_line(found.get("value") or "")
            )
    return "paragraph", Row(value=_line(source.strip()))


def _line(source: str) -> Line:
    return tuple(_span(part) for part in _SPANS.findall(source))


def _span(part: str) -> Span:
    return Span(bare(part), link=part.startswith(_LINK), value=part.startswith(_VALUE))
