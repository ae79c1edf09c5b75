"""A mail taken apart where it lies: a tree of parts that are offsets into the raw octets (RFC 2045,
2046).

One pass, no recursion, nothing copied: the next boundary is found by a search for a line that
begins with "--" and a look into a table of the boundaries that are open, however deep they nest.
Where several parts use one boundary the innermost that is open owns it. Bodies are decoded later
(`ingest.read.mail.body_part`); what is broken is mended by `ingest.read.mail.transport`.
"""

import re
from collections.abc import Iterator

from msgspec import Struct, field

from ingest.read.mail.body_part import Raw, parse_encoding
from ingest.read.mail.headers import (
    Block,
    Fields,
    Value,
    find_first,
    parse_media_type,
    parse_structured,
    read_block,
)
from redaksi.errors import Hostile
from redaksi.limits import Safety
from redaksi.reasons import Reason, ReasonCode

# lines that begin with "--" and are no boundary: signatures, tables, SQL; but not that many
_MOST_STRAYS = 300_000
HEADERS = 4  # times the limit of one header block: what the headers of all parts may come to
_NOBODY = [-1]
_IN_A_PART = {
    ReasonCode.HEADER_LIMIT: ReasonCode.PART_HEADER_LIMIT,
    ReasonCode.HEADER_FIELD_LIMIT: ReasonCode.PART_HEADER_FIELD_LIMIT,
}
MESSAGES = frozenset({"message/rfc822", "message/global"})  # RFC 2046 5.2.1, RFC 6532 3.7


class Part(Struct, kw_only=True, eq=False):
    """A part and what is in it: `start` to `end` is its body, without the line break before the
    boundary.

    Not frozen: `end` and `children` are known only when its last line has been seen; `split` hands
    it out finished.
    """

    fields: Fields
    type: Value  # Content-Type
    disposition: Value  # Content-Disposition
    transfer: str  # Content-Transfer-Encoding, lower case
    start: int
    end: int = 0
    children: list["Part"] = field(default_factory=list)
    mended: bool = False  # its place or encoding was guessed: what is in it may be ours to answer

    def first(self, name: str) -> str:
        """The topmost value of a header field, "" when absent."""
        return find_first(self.fields, name)


class _Open(Struct, kw_only=True):
    part: Part
    boundary: bytes = b""  # b"" for a message in a message
    started: bool = False


class Split(Struct, frozen=True, kw_only=True):
    """A mail taken apart: its header, and its tree unless it broke a limit (`refused`)."""

    header: Block
    root: Part | None
    headers: int = 0  # octets of all header blocks
    refused: Reason | None = None
    mended: str = ""  # the line at which a broken mail was taken apart, or that never came


def detect_line_break(raw: Raw, within: int) -> bytes:
    """What ends a line: LF (CR LF too), or CR alone in a mail that has no LF in its header."""
    return b"\r" if raw.find(b"\n", 0, within) < 0 <= raw.find(b"\r", 0, within) else b"\n"


def find_header_start(raw: Raw) -> int:
    """Where the header begins: behind a byte order mark and blank lines, as editors and spools
    leave them."""
    start = 3 if raw[:3] == b"\xef\xbb\xbf" else 0
    while raw[start : start + 1] in (b"\r", b"\n") and start < 100:
        start += 1
    return start


def split(raw: Raw, safety: Safety, *, parts: int = 0, depth: int = 0, headers: int = 0) -> Split:
    """The tree of `raw`. `parts`, `depth` and `headers` (octets) are what an enclosing mail has
    used up of its limits.
    """
    return _Splitter(raw, safety, (parts, depth, headers)).run()


