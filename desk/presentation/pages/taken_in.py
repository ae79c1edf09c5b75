"""What was taken in at the desk, and how far it is."""

from msgspec import Struct

from desk.app import App
from desk.presentation.reasons import in_words
from desk.store import Transaction
from desk.store.inbound import mails
from desk.store.inbound.mails import MailRow
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
        number = _find_number(tx, row)
    why = in_words(row.reason, app.config.language) if row.reason else ""
    return TakenInView(number=number, is_examined=row.state != "received", why=why)


def _find_number(tx: Transaction, row: MailRow) -> str:
    found = [*filed_as(tx, row.id), *tries.joined(tx, row.id)]
    if row.for_submission is not None and row.state == "examined":
        found.append(row.for_submission)  # it is a word about that one
    return threads.get(tx, found[0]).number if found else ""
