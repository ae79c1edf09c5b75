"""Whether two files are one file sent again: by name, by text. Pure."""

import re

from redaksi.model import Document

SAME_TEXT = 0.6  # share of the shingles two versions of one article have in common
OTHER_TEXT = 0.1  # below it two texts are two articles, whatever their files are called
_SHINGLE, _MOST_WORDS = 5, 20_000
_COPY = re.compile(
    r"(?:\s*\(\d{1,3}\)|\s*-\s*(?:copy|salinan)|^(?:copy of|salinan)\s+)", re.IGNORECASE
)


def stem(name: str) -> str:
    """A file's name without case, extension, "(1)" and "- Copy": what stays the same when it is
    sent again."""
    bare = re.sub(r"\.[^.\s]{1,5}$", "", name.casefold().strip())
    return " ".join(_COPY.sub("", bare).replace("_", " ").split()) or bare


def text_of(document: Document | None) -> str:
    """The words of a document; "" where they could not be read."""
    if document is None or not document.readable:
        return ""
    return " ".join(paragraph.text for paragraph in document.paragraphs)


def count_characters(document: Document) -> int:
    """Characters without spaces."""
    return len("".join(text_of(document).split()))


def measure_similarity(text: str, other: str) -> float | None:
    """Sorensen-Dice over shingles of five words, 0..1; None when either is too short to tell."""
    mine, theirs = _shingles(text), _shingles(other)
    if not mine or not theirs:
        return None
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())[:_MOST_WORDS]
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))
