"""`check --json`: an Examination as the contract's plain object, and as lines for people. Pure."""

from typing import Any

from redaksi.arrival import Mail
from redaksi.model import (
    Assessment,
    Document,
    Examination,
    Finding,
    Language,
    Other,
    Paragraph,
    Photo,
    Unread,
)
from redaksi.reasons import Reason
from validators.words import say_line

SCHEMA = 1
Plain = dict[str, Any]


def plain_examination(
    examination: Examination, language: Language, *, full: bool, milliseconds: float
) -> Plain:
    """The object of the contract; more keys may be added, none taken away."""
    judged = examination.assessments
    documents = [d for j in judged for d in j.submission.documents]
    return {
        "schema": SCHEMA,
        "source": examination.source,
        "mail": _mail(examination),
        "answer": _answer(examination),
        "decision": examination.decision,
        **_coded("reason", examination.reason),
        "submissions": [_submission(j) for j in judged],
        "findings": [_finding(f, language) for j in judged for f in j.findings],
        "documents": [_document(d, full=full) for d in documents],
        "photos": [_photo(p) for j in judged for p in j.submission.photos],
        "caption_action": _caption_action(judged),
        "unread": [_unread(u) for j in judged for u in j.submission.unread],
        "others": [_other(o) for j in judged for o in j.submission.others]
        + [_other(o) for o in examination.others],
        "timing_ms": {"total": round(milliseconds, 1)},
    }


def _mail(examination: Examination) -> Plain | None:
    mail: Mail | None = examination.mail
    if mail is None:
        return None
    return {
        "message_id": mail.message_id,
        "from": mail.from_address,
        "name": mail.from_name,
        "subject": mail.subject,
        "date": mail.date,
        "in_reply_to": mail.in_reply_to,
        "kind": examination.mail_kind,
        "links": list(mail.links),
        "forwarded_from": mail.forwarded_from,
    }


def _answer(examination: Examination) -> Plain | None:
    told = examination.answer
    if told is None:
        return None
    return {
        "send": told.send,
        "letter": told.letter,
        "to": told.to,
        **_coded("reason", told.reason),
        "rule": told.rule,
    }


def _submission(judged: Assessment) -> Plain:
    submission = judged.submission
    document = submission.document
    return {
        "decision": judged.decision,
        **_coded("reason", judged.reason),
        "document": document.name if document else None,
        "photos": [photo.name for photo in submission.photos],
        "title": submission.title,
        "doubts": list(submission.doubts),
        "unread": [_unread(one) for one in submission.unread],
    }


def _unread(one: Unread) -> Plain:
    return {"may_be": one.may_be, "kind": one.kind, "text": one.text, "place": one.place}


def _finding(finding: Finding, language: Language) -> Plain:
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": say_line(finding, language),
        "facts": dict(finding.facts),
        "places": [
            {"paragraph": p.paragraph, "quote": p.quote, "what": p.what} for p in finding.places
        ],
    }


def _document(document: Document, *, full: bool) -> Plain:
    byline = document.byline
    told: Plain = {
        "name": document.name,
        "kind": document.kind,
        "sha256": document.sha256,
        "readable": document.readable,
        **_coded("refused", document.refused),
        "judged": document.judged,
        **_coded("unjudged", document.unjudged),
        "title": document.title,
        "byline": {"name": byline.name, "role": byline.role} if byline else None,
        "dateline": document.dateline,
        "characters": document.characters,
        "characters_aside": {"textbox": 0, "note": 0, **document.characters_aside},
        "pages": round(document.pages, 2),
        "pictures": len(document.pictures),
        "share": {
            "font": round(document.share.font, 5),
            "size": round(document.share.size, 5),
            "spacing": round(document.share.spacing, 5),
        },
        "notes": list(document.notes),
    }
    if full:
        told["paragraphs"] = [_paragraph(p) for p in document.paragraphs]
    return told


def _paragraph(paragraph: Paragraph) -> Plain:
    return {
        "story": paragraph.story,
        "role": paragraph.role,
        "spacing": {"rule": paragraph.spacing.rule, "value": paragraph.spacing.value},
        "runs": [
            {
                "text": r.text,
                "font": r.font,
                "size": r.size,
                "hidden": r.hidden,
                "inserted": r.inserted,
            }
            for r in paragraph.runs
        ],
    }


def _photo(photo: Photo) -> Plain:
    caption = photo.caption
    paired: Plain | None = None
    if caption:
        paired = {
            "text": caption.text,
            "source": caption.source,
            "evidence": caption.evidence,
            "action": caption.action,
            "offered": list(caption.offered),
        }
    return {
        "name": photo.name,
        "kind": photo.kind,
        "sha256": photo.sha256,
        "width": photo.width,
        "height": photo.height,
        "orientation": photo.orientation,
        "intact": photo.intact,
        **_coded("damage", photo.damage),
        "judged": photo.judged,
        **_coded("unjudged", photo.unjudged),
        "origin": photo.origin,
        "caption": paired,
        "notes": list(photo.notes),
        "captured": photo.captured,
        "byline": photo.byline,
        "credit": photo.credit,
        "located": photo.located,
        "digital_source_type": photo.digital_source_type,
    }


def _other(other: Other) -> Plain:
    return {
        "name": other.name,
        "kind": other.kind,
        "sha256": other.sha256,
        **_coded("why", other.why),
        "origin": other.origin,
    }


def _coded(key: str, reason: Reason | None) -> Plain:
    """A reason's code and its facts beside it; null and nothing where there is none."""
    return {
        key: reason.code.value if reason else None,
        f"{key}_facts": dict(reason.facts) if reason else {},
    }


def _caption_action(judged: tuple[Assessment, ...]) -> str:
    """The worst of the submissions': ask, then editor_confirm, then auto."""
    actions = {j.submission.caption_action for j in judged}
    return next((action for action in ("ask", "editor_confirm") if action in actions), "auto")
