"""Every step a target can name and every code it can fail with has words, and what fails a remedy, in
every language."""

import ast
import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from desk.cli.publishing.publications import say_remedy
from desk.domain.publications import Hold, PublicationState, Wanted
from desk.presentation.publication.states import Doing, say_state
from desk.store.publications.rows import BEFORE_TARGETS, Row
from publisher.targets.target import Action, Final, Known, Passing
from redaksi import catalog
from redaksi.model import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
ROOT = Path(__file__).resolve().parents[2]
FILES = (*(ROOT / "publisher/targets").rglob("*.py"), ROOT / "desk/workflow/publishing/tools.py")
HELD = set(get_args(Hold)) - {"paused"}
CODES = {*get_args(Passing), *get_args(Final), *HELD, "no_edition", BEFORE_TARGETS}


def named_steps() -> set[str]:
    """Every text in the sources of the targets that is spelled as the code of a Step."""
    texts = [
        node.value
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    found = {
        text for text in texts if re.fullmatch(r"(folder|webhook|wordpress|target)_[a-z_]+", text)
    }
    return found | {f"ask_{action}" for action in get_args(Action)}


def make_row(**differs: object) -> Row:
    row = {
        "id": 1,
        "submission_id": 1,
        "target": "situs",
        "wanted": "up",
        "edition_id": 1,
        "standing_edition_id": None,
        "state": "failed",
        "known": Known(),
    }
    return Row(**(row | differs))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_words_and_no_word_is_of_no_step(language: Language) -> None:
    assert set(catalog.load(language).sections["publish_step"]) == named_steps()


@pytest.mark.parametrize(("language", "code"), list(product(LANGUAGES, sorted(CODES))))
def test_every_failure_has_a_remedy(language: Language, code: str) -> None:
    state = "planned" if code in HELD else "failed"
    said = say_remedy(make_row(error_code=code, state=state), "W-2026-0001", catalog.load(language))
    assert "W-2026-0001" in said or "config.toml" in said
    assert "redaksi " in said


@pytest.mark.parametrize(
    ("language", "state", "doing"),
    list(product(LANGUAGES, get_args(PublicationState), get_args(Doing))),
)
def test_every_state_has_words(language: Language, state: PublicationState, doing: Doing) -> None:
    assert say_state(state, doing, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_of_no_state(language: Language) -> None:
    found = product(get_args(PublicationState), get_args(Doing))
    words = {say_state(state, doing, language) for state, doing in found}
    assert set(catalog.load(language).sections["publication.state"].values()) == words


@pytest.mark.parametrize("wanted", get_args(Wanted))
def test_what_an_editor_is_asked_says_what_to_do(wanted: Wanted) -> None:
    words = catalog.load("en")
    assert "redaksi decide" in say_remedy(
        make_row(state="asking", wanted=wanted), "W-2026-0001", words
    )
    assert say_remedy(make_row(state="standing"), "W-2026-0001", words) == ""
