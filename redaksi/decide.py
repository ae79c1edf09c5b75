"""Rules observe, this judges: what becomes of a submission, and which letter says so. Pure.

Its maxim: a submission is returned only for what is certain. Where we could not judge, or do not
know which files belong together, an editor does.
"""

from collections.abc import Iterable, Sequence

from redaksi.companions import find_brought
from redaksi.model import Document, Finding, Submission, Verdict
from redaksi.named_kinds import CONFIDENTIAL
from redaksi.reasons import ATTACKS, BOMBS, Reason, ReasonCode, explain

# Worst first. Danger and our own faults outrank everything, for nothing else may be said before
# they are settled; then what the contributor must do (nothing to read before something to mend),
# then what an editor must do. "ignore" is no outcome of a submission and yields to any.
WORST_FIRST: tuple[Verdict, ...] = (
    "quarantine",
    "failed",
    "incomplete",
    "revise",
    "review",
    "accept",
    "ignore",
)
OTHER_BUSINESS = "other-business"  # the doubt whether anything was handed in at all
BROKEN_IN_TRANSPORT = "broken-in-transport"  # whether damage is the file's or the mail's
# rules that name a file which could not be used
_NOT_READ = frozenset({"attachment-refused", "attachment-not-read"})


def decide(submission: Submission, findings: Sequence[Finding]) -> tuple[Verdict, Reason]:
    """The verdict, and why, for the log and the editor."""
    document = submission.document
    if any(each.hostile for each in submission.documents):
        return "quarantine", explain(ReasonCode.HOSTILE_DOCUMENT)
    if document is None or not document.readable:
        return _decide_unread(submission, document)
    if submission.unjudged:
        return "review", submission.unjudged[0]
    if not document.judged:
        return "review", explain(ReasonCode.DOCUMENT_NOT_JUDGED)
    if not document.characters and not submission.doubts:
        # A blank page, a scan, or an article in text boxes: no rule can speak of it, and it is no
        # article to accept.
        return "review", explain(ReasonCode.DOCUMENT_WITHOUT_TEXT)
    if submission.doubts:
        # Which files are the submission is in doubt, so a finding may be about the wrong one.
        return "review", explain(ReasonCode.DOUBTS, doubts=", ".join(submission.doubts))
    if submission.unread:
        return "review", _explain_unread(submission)
    musts = [finding for finding in findings if finding.severity == "must"]
    if musts:
        rules = ", ".join(dict.fromkeys(finding.rule for finding in musts))
        return "revise", explain(ReasonCode.MUSTS, rules=rules)
    if any(not photo.judged for photo in submission.photos):
        return "review", explain(ReasonCode.PHOTO_NOT_JUDGED)
    return "accept", explain(ReasonCode.EVERY_RULE_MET)


def _explain_attack(submission: Submission) -> Reason | None:
    """Why what came was made to attack; None where nothing was. What it was called or lay in does
    not count."""
    attacks = {other.why.code for other in submission.others} & ATTACKS
    if not attacks:
        return None
    return explain(ReasonCode.HOSTILE_ARCHIVE if attacks & BOMBS else ReasonCode.HOSTILE_MAIL)


def _decide_unread(submission: Submission, document: Document | None) -> tuple[Verdict, Reason]:
    """There is no document, or none that can be read."""
    attack = _explain_attack(submission)
    if attack is not None:
        return "quarantine", attack
    if submission.unjudged:
        return "review", submission.unjudged[0]
    if submission.may_hold("article") or submission.may_hold("photo"):
        return "review", _explain_unread(submission)
    if {OTHER_BUSINESS, BROKEN_IN_TRANSPORT}.intersection(submission.doubts):
        return "review", explain(ReasonCode.DOUBTS, doubts=", ".join(submission.doubts))
    if document is None:
        return "incomplete", explain(ReasonCode.NO_DOCUMENT)
    return "incomplete", explain(ReasonCode.UNREADABLE_DOCUMENT, kind=document.kind)


def _explain_unread(submission: Submission) -> Reason:
    """What is missing may be among what was not understood: an editor looks."""
    missing = dict.fromkeys(each.may_be for each in submission.unread)
    return explain(ReasonCode.NOT_UNDERSTOOD, missing=", ".join(missing))


def worst_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several; of none, "ignore"."""
    return min(verdicts, key=WORST_FIRST.index, default="ignore")


def letter_for(verdict: Verdict, submission: Submission, findings: Sequence[Finding]) -> str:
    """Which letter a verdict asks for: "accepted", "revise", "unreadable", "nothing-attached",
    or "" for none."""
    if verdict == "accept":
        return "accepted"
    if verdict == "revise":
        return "revise"
    if verdict != "incomplete":
        return ""
    if submission.documents or any(finding.rule in _NOT_READ for finding in findings):
        return "unreadable"
    # "Nothing attached" would not be true of a mail that brought something, or whose article stands
    # in its own words: what is missing is told as a finding.
    came = (
        submission.photos
        or submission.typed
        or find_brought(submission)
        or any(CONFIDENTIAL in link for link in submission.links)
    )
    return "revise" if came and findings else "nothing-attached"
