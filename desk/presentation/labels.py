"""The words of states, events and letters on the pages, and their colours."""

from collections.abc import Mapping
from typing import Any

from desk.presentation.attention import ANSWERED
from desk.presentation.letter_standing import standing_of
from desk.store.submissions.review_queue import QueueRow
from publisher.site.pages import Badge, Tone
from redaksi import catalog
from redaksi.model import Language
from redaksi.text import clean

BADGES: dict[str, Tone] = {
    "mail arrived": "info", "accept": "ok", "revise": "warn", "incomplete": "warn", "review": "info",
    "quarantine": "bad", "failed": "bad", "letter sent": "ok", "letter draft": "", "letter held": "warn",
    "letter failed": "bad", "letter unknown": "warn", "exhausted": "info", "pairing failed": "bad", "examining failed": "bad", "release failed": "bad",
    "tidying failed": "warn", "photos not made": "warn",
}  # fmt: skip
STATES: dict[str, tuple[Tone, str]] = {  # by group: colour and icon
    "ready": ("ok", "check"),
    "decide": ("info", "eye"),
    "wrote": ("info", "mail"),
    "letter": ("warn", "mail"),
    "failed": ("bad", "warn"),
    "quarantined": ("bad", "warn"),
    "received": ("wait", "clock"),
    "untold": ("warn", "mail"),
    "revising": ("warn", "warn"),
    "incomplete": ("bad", "doc"),
    "noted": ("wait", "clock"),
    "scheduled": ("info", "clock"),
    "published": ("ok", "check"),
    "declined": ("", ""),
    "expired": ("", ""),
    "withdrawn": ("", ""),
}
GROUPS = tuple(STATES)  # in the order of the index: what an editor can act on first


def group_of(row: QueueRow) -> str:
    """The heading of the index a submission stands under."""
    flags = frozenset(row.attention.flags)
    if row.state in ANSWERED and flags:
        return "wrote" if flags - {"letter"} else "letter"
    return "untold" if is_untold(row) else standing(row)


def is_untold(row: QueueRow) -> bool:
    """Whether its contributor is waited for, and no letter that says so has left."""
    return standing_of(row) not in ("", "told")


def standing(row: QueueRow) -> str:
    """Its state; in review, whether it is ready."""
    if row.state == "review":
        return "ready" if row.decision == "accept" else "decide"
    return row.state


def badge_of(row: QueueRow, language: Language) -> Badge:
    """The state in one word; of what cannot be read, why."""
    words, group = catalog.load(language), standing(row)
    tone, icon = STATES[group]
    text = words.say("badge", group)
    if is_untold(row):
        text = words.say_or(text, "mark", f"{group}_untold")
    if row.state == "incomplete":
        icon, case = _incomplete(row)
        text = words.say("mark", case) if case else text
    return Badge(text=text, tone=tone, icon=icon)


def _incomplete(row: QueueRow) -> tuple[str, str]:
    if not row.documents:
        return "doc", "no_document"
    if any(document.readable for document in row.documents):
        return "doc", ""
    return ("lock", "locked") if row.documents[0].kind == "encrypted" else ("warn", "unread")


def event_text(what: str, facts: Mapping[str, Any], language: Language, actor: str = "") -> str:
    """One line of the history: what happened, and who did it (`actor`, as events keep it; "" for
    what needs nobody)."""
    sentence = _sentence(what, facts, language, actor)
    who = actor_text(actor, language)
    return f"{sentence} · {who}" if who else sentence


def actor_text(actor: str, language: Language) -> str:
    """Who did something, by name where an editor gave one."""
    words = catalog.load(language)
    role, _, name = actor.partition(":")
    shown = words.say_or(role, "actor", role) if role else ""
    return f"{shown} {clean.line(name, 60)}" if name.strip() else shown


def _sentence(what: str, facts: Mapping[str, Any], language: Language, actor: str) -> str:
    words = catalog.load(language)
    key = "withdraw_by_editor" if _withdrew_unasked(what, facts, actor) else what
    if facts.get("unchanged"):
        key = f"{what} unchanged"
    if key == "withdraw" and facts.get("from") == facts.get("to"):
        key = "withdraw_asked"
    sentence = words.say_or(what, "history", key)
    kind = str(facts.get("kind", ""))
    if what.startswith("letter ") and words.knows("letter_kind", kind):
        return f"{sentence}: {words.say('letter_kind', kind)}"
    if (revision := int(facts.get("try") or 0)) > 1:
        sentence = f"{words.say('mark', 'try', n=revision)} – {sentence[:1].lower()}{sentence[1:]}"
    if follows := facts.get("follows"):
        sentence = f"{sentence} ({words.say('mark', 'follows', number=follows)})"
    if facts.get("unchecked"):
        sentence = words.say("history", "unchecked", sentence=sentence)
    if facts.get("beside"):
        sentence = words.say("history", "beside", sentence=sentence)
    if paired := facts.get("with"):
        sentence = f"{sentence} ({words.say('mark', 'with', number=paired)})"
    return sentence


def _withdrew_unasked(what: str, facts: Mapping[str, Any], actor: str) -> bool:
    """Whether an editor took it back of his own accord, not its contributor."""
    if what == "confirm_withdrawal":
        return facts.get("asked_back") is False
    return what == "withdraw" and actor.partition(":")[0] == "editor"
