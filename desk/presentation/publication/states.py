"""How a submission stands at a target, in words: of the pages and of the command line alike."""

from typing import Literal

from desk.domain.publications import PublicationState, Wanted
from desk.store.publications.rows import CALLING_HOLDS
from redaksi import catalog
from redaksi.model import Language

Doing = Literal["publish", "correct", "take_down"]
_WHATEVER_IS_DONE = frozenset({"planned", "standing", "down", "cancelled"})


def name_doing(wanted: Wanted, *, is_behind: bool) -> Doing:
    """What is wanted of a target. `is_behind`: something stands there, and another edition
    should."""
    if wanted == "down":
        return "take_down"
    return "correct" if is_behind else "publish"


def say_state(state: PublicationState, doing: Doing, language: Language, code: str = "") -> str:
    """A state in a few words, as they stand inside a sentence: "menunggu ditayangkan"."""
    return catalog.load(language).say("publication.state", key_of_state(state, doing, code))


def key_of_state(state: PublicationState, doing: Doing, code: str = "") -> str:
    """The key of those words. `code`: what holds it; what an editor must let go waits for him as what
    is asked does."""
    if state == "planned" and code in CALLING_HOLDS:
        state = "asking"
    return state if state in _WHATEVER_IS_DONE else f"{state}_{doing}"
