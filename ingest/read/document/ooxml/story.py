"""The walk through a story: paragraphs in reading order, each run with its resolved formatting.

Shown: insertions, fields' results, content controls, the choice of mc:AlternateContent that Word takes. Not shown:
deletions and what moved away, field codes, comments. Hidden text is kept and marked.
"""

from lxml import etree

from ingest.read.document.ooxml import tables
from ingest.read.document.ooxml.fonts import slots
from ingest.read.document.ooxml.names import MC, UNDERSTOOD, W
from ingest.read.document.ooxml.properties import Properties, paragraph_properties, run_properties
from ingest.read.document.ooxml.styles import Base, Look, Styles, spacing
from redaksi.errors import Hostile
from redaksi.model import Paragraph, Run, Safety, Story

MAX_DEPTH = 200  # of elements the walk descends through

_P, _R, _PPR, _RPR, _TBL = W + "p", W + "r", W + "pPr", W + "rPr", W + "tbl"
_ALTERNATE, _CHOICE, _FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
_INSERTED = frozenset((W + "ins", W + "moveTo"))
_DELETED = frozenset((W + "del", W + "moveFrom"))
_BLOCK_CONTAINERS = frozenset((W + "sdt", W + "sdtContent", W + "customXml")) | _INSERTED
_INLINE_CONTAINERS = frozenset(
    W + name
    for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "bdo", "dir")
)
_TEXT, _SYMBOL, _FIELD, _RUBY = W + "t", W + "sym", W + "fldChar", W + "ruby"
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
}
_DRAWINGS = frozenset((W + "drawing", W + "pict", W + "object"))
_NOTE_REFERENCES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_TEXT_BOX = W + "txbxContent"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"

_Key = tuple[str, float, bool, bool, bool]  # font, size, bold, hidden, inserted


class Place:
    """A paragraph being read: where it stands, what its runs build on, and the runs so far."""

    __slots__ = ("base", "boxes", "index", "key", "parts", "runs", "story")

    def __init__(self, base: Base, story: Story, index: int) -> None:
        self.base = base
        self.story = story
        self.index = index  # 1-based, among the reading's paragraphs
        self.runs: list[Run] = []
        self.parts: list[str] = []
        self.key: _Key | None = None
        self.boxes: list[etree._Element] = []

    def add(self, text: str, key: _Key) -> None:
        """Characters of one formatting; neighbours of the same formatting become one run."""
        if key != self.key:
            self.close()
            self.key = key
        self.parts.append(text)

    def close(self) -> None:
        """Ends the run being built."""
        if self.parts and self.key is not None:
            font, size, bold, hidden, inserted = self.key
            text = "".join(self.parts)
            self.runs.append(
                Run(text=text, font=font, size=size, hidden=hidden, inserted=inserted, bold=bold)
            )
            self.parts = []


