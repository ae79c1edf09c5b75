"""The page an editor speaks of is looked at before the word is taken: what readers see there, or see no
more. Outside any transaction."""

from desk.app import App
from desk.store import Transaction
from desk.store.publications import editions, rows
from desk.store.submissions import accepted, threads
from desk.workflow.deciding.check import check_decision
from desk.workflow.deciding.decision import Decision
from desk.workflow.publishing.correct import find
from desk.workflow.publishing.plan import find_leading, leading_target
from desk.workflow.publishing.tools import speak_as_reader
from publisher.targets.page import look, look_gone
from redaksi.errors import IllegalMove
from redaksi.states import find_transition


def check_page(app: App, number: str, decision: Decision) -> None:
    """Raise IllegalMove where an editor says that it is published and its headline is not seen
    there, or that it is down and it may still be seen; and for what the decision cannot be anyhow.
    `unchecked` takes the editor's word."""
    if decision.event not in ("publish", "taken_down"):
        return
    decision = check_decision(app, decision)
    with app.store.read() as tx:
        found = find(tx, number)
        find_transition(threads.get(tx, found).state, decision.event, "editor")
        headline = decision.headline or _find_headline(tx, found)
        row = find_leading(app, rows.of_submission(tx, found))
    if decision.unchecked:
        return
    http = speak_as_reader(leading_target(app))
    if decision.event == "taken_down":
        url = row.known.url if row is not None else ""
        if url and look_gone(http, url, headline) != "gone":
            raise IllegalMove("may_still_be_seen", url=url)
        return
    if not headline:
        raise IllegalMove("headline_unknown")
    if look(http, decision.url, [headline]) != "seen":
        raise IllegalMove("headline_not_seen", url=decision.url, headline=headline)


def _find_headline(tx: Transaction, submission_id: int) -> str:
    """The newest edition's; where nothing was scheduled yet, what an edition would have."""
    edition = editions.newest(tx, submission_id)
    if edition is not None:
        return edition.edition.headline
    wanted = accepted.get_accepted(tx, submission_id)
    judged = threads.at_revision(tx, submission_id, wanted.revision)
    document = judged.submission.document if judged is not None else None
    return wanted.headline or (document.title if document is not None else "")
