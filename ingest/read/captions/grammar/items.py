"""The items of a list: numbered, lettered, bulleted, with an emoji; and several captions on one
line, cut apart."""

import re
from itertools import islice, pairwise
from typing import Literal

from msgspec import Struct

from ingest.read.captions.grammar.designators import NUMBER_WORDS, read_keycap, value_of
from ingest.read.captions.grammar.words import CAMERA, CAPTION, EXTENSION, PHOTO

Style = Literal["number", "letter", "bullet"]

_EMOJI = r"(?:[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\ufe0e\ufe0f\u200d]?)"
_BULLET = re.compile(
    rf"(?:(?:{_EMOJI}){{1,4}}\s*|[-=]?>{{1,2}}\s*|[~+]\s+|[-•*–—▪·●○◦■□►▶➢➤✓»§]{{1,2}}\s+|[•▪●○◦■□►➢➤✓·]\s*|-(?=[A-Z\"“])|[oüØv]\s+(?=[A-Z\"“]))(?P<text>\S.*)"
)
_NUMBERED = re.compile(
    rf"(?:no(?:mor|\.)?\s?\.?\s*)?(?:[(\[]\s*(?P<in>\d{{1,2}})\s*[)\]]\s?[.:=–-]?|#?(?P<out>\d{{1,2}})(?!{EXTENSION})\s?(?:[.)\]:=/]|[-–—](?=\s)|\s[-–—])+(?![\d]))"
    r"\s*(?P<text>\S.*)",
    re.IGNORECASE,
)
_BARE = re.compile(r"[#-]?\s?(?P<n>\d{1,2})[.:)]?\s+(?P<text>[A-Z\"“].*)")
_LETTERED = re.compile(
    r"(?:[(\[]\s*(?P<in>[A-Ha-h]|[IVX]{1,4}|[ivx]{1,4})\s*[)\]]|(?P<out>[A-Ha-h]|[IVX]{1,4}|[ivx]{1,4})\s?[.):=]|(?P<dash>[A-H]|[IVX]{1,4})\s[-–—])\s*(?P<text>\S.*)"
)
_WORDED = re.compile(
    rf"(?:yang\s+)?(?P<n>{'|'.join(NUMBER_WORDS)})\s*[,:=.–-]\s*(?P<text>\S.*)", re.IGNORECASE
)
# "Foto 1: … Foto 2: …" and "1. … 2. …" on one line
_LED_AGAIN = re.compile(
    rf"(?<![\w(\[])(?:\(|\[)?(?:{CAPTION}\s+)?{PHOTO}\s*(?:ke-?\s*|no\.?\s*|#|yang\s+)?(?:\(?\d{{1,2}}(?!\d)\)?|[A-H](?=\s?[:=.])|{'|'.join(NUMBER_WORDS)}"
    r"|atas|bawah|kiri|kanan|tengah|utama|pendukung)\s*(?:[:=–—)\]]|-\s|\.\s|adalah\s|yaitu\s|yakni\s)"
    rf"|(?P<name>(?<!\S)(?:[\w()-]{{1,100}}{EXTENSION}|{CAMERA}(?:{EXTENSION})?)\s?[:=])",
    re.IGNORECASE,
)
_NUMBER_AGAIN = re.compile(r"(?:^|(?<=[\s.;,]))[(\[]?(?P<n>\d{1,2})[.)\]:]\)?\s*(?=[A-Z\"“])")
_LETTER_AGAIN = re.compile(r"(?:^|(?<=[\s.;,]))[(\[]?(?P<n>[A-Ha-h])[.)\]]\s*(?=[A-Z\"“])")
_PLACE_AGAIN = re.compile(
    r"(?:^|(?<=[\s.;,]))(?:\((?:kiri|kanan|atas|bawah|tengah)(?:\s(?:atas|bawah|kiri|kanan))?\)|(?:kiri|kanan|atas|bawah|tengah)\s?[:=])\s*(?=[A-Z\"“])",
    re.IGNORECASE,
)
_MOST = 100


class Item(Struct, frozen=True, kw_only=True):
    """A line of a list: its number (0: none) and its words."""

    style: Style
    number: int = 0
    text: str


def read_item(line: str, *, listing: bool) -> Item | None:
    """The item a line is. `listing`: a list stands above, so that "1 Warga …" is one, too."""
    keycap = read_keycap(line, 0)
    if keycap:
        text = line[keycap.end :].lstrip(" .):-–=")
        return Item(style="number", number=int(keycap.keys[0].split()[1]), text=text)
    if found := _NUMBERED.fullmatch(line):
        number = int(found["in"] or found["out"])
        return Item(style="number", number=number, text=found["text"].lstrip(")-–— "))
    if found := _LETTERED.fullmatch(line):
        sign = found["in"] or found["out"] or found["dash"]
        if value_of(sign):
            return Item(style="letter", number=value_of(sign), text=found["text"])
    if found := _BULLET.fullmatch(line):
        if inner := _NUMBERED.fullmatch(found["text"]):  # "📸 1. Warga …"
            number = int(inner["in"] or inner["out"])
            return Item(style="number", number=number, text=inner["text"].lstrip(")-–— "))
        return Item(style="bullet", text=found["text"])
    if listing and (found := _BARE.fullmatch(line)):
        return Item(style="number", number=int(found["n"]), text=found["text"])
    if listing and (found := _WORDED.fullmatch(line)):
        return Item(style="number", number=NUMBER_WORDS[found["n"].casefold()], text=found["text"])
    return None


def cut_led(line: str) -> list[str]:
    """ "Foto pertama adalah …. Foto kedua adalah …" -> both; a line with one stays whole."""
    kept: list[re.Match[str]] = []
    for found in islice(_LED_AGAIN.finditer(line), _MOST):
        # "Foto 1 - IMG_1.jpg: …" is one
        fewest = 3 if found["name"] else 1
        if not kept or len(line[kept[-1].end() : found.start()].split()) >= fewest:
            kept.append(found)
    return _cut(line, [found.start() for found in kept]) if len(kept) > 1 else [line]


def cut_listed(text: str) -> list[str]:
    """ "1. … 2. …", "(a) … (b) …", "(kiri) … (kanan) …" behind a heading -> each; else the whole."""
    for again in (_NUMBER_AGAIN, _LETTER_AGAIN):
        found = list(again.finditer(text))[:_MOST]
        values = [int(each["n"]) if each["n"].isdigit() else value_of(each["n"]) for each in found]
        run = _count_run(values)
        if run > 1 and not text[: found[0].start()].strip():
            return _cut(text, [each.start() for each in found[:run]])
    places = [each.start() for each in _PLACE_AGAIN.finditer(text)][:_MOST]
    if len(places) > 1 and not text[: places[0]].strip():
        return _cut(text, places)
    return [text]


def _count_run(values: list[int]) -> int:
    """How many of them count 1, 2, 3, …"""
    return next((at for at, value in enumerate(values) if value != at + 1), len(values))


def _cut(line: str, starts: list[int]) -> list[str]:
    """The pieces that begin at `starts`; what stands before the first goes with it."""
    edges = [0, *starts[1:], len(line)]
    return [line[a:b].strip(" ;") for a, b in pairwise(edges)]
