"""The page an editor speaks of is looked at before the word is taken: what readers see there, or see no
more. Outside any transaction."""

from collections.abc import Sequence

from desk.app import App
from desk.store import Transaction
from desk.store.publications import editions, rows
from desk.store.publications.rows import Row
from desk.store.submissions import accepted, threads
from desk.workflow.deciding.check import check_decision
from desk.workflow.deciding.decision import Decision
from desk.workflow.publishing.correct import find
from desk.workflow.publishing.elsewhere import check_elsewhere, is_elsewhere, is_known
from desk.workflow.publishing.plan import leading_target, name_leading
from desk.workflow.publishing.tools import speak_as_reader
from publisher.targets.http import Http
from publisher.targets.page import look, look_gone
from redaksi.config.publish import PublishTarget
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
        state, stored = threads.get(tx, found).state, rows.of_submission(tx, found)
        if is_elsewhere(app, state, stored, decision):
            check_elsewhere(app, number, state, stored, decision)
        else:
            find_transition(state, decision.event, "editor")
        headline = decision.headline or _find_headline(tx, found)
    target = decision.target or name_leading(app, stored)
    is_said = decision.event == "publish" and is_known(stored, target, decision.url)
    if decision.unchecked or is_said:
        return
    http = speak_as_reader(_find_target(app, target))
    if decision.event == "taken_down":
        _check_gone(http, stored, target, headline)
        return
    if not headline:
        raise IllegalMove("headline_unknown")
    if look(http, decision.url, [headline]) != "seen":
        raise IllegalMove("headline_not_seen", url=decision.url, headline=headline)


def _check_gone(http: Http, stored: Sequence[Row], target: str, headline: str) -> None:
    url = next((row.known.url for row in stored if row.target == target), "")
    if url and look_gone(http, url, headline) != "gone":
        raise IllegalMove("may_still_be_seen", url=url)


def _find_target(app: App, name: str) -> PublishTarget:
    """The target's own settings; what is configured no more is looked at as the leading one is."""
    named = (target for target in app.config.publish.targets if target.id == name)
    return next(named, leading_target(app))


def _find_headline(tx: Transaction, submission_id: int) -> str:
    """The newest edition's; where nothing was scheduled yet, what an edition would have."""
    edition = editions.newest(tx, submission_id)
    if edition is not None:
        return edition.edition.headline
    wanted = accepted.get_accepted(tx, submission_id)
    judged = threads.at_revision(tx, submission_id, wanted.revision)
    document = judged.submission.document if judged is not None else None
    return wanted.headline or (document.title if document is not None else "")
