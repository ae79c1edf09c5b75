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
    if not text.startswith(_BEGINS):
        return text
    try:
        return words.render(_thawed(json.loads(text)))
    except (ValueError, KeyError):  # cut short on its way, or of another version
        return text


def _plain(sentence: Sentence, clean: Callable[[str], str]) -> dict[str, object]:
    facts = {
        key: _plain(fact, clean) if isinstance(fact, Sentence) else clean(str(fact))
        for key, fact in sentence.facts.items()
    }
    return {"section": sentence.section, "key": clean(sentence.key), "facts": facts}


def _thawed(kept: dict[str, Any]) -> Sentence:
    facts = {
        key: _thawed(fact) if isinstance(fact, dict) else fact
        for key, fact in kept["facts"].items()
    }
    return Sentence(section=kept["section"], key=kept["key"], facts=facts)
