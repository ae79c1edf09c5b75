"""Captions in words that are not the article: a mail's body, a text file, a document that holds
only captions.

    Foto 1: Warga bergotong royong …         IMG_2041.jpg - Lurah memberi sambutan …
    Keterangan foto:                          Foto 1 dan 2: Suasana rapat …
    1. Warga bergotong royong …               Warga bergotong royong. (IMG_2041.jpg)
    2. Lurah memberi sambutan …

A line is a caption only when it is marked as one; a sentence of the letter never is.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from ingest.read.captions.photo_names import stem
from redaksi.model import Label
from redaksi.text import clean

Source = Literal["document", "body", "file", "metadata"]

_EXTENSION = (
    r"\.(?:jpe?g|jpe|jfif|png|tiff?|heic|heif|webp|avif|gif|bmp|dng|cr[23]|nef|arw|mp4|mov)\b"
)
_CAMERA = r"(?:IMG|DSC[NF]?|DSCF|PXL|MVIMG|DJI|GOPR|WhatsApp Image|Screenshot)[-_ ]?\d[\w.-]{0,60}(?: at [\d.]+)?"
_WORD = r"(?:foto|photo|gambar|gbr|image|picture|figure|pic|dokumentasi)"
_LEAD = r"(?:(?:keterangan|ket|captions?|teks|judul|takarir)\.?\s*(?:untuk\s+|dari\s+)?)"
_SEPARATOR = r"\s*(?:[-=–—]{1,2}>|→|[:=–—|]|-(?=\s)|\.(?=\s)|[)\]]|/(?=\s))[\s:–—-]*"
_ORDINALS = {
    "pertama": "1",
    "kedua": "2",
    "ketiga": "3",
    "keempat": "4",
    "kelima": "5",
    "keenam": "6",
}
_NUMBERS = r"\d{1,2}(?:\s*(?:,|&|\+|dan|and|s/d|sampai|-|–)\s*(?:foto\s+)?\d{1,2}){0,30}"

_NAMED = re.compile(
    rf"(?:{_LEAD})?(?:{_WORD}\s+(?:\d{{1,2}}\s*)?)?[\"“'(\[]?"
    rf"(?P<key>[^:=|\"“”()\[\]/\\]{{1,80}}?(?:\(\d+\))?{_EXTENSION}|{_CAMERA})[\"”')\]]?"
    rf"(?:(?:{_SEPARATOR}|\s*[,;]\s*)(?P<text>.*)|$)",
    re.IGNORECASE,
)
# File names may hold brackets and quotation marks, and be long: "Kerja bakti (pagi).jpg". Then the
# mark must be plain.
_NAMED_WHOLE = re.compile(
    rf"(?:{_LEAD})?[\"“']?(?P<key>[^:|/\\]{{1,200}}?{_EXTENSION})[\"”']?\s*(?:[:=–—|]|-(?=\s))[\s:–—-]*(?P<text>.*)",
    re.IGNORECASE,
)
# One caption for several files ("a.jpg dan b.jpg: …"), and a file's name with nothing but a space
# behind it.
_NAMED_MANY = re.compile(
    rf"(?P<key>[^:=|]{{5,400}}{_EXTENSION}){_SEPARATOR}(?P<text>.*)", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"[,&]|\s(?:dan|and)\s", re.IGNORECASE)
_NAMED_BARELY = re.compile(
    rf"(?P<key>[\w.()-]{{1,80}}(?i:{_EXTENSION}))\s+(?P<text>[A-Z]\w*(?:\s+\S+){{3,}})"
)
# The file's name behind the words: in brackets, or after a dash.
_NAMED_LAST = re.compile(
    rf"\s*(?:[(\[]\s*(?P<within>[^:=|\"“”()\[\]/\\]{{1,80}}?(?:\(\d+\))?{_EXTENSION})\s*[)\]]"
    rf"|\s[-–—]{{1,2}}\s+(?P<after>[^\s:=|\"“”()\[\]/\\]{{1,80}}?{_EXTENSION}))\s?\.?$",
    re.IGNORECASE,
)
_TALK = re.compile(  # a letter's sentence about a file, not a photo's caption
    rf"\b(?:saya|kami|lihat|\w*kirim\w*|\w*lampir\w*|mohon|tolong|silakan|gunakan|\w*pakai|\w*ganti|naskah|redaksi|susul\w*"
    rf"|menyusul|file|berkas|attached|please|see)\b|\b{_WORD}(?:[- ]{_WORD})*\s*(?:ke-?|no\.?|nomor)?\s*\d{{0,2}}\W*$",
    re.IGNORECASE,
)
_BOLD = re.compile(r"\*([^*\s][^*]*)\*")  # as Gmail writes bold in plain text
_NUMBERED = re.compile(
    rf"(?:{_LEAD})?{_WORD}\.?\s*(?:ke-?\s*|no(?:mor)?\.?\s*|#\s*)?(?P<key>{_NUMBERS}|{'|'.join(_ORDINALS)})"
    rf"(?:\s*[(\[](?P<name>[^()\[\]]{{1,80}}{_EXTENSION})[)\]])?(?:{_SEPARATOR}(?P<text>.*)|$)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    rf"(?:berikut\s(?:adalah\s|ini\s)?)?(?:{_LEAD}(?:{_WORD}(?:[- ]?{_WORD})?)?|{_WORD}\s(?:captions?|keterangan))"
    r"(?:\s(?:kegiatan|terlampir|berita|sebagai berikut|adalah|berikut|ini)){0,4}\s?[:;]?-?",
    re.IGNORECASE,
)
_HEADED = re.compile(
    rf"(?:{_LEAD}{_WORD}(?:[- ]?{_WORD})?|captions?|{_WORD}\scaptions?)\s?[:=–—]\s?(?P<text>.+)",
    re.IGNORECASE,
)
_ITEM = re.compile(
    rf"(?:(?P<key>\d{{1,2}})(?!{_EXTENSION})\s?[.):]\s?|[-•*–▪·]\s)(?P<text>\S.*)", re.IGNORECASE
)
_SIGN_OFF = re.compile(
    r"(?:demikian|terima\s*kasih|trims|makasih|salam|hormat|wassalam|regards|thank|best|--|atas perhatian|mohon"
    r"|sent from|dikirim dari|tolong|catatan|nb\b|cp\b|hp\b|kontak|penulis\b|oleh\s?:)",
    re.IGNORECASE,
)
_NOT_A_CAPTION = re.compile(
    r"(?:(?:sudah|telah|saya|kami|ada|juga|semua\w*|mohon|silakan|foto|kami|akan|masih|belum)\s+){0,4}"
    r"(?:(?:ter|di|me)?lampir(?:an|kan)?\b|attached|(?:ada\s)?(?:di|pada|dalam)\s?(?:dalam\s)?(?:naskah|dokumen|word|file|"
    r"lampiran|bawah|atas|email|surel)|lihat\s|menyusul|kirim|dikirim|ada\b$|tidak ada|nihil|kosong|-+$)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:dok(?:umentasi|umen|\.|\b)|istimewa|ist\b|humas\b|kredit|credit|courtesy|by\b|oleh\b|sumber\b)",
    re.IGNORECASE,
)
_WRAPPED = 50  # a line this long may go on in the next one
_LONGEST = 600  # characters of a caption
_MOST_LINES, _MOST_LABELS = 5000, 500
_FEWEST_WORDS, _MOST_WORDS = 4, 40  # of a caption whose file is named behind it


class _Mark(Struct, frozen=True, kw_only=True):
    """A line that says: a caption begins here."""

    key: str
    text: str
    sure: bool = True


def find_labels(text: str, source: Source, place: str = "") -> tuple[Label, ...]:
    """The captions marked as such in `text`, in order; one label a photo ("Foto 1 dan 2" gives
    two)."""
    found: list[Label] = []
    lines = [
        clean.line(_BOLD.sub(r"\1", line).replace("\t", " | ").strip(" \t>*_"), 2000)
        for line in text.splitlines()[:_MOST_LINES]
    ]
    for mark in map(_named_behind, _marks(lines)):
        caption = clean.line(mark.text, _LONGEST).strip('"“”*_| ')
        if _is_caption(mark.key, caption):
            found += [
                Label(text=caption, key=key, source=source, place=place, sure=mark.sure)
                for key in keys_of(mark.key)
            ]
        if len(found) >= _MOST_LABELS:
            break
    return tuple(found)


def keys_of(key: str) -> list[str]:
    """ "1 dan 2" -> ["Foto 1", "Foto 2"]; "pertama" -> ["Foto 1"]; a file name or "" stays as it is."""
    lower = key.strip().lower()
    if lower in _ORDINALS:
        return ["Foto " + _ORDINALS[lower]]
    if not re.fullmatch(_NUMBERS, lower):
        return _names(key) or [key.strip()]
    numbers = [int(n) for n in re.findall(r"\d+", lower)]
    if (
        len(numbers) == 2
        and re.search(r"-|–|s/d|sampai", lower)
        and numbers[0] < numbers[1] <= numbers[0] + 30
    ):
        numbers = list(range(numbers[0], numbers[1] + 1))
    return [f"Foto {n}" for n in dict.fromkeys(numbers)]


def _names(key: str) -> list[str]:
    """ "a.jpg, b.jpg dan c.jpg" -> the three; what is not a list of files gives none."""
    names = [name.strip() for name in _BETWEEN_NAMES.split(key)]
    several = len(names) > 1 and all(
        re.search(_EXTENSION + "$", name, re.IGNORECASE) for name in names
    )
    return names if several else []


def _named_behind(mark: _Mark) -> _Mark:
    """A number or nothing stands before the words and a file's name behind them: that name is
    the key."""
    if re.search(_EXTENSION, mark.key, re.IGNORECASE):
        return mark
    return _told_before(mark.text) or mark


def _told_before(line: str) -> _Mark | None:
    """ "Warga membersihkan saluran. (IMG_1.jpg)": words that tell, then the file's name; None for all else."""
    found = _NAMED_LAST.search(line, max(0, len(line) - 120))
    if found is None:
        return None
    key, text = (found["within"] or found["after"]).strip(), line[: found.start()]
    item = _ITEM.fullmatch(text)
    text = item["text"] if item else text
    words = text.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or not (
        text[0].isupper() or text[0] in "\"“'"
    ):
        return None
    if _TALK.search(text) or _TALK.search(stem(key)) or re.search(_EXTENSION, text, re.IGNORECASE):
        return None
    return _Mark(key=key, text=text, sure=False)


