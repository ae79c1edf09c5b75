"""`check` for people: an Examination as lines that read well at 80 columns. Pure."""

import textwrap
from collections.abc import Iterable, Iterator

import msgspec

from desk.presentation.photo_facts import OWN, describe_caption
from desk.presentation.reasons import explain_unjudged, in_words, noted, passed_over
from desk.presentation.unread import describe_unread
from redaksi import catalog
from redaksi.model import (
    Assessment,
    Caption,
    Document,
    Examination,
    Finding,
    Language,
    Other,
    Photo,
)
from redaksi.reasons import PICTURES_ASIDE, UNJUDGED, Reason
from redaksi.text import clean, locale
from validators.kinds import name_kind
from validators.words import say

WIDTH = 80
NAME = 28  # columns of a file's name
INDENT = " " * 10  # below a finding's words
UNSEEN = ("quarantine", "failed", "ignore")  # nothing was found of what was not looked into


def format_examination(examination: Examination, language: Language) -> str:
    """All lines of one examination."""
    words = catalog.load(language)
    lines = _fold(
        f"{clean.line(examination.source, 120)}: {words.say('check.verdict', examination.decision)}",
        "",
        "  ",
    )
    if reason := _reason(examination, language):
        lines += _fold(reason, "  ", "  ")
    seen = [j for j in examination.assessments if j.decision not in UNSEEN]
    for judged in examination.assessments:
        lines += _judged(
            judged if judged in seen else msgspec.structs.replace(judged, findings=()), language
        )
    lines += _others(examination.others, language)
    answer = examination.answer
    if answer and answer.letter:
        kind = words.say_or(answer.letter, "letter_kind", answer.letter)
        key = "letter_goes" if answer.send else "letter_waits"
        lines += _fold(words.say("check", key, letter=kind, to=answer.to), "", "  ")
    if seen:
        lines.append(_sum([f for j in seen for f in j.findings], language))
    return "\n".join(lines)


def _reason(examination: Examination, language: Language) -> str:
    if examination.decision == "ignore":
        return passed_over(examination.reason, language)
    if examination.decision in ("review", "quarantine", "failed"):
        return in_words(examination.reason, language)
    return ""


def _sum(findings: list[Finding], language: Language) -> str:
    words = catalog.load(language)
    counts = {
        level: sum(f.severity == level for f in findings) for level in ("must", "tidy", "advice")
    }
    if not findings:
        return words.say("check", "clean")
    parts = [words.say("check", "findings", n=counts["must"])]
    parts += [
        words.say("check", level, n=counts[level]) for level in ("tidy", "advice") if counts[level]
    ]
    return ", ".join(parts)


def _judged(judged: Assessment, language: Language) -> Iterator[str]:
    remaining = list(judged.findings)
    files: list[tuple[str, str]] = [
        *(
            (document.name, _document(document, language))
            for document in judged.submission.documents
        ),
        *((photo.name, _photo(photo, language)) for photo in judged.submission.photos),
    ]
    notes = {photo.name: photo.notes for photo in judged.submission.photos if photo.notes}
    width = min(NAME, max((len(_name(name)) for name, _ in files), default=0))
    for name, what in files:
        yield from _fold(what, f"{_name(name):<{width}}  ", " " * (width + 2))
        for note in notes.get(name, ()):
            yield from _fold(noted(note, language), "  · ", "    ")
        own = [finding for finding in remaining if finding.subject == name]
        remaining = [finding for finding in remaining if finding.subject != name]
        yield from _findings(own, language)
    yield from _findings(remaining, language)
    yield from _unread(judged, language)
    yield from _others(judged.submission.others, language)


def _others(others: Iterable[Other], language: Language) -> Iterator[str]:
    """Those that may be missed: pictures set aside, and what nobody looked into."""
    for other in others:
        why = ""
        if other.why.code in UNJUDGED:
            why = explain_unjudged(other.why, language)
        elif other.why.code in PICTURES_ASIDE:
            why = in_words(other.why, language)
        if why:
            yield from _fold(f"{_name(other.name)}: {why}", "  · ", "    ")


def _unread(judged: Assessment, language: Language) -> Iterator[str]:
    """What was not understood and may be what is missing."""
    found = describe_unread(judged.submission.unread, language)
    if found and judged.decision not in UNSEEN:
        yield from _fold(f"{catalog.load(language).say('unread', 'title')}:", "", "  ")
    for line in found if judged.decision not in UNSEEN else ():
        yield from _fold(f"{line.text} ({line.where}; {line.may_be})", "  ? ", "    ")


def _name(name: str) -> str:
    return clean.line(name, NAME)


def _document(document: Document, language: Language) -> str:
    """What was judged of it; nothing of what could not be judged."""
    words = catalog.load(language)
    if not document.readable:
        if document.kind == "encrypted":
            return words.say("check", "locked")
        shapeless = document.kind in ("broken", "unknown", "")
        return (
            words.say("check", "unreadable")
            if shapeless
            else f"{words.say('check', 'unreadable')} ({name_kind(document.kind, language)})"
        )
    if not document.judged:
        left = f"{words.say('check', 'unjudged')} ({name_kind(document.kind, language)})"
        return _with_reason(left, document.unjudged, language)
    share = document.share
    shares = words.say(
        "check",
        "shares",
        font=_percent(share.font, language),
        size=_percent(share.size, language),
        spacing=_percent(share.spacing, language),
    )
    grouped = locale.format_number(document.characters, language)
    return f"{grouped} {words.say('check', 'characters')}  {shares}"


def _with_reason(left: str, reason: Reason | None, language: Language) -> str:
    why = explain_unjudged(reason, language)
    return f"{left}. {why}" if why else left


def _percent(share: float, language: Language) -> str:
    """Whole percent; 100 only when it is all."""
    return locale.format_percent(100 if share >= 1 else min(99, round(share * 100)), language)


def _photo(photo: Photo, language: Language) -> str:
    words = catalog.load(language)
    size = f"{photo.width} × {photo.height}" if photo.width else words.say("check", "unknown")
    if photo.unjudged and photo.caption is None:
        state = _with_reason(words.say("check", "unjudged"), photo.unjudged, language)
    else:
        state = _with_reason(_caption(photo.caption, language), photo.unjudged, language)
    return f"{name_kind(photo.kind, language)}  {size}  {state}"


def _caption(caption: Caption | None, language: Language) -> str:
    """Where it is from, by what it was paired, and whether an editor is to check that."""
    words = catalog.load(language)
    if caption is None:
        return words.say("check", "no_caption")
    origin = describe_caption(caption, language)
    found = origin if caption.evidence in OWN else words.say("check", "caption", origin=origin)
    return f"{found} ({words.say('check', 'confirm')})" if caption.action == "confirm" else found


def _findings(findings: list[Finding], language: Language) -> Iterator[str]:
    for finding in findings:
        words = say(finding, language)
        mark = "x" if finding.severity == "must" else "-"
        yield from _fold(f"{words.title}: {words.found}", f"  {mark} {finding.code}  ", INDENT)
        yield from _fold(f"→ {words.fix}", INDENT, f"{INDENT}  ")


def _fold(text: str, lead: str, rest: str) -> list[str]:
    """Lines of at most 80 columns. A non-breaking space keeps a number and its unit on one line."""
    folded = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=rest,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ").rstrip() for line in folded]
