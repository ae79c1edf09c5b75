"""Reasons in an editor's words: no English on an Indonesian page."""

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import redaksi
from desk.domain.match import NEEDS_MATCHING
from desk.presentation.labels import BADGES, GROUPS, STATES
from desk.presentation.reasons import explain_unjudged, in_words, noted, passed_over
from desk.presentation.stored_lines import text_in_words
from desk.store.tables import LetterState
from desk.workflow.assign_thread import NOT_PAIRED
from ingest.read.doubts.made_to_attack import MADE_TO_ATTACK
from redaksi import catalog, states
from redaksi.decide import BROKEN_IN_TRANSPORT, OTHER_BUSINESS
from redaksi.model import Language
from redaksi.reasons import UNJUDGED, Reason, ReasonCode, explain, read_reason

ROOT = Path(redaksi.__file__).parent.parent
ENGLISH = re.compile(r"\b(the|of|not|is|our|over|more than|from)\b", re.IGNORECASE)


@pytest.mark.parametrize("language", get_args(Language))
def test_every_code_has_a_sentence(language: Language) -> None:
    assert set(catalog.load(language).sections["reasons"]) == set(ReasonCode)


def test_every_reason_is_told_in_indonesian() -> None:
    """A server's own line and a decoder's stay as they came."""
    for code, sentence in catalog.load("id").sections["reasons"].items():
        assert not ENGLISH.search(re.sub(r"\{\w+\}", "", str(sentence))), code


def test_every_doubt_has_words() -> None:
    doubts = {
        word
        for name in ("articles.py", "assemble.py", "contents.py", "doubts/text_aside.py")
        for word in re.findall(
            r'"((?:several|documents?|photos?|file|text)-[a-z-]+)"',
            (ROOT / "ingest/read" / name).read_text(),
        )
    }
    assert len(doubts) >= 5
    named = {BROKEN_IN_TRANSPORT, MADE_TO_ATTACK, NEEDS_MATCHING, NOT_PAIRED, OTHER_BUSINESS}
    for language in get_args(Language):
        assert doubts | named == set(catalog.load(language).sections["doubts"])


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (explain(ReasonCode.EVERY_RULE_MET), ""),
        (explain(ReasonCode.HOSTILE_DOCUMENT), "batas keamanan"),
        (explain(ReasonCode.NOT_DOWNLOADED, size=61), "61 MB"),
        (explain(ReasonCode.MEMORY_LIMIT), "memori"),
        (
            explain(ReasonCode.DOUBTS, doubts="several-documents, photos-shared-out"),
            ". Foto dibagi",
        ),
        (explain(ReasonCode.PARTS_LIMIT, most=500), "lebih dari 500 bagian"),
        (explain(ReasonCode.IDENTICAL_COPY, name="IMG_1.jpg"), "salinan persis IMG_1.jpg"),
        (explain(ReasonCode.SERVER_GAVE_NOTHING, line="550 no such user"), "550 no such user"),
    ],
    ids=lambda value: value.code.value if isinstance(value, Reason) else "",
)
def test_reasons_with_numbers_and_names(reason: Reason, told: str) -> None:
    assert told in in_words(reason, "id")


@given(
    st.sampled_from(ReasonCode),
    st.dictionaries(st.sampled_from(["line", "most", "kind", "doubts", "name"]), st.text()),
)
def test_every_reason_is_one_line_whatever_its_facts(
    code: ReasonCode, facts: dict[str, str]
) -> None:
    for language in get_args(Language):
        assert len(in_words(Reason(code, facts), language).splitlines()) <= 1


@given(st.text(max_size=300))
def test_a_line_nobody_knows_is_shown_on_one_line(text: str) -> None:
    assert len(text_in_words(text, "id").splitlines()) <= 1


@given(st.sampled_from(ReasonCode), st.dictionaries(st.text(), st.text()))
def test_a_reason_is_read_as_it_was_written(code: ReasonCode, facts: dict[str, str]) -> None:
    assert read_reason(str(Reason(code, facts))) == Reason(code, facts)


@pytest.mark.parametrize("line", ["mail 1", "mail ", "250 OK", "archive {", "resent later"])
def test_a_line_that_only_begins_like_a_code_stays_a_line(line: str) -> None:
    assert read_reason(line) == Reason(ReasonCode.UNKNOWN, {"line": line})


def test_a_mail_in_good_order_was_passed_over_for_want_of_an_article() -> None:
    assert passed_over(explain(ReasonCode.DMARC_PASS), "id") == "tanpa naskah atau foto"
    assert passed_over(explain(ReasonCode.AUTO_SUBMITTED), "id") == "balasan otomatis"


def test_what_may_be_among_the_unread_is_named_in_the_readers_words() -> None:
    reason = explain(ReasonCode.NOT_UNDERSTOOD, missing="caption, photo")
    assert in_words(reason, "id").endswith(": keterangan foto, foto")
    assert in_words(reason, "en").endswith(": a photo caption, a photo")


def test_notes_on_files() -> None:
    assert noted("macros", "id") == "memuat makro"
    assert noted("tracked-changes", "en") == "holds tracked changes"
    assert noted("of-a-later-release", "en") == "of-a-later-release"


def test_every_event_state_and_letter_has_its_word() -> None:
    words = catalog.load("id").sections
    assert set(states.EVENTS) <= set(words["history"])
    assert set(BADGES) <= set(words["history"])
    assert set(states.STATES) - {"review", "not_a_submission"} <= set(STATES)
    assert set(GROUPS) == set(words["page.groups"]) == set(words["badge"])
    assert set(get_args(LetterState)) == set(words["letter_state"])


@pytest.mark.parametrize("language", get_args(Language))
def test_every_code_of_what_is_unjudged_has_a_sentence_about_one_file(language: Language) -> None:
    assert set(catalog.load(language).sections["unjudged"]) == set(UNJUDGED)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (None, ""),
        (explain(ReasonCode.BUDGET, which="pixels"), "Tidak dibuka: foto"),
        (explain(ReasonCode.READER_ERROR, reader="photo"), "Gagal kami baca (foto)"),
        (explain(ReasonCode.READER_DIED, file="a.jpg", kind="jpeg"), "terhenti di tengah jalan"),
        (explain(ReasonCode.NO_DECODER, kind="webp"), "dimatikan"),
    ],
)
def test_why_one_file_was_not_judged_is_told_of_it_alone(reason: Reason | None, told: str) -> None:
    said = explain_unjudged(reason, "id")
    assert told in said
    assert bool(said) == bool(told)
    assert "kiriman" not in said
