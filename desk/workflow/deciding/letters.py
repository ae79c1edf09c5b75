"""An editor and a letter that waits: read, edited, sent, composed anew, dropped. One at a time."""

from msgspec import Struct

from desk.app import App
from desk.domain.actor import name_actor
from desk.store import Transaction
from desk.store.editors.accounts import Account
from desk.store.outbound import outbox, outbox_queries
from desk.store.outbound.letter_rows import lock_row, tell
from desk.store.outbound.letters import Stored
from desk.store.outbound.recompose import Edited
from desk.store.tables import LetterState
from desk.workflow import drafts
from publisher.letters.source import LetterText
from redaksi.errors import IllegalMove, Unwritable

_EDITABLE: tuple[LetterState, ...] = ("draft", "held", "failed")


class Standing(Struct, frozen=True, kw_only=True):
    """A letter as it would leave now. `is_true`: what it says is still so; `may_edit`: its words can
    be changed; `may_renew`: they are not those that it would be composed of now; `broken`: its template fails on it, and it stands as it was composed."""

    letter: Stored
    source: str
    text: str
    facts_hash: str
    is_true: bool
    may_edit: bool
    may_renew: bool = False
    broken: bool = False


def look_at(tx: Transaction, app: App, letter_id: int) -> Standing | None:
    """A letter as it would leave now; None where there is none. Writes nothing."""
    letter = outbox.get(tx, letter_id)
    if letter is None:
        return None
    broken = False
    try:
        fresh = drafts.compose_now(tx, app, letter, any_state=letter.state in _EDITABLE)
    except Unwritable:
        fresh, broken = None, True
    goes_anew = fresh is not None and letter.state == "draft" and letter.edited_by is None
    shown = fresh.letter if fresh is not None and goes_anew else letter
    may_edit = fresh is not None and letter.state in _EDITABLE and bool(shown.source)
    return Standing(
        letter=letter,
        source=shown.source,
        text=shown.text,
        facts_hash=shown.facts_hash,
        is_true=drafts.is_true(tx, letter),
        may_edit=may_edit,
        may_renew=may_edit and not goes_anew,
        broken=broken,
    )


def send_letter(app: App, letter_id: int, shown: LetterText, account: Account) -> bool:
    """Let it leave as it was shown, or as it was edited on the same page; whether it will. It is
    dropped where what it says is no longer so.

    Raises LetterChanged, IllegalMove, Unwritable; RedaksiError where no letter can leave at all.
    """
    drafts.check_leaving(app)
    actor = name_actor(account=account.id)
    with app.store.begin() as tx:
        letter = outbox.lock_releasable(tx, letter_id)
        if shown.is_untouched or not drafts.is_true(tx, letter):
            goes = drafts.release(tx, app, letter_id, actor, shown if shown.is_untouched else None)
        else:
            _save(tx, app, letter_id, shown, account)
            goes = drafts.release(tx, app, letter_id, actor)
        if goes:
            app.new_letter.ring_after(tx)
    return goes


def save_letter(app: App, letter_id: int, shown: LetterText, account: Account) -> None:
    """Keep an editor's words. Raises LetterChanged, IllegalMove, Unwritable."""
    with app.store.begin() as tx:
        if not shown.is_untouched:
            _save(tx, app, letter_id, shown, account)


def compose_letter_anew(app: App, letter_id: int, account: Account) -> None:
    """Our words again, as facts stand now. Raises IllegalMove, Unwritable."""
    with app.store.begin() as tx:
        row = lock_row(tx, letter_id, *_EDITABLE)
        letter = _get(tx, letter_id)
        fresh = drafts.compose_now(tx, app, letter, any_state=True)
        if fresh is None:
            raise IllegalMove("letter_not_editable")
        ours = LetterText(source=fresh.letter.source, facts_hash=fresh.letter.facts_hash)
        drafts.write_anew(tx, app, letter, fresh, ours)
        tell(tx, row, "letter edited", name_actor(account=account.id), app.clock(), "")


def drop_letter(app: App, letter_id: int, account: Account) -> None:
    """It will not be sent. Raises IllegalMove."""
    with app.store.begin() as tx:
        outbox.drop(tx, letter_id, app.clock(), name_actor(account=account.id))


def find_next_letter(app: App, letter_id: int) -> int | None:
    """The letter that waits for an editor's word behind this one, else the first; None: none does.
    Asked before this one is sent."""
    with app.store.read() as tx:
        found = outbox_queries.drafts(tx)
    waiting = [each.id for each in found if each.state in outbox_queries.WAITS_FOR_WORD]
    place = waiting.index(letter_id) + 1 if letter_id in waiting else 0
    rest = [each for each in (*waiting[place:], *waiting[:place]) if each != letter_id]
    return next(iter(rest), None)


def _save(tx: Transaction, app: App, letter_id: int, shown: LetterText, account: Account) -> None:
    row = lock_row(tx, letter_id, *_EDITABLE)
    letter = _get(tx, letter_id)
    fresh = drafts.compose_now(tx, app, letter, any_state=True)
    if fresh is None:
        raise IllegalMove("letter_not_editable")
    edited = Edited(account_id=account.id, at=app.clock())
    drafts.write_anew(tx, app, letter, fresh, shown, edited)
    tell(tx, row, "letter edited", name_actor(account=account.id), app.clock(), "")


def _get(tx: Transaction, letter_id: int) -> Stored:
    letter = outbox.get(tx, letter_id)
    if letter is None:
        raise IllegalMove("letter_is_unknown", number=letter_id)
    return letter
