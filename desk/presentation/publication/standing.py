"""Where a submission stands at its targets, in words: what an editor must do, what is under way, and
what can be run about it."""

from collections.abc import Iterator, Mapping

from desk.domain.publications import OPEN, PublicationState
from desk.presentation.publication.failure import say_failure
from desk.presentation.publication.states import Doing, name_doing, say_state
from desk.store.publications.rows import BEFORE_TARGETS, CALLING_HOLDS
from desk.store.submissions.review_queue import QueueRow
from desk.store.submissions.row_publications import PublicationRow
from publisher.site.pages import Badge, Tone
from redaksi import catalog
from redaksi.model import Language

_MOST = 500  # characters of an address
_LOOKS: Mapping[PublicationState, tuple[Tone, str]] = {
    "standing": ("ok", "check"), "failed": ("bad", "warn"), "asking": ("warn", "warn"),
}  # fmt: skip


def is_calling(row: PublicationRow) -> bool:
    """Whether an editor must do something about it."""
    held = row.state == "planned" and row.code in CALLING_HOLDS
    return held or row.state in ("asking", "failed")


def is_under_way(row: PublicationRow) -> bool:
    """Whether it becomes what it should be by itself."""
    return row.state in OPEN


def badges_under_way(row: QueueRow, language: Language) -> Iterator[Badge]:
    """What becomes of it at its targets by itself."""
    for each in filter(is_under_way, row.publications):
        yield Badge(
            text=_at(row, each, _begin(each, language), language), tone="wait", icon="clock"
        )


def commands_of(row: QueueRow) -> Iterator[str]:
    """What an editor can run about its targets."""
    for each in filter(is_calling, row.publications):
        target = f" --target {each.target}" if len(row.publications) > 1 else ""
        if each.state == "failed":
            yield f"redaksi publish {row.number}{target} --retry"
        elif each.state == "planned":
            yield f"redaksi publish {row.number}{target} --now"
        elif each.wanted == "down":
            yield f"redaksi decide {row.number} taken_down{target}"
        else:
            yield f"redaksi decide {row.number} published{target} --url …"


def describe_standing(each: PublicationRow, language: Language) -> str:
    """Where it stands at one target, in a few words: "menunggu ditayangkan", "tayang"."""
    because = say_failure(each.code, each.wanted, language)
    if each.code in ("asked_back", BEFORE_TARGETS) and not (is_calling(each) or is_under_way(each)):
        return because
    words, text = catalog.load(language), _say(each, language)
    if each.state == "failed":
        return words.say("publication", "failed", what=text, why=because)
    return words.say("publication", "because", what=text, why=because) if because else text


def badge_at(each: PublicationRow, language: Language) -> Badge:
    """The same as a badge."""
    text = describe_standing(each, language)
    tone, icon = _LOOKS.get(each.state, ("wait", "clock"))
    if each.code == BEFORE_TARGETS:
        tone, icon = "", ""
    return Badge(text=text[:1].upper() + text[1:], tone=tone, icon=icon)


def is_web(url: str) -> bool:
    """Whether it may be a link: a target's own word is no script."""
    return url.startswith(("https://", "http://")) and len(url) <= _MOST


def say_call(row: QueueRow, each: PublicationRow, language: Language) -> tuple[str, str]:
    """A badge and a sentence for a target that calls an editor."""
    words, doing = catalog.load(language), _doing(each)
    why = say_failure(each.code, each.wanted, language)
    badge = _begin(each, language)
    if each.state == "failed":
        badge = words.say("publication", "failed", what=badge, why=why)
        sentence = words.say("publication.failed_sentence", doing, why=why, target=each.target)
    elif each.state == "planned":
        sentence = words.say("publication.held", each.code)
    else:
        sentence = words.say("publication.asks_sentence", doing)
    return _at(row, each, badge, language), sentence


def _doing(each: PublicationRow) -> Doing:
    return name_doing(each.wanted, is_behind=each.is_behind)


def _say(each: PublicationRow, language: Language) -> str:
    return say_state(each.state, _doing(each), language, each.code)


def _begin(each: PublicationRow, language: Language) -> str:
    """Its state as a badge begins."""
    text = _say(each, language)
    return text[:1].upper() + text[1:]


def _at(row: QueueRow, each: PublicationRow, text: str, language: Language) -> str:
    """The same with the target's name, where there are several."""
    if len(row.publications) < 2:
        return text
    return catalog.load(language).say("publication", "at", what=text, target=each.target)
