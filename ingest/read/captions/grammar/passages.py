"""A caption with the lines it stands on: where it goes on, and a file's name behind its words."""

import re

import msgspec
from msgspec import Struct

from ingest.read.captions.grammar.designators import NUMBER_WORDS, Known
from ingest.read.captions.grammar.lines import Lines
from ingest.read.captions.grammar.marks import Mark, read_whole
from ingest.read.captions.grammar.prose import (
    asks_about_files,
    is_about_files,
    is_letter,
    speaks_to_us,
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


_RUNS_ON = re.compile(
    rf"\b{PHOTO}\s?\.?\s?(?:ke-?\s?|no\.?\s?|nomor\s|#)?(?:\d{{1,2}}(?!\d)|{'|'.join(NUMBER_WORDS)})\s?"
    r"(?:[:=]|(?:menunjukkan|memperlihatkan|menampilkan|menggambarkan|tampak|terlihat|adalah|yaitu)\b)",
    re.IGNORECASE,
)
_UNENDED = re.compile(
    r"(?:,|&|\b(?:di|ke|dari|dan|atau|oleh|pada|dalam|untuk|dengan|bersama|kepada|yang|para|saat|ketika|antara|serta|milik|tentang"
    r"|Pak|Bu|Ibu|Bapak|Lurah|Camat|Kepala|Ketua))$"
)
_SMALL = re.compile(r"[\"“'‘(]?[^\W\d_A-Z]")


class Passage(Struct, frozen=True):
    """A caption: its mark, and the lines `first` to `last`."""

    mark: Mark
    first: int
    last: int


def is_caption(mark: Mark) -> bool:
    """Whether the mark's words tell something, and without a key are no sentence of the letter;
    words that run on into the next photo's are no one's caption."""
    if not tells_something(mark.keys[0], mark.text) or _RUNS_ON.search(mark.text):
        return False
    return bool(mark.keys[0]) or not is_letter(mark.text)


def complete(lines: Lines, mark: Mark, at: int, *, listing: bool = False) -> Passage:
    """The mark of line `at` with the lines in which its words go on, and the file named behind."""
    return name_file(lines, extend(lines, mark, at, listing=listing))


def name_file(lines: Lines, passage: Passage) -> Passage:
    """The passage with the file's name behind its words as its key."""
    return Passage(name_behind(passage.mark, lines.known), passage.first, passage.last)


def extend(lines: Lines, mark: Mark, at: int, *, listing: bool = False) -> Passage:
    """The mark of line `at` with the lines in which its words go on."""
    words, end = mark.text, at
    last = words
    may_end = not (listing and mark.keys[0])
    while len(words) < LONGEST and (
        _is_wrapped(lines, last, may_end=may_end) or _is_unended(lines, mark, last, end + 1)
    ):
        below = _find_rest(lines, last, end + 1)
        if lines.begins_anew(below) or (listing and lines.is_next(below, mark)):
            break
        end = below
        last = lines.lines[end]
        words = f"{words} {last}"
    between = _between(lines, end + 1) if mark.keys[0] else 0
    if between and len(words) < LONGEST:
        words = " ".join([words, *lines.lines[end + 1 : end + 1 + between]])
        end += between
    return Passage(msgspec.structs.replace(mark, text=words), at, end)


def _is_unended(lines: Lines, mark: Mark, last: str, at: int) -> bool:
    """Whether a line, however short, goes on in the next: that begins in small letters, or this one
    hangs."""
    at = _find_rest(lines, last, at)
    if not mark.text or at >= len(lines) or not lines.lines[at] or is_letter(lines.lines[at]):
        return False
    return goes_on_below(last, lines.lines[at]) and _recall_behind(lines, last) is None


def _find_rest(lines: Lines, last: str, at: int) -> int:
    """The line below; past an empty one where a sentence goes on in small letters."""
    if at + 1 < len(lines) and not lines.lines[at] and _SMALL.match(lines.lines[at + 1]):
        return at + 1 if goes_on_below(last, lines.lines[at + 1]) else at
    return at


def goes_on_below(line: str, below: str) -> bool:
    """Whether `below` is the rest of the sentence that begins in `line`."""
    if line.endswith((".", "!", "?", ":", ";", ")", "”", '"')):
        return False
    return bool(_SMALL.match(below)) or bool(_UNENDED.search(line))


def _between(lines: Lines, at: int) -> int:
    """How many plain lines stand from `at` on right before the next caption: they are still this
    one's."""
    for count in range(_MOST_BETWEEN + 1):
        here = at + count
        if here < len(lines) and not lines.lines[here] and count == 1:
            below = lines.next_words(here)
            parted = below > 0 and not lines.used[below] and bool(lines.opening(below))
            return 1 if parted and not lines.lines[at - 1].endswith((".", "!", "?")) else 0
        if here >= len(lines) or not lines.lines[here] or lines.used[here]:
            return 0
        mark = lines.opening(here)
        if mark or lines.item(here, listing=False):
            return count
        line = lines.lines[here]
        if lines.begins_anew(here) or is_letter(line) or _recall_behind(lines, line):
            return 0
    return 0


def _is_wrapped(lines: Lines, line: str, *, may_end: bool) -> bool:
    """Whether a caption's line may go on in the next: it is long, and neither ends a sentence nor
    names its file."""
    if len(line) < WRAPPED or (may_end and line.endswith((".", "!", "?"))):
        return False
    return _recall_behind(lines, line) is None


def _recall_behind(lines: Lines, line: str) -> Mark | None:
    """As `read_behind`, found out once: every caption above asks whether it goes on in this line."""
    if line not in lines.behind:
        lines.behind[line] = read_behind(line, lines.known)
    return lines.behind[line]


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
    is_photo = _PHOTO_FIRST.match(key) is not None
    is_letters = speaks_to_us(text) if is_photo else is_about_files(text)
    if not _may_tell(text) or is_letters or NAMED_FILE.search(text):
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
