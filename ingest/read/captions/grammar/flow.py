"""The captions of running text, from its first line to its last: marked lines, blocks under a
heading, lists, names behind the words."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from ingest.read.captions.grammar.designators import Known, read_place
from ingest.read.captions.grammar.headings import Weight, read_headed
from ingest.read.captions.grammar.items import Item, cut_led, cut_listed, read_item
from ingest.read.captions.grammar.lines import Lines
from ingest.read.captions.grammar.marks import Mark, read_opening, read_separator
from ingest.read.captions.grammar.passages import (
    WRAPPED,
    Passage,
    complete,
    extend,
    is_caption,
    name_behind,
    name_file,
    unwrap_behind,
)
from ingest.read.captions.grammar.prose import (
    is_about_files,
    is_credit,
    is_greeting,
    is_letter,
    is_sign_off,
)

_MOST_PLAIN_WORDS = 80
_FEWEST_UNHEADED, _MOST_UNHEADED = 5, 12
_SPARE = 2  # a block holds no more captions than there are photos, plus these


class Block(Struct, kw_only=True):
    """What stands above: a heading's weight and what was taken under it so far."""

    weight: Weight
    head: int  # the heading's line
    count: int = 0
    marked: bool = False  # an item or a key was taken
    spaced: bool | None = None  # whether plain lines stand apart; None: not known yet
    blank: bool = False  # an empty line stands right above


class Flow(Struct, frozen=True, kw_only=True):
    """What was found: captions in order; headings of captions under which none was taken."""

    passages: tuple[Passage, ...] = ()
    bare: tuple[int, ...] = ()


def read_flow(lines: Lines) -> Flow:
    """The captions of the lines that nothing else took."""
    reader = _Reader(lines)
    while reader.at < len(lines):
        reader.step()
    reader.close()
    return Flow(passages=tuple(reader.found), bare=tuple(reader.bare))


