"""Tags: what is suggested from a text, and what an editor chose."""

import re
from collections.abc import Iterable, Sequence

from redaksi.text import clean
from redaksi.text.places import shorten_province
from redaksi.text.regencies import find_regencies

MOST = 12
LONGEST = 40  # characters


def suggest_tags(text: str, province: str, words: Sequence[str]) -> tuple[str, ...]:
    """Province and its short name, the cities and regencies that `text` names, and the configured
    `words` it has."""
    places = [province, shorten_province(province), *find_regencies(text)]
    return clean_tags([*places, *(word for word in words if _has_word(text, word))])


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Each once whatever its case, cleaned; those too long are left out, as is what comes after
    the twelfth."""
    seen: dict[str, str] = {}
    for tag in tags:
        words = clean.prose(tag).strip(" ,;")
        if words and len(words) <= LONGEST:
            seen.setdefault(words.casefold(), words)
    return tuple(seen.values())[:MOST]


def _has_word(text: str, word: str) -> bool:
    """Whether `text` has the word or words, whole; abbreviations as they are written."""
    words = clean.prose(word).strip()
    if not words:
        return False
    flags = re.NOFLAG if words.isupper() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, flags) is not None
