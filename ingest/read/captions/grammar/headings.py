"""Lines that head captions: "Foto-foto:", "*Keterangan Foto*", "Adapun keterangan fotonya sebagai
berikut:", "Caption".

A strong heading speaks of captions: plain lines under it are captions too. A weak one speaks of
photos, or of an explanation: under it only what is numbered, bulleted or named is one.
"""

import re
from typing import Literal

from msgspec import Struct

from ingest.read.captions.grammar.prose import is_credit
from ingest.read.captions.grammar.spelling import mend
from ingest.read.captions.grammar.words import CAPTION, CAPTION_ALONE, PHOTO

Weight = Literal["", "weak", "strong"]

_FRONT = (
    r"(?:(?:adapun|berikut(?:nya)?|dan|untuk|ini|inilah|di\s?bawah\s+ini|lampiran|daftar|beserta|dengan|serta|adalah|disertai|juga"
    r"|kami\s+sampaikan|kami\s+sertakan|kami\s+lampirkan|saya\s+sertakan|saya\s+lampirkan|beberapa)\s+){0,5}"
)
_TAIL = (
    r"(?:\s*\(?(?:kegiatan|terlampir|lampiran|berita|warta|artikel|naskah|acara|pendukung|tersebut|dimaksud|di\s?atas|masing-masing"
    r"|yang\s+(?:kami|saya)\s+(?:lampirkan|kirim|kirimkan|sertakan)|yang\s+dilampirkan|yang\s+terlampir|dalam\s+(?:naskah|artikel|berita)"
    r"|nya|adalah|yaitu|yakni|ialah|sebagai\s+berikut|sebagaimana\s+berikut|seperti\s+berikut|antara\s+lain|berikut(?:\s+ini)?"
    r"|sbb|ini|di\s?bawah\s+ini|per\s+foto|sesuai\s+urutan|urut|secara\s+berurutan|berurutan|dari\s+atas\s+ke\s+bawah"
    r"|dari\s+kiri\s+ke\s+kanan)\)?){0,5}"
)
_END = r"\s*[:：;,.=–—-]*[\W_]*"
_CORE = (
    rf"(?:{CAPTION}\s?\.?\s*(?:(?:untuk|dari|pada|setiap|tiap)\s+)?(?:{PHOTO})\.?(?:\s+{CAPTION_ALONE})?"
    rf"|{PHOTO}\s*(?:dan|beserta|dengan|\+|&|/|-)?\s*{CAPTION}|{CAPTION_ALONE})"
)
_WEAK_CAPTION = r"(?:keterangan|ket|narasi|deskripsi|penjelasan|uraian)(?:nya)?(?![^\W\d_])\s?\.?"
_STRONG = re.compile(rf"[\W_]*{_FRONT}{_CORE}{_TAIL}{_END}", re.IGNORECASE)
_WEAK = re.compile(
    rf"[\W_]*{_FRONT}(?:{PHOTO}(?:\s*{PHOTO})?|{_WEAK_CAPTION}){_TAIL}{_END}", re.IGNORECASE
)
# A sentence that ends in a colon and says that captions follow
_SENTENCE = re.compile(
    rf"\b(?:{CAPTION_ALONE}|{CAPTION}\s?\.?\s+(?:[\w-]+\s+){{0,2}}?{PHOTO}|{PHOTO}\s+(?:\w+\s+){{0,4}}?{CAPTION})",
    re.IGNORECASE,
)
_PHOTOS_FOLLOW = re.compile(rf"\b{PHOTO}", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"(?:[:：]|\b(?:sebagai\s+berikut|berikut(?:\s+ini)?|sbb|di\s?bawah\s+ini)\s*[.,:;]?)[\W_]*$",
    re.IGNORECASE,
)
# "Keterangan foto: Warga …"; "Foto: Warga …"; "Berikut keterangan fotonya: 1. …"
_HEADED = re.compile(
    rf"[\W_]*(?P<head>{_FRONT}(?P<core>{_CORE}|{PHOTO}(?:\s*{PHOTO})?|{_WEAK_CAPTION}){_TAIL})\s*"
    rf"(?:[:：=–—]+|-\s)\s*(?P<text>[^\W_].*|[\"“'(\[#].*)",
    re.IGNORECASE,
)
_CORE_ALONE = re.compile(_CORE, re.IGNORECASE)
_LONGEST = 25  # words of a heading that is a sentence
_FAR = 200  # characters


class Headed(Struct, frozen=True):
    """A heading with words on its own line."""

    weight: Weight
    text: str


def weigh_heading(line: str) -> Weight:
    """What a line is as a heading of captions; "" when it is none."""
    if len(line) > _FAR:
        return ""
    line = mend(line)
    if _STRONG.fullmatch(line):
        return "strong"
    if _WEAK.fullmatch(line):
        return "weak"
    if len(line.split()) <= _LONGEST and _FOLLOWS.search(line):
        if _SENTENCE.search(line):
            return "strong"
        if _PHOTOS_FOLLOW.search(line) and not is_credit(line):
            return "weak"
    return ""


def read_headed(line: str) -> Headed | None:
    """ "Keterangan foto: Warga bergotong royong …": the heading's weight and what stands behind."""
    line = mend(line)
    found = _HEADED.match(line)
    if found is None:
        return _read_sentence(line)
    weight: Weight = "strong" if _CORE_ALONE.fullmatch(found["core"]) else "weak"
    return Headed(weight, found["text"].strip())


def _read_sentence(line: str) -> Headed | None:
    """ "Berikut kami sampaikan keterangan fotonya: 1. …": its list on the same line."""
    head, colon, text = line[: 2 * _FAR].partition(":")
    if not colon or len(head) > _FAR or not text.strip() or not _SENTENCE.search(head):
        return None
    words = head.split()
    return Headed("strong", line[len(head) + 1 :].strip()) if len(words) <= _LONGEST else None
