"""What a character of the article is, and how many there are: docs/rules.md, length."""

# Soft hyphen, zero-width space, joiners and directional marks, word joiner and byte order mark show
# nothing and count for nothing; what Unicode calls a space, the no-break space (U+00A0) included,
# is one.
_INVISIBLE = (
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068"
    "\u2069\ufeff"
)


def count(text: str) -> int:
    """The code points of `text` that are neither space nor invisible."""
    solid = "".join(text.split())
    if solid.isascii():
        return len(solid)
    return len(solid) - sum(map(solid.count, _INVISIBLE))


def is_visible(text: str) -> bool:
    """Is anything of `text` to be seen?"""
    return count(text[:50]) > 0 or count(text) > 0
