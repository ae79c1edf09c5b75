"""The last net before "there is no caption" is told: lines that may be captions by their shape, in
whatever words.

`unread` asks what a line says; this asks how lines stand beside photos: a word that is nearly "foto"
or "keterangan" with a number behind it, "foto pertama" in mid-sentence, as many lines that begin
alike as there are photos, a photo's name anywhere in a document. What is found keeps a letter back
and calls an editor; it pairs nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ingest.read.captions.grammar.designators import NUMBER_WORDS, know_photos, space_words
from ingest.read.captions.grammar.prose import (
    is_credit,
    is_evasive,
    is_greeting,
    is_letter,
    is_poor,
    is_sign_off,
)
from ingest.read.captions.grammar.spelling import is_photo_word
from ingest.read.captions.grammar.words import CAMERA, EXTENSION
from redaksi.arrival import Unread
from redaksi.text import clean

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_WORD = re.compile(r"[^\W\d_]+|(?<!\d)\d{1,3}(?!\d)|[①-⑳❶-❿]|\d?\ufe0f?\u20e3")
_PLACES = frozenset(
    (
        "atas",
        "bawah",
        "kiri",
        "kanan",
        "tengah",
        "utama",
        "pendukung",
        "sampul",
        "depan",
        "belakang",
    )
)
_ALL = frozenset(("kedua", "ketiga", "keempat", "kelima", "semua", "seluruh"))
_POINTS = frozenset(
    ("no", "nomor", "nomer", "ke", "yang", "di", "sebelah", "bagian", "adalah", "caption", "foto")
)
_SHOWS = re.compile(
    r"\b(?:menunjukkan|memperlihatkan|menampilkan|terlihat|tampak|menggambarkan|diambil)\b", re.I
)
# "Foto yang kami lampirkan adalah warga yang …"
_TELLS = re.compile(
    r"\W*(?:foto|gambar)\w*\s(?:[\w-]+\s){0,6}?(?:adalah|yaitu|yakni|ialah|merupakan|menunjukkan|memperlihatkan|menggambarkan"
    r"|menampilkan)\s+(?!asli|hasil|milik|dokumentasi|koleksi|format|file|berkas|jp|\d)(?:[\w-]+\W+){3}",
    re.IGNORECASE,
)
# A sum of photos, not one of them: "foto 3 lembar", "sebanyak 3 foto"
_COUNTED = re.compile(
    r"\b(?:lembar|buah|file|berkas|pcs|biji|sebanyak|berjumlah|jumlah|total)\b", re.I
)
_FILE = re.compile(CAMERA + f"(?:{EXTENSION})?", re.IGNORECASE)  # a name is no series
_PLACEHOLDER = re.compile(r"[\[(<{]\s*[^\])}>]{1,40}[\])}>]\.?")
_SENTENCE_END = re.compile(r"(?<=[a-z)][.!?])\s+(?=[A-Z])")
_LONGEST = 4000  # characters of a line whose sentences are looked at
_FEWEST_WORDS, _MOST_WORDS, _SHORT_LINE = 3, 200, 12
_MOST_LINES, _SHORTEST_NAME, _MOST = 3000, 5, 20


def find_suspicions(
    lines: Sequence[str], photos: Sequence[str], place: str = "", *, document: bool = False
) -> Iterator[Unread]:
    """The lines that may be captions of `photos` (their names) by their shape. Of a `document`, whose
    words no letter is, any line that holds a photo's name may be one."""
    some = [line for line in lines[:_MOST_LINES] if line.strip()]
    in_series = _find_series(some, len(photos))
    names = [name for name in know_photos(photos).spaced if len(name) >= _SHORTEST_NAME]
    suspects = (
        line
        for at, line in enumerate(some)
        if not _is_place_or_credit(line)
        and (at in in_series or _holds_suspect(line, names, document=document))
    )
    for line in islice(suspects, _MOST):
        yield Unread(may_be="caption", kind="line", text=clean.line(line, 200), place=place)


def _is_place_or_credit(line: str) -> bool:
    """ "[Foto 1]" alone is a picture's place, "Foto: Dok. Humas" says who took it."""
    head, colon, rest = line.partition(":")
    rest = rest.strip()
    credited = bool(colon) and len(head.split()) <= 3 and (is_credit(rest) or is_poor(rest))
    return credited or bool(_PLACEHOLDER.fullmatch(line.strip()))


