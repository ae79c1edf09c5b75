"""Widths of Times-Roman in thousandths of an em (Adobe Font Metrics, Core 14); Times New Roman
has the same."""

import unicodedata

# of single spacing, in sizes: (ascender 0.891 + descender 0.216 + gap 0.042) of Times New Roman
LINE_HEIGHT = 1.15

# U+0020..U+007E in order
_ASCII = (
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
    921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
    333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
)  # fmt: skip
_OTHERS = {
    "\u00a0": 250, "¡": 333, "¢": 500, "£": 500, "§": 500, "©": 760, "ª": 276, "«": 500, "¬": 564, "®": 760, "°": 400,
    "±": 564, "²": 300, "³": 300, "´": 333, "µ": 500, "¶": 453, "·": 250, "¹": 300, "º": 310, "»": 500, "¼": 750,
    "½": 750, "¾": 750, "¿": 444, "Æ": 889, "×": 564, "Ø": 722, "Þ": 556, "ß": 500, "æ": 667, "ð": 500, "÷": 549,
    "ø": 500, "þ": 500, "ı": 278, "Ł": 611, "ł": 278, "Œ": 889, "œ": 722, "–": 500, "—": 1000, "‘": 333, "’": 333,
    "‚": 333, "“": 444, "”": 444, "„": 444, "†": 500, "‡": 500, "•": 350, "…": 1000, "‰": 1000, "‹": 333, "›": 333,
    "€": 500, "™": 980, "−": 564, "‑": 333, "‐": 333, "\u2002": 500, "\u2003": 1000, "\u2009": 200,
}  # fmt: skip
_UNKNOWN, _WIDE = 500, 1000


def _width(letter: str) -> int:
    """One character: known, or as its base letter, or by its class."""
    if " " <= letter <= "~":
        return _ASCII[ord(letter) - 32]
    if letter in _OTHERS:
        return _OTHERS[letter]
    if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    base = unicodedata.normalize("NFKD", letter)[0]
    if base != letter and " " <= base <= "~":
        return _ASCII[ord(base) - 32]
    return _WIDE if unicodedata.east_asian_width(letter) in {"W", "F"} else _UNKNOWN


class _Widths(dict[str, int]):
    """Widths by character, each looked up once."""

    def __missing__(self, letter: str) -> int:
        self[letter] = found = _width(letter)
        return found


_WIDTHS = _Widths()


def measure_width(text: str) -> int:
    """The width of `text` on one line, in thousandths of the font size, without kerning."""
    return sum(map(_WIDTHS.__getitem__, text))
