"""From what was judged to what a letter speaks of. Pure; sentences come from the rules through `say`."""

from datetime import datetime, timedelta

from desk.store.threads import Posted
from publisher.letters.occasion import LetterKind, Occasion, Told
from redaksi.model import Finding, Judged, Language, Mail, Photo
from validators.registry import RULES
from validators.words import say

PATIENCE = timedelta(days=14)  # how long we wait for what is to be mended before a reminder
LETTERS: tuple[LetterKind, ...] = ("accepted", "revise", "unreadable", "nothing-attached")


def occasion(
    judged: Judged, mail: Mail, *, to: str, language: Language, number: str, try_number: int, received: datetime,
    sla_days: int,
) -> Occasion:  # fmt: skip
    """What a letter about `judged`, in answer to `mail`, may say."""
    submission = judged.submission
    document = submission.document
    readable = document if document and document.readable else None
    return Occasion(
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
        photos=len(submission.photos),
        received=received,
        sla_days=sla_days,
        findings=tuple(told(f, language) for f in judged.findings if f.severity == "must"),
        notes=tuple(told(f, language) for f in judged.findings if f.severity != "must"),
        fine=fine(judged),
        links=submission.links,
        deadline=(received + PATIENCE).date(),
    )


def following(
    judged: Judged | None,
    posted: Posted,
    *,
    number: str,
    try_number: int,
    title: str,
    headline: str = "",
    category: str = "",
    now: datetime,
) -> Occasion:
    """What a letter that answers no mail of its own may say: an editor's decision, the clock's, the publisher's."""
    submission = judged.submission if judged else None
    document = submission.document if submission else None
    byline = document.byline if document else None
    musts = [f for f in judged.findings if f.severity == "must"] if judged else []
    return Occasion(
        language=posted.language,
        to=posted.to,
        name=posted.name,
        subject=posted.subject,
        message_id=posted.message_id,
        references=posted.references,
        number=number,
        try_number=try_number,
        title=title,
        headline=headline,
        category=category,
        document=document.name if document and document.readable else "",
        photos=len(submission.photos) if submission else 0,
        findings=tuple(told(f, posted.language) for f in musts),
        fine=fine(judged) if judged else (),
        byline=", ".join(part for part in (byline.name, byline.role) if part) if byline else "",
        deadline=(now + PATIENCE).date(),
    )


def told(finding: Finding, language: Language) -> Told:
    """A finding in finished sentences."""
    words = say(finding, language)
    return Told(title=words.title, found=words.found, rule=words.rule, fix=words.fix)


def fine(judged: Judged) -> tuple[str, ...]:
    """What is right already: nothing is praised that was not looked at."""
    wrong = {
        rule.section
        for rule in RULES
        for f in judged.findings
        if f.code == rule.code and f.severity == "must"
    }
    document, photos = judged.submission.document, judged.submission.photos
    praised: list[str] = []
    if document and document.readable:
        praised.append("document")
        if document.judged:
            praised += [part for part in ("length", "font", "spacing") if part not in wrong]
            if "size" in wrong and "font" in praised:
                praised.remove("font")
    if photos and not any(section.startswith("photo") for section in wrong) and all(map(_sound, photos)):
        praised.append("photo")
    if photos and not any(section.startswith("caption") for section in wrong):
        praised.append("caption")
    return tuple(praised)


def _sound(photo: Photo) -> bool:
    return photo.judged and photo.intact and photo.width > 0