def _is_caption(key: str, text: str) -> bool:
    """Words that tell something: not "terlampir", no list of files, no mere credit; without a
    key a few words more."""
    words = text.split()
    if not any(len(word) > 1 and any(c.isalpha() for c in word) for word in words):
        return False
    if len(words) <= 9 and _NOT_A_CAPTION.match(text):
        return False
    if re.search(_EXTENSION, text[:60], re.IGNORECASE):
        return False
    if _CREDIT.match(text) and len(words) <= 5:
        return False
    return bool(key) or len(words) >= 3


def _marks(lines: list[str]) -> Iterator[_Mark]:
    """Every marked line with its continuations. Under a heading, numbers and bullets are marks
    too, and so are the plain lines up to the first empty one."""
    at, listing, plain = 0, False, False
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line:  # right under a heading it does not end the list
            plain = plain and at > 1 and bool(_HEADING.fullmatch(lines[at - 2]))
            continue
        mark = _start(line, listing=listing)
        before = _mark_behind(lines, at) if mark is None or not mark.text else None
        if before is not None:
            yield before
        elif mark is None and _HEADING.fullmatch(line):
            listing = plain = True
        elif mark is None and (not plain or _SIGN_OFF.match(line)):
            listing = plain = False
        else:
            plain = plain and mark is None
            mark, at = _completed(mark or _Mark(key="", text=line), lines, at, listing=listing)
            yield mark


