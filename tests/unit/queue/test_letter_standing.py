"""Nobody is said to have been told by a letter that did not leave."""

from datetime import UTC, datetime

import pytest

from desk.domain.attention import Attention, Raised
from desk.presentation.labels import badge_of, group_of
from desk.presentation.letter_standing import Standing, standing_of
from desk.presentation.queue_rows import badges_of, commands, reason_text
from desk.store.submissions.row_parts import LetterRow
from desk.store.tables import LetterState
from redaksi import catalog
from redaksi.states import STATES, WAITS_FOR_CONTRIBUTOR, State
from tests.unit.queue.test_queue_rows import row

RAISED = Raised(since=datetime(2026, 11, 23, tzinfo=UTC), event_id=1)
WAITS = Attention(flags={"letter": RAISED}, since=RAISED.since)


def letter(state: LetterState, kind: str = "revise", revision: int = 1) -> LetterRow:
    return LetterRow(id=7, kind=kind, state=state, revision_id=revision)


@pytest.mark.parametrize("state", sorted(WAITS_FOR_CONTRIBUTOR))
@pytest.mark.parametrize(
    ("letters", "standing"),
    [
        ((), "none"),
        ((letter("sent", "accepted"),), "none"),
        ((letter("sent", revision=0),), "none"),  # about the revision before
        ((letter("draft"),), "waits"),
        ((letter("failed"),), "waits"),
        ((letter("queued"),), "leaves"),
        ((letter("held"),), "leaves"),
        ((letter("sending"),), "leaves"),
        ((letter("sent"),), "told"),
        ((letter("unknown"),), "told"),  # the flag says that it may not be so
        ((letter("sent"), letter("draft", "reminder")), "told"),
    ],
)
def test_it_depends_on_the_letter(
    state: State, letters: tuple[LetterRow, ...], standing: Standing
) -> None:
    shown = row(state, letters=letters)
    assert standing_of(shown) == standing
    told = group_of(shown) == state
    assert told == (standing == "told")


@pytest.mark.parametrize("state", sorted(set(STATES) - WAITS_FOR_CONTRIBUTOR))
def test_where_nobody_is_waited_for_nothing_is_said(state: State) -> None:
    assert standing_of(row(state, letters=(letter("draft"),))) == ""


def test_a_row_without_a_letter_says_so() -> None:
    shown = row("revising")
    assert "Tanpa surat" in [badge.text for badge in badges_of(shown, (), "id")]
    assert badge_of(shown, "id").text == "Perlu perbaikan"
    assert reason_text(shown, "id") == "Tidak ada surat yang ditulis kepada kontributor"


def test_a_letter_that_a_limit_holds_has_not_told_anybody() -> None:
    shown = row("incomplete", letters=(letter("held"),))
    assert "belum diberi tahu" in reason_text(shown, "id")


@pytest.mark.parametrize("state", ["draft", "failed", "unknown"])
def test_a_letter_that_waits_for_an_editor_calls_and_says_how(state: LetterState) -> None:
    shown = row("published", letters=(letter(state, "published"),), attention=WAITS)
    assert group_of(shown) == "letter"
    assert commands(shown) == ("redaksi letters send 7",)
    assert "belum diberi tahu" in reason_text(shown, "id")


def test_a_letter_does_not_hide_why_an_editor_decides() -> None:
    shown = row("review", letters=(letter("draft", "accepted"),), attention=WAITS)
    shown = row(
        "review",
        letters=shown.letters,
        attention=WAITS,
        answer_rule="not_authenticated",
    )
    assert "keaslian pengirimnya" in reason_text(shown, "id")
    assert "masih konsep" in reason_text(shown, "id")


def test_every_case_has_its_words() -> None:
    for language in ("id", "en"):
        words = catalog.load(language)
        assert all(words.say("untold", case) for case in ("leaves", "none"))
