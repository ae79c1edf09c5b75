"""Where a submission stands at its targets, in words: what an editor must do, what is under way, and
what can be run about it."""

from collections.abc import Iterator
from typing import Literal

from desk.domain.publications import OPEN
from desk.presentation.publication.failure import say_failure
from desk.store.submissions.review_queue import QueueRow
from desk.store.submissions.row_publications import PublicationRow
from publisher.site.pages import Badge
from redaksi import catalog
from redaksi.model import Language

Doing = Literal["publish", "correct", "take_down"]
_HOLDS = frozenset({"too_late", "embargoed"})  # asked_back has a flag of its own


def name_doing(row: PublicationRow) -> Doing:
    """What is wanted of a target."""
    if row.wanted == "down":
        return "take_down"
    return "correct" if row.is_behind else "publish"


def is_calling(row: PublicationRow) -> bool:
    """Whether an editor must do something about it."""
    held = row.state == "planned" and row.code in _HOLDS
    return held or row.state in ("asking", "failed")


def is_under_way(row: PublicationRow) -> bool:
    """Whether it becomes what it should be by itself."""
    return row.state in OPEN


def badges_under_way(row: QueueRow, language: Language) -> Iterator[Badge]:
    """What becomes of it at its targets by itself."""
    words = catalog.load(language)
    for each in filter(is_under_way, row.publications):
        text = words.say("publication.under_way", name_doing(each))
        yield Badge(text=_at(row, each, text, language), tone="wait", icon="clock")


def commands_of(row: QueueRow) -> Iterator[str]:
    """What an editor can run about its targets."""
    for each in filter(is_calling, row.publications):
        target = f" --target {each.target}" if len(row.publications) > 1 else ""
        if each.state == "failed":
            yield f"redaksi publish {row.number}{target} --retry"
        elif each.state == "planned":
            yield f"redaksi publish {row.number}{target} --now"
        elif each.wanted == "down":
            yield f"redaksi decide {row.number} taken_down"
        else:
            yield f"redaksi decide {row.number} published --url …"


def describe_standing(row: QueueRow, each: PublicationRow, language: Language) -> str:
    """Where it stands at one target, in a few words: "menunggu ditayangkan", "tayang"."""
    words = catalog.load(language)
    if is_calling(each):
        return say_call(row, each, language)[0]
    if is_under_way(each):
        text = words.say("publication.under_way", name_doing(each))
    elif each.code in ("asked_back", "before_targets"):
        return say_failure(each.code, each.wanted, language)
    else:
        return words.say("publication.state", each.state)
    because = say_failure(each.code, each.wanted, language)
    return words.say("publication", "because", what=text, why=because) if because else text


def say_call(row: QueueRow, each: PublicationRow, language: Language) -> tuple[str, str]:
    """A badge and a sentence for a target that calls an editor."""
    words, doing = catalog.load(language), name_doing(each)
    why = say_failure(each.code, each.wanted, language)
    if each.state == "failed":
        badge = words.say("publication.failed", doing, why=why)
        sentence = words.say("publication.failed_sentence", doing, why=why, target=each.target)
    elif each.state == "planned":
        badge = words.say("publication.asks", doing)
        sentence = words.say("publication.held", each.code)
    else:
        badge = words.say("publication.asks", doing)
        sentence = words.say("publication.asks_sentence", doing)
    return _at(row, each, badge, language), sentence


def _at(row: QueueRow, each: PublicationRow, text: str, language: Language) -> str:
    """The same with the target's name, where there are several."""
    if len(row.publications) < 2:
        return text
    return catalog.load(language).say("publication", "at", what=text, target=each.target)
