"""Whether a mail without attachments looks like someone trying to hand in an article.

The letter "nothing attached" goes to who meant to send something; a question to the redaksi is read by people.
"""

import re

from redaksi.model import Mail

# Words of a covering note, in Indonesian and English: attached, article, news, story, submission, photo, caption.
_COVERING_NOTE = re.compile(
    r"\b(ter|di|me|se)?lampir(an|kan)?\b|\bnaskah|\bwarta\b|\bberita\b|\bartikel|\btulisan|\bliputan|\bkiriman\b"
    r"|\b(ber|me)ngirim|\bkami kirim|\bsaya kirim|\bfoto|\bdokumentasi\b|\battach|\barticle|\bsubmission|\bnews story"
    r"|\bphotos?\b",
    re.IGNORECASE,
)


def looks_like_a_try(mail: Mail) -> bool:
    """Whether subject or text speak of an article, photos or an attachment, or link to a file service."""
    return bool(mail.links) or bool(_COVERING_NOTE.search(f"{mail.subject}\n{mail.text}"))