def _is_letters(line: str) -> bool:
    """A sentence that a letter's author speaks to the redaksi."""
    return is_letter(line) or is_greeting(line) or is_sign_off(line) or is_evasive(line)


def _holds_suspect(line: str, names: Sequence[str], *, document: bool) -> bool:
    """A line, or one of its sentences: captions stand behind "Terlampir dua foto." too."""
    if _is_suspect(line, names, document=document):
        return True
    sentences = [] if document else _SENTENCE_END.split(line[:_LONGEST])
    return len(sentences) > 1 and any(
        _is_suspect(each, names, document=False) for each in sentences
    )


def _is_suspect(line: str, names: Sequence[str], *, document: bool) -> bool:
    words = _words_of(line)
    if not words or len(words) > _MOST_WORDS:
        return False
    if _TELLS.match(line):
        return True
    if not document and _is_letters(line):
        return False
    if document and _holds_name(line, words, names):
        return True
    if _COUNTED.search(line):
        return False
    return _points_at_photo(words) or _speaks_of_all(line, words)


def _holds_name(line: str, words: Sequence[str], names: Sequence[str]) -> bool:
    """A photo's name; one of mere words ("kerja bakti") stands in prose too."""
    short = len(words) <= _SHORT_LINE
    spaced = f" {space_words(line)} "
    return any(f" {n} " in spaced and (short or any(map(str.isdigit, n))) for n in names)


def _points_at_photo(words: Sequence[str]) -> bool:
    """ "foto pertama", "gambar di kiri", "ketrangan foto 2" somewhere, and three words more."""
    if len(words) < _FEWEST_WORDS + 2:
        return False
    return any(
        is_photo_word(word) and (len(word) > 2 or not at) and _is_pointed_at(word, words[at + 1 :])
        for at, word in enumerate(words)
    )


def _is_pointed_at(word: str, behind: Sequence[str]) -> bool:
    """Whether a number or a place follows the word for a photo."""
    first = next((each for each in behind[:4] if each not in _POINTS), "")
    return first.isdigit() or bool(_number_of(first)) or (word[0] in "fgp" and first in _PLACES)


def _speaks_of_all(line: str, words: Sequence[str]) -> bool:
    """ "Ketiga foto: …", "Kedua foto menunjukkan …"."""
    if not (words[0] in _ALL and len(words) > _FEWEST_WORDS + 1 and is_photo_word(words[1])):
        return False
    return ":" in line[:40] or bool(_SHOWS.search(line[:80]))


def _find_series(lines: Sequence[str], photos: int) -> frozenset[int]:
    """The lines that begin or end with the same word for a photo and a running number, or begin with
    such a word, as many as there are photos."""
    runs: dict[str, list[tuple[int, int]]] = {}
    alike: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        words = _words_of(_FILE.sub(" ", line))
        for where, number in _find_numbers(words):
            runs.setdefault(where, []).append((number, at))
        if len(words) > _FEWEST_WORDS and is_photo_word(words[0]) and not _COUNTED.search(line):
            alike.setdefault(words[0], []).append(at)
    least = max(2, photos)
    found = {at for same in alike.values() if len(same) >= least for at in same}
    for run in runs.values():
        if len(run) >= least and [n for n, _ in run] == list(range(1, len(run) + 1)):
            found |= {at for _, at in run}
    return frozenset(found)


def _find_numbers(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """(where, number) behind a word for a photo, at the beginning of a line and at its end."""
    for at, word in enumerate(words[1:4], 1):
        if (number := _number_of(word)) and is_photo_word(words[at - 1]):
            yield " ".join(words[:at]), number
            break
    if len(words) > 2 and (number := _number_of(words[-1])) and is_photo_word(words[-2]):
        yield "… " + words[-2], number


def _words_of(line: str) -> list[str]:
    """Words and numbers, lower case; emoji and signs are left out."""
    return [match[0].casefold() for match in _WORD.finditer(line[:2000])]


def _number_of(word: str) -> int:
    """ "2", "dua", "kedua", "ii", "b", "②" -> 2; 0 for anything else."""
    if word.isdigit() and word.isascii():
        return int(word) if 0 < int(word) < 100 else 0
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if word in _ROMAN:
        return _ROMAN.index(word) + 1
    if len(word) == 1:
        if "①" <= word <= "⑳":
            return ord(word) - ord("①") + 1
        if "❶" <= word <= "❿":
            return ord(word) - ord("❶") + 1
        return "abcdefgh".find(word) + 1
    return 0
