"""What a character of the article is, and how many there are: docs/rules.md, length."""

import re

# \s is every space of Unicode, the no-break space (U+00A0) included. Soft hyphen, zero-width space, joiners and
# directional marks, word joiner and byte order mark show nothing and count for nothing.
_UNCOUNTED = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


def count(text: str) -> int:
    """The code points of `text` that are neither space nor invisible."""
    return len(_UNCOUNTED.sub("", text))


def shows(text: str) -> bool:
    """Is anything of `text` to be seen?"""
    return bool(_UNCOUNTED.sub("", text[:200]) or (len(text) > 200 and _UNCOUNTED.sub("", text)))
