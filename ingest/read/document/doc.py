"""Reads a .doc of Word 97 to 2003 as Word shows it ([MS-DOC]).

    bytes ─► Compound (OLE) ─► Fib ─► Styles, pieces, bin tables ─► Text (raw paragraphs) ─► Looks ─► Reading

The formatting of a character comes down from the standard font, table style, paragraph style with
what it is based on, character style, the page of formatting its offset lies in, and what a fast
save left at its piece (2.4.6).
"""

import struct
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from ingest.read.budget import Budget
from ingest.read.document.msdoc import fib as blocks
from ingest.read.document.msdoc.compound import Compound
from ingest.read.document.msdoc.fib import Fib, read_fib
from ingest.read.document.msdoc.fkp import Formatting
from ingest.read.document.msdoc.fonts import read_font_names
from ingest.read.document.msdoc.formatting import Formatted, Looks, Shape, Within
from ingest.read.document.msdoc.pictures import Pictures
from ingest.read.document.msdoc.pieces import read_pieces
from ingest.read.document.msdoc.plc import read_plc
from ingest.read.document.msdoc.stylesheet import Styles
from ingest.read.document.msdoc.tables import Mark, depth_of, find_places, is_row_end
from ingest.read.document.msdoc.text import Raw, Text
from ingest.read.document.ooxml.fonts import split_slots
from ingest.read.document.reading import Reading
from ingest.read.photo.looks.inside import Room
from redaksi.errors import Hostile, Unreadable
from redaksi.limits import Safety
from redaksi.model import Paragraph, Run, Story
from redaksi.reasons import ReasonCode

_OLDER = {
    b"\xdb\xa5": "word2",
    b"\x9b\xa5": "word2",
    b"\x31\xbe": "word-dos",
    b"\x32\xbe": "word-dos",
    b"\xfe\x37": "word-mac",
}
_SEPARATORS = 6  # stories of the header document before those of the first section (2.3.3)
_BOX = 22  # bytes of an FTXBXS (2.9.99); the number of its shape stands at 14
_FOOTERS = frozenset({2, 3, 5})  # of the six of a section


def read(content: bytes, safety: Safety, budget: Budget | None = None) -> Reading:
    """The document in `content`: paragraphs of body and tables in reading order, then notes,
    headers and footers.

    A text box follows the paragraph it hangs on. `Picture.after` is the 1-based index of its
    paragraph within `Reading.paragraphs`. Drawings (EMF, WMF) are no pictures, nor are the previews
    of embedded objects.

    Raises Unreadable of kind "encrypted", "broken", "word95" (Word 6 too), "word2", "word-dos" (and
    Windows Write) or "not-word", and Hostile of kind "bomb".
    """
    if content[:2] in _OLDER:
        raise Unreadable(_OLDER[content[:2]], ReasonCode.OLD_WORD, kind=_OLDER[content[:2]])
    compound = Compound(content)
    if compound.exists("EncryptedPackage"):
        raise Unreadable("encrypted", ReasonCode.DOCUMENT_ENCRYPTED)
    if not compound.exists("WordDocument"):
        raise Unreadable("not-word", ReasonCode.NO_WORD_STREAM)
    try:
        return _read(compound, safety, Room(budget))
    except (struct.error, IndexError, OverflowError) as fault:
        raise Unreadable("broken", ReasonCode.STRUCTURE_CUT, line=fault) from fault


def take_out(
    content: bytes, safety: Safety, wanted: frozenset[str], budget: Budget | None = None
) -> dict[str, bytes]:
    """SHA-256 -> bytes of the `wanted` pictures. Raises as `read` does."""
    taken = dict.fromkeys(wanted, b"")
    try:
        _read(Compound(content), safety, Room(budget), taken)
    except (struct.error, IndexError, OverflowError) as fault:
        raise Unreadable("broken", ReasonCode.STRUCTURE_CUT, line=fault) from fault
    return {digest: picture for digest, picture in taken.items() if picture}


