"""The inside of a paragraph: runs and what holds them, each character with its resolved
formatting."""

from collections.abc import Callable, Iterator

from lxml import etree

from ingest.read.document.ooxml.fonts import split_slots
from ingest.read.document.ooxml.markup import choose_branch
from ingest.read.document.ooxml.names import MC, OFFICE, W16SE, A, V, W
from ingest.read.document.ooxml.properties import Properties, read_run_properties
from ingest.read.document.ooxml.repeated import NUMBER
from ingest.read.document.ooxml.styles import Base, Look, Shape, Styles
from redaksi.errors import Hostile
from redaksi.model import Run, Story
from redaksi.reasons import ReasonCode

MAX_DEPTH = 200  # of elements the walk descends through

_R, _RPR, _TEXT = W + "r", W + "rPr", W + "t"
_ALTERNATE, _TEXT_BOX, _OBJECT = MC + "AlternateContent", W + "txbxContent", W + "object"
_BLIPS = frozenset((A + "blip", V + "imagedata"))
_OLE = OFFICE + "OLEObject"
# programs whose objects may hold the article itself; a chart or a formula does not
_WRITERS = ("word", "package", "acroexch", "foxit", "opendocument.writer", "soffice.writer", "wps.")
INSERTED = frozenset((W + "ins", W + "moveTo"))
DELETED = frozenset((W + "del", W + "moveFrom"))
_CONTAINERS = frozenset(
    W + name
    for name in (
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "fldSimple",
        "bdo",
        "dir",
    )
)
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
}
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"

_BLANKS = frozenset(" \t\r\n")
_SPACES = str.maketrans("\t\n\r", "   ")


class Place:
    """A paragraph being read: where it stands, what its runs build on, and the runs so far."""

    __slots__ = ("base", "boxes", "index", "inserted", "key", "parts", "runs", "story")

    def __init__(self, base: Base, story: Story, index: int) -> None:
        self.base = base
        self.story = story
        self.index = index  # 1-based, among the reading's paragraphs
        self.inserted = False  # inside a tracked insertion
        self.runs: list[Run] = []
        self.parts: list[str] = []
        self.key: Shape | None = None
        self.boxes: list[etree._Element] = []

    def add(self, text: str, key: Shape) -> None:
        """Characters of one formatting; neighbours of the same formatting become one run."""
        if text:
            self.turn(key)
            self.parts.append(text)

    def turn(self, key: Shape) -> None:
        """From here on, characters look like `key`."""
        if key != self.key:
            self.close()
            self.key = key

    def close(self) -> None:
        """Ends the run being built."""
        if self.parts and self.key is not None:
            font, size, bold, hidden, inserted = self.key
            text = "".join(self.parts)
            self.runs.append(
                Run(text=text, font=font, size=size, hidden=hidden, inserted=inserted, bold=bold)
            )
            self.parts = []


