"""A letter's words as an editor edits them: the markup of `blocks`, below the status line.

    ! heading
    = label | value
    1. title
       label | value
    * bullet
    > quotation
    -- signature line
    ~ footnote
    anything else is a paragraph

Values are fenced no more, so a paragraph that begins like one of these carries a backslash before
it. What an editor types is text: number and status line are ours whatever is typed, and nothing
becomes a link but the addresses that the letter has of its own. Pure.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from publisher.letters.blocks import Block, Line, Row, Span, bare, name_kind, read, words
from publisher.letters.letter_context import LetterContext
from publisher.letters.stationery import unlink
from redaksi.errors import IllegalMove
from redaksi.text import clean

SHORTEST, LONGEST = 40, 6_000  # characters
_ESCAPE = "\\"
_INDENT = "   "
_DETAIL = re.compile(r"[ \t]{2,}\S")
_SIGNS = {
    "heading": "! ", "bullet": "* ", "quotation": "> ", "signature": "-- ", "footnote": "~ ",
}  # fmt: skip
_DIGEST = 24  # hexadecimal digits of SHA-256


class LetterText(Struct, frozen=True, kw_only=True):
    """A letter's words as they came back from an editor. `facts_hash`: the fingerprint it was shown
    with."""

    source: str
    facts_hash: str

    @property
    def is_untouched(self) -> bool:
        """Whether it is what was shown."""
        return self.facts_hash.rpartition("-")[2] == _digest(tidy_source(self.source))


def write_source(blocks: Sequence[Block]) -> str:
    """The markup of a letter, without its status line."""
    return "\n\n".join(_write_block(block) for block in blocks if block.kind != "status")


def find_links(blocks: Sequence[Block]) -> frozenset[str]:
    """The links that a letter has of its own."""
    rows = [row for block in blocks for row in block.rows]
    return frozenset(span.text for row in rows for span in row.value if span.link)


def read_source(source: str, own: frozenset[str] = frozenset()) -> tuple[Block, ...]:
    """The blocks of what an editor wrote. Only what is in `own` becomes a link."""
    blocks = read(tidy_source(source), has_status=False, escape=_ESCAPE)
    return tuple(
        Block(kind=block.kind, rows=tuple(_own_row(row, own) for row in block.rows))
        for block in blocks
    )


def check_length(source: str) -> None:
    """Raise IllegalMove for a letter that says nothing, or too much."""
    length = len(tidy_source(source))
    if not SHORTEST <= length <= LONGEST:
        raise IllegalMove("letter_length", n=length, least=SHORTEST, most=LONGEST)


def tidy_source(source: str) -> str:
    """The same, line by line without what is not seen: control and bidirectional characters,
    spaces at its ends."""
    lines = [_tidy_line(line) for line in source.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def fingerprint(context: LetterContext, source: str) -> str:
    """What a letter was composed from and what it says, "facts-words": whether either is another
    now. Not of the clock, and not of how many letters went before."""
    known = msgspec.structs.replace(context, again=0)
    # ASCII: a mail may hold a lone surrogate, which no UTF-8 does
    facts = json.dumps(msgspec.to_builtins(known, order="sorted"))
    return f"{_digest(facts)}-{_digest(tidy_source(source))}"


def mark_edited(known: str) -> str:
    """The fingerprint with no word of what was said: whatever comes back with it is an editor's."""
    return f"{known.rpartition('-')[0]}-"


def has_same_facts(one: str, other: str) -> bool:
    """Whether two fingerprints are of letters composed from the same."""
    return one.rpartition("-")[0] == other.rpartition("-")[0]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGEST]


def _tidy_line(line: str) -> str:
    body = clean.line(bare(line), LONGEST + 1)
    return f"{_INDENT}{body}" if body and _DETAIL.match(line) and " | " in body else body


def _write_block(block: Block) -> str:
    return "\n".join(_write_rows(block))


def _write_rows(block: Block) -> Iterator[str]:
    for place, row in enumerate(block.rows):
        label, value = words(row.label), words(row.value)
        if block.kind == "item" and place == 0:
            yield f"{label}. {value}"
        elif block.kind == "item":
            yield f"{_INDENT}{label} | {value}"
        elif block.kind == "fact":
            yield f"= {label} | {value}"
        elif block.kind == "paragraph":
            is_taken = value.startswith(_ESCAPE) or name_kind(value) not in ("paragraph", "status")
            yield _ESCAPE + value if is_taken else value
        else:
            yield f"{_SIGNS[block.kind]}{value}"


def _own_row(row: Row, own: frozenset[str]) -> Row:
    return Row(
        label=_own_line(words(row.label), frozenset()), value=_own_line(words(row.value), own)
    )


def _own_line(text: str, own: frozenset[str]) -> Line:
    """What was typed, as values are; an address of the letter's own is a link where it stands
    alone."""
    spans = [
        Span(part, link=True) if part in own else Span(unlink(part), value=True)
        for part in _split(text, own)
    ]
    return tuple(span for span in spans if span.text)


def _split(text: str, own: frozenset[str]) -> list[str]:
    if not own:
        return [text]
    return re.split(rf"(?<!\S)({'|'.join(map(re.escape, sorted(own)))})(?!\S)", text)
