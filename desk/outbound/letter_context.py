"""From what was judged to what a letter speaks of. Pure; sentences come from the rules through
`say`."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from desk.domain.overrides import Overrides, keep_standing
from desk.store.submissions.threads import Posted, Thread
from publisher.letters.letter_context import FindingText, LetterContext, LetterKind
from redaksi.arrival import Mail
from redaksi.companions import find_came
from redaksi.model import Assessment, Finding, Language, Photo
from redaksi.text import clean, locale
from validators.kinds import STILLS
from validators.registry import RULES, make_rulebook
from validators.seen import find_article, find_closed
from validators.words import say

PATIENCE = timedelta(days=14)  # how long we wait for what is to be mended before a reminder
_SECTIONS = {rule.code: rule.section for rule in RULES}
_TOLD_BY_THE_CONTRIBUTOR = frozenset({"name", "label", "words"})
_REPLACED = frozenset({"photo-too-small", "photo-broken", "photo-too-large"})
_MOST_NAMED = 5  # files in one sentence
LETTERS: tuple[LetterKind, ...] = ("accepted", "revise", "unreadable", "nothing-attached")


def context_of_assessment(
    judged: Assessment,
    mail: Mail,
    *,
    to: str,
    language: Language,
    number: str,
    try_number: int,
    received: datetime,
    active: frozenset[str],
) -> LetterContext:
    """What a letter about `judged`, in answer to `mail`, may say. `received` is in the redaksi's
    zone; `active` are the sections of the rules that were looked at."""
    submission = judged.submission
    document = submission.document
    readable = document if document and document.readable else None
    return LetterContext(
        language=language,
        to=to,
        name=mail.from_name,
        subject=mail.subject,
        message_id=mail.message_id,
        references=mail.references,
        number=number,
        try_number=try_number,
        title=readable.title if readable else "",
        document=readable.name if readable else "",
        characters=readable.characters if readable and readable.judged else 0,
        photos=_count_pictures(submission.photos),
        received=received,
        findings=tuple(
            finding_text_of(f, language) for f in judged.findings if f.severity == "must"
        ),
        notes=tuple(finding_text_of(f, language) for f in judged.findings if f.severity != "must"),
        fine=praised_sections(judged, active),
        replaces_photo=_has_photo_to_replace(judged),
        others=_others(judged, language),
        unopened=tuple(other.name for other, _ in find_closed(submission)),
        links=submission.links,
    )


def context_of_thread(
    one: Thread,
    posted: Posted,
    *,
    now: datetime,
    active: frozenset[str],
    overrides: Overrides = (),
) -> LetterContext:
    """What a letter that answers no mail of its own may say: an editor's decision, the clock's, the
    publisher's.

    What was accepted speaks, where something was; else the newest try. What `overrides` set aside is
    asked for no more, and not praised.
    """
    judged = one.accepted or one.judged
    submission = judged.submission if judged else None
    document = submission.document if submission else None
    byline = document.byline if document else None
    readable = document is not None and document.readable
    standing = keep_standing(judged.findings, overrides) if judged else ()
    musts = [finding for finding in standing if finding.severity == "must"]
    return LetterContext(
        language=posted.language,
        to=posted.to,
        name=posted.name,
        subject=posted.subject,
        message_id=posted.message_id,
        references=posted.references,
        number=one.number,
        try_number=max(one.latest_revision, 1),
        title=one.title if readable else "",
        headline=one.headline,
        category=one.category,
        document=document.name if document and document.readable else "",
        photos=_count_pictures(submission.photos) if submission else 0,
        findings=tuple(finding_text_of(f, posted.language) for f in musts),
        fine=praised_sections(judged, active) if judged else (),
        empty=not (submission and (submission.documents or submission.photos)),
        byline=", ".join(part for part in (byline.name, byline.role) if part) if byline else "",
        deadline=(now + PATIENCE).date(),
    )


def finding_text_of(finding: Finding, language: Language) -> FindingText:
    """A finding in finished sentences."""
    words = say(finding, language)
    return FindingText(title=words.title, found=words.found, rule=words.rule, fix=words.fix)


def praised_sections(judged: Assessment, active: frozenset[str]) -> tuple[str, ...]:
    """What is right already, of the sections that are `active`: nothing is praised that was not
    looked at."""
    found = {section for f in judged.findings if (section := _SECTIONS.get(f.code))}
    looked = active - found
    submission = judged.submission
    photos = submission.photos
    praised: list[str] = []
    if submission.document and submission.document.readable:
        praised.append("document")
    if _whole(judged):
        praised += [part for part in ("length", "font", "spacing") if part in looked]
        if "size" not in looked and "font" in praised:
            praised.remove("font")
    if (
        photos
        and not any(section.startswith("photo") for section in found)
        and all(map(_sound, photos))
    ):
        praised.append("photo")
    if photos and find_article(submission) is not None and "caption" in looked:
        praised += ["caption"] if all(map(_is_captioned, photos)) else []
    return tuple(praised)


def active_sections(rules: Mapping[str, Mapping[str, object]]) -> frozenset[str]:
    """The sections of the rules that are not off."""
    return frozenset(e.rule.section for e in make_rulebook(rules).entries if e.severity != "off")


def _whole(judged: Assessment) -> bool:
    """Whether the article was judged and all of its text stands in it, not in boxes or notes."""
    document = find_article(judged.submission)
    return (
        document is not None
        and document.characters > 0
        and not any(document.characters_aside.values())
    )


def _others(judged: Assessment, language: Language) -> str:
    """What came instead of text and photos, by name."""
    names = dict.fromkeys(clean.line(other.name, 60) for other in find_came(judged.submission))
    return locale.format_list(list(names)[:_MOST_NAMED], language)


def _count_pictures(photos: Sequence[Photo]) -> int:
    """How many photos came; a film or PDF sent as one is none."""
    return sum(photo.kind in STILLS for photo in photos)


def _is_captioned(photo: Photo) -> bool:
    """Whether a caption came for it: told by its name, its label or its own words. Which of several
    is whose may be an editor's to confirm, and whether one for all, a file's name or what a camera
    wrote is a caption at all: the letter speaks of neither."""
    return photo.caption is not None and photo.caption.evidence in _TOLD_BY_THE_CONTRIBUTOR


def _has_photo_to_replace(judged: Assessment) -> bool:
    return any(f.severity == "must" and f.rule in _REPLACED for f in judged.findings)


def _sound(photo: Photo) -> bool:
    return photo.judged and photo.intact and photo.width > 0
