"""Sentences in a column of text: kept as code and facts, said in the reader's language. Pure."""

import json
from collections.abc import Callable
from typing import Any

from redaksi.catalog import Catalog, Sentence

_BEGINS = '{"section": "'  # anything else is a text: a server's own line, or one kept by 0.1


def freeze(sentence: Sentence, clean: Callable[[str], str] = str) -> str:
    """The sentence as JSON; facts become text, each passed through `clean`."""
    return json.dumps(_plain(sentence, clean), ensure_ascii=False)


def say_stored(text: str, words: Catalog) -> str:
    """What `freeze` kept, in words; any other text as it stands."""
    try:
        return words.render(thaw(text))
    except (ValueError, KeyError):  # of another version
        return text


def thaw(text: str) -> Sentence | str:
    """What `freeze` kept, to be said or kept within another sentence; any other text as it
    stands."""
    if not text.startswith(_BEGINS):
        return text
    try:
        return _thawed(json.loads(text))
    except (ValueError, KeyError):  # cut short on its way
        return text


def key_of(text: str) -> str:
    """The code of what `freeze` kept; "" for any other text."""
    if not text.startswith(_BEGINS):
        return ""
    try:
        return str(json.loads(text)["key"])
    except (ValueError, KeyError):
        return ""


def _plain(sentence: Sentence, clean: Callable[[str], str]) -> dict[str, object]:
    facts = {key: _plain_fact(fact, clean) for key, fact in sentence.facts.items()}
    return {"section": sentence.section, "key": clean(sentence.key), "facts": facts}


def _plain_fact(fact: object, clean: Callable[[str], str]) -> object:
    if isinstance(fact, Sentence):
        return _plain(fact, clean)
    return (
        [_plain_fact(part, clean) for part in fact] if isinstance(fact, list) else clean(str(fact))
    )


def _thawed(kept: dict[str, Any]) -> Sentence:
    facts = {key: _thawed_fact(fact) for key, fact in kept["facts"].items()}
    return Sentence(section=kept["section"], key=kept["key"], facts=facts)


def _thawed_fact(fact: object) -> object:
    if isinstance(fact, dict):
        return _thawed(fact)
    return list(map(_thawed_fact, fact)) if isinstance(fact, list) else fact
