"""Several Word documents in one parcel: which are articles, which stand beside one, which are the same twice."""

import re
from collections.abc import Sequence
from typing import Literal

from ingest.read.pairing import squeeze
from redaksi.model import Document

Nature = Literal["article", "captions", "letter", "short", "unreadable", "unjudged"]

ARTICLE = 600  # characters without spaces from which a text is an article of its own
_SAME = 0.6  # share of paragraphs in common from which two documents are one article
_LETTER = re.compile(
    r"(?<![a-z])(?:surat[\s_-]*(?:pengantar|tugas|pernyataan|keterangan|undangan|permohonan|rekomendasi|izin|kuasa)"
    r"|nota[\s_-]*dinas|formulir|form[\s_-]+\w+|biodata|daftar[\s_-]*(?:hadir|riwayat|isi)|curriculum|cv|undangan"
    r"|lembar[\s_-]*(?:disposisi|isian|pengesahan|kerja)|cover(?:ing)?[\s_-]*letter|rundown|susunan[\s_-]*acara"
    r"|kerangka[\s_-]*acuan|tor|notulen\w*|absensi|kwitansi|pengantar|template|panduan)(?![a-z])",
    re.IGNORECASE,
)
_CAPTIONS_NAME = re.compile(
    r"(?<![a-z])(?:caption|keterangan[\s_-]*(?:foto|gambar)|ket[\s_.-]*foto|takarir|teks[\s_-]*foto)",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"(?:nomor|no|lampiran|lamp|perihal|hal|sifat|kepada|yth|dengan hormat|tembusan)\b\.?\s*:?", re.IGNORECASE
)


def nature(document: Document) -> Nature:
    """What a document is beside others. A captions document holds captions and hardly anything else."""
    if not document.readable:
        return "unreadable"
    if not document.judged:
        return "unjudged"
    if document.captions and document.characters < ARTICLE:
        told = sum(len(squeeze(label.text)) for label in document.captions)
        if told >= document.characters or _CAPTIONS_NAME.search(document.name):
            return "captions"
    if _is_letter(document):
        return "letter"
    return "article" if document.characters >= ARTICLE else "short"


def _is_letter(document: Document) -> bool:
    """By its name, its title, or the lines an official letter opens with."""
    if _LETTER.search(document.name) or _LETTER.match(document.title.strip()):
        return True
    shown = [paragraph.text.strip() for paragraph in document.paragraphs if paragraph.text.strip()][:15]
    marks = {match[0].strip(" .:").lower() for text in shown if (match := _OFFICIAL.match(text))}
    return len(marks) >= 3


def same_article(one: Document, two: Document) -> bool:
    """Two documents tell the same article: most paragraphs of the shorter are in the other."""
    first, second = _paragraphs(one), _paragraphs(two)
    shorter = min(len(first), len(second))
    return shorter > 0 and len(first & second) >= _SAME * shorter


def same_text(one: Document, two: Document) -> bool:
    """Two documents hold the same words (an article as .doc and as .docx)."""
    return _words(one) == _words(two) != ""


def _paragraphs(document: Document) -> set[str]:
    return {form for paragraph in document.paragraphs if len(form := squeeze(paragraph.text)) >= 40}


def _words(document: Document) -> str:
    return "".join(squeeze(paragraph.text) for paragraph in document.paragraphs)


def best_first(documents: Sequence[Document]) -> list[Document]:
    """Readable before unreadable, judged before unjudged, longer before shorter; else as they came."""
    return sorted(documents, key=lambda d: (not d.readable, not d.judged, -d.characters))
