"""How it stands with the letter that asks a contributor for something: nobody is said to have been
told by a letter that did not leave."""

from typing import Literal

from desk.store.submissions.review_queue import QueueRow
from desk.workflow.submission_letters import ASKS, RETURNS
from redaksi.states import WAITS_FOR_CONTRIBUTOR

Standing = Literal["", "told", "waits", "leaves", "none"]
_LEFT = frozenset({"sent", "unknown"})
_LEAVES = frozenset({"queued", "held", "sending"})


def standing_of(row: QueueRow) -> Standing:
    """ "waits": for an editor's word. "leaves": by itself, later. "none": none was written about the
    newest revision. "": its contributor is not waited for."""
    if row.state not in WAITS_FOR_CONTRIBUTOR:
        return ""
    asked = [
        letter.state
        for letter in row.letters
        if letter.kind in ASKS and letter.revision_id == row.revision_id
    ]
    if any(state in _LEFT for state in asked):
        return "told"
    if any(state in _LEAVES for state in asked):
        return "leaves"
    return "waits" if asked else "none"


def count_returns(row: QueueRow) -> int:
    """How often a letter that asks for mending left."""
    return sum(letter.kind in RETURNS and letter.state in _LEFT for letter in row.letters)
