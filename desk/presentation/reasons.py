"""Why something stands where it stands, in an editor's words.

The rooms below give a code with facts; here it becomes a sentence of the reader's language, from the
catalog. Pure.
"""

from redaksi import catalog
from redaksi.catalog.stored import say_stored
from redaksi.model import Language
from redaksi.reasons import Reason, ReasonCode, code_of
from redaksi.sender_rule import SenderRule
from redaksi.text import clean

# Reasons of a mail from a person in good order: it had simply nothing to examine.
_NOTHING_CAME = frozenset(
    {
        None,
        ReasonCode.NO_DOCUMENT,
        ReasonCode.DMARC_PASS,
        ReasonCode.DMARC_FAIL,
        ReasonCode.DMARC_UNSURE,
        ReasonCode.NO_AUTHSERV_ID,
        ReasonCode.TAKEN_IN,
    }
)


def in_words(reason: Reason | None, language: Language) -> str:
    """A reason as an editor reads it; "" for one that says nothing an editor needs."""
    if reason is None:
        return ""
    words = catalog.load(language)
    try:
        return clean.line(words.say("reasons", reason.code, **_facts(reason, words)))
    except KeyError:  # a fact that an old release did not write down
        return clean.line(str(reason))


def explain_unjudged(reason: Reason | None, language: Language) -> str:
    """Why this one file was not judged, where it is shown; "" where it was, or where there is
    nothing to say of it."""
    if reason is None:
        return ""
    words = catalog.load(language)
    try:
        return clean.line(words.say("unjudged", reason.code, **_facts(reason, words)))
    except KeyError:
        return in_words(reason, language)


def _facts(reason: Reason, words: catalog.Catalog) -> dict[str, str]:
    """What its sentence names, in words."""
    facts = {name: say_stored(fact, words) for name, fact in reason.facts.items()}
    if doubts := facts.get("doubts"):
        facts["doubts"] = ". ".join(
            words.say_or(doubt, "doubts", doubt) for doubt in doubts.split(", ")
        )
    if missing := facts.get("missing"):
        facts["missing"] = ", ".join(
            words.say_or(what, "unread.what", what) for what in missing.split(", ")
        )
    if which := facts.get("which"):
        facts["which"] = words.say_or(which, "budgets", which)
    if reader := facts.get("reader"):
        facts["reader"] = words.say_or(reader, "readers", reader)
    return facts


def passed_over(reason: Reason | None, language: Language) -> str:
    """Why a mail is no submission. One that came from a person in good order had simply nothing
    to examine."""
    if code_of(reason) in _NOTHING_CAME:
        return catalog.load(language).say("shown", "nothing_came")
    return in_words(reason, language)


def explain_rule(rule: SenderRule | None, language: Language) -> str:
    """Why a sound submission stands before an editor instead of being answered; "" where the rule
    that decided says nothing of it."""
    return catalog.load(language).say_or("", "shown", rule or "")


def noted(note: str, language: Language) -> str:
    """A reader's note on a document or photo."""
    return catalog.load(language).say_or(note, "notes", note)
