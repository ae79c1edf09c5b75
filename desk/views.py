"""What the queue's pages show, from one look at the store. Facts in, words out: nothing is decided here."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from desk.office import Office
from desk.pagewords import BADGES, EVENTS, LETTERS, MARKS, OUTCOMES, WHY, badge_of
from desk.store import mails, review, status
from desk.store.outbox import Stored
from desk.store.review import QueueRow, SubmissionPage
from publisher.pages import (
    Badge,
    Entry,
    Frame,
    Line,
    Original,
    Page,
    Passed,
    SentLetter,
    Shot,
    Step,
    Tab,
    Told,
)
from publisher.queue import publish
from redaksi import clean
from redaksi.model import Document, Finding, Judged, Language, Other, Paragraph, Photo
from redaksi.states import STATES, State
from validators.registry import rulebook
from validators.words import say

PAGES = "pages.stamp"
SAFE_ENDINGS = {"jpeg": "jpg", "docm": "docx"}  # kinds whose ending is another word
SAFE_KINDS = (
    "docx",
    "doc",
    "rtf",
    "odt",
    "pdf",
    "jpg",
    "png",
    "tiff",
    "gif",
    "webp",
    "heic",
    "bmp",
    "zip",
    "xlsx",
)
TABS: dict[State, Tab] = {
    "received": "action", "review": "action", "scheduled": "action", "revising": "waiting", "incomplete": "waiting",
    "noted": "waiting",
}  # fmt: skip


def publish_queue(office: Office, *, force: bool = False) -> int | None:
    """Write the queue anew when anything has happened since the last time; how many pages, None when nothing had."""
    stamp_file = office.config.home / PAGES
    with office.store.read() as tx:
        now = office.clock()
        stamp = _stamp(office, status.newest_event(tx), now)
        if not force and stamp_file.is_file() and stamp_file.read_text() == stamp:
            return None
        rows = [row for row in review.queue_rows(tx, STATES) if row.state != "not_a_submission"]
        others = review.queue_rows(tx, ("not_a_submission",))
        waiting = mails.waiting(tx)
        language = office.config.language
        written = publish(
            office.config.queue_folder,
            frame(office, status.status(tx), now),
            [entry(row, language, now, office.config.queue.sla_days) for row in rows],
            [*map(_received, waiting), *(_passed(row, language) for row in reversed(others))],
            lambda number: page(office, review.submission_page(tx, number), now),
        )
    stamp_file.write_text(stamp)
    return written


def _stamp(office: Office, newest: int, now: datetime) -> str:
    """Changes with every event, and every ten minutes: waiting times and the last look at the inbox are told too."""
    return f"{newest}-{int(now.timestamp()) // 600}-{office.config.language}-{office.config.queue_folder}"


def frame(office: Office, stands: status.Status, now: datetime) -> Frame:
    """What all pages share."""
    good = [f.last_good for f in stands.folders if f.last_good]
    errors = [f"{f.mailbox}/{f.folder}: {f.error}" for f in stands.folders if f.error]
    return Frame(
        language=office.config.language, zone=office.config.timezone, now=now, polled=max(good, default=None),
        trouble=" · ".join(errors), base_url=office.config.queue.base_url,
        blobs=office.config.home / "blobs", thumbnails=office.thumbnails,
    )  # fmt: skip


def entry(row: QueueRow, language: Language, now: datetime, sla_days: int) -> Entry:
    """A row of the index."""
    findings = sorted(row.findings, key=lambda f: f.severity != "must")
    readable = any(d.readable for d in row.documents)
    place = next((d.dateline for d in row.documents if d.dateline), row.province)
    title = row.title or next((d.name for d in row.documents), "") or row.mail_subject
    return Entry(
        number=row.number,
        tab=TABS.get(row.state, "other"),
        state=row.state,
        title=clean.line(title, 160) or "(tanpa judul)",
        contributor=clean.line(row.contributor or row.address, 80),
        place=clean.line(place, 40),
        received=row.received_at,
        badges=tuple(_badges(row, language)),
        summary=tuple(say(finding, language).title for finding in findings),
        photos=len(row.photos),
        thumbnail=next((p.sha256 for p in row.photos if p.width), ""),
        locked=bool(row.documents) and not readable,
        late=row.state == "review" and now - row.received_at > timedelta(days=sla_days),
        stamp=f"{row.stamp}-{language}",
    )


def _badges(row: QueueRow, language: Language) -> Iterator[Badge]:
    yield badge_of(row, language)
    musts = sum(f.severity == "must" for f in row.findings)
    words = MARKS[language]
    if musts and row.state != "revising":
        yield Badge(text=words["findings"].format(musts), tone="warn")
    if row.photos:
        yield Badge(text=words["photos"].format(len(row.photos)))
    if row.tries > 1:
        yield Badge(text=words["try"].format(row.tries))
    if row.caption_action == "editor_confirm":
        yield Badge(text=words["captions"], tone="info")


def page(office: Office, found: SubmissionPage | None, now: datetime) -> Page | None:
    """The page of one submission; None when it is gone."""
    if found is None:
        return None
    language, row = office.config.language, found.row
    judged = found.judged
    told = _told_all(judged, language) if judged else ()
    document = judged.submission.document if judged else None
    photos = judged.submission.photos if judged else ()
    extra = [d for d in judged.submission.documents if d is not document] if judged else []
    return Page(
        entry=entry(row, language, now, office.config.queue.sla_days),
        address=row.address,
        byline=document.byline.name if document and document.byline else "",
        mail_subject=row.mail_subject,
        reason=why(row, judged, language),
        document=_original(document, "naskah", language) if document else None,
        characters=document.characters if document else 0,
        most_characters=rulebook(office.config.rules).most_characters,
        pages=document.pages if document else 0.0,
        lines=tuple(_lines(document, told)) if document else (),
        findings=told,
        shots=tuple(_shot(office, i, photo, told, language) for i, photo in enumerate(photos, 1)),
        others=tuple(_others(judged, extra, language)),
        letters=tuple(_letter(letter, language) for letter in found.letters),
        history=tuple(
            Step(at=event.at, text=EVENTS[language].get(event.what, event.what), tone=BADGES.get(event.what, ""))
            for event in reversed(found.events)
        ),
        tries=row.tries,
    )  # fmt: skip


def why(row: QueueRow, judged: Judged | None, language: Language) -> str:
    """Why an editor sees it, where the findings do not say it."""
    reasons = [WHY[language].get(doubt, doubt) for doubt in row.doubts]
    document = judged.submission.document if judged else None
    if document and document.readable and not document.judged:
        reasons.append(WHY[language]["unjudged"])
    if row.state in ("review", "failed", "quarantined") and row.reason and not reasons:
        reasons.append(WHY[language].get(row.reason, row.reason))
    return "; ".join(reasons)


def _told_all(judged: Judged, language: Language) -> tuple[Told, ...]:
    ordered = sorted(judged.findings, key=lambda f: f.severity != "must")
    photos = [photo.name for photo in judged.submission.photos]
    return tuple(_told(i, finding, photos, language) for i, finding in enumerate(ordered, 1))


def _told(index: int, finding: Finding, photos: Sequence[str], language: Language) -> Told:
    words = say(finding, language)
    anchor = f"p{finding.places[0].paragraph}" if finding.places and finding.places[0].paragraph else ""
    if finding.subject in photos:
        anchor = f"f{photos.index(finding.subject) + 1}"
    return Told(
        index=index, severity=finding.severity, title=words.title, found=words.found, rule=words.rule, fix=words.fix,
        subject=finding.subject, anchor=anchor,
    )  # fmt: skip


def _lines(document: Document, told: tuple[Told, ...]) -> Iterator[Line]:
    faults = (document.font, document.size_fault, document.spacing)
    places = {place.paragraph: place for fault in faults for place in fault.places}
    for paragraph in document.paragraphs:
        if paragraph.number:
            here = tuple(t for t in told if t.anchor == f"p{paragraph.number}")
            yield Line(
                number=paragraph.number, role=paragraph.role, told=here,
                spans=tuple(_spans(paragraph, marked=paragraph.number in places)),
            )  # fmt: skip


def _spans(paragraph: Paragraph, *, marked: bool) -> Iterator[tuple[str, bool, bool]]:
    for run in paragraph.runs:
        if run.text:
            yield run.text, marked and not run.hidden, run.hidden


def _shot(office: Office, index: int, photo: Photo, told: tuple[Told, ...], language: Language) -> Shot:
    own = tuple(t for t in told if t.anchor == f"f{index}")
    caption = photo.caption
    small = office.thumbnails / photo.sha256[:2] / f"{photo.sha256}.jpg"
    return Shot(
        index=index, name=photo.name, kind=photo.kind,
        size=f"{photo.width} × {photo.height}" if photo.width else MARKS[language]["unknown size"],
        caption=caption.text if caption else "", caption_source=caption.source if caption else "",
        sha256=photo.sha256, thumbnail=small.is_file(), download=_safe(f"foto-{index}", photo.kind), told=own,
        good=photo.intact and not any(t.severity == "must" for t in own),
        confirm=bool(caption and caption.action == "confirm"),
    )  # fmt: skip


def _original(file: Document | Other, stem: str, language: Language) -> Original:
    why_told = file.why if isinstance(file, Other) else file.refused
    return Original(
        name=clean.line(file.name, 80), kind=file.kind, sha256=file.sha256, download=_safe(stem, file.kind),
        why=WHY[language].get(why_told, why_told),
    )  # fmt: skip


def _others(judged: Judged | None, extra: list[Document], language: Language) -> Iterator[Original]:
    files: list[Document | Other] = [*extra, *(judged.submission.others if judged else ())]
    for index, file in enumerate(files, 1):
        yield _original(file, f"berkas-{index}", language)


def _safe(stem: str, kind: str) -> str:
    """A name of our own; an ending a browser would render as a page becomes .bin."""
    ending = SAFE_ENDINGS.get(kind, kind)
    return f"{stem}.{ending if ending in SAFE_KINDS else 'bin'}"


def _letter(letter: Stored, language: Language) -> SentLetter:
    waits = letter.state in ("draft", "held", "unknown")
    state = LETTERS[language].get(letter.state, letter.state)
    return SentLetter(
        kind=letter.kind, state=f"{state} – {letter.why or letter.last_error}" if waits else state, to=letter.to,
        subject=letter.subject, text=letter.text, at=letter.sent_at or letter.created_at,
        command=f"redaksi letters send {letter.id}" if waits else "",
    )  # fmt: skip


def _passed(row: QueueRow, language: Language) -> Passed:
    return Passed(
        received=row.received_at, sender=clean.line(row.contributor or row.address, 60),
        subject=clean.line(row.mail_subject, 100), outcome=OUTCOMES[language]["ignore"], reason=row.reason,
    )  # fmt: skip


def _received(row: mails.MailRow) -> Passed:
    return Passed(received=row.received_at, sender="", subject="", outcome="…", reason=row.source_text)
