"""Findings that an editor set aside, and what is left of a judgement without them. Pure; desk.md,
section 6.

What was set aside holds for later revisions while code and subject stay: it is asked of nobody and
counts in no verdict. The finding itself stays on record, and an editor sees by whom and why.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from redaksi.decide import decide, worst_of
from redaksi.model import Assessment, Examination, Finding
from redaksi.reasons import ReasonCode, explain


class Override(Struct, frozen=True, kw_only=True):
    """An editor's word that a finding does not matter. `editor`: a name, "" where none was given."""

    code: str
    subject: str
    reason: str = ""
    editor: str = ""


Overrides = tuple[Override, ...]


class SetAside(Struct, frozen=True, kw_only=True):
    """A finding, and the word that set it aside."""

    finding: Finding
    override: Override


def find_override(finding: Finding, overrides: Overrides) -> Override | None:
    """What set this finding aside, the newest word first; None: it stands."""
    same = (each for each in reversed(overrides) if _is_of(each, finding))
    return next(same, None)


def _is_of(override: Override, finding: Finding) -> bool:
    return (override.code, override.subject) == (finding.code, finding.subject)


def keep_standing(findings: Sequence[Finding], overrides: Overrides) -> tuple[Finding, ...]:
    """The findings that nobody set aside, in their order."""
    return tuple(each for each in findings if find_override(each, overrides) is None)


def list_set_aside(findings: Sequence[Finding], overrides: Overrides) -> tuple[SetAside, ...]:
    """The findings that somebody set aside, in their order."""
    found = ((each, find_override(each, overrides)) for each in findings)
    return tuple(SetAside(finding=each, override=why) for each, why in found if why is not None)


def leave_out(judged: Assessment, overrides: Overrides) -> Assessment:
    """The same with the findings alone that are asked for; its verdict is left as it is."""
    return msgspec.structs.replace(judged, findings=keep_standing(judged.findings, overrides))


def judge_without(judged: Assessment, overrides: Overrides) -> Assessment:
    """The same with its findings, and the verdict that the rest of them earn. Only what was returned
    for its findings is judged anew; where nothing is left to ask for, an editor looks."""
    standing = keep_standing(judged.findings, overrides)
    if judged.decision not in ("revise", "incomplete") or len(standing) == len(judged.findings):
        return judged
    decision, reason = decide(judged.submission, standing)
    is_asking = any(finding.severity == "must" for finding in standing)
    if decision == "incomplete" and not is_asking:
        decision, reason = "review", explain(ReasonCode.NOTHING_LEFT_TO_ASK)
    return msgspec.structs.replace(judged, decision=decision, reason=reason)


def examine_without(examination: Examination, overrides: Overrides) -> Examination:
    """The same where the first of its submissions, the one that joins, is judged without them. What
    the whole mail imposes is imposed still."""
    if not overrides or not examination.assessments:
        return examination
    first = judge_without(examination.assessments[0], overrides)
    if first == examination.assessments[0]:
        return examination
    judged = (first, *examination.assessments[1:])
    earned = {each.decision for each in examination.assessments}
    is_imposed = examination.decision not in earned
    overall = examination.decision if is_imposed else worst_of(x.decision for x in judged)
    return msgspec.structs.replace(examination, assessments=judged, decision=overall)
