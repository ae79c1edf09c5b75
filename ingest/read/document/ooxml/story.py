"""The walk through a story: paragraphs in reading order, tables, text boxes after the paragraph
they hang on.

Shown: insertions, fields' results, content controls, the branch of mc:AlternateContent that Word
takes. Not shown: deletions and what moved away, field codes, comments. Hidden text is kept and
marked.
"""

from lxml import etree
from msgspec import Struct

from ingest.read.document.ooxml import tables
from ingest.read.document.ooxml.inline import DELETED, INSERTED, MAX_DEPTH, Inline, Place
from ingest.read.document.ooxml.markup import choose_branch
from ingest.read.document.ooxml.names import MC, W
from ingest.read.document.ooxml.properties import Properties, read_paragraph_properties
from ingest.read.document.ooxml.styles import Styles, spacing_of
from redaksi.errors import Hostile
from redaksi.limits import Safety
from redaksi.model import Paragraph, Story
from redaksi.reasons import ReasonCode

_P, _PPR, _RPR, _TBL, _SECTION = W + "p", W + "pPr", W + "rPr", W + "tbl", W + "sectPr"
_ALTERNATE = MC + "AlternateContent"
_CONTAINERS = frozenset((W + "sdt", W + "sdtContent", W + "customXml")) | INSERTED


class Within(Struct, frozen=True):
    """Where blocks stand: the story, the table style with the conditions that hold, how deep."""

    story: Story
    table: str = ""
    conditions: tuple[str, ...] = ()
    depth: int = 0


class Walk:
    """What a reading gathers while it goes through the stories of one document."""

    def __init__(self, styles: Styles, safety: Safety) -> None:
        self.styles = styles
        self.inline = Inline(styles)
        self.paragraphs: list[Paragraph | None] = []
        self.sections: list[etree._Element] = []
        self._most = safety.max_paragraphs

    def read_story(self, root: "etree._Element", story: Story) -> None:
        """Reads a whole story. A field whose code nothing ends is no field: Word shows the text
        that follows."""
        inline = self.inline
        paragraphs, sections = len(self.paragraphs), len(self.sections)
        references, blips = len(inline.references), len(inline.blips)
        self._blocks(root, Within(story))
        if inline.codes:
            inline.no_fields |= {begin for begin, result in inline.fields if not result}
            inline.fields, inline.codes = [], 0
            del self.paragraphs[paragraphs:], self.sections[sections:]
            del inline.references[references:], inline.blips[blips:]
            self._blocks(root, Within(story))
        inline.fields, inline.codes = [], 0

    def _blocks(self, parent: "etree._Element", within: Within) -> None:
        if within.depth > MAX_DEPTH:
            raise Hostile("bomb", ReasonCode.BLOCKS_DEPTH_LIMIT, most=MAX_DEPTH)
        joined: list[
            etree._Element
        ] = []  # paragraphs whose mark was deleted: they run into the next
        for child in parent:
            tag = child.tag
            if tag == _P:
                joined.append(child)
                formatting = child[0] if len(child) and child[0].tag == _PPR else None
                if formatting is not None and _mark_deleted(formatting):
                    continue
                self._paragraph(joined, formatting, within)
                joined = []
                continue
            if joined and (tag in _CONTAINERS or tag in {_TBL, _ALTERNATE}):
                self._deleted_end(joined, within)
                joined = []
            self._block(child, within)
        if joined:
            self._deleted_end(joined, within)

    def _block(self, block: "etree._Element", within: Within) -> None:
        """A table, a container of blocks, or what stands between them; paragraphs were seen to."""
        inner = Within(within.story, within.table, within.conditions, within.depth + 1)
        if block.tag == _TBL:
            story: Story = "table" if within.story == "body" else within.story
            for cell, style, conditions in tables.walk_cells(block, self.styles):
                self._blocks(cell, Within(story, style, conditions, within.depth + 3))
        elif block.tag in _CONTAINERS:
            self._blocks(block, inner)
        elif block.tag == _ALTERNATE:
            branch = choose_branch(block)
            if branch is not None:
                self._blocks(branch, inner)
        elif block.tag == W + "altChunk":
            self.inline.notes.add("altChunk")
        elif block.tag == _SECTION:
            self.sections.append(block)

    def _deleted_end(self, elements: list["etree._Element"], within: Within) -> None:
        """A paragraph whose mark is deleted with none after it to run into: shown if anything is
        left of it."""
        self.inline.notes.add("tracked-changes")
        before = len(self.paragraphs)
        self._paragraph(elements, elements[-1][0], within)
        shown = self.paragraphs[before]
        if shown is not None and not shown.runs and len(self.paragraphs) == before + 1:
            self.paragraphs[before] = None  # the slot stays, for pictures are counted by it

    def _paragraph(
        self, elements: list["etree._Element"], formatting: "etree._Element | None", within: Within
    ) -> None:
        """One shown paragraph: the formatting of its last mark, the runs of all that run into
        it."""
        if len(self.paragraphs) >= self._most:
            raise Hostile("bomb", ReasonCode.PARAGRAPHS_LIMIT, most=self._most)
        direct: Properties = {}
        if formatting is not None:
            direct = read_paragraph_properties(formatting)
            section = formatting.find(_SECTION)
            if section is not None:
                self.sections.append(section)
        base = self.styles.base(str(direct.get("style", "")), within.table, within.conditions)
        self.paragraphs.append(None)
        place = Place(base, within.story, len(self.paragraphs))
        for element in elements:
            self.inline.read(element, place, within.depth + 1)
        place.close()
        if len(elements) > 1:
            self.inline.notes.add("tracked-changes")
        resolved = base.paragraph | direct if direct else base.paragraph
        self.paragraphs[place.index - 1] = Paragraph(
            runs=tuple(place.runs),
            spacing=spacing_of(resolved) if "line" in direct or "rule" in direct else base.spacing,
            story=within.story,
            style=base.name,
            centered=resolved.get("jc") == "center",
            listed=bool(resolved.get("listed")),
        )
        for box in place.boxes:
            self._box(box, within)

    def _box(self, box: "etree._Element", within: Within) -> None:
        """A text box: a story of its own, fields included, unless a header, footer or note holds
        it."""
        inline = self.inline
        inline.notes.add("text-boxes")
        outer = inline.fields, inline.codes
        inline.fields, inline.codes = [], 0
        self._blocks(
            box,
            Within(
                "textbox" if within.story in {"body", "table"} else within.story,
                depth=within.depth + 2,
            ),
        )
        inline.fields, inline.codes = outer


def _mark_deleted(formatting: "etree._Element") -> bool:
    """Is the mark of the paragraph a tracked deletion, or moved away (17.13.5.15, 17.13.5.21)?"""
    mark = formatting.find(_RPR)
    return mark is not None and any(child.tag in DELETED for child in mark)
