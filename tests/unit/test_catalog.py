"""The catalog: every word in both languages, with the same facts, and none that nobody says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct, structs

from redaksi import catalog, errors
from redaksi.catalog import Catalog, Forms
from redaksi.config import schema
from redaksi.config.fields import describe
from redaksi.config.publish import PublishTarget
from redaksi.model import Language
from validators.registry import list_settings

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("redaksi", "ingest", "validators", "publisher", "desk")
LANGUAGES: tuple[Language, ...] = get_args(Language)
SAYERS = {"say", "say_or", "knows"}
# Their first argument is a key of [error]; Unreadable, Hostile and Crashed carry a reason instead.
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.RedaksiError)
}
MISTAKES = ERRORS - {"Unreadable", "Hostile"}
CHOSEN = {"_wrong": "error", "_mistake": "template"}  # makers of a Sentence, by their section
IN_A_TEMPLATE = re.compile(r"\bsay\('([\w.]+)', ('(\w+)'|[\w.])")
EVERY = "*"  # a key that is not written in the source: each of the section may be meant
Said = tuple[str, str]


def said_in_python() -> Iterator[Said]:
    """Section and key of every call with a literal section; a key that is computed is EVERY."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from _of_call(node)


def _of_call(call: ast.Call) -> Iterator[Said]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else _name(call.func)
    arguments = call.args[1:] if name == "say_or" else call.args
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if name == "Sentence" and isinstance(section := named.get("section"), ast.Constant):
        yield from ((str(section.value), key) for key in _literals(named["key"]))
    elif name in MISTAKES and arguments:
        yield from (("error", key) for key in _literals(arguments[0], "not a literal"))
    elif name in CHOSEN and arguments:
        yield from ((CHOSEN[name], key) for key in _literals(arguments[0]))
    elif name == "words" and arguments and isinstance(arguments[0], ast.Constant):
        yield str(arguments[0].value), EVERY
    elif name in SAYERS and len(arguments) > 1 and isinstance(arguments[0], ast.Constant):
        yield from ((str(arguments[0].value), key) for key in _literals(arguments[1]))


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _literals(key: ast.expr, otherwise: str = EVERY) -> Iterator[str]:
    """The keys an expression can be: a literal, or one of two."""
    if isinstance(key, ast.IfExp):
        yield from (*_literals(key.body, otherwise), *_literals(key.orelse, otherwise))
    else:
        yield str(key.value) if isinstance(key, ast.Constant) else otherwise


def said_in_templates() -> Iterator[Said]:
    for file in (ROOT / "templates/web").rglob("*.j2"):
        for section, _, literal in IN_A_TEMPLATE.findall(file.read_text(encoding="utf-8")):
            yield section, literal or EVERY


def written_in_python() -> Iterator[str]:
    """Every literal text of the sources."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.fixture(scope="module")
def said() -> set[Said]:
    return {*said_in_python(), *said_in_templates(), ("click", EVERY)}  # click's are read whole


def keys(of: Catalog) -> set[Said]:
    """Section and key of all words, but for the meanings of config.toml's keys: their English
    stands in the schema."""
    return {
        (section, key)
        for section, table in of.sections.items()
        for key in table
        if not section.startswith("meaning.")
    }


def meanings() -> Iterator[Said]:
    """Every key of config.toml that its schema explains."""
    for shape in (*vars(schema).values(), PublishTarget):
        if isinstance(shape, type) and issubclass(shape, Struct) and shape is not Struct:
            for field in structs.fields(shape):
                if shape.__module__.startswith("redaksi.config.") and describe(shape, field.name):
                    yield f"meaning.{shape.__name__.lower()}", field.name
    for setting in list_settings():
        if setting.key != "level":
            yield f"meaning.rules.{setting.section}", setting.key


def facts(forms: Forms) -> set[str]:
    every = [forms] if isinstance(forms, str) else forms.values()
    return {fact for form in every for fact in re.findall(r"\{([^}]*)\}", form)}


def test_every_key_has_every_language() -> None:
    indonesian, english = (keys(catalog.load(language)) for language in LANGUAGES)
    assert indonesian ^ english == set()


def test_every_key_of_the_configuration_is_explained_in_indonesian_too() -> None:
    explained = {
        (section, key)
        for section, table in catalog.load("id").sections.items()
        for key in table
        if section.startswith("meaning.")
    }
    assert set(meanings()) ^ explained == set()


def test_a_sentence_has_the_same_facts_in_every_language() -> None:
    indonesian, english = (catalog.load(language).sections for language in LANGUAGES)
    differ = [
        (section, key)
        for section, table in indonesian.items()
        if not section.startswith("meaning.")
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
        if section != "error" and not {(section, key), (section, EVERY)} & said
    ]
    assert sorted(unsaid) == []


def test_no_error_stands_in_the_catalog_that_nobody_raises() -> None:
    """Some codes are chosen from a table, so their texts are looked for, wherever they stand."""
    written = set(written_in_python())
    unsaid = [key for section, key in keys(catalog.load("id")) if section == "error"]
    assert [key for key in unsaid if key.removesuffix("_near") not in written] == []


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
