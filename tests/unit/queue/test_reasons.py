"""Reasons in an editor's words: no English on an Indonesian page."""

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import redaksi
from desk.presentation.labels import BADGES, GROUPS, STATES
from desk.presentation.reasons import in_words, noted, passed_over
from desk.store.tables import LetterState
from redaksi import catalog, states

ROOT = Path(redaksi.__file__).parent.parent
ENGLISH = re.compile(r"\b(the|of|not|is|our|over|more than|from)\b", re.IGNORECASE)


def told_by(file: str) -> set[str]:
    """The literal reasons a file of the rooms below may give."""
    source = (ROOT / file).read_text()
    return set(re.findall(r'reason="([^"{}]+)"', source)) | set(
        re.findall(r'return "(?:review|quarantine|accept)", "([^"{}]+)"', source)
    )


@pytest.mark.parametrize("file", ["redaksi/decide.py", "redaksi/sender_policy/table.py"])
def test_every_reason_has_indonesian_words(file: str) -> None:
    reasons = told_by(file)
    assert len(reasons) >= 5
    for reason in reasons:
        told = in_words(reason, "id")
        assert told != reason
        assert not ENGLISH.search(told)


def test_every_doubt_has_indonesian_words() -> None:
    doubts = {
        word
        for name in ("articles.py", "assemble.py")
        for word in re.findall(
            r'"((?:several|documents?|photos?|file)-[a-z-]+)"',
            (ROOT / "ingest/read" / name).read_text(),
        )
    }
    assert len(doubts) >= 5
    for doubt in doubts:
        assert in_words(doubt, "id") != doubt


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("every rule met", ""),
        ("hostile document", "batas keamanan"),
        ("61 MB, more than safety.max_message: not downloaded", "61 MB"),
        ("broke the limit on memory", "memori"),
        ("several-documents, photos-shared-out", ". Foto dibagi"),
        ("parts over 500", "lebih dari 500 bagian"),
        ("identical copy of IMG_1.jpg", "salinan persis IMG_1.jpg"),
    ],
)
def test_reasons_with_numbers_and_names(reason: str, told: str) -> None:
    assert told in in_words(reason, "id")


@given(st.text(max_size=300))
def test_a_reason_nobody_knows_is_shown_on_one_line(reason: str) -> None:
    assert len(in_words(reason, "id").splitlines()) <= 1


def test_a_mail_in_good_order_was_passed_over_for_want_of_an_article() -> None:
    assert passed_over("our border says dmarc=pass", "id") == "tanpa naskah atau foto"
    assert passed_over("Auto-Submitted is not no", "id") == "balasan otomatis"


def test_notes_on_files() -> None:
    assert noted("macros", "id") == "memuat makro"
    assert noted("tracked-changes", "en") == "tracked changes"


def test_every_event_state_and_letter_has_its_word() -> None:
    words = catalog.load("id").sections
    assert set(states.EVENTS) <= set(words["history"])
    assert set(BADGES) <= set(words["history"])
    assert set(states.STATES) - {"review", "not_a_submission"} <= set(STATES)
    assert set(GROUPS) == set(words["page.groups"]) == set(words["badge"])
    assert set(get_args(LetterState)) == set(words["letter_state"])
