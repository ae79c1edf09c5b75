"""Every code that a publication can fail, wait or be held with has its words."""

from typing import get_args

import pytest

from desk.domain.publications import Hold
from desk.presentation.publication.failure import say_failure
from desk.store.publications.rows import BEFORE_TARGETS
from publisher.targets.target import Final, Passing
from redaksi.model import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
HOLDS = set(get_args(Hold)) - {"paused"}  # of a target, not of a row
CODES = {*get_args(Passing), *get_args(Final), *HOLDS, "no_edition", BEFORE_TARGETS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words_of_its_own(language: Language) -> None:
    said = {code: say_failure(code, "up", language) for code in CODES}
    assert [code for code, words in said.items() if not words or words == code] == []
    assert len(set(said.values())) == len(CODES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_to_be_taken_down_is_not_said_to_be_unseen(language: Language) -> None:
    assert say_failure("not_seen", "down", language) != say_failure("not_seen", "up", language)


def test_nothing_is_said_where_nothing_is_wrong() -> None:
    assert say_failure("", "up", "id") == ""


def test_a_code_of_another_release_is_shown_as_it_stands() -> None:
    assert say_failure("struck-by-lightning", "up", "en") == "struck-by-lightning"
