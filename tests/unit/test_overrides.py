"""What an editor set aside holds while code and subject stay."""

import pytest

from desk.domain.overrides import (
    Override,
    examine_without,
    find_override,
    judge_without,
    keep_standing,
    leave_out,
    list_set_aside,
)
from redaksi.model import Assessment, Examination, Finding, Submission, Verdict
from redaksi.reasons import ReasonCode, code_of


def finding(code: str = "F02", subject: str = "a.jpg", severity: str = "must") -> Finding:
    return Finding(code=code, rule="photo-too-small", severity=severity, subject=subject)  # type: ignore[arg-type]


def override(code: str = "F02", subject: str = "a.jpg", **more: str) -> Override:
    return Override(code=code, subject=subject, **more)


@pytest.mark.parametrize(
    ("found", "words", "holds"),
    [
        (finding(), [], False),
        (finding(), [override()], True),
        (finding(subject="b.jpg"), [override()], False),
        (finding(code="F03"), [override()], False),
        (finding(subject="A.JPG"), [override()], False),
        (finding(subject=""), [override(subject="")], True),
        (finding(severity="advice"), [override()], True),
        (finding(), [override(code="F03"), override(subject="b.jpg")], False),
    ],
)
def test_it_holds_while_code_and_subject_stay(
    found: Finding, words: list[Override], holds: bool
) -> None:
    assert (find_override(found, tuple(words)) is not None) is holds
    assert keep_standing((found,), tuple(words)) == (() if holds else (found,))
    assert len(list_set_aside((found,), tuple(words))) == holds


def test_the_newest_word_is_told() -> None:
    words = (override(reason="Foto lama."), override(reason="Satu-satunya.", editor="Nina"))
    (shown,) = list_set_aside((finding(),), words)
    assert (shown.override.reason, shown.override.editor) == ("Satu-satunya.", "Nina")


def judged(decision: Verdict, *found: Finding) -> Assessment:
    return Assessment(submission=Submission(), findings=found, decision=decision)


def test_findings_stay_on_record_and_only_the_verdict_is_another() -> None:
    before = judged("incomplete", finding("N01", ""))
    after = judge_without(before, (override("N01", ""),))
    assert after.findings == before.findings
    assert (after.decision, code_of(after.reason)) == ("review", ReasonCode.NOTHING_LEFT_TO_ASK)
    assert leave_out(before, (override("N01", ""),)).findings == ()


@pytest.mark.parametrize("decision", ["accept", "review", "quarantine", "failed", "ignore"])
def test_what_asks_for_nothing_is_not_judged_anew(decision: Verdict) -> None:
    before = judged(decision, finding())
    assert judge_without(before, (override(),)) == before


def test_what_is_still_to_be_mended_is_still_asked_for() -> None:
    before = judged("incomplete", finding("N01", ""), finding("F01", ""))
    assert judge_without(before, (override("F01", ""),)).decision == "incomplete"
    assert judge_without(before, (override("F01", "lain"),)) == before


@pytest.mark.parametrize(
    ("overall", "then"), [("incomplete", "review"), ("quarantine", "quarantine")]
)
def test_what_the_whole_mail_imposes_stays(overall: Verdict, then: Verdict) -> None:
    examination = Examination(
        source="",
        mail=None,
        mail_kind=None,
        assessments=(judged("incomplete", finding("N01", "")),),
        others=(),
        decision=overall,
        answer=None,
    )
    assert examine_without(examination, ()) == examination
    assert examine_without(examination, (override("N01", ""),)).decision == then
