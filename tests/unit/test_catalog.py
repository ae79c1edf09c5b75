"""The catalog: every word in both languages, with the same facts, and none that nobody says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from redaksi import catalog
from redaksi.catalog import Catalog, Forms
from redaksi.model import Language

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("redaksi", "ingest", "validators", "publisher", "desk")
LANGUAGES: tuple[Language, ...] = get_args(Language)
SAYERS = {"say", "say_or", "knows", "words"}
IN_A_TEMPLATE = re.compile(r"\bsay\('([\w.]+)', ('(\w+)'|[\w.])")
EVERY = "*"  # a key that is not written in the source: each of the section may be meant
Said = tuple[str, str]


def said_in_python() -> Iterator[Said]:
    """Section and key of every call with a literal section; a key that is computed is EVERY."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    yield from _of_call(node.func.attr, node.args)


def _of_call(name: str, arguments: list[ast.expr]) -> Iterator[Said]:
    given = arguments[1:] if name == "say_or" else arguments
    if name not in SAYERS or not given or not isinstance(given[0], ast.Constant):
        return
    section = str(given[0].value)
    keys = list(_literals(given[1])) if len(given) > 1 else []
    yield from ((section, key) for key in keys or [EVERY])


def _literals(key: ast.expr) -> Iterator[str]:
    """The keys an expression can be: a literal, or one of two."""
    if isinstance(key, ast.IfExp):
        yield from (*_literals(key.body), *_literals(key.orelse))
    else:
        yield str(key.value) if isinstance(key, ast.Constant) else EVERY


def said_in_templates() -> Iterator[Said]:
    for file in (ROOT / "templates/web").glob("*.j2"):
        for section, _, literal in IN_A_TEMPLATE.findall(file.read_text(encoding="utf-8")):
            yield section, literal or EVERY


@pytest.fixture(scope="module")
def said() -> set[Said]:
    return {*said_in_python(), *said_in_templates()}


def keys(of: Catalog) -> set[Said]:
    return {(section, key) for section, table in of.sections.items() for key in table}


def facts(forms: Forms) -> set[str]:
    every = [forms] if isinstance(forms, str) else forms.values()
    return {fact for form in every for fact in re.findall(r"\{(\w*)\}", form)}


def test_every_key_has_every_language() -> None:
    indonesian, english = (keys(catalog.load(language)) for language in LANGUAGES)
    assert indonesian ^ english == set()


def test_a_sentence_has_the_same_facts_in_every_language() -> None:
    indonesian, english = (catalog.load(language).sections for language in LANGUAGES)
    differ = [
        (section, key)
        for section, table in indonesian.items()
        for key, forms in table.items()
        if facts(forms) != facts(english[section][key])
    ]
    assert differ == []


def test_no_key_is_said_that_the_catalog_lacks(said: set[Said]) -> None:
    known = keys(catalog.load("id"))
    sections = {section for section, _ in known}
    unknown = [
        (section, key)
        for section, key in said
        if ((section, key) not in known if key != EVERY else section not in sections)
    ]
    assert unknown == []


def test_no_key_stands_in_the_catalog_that_nobody_says(said: set[Said]) -> None:
    unsaid = [
        (section, key)
        for section, key in keys(catalog.load("id"))
        if not {(section, key), (section, EVERY)} & said
    ]
    assert sorted(unsaid) == []


def test_indonesian_does_not_count_one_apart() -> None:
    sections = catalog.load("id").sections
    assert [k for t in sections.values() for k, f in t.items() if not isinstance(f, str)] == []


WORDS = Catalog(
    language="en",
    sections={"a": {"b": "{who} sent {what}", "c": {"one": "a file", "many": "{n} files"}}},
)


def test_a_fact_is_text_and_never_a_placeholder() -> None:
    assert WORDS.say("a", "b", who="{what}", what="{0.__class__}") == "{what} sent {0.__class__}"


def test_english_has_a_form_for_one() -> None:
    assert [WORDS.say("a", "c", n=n) for n in (0, 1, 2)] == ["0 files", "a file", "2 files"]


def test_words_nobody_wrote_and_facts_nobody_gave_are_errors() -> None:
    for section, key in (("a", "x"), ("x", "b"), ("a", "b")):
        with pytest.raises(KeyError):
            WORDS.say(section, key)


def test_an_old_event_without_words_is_shown_as_it_stands() -> None:
    assert WORDS.say_or("letter folded", "a", "letter folded") == "letter folded"
