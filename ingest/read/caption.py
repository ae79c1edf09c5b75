"""Captions in words that are not the article: a mail's body, a text file, a document that holds only captions.

    Foto 1: Warga bergotong royong …         IMG_2041.jpg - Lurah memberi sambutan …
    Keterangan foto:                          Foto 1 dan 2: Suasana rapat …
    1. Warga bergotong royong …
    2. Lurah memberi sambutan …

A line is a caption only when it is marked as one; a sentence of the letter never is.
"""

import re
from collections.abc import Iterator
from typing import Literal

from redaksi import clean
from redaksi.model import Label

Source = Literal["document", "body", "file", "metadata"]

_EXTENSION = r"\.(?:jpe?g|jpe|jfif|png|tiff?|heic|heif|webp|avif|gif|bmp|dng|cr2|cr3|nef|arw|mp4|mov)"
_CAMERA = r"(?:IMG|DSC[NF]?|DSCF|PXL|MVIMG|P|DJI|GOPR|WhatsApp Image|Screenshot)[-_ ]?\d[\w.-]*"
_WORD = r"(?:foto|photo|gambar|gbr|image|picture|figure|pic|dokumentasi)"
_LEAD = r"(?:(?:keterangan|ket|caption|teks|judul|takarir)\.?\s*(?:untuk\s+)?)"
_SEPARATOR = r"\s*(?:[:=–—]|-(?=\s)|\.(?=\s)|\)|/(?=\s))\s*"
_ORDINALS = {"pertama": "1", "kedua": "2", "ketiga": "3", "keempat": "4", "kelima": "5", "keenam": "6"}
_NUMBERS = r"\d{1,2}(?:\s*(?:,|&|dan|and|s/d|sampai|-|–)\s*(?:foto\s+)?\d{1,2})*"

_NAMED = re.compile(
    rf"(?:{_LEAD})?(?:{_WORD}\s*(?:\d{{1,2}}\s*)?)?[\"“'(\[]?(?P<key>[^:=\"“”()\[\]/\\]{{1,80}}?{_EXTENSION}|{_CAMERA})[\"”')\]]?"
    rf"{_SEPARATOR}(?P<text>.*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?:{_LEAD})?{_WORD}\.?\s*(?:ke-?\s*|no(?:mor)?\.?\s*|#\s*)?(?P<key>{_NUMBERS}|{'|'.join(_ORDINALS)})"
    rf"(?:\s*\((?P<name>[^()]{{1,80}}{_EXTENSION})\))?(?:{_SEPARATOR}(?P<text>.*)|$)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    rf"(?:berikut\s+(?:adalah\s+|ini\s+)?)?(?:{_LEAD}(?:{_WORD}(?:[- ]?{_WORD})?)?|{_WORD}\s*captions?|captions?)"
    rf"(?:\s+(?:kegiatan|terlampir|berita|sebagai berikut|adalah|berikut))*\s*:?\s*$",
    re.IGNORECASE,
)
_HEADED = re.compile(
    rf"(?:{_LEAD}{_WORD}(?:[- ]?{_WORD})?|captions?|{_WORD}\s*captions?)\s*[:=–—]\s*(?P<text>.+)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:(?P<key>\d{1,2})\s*[.):]\s*|[-•*–▪·]\s+)(?P<text>\S.*)")
_SIGN_OFF = re.compile(
    r"(?:demikian|terima\s*kasih|terimakasih|salam|hormat|wassalam|regards|thank|best|--|atas perhatian|mohon|sent from"
    r"|dikirim dari)",
    re.IGNORECASE,
)
_NOT_A_CAPTION = re.compile(
    r"(?:sudah|telah|saya|kami|ada|juga|semua\w*|di\s*dalam|dalam|pada|lihat|mohon|silakan|foto|semua)?\s*"
    r"(?:ter)?(?:lampir(?:an|kan)?|attached|ada (?:di|pada|dalam)|di\s?dalam (?:naskah|dokumen|word|file)|lihat "
    r"|menyusul)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:dok(?:umentasi|umen|\.|\b)|istimewa|ist\b|humas\b|kredit|credit|courtesy|by\b|oleh\b)", re.IGNORECASE
)
_WRAPPED = 50  # a line this long may go on in the next one
_LONGEST = 600


