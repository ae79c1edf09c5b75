"""TOML's own mistakes, with line and column and in our words."""

import re
import tomllib
from typing import Any, get_args

from redaksi.catalog import Language, Sentence
from redaksi.errors import ConfigError

_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")
_LANGUAGE = re.compile(r"""^\s*language\s*=\s*["'](\w+)["']""", re.MULTILINE)
_CURLY = "“”„‘’‚«»"
# tomllib's sentences (CPython's Lib/tomllib/_parser.py), by what they begin with.
_FAULTS = {
    "Expected '=' after a key": "no_equals",
    "Expected newline or end of document": "no_line_end",
    "Expected ']": "no_bracket",
    "Unclosed": "no_bracket",
    "Unterminated string": "no_quote",
    'Expected "\'"': "no_quote",
    "Expected '\"'": "no_quote",
    "Illegal character": "no_quote",
    "Unescaped '\\'": "backslash",
    "Cannot overwrite a value": "twice",
    "Cannot declare": "twice",
    "Cannot mutate": "twice",
    "Cannot redefine": "twice",
    "Duplicate inline table key": "twice",
    "Invalid initial character for a key part": "no_key",
    "Invalid value": "no_value",
}


def read_toml(text: str, name: str) -> dict[str, Any]:
    """The tables of a text. Raises ConfigError with line and column."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError.of([_name_fault(text, name, str(error))]) from error


def find_language(text: str) -> Language | None:
    """The language a text asks for, whatever else is wrong with it; None for one we have no
    words in."""
    found = _LANGUAGE.search(text.partition("\n[")[0])
    asked = found[1] if found else "id"
    return next((known for known in get_args(Language) if known == asked), None)


def _name_fault(text: str, name: str, fault: str) -> Sentence:
    place, lines = _PLACE.search(fault), text.split("\n")
    line, column = len(lines), len(lines[-1]) + 1
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    key = next((key for begin, key in _FAULTS.items() if fault.startswith(begin)), "unclear")
    if any(mark in lines[line - 1] for mark in _CURLY) and key in ("no_value", "no_key", "unclear"):
        key = "curly"
    why = Sentence(section="toml_fault", key=key)
    facts = {"name": name, "line": line, "column": column, "fault": why}
    return Sentence(section="error", key="not_toml", facts=facts)
