"""What a contributor did since an editor last decided, in words."""

from desk.store.submissions.review_queue import QueueRow
from redaksi import catalog
from redaksi.model import Language
from redaksi.states import State

# what a contributor says then would stand where no editor looks
ANSWERED: frozenset[State] = frozenset(
    {
        "revising",
        "incomplete",
        "noted",
        "scheduled",
        "published",
        "declined",
        "expired",
        "withdrawn",
    }
)


def sentences_of(row: QueueRow, language: Language) -> list[tuple[str, str]]:
    """What the contributor did since an editor last decided: a badge and a sentence each, the
    gravest first."""
    words, shown = catalog.load(language), []
    for word in ("withdrawal", "unwritten", "bounced", "changed", "message"):
        if word in row.attention.flags:
            case = f"{word}_{row.state}"
            key = case if words.knows("attention.badge", case) else word
            told = "message_words" if key == "message" and row.written else key
            facts = {"revision": row.accepted_revision, "words": row.written}
            sentence = words.say("attention.sentence", told, **facts)
            shown.append((words.say("attention.badge", key), sentence))
    return shown
