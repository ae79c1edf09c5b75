"""A letter in a narrow place: its words as an editor edits them, without the signs of the markup."""

from publisher.letters.blocks import Block, Row
from publisher.letters.source import read_source

Lines = tuple[str, ...]


def list_letter_lines(source: str) -> tuple[Lines, ...]:
    """The lines of a letter, block by block; no line is broken."""
    return tuple(_list_lines(block) for block in read_source(source))


def _list_lines(block: Block) -> Lines:
    return tuple(_write(block, row, is_first=not at) for at, row in enumerate(block.rows))


def _write(block: Block, row: Row, *, is_first: bool) -> str:
    label, value = (
        "".join(span.text for span in spans).strip() for spans in (row.label, row.value)
    )
    if block.kind == "item" and is_first:
        return f"{label}. {value}"
    if label:
        return f"{label}: {value}"
    return f"• {value}" if block.kind == "bullet" else value