class _Reader:
    """Where the reading is, and the block it is in."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.at = 0
        self.block: Block | None = None
        self.found: list[Passage] = []
        self.bare: list[int] = []

    def step(self) -> None:
        """One line, or as many as its caption has."""
        line = self.lines.lines[self.at]
        if not line:
            if self.block:
                self.block.blank = True
            self.at += 1
            return
        if self.lines.used[self.at]:
            if self.block:
                self.block.count += 1
                self.block.marked = True
            self.at += 1
            return
        passages = self._marked(line) or self._headed(line) or self._item(line) or self._plain(line)
        if passages:
            self._take(passages)
        elif (behind := unwrap_behind(self.lines, self.at)) is not None:
            self._take([behind])
        elif weight := self.lines.weight(self.at):
            self.close()
            self.block = Block(weight=weight, head=self.at)
            self.at += 1
        else:
            self._pass(line)

    def close(self) -> None:
        """The block ends; a heading that got nothing is noted."""
        if self.block and not self.block.count:
            self.bare.append(self.block.head)
        self.block = None

    def _take(self, passages: Sequence[Passage]) -> None:
        for passage in passages:
            for i in range(passage.first, passage.last + 1):
                self.lines.used[i] = True
        self.found += passages
        self.at = max(self.at, *(passage.last for passage in passages)) + 1
        if self.block:
            self.block.count += len(passages)
            self.block.blank = False
            if self._is_full():
                self.close()

    def _is_full(self) -> bool:
        count = self.lines.known.count
        return self.block is not None and count > 0 and self.block.count >= count + _SPARE

    def _pass(self, line: str) -> None:
        """Nothing of a caption: it ends the block, unless it is a credit in brackets."""
        credit = line.startswith("(") and is_credit(line.strip("()[] ."))
        if self.block and not credit:
            self.close()
        self.at += 1

    # ── the forms ───────────────────────────────────────────────────────────────────────────────

    def _marked(self, line: str) -> list[Passage]:
        """ "Foto 1: …"; several on one line."""
        opening = self.lines.opening(self.at)
        if opening is None or not opening.text:
            return []
        if is_weak_key(opening) and (is_sign_off(line) or is_letter(opening.text)):
            return []
        if self._is_in_sentence(opening):
            return []
        pieces = cut_led(line)
        if len(pieces) > 1:
            return self._several(pieces, led=True)
        listing = self.block is not None
        passage = complete(self.lines, opening, self.at, listing=listing)
        if not is_caption(passage.mark):
            return []
        if self.block:
            self.block.marked = True
        return [passage]

    def _is_in_sentence(self, opening: Mark) -> bool:
        """ "foto 1 lurah …" where the line above goes on in it."""
        if opening.strong or not opening.text[0].islower() or not self.at:
            return False
        above = self.lines.lines[self.at - 1]
        ended = above.endswith((".", "!", "?", ":", ";")) or self.lines.used[self.at - 1]
        return len(above) >= WRAPPED and not ended

    def _several(self, pieces: Sequence[str], *, led: bool) -> list[Passage]:
        """The captions of one line, the last with the lines it goes on in."""
        marks = [_read_piece(piece, self.lines.known, led=led) for piece in pieces]
        kept = [mark for mark in marks if mark and is_caption(mark)]
        if len(kept) < len(pieces):
            return []
        last = complete(self.lines, kept[-1], self.at, listing=not led)
        passages = [Passage(mark, self.at, self.at) for mark in kept[:-1]]
        return [*passages, last]

    def _headed(self, line: str) -> list[Passage]:
        """ "Keterangan foto: …": what follows may be a list or have a key of its own."""
        headed = read_headed(line)
        if headed is None:
            return []
        pieces = cut_listed(headed.text)
        if len(pieces) > 1 and (found := self._several(pieces, led=False)):
            self._open(headed.weight)
            return found
        mark = _read_piece(headed.text, self.lines.known, led=False)
        mark = mark or Mark(text=headed.text, sure=True)
        passage = complete(self.lines, mark, self.at)
        if not is_caption(passage.mark) or not _is_told(passage.mark, headed.weight):
            return []
        self._open(headed.weight)
        return [passage]

    def _open(self, weight: Weight) -> None:
        self.close()
        self.block = Block(weight=weight, head=self.at, marked=True)

    def _item(self, line: str) -> list[Passage]:
        """An item under a heading; or a list without one whose items all tell something."""
        item = self.lines.item(self.at, listing=True)
        if item is None:
            return self._placed(line)
        inner = read_opening(item.text, self.lines.known)
        if inner is not None and inner.text:
            return self._keyed_item(inner)
        if self.block is None:
            return self._unheaded(item)
        mark = mark_of(item)
        passage = complete(self.lines, mark, self.at, listing=True)
        if not is_caption(passage.mark) or not _is_told(passage.mark, self.block.weight):
            return []
        self.block.marked = True
        return [passage]

    def _keyed_item(self, inner: Mark) -> list[Passage]:
        """ "1. IMG_1.jpg: …"."""
        passage = complete(self.lines, inner, self.at, listing=self.block is not None)
        if is_weak_key(inner) and self.block is None:
            return []
        if not is_caption(passage.mark):
            return []
        if self.block:
            self.block.marked = True
        return [passage]

    def _placed(self, line: str) -> list[Passage]:
        """ "Kiri: …" under a heading, and with a colon anywhere."""
        place = read_place(line, 0)
        if place is None:
            return []
        separator = read_separator(line, place.end)
        text = line[separator.end :]
        if separator.strength != "strong" or (self.block is None and len(text.split()) < 4):
            return []
        if is_letter(text) or is_sign_off(line):
            return []
        sure = self.block is not None
        mark = Mark(keys=place.keys, kind=place.kind, text=text, sure=sure, strong=True)
        passage = complete(self.lines, mark, self.at)
        return [passage] if is_caption(passage.mark) else []

    def _plain(self, line: str) -> list[Passage]:
        """A plain line under a strong heading: the lines up to the first empty one, or each by
        itself when all stand apart."""
        block = self.block
        if block is None or block.weight != "strong" or block.marked:
            return []
        if not _may_be_plain(line) or self.lines.weight(self.at) or self.lines.picture(self.at):
            return []
        if block.count and block.spaced is None:
            block.spaced = block.blank
        full = self.lines.known.count and block.count >= self.lines.known.count
        if block.count and block.blank and (not block.spaced or full):
            return []
        if block.count and not block.blank and block.spaced:
            return []
        passage = complete(self.lines, Mark(text=line), self.at)
        return [passage] if is_caption(passage.mark) else []

    def _unheaded(self, item: Item) -> list[Passage]:
        """A list without a heading: counted from 1, each item a sentence, none about a file."""
        if item.style != "bullet" and item.number != 1:
            return []
        run = self._run(item)
        above = self.lines.next_words(self.at - 1, step=-1)
        if above >= 0 and self.lines.lines[above].endswith((":", "berikut", "berikut.")):
            return []
        count = self.lines.known.count
        fits = len(run) == count if count else item.style != "bullet"
        if not fits or not 2 <= len(run) <= _MOST_UNHEADED:
            return []
        named = [name_file(self.lines, passage) for passage in run]
        return named if all(_is_sentence(passage.mark.text) for passage in named) else []

    def _run(self, item: Item) -> list[Passage]:
        """The items that follow one another, empty lines between them; files behind them unnamed."""
        run: list[Passage] = []
        at = self.at
        while 0 <= at < len(self.lines) and len(run) <= _MOST_UNHEADED:
            each = self.lines.item(at, listing=True)
            if each is None or each.style != item.style or self.lines.used[at]:
                break
            if each.style != "bullet" and each.number != len(run) + 1:
                break
            mark = msgspec.structs.replace(mark_of(each), sure=False)
            run.append(extend(self.lines, mark, at, listing=True))
            at = self.lines.next_words(run[-1].last + 1)
        return run


def is_weak_key(mark: Mark) -> bool:
    """A camera's number, or a name alone: other things are written like that, too."""
    return not mark.led and mark.kind == "camera"


