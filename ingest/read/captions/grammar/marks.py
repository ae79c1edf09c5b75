"""What stands between a designator and its words, and a line that opens with both: "Foto 1: …",
"IMG_2041.jpg-…", "Ket. gambar kiri = …", "Foto pertama adalah …"."""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec
from msgspec import Struct

from ingest.read.captions.grammar.designators import (
    Designator,
    Known,
    match_known,
    read_designators,
    read_numbers,
)
from ingest.read.captions.grammar.prose import (
    is_about_files,
    is_credit,
    is_evasive,
    is_letter,
    is_remark_on_photos,
)
from ingest.read.captions.grammar.spelling import mend
from ingest.read.captions.grammar.words import CAMERA_NAME, LEAD, NAMED_FILE
from ingest.read.captions.photo_names import squeeze, stem
from redaksi.model import LabelKind

Strength = Literal["", "weak", "strong"]

# quotation marks, brackets, bullets and emoji before a line's first word; numbers in circles are none
_OPENING = re.compile(
    r"[\s\"“'‘(\[{<*_~>•●▪◦‣·–—\u2190-\u21ff\u2300-\u23ff\u25a0-\u2775\u2794-\u27bf\u2b00-\u2bff"
    r"\U0001f000-\U0001f51e\U0001f520-\U0001faff\ufe0e\ufe0f\u200d]*(?:-\s+)?"
)
_CLOSE = re.compile(r"[\s\"”’'*_]*")
_CLOSERS = re.compile(r"[\s\"”’'*_]*[)\]}>][\s\"”’'*_]*")
_STRONG = re.compile(
    r"(?:[-=–—]{1,3}[>»]|\.\)|\.{2,}|…|[👉➤►▶☞]\ufe0f?|[→⇒➡⟶»|~=–—:：;•]\ufe0f?|>+|-+(?=[\s\"“*_(\w]|$)|\.(?=[\s\"“*_]|[A-Z]|$)|/(?=\s|[A-Z]))\s*"
)
_WEAK = re.compile(r",\s*")
_COPULA = re.compile(
    r"(?:(?:ini|itu|tersebut)\s+)?(?:adalah|yaitu|yakni|ialah|merupakan|berisi|isinya|tentang|menunjukkan|memperlihatkan"
    r"|menampilkan|menggambarkan|memuat|tampak|terlihat|nampak)(?:\s+(?:foto|gambar|suasana\s+saat))?(?:\s*[:,])?\s+"
    r"|(?:itu|ini)\s+(?=[A-Z])",
    re.IGNORECASE,
)
# "Foto 1, keterangannya: …"
_ITS_CAPTION = re.compile(
    r"[\s,]*(?:(?:dan|dengan|beserta)\s+)?(?:keterangan|caption|ket\.?|narasi|deskripsi|penjelasan)(?:-?nya\s*[:=–—-]?|\s*[:=])\s*",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]:]{1,40}[)\]]\s*(?=[:=–—.-])")  # "Foto 1 (atas): …"
_FILE_IS = re.compile(
    r"(?:nama\s+)?(?:file|berkas)(?:\s*(?:foto|gambar))?(?:nya)?\s*[:=]\s*", re.IGNORECASE
)
# how a sentence goes on that speaks of a photo: "foto 1 yang sudah …", "foto 2 dan …"
_MIDDLE = re.compile(
    r"(?:yang|dan|atau|serta|dengan|sudah|telah|akan|belum|tidak|bukan|bisa|dapat|harus|perlu|untuk|dari|oleh|ini|itu|tersebut|adalah"
    r"|juga|saja|lebih|kurang|terlalu|agak|sangat|paling|ada|masih|karena|sebagai|sampai|hingga|maupun|milik|hanya|supaya|agar|tadi|nya"
    r"|orang|lembar|buah|kali|x|is|was|and|or|of|has)(?!\w)",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"[\s\"“*_]*[(\[]?\s*")
_NAME_FIRST = 3  # places to begin at where a name may have a photo's word in it
_FEWEST, _MOST = 3, 60  # words behind a designator without a mark


class Mark(Struct, frozen=True, kw_only=True):
    """A line that says: a caption begins here. `led`: a word for a photo or a caption stands
    before the designator; `strong`: a mark stands behind it."""

    keys: tuple[str, ...] = ("",)
    kind: LabelKind = ""
    text: str = ""
    sure: bool = True
    led: bool = False
    strong: bool = False
    spoken: bool = False  # a verb stands between: "Foto 1 menunjukkan …" is prose in an article