def split_leaf(
    raw: Raw, leaf: Part, boundary: bytes, safety: Safety, used: tuple[int, int, int]
) -> tuple[int, int]:
    """Take a leaf apart at a boundary that its fields do not name: its parts become its children.
    `used`: as for `split`; comes back with what this took (parts, octets of headers).

    Raises Hostile over a limit.
    """
    newline = detect_line_break(raw, safety.max_header)
    piece = newline + bytes(raw[leaf.start : leaf.end])  # a boundary begins a line
    shift = leaf.start - len(newline)
    top = Part(
        fields=leaf.fields,
        type=leaf.type,
        disposition=leaf.disposition,
        transfer="",
        start=0,
        end=len(piece),
    )
    splitter = _Splitter(piece, safety, used)
    splitter.newline = newline
    splitter.run_inside(top, boundary)
    waiting = list(top.children)
    while waiting:
        part = waiting.pop()
        part.start += shift
        part.end += shift
        waiting.extend(part.children)
    leaf.children = top.children
    return splitter.parts, splitter.headers


def walk_leaves(part: Part) -> Iterator[Part]:
    """Every part without children, in order."""
    waiting = [part]
    while waiting:
        here = waiting.pop()
        if here.children:
            waiting.extend(reversed(here.children))
        else:
            yield here


