"""The words of a text as they are searched for: one normaliser for what is stored and what is asked,
so that both databases find the same."""

import re
import unicodedata
from collections.abc import Iterator

LEAST, MOST = 2, 40  # characters of a word
ASKED = 8  # words of a query
_WORD = re.compile(r"[a-z0-9]+")


def list_words(text: str) -> tuple[str, ...]:
    """The words of a text, each once, in the order they come: compatibility forms decomposed
    (Unicode, NFKD), marks dropped, letters folded. Everything but a-z and 0-9 separates."""
    return tuple(dict.fromkeys(_each(text)))


def ask_words(query: str) -> tuple[str, ...]:
    """The words of a query, the first ASKED of them: each begins a word of what is found."""
    return list_words(query)[:ASKED]


def _each(text: str) -> Iterator[str]:
    for found in _WORD.finditer(_plain(text)):
        if LEAST <= found.end() - found.start() <= MOST:
            yield found[0]


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()
    again = unicodedata.normalize("NFKD", apart)  # folding may bring marks of its own ("\u0130")
    return "".join(sign for sign in again if unicodedata.category(sign)[0] != "M")
