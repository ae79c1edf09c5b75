"""Captions by their company: lines that are alike but for a running designator, whatever words stand
around it.

    Foto 1 ini mi: Warga …           Warga … -> foto no. 1        📷1 Warga …
    Foto 2 ini mi: Ibu-ibu …         Ibu-ibu … -> foto no. 2      📷2 Ibu-ibu …

The grammar reads a line by itself and knows the words people use; what it does not know shows when
two lines or more have it in common. Of the words in common only those up to a mark, and verbs of
showing, are left out: captions may begin alike.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct, structs

from ingest.read.captions.grammar.designators import NUMBER_WORDS, Known, space_words
from ingest.read.captions.grammar.marks import Mark
from ingest.read.captions.grammar.prose import is_credit, is_sign_off, tells_something
from ingest.read.captions.grammar.spelling import is_photo_word
from ingest.read.captions.grammar.words import EXTENSION
from redaksi.model import LabelKind

_WORD = re.compile(r"[^\W\d_]+|(?<!\d)\d{1,2}(?!\d)|[📷📸🖼]")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_PICTURED = frozenset("📷📸🖼")
# What may stand between the word for a photo and its number.
_POINTS = frozenset(("no", "nomor", "nomer", "ke", "yang", "urutan", "di", "pada", "adalah"))
_MARK = re.compile(r"(?:[^\w\n]{0,6}\w{1,14}){0,3}?[^\w\n]{0,4}(?:[:=]|->|=>|→|>{1,2}|»|–|—|\s-\s)")
_SHOWS = re.compile(
    r"(?:(?:ini|itu|tersebut|tsb|ni|mi|adalah|yaitu|yakni|ialah|merupakan|menunjukkan|memperlihatkan|menampilkan"
    r"|menggambarkan|menampakkan|tampak|nampak|terlihat|keterangannya|keterangan|ket|captionnya|caption)\b[\s,:.]*){1,4}",
    re.IGNORECASE,
)
_ENDING = re.compile(EXTENSION, re.IGNORECASE)  # "Foto 1.jpg" is a name
_LEFT = " \t.,:;=-–—>»→)]}\"”’'|*_~\ufe0f\u20e3"
_RIGHT = " \t,:;=-–—>→([{|*_"
_MOST_BEFORE, _MOST_BEHIND, _FEWEST, _MOST = 6, 4, 3, 80  # words
_MOST_LINES = 3000
_TAIL = 60  # characters: no number's word is as long


class _Found(Struct, frozen=True):
    """A designator of a line: what stands beside it (alike in the whole series), its value (a number
    or a photo's name), and where the caption's words begin and end."""

    beside: tuple[str, ...]
    value: str
    start: int
    end: int
    at: int = 0


class Caption(Struct, frozen=True):
    """A caption of a series, and the line it stands on."""

    at: int
    mark: Mark


def find_series(lines: Sequence[str], known: Known, *, free: Sequence[bool]) -> list[Caption]:
    """The captions of all series in `lines`, those that are not `free` left out, in order of lines.
    Pure; linear."""
    series: dict[tuple[str, ...], list[_Found]] = {}
    for at, line in enumerate(lines[:_MOST_LINES]):
        if free[at] and line and not is_sign_off(line):
            for found in _find_designators(line, known, at):
                series.setdefault(found.beside, []).append(found)
    captions: dict[int, Caption] = {}
    for run in sorted(series.values(), key=len, reverse=True):
        if _is_series(run):
            for caption in _read_series(lines, run):
                captions.setdefault(caption.at, caption)
    return [captions[at] for at in sorted(captions)]


def _is_series(run: Sequence[_Found]) -> bool:
    """Two or more that are numbered from 1 on without a gap, or each a photo of its own."""
    values = [found.value for found in run]
    if len(values) < 2 or len({*values}) < len(values):
        return False
    numbers = [int(value) for value in values if value.isdigit() and len(value) < 3]
    if len(numbers) < len(values):
        return not numbers
    return sorted(numbers) == [*range(1, len(numbers) + 1)]


def _find_designators(line: str, known: Known, at: int) -> Iterator[_Found]:
    """At most one in front and one behind."""
    if not (known.spaced or _may_point(line)):
        return
    words = [(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(line)]
    if not _FEWEST < len(words) <= _MOST:
        return
    front = _find_name(line, known) or _find_in_front(words, line)
    if front:
        yield _Found(("<", *front.beside), front.value, front.start, front.end, at)
    if behind := _find_behind(words):
        yield _Found((">", *behind.beside), behind.value, behind.start, behind.end, at)


def _may_point(line: str) -> bool:
    """Whether a number stands among the first words or last: few lines of an article are read on."""
    head = (match[0].casefold() for match in islice(_WORD.finditer(line), _MOST_BEFORE))
    if any(map(_number_of, head)):
        return True
    tail = _WORD.findall(line[-_TAIL:])
    return bool(tail) and bool(_number_of(tail[-1].casefold()))


def _find_in_front(words: Sequence[tuple[str, int, int]], line: str) -> _Found | None:
    for i, (word, _, stop) in enumerate(words[1:_MOST_BEFORE], 1):
        before = tuple(each for each, _, _ in words[:i])
        if (number := _number_of(word)) and _is_led(before) and not _ENDING.match(line, stop):
            return _Found(before, str(number), stop, len(line))
    return None


def _find_behind(words: Sequence[tuple[str, int, int]]) -> _Found | None:
    number = _number_of(words[-1][0])
    if not number:
        return None
    for i in range(len(words) - 2, max(0, len(words) - 1 - _MOST_BEHIND), -1):
        word, start, _ = words[i]
        if _is_photo(word):
            beside = tuple(each for each, _, _ in words[i:-1])
            return _Found(beside, str(number), 0, start) if _is_led(beside) else None
    return None


def _find_name(line: str, known: Known) -> _Found | None:
    """A photo's name among the first words, where the line does not begin with it."""
    head = line[:160].casefold()
    for name in known.spaced:
        if len(name) < 5 or not any(map(str.isdigit, name)):
            continue
        pattern = r"[\W_]{0,3}".join(map(re.escape, name.split()))
        if found := re.search(rf"(?<!\w){pattern}(?:\.\w{{3,4}})?(?!\w)", head):
            before = tuple(space_words(head[: found.start()]).split())
            if 0 < len(before) <= _MOST_BEFORE:
                return _Found(before, name, found.end(), len(line))
    return None


def _is_led(words: Sequence[str]) -> bool:
    """Whether a word for a photo stands last, or with nothing but "nomor", "ke" behind it."""
    left = [word for word in words if word not in _POINTS]
    return bool(left) and _is_photo(left[-1])


def _is_photo(word: str) -> bool:
    return word in _PICTURED or is_photo_word(word)


def _read_series(lines: Sequence[str], run: Sequence[_Found]) -> Iterator[Caption]:
    """Each line's caption without what all lines have in common around the designator."""
    texts = [lines[found.at][found.start : found.end] for found in run]
    cut = _common_mark(texts) if run[0].start else 0
    for found, text in zip(run, texts, strict=True):
        words = text[cut:].strip(_LEFT if found.start else _RIGHT)
        words = words.lstrip(_LEFT) if not found.start else words.rstrip(_RIGHT)
        shown = _SHOWS.match(words) if found.start else None
        words = words[shown.end() :] if shown else words
        is_told = tells_something(found.value, words) and not is_credit(words)
        if is_told and len(words.split()) >= _FEWEST:
            yield Caption(found.at, _mark_of(found, words))


def _mark_of(found: _Found, words: str) -> Mark:
    kind: LabelKind = "number" if found.value.isdigit() and len(found.value) < 3 else "name"
    key = f"Foto {found.value}" if kind == "number" else found.value
    return Mark(keys=(key,), kind=kind, text=words, led=True, strong=True)


def _common_mark(texts: Sequence[str]) -> int:
    """Where the words begin behind a mark that all have in common ("ini mi:"); 0 without one."""
    first = _MARK.match(texts[0])
    if first is None:
        return 0
    return first.end() if all(text.startswith(first[0]) for text in texts) else 0


def _number_of(word: str) -> int:
    """ "2", "dua", "kedua", "ii", "b" -> 2; 0 for anything else."""
    if word.isdigit() and word.isascii():
        return int(word)
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if word in _ROMAN:
        return _ROMAN.index(word) + 1
    return "abcdefgh".find(word) + 1 if len(word) == 1 else 0


def settle_series(marks: Sequence[Mark]) -> list[Mark]:
    """The marks of a text; those numbered from 1 on without a gap, on lines of their own, are sure by
    their company, and lose the words they all begin with up to a mark ("ini mi:")."""
    run = [mark for mark in marks if mark.led and mark.kind == "number" and len(mark.keys) == 1]
    keys = [mark.keys[0] for mark in run]
    if len(run) < 2 or keys != [f"Foto {n}" for n in range(1, len(keys) + 1)]:
        return [*marks]
    cut = _common_mark([mark.text for mark in run])
    return [
        structs.replace(mark, text=mark.text[cut:].lstrip(_LEFT), sure=not is_credit(mark.text))
        if any(mark is each for each in run)
        else mark
        for mark in marks
    ]