class _Splitter:
    """The state of one pass: what is open, and which boundary belongs to whom."""

    def __init__(self, raw: Raw, safety: Safety, used: tuple[int, int, int]) -> None:
        self.raw = raw
        self.safety = safety
        self.parts, self.depth, self.headers = used
        self.newline = detect_line_break(raw, safety.max_header)
        self.stack: list[_Open] = []
        self.owner: dict[bytes, list[int]] = {}  # boundary -> its positions in the stack
        self.leaf: Part | None = None
        self.lacks = ""  # the boundary whose end never came: the mail may be cut
        self.strays = 0  # boundary lines that begin or end no part

    def run(self) -> Split:
        header = self._header(find_header_start(self.raw))
        if header.over:
            return Split(header=header, root=None, refused=header.over)
        try:
            root = self._open(header, default="text/plain")
            self._boundaries()
        except Hostile as limit:
            return Split(header=header, root=None, refused=limit.reason)
        return Split(header=header, root=root, headers=self.headers, mended=self.lacks)

    def run_inside(self, top: Part, boundary: bytes) -> None:
        """The parts of a body whose header is known."""
        self._push(_Open(part=top, boundary=boundary))
        self._boundaries()

    def _header(self, start: int) -> Block:
        most = (self.safety.max_header, self.safety.max_field)
        return read_block(self.raw, start, self.newline, most, self._is_boundary)

    def _open(self, header: Block, default: str) -> Part:
        """Enter the part under `header`: a multipart or a message becomes a level, anything else
        the leaf."""
        top: Part | None = None
        while True:
            self.parts += 1
            if self.parts > self.safety.max_parts:
                raise Hostile("mail", ReasonCode.PARTS_LIMIT, most=self.safety.max_parts)
            if header.over:
                raise Hostile("mail", _IN_A_PART[header.over.code], **header.over.facts)
            self.headers += header.body - header.start
            if self.headers > HEADERS * self.safety.max_header:
                most = HEADERS * self.safety.max_header // 1024
                raise Hostile("mail", ReasonCode.PART_HEADERS_LIMIT, most=most)
            part = Part(
                fields=header.fields,
                type=parse_media_type(find_first(header.fields, "content-type"), default),
                disposition=parse_structured(find_first(header.fields, "content-disposition")),
                transfer=parse_encoding(find_first(header.fields, "content-transfer-encoding")),
                start=header.body,
            )
            if top is None:
                top = part
            if self.stack:
                self.stack[-1].part.children.append(part)
            boundary = part.type.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
            if part.type.word.startswith("multipart/") and boundary:
                self._push(_Open(part=part, boundary=boundary))
                return top
            if not is_open_message(part):
                self.leaf = part
                return top
            self._push(_Open(part=part))
            header = self._header(part.start)
            default = "text/plain"

    def _push(self, level: _Open) -> None:
        if self.depth + len(self.stack) >= self.safety.max_depth:
            raise Hostile("mail", ReasonCode.PARTS_DEPTH_LIMIT, most=self.safety.max_depth)
        if level.boundary:
            self.owner.setdefault(level.boundary, []).append(len(self.stack))
        self.stack.append(level)

    def _boundaries(self) -> None:
        raw, newline = self.raw, self.newline
        longest = self.safety.max_field
        marker = re.compile(b"--(?<=%b--)" % newline)  # faster than mmap's own find
        position = self._position()
        while self.owner:
            dashes = marker.search(raw, position)
            if dashes is None:
                break
            found = dashes.start()
            line_end = raw.find(newline, found, found + longest)
            line_end = min(found + longest, len(raw)) if line_end < 0 else line_end
            level, closing = self._match(raw[found:line_end])
            if level < 0:
                position = line_end
                self._stray()
                continue
            position = self._cross(
                level, found, min(line_end + len(newline), len(raw)), closing=closing
            )
        self._finish()

    def _stray(self) -> None:
        self.strays += 1
        if self.strays > _MOST_STRAYS:
            raise Hostile("mail", ReasonCode.BOUNDARIES_LIMIT, most=_MOST_STRAYS)

    def _position(self) -> int:
        if self.leaf is not None:
            return self.leaf.start
        return self.stack[-1].part.start if self.stack else 0

    def _is_boundary(self, line: bytes) -> bool:
        return self._match(line)[0] >= 0

    def _match(self, line: bytes) -> tuple[int, bool]:
        """Which level a "--" line belongs to (-1: none), and whether it closes it. Of a boundary
        that looks like another's end the outer counts."""
        name = line[2:].rstrip(b"\r\n").rstrip(b" \t")
        opens = self.owner.get(name, _NOBODY)[-1]
        closes = self.owner.get(name[:-2], _NOBODY)[-1] if name.endswith(b"--") else -1
        if closes >= 0 and (opens < 0 or closes <= opens):
            return closes, True
        return opens, False

    def _cross(self, level: int, line_start: int, after: int, *, closing: bool) -> int:
        """Close all that the boundary line ends, open what it begins; return where to look on."""
        self._close(level + 1, line_start)
        here = self.stack[level]
        if closing:
            self._close(level, line_start)
            return after
        here.started = True
        following = self.raw[after : after + len(here.boundary) + 100].split(self.newline, 1)[0]
        if following.startswith(b"--") and self._is_boundary(following):
            self._stray()
            return after  # two boundary lines with nothing between them are no part
        default = "message/rfc822" if here.part.type.word == "multipart/digest" else "text/plain"
        self._open(self._header(after), default)
        return self._position()

    def _close(self, level: int, line_start: int) -> None:
        """End the leaf and every level from `level` up before the boundary line at `line_start`,
        whose own the line break before it is (RFC 2046 5.1.1)."""
        end = self._without_break(line_start)
        self._end_leaf(end)
        while len(self.stack) > level:
            closed = self.stack.pop()
            closed.part.end = max(closed.part.start, end)
            if closed.boundary:
                self._disown(closed.boundary)

    def _disown(self, boundary: bytes) -> None:
        positions = self.owner[boundary]
        positions.pop()
        if not positions:
            del self.owner[boundary]

    def _finish(self) -> None:
        """The mail ends with parts open: cut, or sloppy. Its last line break still counts as a
        boundary's."""
        end = len(self.raw)
        if any(level.boundary for level in self.stack):
            end = self._without_break(end)
        never = next((level.boundary for level in self.stack if level.started), b"")
        if never and self.leaf is not None:
            self.leaf.mended = True
            self.lacks = f"--{never.decode('utf-8', 'replace')}--"
        self._end_leaf(end)
        while self.stack:
            self.stack.pop().part.end = len(self.raw)
        self.owner.clear()

    def _end_leaf(self, end: int) -> None:
        if self.leaf is not None:
            self.leaf.end = max(self.leaf.start, end)
            self.leaf = None

    def _without_break(self, end: int) -> int:
        before = self.raw[max(0, end - 2) : end]
        return end - (2 if before == b"\r\n" else 1 if before[-1:] in (b"\r", b"\n") else 0)


def is_open_message(part: Part) -> bool:
    """Whether a part is a message whose parts lie open in the raw octets (not itself encoded)."""
    return part.type.word in MESSAGES and part.transfer not in ("base64", "quoted-printable")