def _mark_behind(lines: list[str], at: int) -> _Mark | None:
    """Words that tell, over at most three lines that end before `at`, then the file's name."""
    wrapped = (_unwrapped(lines, at, count) for count in (3, 2, 1))
    return next((mark for words in wrapped if (mark := _told_before(words)) is not None), None)


def _unwrapped(lines: list[str], at: int, count: int) -> str:
    """The `count` lines that end before `at`, as one when each but the last is long and goes on;
    else ""."""
    above = lines[max(0, at - count) : at]
    goes_on = all(
        len(line) >= _WRAPPED and not line.endswith((".", "!", "?", ":", ","))
        for line in above[:-1]
    )
    return " ".join(above) if len(above) == count and goes_on else ""


def _start(line: str, *, listing: bool) -> _Mark | None:
    """The key and first words of a marked line; under a heading (`listing`) a bullet is a mark."""
    if item := _ITEM.fullmatch(line):
        inner = _start(item["text"], listing=False)
        if inner is not None and inner.key:
            return inner
        return _Mark(key=item["key"] or "", text=item["text"]) if listing else None
    bare = line.lstrip("([")
    return (
        _numbered(bare)
        or _named_many(bare)
        or _named(bare)
        or _named_whole(line)
        or _named_barely(bare)
        or _headed(bare)
    )