class Inline:
    """Reads paragraphs' contents, and gathers what they point at."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.stated: dict[
            str, Properties
        ] = {}  # run properties cut out of the document (`repeated`)
        self.notes: set[str] = set()
        self.references: list[tuple[str, str]] = []  # (footnotes | endnotes, id), in reading order
        self.blips: list[
            tuple[etree._Element, int]
        ] = []  # shown pictures and the index of their paragraph
        self.fields: list[
            tuple[etree._Element, bool]
        ] = []  # open fields: their begin; is it their result?
        self.codes = 0  # how many of them are still at their code
        self.no_fields: frozenset[etree._Element] = frozenset()  # begins that nothing ends

    def read(self, parent: "etree._Element", place: Place, depth: int) -> None:
        """The children of a paragraph, or of what may hold runs inside one."""
        if depth > MAX_DEPTH:
            raise Hostile("bomb", ReasonCode.ELEMENTS_DEPTH_LIMIT, most=MAX_DEPTH)
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child, place, depth)
            elif tag in _CONTAINERS:
                self.read(child, place, depth + 1)
            elif tag in INSERTED:
                self.notes.add("tracked-changes")
                outer, place.inserted = place.inserted, True
                self.read(child, place, depth + 1)
                place.inserted = outer
            elif tag in DELETED:
                self.notes.add("tracked-changes")
            elif tag == _ALTERNATE:
                branch = choose_branch(child)
                if branch is not None:
                    self.read(branch, place, depth + 1)
            elif tag == W + "subDoc":  # a part of a master document, in a file that did not come
                self.notes.add("embedded-document")

    def _run(self, run: "etree._Element", place: Place, depth: int) -> None:
        look: Look | None = None
        for child in run:
            tag = child.tag
            if tag == _RPR:
                look = self._stated_look(place.base, child)
                continue
            if look is None:
                look = place.base.looks.get(()) or self._look(place.base, None, None)
            if tag != _TEXT:
                self._other(child, place, look, depth)
            elif not self.codes:
                text = child.text or ""
                if text[:1] in _BLANKS or text[-1:] in _BLANKS or "\n" in text or "\t" in text:
                    text = _spaced(text, child)
                if not look.uniform and not text.isascii():
                    _split(text, place, look)
                elif text:
                    shape = look.inserted if place.inserted else look.plain
                    if shape is not place.key:
                        place.turn(shape)
                    place.parts.append(text)

    def _stated_look(self, base: Base, formatting: "etree._Element") -> Look:
        """The formatting a w:rPr states, by its number where it was cut out of the document."""
        number = formatting.get(NUMBER) if self.stated else None
        known = base.looks.get(number) if number is not None else None
        return known or self._look(base, formatting, number)

    def _look(self, base: Base, formatting: "etree._Element | None", number: str | None) -> Look:
        """A run's formatting, resolved once for all runs that state the same in paragraphs of
        the same base."""
        direct = (
            read_run_properties(formatting, self.styles.theme)
            if number is None
            else self.stated[number]
        )
        signature = tuple(direct.items())
        look = base.looks.get(signature)
        if look is None:
            look = base.looks[signature] = self.styles.look(base, direct)
        if number is not None:
            base.looks[number] = look
        return look

    def _other(self, child: "etree._Element", place: Place, look: Look, depth: int) -> None:
        """What a run holds besides text: characters that have elements of their own, and the
        rarer things."""
        tag = child.tag
        if tag in _CHARACTERS:
            if not self.codes:
                _split(_CHARACTERS[tag], place, look)
        elif tag in _RARE:
            _RARE[tag](self, child, place, look, depth)

    def _field(self, mark: "etree._Element", _place: Place, _look: Look, _depth: int) -> None:
        """w:fldChar (17.16.18): between begin and separate stands the code, between separate and
        end the result."""
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            if mark not in self.no_fields:
                self.fields.append((mark, False))
                self.codes += 1
        elif kind == "separate" and self.fields and not self.fields[-1][1]:
            self.fields[-1] = (self.fields[-1][0], True)
            self.codes -= 1
        elif kind == "end" and self.fields and not self.fields.pop()[1]:
            self.codes -= 1

    def _symbol(self, symbol: "etree._Element", place: Place, look: Look, _depth: int) -> None:
        """w:sym (17.3.3.30): a character of the font it names."""
        try:
            code = int(symbol.get(W + "char", ""), 16)
        except ValueError:
            return
        if (not self.codes and 0x20 <= code < 0xD800) or 0xE000 <= code <= 0xFFFD:
            shape = look.plain._replace(inserted=place.inserted)
            place.add(chr(code), shape._replace(font=symbol.get(W + "font") or shape.font))

    def _symbol_ex(self, symbol: "etree._Element", place: Place, look: Look, _depth: int) -> None:
        """w16se:symEx ([MS-DOCX] 2.7.2): a character beyond the first plane, such as an emoji,
        in a font that Word chose and not the writer."""
        try:
            code = int(symbol.get(W16SE + "char", ""), 16)
        except ValueError:
            return
        if not self.codes and 0x20 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000:
            place.add(chr(code), look.plain._replace(inserted=place.inserted))

    def _object(self, embedded: "etree._Element", place: Place, look: Look, depth: int) -> None:
        """w:object (17.3.3.19): what it shows, and whether text may stand in it."""
        for ole in embedded.iter(_OLE, W + "objectEmbed", W + "objectLink"):
            program = ole.get("ProgID") or ole.get(W + "progId") or ""
            if program.casefold().startswith(_WRITERS):
                self.notes.add("embedded-document")
        self._drawing(embedded, place, look, depth)

    def _drawing(self, drawing: "etree._Element", place: Place, look: Look, _depth: int) -> None:
        """The text boxes and pictures of a drawing; a hidden picture, and an object's preview,
        is none."""
        if self.codes:
            return
        for part in _parts(drawing):
            if part.tag == _TEXT_BOX:
                place.boxes.append(part)
            elif part.tag in _BLIPS and not look.plain.hidden and drawing.tag != _OBJECT:
                self.blips.append((part, place.index))

    def _alternate(self, alternate: "etree._Element", place: Place, look: Look, depth: int) -> None:
        branch = choose_branch(alternate)
        if branch is None or depth > MAX_DEPTH:
            return
        for child in branch:
            if child.tag != _TEXT:
                self._other(child, place, look, depth + 1)
            elif not self.codes:
                _split(_spaced(child.text or "", child), place, look)

    def _ruby(self, ruby: "etree._Element", place: Place, _look: Look, depth: int) -> None:
        """w:ruby (17.3.3.25): the base text; the guide above it is not part of the line."""
        for base in ruby.iterchildren(W + "rubyBase"):
            self.read(base, place, depth + 2)

    def _note(self, reference: "etree._Element", _place: Place, _look: Look, _depth: int) -> None:
        self.references.append((_NOTES[str(reference.tag)], reference.get(W + "id", "")))

    def _comment(
        self, _reference: "etree._Element", _place: Place, _look: Look, _depth: int
    ) -> None:
        self.notes.add("comments")


_RARE: dict[str, Callable[[Inline, "etree._Element", Place, Look, int], None]] = {
    W + "fldChar": Inline._field,
    W + "sym": Inline._symbol,
    W + "drawing": Inline._drawing,
    W + "pict": Inline._drawing,
    _OBJECT: Inline._object,
    W16SE + "symEx": Inline._symbol_ex,
    _ALTERNATE: Inline._alternate,
    W + "ruby": Inline._ruby,
    W + "footnoteReference": Inline._note,
    W + "endnoteReference": Inline._note,
    W + "commentReference": Inline._comment,
}


def _parts(drawing: "etree._Element") -> Iterator["etree._Element"]:
    """What a drawing is made of: of what is written twice the branch that Word takes, and no way
    into text boxes, which are read on their own."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == _ALTERNATE:
            branch = choose_branch(element)
            if branch is not None:
                waiting.append(branch)
            continue
        yield element
        if element.tag != _TEXT_BOX:
            waiting.extend(reversed(element))


def _split(text: str, place: Place, look: Look) -> None:
    """Adds characters, each in the font, size and weight of its slot."""
    for slot, part in (
        split_slots(text, hint=look.hint, chinese=look.chinese)
        if not look.uniform
        else ((0, text),)
    ):
        key = (look.plain, look.east, look.high)[slot]
        place.add(part, key._replace(inserted=True) if place.inserted else key)


def _spaced(text: str, element: "etree._Element") -> str:
    """The characters of a w:t: line ends and tabs in the markup are spaces, and those at its
    ends count only under xml:space="preserve" (17.3.3.31)."""
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.translate(_SPACES)
    return text if element.get(_PRESERVE) == "preserve" else text.strip(" ")
