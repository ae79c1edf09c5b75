"""The body as Markdown, and back: our own subset of CommonMark 0.31 (paragraphs, ### headings, - lists,
** strong), nothing else. What is printed is parsed back into the same blocks; what an editor types
is read whatever it is, and what is no mark of the subset stays text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from publisher.articles.edition import Block, Edition, EditionPhoto, Line, Span
from publisher.articles.notes import (
    is_web,
    label_author,
    label_editor,
    label_related,
    print_caption,
)
from publisher.articles.spans import join_lists, make_block, make_line
from redaksi.text import clean

LONG_LINE = 160  # characters of a line that nobody wrapped by hand: it is a paragraph by itself
_HEADING = re.compile(r"#{1,6}\s+(?P<words>.*)")
_ITEM = re.compile(r"[-*+]\s+(?P<words>.*)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark 2.4: any ASCII punctuation
_MARK = re.compile(r"\\[!-/:-@\[-`{-~]|\*\*")

# what would be a mark anywhere, and what is one only where it stands
_MARKS = re.compile(
    r"[\\`*<~]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # not within a word
    r"|#(?=[\s#]|$)"  # before or behind a heading
    r"|&(?=#?\w{1,40};)"  # a character reference
    r"|\](?=[(\[:])"  # a link
    r"|:(?=//)|(?<=www)\.|@"  # what some make a link of
)
_HEAD = re.compile(r">|[+-](?=[\s+-]|$)|(?<=\d)[.)]|\[(?=[ xX]\])")  # of a paragraph or an item
_DIGITS = re.compile(r"\d{0,9}")
_IN_LABELS = re.compile(r"[\\`*_<>~&!\[\]]")


# ── printing ──────────────────────────────────────────────────────────────────────────────────────


def print_blocks(blocks: Iterable[Block]) -> str:
    """The blocks, a blank line between."""
    return "\n\n".join(map(_print_block, blocks))


def _print_block(block: Block) -> str:
    lines = list(map(_print_line, block.lines))
    if block.kind == "h3":
        return f"### {lines[0]}"
    heads = list(map(_escape_head, lines))
    return "\n".join(f"- {line}" for line in heads) if block.kind == "ul" else heads[0]


def _print_line(line: Line) -> str:
    return "".join(
        f"**{_escape(span.text)}**" if span.strong else _escape(span.text) for span in line
    )


def _escape(text: str) -> str:
    return _MARKS.sub(lambda found: "\\" + found[0], text)


def _escape_head(printed: str) -> str:
    """With what would be a mark at the head of a line escaped: "12. Agustus" begins no list."""
    digits = _DIGITS.match(printed)
    at = digits.end() if digits else 0
    return f"{printed[:at]}\\{printed[at:]}" if _HEAD.match(printed, at) else printed


def print_words(text: str) -> str:
    """`text` as a line of words and nothing else."""
    return _escape_head(_print_line(make_line([Span(text=text)])))


def _print_label(text: str) -> str:
    """`text` within the brackets of a link or picture."""
    return _IN_LABELS.sub(r"\\\g<0>", clean.prose(text))


# ── parsing ───────────────────────────────────────────────────────────────────────────────────────


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of an editor's Markdown. Never raises; linear."""
    return join_lists(make_block(kind, [_parse_line(words)]) for kind, words in _read_blocks(text))


def _read_blocks(text: str) -> Iterator[tuple[str, str]]:
    """Kind and words of each paragraph, heading and item."""
    kind, held = "", ""
    for raw in text.splitlines():
        line = raw.strip()
        new_kind, words = _read_mark(line)
        if kind and line and new_kind == "" and not _stands_apart(kind, held, line):
            held = f"{held} {line}"
            continue
        if kind:
            yield kind, held
        kind, held = (new_kind or "p", words) if line else ("", "")
    if kind:
        yield kind, held


def _read_mark(line: str) -> tuple[str, str]:
    """ "h3", "ul" or "" for none, and the words behind the mark."""
    if heading := _HEADING.match(line):
        return "h3", heading["words"]
    if item := _ITEM.match(line):
        return "ul", item["words"]
    return "", line


def _stands_apart(kind: str, held: str, line: str) -> bool:
    """Whether a line begins a paragraph though no blank line stands above it: below a heading,
    where it bears a number, and where paragraphs were pasted a line each."""
    if kind == "h3" or _NUMBERED.match(line):
        return True
    return kind == "p" and max(len(held), len(line)) > LONG_LINE


def _parse_line(words: str) -> Line:
    """** opens what is strong where another one closes it; any other is text."""
    marks = [found.start() for found in _MARK.finditer(words) if found[0] == "**"]
    paired = marks[: len(marks) // 2 * 2]
    spans, at, strong = [], 0, False
    for mark in paired:
        spans.append(Span(text=_unescape(words[at:mark]), strong=strong))
        at, strong = mark + 2, not strong
    spans.append(Span(text=_unescape(words[at:])))
    return make_line(spans)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


# ── the whole article ─────────────────────────────────────────────────────────────────────────────


def render_article(
    edition: Edition, sources: Mapping[str, str], *, is_first_left_out: bool = False
) -> str:
    """The article below its headline, as print_blocks prints its body; `sources` says where each
    photo lies, by its original's SHA-256. `is_first_left_out`: the site shows the main photo
    itself. Raises KeyError for a photo without a source."""
    photos = edition.photos[1:] if is_first_left_out else edition.photos
    parts = [print_blocks(edition.body)]
    parts += [_print_photo(photo, sources[photo.sha256]) for photo in photos]
    parts += ["\\\n".join(map(print_words, lines)) for lines in _list_notes(edition)]
    if edition.related:
        links = [f"- {_print_link(each.headline, each.url)}" for each in edition.related]
        parts += [f"### {label_related(edition)}", "\n".join(links)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _list_notes(edition: Edition) -> Iterator[tuple[str, ...]]:
    yield label_author(edition)
    yield label_editor(edition)


def _print_photo(photo: EditionPhoto, source: str) -> str:
    return f"![{_print_label(photo.alt)}]({_print_address(source)})\n\n{print_words(print_caption(photo))}"


def _print_link(words: str, url: str) -> str:
    return f"[{_print_label(words)}]({_print_address(url)})" if is_web(url) else print_words(words)


def _print_address(address: str) -> str:
    return quote(address, safe="/:?#@!$&'*+,;=%~-._[]")
