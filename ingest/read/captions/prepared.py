"""A text made ready for the caption grammar: forms people fill in and lines they paste, put as the
grammar knows them.

    File : IMG_1.jpg / Lokasi : … / Ket : Warga …      -> place and day of a photo's record left out
    foto 1 = Warga …; foto 2 = Ibu-ibu …               -> a line each
    [15/11 10.22] Rahma: Warga …                       -> Warga …
    📷1 Warga …    📸 Ibu-ibu …                        -> Foto 1: Warga …    Foto: Ibu-ibu …

Pure; linear; no word of a caption is lost.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.read.captions.grammar.designators import NUMBER_WORDS
from ingest.read.captions.grammar.spelling import is_photo_word
from ingest.read.captions.grammar.words import CAMERA, CAPTION, EXTENSION, PHOTO

_PLACE = r"(?:lokasi|tempat|alamat|tanggal|tgl|hari|waktu|pukul|jam)"
_MAKER = r"(?:fotografer|pemotret|pengambil\s+foto|difoto\s+oleh|oleh|sumber|kredit)"
_SIZE = r"(?:ukuran|resolusi|format)"
_FIELD = re.compile(rf"\s*(?:{_PLACE}|{_MAKER}|{_SIZE})\s*(?:foto|gambar)?\s*[:=]", re.IGNORECASE)
_CAPTION_FIELD = re.compile(
    rf"\s*(?:{CAPTION}|isi)\s*\.?\s*(?:{PHOTO})?\s*[:=]\s*\S", re.IGNORECASE
)
_FILE_IS = rf"(?:(?:nama\s+)?(?:file|berkas|{PHOTO})\s*[:=.]?\s*)?"
_NUMBERED = rf"{PHOTO}\s*\.?\s*(?:no\.?\s*)?\d{{1,2}}\b"
_NAMED = rf"\S.{{0,80}}{EXTENSION}|{CAMERA}"
_KEY_FIELD = re.compile(rf"\s*{_FILE_IS}(?:{_NUMBERED}|{_NAMED}|\d{{1,2}}\s*$)", re.IGNORECASE)
# "[15/11 10.22] Rahma: ", "[10:22, 15/11/2026] Rahma: ", "15/11/26 10.22 - Rahma: "
_BRACKETED = r"\[[\d/.:,\s]{8,25}(?:[AP]M)?\]"
_DASHED = r"[\d/.]{5,10},?\s\d{1,2}[.:]\d{2}\s-"
_CHAT = re.compile(rf"\s*(?:{_BRACKETED}|{_DASHED})\s*[^:\n]{{1,40}}:\s+(?=\S)")
_FILE = re.compile(rf"(?:{EXTENSION}|terlampir|attached|{CAMERA})", re.IGNORECASE)
_CAMERA_SIGN = re.compile(r"\s*[📷📸🖼]\ufe0f?\s*(?P<n>\d{1,2}(?![\d.,]))?[\s.:)\-–—]*(?=\w)")
_POINTS = r"(?:yang\s+|no\.?\s*|nomor\s+|nomer\s+|ke-?\s*|#\s*)?"
_WORDS = "|".join(NUMBER_WORDS)
_LED = re.compile(
    rf"(?<!\w){PHOTO}\s*\.?\s*{_POINTS}"
    rf"(?P<n>\d{{1,2}}(?![\d\w]|\.\w{{3,4}}\b)|{_WORDS})(?!\w)",
    re.IGNORECASE,
)
# "ft 1 = …", "Foto 01 dari 03 – …", "Lamp. foto 1: …"; neither "foto 1 dan 2" nor "foto 2 lembar"
_BEFORE = r"[\W_]*(?:[^\W\d_]{2,12}\s?\.?\s+)?(?P<word>[^\W\d_]{1,12})\s?\.?\s*"
_N = rf"(?P<n>\d{{1,2}}(?![\d\w]|\s*[.,]\d|\.\w{{3,4}}\b)|{_WORDS})(?!\w)"
_OF = r"(?P<of>\s+dari\s+\d{1,2}(?!\d))?"
_NO_SUM = r"(?!\s*(?:[,&+/-]|dan|s/d|sampai|lembar|buah|file)\s*\d?)"
_OPENED = re.compile(
    rf"{_BEFORE}{_POINTS}{_N}{_OF}{_NO_SUM}[\s=:.)\]>»;–—-]*(?P<rest>\S.*)", re.IGNORECASE
)
_WELL = re.compile(PHOTO, re.IGNORECASE)
_HEADED = re.compile(
    rf"[\W_]*(?:berikut\s+)?{CAPTION}\s?\.?\s*(?:{PHOTO})?[^:=\n]{{0,60}}[:=]\s*(?=\S)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:^|(?<=[\s,;]))[(\[]?(?P<n>\d{1,2})[)\].]\s*(?=[^\W\d])")
_LEADS_ON = r"(?:sedangkan|sedang|sementara|kemudian|lalu|dan|serta|untuk|pada|di|dalam)"
_BETWEEN = re.compile(rf"[\s,;/|–—-]*(?:{_LEADS_ON}[\s,]*){{0,3}}$", re.IGNORECASE)
_FEWEST, _OPENS_WITHIN, _MOST_LINES = 3, 60, 3000
_LONGEST_LINE, _LONGEST_BEGIN, _LONGEST_TAIL = 2000, 300, 80


def is_record_field(line: str) -> bool:
    """ "Lokasi : …", "Fotografer: …": tells of a photo, and is no caption."""
    return _FIELD.match(_begin(line)) is not None


def _begin(line: str) -> str:
    """How a line begins, without a row of blanks: what patterns look at, however long it is."""
    return " ".join(line[:_LONGEST_BEGIN].split())


def _trim(piece: str) -> str:
    """Without the words that lead to the next photo: ", sedangkan"."""
    at = max(0, len(piece) - _LONGEST_TAIL)
    found = _BETWEEN.search(piece, at)
    return piece[: found.start()] if found else piece


def prepare(text: str) -> str:
    """The text as lines the grammar reads."""
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        return text
    chat = not any(
        _FILE.search(line[:_LONGEST_LINE]) for line in lines if _CHAT.match(_begin(line))
    )
    kept = [_strip(line, chat=chat) for line in _drop_fields(lines)]
    alone = [piece for line in kept for piece in _split(line)]
    return "\n".join(_number_alike([piece for line in alone for piece in _split_items(line)]))


def _number_alike(lines: list[str]) -> list[str]:
    """Lines that open with a word for a photo, well spelled or not, and its number, from 1 on without
    a gap: "Foto n: …" each."""
    short = [line if len(line) <= _LONGEST_LINE else "" for line in lines]
    found = [(at, opened) for at, line in enumerate(short) if (opened := _OPENED.match(line))]
    led = [
        (at, opened)
        for at, opened in found
        if is_photo_word(opened["word"].casefold()) and len(opened["rest"].split()) >= _FEWEST
    ]
    if all(_WELL.fullmatch(opened["word"]) and not opened["of"] for _, opened in led):
        return lines  # the grammar's own
    numbers = [_number(opened["n"]) for _, opened in led]
    if len(led) < 2 or numbers != [*range(1, len(led) + 1)]:
        return lines
    ready = [*lines]
    for at, opened in led:
        ready[at] = f"Foto {_number(opened['n'])}: {opened['rest']}"
    return ready


def _split_items(line: str) -> Iterator[str]:
    """What a heading of captions enumerates on its own line: the heading, and a line for each."""
    head = _HEADED.match(line) if len(line) <= _LONGEST_LINE else None
    rest = line[head.end() :] if head else ""
    items = list(_ITEM.finditer(rest))
    pieces = [rest[a.end() : b] for a, b in zip(items, _stops(items, rest), strict=True)]
    if [int(item["n"]) for item in items] == [*range(1, len(items) + 1)] and len(items) > 1:
        marks = [f"{n}. " for n in range(1, len(items) + 1)]
    else:
        pieces, marks = rest.split(";"), ["- "] * (rest.count(";") + 1)
    if len(pieces) < 2 or min(len(piece.split()) for piece in pieces) < _FEWEST:
        yield line
        return
    yield line[: head.end()] if head else ""
    for mark, piece in zip(marks, pieces, strict=True):
        yield mark + _trim(piece).strip()


def _stops(found: Sequence[re.Match[str]], text: str) -> list[int]:
    """Where the words behind each match end: at the next one."""
    return [*(match.start() for match in found[1:]), len(text)] if found else []


def _strip(line: str, *, chat: bool) -> str:
    """Without a messenger's stamp; a camera's sign is a word for a photo."""
    if len(line) > _LONGEST_LINE:
        return line
    stamp = _CHAT.match(line) if chat else None
    bare = line[stamp.end() :] if stamp else line
    sign = _CAMERA_SIGN.match(bare)
    if sign is None:
        return bare
    number = f" {sign['n']}" if sign["n"] else ""
    return f"Foto{number}: {bare[sign.end() :]}"


def _drop_fields(lines: Sequence[str]) -> list[str]:
    """Without the fields between a photo's name and its caption's field."""
    dropped: set[int] = set()
    waiting: list[int] | None = None  # the fields since the last name or number
    for at, line in enumerate(lines):
        if not line.strip():
            continue  # HTML's paragraphs stand apart
        begin = _begin(line)
        if _CAPTION_FIELD.match(begin):
            dropped |= {*(waiting or ())}
            waiting = None
        elif _FIELD.match(begin):
            if waiting is not None:
                waiting.append(at)
        else:
            waiting = [] if _KEY_FIELD.match(begin) else None
    return [line for at, line in enumerate(lines) if at not in dropped]


def _split(line: str) -> Iterator[str]:
    """A line that tells of photo 1, 2, … one after the other: what stands above, and a line each."""
    found = _find_photos(line) if len(line) <= _LONGEST_LINE else []
    if not found:
        yield line
        return
    above = _trim(line[: found[0].start()]).strip()
    if len(above.split()) >= _FEWEST:
        yield above
    for match, stop in zip(found, _stops(found, line), strict=True):
        words = _trim(line[match.end() : stop]).lstrip(" =:.,;)]>–—-")
        yield f"Foto {_number(match['n'])}: {words}"


def _find_photos(line: str) -> list[re.Match[str]]:
    """The photos a line tells of: from the first on without a gap, with words enough for each."""
    found = list(_LED.finditer(line))
    if len(found) < 2 or found[0].start() > _OPENS_WITHIN:
        return []
    if [_number(match["n"]) for match in found] != [*range(1, len(found) + 1)]:
        return []
    stops = _stops(found, line)
    pieces = [line[match.end() : stop] for match, stop in zip(found, stops, strict=True)]
    return found if min(len(piece.split()) for piece in pieces) >= _FEWEST else []


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS[word.casefold()]