class Walk:
    """What a reading gathers while it goes through the stories of one document."""

    def __init__(self, styles: Styles, safety: Safety) -> None:
        self.styles = styles
        self.safety = safety
        self.paragraphs: list[Paragraph | None] = []
        self.notes: set[str] = set()
        self.references: list[tuple[str, str]] = []  # (footnotes | endnotes, id), in reading order
        self.sections: list[etree._Element] = []
        self.drawings: list[
            tuple[etree._Element, int]
        ] = []  # shown drawings and the index of their paragraph
        self._looks: dict[tuple[int, tuple[tuple[str, str | float | bool], ...]], Look] = {}
        self._fields: list[bool] = []  # open fields: is their result being read?
        self._codes = 0  # how many of them are still at their code
        self._unclosed: frozenset[int] = frozenset()

    def story(self, root: "etree._Element", story: Story) -> None:
        """Reads a whole story. A field whose code never ends is no field: Word shows what stands there."""
        outer = self._fields, self._codes
        self._fields, self._codes = [], 0
        self._blocks(root, story, "", (), 0)
        self._fields, self._codes = outer

    # ── blocks ──────────────────────────────────────────────────────────────────────────────────────────

    def _blocks(
        self, parent: "etree._Element", story: Story, table: str, conditions: tuple[str, ...], depth: int
    ) -> None:
        if depth > MAX_DEPTH:
            raise Hostile("bomb", f"blocks nest more than {MAX_DEPTH} deep")
        joined: list[etree._Element] = []  # paragraphs whose mark was deleted: they run into the next
        for child in parent:
            tag = child.tag
            if tag == _P:
                joined.append(child)
                if not _mark_deleted(child):
                    self._paragraph(joined, story, table, conditions, depth)
                    joined = []
                continue
            if joined and tag == _TBL:
                self._paragraph(joined, story, table, conditions, depth)
                joined = []
            if tag == _TBL:
                inner: Story = "table" if story == "body" else story
                for cell, style, held in tables.cells(child, self.styles):
                    self._blocks(cell, inner, style, held, depth + 3)
            elif tag in _BLOCK_CONTAINERS:
                self._blocks(child, story, table, conditions, depth + 1)
            elif tag == _ALTERNATE:
                chosen = _chosen(child)
                if chosen is not None:
                    self._blocks(chosen, story, table, conditions, depth + 1)
            elif tag == W + "altChunk":
                self.notes.add("altChunk")
            elif tag == W + "sectPr":
                self.sections.append(child)
        if joined:
            self._paragraph(joined, story, table, conditions, depth)

    def _paragraph(
        self,
        elements: list["etree._Element"],
        story: Story,
        table: str,
        conditions: tuple[str, ...],
        depth: int,
    ) -> None:
        """One shown paragraph: the formatting of its last mark, the runs of all that run into it."""
        if len(self.paragraphs) >= self.safety.max_paragraphs:
            raise Hostile("bomb", f"more than {self.safety.max_paragraphs} paragraphs")
        last = elements[-1]
        formatting = last[0] if len(last) and last[0].tag == _PPR else last.find(_PPR)
        direct: Properties = {}
        if formatting is not None:
            direct = paragraph_properties(formatting)
            section = formatting.find(W + "sectPr")
            if section is not None:
                self.sections.append(section)
        base = self.styles.base(str(direct.get("style", "")), table, conditions)
        self.paragraphs.append(None)
        place = Place(base, story, len(self.paragraphs))
        for element in elements:
            self._inline(element, place, depth + 1, inserted=False)
        place.close()
        if len(elements) > 1:
            self.notes.add("tracked-changes")
        if not place.runs and _mark_deleted(last) and place.index == len(self.paragraphs):
            self.paragraphs.pop()  # all of it is deleted
            return
        resolved = base.paragraph | direct
        self.paragraphs[place.index - 1] = Paragraph(
            runs=tuple(place.runs),
            spacing=spacing(resolved),
            story=story,
            style=base.name,
            centered=resolved.get("jc") == "center",
            listed=bool(resolved.get("listed")),
        )
        for box in place.boxes:
            self.notes.add("text-boxes")
            fields = self._fields, self._codes
            self._fields, self._codes = [], 0
            self._blocks(box, "textbox" if story in {"body", "table"} else story, "", (), depth + 2)
            self._fields, self._codes = fields

    # ── runs ────────────────────────────────────────────────────────────────────────────────────────────

    def _inline(self, parent: "etree._Element", place: Place, depth: int, *, inserted: bool) -> None:
        if depth > MAX_DEPTH:
            raise Hostile("bomb", f"elements nest more than {MAX_DEPTH} deep")
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child, place, depth, inserted=inserted)
            elif tag in _INLINE_CONTAINERS:
                self._inline(child, place, depth + 1, inserted=inserted)
            elif tag in _INSERTED:
                self.notes.add("tracked-changes")
                self._inline(child, place, depth + 1, inserted=True)
            elif tag in _DELETED:
                self.notes.add("tracked-changes")
            elif tag == _ALTERNATE:
                chosen = _chosen(child)
                if chosen is not None:
                    self._inline(chosen, place, depth + 1, inserted=inserted)

    def _run(self, run: "etree._Element", place: Place, depth: int, *, inserted: bool) -> None:
        formatting = run[0] if len(run) and run[0].tag == _RPR else None
        direct = run_properties(formatting, self.styles.theme) if formatting is not None else {}
        signature = (id(place.base), tuple(direct.items()))
        look = self._looks.get(signature)
        if look is None:
            look = self._looks[signature] = self.styles.look(place.base, direct)
        self._content(run, place, look, depth, inserted=inserted)

    def _content(
        self, parent: "etree._Element", place: Place, look: Look, depth: int, *, inserted: bool
    ) -> None:
        for child in parent:
            tag = child.tag
            if tag == _TEXT:
                if child.text and not self._codes:
                    self._text(_shown(child), place, look, inserted=inserted)
            elif tag in _CHARACTERS:
                if not self._codes:
                    self._text(_CHARACTERS[tag], place, look, inserted=inserted)
            elif tag == _FIELD:
                self._field(child)
            elif tag == _SYMBOL:
                if not self._codes:
                    self._symbol(child, place, look, inserted=inserted)
            elif tag in _DRAWINGS:
                if not self._codes:
                    self._drawing(child, place, look)
            elif tag == _ALTERNATE:
                chosen = _chosen(child)
                if chosen is not None and depth < MAX_DEPTH:
                    self._content(chosen, place, look, depth + 1, inserted=inserted)
            elif tag == _RUBY:
                for shown in child.iterchildren(W + "rubyBase"):
                    self._inline(shown, place, depth + 2, inserted=inserted)
            elif tag in _NOTE_REFERENCES:
                self.references.append((_NOTE_REFERENCES[tag], child.get(W + "id", "")))
            elif tag == W + "commentReference":
                self.notes.add("comments")

    def _text(self, text: str, place: Place, look: Look, *, inserted: bool) -> None:
        """Adds characters, each in the font, size and weight of its slot."""
        if look.complex is not None:
            place.add(text, (*look.complex, look.hidden, inserted))
        elif text.isascii() or look.ascii == look.high == look.east:
            place.add(text, (*look.ascii, look.hidden, inserted))
        else:
            by_slot = (look.ascii, look.east, look.high)
            for slot, part in slots(text, hint=look.hint, chinese=look.chinese):
                place.add(part, (*by_slot[slot], look.hidden, inserted))

    def _symbol(self, symbol: "etree._Element", place: Place, look: Look, *, inserted: bool) -> None:
        """w:sym (17.3.3.30): a character of the font it names."""
        try:
            character = chr(int(symbol.get(W + "char", ""), 16))
        except (ValueError, OverflowError):
            return
        _, size, bold = look.ascii
        font = symbol.get(W + "font") or look.ascii[0]
        if not 0xD800 <= ord(character) <= 0xDFFF:
            place.add(character, (font, size, bold, look.hidden, inserted))

    def _field(self, mark: "etree._Element") -> None:
        """w:fldChar (17.16.18): between begin and separate stands the code, between separate and end the result."""
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(False)
            self._codes += 1
        elif kind == "separate" and self._fields and not self._fields[-1]:
            self._fields[-1] = True
            self._codes -= 1
        elif kind == "end" and self._fields and not self._fields.pop():
            self._codes -= 1

    def _drawing(self, drawing: "etree._Element", place: Place, look: Look) -> None:
        """Keeps a shown drawing, and the text boxes in it, once: of what is written twice the choice alone."""
        if not look.hidden:
            self.drawings.append((drawing, place.index))
        for box in drawing.iter(_TEXT_BOX):
            nested = False
            for above in box.iterancestors():
                if above is drawing:
                    break
                nested = nested or above.tag in {_TEXT_BOX, _FALLBACK}
            if not nested:
                place.boxes.append(box)


