"""Rules observe, this judges: what becomes of a submission, and which letter says so. Pure.

Its maxim: a submission is returned only for what is certain. Where we could not judge, or do not
know which files belong together, an editor does.
"""

from collections.abc import Iterable, Sequence

from redaksi.model import Finding, Submission, Verdict

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


def decide(submission: Submission, findings: Sequence[Finding]) -> tuple[Verdict, str]:
    """The verdict, and a word for the log and the editor why."""
    document = submission.document
    if any(one.hostile for one in submission.documents):
        return "quarantine", "hostile document"
    if document is None or not document.readable:
        if any(other.why.startswith("zip bomb") for other in submission.others):
            return "quarantine", "hostile archive"
        return (
            "incomplete",
            "no document" if document is None else f"unreadable document: {document.kind}",
        )
    if not document.judged:
        return "review", "document not judged"
    if not document.characters:
        # A blank page, a scan, or an article in text boxes: no rule can speak of it, and it is no
        # article to accept.
        return "review", "document without text"
    if submission.doubts:
        # Which files are the submission is in doubt, so a finding may be about the wrong one.
        return "review", ", ".join(submission.doubts)
    musts = [finding for finding in findings if finding.severity == "must"]
    if musts:
        return "revise", ", ".join(dict.fromkeys(finding.rule for finding in musts))
    if submission.caption_action == "editor_confirm":
        return "review", "captions to confirm"
    if any(not photo.judged for photo in submission.photos):
        return "review", "photo not judged"
    return "accept", "every rule met"


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
    if submission.documents or any(finding.rule == "attachment-refused" for finding in findings):
        return "unreadable"
    # "Nothing attached" would not be true of a mail with photos: what is missing is told as a
    # finding.
    return "revise" if submission.photos and findings else "nothing-attached"
