"""Mails with files that by their subject or names are no submission: an invitation, an application, an
invoice, a greeting card. An editor looks; nobody is told what an article lacks who sent none."""

import re

from msgspec.structs import replace

from redaksi.arrival import Mail
from redaksi.companions import find_brought
from redaksi.decide import OTHER_BUSINESS
from redaksi.model import Submission

_ARTICLE = 600  # characters of a document that with a byline or dateline is an article
_MOST_WORDS = 2000  # characters of the mail that are looked at
_APART = re.compile(r"[\s_.-]+")
_OTHER = re.compile(
    r"\b(?:undangan|mengundang|invitation|doa restu|pernikahan|ucapan|duka ?cita|bela ?sungkawa"
    r"|selamat (?:hari|tahun|idul|natal|ulang|berbahagia|menunaikan)|lamaran|curriculum vitae|cv|resume"
    r"|invoice|faktur|tagihan|kwitansi|kuitansi|penawaran|brosur|promo|lowongan|daftar hadir|absensi"
    r"|biodata|ktp|npwp|rab|slip gaji)\b",
    re.IGNORECASE,
)
_HANDED_IN = re.compile(
    r"\b(?:naskah|artikel|(?<!redaksi )warta|berita|tulisan|liputan|rilis|reportase|foto|dokumentasi"
    r"|dimuat|article|news|photos?)(?:nya)?\b",
    re.IGNORECASE,
)


def doubt_other_business(submission: Submission, mail: Mail | None) -> Submission:
    """With the doubt `other-business`, where subject or names say that something else was sent, no
    word speaks of an article, and no document is one."""
    if mail is None or not _is_other_business(submission, mail):
        return submission
    return replace(submission, doubts=(*submission.doubts, OTHER_BUSINESS))


def _is_other_business(submission: Submission, mail: Mail) -> bool:
    names = [_APART.sub(" ", name) for name in _names(submission)]
    if not names or submission.typed or any(map(_HANDED_IN.search, names)):
        return False
    words = _APART.sub(" ", f"{mail.subject} {mail.text[:_MOST_WORDS]}")
    if _HANDED_IN.search(words) or _has_article(submission):
        return False
    return bool(_OTHER.search(mail.subject)) or all(map(_OTHER.search, names))


def _names(submission: Submission) -> list[str]:
    """The files that somebody attached."""
    return [
        *(document.name for document in submission.documents),
        *(photo.name for photo in submission.photos),
        *(other.name for other in find_brought(submission)),
    ]


def _has_article(submission: Submission) -> bool:
    return any(
        document.characters >= _ARTICLE and (document.byline is not None or document.dateline)
        for document in submission.documents
    )
