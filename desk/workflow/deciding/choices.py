"""What an editor may choose about a submission, in the words of the form. Pure."""

from collections.abc import Mapping

from redaksi.states import TRANSITIONS, Event, State

# a word of the form, and what then happens; the first that the table of transitions allows
_EVENTS: Mapping[str, tuple[Event, ...]] = {
    "jadwalkan": ("schedule",),
    "kembalikan": ("return",),
    "tolak": ("decline",),
    "catatan": ("note",),
    "tayang": ("publish",),
    "batal-jadwal": ("unschedule",),
    "tarik": ("withdraw", "confirm_withdrawal"),
    "turunkan": ("take_down",),
    "sudah-turun": ("taken_down",),
    "buka": ("reopen",),
    "jadikan": ("adopt",),
    "bukan": ("discard",),
    "dibaca": ("seen",),
}
# what is in quarantine is released by who looks into it safely, and on no other page
_CLOSED: frozenset[State] = frozenset({"quarantined"})
MAIN = ("jadwalkan", "kembalikan", "tolak")
DOWN = ("turunkan", "sudah-turun")  # all that is left of what was deleted
WORDS = tuple(_EVENTS)


def list_choices(state: State) -> tuple[str, ...]:
    """The words that may be chosen in this state, in the order of the form."""
    if state in _CLOSED:
        return ()
    return tuple(word for word in WORDS if find_event(word, state) is not None)


def find_event(word: str, state: State) -> Event | None:
    """What a word means in this state; None where it may not be chosen."""
    for event in _EVENTS.get(word, ()):
        row = TRANSITIONS.get((state, event))
        if row is not None and "editor" in row.actors:
            return "withdraw" if event == "confirm_withdrawal" else event
    return None


def name_event(word: str) -> Event | None:
    """What a word means in any state; None for no word of ours."""
    return _EVENTS[word][0] if word in _EVENTS else None


def writes_letter(word: str, state: State) -> bool:
    """Whether a letter is due with it."""
    rows = (TRANSITIONS.get((state, event)) for event in _EVENTS.get(word, ()))
    return any(row is not None and row.letter for row in rows)
