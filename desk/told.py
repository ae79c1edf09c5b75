"""`check` for people: an Examination as lines that read well at 80 columns. Pure."""

import textwrap

from redaksi.model import Document, Examination, Finding, Judged, Language, Photo
from validators.words import say

WIDTH = 80
WORDS = {
    "id": {
        "accept": "siap untuk redaktur", "revise": "perlu diperbaiki", "incomplete": "tak lengkap",
        "review": "redaktur yang memutuskan", "quarantine": "dikarantina", "failed": "gagal diperiksa (salah kami)",
        "ignore": "bukan kiriman", "ok": "ok", "characters": "karakter", "unreadable": "tidak terbaca",
        "caption": "keterangan", "letter": "Surat", "to": "kepada", "waits": "menunggu redaktur",
        "goes": "terkirim sendiri",
        "findings": "temuan wajib", "fix": "Cara memperbaiki",
    },
    "en": {
        "accept": "ready for an editor", "revise": "to be mended", "incomplete": "incomplete",
        "review": "an editor decides", "quarantine": "quarantined", "failed": "could not be examined (our fault)",
        "ignore": "not a submission", "ok": "ok", "characters": "characters", "unreadable": "unreadable",
        "caption": "caption", "letter": "Letter", "to": "to", "waits": "waits for an editor", "goes": "goes by itself",
        "findings": "mandatory findings", "fix": "How to mend it",
    },
}  # fmt: skip


def told(examination: Examination, language: Language) -> str:
    """All lines of one examination."""
    words = WORDS[language]
    lines = [f"{examination.source}: {words[examination.decision]}"]
    if examination.reason and examination.decision in ("review", "quarantine", "failed", "ignore"):
        lines[0] += f" ({examination.reason})"
    for judged in examination.judged:
        lines += _judged(judged, language)
    answer = examination.answer
    if answer and answer.letter:
        how = words["goes"] if answer.send else words["waits"]
        lines.append(f"{words['letter']}: {answer.letter} {words['to']} {answer.to} ({how})")
    musts = sum(f.severity == "must" for j in examination.judged for f in j.findings)
    lines.append(f"{musts} {words['findings']}")
    return "\n".join(lines)


def _judged(judged: Judged, language: Language) -> list[str]:
    lines: list[str] = []
    remaining = list(judged.findings)
    for document in judged.submission.documents:
        own = [f for f in remaining if f.subject == document.name]
        lines += [_document(document, language), *_findings(own, language)]
        remaining = [f for f in remaining if f not in own]
    for photo in judged.submission.photos:
        own = [f for f in remaining if f.subject == photo.name]
        lines += [_photo(photo, language), *_findings(own, language)]
        remaining = [f for f in remaining if f not in own]
    return lines + _findings(remaining, language)


def _document(document: Document, language: Language) -> str:
    words = WORDS[language]
    if not document.readable:
        return f"{document.name}  {words['unreadable']} ({document.kind})"
    share = document.share
    shares = f"font {share.font:.0%}  size {share.size:.0%}  spacing {share.spacing:.0%}"
    return f"{document.name}  {document.characters} {words['characters']}  {shares}"


def _photo(photo: Photo, language: Language) -> str:
    told = f"{photo.name}  {photo.kind.upper()} {photo.width} × {photo.height}"
    return f"{told}  {WORDS[language]['caption']}: {photo.caption.source}" if photo.caption else told


def _findings(findings: list[Finding], language: Language) -> list[str]:
    lines = []
    for finding in findings:
        words = say(finding, language)
        mark = "x" if finding.severity == "must" else "-"
        lines += _fold(f"{words.title}: {words.found}", f"  {mark} {finding.code}  ")
        lines += _fold(words.fix, "           ")
    return lines


def _fold(text: str, lead: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=lead, subsequent_indent=" " * 11, break_on_hyphens=False)
