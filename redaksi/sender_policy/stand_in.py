"""What a mail server writes in place of a mail it cannot give. Pure.

Exchange (2003 to today, POP3 and IMAP4, in the server's language) answers FETCH for a message that it
cannot convert to MIME with a text of its own: From names the product and no address, Subject names
the protocol and the message's number, the text quotes the lost mail's subject and sender. Nobody sent
it: it never passed a relay.
"""

import re

from msgspec import Struct

from redaksi.sender_policy.header_fields import plain
from redaksi.sender_policy.question import Question, local_parts_of
from redaksi.text import clean

_PRODUCT = re.compile(r'\s*["\']?\s*microsoft\s+(?:office\s+365|exchange)\b[^@]{0,80}(?:<|$)', re.I)
_OWN_ADDRESS = re.compile(r"postmaster|microsoftexchange[0-9a-f]*|microsoft|exchange")
# "… IMAP4 … : 752"; the protocol's name and the number stand in every language
_NUMBERED = re.compile(r"(?:imap\s?4?|pop\s?3)\b.{0,200}?\d+\W{0,3}$", re.I | re.S)
_WORDS = re.compile(
    r"(?:could\s?n[o']?t|cannot|unable to|not) (?:be )?retrieved?\b"
    r"|retrieval using the (?:imap4?|pop3) protocol failed"
    r"|(?:mapi|mime|content|message)(?: to mime)? conversion (?:failure|failed|error)"
    r"|tidak dapat (?:mengambil|diambil)|nicht (?:abrufen|abgerufen)|pas pu r[eé]cup[eé]rer"
    r"|no (?:se )?pudo recuperar|imposs[ií]vel recuperar|non [eè] stato possibile recuperare"
    r"|kan (?:het volgende bericht )?niet (?:ophalen|worden opgehaald)",
    re.I,
)
_LOOKED_AT = 600  # characters of the text: what the server has to say stands above
# 'Subject: "Naskah Warta"', 'From: "Siti Aminah" ("siti@surel.example")', in any language
_QUOTED = re.compile(
    r'^[^:"\n]{1,40}:[ \t]*"([^"\n]{0,300})"(?:[ \t]*\([ \t]*"?([^")\n]{0,300})"?[ \t]*\))?', re.M
)


class StandIn(Struct, frozen=True, kw_only=True):
    """What it says of the mail that is held back, cleaned; "–" where it does not."""

    subject: str = "–"
    sender: str = "–"


def find_stand_in(question: Question) -> StandIn | None:
    """What the stand-in tells of the lost mail; None for a mail that is none."""
    mail = question.mail
    if question.brought.attached or not may_be_stand_in(question):
        return None
    text = plain_apostrophes(mail.text[:_LOOKED_AT])
    subject = plain_apostrophes(mail.subject)
    if not (_NUMBERED.search(subject) or _WORDS.search(subject) or _WORDS.search(text)):
        return None
    return _read(text)


def may_be_stand_in(question: Question) -> bool:
    """Whether the header is one of the server's own: it passed no relay."""
    return not question.has("Received") and _is_the_servers(question)


def plain_apostrophes(text: str) -> str:
    """The typographic apostrophe as ASCII writes it; white space as one blank but for line ends."""
    return re.sub(r"[^\S\n]+", " ", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


def _is_the_servers(question: Question) -> bool:
    fields = question.all("From")
    named = any(_PRODUCT.match(value) for value in fields)
    return named or any(
        _OWN_ADDRESS.fullmatch(plain(local)) for local in local_parts_of(question.mail)
    )


def _read(text: str) -> StandIn:
    quoted = [found.groups() for found in _QUOTED.finditer(text)][:2]
    subject = clean.line(quoted[0][0] or "", 120) if quoted else ""
    name, address = quoted[1] if len(quoted) > 1 else ("", "")
    sender = clean.line(f"{name} <{address}>" if address else name or "", 160)
    return StandIn(subject=subject or "–", sender=sender or "–")
