"""Letters that wait for an editor: the list, and one as it is read before it goes."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from desk.app import App
from desk.presentation.reasons import in_words
from desk.presentation.stored_lines import text_in_words
from desk.presentation.submission_page import TONES
from desk.store import Transaction
from desk.store.editors import accounts
from desk.store.outbound import outbox_queries
from desk.store.outbound.letters import Stored
from desk.store.outbound.outbox_queries import WAITS_FOR_WORD, Draft
from desk.store.submissions import numbers
from desk.workflow.deciding.letters import look_at
from publisher.site.pages import Badge
from redaksi import catalog

SHOWN = 50  # letters of a list; the next ones stand there when these are done


class LetterRow(Struct, frozen=True, kw_only=True):
    """A letter of the list. `number` and `title`: of its submission, where it is about one."""

    id: int
    kind: str
    state: Badge
    to: str
    subject: str
    why: str
    number: str
    title: str


class LetterList(Struct, frozen=True, kw_only=True):
    """The first SHOWN of `count`."""

    rows: tuple[LetterRow, ...]
    count: int


class LetterPage(Struct, frozen=True, kw_only=True):
    """A letter, read before it goes."""

    id: int
    kind: str
    state: Badge
    to: str
    subject: str
    why: str
    number: str
    title: str
    source: str
    text: str
    facts_hash: str
    is_true: bool
    may_edit: bool
    may_renew: bool
    may_send: bool
    is_broken: bool
    is_unknown: bool
    editor: str
    edited_at: datetime | None


def list_letters(app: App) -> tuple[LetterList, LetterList]:
    """The letters an editor may have a word about, the longest due first: those that wait for it,
    and those that leave by themselves."""
    with app.store.read() as tx:
        found = outbox_queries.drafts(tx)
        waiting = [each for each in found if each.state in WAITS_FOR_WORD]
        held = [each for each in found if each.state not in WAITS_FOR_WORD]
        shown = [*waiting[:SHOWN], *held[:SHOWN]]
        names = numbers.names_of(tx, {each.submission_id or 0 for each in shown})

    def make(letters: Sequence[Draft]) -> LetterList:
        rows = (
            _make_row(app, each, *names.get(each.submission_id or 0, ("", "")))
            for each in letters[:SHOWN]
        )
        return LetterList(rows=tuple(rows), count=len(letters))

    return make(waiting), make(held)


def open_letter(app: App, letter_id: int) -> LetterPage | None:
    """One letter as it would leave now; None where there is none of that number."""
    with app.store.read() as tx:
        standing = look_at(tx, app, letter_id)
        if standing is None:
            return None
        letter = standing.letter
        row = _make_row(app, _as_draft(letter), *_name_submission(tx, letter.submission_id))
        editor = _name_editor(tx, letter.edited_by)
    return LetterPage(
        id=row.id,
        kind=row.kind,
        state=row.state,
        to=row.to,
        subject=row.subject,
        why=row.why,
        number=row.number,
        title=row.title,
        source=standing.source,
        text=standing.text,
        facts_hash=standing.facts_hash,
        is_true=standing.is_true,
        may_edit=standing.may_edit,
        may_renew=standing.may_renew,
        may_send=letter.state in outbox_queries.FOR_EDITORS,
        is_broken=standing.broken,
        is_unknown=letter.state == "unknown",
        editor=editor,
        edited_at=letter.edited_at,
    )


def _make_row(app: App, letter: Draft, number: str, title: str) -> LetterRow:
    words = catalog.load(app.config.language)
    tone = TONES.get(letter.state, "warn")
    why = text_in_words(letter.last_error, words.language) or in_words(
        letter.reason, words.language
    )
    return LetterRow(
        id=letter.id,
        kind=words.say_or(letter.kind, "letter_kind", letter.kind),
        state=Badge(text=words.say("letter_state", letter.state), tone=tone, icon="mail"),
        to=letter.to,
        subject=letter.subject,
        why=why,
        number=number,
        title=title,
    )


def _as_draft(letter: Stored) -> Draft:
    return Draft(
        id=letter.id,
        kind=letter.kind,
        to=letter.to,
        subject=letter.subject,
        state=letter.state,
        reason=letter.reason,
        last_error=letter.last_error,
        submission_id=letter.submission_id,
    )


def _name_submission(tx: Transaction, submission_id: int | None) -> tuple[str, str]:
    if submission_id is None:
        return "", ""
    return numbers.names_of(tx, [submission_id]).get(submission_id, ("", ""))


def _name_editor(tx: Transaction, account_id: int | None) -> str:
    if account_id is None:
        return ""
    return accounts.names_of(tx, [account_id]).get(account_id, "")
