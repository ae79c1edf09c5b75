"""A submission as a page: its article, photos, findings, letters and history."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from desk.app import App
from desk.domain.actor import put_name
from desk.domain.overrides import keep_standing, list_set_aside
from desk.presentation import highlights
from desk.presentation.errands.asking import say_failure
from desk.presentation.errands.closing import close_files, is_closed
from desk.presentation.labels import BADGES, event_text
from desk.presentation.photos.shots import list_inside, make_shot, name_file, put_choice
from desk.presentation.pictures import Pictures
from desk.presentation.publication.copying import make_copy_view
from desk.presentation.publication.decided import (
    describe_decision,
    describe_publication,
    describe_set_aside,
)
from desk.presentation.queue_rows import commands, make_entry, ordered
from desk.presentation.reasons import explain_unjudged, in_words, noted
from desk.presentation.stored_lines import text_in_words
from desk.presentation.unread import describe_unread
from desk.store.inbound import mails
from desk.store.outbound.letters import Stored
from desk.store.submissions.review_queue import SubmissionPage
from publisher.site.pages import (
    FindingView,
    Line,
    Missing,
    Original,
    Page,
    SentLetter,
    Step,
    Tone,
    Words,
)
from redaksi import catalog
from redaksi.model import Assessment, Document, Finding, Label, Language, Other
from redaksi.reasons import UNJUDGED
from redaksi.sender_rule import WRITTEN_BY_MACHINES
from redaksi.text import clean
from validators.registry import Rulebook, make_rulebook
from validators.words import say

# an editor may send these by hand; what a limit holds leaves by itself, later
RELEASABLE = ("draft", "held", "unknown", "failed")
# what became of a letter is told next; 0.1 counted no letters
_UNTOLD = frozenset({"letter sending", "letters waiting"})
_NONE: Mapping[str, str] = {}
TONES: dict[str, Tone] = {"sent": "ok", "failed": "bad"}


def make_page(
    app: App,
    found: SubmissionPage,
    now: datetime,
    pictures: Pictures,
    seen: Mapping[str, str] = _NONE,
) -> Page:
    """The page of one submission; `pictures` of its photos; `seen`: SHA-256 of those that came
    before -> number of that submission."""
    language, row, judged, known = app.config.language, found.row, found.judged, found.mails
    book = make_rulebook(app.config.rules)
    found_all = ordered(judged.findings, row) if judged else ()
    overrides = tuple(each.override for each in row.set_aside)
    findings = keep_standing(found_all, overrides)
    told = _told_all(judged, findings, language) if judged else ()
    document = judged.submission.document if judged else None
    photos = judged.submission.photos if judged else ()
    extra = [d for d in judged.submission.documents if d is not document] if judged else []
    page = Page(
        entry=make_entry(row, app, now),
        address=row.address,
        byline=", ".join(filter(None, (document.byline.name, document.byline.role)))
        if document and document.byline
        else "",
        mail_subject=clean.line(row.mail_subject, 160),
        document=_original(document, "naskah", language) if document else None,
        missing=_missing(judged),
        characters=document.characters if document else 0,
        most_characters=book.most_characters,
        pages=document.pages if document else 0.0,
        lines=_lines(judged, document, findings, book, language) if judged and document else (),
        findings=told,
        set_aside=tuple(describe_set_aside(list_set_aside(found_all, overrides), language)),
        shots=tuple(
            put_choice(make_shot(i, photo, told, pictures, seen, language), photo, found.choices)
            for i, photo in enumerate(photos, 1)
        ),
        inside=tuple(list_inside(judged, pictures)) if judged else (),
        others=tuple(_others(judged, extra, language)),
        letters=tuple(_letter(letter, language) for letter in reversed(found.letters)),
        history=tuple(_history(app, found, known, found_all)),
        mails=tuple(_mails(known, language)),
        words=tuple(_words(mail, language) for mail in known),
        loose=tuple(clean.line(label.text, 300) for label in _unpaired(judged)),
        unread=describe_unread(judged.submission.unread, language) if judged else (),
        notes=tuple(noted(note, language) for note in document.notes) if document else (),
        commands=commands(row),
        copy=make_copy_view(found, language),
        publication=describe_publication(row, language, app.config.zone),
    )
    return close_files(page) if is_closed(found) else page


def _missing(judged: Assessment | None) -> Missing:
    document = judged.submission.document if judged else None
    if document is None:
        return "typed" if judged and judged.submission.typed else "none"
    if not document.readable:
        return "unread"
    return "" if document.judged else "unjudged"


def _unpaired(judged: Assessment | None) -> tuple[Label, ...]:
    return (*judged.submission.orphans, *judged.submission.loose) if judged else ()


def _mails(known: Sequence[mails.MailRow], language: Language) -> Iterator[Original]:
    """The raw mails. As `.eml` no browser renders them: they are downloads."""
    for index, mail in enumerate(known):
        if mail.blob:
            name = "surel-asli" if not index else f"surel-asli-{len(known) - index}"
            yield Original(
                name=catalog.load(language).say("mark", "mail"),
                kind="eml",
                sha256=mail.blob,
                download=f"{name}.eml",
                why=clean.line(mail.subject, 100),
            )


def _words(mail: mails.MailRow, language: Language) -> Words:
    rule = mail.answer_rule
    key = "machine" if rule in WRITTEN_BY_MACHINES else rule or "unknown"
    return Words(
        at=mail.arrived_at,
        text=mail.written,
        subject=clean.line(mail.subject, 160),
        vouched=catalog.load(language).say_or("", "page.vouched", key),
    )


def _history(
    app: App,
    found: SubmissionPage,
    known: Sequence[mails.MailRow],
    findings: Sequence[Finding],
) -> list[Step]:
    """Newest first; the arrivals are the mails' own, for the store notes them before there is a
    submission."""
    language, zone = app.config.language, app.config.zone
    name = found.row.contributor or found.row.address
    decided = {
        each.event_id: describe_decision(
            each, findings, language, zone, found.names.get(each.account_id or 0, "")
        )
        for each in found.decisions
    }

    def by_name(actor: str) -> str:
        return f"contributor:{name}" if actor == "contributor" else put_name(actor, found.names)

    steps = [
        Step(
            at=mail.arrived_at,
            text=event_text("mail arrived", {}, language, by_name("contributor")),
            tone=BADGES["mail arrived"],
        )
        for mail in reversed(known)
    ]
    steps += [
        Step(
            at=one.at,
            text=event_text(one.what, one.facts, language, by_name(one.actor)),
            tone=BADGES.get(one.what, ""),
            words=decided.get(one.id) or say_failure(one, language),
            id=one.id,
        )
        for one in found.events
        if one.what not in _UNTOLD
    ]
    return sorted(steps, key=lambda step: step.at)[::-1]


def _told_all(
    judged: Assessment, findings: Sequence[Finding], language: Language
) -> tuple[FindingView, ...]:
    anchors = find_anchors(judged, findings)
    return tuple(
        _told(i, finding, anchor, language)
        for i, (finding, anchor) in enumerate(zip(findings, anchors, strict=True), 1)
    )


def find_anchors(judged: Assessment, findings: Sequence[Finding]) -> Iterator[str]:
    """Where on the page a finding is: its photo, or its paragraph where it is about the article
    that is shown; "" for neither."""
    photos = [photo.name for photo in judged.submission.photos]
    document = judged.submission.document
    for finding in findings:
        where = [place.paragraph for place in finding.places if place.paragraph] or [
            int(number)
            for number in finding.facts.get("where", "").split("|")
            if number.isdecimal()
        ]
        if finding.subject in photos:
            yield f"f{photos.index(finding.subject) + 1}"
        elif where and document is not None and finding.subject in ("", document.name):
            yield f"p{where[0]}"
        else:
            yield ""


def _told(index: int, finding: Finding, anchor: str, language: Language) -> FindingView:
    words = say(finding, language)
    return FindingView(
        index=index,
        severity=finding.severity,
        title=words.title,
        found=words.found,
        rule=words.rule,
        fix=words.fix,
        subject=finding.subject,
        anchor=anchor,
    )


def _lines(
    judged: Assessment,
    document: Document,
    findings: tuple[Finding, ...],
    book: Rulebook,
    language: Language,
) -> tuple[Line, ...]:
    return tuple(
        highlights.mark_lines(judged, document, highlights.asked_of(findings, book), language)
    )


def _original(file: Document | Other, stem: str, language: Language) -> Original:
    return Original(
        name=clean.line(file.name, 80),
        kind=file.kind,
        sha256=file.sha256,
        download=name_file(stem, file.kind),
        why=_why(file, language),
    )


def _why(file: Document | Other, language: Language) -> str:
    """Why it stands aside, or why nobody looked into it."""
    if isinstance(file, Document):
        return explain_unjudged(file.unjudged, language)
    if file.why.code in UNJUDGED:
        return explain_unjudged(file.why, language)
    return in_words(file.why, language)


def _others(
    judged: Assessment | None, extra: list[Document], language: Language
) -> Iterator[Original]:
    files: list[Document | Other] = [*extra, *(judged.submission.others if judged else ())]
    for index, file in enumerate(files, 1):
        yield _original(file, f"berkas-{index}", language)


def _letter(letter: Stored, language: Language) -> SentLetter:
    waits = letter.state in RELEASABLE
    state = catalog.load(language).say("letter_state", letter.state)
    because = text_in_words(letter.last_error, language) or in_words(letter.reason, language)
    return SentLetter(
        kind=letter.kind,
        state=f"{state} – {because}" if because and letter.state != "sent" else state,
        to=letter.to,
        subject=letter.subject,
        text=letter.text,
        at=letter.sent_at or letter.created_at,
        command=f"redaksi letters send {letter.id}" if waits else "",
        tone=TONES.get(letter.state, "warn" if waits else ""),
    )
