"""Troubles and notes in words; each ends with its remedy."""

from collections.abc import Mapping

from desk.health.confined import name_lacking
from desk.health.trouble import Note, Trouble, TroubleCode
from desk.presentation.publication.failure import say_failure
from desk.presentation.stored_lines import text_in_words
from redaksi import catalog
from redaksi.catalog import Sentence
from redaksi.fault import word_errno, word_full, word_remedy
from redaksi.model import Language
from redaksi.text import clean

MOST = 400  # characters of a server's line
_MEGABYTE = 1 << 20


def say_trouble(trouble: Trouble, language: Language) -> str:
    """What is wrong and how it is mended."""
    key: str = trouble.code
    if trouble.facts.get("error") and trouble.code in (
        TroubleCode.UNEXAMINED,
        TroubleCode.PAGES_STALE,
    ):
        key = f"{key}_error"
    return catalog.load(language).say("trouble", key, **_word(trouble.facts, language))


def say_note(note: Note, language: Language) -> str:
    """What is worth knowing."""
    return catalog.load(language).say("note", note.code, **_word(note.facts, language))


def say_age(seconds: int, language: Language) -> str:
    """How long, in the largest whole unit: "40 detik", "22 menit", "5 jam", "2 hari"."""
    words = catalog.load(language)
    if seconds < 60:
        return words.say("age", "seconds", n=seconds)
    if seconds < 3600:
        return words.say("age", "minutes", n=seconds // 60)
    if seconds < 48 * 3600:
        return words.say("age", "hours", n=seconds // 3600)
    return words.say("age", "days", n=seconds // 86400)


def group_digits(number: int, language: Language) -> str:
    """1240 as "1.240" or "1,240"."""
    return f"{number:,}".replace(",", "." if language == "id" else ",")


def _word_fault(number: int, facts: Mapping[str, object]) -> Sentence:
    counts = [facts.get(name) for name in ("free", "inodes_free", "inodes")]
    free, inodes_free, inodes = (count if isinstance(count, int) else -1 for count in counts)
    return word_errno(number) if free < 0 else word_full(free, inodes_free, inodes)


def _word_failure(code: str, detail: str, language: Language) -> str:
    """Why a target takes nothing, its own word beside."""
    why = say_failure(code, "up", language)
    return f"{why} ({clean.line(detail, MOST)})" if detail else why


def _word(facts: Mapping[str, object], language: Language) -> dict[str, object]:
    """Each fact as the sentences say it."""
    worded: dict[str, object] = {}
    for name, fact in facts.items():
        if name == "age" and isinstance(fact, int):
            worded[name] = say_age(fact, language)
        elif name == "error":
            worded[name] = clean.line(text_in_words(str(fact), language), MOST).rstrip(". ")
        elif name == "errno" and isinstance(fact, int):
            worded |= {"fault": _word_fault(fact, facts), "remedy": word_remedy(fact)}
        elif name == "code":
            worded["why"] = _word_failure(str(fact), str(facts.get("detail", "")), language)
        elif name == "lacking" and isinstance(fact, list):
            worded[name] = name_lacking(tuple(fact))
        elif name == "causes" and isinstance(fact, Mapping):
            worded[name] = [
                Sentence(section="died", key=str(cause), facts={"n": count})
                for cause, count in sorted(fact.items())
            ]
        elif name in ("free", "least", "total", "done", "listed") and isinstance(fact, int):
            worded[name] = group_digits(fact, language)
            worded[f"{name}_mb"] = group_digits(fact // _MEGABYTE, language)
        else:
            worded[name] = fact
    return worded