def _shown(text: "etree._Element") -> str:
    """The characters of a w:t: white space at its ends counts only under xml:space="preserve" (17.3.3.31)."""
    content = text.text or ""
    if not content.isprintable():
        content = content.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    if (content[0] == " " or content[-1] == " ") and text.get(_PRESERVE) != "preserve":
        content = content.strip(" ")
    return content


def _mark_deleted(paragraph: "etree._Element") -> bool:
    """Is the paragraph's mark a tracked deletion, or moved away (17.13.5.15, 17.13.5.21)?"""
    if not len(paragraph) or paragraph[0].tag != _PPR:
        return False
    mark = paragraph[0].find(_RPR)
    return mark is not None and any(child.tag in _DELETED for child in mark)


def _chosen(alternate: "etree._Element") -> "etree._Element | None":
    """The branch of mc:AlternateContent that Word takes (part 3, 7.6): the first it understands, else the fallback."""
    fallback: etree._Element | None = None
    for branch in alternate:
        if branch.tag == _CHOICE:
            wanted = (branch.get("Requires") or "").split()
            spaces = branch.nsmap
            if all((spaces.get(prefix) or "").startswith(UNDERSTOOD) for prefix in wanted):
                return branch
        elif branch.tag == _FALLBACK and fallback is None:
            fallback = branch
    return fallback
