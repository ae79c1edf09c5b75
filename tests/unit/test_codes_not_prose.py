"""Codes, not prose: no sentence that was a reason once is written or looked into anywhere but in
desk/store/legacy_reasons.py."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.store import legacy_reasons
from desk.store.legacy_reasons import translate
from redaksi import catalog
from redaksi.reasons import ReasonCode, code_of

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("redaksi", "ingest", "validators", "publisher", "desk")
KNOWS_THEM = ROOT / "desk/store/legacy_reasons.py"


def is_old_reason(text: str) -> bool:
    """A sentence of several words that 0.1 stored: a single word may be anything else as well."""
    old = code_of(translate(text))
    return " " in text and old not in (None, ReasonCode.UNKNOWN)


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Every text in the source but docstrings, a pattern of f-string parts included."""
    tree = ast.parse(source)
    plain = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [
                str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.values
            ]
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and id(node) not in plain:
            yield node.lineno, str(node.value)


@pytest.mark.parametrize("room", ROOMS)
def test_no_reason_is_a_sentence(room: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in sorted((ROOT / room).rglob("*.py"))
        if file != KNOWS_THEM
        for line, text in literals(file.read_text(encoding="utf-8"))
        if is_old_reason(text)
    ]
    assert found == []


def test_a_sentence_would_be_found() -> None:
    source = 'why = "encrypted archive"\nother = f"over {most} MB"\n"""encrypted archive"""\n'
    assert [text for _, text in literals(source) if is_old_reason(text)] == [
        "encrypted archive",
        "over 1 MB",
    ]


def needed(code: ReasonCode) -> set[str]:
    """The facts a code's sentence names."""
    sentence = str(catalog.load("id").sections["reasons"][code])
    return set(re.findall(r"\{(\w+)\}", sentence))


def test_every_old_sentence_brings_the_facts_that_todays_names() -> None:
    plain = [(one.code, set(one.facts)) for one in legacy_reasons._PLAIN.values()]
    patterns = [(code, set(one.groupindex)) for one, code in legacy_reasons._PATTERNS]
    assert [code for code, facts in [*plain, *patterns] if not needed(code) <= facts] == []
