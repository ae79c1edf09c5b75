"""What a contributor did since an editor last decided, in words."""

from desk.domain.attention import OF_TARGETS
from desk.presentation.publication.standing import is_calling, say_call
from desk.store.outbound.outbox_queries import WAITS_FOR_WORD
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
    """What the contributor did since an editor last decided, or a letter could not do: a badge and
    a sentence each, the gravest first."""
    shown: list[tuple[str, str]] = []
    for flag in (
        "publish_failed",
        "withdrawal",
        "asking",
        "unwritten",
        "letter",
        "bounced",
        "pairing",
        "changed",
        "message",
    ):
        if flag in OF_TARGETS and row.publications:
            shown += [call for call in _calls(row, flag, language) if call not in shown]
        elif flag == "letter" and flag in row.attention.flags:
            shown += _letters(row, catalog.load(language))
        elif flag in row.attention.flags:
            shown.append(_flag(row, flag, catalog.load(language)))
    return shown


def _calls(row: QueueRow, flag: str, language: Language) -> list[tuple[str, str]]:
    """Of the targets that failed, or that ask an editor."""
    failed = [each for each in row.publications if (each.state == "failed") == (flag != "asking")]
    return [say_call(row, each, language) for each in failed if is_calling(each)]


def _flag(row: QueueRow, flag: str, words: catalog.Catalog) -> tuple[str, str]:
    case = f"{flag}_{row.state}"
    key = case if words.knows("attention.badge", case) else flag
    spoken = "message_words" if key == "message" and row.written else key
    facts = {"revision": row.accepted_revision, "words": row.written.rstrip(". ")}
    return words.say("attention.badge", key), words.say("attention.sentence", spoken, **facts)


def _letters(row: QueueRow, words: catalog.Catalog) -> list[tuple[str, str]]:
    waiting = {
        letter.state: letter.kind for letter in row.letters if letter.state in WAITS_FOR_WORD
    }
    return [
        (
            words.say("attention.badge", f"letter_{state}"),
            words.say(
                "attention.sentence",
                f"letter_{state}",
                kind=words.say_or(kind, "letter_kind", kind),
            ),
        )
        for state, kind in waiting.items()
    ]
