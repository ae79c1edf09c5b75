"""The words of pages, CLI, errors and reasons: a file a language. Letters keep theirs in
templates/, rules in their own file.

Pure but for reading the packaged file once (rulings.md, "Measure": a loader). It stands below
everything, so that an error can say itself, and loads little, so that `redaksi --help` is quick:
named tuples, not Structs.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

Language = Literal["id", "en"]
Forms = str | Mapping[str, str]  # a sentence, or its forms {one, many} chosen by the fact `n`
Sections = Mapping[str, Mapping[str, Forms]]
FORMS = {"one", "many"}
_FACT = re.compile(r"\{(\w+)\}")


class Sentence(NamedTuple):
    """Words yet to be said: a key of the catalog and its facts, which may be sentences too."""

    section: str
    key: str
    facts: Mapping[str, object] = {}


class Catalog(NamedTuple):
    """One language's words, by section and key."""

    language: Language
    sections: Sections

    def say(self, section: str, key: str, /, **facts: object) -> str:
        """The sentence with its facts in place. A fact is text: what looks like a placeholder in
        it is left alone. Raises KeyError for an unknown section, key or fact."""
        forms = self.sections[section][key]
        if not isinstance(forms, str):
            forms = forms[choose_form(int(str(facts["n"])), self.language)]
        return _FACT.sub(lambda found: self.render(facts[found[1]]), forms)

    def render(self, fact: object) -> str:
        """A fact as text; a list parted by commas, a mapping by language said in this one. A
        sentence this language has no words for says its fact `otherwise`, or its key."""
        if isinstance(fact, Sentence):
            otherwise = str(fact.facts.get("otherwise", fact.key))
            return self.say_or(otherwise, fact.section, fact.key, **fact.facts)
        if isinstance(fact, dict):
            return str(fact[self.language])
        return ", ".join(map(self.render, fact)) if isinstance(fact, list) else str(fact)

    def knows(self, section: str, key: str) -> bool:
        """Whether there are words for `key`."""
        return key in self.sections.get(section, {})

    def say_or(self, otherwise: str, section: str, key: str, /, **facts: object) -> str:
        """As `say`; `otherwise` for a key nobody gave words (an old event, a newer row)."""
        return self.say(section, key, **facts) if self.knows(section, key) else otherwise

    def words(self, section: str) -> dict[str, str]:
        """A whole section that has neither facts nor plurals, in the file's order."""
        return {key: self.say(section, key) for key in self.sections[section]}


@cache
def load(language: Language) -> Catalog:
    """The words of one language."""
    text = Path(__file__).with_name(f"{language}.toml").read_text(encoding="utf-8")
    return Catalog(language=language, sections=flatten(tomllib.loads(text)))


def flatten(tables: Mapping[str, Any], above: str = "") -> dict[str, dict[str, Forms]]:
    """Tables in tables as sections with dotted names: [page.tabs] is the section "page.tabs"."""
    sections: dict[str, dict[str, Forms]] = {}
    for name, table in tables.items():
        path = f"{above}{name}"
        own = {key: value for key, value in table.items() if _is_forms(value)}
        nested = {key: value for key, value in table.items() if key not in own}
        if own:
            sections[path] = own
        sections |= flatten(nested, f"{path}.")
    return sections


def _is_forms(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and set(value) == FORMS)


def choose_form(count: int, language: Language) -> str:
    """Which form counts `count`: as `redaksi.text.locale.choose_plural` says, without loading Babel."""
    return "one" if language == "en" and count == 1 else "many"