class Separator(Struct, frozen=True):
    """What stood between designator and words; `end`: where the words begin."""

    strength: Strength
    end: int
    spoken: bool = False


def read_separator(line: str, at: int) -> Separator:
    """Everything at `at` that is no word: closing quotes and brackets, marks in a row (". -",
    ") :")."""
    strength: Strength = ""
    end = at
    if told := _ITS_CAPTION.match(line, at):
        return Separator("strong", told.end())
    closed = _CLOSERS.match(line, at)
    if closed:
        strength, end = "strong", closed.end()
    while True:
        bare = _CLOSE.match(line, end)
        begin = bare.end() if bare else end
        found = _STRONG.match(line, begin)
        if found is None:
            break
        strength, end = "strong", found.end()
    if not strength and (weak := _WEAK.match(line, end)):
        strength, end = "weak", weak.end()
    copula = _COPULA.match(line, _CLOSE.match(line, end).end())  # type: ignore[union-attr]
    if copula:
        strength, end = strength or "weak", copula.end()
    tail = _CLOSE.match(line, end) if not strength else None
    return Separator(strength, tail.end() if tail else end, spoken=copula is not None)


def read_opening(line: str, known: Known) -> Mark | None:
    """The mark a line opens with: a word for photo or caption and a designator, or a file's name
    alone. A designator that stands alone on its line gives a mark without text."""
    line = mend(line)
    start = _OPENING.match(line)
    at = start.end() if start else 0
    whole = _read_known(line, at, known) or _read_camera(line, at, known)
    if whole is not None:
        return whole
    if (prefix := _FILE_IS.match(line, at)) and (
        named := _first(line, prefix.end(), known, led=False)
    ):
        return named
    lead = LEAD.match(line, at)
    if lead and lead.end() > at and (lead["photo"] or lead["caption"]):
        inner = _OPENING.match(line, lead.end())
        begin = inner.end() if inner else lead.end()
        mark = _first(line, begin, known, led=True)
        if mark is not None:
            return mark if lead["caption"] else _with_word(mark, line, at, known)
    return _first(line, at, known, led=False)


def _with_word(mark: Mark, line: str, at: int, known: Known) -> Mark:
    """The word for a photo at `at` is part of the file's name behind it, unless a camera or a photo
    here is called without: "Foto rapat.jpg"."""
    key, *more = mark.keys
    begin = line.find(key, at)
    word = line[at:begin] if begin > at else ""
    plain = mark.kind == "name" and not more and NAMED_FILE.search(key) and word
    if not plain or CAMERA_NAME.match(key) or set(word) & set(".:=([#-–"):
        return mark
    if known.count and squeeze(stem(word + key)) not in known.every:
        return mark
    return msgspec.structs.replace(mark, keys=(word + key,))


def _read_known(line: str, at: int, known: Known) -> Mark | None:
    """A photo's whole name with its ending, whatever words it begins with: "Foto 1 - rapat.jpg"."""
    end = match_known(line, at, known)
    if not NAMED_FILE.search(line, at, end):
        return None
    return _with_words(line, Designator(keys=(line[at:end],), kind="name", end=end), led=False)


def _read_camera(line: str, at: int, known: Known) -> Mark | None:
    """ "image1: …" of image1.jpeg, whose name begins with a word for a photo."""
    found = CAMERA_NAME.match(line, at)
    if found is None or LEAD.match(line, at).end() == at:  # type: ignore[union-attr]
        return None
    if known.count and squeeze(stem(found[0])) not in known.every:
        return None
    return _first(line, at, known, led=False)


def _first(line: str, at: int, known: Known, *, led: bool) -> Mark | None:
    for number in read_numbers(line, at) if led else ():
        if inner := _name_behind(line, read_separator(line, number.end), known):
            return inner
    for designator in read_designators(line, at, known, led=led):
        mark = _with_words(line, designator, led=led)
        if mark is not None:
            return mark
    return None


def _with_words(line: str, found: Designator, *, led: bool) -> Mark | None:
    """The designator with what stands behind it, when that is a caption's words or nothing."""
    separator = read_separator(line, _skip_aside(line, found.end))
    keys, kind, text = found.keys, found.kind, line[separator.end :].strip()
    if not separator.strength and (told := _unbracket(line[found.end :].strip())):
        return Mark(keys=keys, kind=kind, text=told, led=led, strong=True)
    strong = separator.strength == "strong"
    if not text:
        return (
            Mark(keys=keys, kind=kind, led=led, strong=strong)
            if _stands_alone(line, found)
            else None
        )
    if kind == "camera" and not led and not strong:
        return None
    is_single = kind == "number" and len(keys) == 1 and line[found.end - 1].isdigit()
    plain = led and is_single and not separator.strength and _tells_plainly(text)
    sure = strong or kind == "name" or plain or (text[:1].isupper() and not separator.strength)
    if not (strong or plain or _opens_words(text, kind, separator.strength)):
        return None
    return Mark(
        keys=keys, kind=kind, text=text, sure=sure, led=led, strong=strong, spoken=separator.spoken
    )


