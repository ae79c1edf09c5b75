"""Lines that say how somebody is reached, and nothing else: an address, a number, an account."""

import re

_PHONE = r"(?:\+62|\(?0\d|62)[\d\s().-]{6,16}"
_REACHED = (
    r"(?:(?:no\.?\s*)?(?:hp|telp|telepon|tlp|wa|whatsapp|nip|ponsel|seluler|kontak|contact|cp|call)\.?(?:\s*/\s*wa)?"
    rf"\s*[:.]?\s*(?:{_PHONE}|[+\d][\d\s.()-]{{5,20}})|{_PHONE}"
    r"|(?:e-?mail|surel|pos-?el)?\s*[:.]?\s*[^\s@]{1,64}@[^\s@]{1,190}\.[a-z]{2,12}"
    r"|https?://\S{1,200}|www\.\S{1,200}"
    r"|(?:instagram|ig|facebook|fb|twitter|x|tiktok|youtube|yt|line|telegram|medsos)\s*[:@/]\s*@?[\w .@/_-]{1,60}"
    r"|@[\w.]{2,40}|\#\w{2,40}(?:[\s,;]{1,3}\#\w{2,40}){0,20})"
)
_CONTACT = re.compile(
    rf"[\W_]{{0,4}}{_REACHED}(?:\s*[|/,;•·–-]{{1,2}}\s*{_REACHED}){{0,3}}(?:\s*\([^()]{{1,40}}\))?[\s.)\]]*",
    re.IGNORECASE,
)
_MOST = 160  # characters


def is_contact(text: str) -> bool:
    """ "sri@contoh.example", "HP 0812-3456-7890", "IG: @bkm_harapan / WA 0812 3456 7890"."""
    return len(text) <= _MOST and _CONTACT.fullmatch(text) is not None
