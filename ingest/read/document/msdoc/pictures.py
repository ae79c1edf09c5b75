"""Raster pictures of a document: those that stand in the text (2.9.192 PICFAndOfficeArtData) and
those that float over it ([MS-DOC] 2.9.172 OfficeArtContent, 2.8.37 PlcfSpa)."""

import hashlib
import struct

from ingest.read.document.msdoc import escher
from ingest.read.document.msdoc.plc import read_plc
from ingest.read.document.ooxml.pictures import detect_raster
from ingest.read.photo.looks.inside import Room
from ingest.read.photo.pixels import read_size
from redaksi.model import Picture, Story

_SPA = 26  # bytes of an Spa (2.9.253)
_SHAPE, _SHAPE_FILE = 0x64, 0x66  # MFPF.mm (2.9.157)
_HEAD = 256 * 1024  # of a picture is looked at for its size
_SUFFIX = {"jpeg": "jpg", "tiff": "tif"}


class Pictures:
    """Pictures in the order in which they are found, each content once."""

    def __init__(
        self, word: bytes, elsewhere: bytes, room: Room, taken: dict[str, bytes] | None = None
    ) -> None:
        """`taken`: SHA-256 of pictures whose bytes are wanted, which are put there."""
        self._taken = taken or {}
        self._word = word
        self._elsewhere = elsewhere
        self._budget = escher.Budget()
        self._store: list[tuple[bytes, escher.Raster] | None] = []
        self._shapes: dict[int, list[int]] = {}  # number of a shape -> pictures of the store in it
        self._anchors: dict[int, int] = {}  # position in the text -> number of its shape
        self._groups: dict[
            int, int
        ] = {}  # number of a shape -> number of the group it belongs to, or its own
        self._seen: set[str] = set()
        self._room = room
        self.found: list[Picture] = []
        self.linked = False

    def read_drawings(self, content: bytes, stories: dict[int, bytes]) -> None:
        """`content` is the OfficeArtContent; `stories` have the PlcfSpa of the story that starts
        at the position."""
        for start, anchors in stories.items():
            positions, spas = read_plc(anchors, _SPA)
            for position, spa in zip(positions, spas, strict=False):
                self._anchors[start + position] = int.from_bytes(spa[:4], "little")
        group = next(escher.read_records(content, 0, len(content), self._budget), None)
        if not self._anchors or group is None:
            return
        for record in escher.walk_record(content, group, self._budget):
            if record.kind == escher.BSTORE:
                self._store = [
                    escher.read_stored(content, each, self._word, self._budget)
                    for each in escher.read_records(content, record.start, record.end, self._budget)
                ]
                break
        at = group.end
        # OfficeArtWordDrawing: a byte that says which story, then the drawing
        while at + 9 <= len(content):
            drawing = next(escher.read_records(content, at + 1, len(content), self._budget), None)
            if drawing is None:
                break
            self._drawing(content, drawing)
            at = drawing.end

    def _drawing(self, content: bytes, drawing: escher.Record) -> None:
        """Its shapes; those of a group belong to the group, whose own shape comes first."""
        for top in escher.read_records(content, drawing.start, drawing.end, self._budget):
            if top.kind != escher.SPGR:
                continue
            for shape in escher.read_records(content, top.start, top.end, self._budget):
                number = 0
                for record in escher.walk_record(content, shape, self._budget):
                    if record.kind == escher.FSP:
                        own = escher.read_shape_number(content, record)
                        number = number or own
                        self._groups[own] = number
                    elif record.kind == escher.FOPT:
                        which = escher.read_shown(content, record)
                        if which:
                            self._shapes.setdefault(number, []).append(which)

    def anchors(self) -> dict[int, int]:
        """By the number of a shape, where it hangs in the text."""
        at = {number: position for position, number in self._anchors.items()}
        return at | {own: at[group] for own, group in self._groups.items() if group in at}

    def add_floating(self, position: int, after: int, story: Story) -> None:
        """The pictures of the drawn object whose anchor stands at `position`."""
        for which in self._shapes.get(self._anchors.get(position, -1), ()):
            stored = self._store[which - 1] if which <= len(self._store) else None
            if stored is not None:
                self._add(*stored, after, story)

    def add_inline(self, place: int, after: int, story: Story) -> None:
        """The picture whose PICF lies at `place` in the Data stream (2.9.191)."""
        octets = self._elsewhere
        if place + 68 > len(octets):
            return
        total, header, form = struct.unpack_from("<IHH", octets, place)
        at, end = place + header, min(len(octets), place + total)
        if form == _SHAPE_FILE and at < end:
            at += 1 + octets[at]
        elif form != _SHAPE:
            return
        which = 1
        entries = []
        for record in escher.read_records(octets, at, end, self._budget):
            if record.kind == escher.SP:
                for inner in escher.walk_record(octets, record, self._budget):
                    if inner.kind == escher.FOPT:
                        which = escher.read_shown(octets, inner) or which
            else:
                entries.append(record)
        if not entries:
            self.linked = self.linked or form == _SHAPE_FILE
            return
        entry = entries[which - 1] if which <= len(entries) else entries[0]
        stored = escher.read_stored(octets, entry, self._word, self._budget)
        if stored is not None:
            self._add(*stored, after, story)

    def _add(self, octets: bytes, raster: escher.Raster, after: int, story: Story) -> None:
        view = memoryview(octets)[raster.start : raster.end]
        digest = hashlib.sha256(view).hexdigest()
        if digest in self._seen:
            return
        if not self._room.may_name(len(self.found)):
            return
        self._seen.add(digest)
        if digest in self._taken:
            self._taken[digest] = bytes(view)
        head = bytes(view[:_HEAD])
        kind = raster.kind if raster.kind == "bmp" else detect_raster(head) or raster.kind
        width, height = _bitmap(head) if raster.kind == "bmp" else read_size(head)
        glance = self._room.glance(bytes(view), kind, width, height)
        self.found.append(
            Picture(
                name=f"gambar-{len(self.found) + 1}.{_SUFFIX.get(kind, kind)}",
                kind=kind,
                sha256=digest,
                width=width,
                height=height,
                likeness=glance.likeness,
                drawn=glance.is_drawn,
                after=after,
                story=story,
            )
        )


def _bitmap(head: bytes) -> tuple[int, int]:
    """A device-independent bitmap begins with its BITMAPINFOHEADER, without a file header."""
    if len(head) < 16:
        return 0, 0
    if head[:4] == b"\x0c\0\0\0":
        return struct.unpack_from("<HH", head, 4)
    width, height = struct.unpack_from("<ii", head, 4)
    return abs(width), abs(height)
