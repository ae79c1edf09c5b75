"""Where a mail goes that need not be looked at together with what came before, as a table."""

import pytest
from msgspec import Struct

from desk.domain.merge import Plan
from desk.store.submissions.threads import Thread
from desk.workflow.assign_thread import place_alone
from desk.workflow.assignment import Assignment
from redaksi.model import Assessment, Document, Examination, Photo, Submission, Verdict
from redaksi.states import State

ARTICLE = Document(name="Warta.docx", kind="docx", sha256="d1")
ANOTHER = Document(name="Lain.docx", kind="docx", sha256="d2")
PHOTO = Photo(name="a.jpg", kind="jpeg", sha256="p1")
BEFORE = Submission(documents=(ARTICLE,), photos=(PHOTO,))

KEEPS, LOSES, OTHER = Plan(), Plan(loses=True), None  # OTHER: another article, by its text
FILES = Submission(documents=(ANOTHER,))
PHOTOS = Submission(photos=(Photo(name="b.jpg", kind="jpeg", sha256="p2"),))
AGAIN = Submission(documents=(ARTICLE,))
WORDS = Submission()


def thread(state: State) -> Thread:
    judged = Assessment(submission=BEFORE, findings=(), decision="revise")
    return Thread(
        id=7,
        number="W-2026-0007",
        state=state,
        left=None,
        latest_revision=3,
        mailbox="warta",
        title="",
        participants=frozenset(),
        judged=judged,
    )


def examined(decision: Verdict, now: Submission) -> Examination:
    return Examination(
        source="m",
        mail=None,
        mail_kind=None,
        assessments=(Assessment(submission=now, findings=(), decision=decision),),
        others=(),
        decision=decision,
        answer=None,
    )


def name(assignment: Assignment | None) -> str:
    """What an assignment is, in a word."""
    if assignment is None:
        return "together"
    if assignment.what:
        return assignment.what
    if assignment.into is not None:
        return f"revision {(assignment.seen_revision or 0) + 1}"
    if assignment.candidates:
        return "an editor pairs it"
    return "another article" if assignment.follows else "new"


class Case(Struct, frozen=True):
    """A mail `by` which its submission was found, in a `state`; `sure`: an editor says so."""

    state: State
    decision: Verdict
    now: Submission
    by: str
    how: Plan | None
    becomes: str
    sure: bool = False


CASES = [
    # withdrawn: an editor opens it again, or not
    Case("withdrawn", "accept", FILES, "letter", KEEPS, "an editor pairs it"),
    Case("withdrawn", "review", PHOTOS, "settle", KEEPS, "an editor pairs it"),
    Case("withdrawn", "revise", WORDS, "letter", KEEPS, "message"),
    # complete by itself
    Case("revising", "accept", FILES, "letter", KEEPS, "revision 4"),
    Case("revising", "accept", FILES, "letter", LOSES, "together"),
    Case("revising", "accept", FILES, "letter", LOSES, "revision 4", sure=True),
    Case("revising", "accept", FILES, "settle", KEEPS, "together"),
    Case("revising", "accept", FILES, "part", OTHER, "together"),
    Case("revising", "accept", FILES, "lacks", KEEPS, "together", sure=True),
    Case("revising", "accept", FILES, "letter", OTHER, "an editor pairs it"),
    Case("revising", "accept", FILES, "letter", OTHER, "revision 4", sure=True),
    Case("revising", "accept", FILES, "thread", OTHER, "another article"),
    Case("revising", "accept", FILES, "plus", OTHER, "another article"),
    Case("scheduled", "accept", FILES, "letter", OTHER, "another article"),
    Case("published", "accept", FILES, "number", OTHER, "another article"),
    Case("expired", "accept", FILES, "letter", OTHER, "another article"),
    # not complete
    Case("revising", "revise", FILES, "letter", KEEPS, "together"),
    Case("revising", "revise", FILES, "letter", OTHER, "together"),
    Case("revising", "revise", FILES, "thread", OTHER, "another article"),
    Case("published", "revise", FILES, "letter", OTHER, "another article"),
    Case("published", "revise", FILES, "letter", KEEPS, "together"),
    # declined: what comes next is another article, the same files are a word
    Case("declined", "accept", FILES, "letter", KEEPS, "another article"),
    Case("declined", "accept", FILES, "letter", LOSES, "another article"),
    Case("declined", "accept", FILES, "letter", KEEPS, "revision 4", sure=True),
    Case("declined", "revise", AGAIN, "letter", KEEPS, "resent"),
    Case("declined", "revise", AGAIN, "letter", KEEPS, "resent", sure=True),
    Case("declined", "revise", FILES, "letter", KEEPS, "another article"),
    Case("declined", "revise", FILES, "letter", KEEPS, "together", sure=True),
    Case("declined", "revise", PHOTOS, "letter", KEEPS, "together"),
    Case("declined", "accept", FILES, "settle", OTHER, "another article"),
]


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.state}, {case.decision}, {case.by}"
)
def test_where_a_mail_goes_by_itself(case: Case) -> None:
    found = place_alone(
        examined(case.decision, case.now),
        case.now,
        thread(case.state),
        case.how,
        case.by,
        sure=case.sure,
    )
    assert name(found) == case.becomes
