"""What a list may be narrowed by."""

from functools import cache

from msgspec import Struct

from redaksi.model import Language
from redaksi.text.places import PROVINCES
from validators.registry import RULES
from validators.words import name_rule


class Choice(Struct, frozen=True):
    """A line of a select: the word in the address, and what is read."""

    value: str
    text: str


@cache
def list_provinces() -> tuple[Choice, ...]:
    """Every province, by name."""
    return tuple(Choice(name, name) for name in sorted(PROVINCES))


@cache
def list_findings(language: Language) -> tuple[Choice, ...]:
    """Every rule, by code, with what it finds."""
    codes = sorted(rule.code for rule in RULES)
    return tuple(Choice(code, f"{code} · {name_rule(code, language)}") for code in codes)
