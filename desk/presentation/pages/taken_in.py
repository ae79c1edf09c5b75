"""What was taken in at the desk, and how far it is."""

from msgspec import Struct

from desk.app import App
from desk.presentation.reasons import in_words
from desk.store import Transaction
from desk.store.inbound import mails
from desk.store.submissions import threads, tries
from desk.store.submissions.tries import filed_as


class TakenInView(Struct, frozen=True, kw_only=True):
    """A mail of the desk's own. `number`: the submission it is filed as; "" while it waits, and for
    what became none (`is_examined`), then `why`."""

    number: str
    is_examined: bool
    why: str = ""


def find_taken_in(app: App, mail_id: int) -> TakenInView | None:
    """The mail of this id; None for what was not taken in at the desk."""
    with app.store.read() as tx:
        row = mails.find_imported(tx, mail_id)
        if row is None:
            return None
        number = _find_number(tx, mail_id)
    why = in_words(row.reason, app.config.language) if row.reason else ""
    return TakenInView(number=number, is_examined=row.state != "received", why=why)


def _find_number(tx: Transaction, mail_id: int) -> str:
    own = filed_as(tx, mail_id) or tries.joined(tx, mail_id)
    return threads.get(tx, own[0]).number if own else ""
