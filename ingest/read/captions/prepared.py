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
from ingest.read.captions.grammar.words import CAMERA, CAPTION, EXTENSION, PHOTO

_FIELD = re.compile(
    r"\s*(?:lokasi|tempat|alamat|tanggal|tgl|hari|waktu|pukul|jam|fotografer|pemotret|pengambil\s+foto|difoto\s+oleh|oleh"
    r"|sumber|kredit|ukuran|resolusi|format|kegiatan|acara)\s*(?:foto|gambar)?\s*[:=]",
    re.IGNORECASE,
)
_CAPTION_FIELD = re.compile(
    rf"\s*(?:{CAPTION}|isi)\s*\.?\s*(?:{PHOTO})?\s*[:=]\s*\S", re.IGNORECASE
)
_KEY_FIELD = re.compile(
    rf"\s*(?:(?:nama\s+)?(?:file|berkas|{PHOTO})\s*[:=.]?\s*)?(?:{PHOTO}\s*\.?\s*(?:no\.?\s*)?\d{{1,2}}\b|\S.{{0,80}}{EXTENSION}|{CAMERA}|\d{{1,2}}\s*$)",
    re.IGNORECASE,
)
# "[15/11 10.22] Rahma: ", "[10:22, 15/11/2026] Rahma: ", "15/11/26 10.22 - Rahma: "
_CHAT = re.compile(
    r"\s*(?:\[[\d/.:,\s]{8,25}(?:[AP]M)?\]|[\d/.]{5,10},?\s\d{1,2}[.:]\d{2}\s-)\s*[^:\n]{1,40}:\s+(?=\S)"
)
_FILE = re.compile(rf"(?:{EXTENSION}|terlampir|attached|{CAMERA})", re.IGNORECASE)
_CAMERA_SIGN = re.compile(r"\s*[📷📸🖼]\ufe0f?\s*(?P<n>\d{1,2}(?![\d.,]))?[\s.:)\-–—]*(?=\w)")
_LED = re.compile(
    rf"(?<!\w){PHOTO}\s*\.?\s*(?:yang\s+|no\.?\s*|nomor\s+|nomer\s+|ke-?\s*|#\s*)?"
    rf"(?P<n>\d{{1,2}}(?![\d\w]|\.\w{{3,4}}\b)|{'|'.join(NUMBER_WORDS)})(?!\w)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"[\s,;/|–—-]*(?:(?:sedangkan|sedang|sementara|kemudian|lalu|dan|serta|untuk|pada|di|dalam)[\s,]*){0,3}$",
    re.IGNORECASE,
)
_FEWEST, _OPENS_WITHIN, _LONGEST_LINE, _MOST_LINES = 3, 60, 3000, 3000


def is_record_field(line: str) -> bool:
    """ "Lokasi : …", "Fotografer: …": tells of a photo, and is no caption."""
    return _FIELD.match(line) is not None


def prepare(text: str) -> str:
    """The text as lines the grammar reads."""
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        return text
    chat = not _FILE.search("\n".join(line for line in lines if _CHAT.match(line)))
    kept = _drop_fields(lines)
    return "\n".join(piece for line in kept for piece in _split(_strip(line, chat=chat)))


def _strip(line: str, *, chat: bool) -> str:
    """Without a messenger's stamp; a camera's sign is a word for a photo."""
    bare = _CHAT.sub("", line, count=1) if chat else line
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
        if _CAPTION_FIELD.match(line):
            dropped |= {*(waiting or ())}
            waiting = None
        elif _FIELD.match(line):
            if waiting is not None:
                waiting.append(at)
        else:
            waiting = [] if _KEY_FIELD.match(line) else None
    return [line for at, line in enumerate(lines) if at not in dropped]


def _split(line: str) -> Iterator[str]:
    """A line that tells of photo 1, 2, … one after the other: what stands above, and a line each."""
    found = _find_photos(line) if len(line) <= _LONGEST_LINE else []
    if not found:
        yield line
        return
    above = _BETWEEN.sub("", line[: found[0].start()]).strip()
    if len(above.split()) >= _FEWEST:
        yield above
    stops = [*(match.start() for match in found[1:]), len(line)]
    for match, stop in zip(found, stops, strict=True):
        words = _BETWEEN.sub("", line[match.end() : stop]).lstrip(" =:.,;)]>–—-")
        yield f"Foto {_number(match['n'])}: {words}"


def _find_photos(line: str) -> list[re.Match[str]]:
    """The photos a line tells of: from the first on without a gap, with words enough for each."""
    found = list(_LED.finditer(line))
    if len(found) < 2 or found[0].start() > _OPENS_WITHIN:
        return []
    if [_number(match["n"]) for match in found] != [*range(1, len(found) + 1)]:
        return []
    stops = [*(match.start() for match in found[1:]), len(line)]
    pieces = [line[match.end() : stop] for match, stop in zip(found, stops, strict=True)]
    return found if min(len(piece.split()) for piece in pieces) >= _FEWEST else []


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS[word.casefold()]
