"""The text of an HTML body with what a reader sees beside the words: cells of a row apart (by a
tab), items of a list numbered, pictures where they stand ("[cid:…]", "[image: IMG_1.jpg]").

For the caption grammar, which ties words to the picture above them and to the name in the cell
beside them. Linear in its input; tables within tables up to a bound.
"""

import html
import re
from collections.abc import Sequence
from urllib.parse import unquote

from ingest.read.mail.html_text import Page, Rendered, render

_CID = re.compile(r"""\bsrc\s*=\s*["']?\s*cid:([^"'\s>]{1,500})""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]{1,200})"|'([^']{1,200})')""", re.IGNORECASE)
_FILE = re.compile(
    r"[^\[\]<>|\n]{1,150}\.(?:jpe?g|png|heic|heif|webp|gif|bmp|tiff?)", re.IGNORECASE
)
_LETTERED = re.compile(r"""\btype\s*=\s*["']?[aA]""")
_DEEPEST = 12  # tables within tables
_MOST_LINES, _MOST_CHARACTERS = 12, 2000  # of a cell of data; what has more is a page's frame


def lay_out(markup: str) -> Rendered:
    """The text of `markup` with rows, lists and pictures."""
    return render(markup, _LaidOut())


class _Row:
    """A row as it is read: its cells' lines, and where the lines around it went."""

    def __init__(self) -> None:
        self.cells: list[list[str]] = []


class _LaidOut(Page):
    """Lines as they come; within a cell they go to the cell."""

    def __init__(self) -> None:
        super().__init__(links=False)
        self.open: list[str] = []  # table, tr, td as they are open
        self.rows: list[_Row] = []
        self.around: list[list[str]] = []  # the lines around each open cell
        self.lists: list[tuple[str, int]] = []
        self.item = ""  # the mark of the item that begins
        self.kept = 0  # within pre

    def text(self, piece: str) -> None:
        if not self.kept or "\n" not in piece:
            super().text(piece)
            return
        for at, part in enumerate(piece.split("\n")):
            if at:
                self.break_line(blank=True)
            super().text(part)

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if name in ("table", "tr", "td", "th"):
            self._table(name, closing=closing)
        elif name == "img":
            self._picture(attributes)
        else:
            self._list(name, attributes, closing=closing)
            if name == "pre":
                self.kept = max(0, self.kept + (-1 if closing else 1))
            super().tag(name, attributes, closing=closing)
            if name == "li" and not closing and self.lists:
                self.item = self._next_mark()

    def break_line(self, *, blank: bool = False) -> None:
        if self.item and "".join(self.current).strip():
            self.current.insert(0, self.item)
            self.item = ""
        super().break_line(blank=blank)

    def finished(self) -> str:
        self._close(0)
        return super().finished()

    # ── pictures and lists ──────────────────────────────────────────────────────────────────────

    def _picture(self, attributes: str) -> None:
        cid, alt = _CID.search(attributes), _ALT.search(attributes)
        name = html.unescape((alt[1] or alt[2]) if alt else "").strip()
        if cid:
            self._mark(f"[cid:{unquote(html.unescape(cid[1]))}]")
        elif _FILE.fullmatch(name):
            self._mark(f"[image: {name}]")

    def _mark(self, mark: str) -> None:
        self.break_line()
        self.current = [mark]
        self.break_line()

    def _list(self, name: str, attributes: str, *, closing: bool) -> None:
        if name in ("ol", "ul"):
            self.break_line()
            if closing:
                self.lists = self.lists[:-1]
            elif len(self.lists) < _DEEPEST:
                kind = "ul" if name == "ul" else "ol a" if _LETTERED.search(attributes) else "ol"
                self.lists.append((kind, 0))
            self.item = ""

    def _next_mark(self) -> str:
        kind, count = self.lists[-1]
        self.lists[-1] = (kind, count + 1)
        if kind == "ul":
            return "• "
        lettered = kind == "ol a" and count < 26
        return f"{chr(ord('a') + count)}. " if lettered else f"{count + 1}. "

    # ── tables ──────────────────────────────────────────────────────────────────────────────────

    def _table(self, name: str, *, closing: bool) -> None:
        self.break_line()
        name = "td" if name == "th" else name
        inner = self._innermost()
        if closing:
            self._close_tag(name, inner)
        elif name == "table":
            if self.open.count("table") < _DEEPEST:
                self.open.append("table")
                self.lines.append("> " * self.depth)
        elif inner >= 0:
            self._close(inner + (1 if name == "tr" else 2))
            if name == "td" and self.open[-1] != "tr":
                self._open("tr")
            self._open(name)

    def _innermost(self) -> int:
        """Where the innermost open table stands among what is open, -1 when none is."""
        reverse = (i for i in range(len(self.open) - 1, -1, -1) if self.open[i] == "table")
        return next(reverse, -1)

    def _close_tag(self, name: str, inner: int) -> None:
        """Close the last of `name` within the innermost table; what is not open is not closed."""
        if inner < 0:
            return
        depth = {"table": inner, "tr": inner + 1, "td": inner + 2}[name]
        self._close(depth)
        if name == "table":
            self.lines.append("> " * self.depth)

    def _open(self, name: str) -> None:
        self.open.append(name)
        if name == "tr":
            self.rows.append(_Row())
        else:
            self.around.append(self.lines)
            self.lines = []

    def _close(self, depth: int) -> None:
        """Close what is open from `depth` on."""
        while len(self.open) > depth:
            self.break_line()
            name = self.open.pop()
            if name == "td":
                cell, self.lines = self.lines, self.around.pop()
                self.rows[-1].cells.append(cell)
            elif name == "tr":
                self.lines += _join_row(self.rows.pop().cells)


def _join_row(cells: Sequence[Sequence[str]]) -> list[str]:
    """A row of data is one line, its cells apart; a row that only holds a page together gives its
    cells' lines."""
    words = [" ".join(line for line in cell if line.strip("> ")) for cell in cells]
    filled = sum(bool(text.strip()) for text in words)
    small = all(
        len(cell) <= _MOST_LINES and len(text) <= _MOST_CHARACTERS and "\t" not in text
        for cell, text in zip(cells, words, strict=True)
    )
    if filled >= 2 and small:
        return ["\t".join(words)]
    return [line for cell in cells for line in cell]
