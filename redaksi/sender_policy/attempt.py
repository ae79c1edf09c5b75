"""Whether a mail without attachments looks like someone handing in an article.

The letter "nothing attached" goes to who meant to send something. A question about an article, a
thank-you, an invitation or an offer speaks of the same things and is read by people: a letter to
someone who should not get one is a defect, a missing hint is not.
"""

import re

from redaksi.arrival import Mail
from redaksi.named_kinds import CONFIDENTIAL
from redaksi.text import subject

# Words of handing in, anywhere: attached, enclosed, "I am sending", "here is our article", "please
# publish it".
_HANDING_IN = re.compile(
    r"\b(?:ter|di|me|se)?lampir(?:an|kan)?\b|\battach(?:ed|ing|ments?)?\b|\benclosed\b|\bsubmission\b|\bkiriman\b"
    r"|\b(?:saya|kami)\s+(?:ikut\s+|akan\s+)?(?:kirim(?:kan)?|mengirim(?:kan)?|sampaikan|serahkan|sertakan)\b"
    r"|\bberikut\s+(?:ini\s+)?(?:adalah\s+)?(?:saya|kami|naskah|foto|berita|artikel|tulisan|warta|liputan)"
    r"|\bmohon\s+(?:dapat\s+|untuk\s+)?dimuat\b|\b(?:naskah|foto|berita|artikel|tulisan)nya\b",
    re.IGNORECASE,
)
# A subject that names what is handed in; "Re:" answers something, "Fwd:" hands on.
_NAMED = re.compile(
    r"\s*(?:(?:fwd?|tr|terusan)\s*:\s*)?(?:naskah|artikel|warta|berita|tulisan|liputan|foto|article|news|photos?)\b",
    re.IGNORECASE,
)
# "The photos will follow": nothing was meant to be attached to this one.
_LATER = re.compile(r"\b(?:menyusul|nyusul|susulkan|will follow|to follow)\b", re.IGNORECASE)
_ATTACHED = re.compile(r"lampir|attach|enclosed", re.IGNORECASE)
_ASKING = re.compile(
    r"\?|\b(?:kapan|bagaimana|apakah|gimana|siapa|berapa|di\s?mana)\b", re.IGNORECASE
)


def looks_like_a_try(mail: Mail) -> bool:
    """Whether the mail links to a file service, speaks of handing in, or is called an article
    and asks nothing. A shortener's link alone is none: shops and invitations carry them too."""
    # What answers something bears the subject of what it answers: not its author's words.
    words = mail.text if subject.is_reply(mail.subject) else f"{mail.subject}\n{mail.text}"
    linked = any(" (" in link and CONFIDENTIAL not in link for link in mail.links)
    if not linked and _LATER.search(words) and not _ATTACHED.search(words):
        return False
    if linked or _HANDING_IN.search(words):
        return True
    return bool(_NAMED.match(mail.subject)) and not _ASKING.search(words)
