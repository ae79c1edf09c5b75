"""What a submission is called."""

from desk.store.tables import Submission
from redaksi import states
from redaksi.model import Assessment


def set_title(submission: Submission, judged: Assessment) -> None:
    """Its title is the newest article's; an editor's word stands until an editor changes it."""
    if submission.state in states.SETTLED:
        return
    document = judged.submission.document
    of_document = document.title if document else ""
    submission.title = judged.submission.title or of_document or submission.title
