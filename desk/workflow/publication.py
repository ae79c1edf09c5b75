"""Publication: a stand-in, nothing is handed to a target yet."""

from desk.app import App
from desk.store import Transaction
from desk.store.submissions import due as due_rows
from desk.workflow.decisions import happen, is_asked_back


def due(tx: Transaction, app: App) -> list[int]:
    """What is scheduled for now or before, unless its contributor asked for it back."""
    found = due_rows.to_be_published(tx, app.clock())
    return [one for one in found if not is_asked_back(tx, one)]


def publish(app: App, submission_id: int) -> bool:
    """Let one be published; whether it was."""
    with app.store.begin() as tx:
        may = due_rows.is_to_be_published(tx, submission_id, app.clock())
        if not may or is_asked_back(tx, submission_id):
            return False
        happen(
            tx,
            app,
            submission_id,
            "publish",
            "publisher",
            idempotency_key=f"submission:{submission_id}:published",
            publish_at=due_rows.publish_at(tx, submission_id),
        )
        return True
