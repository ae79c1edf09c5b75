"""An editor opens the files that the virus scanner could not look into: from then on they are given as
they came. What it found something in stays closed while it is in quarantine."""

from desk.app import App
from desk.domain.actor import name_actor
from desk.store import events
from desk.store.inbound import mails
from desk.store.submissions import submission_rows, tries
from redaksi.catalog import Sentence
from redaksi.errors import IllegalMove
from redaksi.states import State

OPENED = "files opened"  # an event, without facts
_CLOSED: frozenset[State] = frozenset({"quarantined"})


def open_files(app: App, number: str, *, editor: str = "", account: int | None = None) -> None:
    """Raises IllegalMove where there is no such submission, it is in quarantine, or nothing of it is
    closed."""
    with app.store.begin() as tx:
        found = submission_rows.id_of(tx, number)
        if found is None:
            raise IllegalMove("no_submission", number=number)
        state = submission_rows.lock(tx, found).state
        if state in _CLOSED:
            named = Sentence(section="state", key=state)
            raise IllegalMove("files_held", number=number, state=named)
        own = tries.list_mails(tx, found)
        if mails.find_closed(tx, own) is None:
            raise IllegalMove("files_open", number=number)
        mails.clear_closed(tx, own)
        happened = events.Happened(
            at=app.clock(), actor=name_actor(editor, account), what=OPENED, submission_id=found
        )
        events.record(tx, happened)
        submission_rows.grow(tx, found)
