"""Two renderings of one mail (RFC 2046 5.1.4): whether the plain one is a stub of the HTML, and
whether the HTML says all that the plain one says."""

import re
from collections import Counter

_WORDS = re.compile(r"[^\W_]{2,40}")
_LINK = re.compile(r"<?https?://\S{1,2000}|\[(?:cid|image):[^\]\n]{1,200}\]", re.IGNORECASE)
_POINTS_TO_HTML = re.compile(
    r"\bhtml\b|(?:lihat|buka|view|open)\b[^\n]{0,40}\b(?:browser|peramban|online|web)\b"
    r"|(?:tidak|does not|doesn't|cannot|can't)\s+(?:mendukung|dapat\s+menampilkan|support|display)",
    re.IGNORECASE,
)
_LONGEST_POINTER = 60  # words
_FEWEST = 4  # words of HTML that are something
_SHARE = 0.8  # of the words of one that the other has, to say what it says


def is_stub(plain: str, rich: str) -> bool:
    """Whether `plain` is no rendering of `rich`, but empty, a pointer to it, or half of it."""
    typed, shown = _count(plain), _count(rich)
    total = shown.total()
    if total < _FEWEST:
        return False
    lacking = (shown - typed).total()
    if lacking <= (1 - _SHARE) * total:
        return False
    pointer = typed.total() <= _LONGEST_POINTER and _POINTS_TO_HTML.search(plain) is not None
    return pointer or 2 * typed.total() <= total or not typed


def is_whole(rich: str, plain: str) -> bool:
    """Whether `rich` has nearly all words of `plain`."""
    typed, shown = _count(plain), _count(rich)
    return (typed - shown).total() <= (1 - _SHARE) * typed.total()


def _count(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORDS.findall(_LINK.sub(" ", text)))
