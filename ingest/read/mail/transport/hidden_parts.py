"""A mail taken apart though it is broken: parts that its fields do not tell of.

The splitter (`ingest.read.mail.message`) believes what the fields say. Behind it each leaf is
looked at: fields that an empty line cut off, a multipart under another name or with another
boundary, parts behind the end, a file in uuencode. What was found so is `mended`: where something
of such a mail is missing or damaged an editor looks.
"""

import re
from collections.abc import Iterator

import msgspec

from ingest.read.mail.body_part import Raw, parse_encoding
from ingest.read.mail.headers import (
    Value,
    find_filename,
    find_first,
    parse_media_type,
    parse_structured,
)
from ingest.read.mail.message import Part, Split, split, split_leaf
from ingest.read.mail.transport.encodings import settle_encoding
from ingest.read.mail.transport.fallen_fields import find_fallen
from ingest.read.mail.transport.uuencoded import find_uuencoded
from redaksi.errors import Hostile
from redaksi.limits import Safety
from redaksi.text import clean

_MOST_MENDS = 40  # leaves of one mail that are taken apart
_MOST_TIMES = 4  # that the octets of a mail are gone over, at most
_MOST_TRIES = 4000  # lines like a boundary that are looked at in one mail
_MOST_ASKED = 100  # boundaries that are looked for to the end
_MOST_FIELDS = 60  # lines below one
_MOST_ENDS = 20  # of a mail that goes on behind them
_ARTICLE = 600  # octets above the first boundary
_EXAMPLE = 4096  # octets: below it no document or photo has room
_WINDOW = 1 << 20  # octets of a leaf in which the first boundary is looked for
_LOOK = 4000  # octets below a line like a boundary
# a literal first: what it begins with is looked at behind it, which is ten times as fast
_DASHES = re.compile(rb"--(?<=[\r\n]--)([^\r\n]{1,300})(?:\r\n|\r|\n)")
_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}[ \t]*:")
_CONTENT = re.compile(rb"content-(?:type|disposition|transfer-encoding)[ \t]*:", re.IGNORECASE)
_TELLING = frozenset({"content-type", "content-disposition", "content-transfer-encoding"})
_OPEN = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit"})
_TEXTS = ("text/plain", "text/html")
_MIXED = Value(word="multipart/mixed")
_ALTERNATIVE = Value(word="multipart/alternative")
# what mailers write above the first boundary for readers that know no MIME
_FOR_OTHERS = re.compile(r"multi-?part|MIME", re.IGNORECASE)


def take_apart(
    raw: Raw, safety: Safety, *, parts: int = 0, depth: int = 0, headers: int = 0
) -> Split:
    """As `split`, and what is broken is mended: the tree of every mail that is well formed is the
    same."""
    taken = split(raw, safety, parts=parts, depth=depth, headers=headers)
    if taken.root is None:
        return taken
    mender = _Mender(raw, safety, (parts, depth, taken.headers))
    try:
        return mender.mend(taken, taken.root)
    except Hostile as limit:
        return msgspec.structs.replace(taken, root=None, refused=limit.reason)