def _numbered(line: str) -> _Mark | None:
    """ "Foto 1: …", "Foto 1 (rapat.jpg): …"."""
    found = _NUMBERED.fullmatch(line)
    return found and _Mark(key=found["name"] or found["key"], text=found["text"] or "")


def _named_many(line: str) -> _Mark | None:
    """ "a.jpg dan b.jpg: …"."""
    found = _NAMED_MANY.fullmatch(line)
    if found is None or not _names(found["key"]):
        return None
    return _Mark(key=found["key"], text=found["text"])


def _named(line: str) -> _Mark | None:
    """ "IMG_2041.jpg - …"."""
    found = _NAMED.fullmatch(line)
    return found and _Mark(key=found["key"], text=found["text"] or "")


def _named_whole(line: str) -> _Mark | None:
    """ "Kerja bakti (pagi).jpg: …": brackets in a name come in pairs."""
    found = _NAMED_WHOLE.fullmatch(line)
    if found is None:
        return None
    key = found["key"]
    paired = all(key.count(left) == key.count(right) for left, right in ("()", "[]", "“”"))
    return _Mark(key=key, text=found["text"]) if paired else None


def _named_barely(line: str) -> _Mark | None:
    """ "IMG_2041.jpg Warga bergotong royong membersihkan saluran"."""
    found = _NAMED_BARELY.fullmatch(line)
    return found and _Mark(key=found["key"], text=found["text"])


def _headed(line: str) -> _Mark | None:
    """ "Keterangan foto: …": what follows may have a key of its own."""
    found = _HEADED.fullmatch(line)
    if found is None:
        return None
    return _start(found["text"], listing=True) or _Mark(key="", text=found["text"])


def _completed(mark: _Mark, lines: list[str], at: int, *, listing: bool) -> tuple[_Mark, int]:
    """A mark alone on its line is followed by its caption; a long line that does not end its
    sentence goes on."""
    words = mark.text
    if not words and at < len(lines) and not _begins_anew(lines[at]):
        words = lines[at]
        at += 1
    last = words
    may_end = not (listing and mark.key)
    while at < len(lines) and len(words) < _LONGEST and _is_wrapped(last, may_end=may_end):
        if _begins_anew(lines[at]):
            break
        words, last = f"{words} {lines[at]}", lines[at]
        at += 1
    return _Mark(key=mark.key, text=words, sure=mark.sure), at


def _is_wrapped(line: str, *, may_end: bool) -> bool:
    """Whether a caption's line may go on in the next: it is long, and neither ends a sentence nor
    names its file."""
    if len(line) < _WRAPPED or (may_end and line.endswith((".", "!", "?"))):
        return False
    return not _NAMED_LAST.search(line, max(0, len(line) - 120))


def _begins_anew(line: str) -> bool:
    return (
        not line
        or _start(line, listing=True) is not None
        or bool(_SIGN_OFF.match(line))
        or bool(_HEADING.fullmatch(line))
    )
