"""A caption with the lines it stands on: where it goes on, and a file's name behind its words."""

import re

import msgspec
from msgspec import Struct

from ingest.read.captions.grammar.designators import Known
from ingest.read.captions.grammar.lines import Lines
from ingest.read.captions.grammar.marks import Mark, read_whole
from ingest.read.captions.grammar.prose import (
    asks_about_files,
    is_about_files,
    is_letter,
    tells_something,
)
from ingest.read.captions.grammar.words import EXTENSION, LEAD, NAMED_FILE, PHOTO
from ingest.read.captions.photo_names import squeeze, stem

WRAPPED = 50  # a line this long may go on in the next one
LONGEST = 1000  # characters of a caption
_FEWEST_WORDS, _MOST_WORDS = 4, 40  # of a caption whose file is named behind it
_MOST_BETWEEN, _LONGEST_KEY = 4, 30
_PHOTO_FIRST = re.compile(PHOTO, re.IGNORECASE)
_DASHES = (" - ", " – ", " — ", " = ", " -> ", ": ")
# What stands behind the words: in brackets, or a file's name after a dash.
_BEHIND = re.compile(
    r"\s*(?:[(\[]\s*(?P<within>[^()\[\]]{1,120}(?:\([^()]{1,30}\))?[^()\[\]]{0,30})\s*[)\]]"
    rf"|\s(?:[-–—=]{{1,2}}>?|→)\s*(?P<after>[^\s:=|\"“”()\[\]/\\]{{1,80}}?{EXTENSION}))\s?\.?$",
    re.IGNORECASE,
)


class Passage(Struct, frozen=True):
    """A caption: its mark, and the lines `first` to `last`."""

    mark: Mark
    first: int
    last: int


def is_caption(mark: Mark) -> bool:
    """Whether the mark's words tell something, and without a key are no sentence of the letter."""
    if not tells_something(mark.keys[0], mark.text):
        return False
    return bool(mark.keys[0]) or not is_letter(mark.text)


def complete(lines: Lines, mark: Mark, at: int, *, listing: bool = False) -> Passage:
    """The mark of line `at` with the lines in which its words go on."""
    words, end = mark.text, at
    last = words
    may_end = not (listing and mark.keys[0])
    while len(words) < LONGEST and _is_wrapped(last, lines.known, may_end=may_end):
        if lines.begins_anew(end + 1) or (listing and lines.is_next(end + 1, mark)):
            break
        end += 1
        last = lines.lines[end]
        words = f"{words} {last}"
    between = _between(lines, end + 1) if mark.keys[0] else 0
    if between and len(words) < LONGEST:
        words = " ".join([words, *lines.lines[end + 1 : end + 1 + between]])
        end += between
    return Passage(name_behind(msgspec.structs.replace(mark, text=words), lines.known), at, end)


def _between(lines: Lines, at: int) -> int:
    """How many plain lines stand from `at` on right before the next caption: they are still this
    one's."""
    for count in range(_MOST_BETWEEN + 1):
        here = at + count
        if here >= len(lines) or not lines.lines[here] or lines.used[here]:
            return 0
        mark = lines.opening(here)
        if mark or lines.item(here, listing=False):
            return count
        line = lines.lines[here]
        if lines.begins_anew(here) or is_letter(line) or read_behind(line, lines.known):
            return 0
    return 0


def _is_wrapped(line: str, known: Known, *, may_end: bool) -> bool:
    """Whether a caption's line may go on in the next: it is long, and neither ends a sentence nor
    names its file."""
    if len(line) < WRAPPED or (may_end and line.endswith((".", "!", "?"))):
        return False
    return read_behind(line, known) is None


def name_behind(mark: Mark, known: Known) -> Mark:
    """A number or nothing stands before the words and a file's name behind them: that name is the
    key."""
    if mark.kind in ("name", "camera"):
        return mark
    behind = read_behind(mark.text, known)
    return behind if behind and behind.kind == "name" else mark


def read_behind(line: str, known: Known) -> Mark | None:
    """ "Warga membersihkan saluran. (IMG_1.jpg)", "… (Foto 1)": words that tell, then what says
    which photo; None for all else."""
    key, text = _split_behind(line, known)
    if not key:
        return None
    if not _may_tell(text) or is_about_files(text) or NAMED_FILE.search(text):
        return None
    named = read_whole(key, known)
    if named is None or (named.kind == "name" and asks_about_files(stem(named.keys[0]))):
        return None
    if named.kind not in ("name", "camera") and not LEAD.match(key)[0].strip():  # type: ignore[index]
        return None
    return Mark(keys=named.keys, kind=named.kind, text=text, sure=False, led=True, strong=True)


def _split_behind(line: str, known: Known) -> tuple[str, str]:
    """What stands behind the words, and the words; a photo's name behind a dash may have blanks."""
    for dash in _DASHES:
        text, found, key = line.rpartition(dash)
        if found and NAMED_FILE.search(key) and squeeze(stem(key.rstrip("."))) in known.every:
            return key.rstrip(". "), text.strip()
        if found and len(key) <= _LONGEST_KEY and _PHOTO_FIRST.match(key):
            return key.rstrip(". "), text.strip()
    behind = _BEHIND.search(line, max(0, len(line) - 160))
    if behind is None:
        return "", ""
    return (behind["within"] or behind["after"]).strip(), line[: behind.start()].strip()


def _may_tell(text: str) -> bool:
    """Of a caption's length, and begins as a sentence does."""
    words = text.split()
    return _FEWEST_WORDS <= len(words) <= _MOST_WORDS and (text[0].isupper() or text[0] in "\"“'")


def unwrap_behind(lines: Lines, at: int) -> Passage | None:
    """Words that tell, over at most three lines that end at `at`, then what says which photo."""
    if read_behind("Warga di sana itu " + lines.lines[at], lines.known) is None:
        return None
    for count in (3, 2, 1):
        above = lines.lines[max(0, at - count + 1) : at + 1]
        begin = at - count + 1
        if len(above) != count or any(lines.used[begin:at]) or not all(map(_goes_on, above[:-1])):
            continue
        item = lines.item(begin, listing=False)
        words = " ".join([item.text if item else above[0], *above[1:]])
        if mark := read_behind(words, lines.known):
            return Passage(mark, begin, at)
    return None


def _goes_on(line: str) -> bool:
    return len(line) >= WRAPPED and not line.endswith((".", "!", "?", ":", ","))