def _read(
    compound: Compound, safety: Safety, room: Room, taken: dict[str, bytes] | None = None
) -> Reading:
    word = compound.stream("WordDocument")
    fib = read_fib(word)
    table = compound.stream(fib.table)
    if not table:
        raise Unreadable("broken", ReasonCode.TABLE_STREAM_MISSING)
    elsewhere = compound.stream("Data", whole=False)
    pieces = read_pieces(fib.part(blocks.CLX, table), len(word), sum(fib.counts))
    looks = Looks(
        Styles(fib.part(blocks.STSHF, table), safety.max_elements),
        read_font_names(fib.part(blocks.STTBF_FFN, table)),
        elsewhere,
    )
    characters = Formatting(word, fib.part(blocks.PLCF_BTE_CHPX, table), paragraphs=False)
    paragraphs = Formatting(word, fib.part(blocks.PLCF_BTE_PAPX, table), paragraphs=True)
    text = Text(word, pieces, characters, paragraphs, looks, safety.max_paragraphs)
    pictures = Pictures(word, elsewhere, room, taken)
    pictures.read_drawings(
        fib.part(blocks.DGG_INFO, table),
        {
            0: fib.part(blocks.PLC_SPA_MOM, table),
            sum(fib.counts[:2]): fib.part(blocks.PLC_SPA_HDR, table),
        },
    )
    writer = _Writer(looks, pictures, safety)
    _stories(fib, table, text, writer)
    notes = set(text.notes)
    if characters.damaged or paragraphs.damaged:
        notes.add("damaged")
    if pictures.linked:
        notes.add("linked-image")
    if compound.exists("Macros", "VBA"):
        notes.add("macros")
    if compound.holds_deeper("WordDocument"):
        notes.add("embedded-document")
    if any(paragraph.story == "textbox" for paragraph in writer.paragraphs):
        notes.add("text-boxes")
    return Reading(
        kind="doc",
        paragraphs=tuple(writer.paragraphs),
        pictures=tuple(pictures.found),
        notes=tuple(sorted(notes)),
    )


def _stories(fib: Fib, table: bytes, text: Text, writer: "_Writer") -> None:
    """The stories lie one after another in the text, in the order of the counts (2.3)."""
    starts = [sum(fib.counts[:index]) for index in range(len(fib.counts) + 1)]
    main, notes, headers, _, comments, endnotes, boxes, _ = pairwise(starts)
    sections, _ = read_plc(fib.part(blocks.PLCF_SED, table), 12)
    writer.boxes = _hung(fib, table, text.read_story(*boxes), boxes[0], writer)
    writer.add(text.read_story(*main, frozenset(end - 1 for end in sections[1:])), "body")
    while writer.boxes:
        writer.add(writer.boxes.pop(next(iter(writer.boxes))), "textbox")
    writer.add(text.read_story(*notes), "note")
    writer.add(text.read_story(*endnotes), "note")
    limits, _ = read_plc(fib.part(blocks.PLCF_HDD, table), 0)
    shown: dict[Story, list[Raw]] = {"header": [], "footer": []}
    for raw in text.read_story(*headers):
        which = bisect_right(limits, raw.position - headers[0]) - 1 - _SEPARATORS
        if which >= 0:
            shown["footer" if which % 6 in _FOOTERS else "header"].append(raw)
    for story, raws in shown.items():
        writer.add(raws, story)
    if comments[0] < comments[1]:
        text.notes.add("comments")


def _hung(
    fib: Fib, table: bytes, raws: list[Raw], start: int, writer: "_Writer"
) -> dict[int, list[Raw]]:
    """The paragraphs of text boxes by where their box hangs (2.8.32 PlcftxbxTxt); -1 for those
    of no known place."""
    limits, boxes = read_plc(fib.part(blocks.PLCF_TXBX_TXT, table), _BOX)
    anchors = writer.pictures.anchors() if raws else {}
    hung: dict[int, list[Raw]] = {}
    for raw in raws:
        which = bisect_right(limits, raw.position - start) - 1
        shape = int.from_bytes(boxes[which][14:18], "little") if 0 <= which < len(boxes) else 0
        hung.setdefault(anchors.get(shape, -1), []).append(raw)
    return hung


