"""What stands alone on its line and says which photo the words under it, or over it, are about: a
picture in the text ("[image: IMG_1.jpg]"), a file's name, "Foto 1"."""

import re

import msgspec
from msgspec import Struct

from ingest.read.captions.grammar.headings import read_headed
from ingest.read.captions.grammar.lines import Lines
from ingest.read.captions.grammar.marks import Mark
from ingest.read.captions.grammar.passages import Passage, complete, is_caption
from ingest.read.captions.grammar.prose import is_credit, is_greeting, is_letter, is_sign_off
from ingest.read.captions.grammar.tables import strip_key
from ingest.read.captions.grammar.words import PHOTO

_FEWEST, _MOST = 3, 60  # words
_MOST_PAIRED, _FEWEST_TEXT = 20, 8
_PHOTO_LED = re.compile(rf"{PHOTO}\s{{0,3}}[:–-]\s{{0,3}}", re.IGNORECASE)  # "Foto: Dok. Kotaku"


class _Anchor(Struct, frozen=True):
    """`at`: its line; `pictured`: a picture stands here, not its name."""

    mark: Mark
    at: int
    pictured: bool


def find_anchored(lines: Lines) -> list[Passage]:
    """The captions under or over the anchors of a text. They stand under, unless nothing stands
    under the last and something over each."""
    anchors = _find(lines)
    if not anchors:
        return []
    below = [_below(lines, anchors, i) for i in range(len(anchors))]
    if below[-1] < 0 and all(_above(lines, anchors, i) >= 0 for i in range(len(anchors))):
        return [_over(lines, anchors, i) for i in range(len(anchors))]
    found: list[Passage] = []
    for i, at in enumerate(below):
        if at >= 0 and not lines.used[at]:
            found += _under(lines, anchors, i, at)
    return found


def _find(lines: Lines) -> list[_Anchor]:
    found: list[_Anchor] = []
    for at, line in enumerate(lines.lines):
        if not line or lines.used[at]:
            continue
        anchor = _read(lines, at)
        if anchor is not None:
            found.append(anchor)
    return found


def _read(lines: Lines, at: int) -> _Anchor | None:
    picture = lines.picture(at)
    if picture:
        mark = Mark(keys=(picture["name"].strip(),), kind="name", led=True, strong=True)
        return _Anchor(mark, at, pictured=True)
    mark_here = lines.opening(at)
    if mark_here is None:
        item = lines.item(at, listing=False)
        inner = lines.read(item.text) if item else None
        mark_here = inner if inner and inner.kind == "name" else None
    if mark_here is None or mark_here.text or len(mark_here.keys) > _MOST_PAIRED:
        return None
    return _Anchor(mark_here, at, pictured=False)


def _below(lines: Lines, anchors: list[_Anchor], i: int) -> int:
    """The line of the words under an anchor, -1 when there are none."""
    anchor = anchors[i]
    if anchor.pictured and _behind(lines, anchor):
        return anchor.at
    at = lines.next_words(anchor.at + 1)
    if i + 1 < len(anchors) and at == anchors[i + 1].at:
        return -1
    return at if at >= 0 and _may_be_words(lines, at, anchor) else -1


def _behind(lines: Lines, anchor: _Anchor) -> str:
    """The words on a picture's own line."""
    picture = lines.picture(anchor.at)
    text = lines.lines[anchor.at][picture.end() :].strip(" -–—:") if picture else ""
    return text if len(text.split()) >= _FEWEST else ""


def _above(lines: Lines, anchors: list[_Anchor], i: int) -> int:
    at = lines.next_words(anchors[i].at - 1, step=-1)
    edge = anchors[i - 1].at if i else -1
    return at if at > edge and _may_be_words(lines, at, anchors[i]) else -1


def _may_be_words(lines: Lines, at: int, anchor: _Anchor) -> bool:
    """May the line be a photo's caption?"""
    line = lines.lines[at]
    words = line.split()
    if lines.used[at] or not _FEWEST <= len(words) <= _MOST or lines.picture(at):
        return False
    if is_sign_off(line) or is_greeting(line) or lines.weight(at) or is_letter(line):
        return False
    if is_credit(_PHOTO_LED.sub("", line)):
        return False
    opening = lines.opening(at)
    if opening is not None:
        return anchor.pictured and bool(opening.text) and opening.kind != "name"
    item = lines.item(at, listing=False)
    return item is None or anchor.pictured or item.style == "bullet"


def _under(lines: Lines, anchors: list[_Anchor], i: int, at: int) -> list[Passage]:
    """The words under an anchor; of several right above one another a list of files has none,
    pictures have all the same."""
    run = _run_above(lines, anchors, i)
    own = anchors[i]
    if len(run) > 1:
        if not run[0].pictured:
            return []
        if not own.pictured:
            own, run = _Anchor(run[-2].mark, own.at, pictured=True), run[-1:]
    text = _behind(lines, own) if at == own.at else lines.lines[at]
    item = lines.item(at, listing=False) if at != own.at else None
    words = strip_lead(item.text if item else text)
    keys = tuple(dict.fromkeys(key for each in run for key in each.mark.keys))
    keys = keys if len(run) > 1 else own.mark.keys
    mark = msgspec.structs.replace(
        strip_key(msgspec.structs.replace(own.mark, text=words), lines.known),
        keys=keys,
        kind=own.mark.kind,
        sure=own.mark.sure and len(run) == 1,
    )
    passage = complete(lines, mark, at)
    if not is_caption(passage.mark):
        return []
    sure = passage.mark.sure and not _goes_on_as_text(lines, anchors, i, passage.last)
    kept = msgspec.structs.replace(passage.mark, keys=keys, kind=own.mark.kind, sure=sure)
    return [Passage(kept, anchors[i].at if len(run) == 1 else run[0].at, passage.last)]


def _goes_on_as_text(lines: Lines, anchors: list[_Anchor], i: int, last: int) -> bool:
    """Whether running text goes on below the words of a picture: they may be an article's."""
    at = lines.next_words(last + 1)
    edge = anchors[i + 1].at if i + 1 < len(anchors) else len(lines)
    if not anchors[i].pictured or not 0 <= at < edge:
        return False
    line = lines.lines[at]
    closing = is_sign_off(line) or is_greeting(line) or is_letter(line)
    return len(line.split()) >= _FEWEST_TEXT and not closing


def _run_above(lines: Lines, anchors: list[_Anchor], i: int) -> list[_Anchor]:
    """The anchors right above one another that end with the i-th."""
    run = [anchors[i]]
    while (
        i and len(run) < _MOST_PAIRED and lines.next_words(anchors[i - 1].at + 1) == anchors[i].at
    ):
        if _behind(lines, anchors[i - 1]):
            break
        i -= 1
        run.insert(0, anchors[i])
    return run


def _over(lines: Lines, anchors: list[_Anchor], i: int) -> Passage:
    """The words over an anchor: the line, and those it goes on from are left out."""
    at = _above(lines, anchors, i)
    item = lines.item(at, listing=False)
    text = item.text if item else lines.lines[at]
    mark = msgspec.structs.replace(
        strip_key(msgspec.structs.replace(anchors[i].mark, text=text), lines.known),
        keys=anchors[i].mark.keys,
        kind=anchors[i].mark.kind,
        sure=anchors[i].pictured,
    )
    return Passage(mark, at, anchors[i].at)


def strip_lead(text: str) -> str:
    """The words under a designator, without a mark or a word for captions before them: ": Warga …",
    "Keterangan: Warga …"."""
    bare = text.lstrip(":=–—- ")
    headed = read_headed(bare)
    return headed.text if headed else bare