class _Mender:
    """What is left to be looked at of one mail, and what was used up of its limits."""

    def __init__(self, raw: Raw, safety: Safety, used: tuple[int, int, int]) -> None:
        self.raw = raw
        self.safety = safety
        self.parts, self.depth, self.headers = used
        self.mended = ""
        self.mends = 0
        self.octets = 0  # of leaves that were taken apart
        self.tries = 0
        self.asked = 0

    def mend(self, taken: Split, root: Part) -> Split:
        self._note(taken.mended)
        self.parts += sum(1 for _ in _walk(root))
        header = taken.header
        fallen = self._adopt(root, is_top=True)
        if fallen:
            header = msgspec.structs.replace(header, fields=header.fields + fallen)
        self._find_behind(root)
        waiting = list(_leaves(root, 0))[::-1]
        while waiting:
            leaf, depth = waiting.pop()
            if leaf is not root:
                self._adopt(leaf, is_top=False)
            if self._may_mend(leaf) and self._open(leaf, depth, is_top=leaf is root):
                self.mends += 1
                self.octets += leaf.end - leaf.start
                waiting.extend(reversed(list(_leaves(leaf, depth))))
            else:
                self._settle(leaf)
        return Split(header=header, root=root, headers=self.headers, mended=self.mended)

    def _may_mend(self, leaf: Part) -> bool:
        """Whether there is room for one more: of leaves, and of octets that are gone over again."""
        room = _MOST_TIMES * len(self.raw) - self.octets
        return self.mends < _MOST_MENDS and leaf.end - leaf.start <= room

    def _settle(self, leaf: Part) -> None:
        if leaf.children:
            return
        settled = settle_encoding(self.raw, leaf)
        leaf.mended = leaf.mended or settled != leaf.transfer
        leaf.transfer = settled

    def _adopt(self, part: Part, *, is_top: bool) -> tuple[tuple[str, str], ...]:
        """Give a part the fields that stand in its body."""
        above = {name.lower() for name, _ in part.fields}
        may_lack = is_top and "subject" not in above
        if (part.children and not may_lack) or part.type.word.startswith("message/"):
            return ()
        fallen, body = find_fallen(
            self.raw, part.start, part.end, part.fields, self.safety, is_top=is_top
        )
        names = {name.lower() for name, _ in fallen}
        is_text = is_top or part.type.word.startswith("text/")
        if not (names if is_top else names & _TELLING):
            return ()
        if not is_text and not all(name.startswith("content-") for name in names):
            return ()  # a mail attached as a file begins with fields too
        if part.children:
            return tuple(pair for pair in fallen if not pair[0].lower().startswith("content-"))
        part.fields += fallen
        part.type = parse_media_type(find_first(part.fields, "content-type"), "text/plain")
        part.disposition = parse_structured(find_first(part.fields, "content-disposition"))
        part.transfer = parse_encoding(find_first(part.fields, "content-transfer-encoding"))
        part.start = min(body, part.end)
        part.mended = True
        self._note(fallen[0][0] + ":")
        return fallen

    def _open(self, leaf: Part, depth: int, *, is_top: bool) -> bool:
        """Take a leaf apart where a multipart or a file in uuencode lies in it."""
        if leaf.children or (leaf.transfer not in _OPEN and not _is_multipart(leaf)):
            return False
        is_told = is_top and not leaf.type.word.startswith("message/")
        if not (is_told or _is_multipart(leaf) or _is_plain(leaf)):
            return False
        found = self._find_boundary(leaf, is_top=is_top)
        if found is None:
            return _is_plain(leaf) and self._open_uuencoded(leaf)
        at, boundary = found
        if _speaks_of_mail(leaf, at):
            return False
        used = (self.parts, self.depth + depth, self.headers)
        self.parts, self.headers = split_leaf(self.raw, leaf, boundary, self.safety, used)
        if not leaf.children:
            return False
        for part in _walk(leaf):
            part.mended = True
        self._note("--" + boundary.decode("utf-8", "replace"))
        self._keep_words(leaf, at)
        if not _is_multipart(leaf):
            leaf.type = _ALTERNATIVE if _are_renderings(leaf.children) else _MIXED
        return True

    def _open_uuencoded(self, leaf: Part) -> bool:
        found = find_uuencoded(self.raw, leaf)
        if not found:
            return False
        self.parts += len(found)
        leaf.children = found
        leaf.type = _MIXED
        self._note("begin")
        return True

    def _find_boundary(self, leaf: Part, *, is_top: bool) -> tuple[int, bytes] | None:
        """The first line that is a boundary by a field or by what stands below it, and its name."""
        piece = b"\n" + bytes(self.raw[leaf.start : min(leaf.end, leaf.start + _WINDOW)])
        before = leaf.start - 1
        named = set(_named_boundaries(leaf))
        # a text that says truly what it is may speak of boundaries: one alone is none
        is_sure = is_top or _is_multipart(leaf)
        for dashes in _DASHES.finditer(piece):
            boundary = dashes[1].rstrip(b" \t")
            self.tries += 1
            if self.tries > _MOST_TRIES or not boundary:
                break
            tells = boundary in named or _has_fields(piece, dashes.end())
            if tells and (is_sure or self._recurs(boundary, before + dashes.end(), leaf.end)):
                return before + self._first(piece, boundary, dashes.start()), boundary
        return None

    def _recurs(self, boundary: bytes, start: int, end: int) -> bool:
        """Whether a boundary comes again; asked so often and no more."""
        self.asked += 1
        return self.asked <= _MOST_ASKED and self.raw.find(b"--" + boundary, start, end) >= 0

    @staticmethod
    def _first(piece: bytes, boundary: bytes, found: int) -> int:
        """Where the boundary's first line is: a part without fields may come before the one that
        told of it."""
        first = _compile_line(boundary).search(piece, 0, found)
        return first.start() if first else found

    def _keep_words(self, leaf: Part, first: int) -> None:
        """Words above the first boundary are a text; what mailers write there for others is not."""
        octets = bytes(self.raw[leaf.start : min(first, leaf.start + _WINDOW)])
        text = octets.decode("utf-8", "replace").strip()
        lines = [line for line in text.splitlines() if not _FIELD.match(line.encode())]
        words = " ".join(lines).strip()
        if not words or (len(words) < 200 and _FOR_OTHERS.search(words)):
            return
        self.parts += 1
        is_text = leaf.type.word in _TEXTS
        above = Part(
            fields=(),
            type=leaf.type if is_text else Value(word="text/plain"),
            disposition=Value(word=""),
            transfer=leaf.transfer if is_text else "",
            start=leaf.start,
            end=first,
        )
        leaf.children.insert(0, above)

    def _find_behind(self, root: Part) -> None:
        """Parts behind the end: something appended them, or an inner end closed the whole."""
        boundary = root.type.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
        end = root.end
        for _ in range(_MOST_ENDS if boundary and root.children else 0):
            found = _compile_line(boundary).search(self.raw, end)
            if found is None or not _has_fields(self.raw[found.end() : found.end() + _LOOK], 0):
                return
            behind = Part(
                fields=(),
                type=_MIXED,
                disposition=Value(word=""),
                transfer="",
                start=found.start(),
                end=len(self.raw),
            )
            used = (self.parts, self.depth, self.headers)
            self.parts, self.headers = split_leaf(self.raw, behind, boundary, self.safety, used)
            for part in _walk(behind):
                part.mended = True
            root.children.extend(behind.children)
            end = max([end + 1, *(part.end for part in behind.children)])
            self._note("--" + boundary.decode("utf-8", "replace"))

    def _note(self, line: str) -> None:
        self.mended = self.mended or clean.line(line, 200)


