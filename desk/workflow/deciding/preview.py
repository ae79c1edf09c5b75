"""The letter of a decision as it stands: decided, looked at, and rolled back; and a decision that
stands only with the letter that was shown."""

from typing import NoReturn

import msgspec
from msgspec import Struct

from desk.app import App
from desk.store.outbound import outbox
from desk.workflow import decisions
from desk.workflow.deciding.decision import Decision
from publisher.letters.source import LetterText


class Preview(Struct, frozen=True, kw_only=True):
    """A letter that is not written yet. `source`: what an editor may edit of it; `facts_hash`: goes
    back with it (LetterText)."""

    kind: str
    to: str
    subject: str
    source: str
    text: str
    facts_hash: str

    @property
    def unedited(self) -> LetterText:
        """The letter as somebody sends it who changed nothing."""
        return LetterText(source=self.source, facts_hash=self.facts_hash)


class _LookedAt(Exception):
    """Carries the letter out of a transaction that must leave nothing behind."""

    def __init__(self, preview: Preview | None) -> None:
        super().__init__()
        self.preview = preview


def preview_letter(app: App, number: str, decision: Decision) -> Preview | None:
    """The letter that this decision would write, as it would write it now; None where it writes
    none. Nothing is stored.

    Raises IllegalMove as `decisions.decide` does, Unwritable when a template fails.
    """
    try:
        _look(app, number, msgspec.structs.replace(decision, letter=None))
    except _LookedAt as looked:
        return looked.preview


class _Unseen(Exception):
    """Ends a transaction whose letter nobody was shown."""


def decide_as_shown(app: App, number: str, decision: Decision) -> bool:
    """Let a decision happen, as `decisions.decide` does; whether it did. It does not, and nothing
    is stored, where it writes a letter and none was shown."""
    try:
        with app.store.begin() as tx:
            done = decisions.decide_within(tx, app, number, decision)
            is_written = done.letter_id is not None and not done.is_repeated
            if is_written and decision.letter is None:
                raise _Unseen
    except _Unseen:
        return False
    return True


def _look(app: App, number: str, decision: Decision) -> NoReturn:
    with app.store.begin() as tx:
        done = decisions.decide_within(tx, app, number, decision)
        letter = outbox.get(tx, done.letter_id) if done.letter_id is not None else None
        raise _LookedAt(
            Preview(
                kind=letter.kind,
                to=letter.to,
                subject=letter.subject,
                source=letter.source,
                text=letter.text,
                facts_hash=letter.facts_hash,
            )
            if letter is not None
            else None
        )
