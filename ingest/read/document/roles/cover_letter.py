"""A letter to the redaksi in the document, above the article: "Yth. Redaksi … berikut kami
kirimkan naskah"."""

import re

from ingest.read.document.roles.role_map import Sheet

_COVERING = re.compile(
    r"(?=.*\b(?:kami|saya)\b)(?=.*\b(?:kirim|sampaikan|lampirkan|ajukan)\w*)(?=.*\b(?:naskah|berita|artikel|tulisan|warta|rilis)\b)"
    r"(?:.{0,60}\b)?(?:bersama\s+ini|berikut(?:\s+ini)?|terlampir|dengan\s+ini|bersama\s+(?:surat|surel|e-?mail)\s+ini|perkenankan)\b.*",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:atas\s|demikian|terima\s*kasih|semoga\s+berkenan|mohon\b).{0,160}", re.IGNORECASE
)
_GREETED = re.compile(
    r"\b(?:yth|kepada|redaksi|admin|tim\s+warta|assalamu|dengan\s+hormat|salam|selamat)\b",
    re.IGNORECASE,
)
_AT_TOP, _MOST_WORDS = 8, 45  # lines, words


def label_covering_letter(sheet: Sheet) -> None:
    """Give the letter its role: a greeting, the sentence that sends the text, and thanks right
    below it; only where a headline follows, and text below that."""
    top = [i for i in range(len(sheet.lines)) if sheet.is_free(i)][:_AT_TOP]
    sending = next(
        (at for at, i in enumerate(top) if _COVERING.fullmatch(sheet.lines[i].text)), None
    )
    if sending is None or sheet.lines[top[sending]].words > _MOST_WORDS:
        return
    if not any(_GREETED.search(sheet.lines[i].text) for i in top[: sending + 1]):
        return
    if any(sheet.is_prose(i) for i in top[:sending]):
        return
    end = sending + 1
    while end < len(top) and end <= sending + 2 and _THANKS.fullmatch(sheet.lines[top[end]].text):
        end += 1
    if end >= len(top) or sheet.is_prose(top[end]) or sheet.last_prose() <= top[end]:
        return
    for i in top[:end]:
        sheet.give(i, "label")
