"""A store that was brought back from a backup sends nothing by itself of what happened before: it may
have been sent already, by the installation that is no more."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress

from desk.app import App
from desk.inbound.accounts import imap_account
from desk.store import Transaction, events, schema_meta
from desk.store.inbound import mails
from desk.store.outbound import brought_back
from desk.store.outbound.letters import Stored
from desk.store.schema_meta import RESTORED, SENT_ASKED
from ingest.fetch.mailbox import open_mailbox
from redaksi.errors import IllegalMove

_OWN_DEEDS = frozenset({"clock", "worker", "poller", "publisher"})
Hold = Callable[[Transaction], None]


def is_old(tx: Transaction, mail_id: int | None, submission_id: int | None) -> bool:
    """Whether a letter is about something of before a restore: a mail that arrived by then, or a
    submission with which nobody did anything since."""
    restored = schema_meta.moment_of(tx, RESTORED)
    if restored is None:
        return False
    if mail_id is not None:
        mail = mails.get(tx, mail_id)
        return min(mail.internaldate or mail.received_at, mail.received_at) < restored
    if submission_id is None:
        return False  # the editors' own morning summary
    deeds = [e.at for e in events.of_submission(tx, submission_id) if e.actor not in _OWN_DEEDS]
    return max(deeds, default=restored) <= restored


def is_unasked(tx: Transaction) -> bool:
    """Whether the Sent folder is still to be asked for what left after the backup."""
    restored = schema_meta.value_of(tx, RESTORED)
    return restored is not None and schema_meta.value_of(tx, SENT_ASKED) != restored


def ask_sent(app: App, hold: Hold) -> None:
    """Count as sent what the Sent folder has of the letters of the backup. Once: what is written
    later may bear a Message-ID of before, for another submission. `hold` raises where somebody else
    sends by now.

    Raises ServerError or StoreError: then it is asked again, and all of them wait for an editor.
    """
    with app.store.read() as tx:
        restored = schema_meta.moment_of(tx, RESTORED)
        letters = brought_back.list_unsure(tx, restored) if restored else []
    found = _find_in_sent(app, letters)
    with app.store.begin() as tx:
        hold(tx)
        for letter in found:
            with suppress(IllegalMove):  # an editor was faster
                brought_back.mark_found(tx, letter.id, app.clock())
        schema_meta.change(tx, SENT_ASKED, schema_meta.value_of(tx, RESTORED) or "")


def _find_in_sent(app: App, letters: Sequence[Stored]) -> list[Stored]:
    """Those that the Sent folder has; none where no relay of ours files copies."""
    where = app.config.reply.sent
    found: list[Stored] = []
    for box in app.config.mailbox if where else ():
        own = [letter for letter in letters if letter.mailbox == box.id]
        if not own:
            continue
        with ExitStack() as stack:
            mailbox = stack.enter_context(open_mailbox(imap_account(app, box)))
            folder = mailbox.special("\\Sent") if where == "gmail" else where
            found += [x for x in own if folder and mailbox.find_message_id(folder, x.message_id)]
    return found
