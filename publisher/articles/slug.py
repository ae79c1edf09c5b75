"""The last part of an article's address."""

import re
import unicodedata

LONGEST = 60  # characters of the headline's part
_BETWEEN = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['’‘`´]")


def make_slug(headline: str, submission: str) -> str:
    """ "gotong-royong-warga-siantan-hulu-w-2026-0143": the headline in `[a-z0-9-]`, at most 60
    characters and whole words, then the submission's number, by which it is like no other."""
    number = _fold(submission)
    words = _fold(headline)
    if len(words) > LONGEST:
        whole, _, _ = words[: LONGEST + 1].rpartition("-")
        words = whole or words[:LONGEST]
    return f"{words}-{number}" if words else number


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return _BETWEEN.sub("-", plain.casefold()).strip("-")
