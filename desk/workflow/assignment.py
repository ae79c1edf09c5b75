"""What becomes of an examined mail: the examination to file, and where; or the doubt that an editor
settles."""

from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec import Struct

from desk.domain.match import NEEDS_MATCHING
from desk.workflow.find_target import Seen, Target
from redaksi.model import Assessment, Examination, Finding, Submission
from redaksi.reasons import ReasonCode, explain

# somebody says which submission is meant
SPOKEN = frozenset({"letter", "plus", "thread", "number"})
# rules that find what did not come
MISSING = frozenset(
    {"document-missing", "photo-missing", "photo-in-document", "caption-missing", "caption-orphan"}
)
What = Literal["", "message", "resent", "withdraw"]


class Assignment(Struct, frozen=True, kw_only=True):
    """The examination to file and where: `into` None files it as new. `what`: no try, but a word
    to the editors."""

    examination: Examination
    into: int | None = None
    seen_revision: int | None = None
    what: What = ""
    by: str = ""  # how it was matched
    # numbers of the submissions it may be part of: an editor pairs it
    candidates: tuple[str, ...] = ()
    follows: str = ""  # the submission it came in answer to, where it is another article
    target: Target | None = None  # what this rests on; None: on nothing that is stored
    stands: Seen | None = None  # the submission that an editor named, as it stood

    @property
    def facts(self) -> dict[str, object]:
        """For its event: numbers alone."""
        told = {"candidates": list(self.candidates), "follows": self.follows, "by": self.by}
        return {key: value for key, value in told.items() if value}


def mark_doubtful(
    examination: Examination, doubt: str = NEEDS_MATCHING, *, keyed: bool = False
) -> Examination:
    """The same, but an editor decides where it belongs. What is no submission stays none, unless
    it answers us (`keyed`): then its words are somebody's. What a mail does not bring is not missing
    while it may be part of another."""
    why = explain(ReasonCode.DOUBTS, doubts=doubt)
    if keyed and examination.decision == "ignore":
        alone = Assessment(
            submission=Submission(doubts=(doubt,)), findings=(), decision="review", reason=why
        )
        return msgspec.structs.replace(
            examination, decision="review", reason=why, assessments=(alone,)
        )
    if examination.decision in ("ignore", "quarantine", "failed"):
        return examination
    judged = tuple(
        msgspec.structs.replace(
            one,
            decision="review",
            reason=why,
            findings=_of_what_came(one.findings) if doubt == NEEDS_MATCHING else one.findings,
            submission=msgspec.structs.replace(
                one.submission, doubts=(*one.submission.doubts, doubt)
            ),
        )
        for one in examination.assessments
    )
    return msgspec.structs.replace(examination, decision="review", reason=why, assessments=judged)


def _of_what_came(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.rule not in MISSING)