def _name_behind(line: str, separator: Separator, known: Known) -> Mark | None:
    """ "Foto 1 (IMG_2041.jpg): …", "Foto 1 = IMG_2041.jpg - …": the name says more than the number."""
    again = _AGAIN.match(line, separator.end)
    at = again.end() if again else separator.end
    if not separator.strength and line[separator.end : at].strip() not in ("(", "["):
        return None
    for inner in read_designators(line, at, known, led=False):
        behind = read_separator(line, inner.end)
        text = line[behind.end :].strip()
        if inner.kind == "name" and (behind.strength == "strong" or not text):
            return Mark(keys=inner.keys, kind="name", text=text, led=True, strong=True)
    return None


def _skip_aside(line: str, end: int) -> int:
    """Behind a remark in brackets that stands before the mark: "Foto 1 (atas): …"."""
    aside = _ASIDE.match(line, end)
    if aside is None or NAMED_FILE.search(aside[0]) or CAMERA_NAME.search(aside[0]):
        return end  # a file's name says more than the number before it
    return aside.end()


def _unbracket(text: str) -> str:
    """The words of a caption set in brackets behind its designator: "IMG_1.jpg (Warga …)"."""
    inner = text[1:-1].strip()
    whole = text.startswith("(") and text.endswith(")") and inner.count("(") == inner.count(")")
    return inner if whole and len(inner.split()) >= _FEWEST and not is_letter(inner) else ""


def _stands_alone(line: str, found: Designator) -> bool:
    return found.kind != "name" or len(line.split()) <= 8


def _opens_words(text: str, kind: LabelKind, strength: Strength) -> bool:
    """Words that may be a caption though no mark stands before them: they begin as a sentence
    does, and speak of no file."""
    words = text.split()
    fewest = 4 if kind == "name" else _FEWEST
    if kind == "shared" or not fewest <= len(words) <= _MOST:
        return False
    if strength == "weak":
        return not is_letter(text) and not is_about_files(text)
    begins = text[0].isupper() or text[0] in "\"“'‘" or text[0].isdigit()
    return begins and not is_letter(text) and not is_credit(text)


def _tells_plainly(text: str) -> bool:
    """ "foto 1 lurah memberi sambutan": words in small letters, that are neither about the photo
    itself nor a sentence's middle."""
    words = text.split()
    if not _FEWEST <= len(words) <= _MOST or not text[0].islower() or _MIDDLE.match(text):
        return False
    if is_letter(text) or is_about_files(text):
        return False
    return not (is_remark_on_photos(text) or is_evasive(text) or is_credit(text))


def split_designator(line: str, known: Known) -> Mark | None:
    """A line that a word for a photo and a designator begin, whatever stands behind them: for
    lines that are captions anyway."""
    line = mend(line)
    start = _OPENING.match(line)
    at = start.end() if start else 0
    lead = LEAD.match(line, at)
    if lead is None or not lead["photo"]:
        return None
    for found in read_designators(line, lead.end(), known, led=True):
        text = line[read_separator(line, found.end).end :].strip()
        return Mark(keys=found.keys, kind=found.kind, text=text, led=True, strong=True)
    return None


def read_whole(text: str, known: Known) -> Designator | None:
    """A designator that is all of `text` ("Foto 1", "(IMG_2041.jpg)", "4101", "kiri", "2."): a
    table's cell, a line of its own, what stands in brackets."""
    return next(_read_wholes(mend(text), known), None)


def _read_wholes(text: str, known: Known) -> Iterator[Designator]:
    start = _OPENING.match(text)
    at = start.end() if start else 0
    lead = LEAD.match(text, at)
    begins = [at]
    if lead and lead.end() > at:
        inner = _OPENING.match(text, lead.end())
        begins = [inner.end() if inner else lead.end(), at]
        if not CAMERA_NAME.match(text, begins[0]):
            begins = [at, begins[0], at]
    for number, begin in enumerate(begins):
        names_only = len(begins) == _NAME_FIRST and number == 0
        for found in read_designators(text, begin, known, led=not names_only):
            if read_separator(text, _skip_aside(text, found.end)).end >= len(text.rstrip()):
                yield found