def mark_of(item: Item) -> Mark:
    """An item's number is its photo's."""
    if item.number:
        return Mark(keys=(f"Foto {item.number}",), kind="number", text=item.text, strong=True)
    return Mark(text=item.text, strong=True)


def _read_piece(piece: str, known: Known, *, led: bool) -> Mark | None:
    """One of several captions on a line: opened by a designator, or an item."""
    mark = read_opening(piece, known)
    if mark is not None and mark.text:
        return name_behind(mark, known)
    if led:
        return None
    item = read_item(piece, listing=True)
    if item is not None:
        inner = read_opening(item.text, known)
        return name_behind(inner if inner and inner.text else mark_of(item), known)
    place = read_place(piece.lstrip("(["), 0)
    if place is None:
        return None
    bare = piece.lstrip("([")
    separator = read_separator(bare, place.end)
    if separator.strength != "strong":
        return None
    return Mark(keys=place.keys, kind=place.kind, text=bare[separator.end :], strong=True)


def _is_told(mark: Mark, weight: Weight) -> bool:
    """Under a heading that speaks of photos only, or without a key, words must be a caption's by
    themselves."""
    if weight == "strong":
        return bool(mark.keys[0]) or not is_credit(mark.text)
    if mark.kind == "name":
        return True
    fewest = 3 if mark.keys[0] else 4
    return (
        len(mark.text.split()) >= fewest
        and not is_letter(mark.text)
        and not is_about_files(mark.text)
        and not is_credit(mark.text)
    )


def _may_be_plain(line: str) -> bool:
    words = line.split()
    if not 3 <= len(words) <= _MOST_PLAIN_WORDS or line.startswith("("):
        return False
    return not (is_sign_off(line) or is_greeting(line) or is_letter(line) or is_credit(line))


def _is_sentence(text: str) -> bool:
    """Words that could stand under a photo, though no heading says so."""
    begins = text[:1].isupper() or text[:1] in "\"“'"
    long = len(text.split()) >= _FEWEST_UNHEADED
    return begins and long and not (is_letter(text) or is_about_files(text) or is_credit(text))
