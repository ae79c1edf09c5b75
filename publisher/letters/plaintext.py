"""Blocks as text/plain: 72 columns, labels aligned."""

import re
import textwrap
from collections.abc import Callable

from publisher.letters.blocks import Block, Kind, Row, words

_WIDTH = 72


def render_text(blocks: tuple[Block, ...]) -> str:
    """The letter for those who read text, ending in one newline."""
    parts = (_block(block) for block in blocks)
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(parts)).strip() + "\n"


def _block(block: Block) -> str:
    return _WRITTEN.get(block.kind, _lines)(block.rows)


def _lines(rows: tuple[Row, ...]) -> str:
    return "\n".join(_filled(words(row.value)) for row in rows)


def _status(rows: tuple[Row, ...]) -> str:
    return _filled(
        " – ".join(part for part in (words(rows[0].label), words(rows[0].value)) if part)
    )


def _item(rows: tuple[Row, ...]) -> str:
    title = _filled(words(rows[0].value), first=f"{words(rows[0].label)}. ", rest="   ")
    return "\n".join([title, _aligned(rows[1:], "   ")]) if len(rows) > 1 else title


def _bullets(rows: tuple[Row, ...]) -> str:
    return "\n".join(_filled(words(row.value), first="- ", rest="  ") for row in rows)


def _quotation(rows: tuple[Row, ...]) -> str:
    return "\n".join(_filled(words(row.value), first="> ", rest="> ") for row in rows)


def _aligned(rows: tuple[Row, ...], indent: str) -> str:
    width = max(len(words(row.label)) for row in rows)
    rest = indent + " " * (width + 3)
    return "\n".join(
        _filled(words(row.value), first=f"{indent}{words(row.label):<{width}} : ", rest=rest)
        for row in rows
    )


def _filled(line: str, *, first: str = "", rest: str = "") -> str:
    """One logical line wrapped; a menu path ("File > Save As") does not break before its ">"."""
    return textwrap.fill(
        line.replace(" > ", "\N{NO-BREAK SPACE}> "),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ).replace("\N{NO-BREAK SPACE}> ", " > ")


_WRITTEN: dict[Kind, Callable[[tuple[Row, ...]], str]] = {
    "status": _status,
    "heading": lambda rows: words(rows[0].value).upper(),
    "fact": lambda rows: _aligned(rows, "  "),
    "item": _item,
    "bullet": _bullets,
    "quotation": _quotation,
    # RFC 3676, 4.3: what follows "-- " is a signature, which clients fold away
    "footnote": lambda rows: f"-- \n{_lines(rows)}",
}
