"""Why an article does not stand where it should, in words."""

from desk.domain.publications import Wanted
from redaksi import catalog
from redaksi.model import Language

_HOLDS = frozenset(
    {"asked_back", "embargoed", "too_late", "restored"}
)  # paused is a target, never a row


def say_failure(code: str, wanted: Wanted, language: Language) -> str:
    """A code of a publication's row in words: why it failed, is put off or held; "" for none. What
    was to be taken down and is "not_seen" to be gone is still seen."""
    if not code:
        return ""
    words = catalog.load(language)
    if code in _HOLDS:
        return words.say("publish_hold", code)
    key = "still_seen" if code == "not_seen" and wanted == "down" else code
    return words.say_or(code, "publish_failure", key)
