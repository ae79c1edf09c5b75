"""What the editors' guides put in italics are words of the pages, in their language; their keys are
the keys of the page."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.test_house import ROOT

GUIDES = (("docs/redaktur.md", "id"), ("docs/editors.md", "en"))
QUOTED = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
FACT = re.compile(r"\{\w+\}|…|\d+")
KEY = re.compile(r"^\| `([^`]+)`(?: /)? (?:`([^`]+)`)?", re.MULTILINE)
OFFERED = re.compile(r"\(\('j'.*?\)\) %\}")


def every_word(table: dict[str, Any]) -> Iterator[str]:
    for value in table.values():
        if isinstance(value, dict):
            yield from every_word(value)
        elif isinstance(value, str):
            yield value


def plain(text: str) -> str:
    """In one line, its facts out of the way."""
    return FACT.sub("#", " ".join(text.split())).strip("# ,.")


@pytest.mark.parametrize(("guide", "language"), GUIDES)
def test_what_it_quotes_stands_on_the_pages(guide: str, language: str) -> None:
    catalog = tomllib.loads((ROOT / f"redaksi/catalog/{language}.toml").read_text("utf-8"))
    words = [plain(word) for word in every_word(catalog)]
    quoted = map(plain, QUOTED.findall((ROOT / guide).read_text("utf-8")))
    assert [text for text in quoted if not any(text in word for word in words)] == []


@pytest.mark.parametrize("guide", [guide for guide, _ in GUIDES])
def test_its_keys_are_those_of_the_page(guide: str) -> None:
    frame = (ROOT / "templates/web/desk/frame.html.j2").read_text("utf-8")
    (dialog,) = OFFERED.findall(frame)
    offered = {" ".join(key.split()) for key in re.findall(r"\('([^']+)', '\w+'\)", dialog)}
    rows = KEY.findall((ROOT / guide).read_text("utf-8"))
    listed = {key for row in rows for key in row if key} - {"Ctrl"}
    assert listed - {"Enter"} == offered - {"Ctrl Enter", "Enter"}
