"""Publication: what is due asks an editor, who publishes it and gives its address. Nothing is called
published for its hour alone."""

from desk.app import App
from desk.store import Transaction, events
from desk.store.submissions import due as due_rows
from desk.workflow.decisions import is_asked_back


def due(tx: Transaction, app: App) -> list[int]:
    """What is scheduled for now or before and asks nobody yet, unless its contributor asked for it
    back."""
    found = due_rows.to_be_published(tx, app.clock())
    return [submission_id for submission_id in found if not is_asked_back(tx, submission_id)]


def ask(app: App, submission_id: int) -> bool:
    """Let one whose hour has come call an editor; whether it did."""
    with app.store.begin() as tx:
        may = due_rows.is_to_be_published(tx, submission_id, app.clock())
        if not may or is_asked_back(tx, submission_id):
            return False
        asked = events.Happened(
            at=app.clock(),
            actor="publisher",
            what="publication asked",
            submission_id=submission_id,
        )
        events.record(tx, asked)
        return True
