"""*Periksa sekarang*: an editor has the newest mail of a submission examined again, whatever its
sender's day says. What comes of it is the submission's next try."""

from desk.app import App
from desk.sandbox.pool import Examiner
from desk.store.inbound import mails
from desk.store.submissions import submission_rows, threads
from desk.workflow.assignment import Assignment
from desk.workflow.process_mail import make_filing, versions, write_down
from desk.workflow.reading.read_mail import examine_at_once
from redaksi.config.schema import make_limits
from redaksi.errors import IllegalMove
from redaksi.model import Examination


def replay(app: App, sandbox: Examiner, number: str, *, apply: bool = False) -> Examination:
    """What examining it now gives; filed where it is to `apply`.

    Raises IllegalMove where there is no such submission, or it cannot have another try; Crashed
    when the mail's header kills a child; StoreError when another try came in the meantime.
    """
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, number)
        if found is None:
            raise IllegalMove("no_submission", number=number)
        into = threads.get(tx, found)
        row = mails.get(tx, threads.mail_of(tx, found))
    bounds = make_limits(app.config, app.mailbox(row.mailbox))
    _, examination = examine_at_once(app, sandbox, row, bounds)
    if apply:
        assignment = Assignment(
            examination=examination, into=into.id, seen_revision=into.latest_revision, by="editor"
        )
        filing = make_filing(app, row, assignment, versions(bounds), again=True)
        with app.store.begin() as tx:
            write_down(tx, app, row, assignment, filing)
    return examination
