"""Files that came, are known for what they are, and are not read: a letter names each and says why
it could not be used, and what to do. Pure.

Of anything else that may hold what is missing an editor looks (ingest.read.unread_files).
"""

from collections.abc import Mapping

from redaksi.companions import find_brought
from redaksi.model import Other, Submission
from redaksi.reasons import ReasonCode

CONFIDENTIAL = "confidential-mail.google.com"  # Gmail hides the words of any mail behind it
CASES: Mapping[ReasonCode, str] = {
    ReasonCode.SPREADSHEET: "spreadsheet",
    ReasonCode.PRESENTATION: "presentation",
    ReasonCode.OFFICE_FILE: "office",
    ReasonCode.AUDIO: "audio",
    ReasonCode.MAIL: "mail",
    ReasonCode.FORWARDS_DEPTH: "mail",
    ReasonCode.PARTIAL_MESSAGE: "partial",
    ReasonCode.SMIME_ENCRYPTED: "smime",
    ReasonCode.EXTERNAL_BODY: "elsewhere",
    ReasonCode.DELETED_ATTACHMENT: "deleted",
    ReasonCode.SHORTCUT: "shortcut",
    ReasonCode.OFFICE_LOCK_FILE: "lock",
    ReasonCode.EMPTY_FILE: "empty",
    ReasonCode.WINMAIL_EMPTY: "wrapping",
    ReasonCode.ARCHIVE_EMPTY: "hollow",
}
# What these hold is not known, photos among it: none is called missing.
_MAY_HOLD_PHOTOS = frozenset({"presentation", "mail", "outlook", "partial", "smime", "elsewhere"})


def choose_case(other: Other) -> str:
    """Which sentence tells of it; "" for a file that no letter names."""
    if other.kind == "msg":
        return "outlook"
    if other.why.facts.get("number", "1") != "1":
        return ""  # the first piece of a mail is named; whoever sent five gets one letter
    return CASES.get(other.why.code, "")


def find_named(submission: Submission) -> tuple[tuple[Other, str], ...]:
    """The files that a letter names where the article is lacking, each with its case; none while
    something else may be the article."""
    if submission.documents or submission.typed or submission.may_hold("article"):
        return ()
    locks = (o for o in submission.others if o.why.code is ReasonCode.OFFICE_LOCK_FILE)
    named = ((other, choose_case(other)) for other in (*find_brought(submission), *locks))
    return tuple((other, case) for other, case in named if case)


def may_hold_photos(submission: Submission) -> bool:
    """Whether a file that a letter names may hold the photos too."""
    return any(case in _MAY_HOLD_PHOTOS for _, case in find_named(submission))