def _leaves(part: Part, depth: int) -> Iterator[tuple[Part, int]]:
    """Every part without children below `part`, in order, and how deep it lies."""
    waiting = [(part, depth)]
    while waiting:
        here, depth = waiting.pop()
        if here.children:
            waiting.extend((child, depth + 1) for child in reversed(here.children))
        else:
            yield here, depth


def _compile_line(boundary: bytes) -> re.Pattern[bytes]:
    name = b"--" + re.escape(boundary)
    return re.compile(name + b"(?<=[\r\n]" + name + rb")[ \t]*(?:\r\n|\r|\n)")


def _walk(part: Part) -> Iterator[Part]:
    """Every part below `part`."""
    waiting = list(part.children)
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(here.children)


def _is_multipart(part: Part) -> bool:
    return part.type.word.startswith("multipart/")


def _is_plain(part: Part) -> bool:
    """Whether a leaf is a text that nobody named or attached."""
    is_named = part.disposition.word == "attachment" or find_filename(part.disposition, part.type)
    return part.type.word in _TEXTS and not is_named


def _speaks_of_mail(leaf: Part, at: int) -> bool:
    """Whether a text shows what a mail is made of: many words above the first boundary, and below
    it no room for a document or photo."""
    is_text = leaf.type.word in _TEXTS and bool(find_first(leaf.fields, "content-type"))
    return is_text and at - leaf.start >= _ARTICLE and leaf.end - at <= _EXAMPLE


def _are_renderings(parts: list[Part]) -> bool:
    """Whether they are one text, plain and as HTML, and nothing else."""
    words = [part.type.word for part in parts if not part.children]
    return len(parts) == 2 and words == list(_TEXTS) and all(_is_plain(part) for part in parts)


def _named_boundaries(leaf: Part) -> Iterator[bytes]:
    """The boundaries that any Content-Type of a leaf names."""
    for name, value in leaf.fields:
        if name.lower() == "content-type":
            boundary = parse_structured(value).parameters.get("boundary", "").strip()
            for written in {boundary, boundary.strip("'\"<> \t")} - {""}:
                yield written.encode("utf-8", "replace")


def _has_fields(octets: Raw, position: int) -> bool:
    """Whether a part's header stands there: fields alone, one of them of its content, up to an
    empty line. Empty lines above it do not count."""
    tells = False
    end = min(len(octets), position + _LOOK)
    begun = False
    for _ in range(_MOST_FIELDS):
        found = _LINE.match(octets, position, end)
        if found is None or found.end() == position:
            break
        line, position = found[1], found.end()
        if not line.strip():
            if begun:
                break
            continue
        if not begun and not _CONTENT.match(line) and not _FIELD.match(line):
            return False
        if not (_FIELD.match(line) or (begun and line[:1] in b" \t")):
            break
        begun = True
        tells = tells or _CONTENT.match(line) is not None
    return tells