def labels_in(text: str, source: Source, place: str = "") -> tuple[Label, ...]:
    """The captions marked as such in `text`, in order; one label a photo ("Foto 1 dan 2" gives two)."""
    found: list[Label] = []
    for key, words in _marked(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        caption = clean.line(words, _LONGEST).strip('"“”*_ ')
        if _is_caption(key, caption):
            found += [Label(text=caption, key=one, source=source, place=place) for one in keys_of(key)]
    return tuple(found)


def keys_of(key: str) -> list[str]:
    """ "1 dan 2" -> ["Foto 1", "Foto 2"]; "pertama" -> ["Foto 1"]; a file name or "" stays as it is."""
    lower = key.strip().lower()
    if lower in _ORDINALS:
        return ["Foto " + _ORDINALS[lower]]
    if not re.fullmatch(_NUMBERS, lower):
        return [key.strip()]
    numbers = [int(n) for n in re.findall(r"\d+", lower)]
    if (
        len(numbers) == 2
        and re.search(r"-|–|s/d|sampai", lower)
        and numbers[0] < numbers[1] <= numbers[0] + 30
    ):
        numbers = list(range(numbers[0], numbers[1] + 1))
    return [f"Foto {n}" for n in dict.fromkeys(numbers)]


def _is_caption(key: str, text: str) -> bool:
    """Words that tell something: not "terlampir", and without a number or name before them not a credit either."""
    words = text.split()
    if not any(len(word) > 1 and any(c.isalpha() for c in word) for word in words):
        return False
    if len(words) <= 8 and _NOT_A_CAPTION.match(text):
        return False
    if _CREDIT.match(text) and len(words) <= 5:
        return False
    return bool(key) or len(words) >= 3


def _marked(lines: list[str]) -> Iterator[tuple[str, str]]:
    """(key, words) of every marked line, its wrapped continuations joined."""
    at, listing = 0, False
    while at < len(lines):
        line = lines[at].strip(" \t>*_\ufeff")
        at += 1
        start = _start(line, listing=listing)
        if start is None:
            if _HEADING.fullmatch(line) and line:
                listing = True
            elif line and listing and not _SIGN_OFF.match(line) and _follows_heading(lines, at - 1):
                words, at = _continued(line, lines, at, listing=True)
                yield "", words
            elif line and listing:
                listing = False
            continue
        key, words = start
        if (
            not words
            and at < len(lines)
            and lines[at].strip()
            and _start(lines[at].strip(), listing=listing) is None
        ):
            words = lines[at].strip()
            at += 1
        words, at = _continued(words, lines, at, listing=listing)
        yield key, words


def _follows_heading(lines: list[str], at: int) -> bool:
    """Plain lines are captions only directly under the heading, at most one blank line between."""
    above = [line.strip(" \t>*_") for line in lines[max(0, at - 2) : at]]
    while above and not above[-1]:
        above.pop()
    return bool(above) and bool(_HEADING.fullmatch(above[-1]))


def _start(line: str, *, listing: bool) -> tuple[str, str] | None:
    """The key and first words of a marked line. Within a list under a heading "1." and bullets are marks too."""
    if listing and (item := _ITEM.fullmatch(line)):
        inner = _start(item["text"], listing=False)
        return inner if inner is not None and inner[0] else (item["key"] or "", item["text"])
    if numbered := _NUMBERED.fullmatch(line):
        return numbered["name"] or numbered["key"], numbered["text"] or ""
    if named := _NAMED.fullmatch(line):
        return named["key"], named["text"]
    if headed := _HEADED.fullmatch(line):
        item = _ITEM.fullmatch(headed["text"])
        return (item["key"] or "", item["text"]) if item else ("", headed["text"])
    return None


def _continued(words: str, lines: list[str], at: int, *, listing: bool) -> tuple[str, int]:
    """A long line that does not end its sentence goes on in the next one, if that starts nothing of its own."""
    last = words
    while at < len(lines) and len(last) >= _WRAPPED and len(words) < _LONGEST:
        following = lines[at].strip(" \t>")
        if not following or _start(following, listing=True) is not None or _SIGN_OFF.match(following):
            break
        if _HEADING.fullmatch(following) or (last.rstrip().endswith((".", "!", "?")) and not listing):
            break
        words, last = f"{words} {following}", following
        at += 1
    return words, at
