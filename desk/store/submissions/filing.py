"""What is filed of an examined mail, and what came of it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from ingest.read.guarded import READERS
from redaksi import states
from redaksi.model import Assessment, Examination, Language, Submission, Verdict
from redaksi.reasons import ReasonCode

_CODE = re.compile(r"[A-Z][0-9]{3}")  # of a rule; a child that was taken over may say anything


class Versions(Struct, frozen=True, kw_only=True):
    """What an examination was made with: fingerprints of the rules, their configuration, and the
    readers."""

    rules: str
    config: str
    readers: str


class Filing(Struct, frozen=True, kw_only=True):
    """An examined mail, to be written down. The year of the number is that of `now` in its own
    zone."""

    mail_id: int
    examination: Examination
    versions: Versions
    now: datetime
    language: Language = "id"  # of people we do not know yet
    into: int | None = None  # the submission this mail is a new try of
    seen_revision: int | None = None  # its newest try when the mail was merged with it
    max_returns: int = 2  # automatic returns; then an editor decides
    facts: Mapping[str, Any] = {}  # of its event too: numbers, ids, codes
    again: bool = False  # an editor files a mail a second time, into the submission it belongs to
    # an editor had it examined again: he looks at what comes of it, and no letter goes by itself
    silent: bool = False


class FiledSubmission(Struct, frozen=True, kw_only=True):
    """One submission of the mail, as it stands now."""

    id: int
    number: str
    revision_id: int
    revision_number: int
    position: int  # among the submissions of the mail: the index of its Judged
    state: states.State
    verdict: Verdict  # what it was filed under
    letter: states.Letter  # the letter the table of transitions calls for; "" for none


class Filed(Struct, frozen=True, kw_only=True):
    """What a mail became."""

    mail_id: int
    person_id: int | None
    language: Language
    submissions: tuple[FiledSubmission, ...]


def pieces_of(examination: Examination) -> tuple[Assessment, ...]:
    """What is filed of a mail: each of its submissions; a mail without any, or that is none, is
    filed as one."""
    if examination.assessments and examination.decision != "ignore":
        return examination.assessments
    empty = Assessment(
        submission=Submission(),
        findings=(),
        decision=examination.decision,
        reason=examination.reason,
    )
    return (
        (msgspec.structs.replace(empty, submission=examination.assessments[0].submission),)
        if examination.assessments
        else (empty,)
    )


def event_of(verdict: Verdict, *, silent: bool = False, spent: bool = False) -> states.Event:
    """What a try with this verdict is in the table of transitions. `silent`: an editor looks,
    whatever it is; `spent`: it was returned as often as may be."""
    if silent and verdict in ("accept", "revise", "incomplete"):
        return "review"
    return "exhausted" if spent and verdict in ("revise", "incomplete") else verdict


def asks_fact(examination: Examination, position: int = 0) -> dict[str, bool]:
    """For its event: whether what was written calls an editor, once a mail."""
    return {"asks": True} if examination.asks and position == 0 else {}


def find_verdict(examination: Examination, judged: Assessment) -> Verdict:
    """The verdict a submission is filed under: its own, or what the whole mail imposes on it."""
    imposed = examination.decision not in {each.decision for each in examination.assessments}
    rule = examination.answer.rule if examination.answer else None
    return states.verdict_as_filed(judged.decision, examination.decision, rule, imposed=imposed)


def facts_of(filing: Filing, revision: int, position: int, judged: Assessment) -> dict[str, object]:
    """What the event of a filed revision tells, for the history and for counting."""
    examination = filing.examination
    return {
        **filing.facts,
        **({"replayed": True} if filing.silent else {}),
        **asks_fact(examination, position),
        "verdict": judged.decision,
        "overall": examination.decision,
        "rule": examination.answer.rule if examination.answer else None,
        "try": revision,
        "findings": [finding.code for finding in judged.findings],
    }


def name_failed_readers(examination: Examination) -> tuple[str, ...]:
    """The readers of ours that raised on this mail. What a child calls so that none of ours is
    called is "other"."""
    named = {
        reason.facts.get("reader", "")
        for judged in examination.assessments
        for reason in judged.submission.unjudged
        if reason.code == ReasonCode.READER_ERROR
    }
    return tuple(sorted({name if name in READERS else "other" for name in named}))


def name_codes(judged: Assessment) -> tuple[str, ...]:
    """The codes of its findings, each as often as it was found; "other" for what is none."""
    return tuple(
        finding.code if _CODE.fullmatch(finding.code) else "other" for finding in judged.findings
    )
