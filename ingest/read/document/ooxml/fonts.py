"""Which font a character is shown in: theme fonts, and the four slots of a run.

ECMA-376 part 1, 17.3.2.26 leaves the choice of the slot open; [MS-OI29500] 2.1.88 says what Word
does.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

from ingest.read.document.ooxml.names import A, W

TIMES = "Times New Roman"  # Word's font where a document names none

# Script subtags a theme lists fonts under (part 1, 20.1.4.1.16), by the language of
# w:themeFontLang.
_BIDI_SCRIPTS = {
    "he": "Hebr", "iw": "Hebr", "yi": "Hebr", "th": "Thai", "hi": "Deva", "mr": "Deva", "ne": "Deva", "sa": "Deva",
    "bn": "Beng", "gu": "Gujr", "kn": "Knda", "pa": "Guru", "km": "Khmr", "te": "Telu", "ta": "Taml", "ml": "Mlym",
    "si": "Sinh", "lo": "Laoo", "or": "Orya", "am": "Ethi", "bo": "Tibt", "syr": "Syrc", "dv": "Thaa", "ug": "Uigh",
    "mn": "Mong", "vi": "Viet", "ka": "Geor",
}  # fmt: skip
_EAST_SCRIPTS = {
    "ja": "Jpan",
    "ko": "Hang",
    "zh": "Hans",
    "zh-tw": "Hant",
    "zh-hk": "Hant",
    "zh-mo": "Hant",
}


def read_theme_fonts(
    theme: "etree._Element | None", settings: "etree._Element | None"
) -> Mapping[str, str]:
    """The fonts behind the theme references of w:rFonts (ST_Theme, 17.18.96): "minorHAnsi" -> "Calibri".

    An empty complex-script font is that of the script of w:themeFontLang (17.15.1.88), Arabic when
    it names none: so Word comes from `asciiTheme="majorBidi"` to Times New Roman.
    """
    found: dict[str, str] = {}
    if theme is None:
        return found
    language = settings.find(W + "themeFontLang") if settings is not None else None
    bidi = (language.get(W + "bidi") or "" if language is not None else "").lower()
    east = (language.get(W + "eastAsia") or "" if language is not None else "").lower()
    bidi_script = _BIDI_SCRIPTS.get(bidi.split("-")[0], "Arab")
    east_script = _EAST_SCRIPTS.get(east) or _EAST_SCRIPTS.get(east.split("-")[0], "")
    for which in ("major", "minor"):
        scheme = theme.find(f".//{A}fontScheme/{A}{which}Font")
        if scheme is None:
            continue
        scripts = {
            each.get("script", ""): each.get("typeface", "") for each in scheme.findall(A + "font")
        }
        latin = _typeface(scheme, "latin") or TIMES
        found[which + "Ascii"] = found[which + "HAnsi"] = latin
        found[which + "EastAsia"] = _typeface(scheme, "ea") or scripts.get(east_script) or TIMES
        found[which + "Bidi"] = _typeface(scheme, "cs") or scripts.get(bidi_script) or TIMES
    return found


def _typeface(scheme: "etree._Element", name: str) -> str:
    element = scheme.find(A + name)
    return "" if element is None else element.get("typeface") or ""


# Characters of the East Asian slot whatever the hint says, and of the ascii slot beyond U+007F; all
# others are hAnsi. [MS-OI29500] gives every surrogate to eastAsia; outside the ideographic planes
# (emoji, mathematical letters) neither font has the glyph, Word borrows one, and nobody chose the
# East Asian font for it: those stay with hAnsi.
_EAST = (
    "\u1100-\u11ff\u2e80-\u2fdf\u2ff0-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe6f"
    "\uff00-\uffef\U00020000-\U0003ffff"
)
_ASCII = "\x00-\x7f\u0590-\u07bf\ufb1d-\ufdff\ufe70-\ufefe"
# What joins them under w:hint="eastAsia", and further with a Chinese w:lang.
_HINTED = (
    "\xa1\xa4\xa7\xa8\xaa\xad\xaf\xb0-\xb4\xb6-\xba\xbc-\xbf\xd7\xf7"
    "\u02b0-\u04ff\u2000-\u27bf\ue000-\uf8ff\ufb00-\ufb1c"
)
_CHINESE = "\xe0\xe1\xe8-\xea\xec\xed\xf2\xf3\xf9\xfa\xfc\u0100-\u02af\u1e00-\u1eff"


@cache
def _slots(*, hint: bool, chinese: bool) -> re.Pattern[str]:
    """The three slots as groups; compiled when asked, for these sets cost milliseconds."""
    east = _EAST + (_HINTED if hint else "") + (_CHINESE if hint and chinese else "")
    return re.compile(f"([{_ASCII}]+)|([{east}]+)|([^{_ASCII}{east}]+)")


def split_slots(text: str, *, hint: bool, chinese: bool) -> Iterator[tuple[int, str]]:
    """`text` cut where the slot changes: (0 ascii | 1 eastAsia | 2 hAnsi, characters)."""
    for match in _slots(hint=hint, chinese=chinese).finditer(text):
        yield (match.lastindex or 1) - 1, match[0]