class _Writer:
    """Turns raw paragraphs into the reading's."""

    def __init__(self, looks: Looks, pictures: Pictures, safety: Safety) -> None:
        self.paragraphs: list[Paragraph] = []
        self.boxes: dict[int, list[Raw]] = {}  # text boxes by where they hang
        self.pictures = pictures
        self._looks = looks
        self._most = safety.max_paragraphs

    def add(self, raws: Sequence[Raw], story: Story) -> None:
        """The paragraphs of a story. Apart from the body, empty ones are left out: each story
        ends with one."""
        outside = Within()
        raws = [part for raw in raws for part in (self._apart(raw) if raw.joined else (raw,))]
        plain = [self._looks.paragraph(raw.papx, outside) for raw in raws]
        inside: dict[int, Within] = {}
        if any(formatted.block.table_style for formatted in plain):
            marks = [Mark(each.block, raw.cell) for raw, each in zip(raws, plain, strict=True)]
            inside = find_places(marks, self._looks.styles)
        for index, (raw, formatted) in enumerate(zip(raws, plain, strict=True)):
            if is_row_end(formatted.block):
                continue
            within = inside.get(index, outside)
            if within is not outside:
                formatted = self._looks.paragraph(raw.papx, within)  # noqa: PLW2901
            runs = self._runs(raw, formatted, within)
            if story != "body" and not runs and not raw.anchors:
                continue
            if len(self.paragraphs) >= self._most:
                raise Hostile("bomb", ReasonCode.PARAGRAPHS_LIMIT, most=self._most)
            self.paragraphs.append(
                Paragraph(
                    runs=runs,
                    spacing=formatted.spacing,
                    story="table" if story == "body" and depth_of(formatted.block) else story,
                    style=formatted.style,
                    centered=formatted.centered,
                    listed=formatted.listed,
                )
            )
            if raw.anchors:
                self._hang(raw, formatted, within, story)
                for anchor in raw.anchors if story == "body" else ():
                    self.add(self.boxes.pop(anchor.position, ()), "textbox")

    def _apart(self, raw: Raw) -> list[Raw]:
        """A paragraph with a deleted mark runs into the next, but not into a table."""
        outside = Within()
        own = depth_of(self._looks.paragraph(raw.papx, outside).block)
        for joined in reversed(raw.joined):
            if depth_of(self._looks.paragraph(joined.papx, outside).block) == own:
                continue
            before = replace(
                raw,
                parts=raw.parts[: joined.parts],
                anchors=raw.anchors[: joined.anchors],
                papx=joined.papx,
                cell=False,
                joined=(),
            )
            after = replace(
                raw,
                parts=raw.parts[joined.parts :],
                anchors=raw.anchors[joined.anchors :],
                joined=(),
            )
            return [before, after] if before.parts or before.anchors else [after]
        return [raw]

    def _hang(self, raw: Raw, formatted: Formatted, within: Within, story: Story) -> None:
        """The pictures of a paragraph, hidden ones left out."""
        after = len(self.paragraphs)
        for anchor in raw.anchors:
            look = self._looks.look(formatted.istd, within, anchor.stated)
            if look.slots[0].hidden:
                continue
            if anchor.inline >= 0:
                self.pictures.add_inline(anchor.inline, after, story)
            else:
                self.pictures.add_floating(anchor.position, after, story)

    def _runs(self, raw: Raw, formatted: Formatted, within: Within) -> tuple[Run, ...]:
        """Neighbours that look the same are one run."""
        known = self._looks.resolved(formatted.istd, within)
        built: list[tuple[Shape, list[str]]] = []
        last: Shape | None = None
        for text, stated in raw.parts:
            look = known.get(stated) or self._looks.look(formatted.istd, within, stated)
            if look.uniform or text.isascii():
                shaped: tuple[tuple[Shape, str], ...] = ((look.slots[0], text),)
            else:
                shaped = tuple(
                    (look.slots[slot], part)
                    for slot, part in split_slots(text, hint=look.hint, chinese=look.chinese)
                )
            for shape, part in shaped:
                if shape is last or shape == last:
                    built[-1][1].append(part)
                else:
                    built.append((shape, [part]))
                    last = shape
        return tuple([_run(shape, parts) for shape, parts in built])


def _run(shape: Shape, parts: list[str]) -> Run:
    return Run(
        text="".join(parts),
        font=shape.font,
        size=shape.size,
        hidden=shape.hidden,
        inserted=shape.inserted,
        bold=shape.bold,
    )
