"""Words for a photo or a caption as people type them: "Fhoto", "Ketrangan", "Capt.", "Gb."; a line is
read as if they stood there well spelled.
"""

import re
from functools import lru_cache

from ingest.read.captions.grammar.words import CAPTION, PHOTO

_CALLED = ("foto", "photo", "gambar", "keterangan", "caption", "deskripsi", "penjelasan", "narasi")
_SHORT = {
    "capt": "caption",
    "cap": "caption",
    "cptn": "caption",
    "kapt": "caption",
    "ketr": "keterangan",
    "kete": "keterangan",
    "desk": "deskripsi",
    "gb": "gambar",
    "gmb": "gambar",
    "gmbr": "gambar",
    "ft": "foto",
    "fto": "foto",
    "pht": "foto",
    "pto": "foto",
    "f": "foto",
    "dok": "dokumentasi",
    "dokum": "dokumentasi",
}
# Short, and words of the grammar's own, or too short to be read by themselves
_SUSPECT = frozenset((*_SHORT, "ket", "gbr", "pic", "pict", "p", "img"))
# Words as near to those above, which mean something else
_OTHERS = frozenset(("gambir", "ketenangan", "ketegangan", "foton", "fotos", "phone", "option"))
_WELL = re.compile(rf"(?:{PHOTO}|{CAPTION})", re.IGNORECASE)
_OPENS = re.compile(r"[\W_]{0,12}(?=[cdfgknpCDFGKNP])")
_TYPED = re.compile(r"([^\W\d_]{1,16})(\s?\.)?(?:\s?:)?\s*")
# What must follow for a word to be read: a number or a place, a mark, the end
_POINTED = re.compile(
    r"[(\[#]?\s?(?:ke[\s-]?\w|no\b|nomor\b|nomer\b|yang\b|\d{1,2}(?!\d)|[A-Ha-h]\b(?!['’])|[IVX]{1,4}\b"
    r"|pertama\b|kedua\b|satu\b|dua\b|tiga\b|empat\b|lima\b|atas\b|bawah\b|kiri\b|kanan\b|tengah\b|utama\b"
    r"|[:=–—-]|\w{1,40}\.(?:jpe?g|png)\b|IMG|DSC|$)",
    re.IGNORECASE,
)
_VOWELS = re.compile("[aeiou]")
_MOST_WORDS, _FEWEST_LETTERS, _FEWEST_BONES = 3, 3, 4


@lru_cache(maxsize=4096)
def mend(line: str) -> str:
    """The line with the words before its designator well spelled; what follows is untouched."""
    start = _OPENS.match(line)
    if start is None:
        return line
    at, words, is_mended = start.end(), [], False
    for _ in range(_MOST_WORDS):
        typed = _TYPED.match(line, at)
        called = _read_word(typed[1], line[typed.end() :]) if typed else ""
        if typed is None or not called:
            break
        is_mended = is_mended or called != typed[1]
        words.append(called + line[typed.end(1) : typed.end()])
        at = typed.end()
    if not is_mended or not _POINTED.match(line, at):
        return line
    between = "" if at == len(line) or words[-1][-1:] in " .:" else " "
    return line[: start.end()] + "".join(words) + between + line[at:]


def _read_word(typed: str, behind: str) -> str:
    """The word that was meant; "" for one that is none for a photo or a caption."""
    if _WELL.fullmatch(typed):
        return typed
    low = typed.casefold()
    if low in _SHORT:
        is_plain = len(low) >= _FEWEST_LETTERS or behind[:1].isdigit()
        return _SHORT[low].capitalize() if is_plain else ""
    called = _find_called(low)
    return called.capitalize()


@lru_cache(maxsize=4096)
def is_photo_word(word: str) -> bool:
    """A word for a photo or a caption, also typed badly ("Fhoto", "ketrangan") or cut short."""
    bare = word.removesuffix("nya")
    return bare in _SUSPECT or bool(_find_called(bare))


@lru_cache(maxsize=4096)
def _find_called(word: str) -> str:
    """The well spelled word that this nearly is, "" when it is none."""
    bare = word.removesuffix("nya")
    if not bare or bare in _OTHERS:
        return ""
    return next((called for called in _CALLED if _is_nearly(bare, called)), "")


def _is_nearly(word: str, called: str) -> bool:
    """At most one letter more, fewer, other or changed with its neighbour; two in a long word; or
    its vowels are left out ("ktrngan")."""
    if word == called or _is_shortened(word, called):
        return True
    begins = word[0] in called[:2] or (called == "foto" and word[0] == "p")
    if not begins or len(word) < 4 or abs(len(word) - len(called)) > 2:
        return False
    most = 1 if len(called) < 8 else 2
    # each letter that the other has not is an edit: seen before the edits are counted
    if sum(letter not in called for letter in word) > most:
        return False
    if sum(letter not in word for letter in called) > most:
        return False
    return _distance(word, called) <= most


def _is_shortened(word: str, called: str) -> bool:
    """Whether some of its vowels were left out, and nothing else."""
    if len(word) > len(called):
        return False
    bones = _VOWELS.sub("", called)
    if len(bones) < _FEWEST_BONES or _VOWELS.sub("", word) != bones:
        return False
    rest = iter(called)
    return all(letter in rest for letter in word)


def _distance(one: str, two: str) -> int:
    """Edits from one to two, a change of neighbours being one (optimal string alignment)."""
    rows = [list(range(len(two) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(two, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
