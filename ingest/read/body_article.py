"""An article typed, pasted or forwarded in a mail's own text: a submission that lacks its document.

    running text (600 characters) ─┬─ with byline or dateline, handed in ─► certain
    byline or dateline ────────────┴─ all else ───────────────────────────► an editor looks

Whoever merely writes a long mail is never asked for a Word document.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from ingest.read.document.roles import byline
from ingest.read.document.roles.dateline import find_closing_place, find_opening_place
from redaksi.arrival import Mail
from redaksi.sender_policy.attempt import is_called_an_article, looks_like_a_try
from redaksi.text import clean, subject

ARTICLE = 600  # characters of running text from which a mail's words may be an article
SHORT = 300  # the same, where a byline or dateline stands with them
_MOST, _MOST_TEXT = 2000, 100_000  # lines and characters looked at
_WRAPPED = 50  # a line this long may go on in the next one
_FEWEST_WORDS = 8  # of a sentence that is running text
# What companies hang below every mail, in two languages; nothing behind it is the author's.
_DISCLAIMER = re.compile(
    r"intended (?:solely|only|recipient)|confidential(?:ity)? notice|privileged (?:and|or) confidential"
    r"|(?:this|the) (?:e-?mail|message|communication)\b.{0,80}\bconfidential|not the intended"
    r"|bukan penerima yang|penerima yang (?:dituju|dimaksud|berhak)|hanya (?:di)?(?:tuju|peruntuk)kan (?:bagi|untuk|kepada) penerima"
    r"|(?:surel|e-?mail|pesan) ini (?:beserta|dan|bersifat)\b.{0,80}\b(?:rahasia|lampiran)|\bdisclaimer\b",
    re.IGNORECASE,
)
# What newsletters and machines write.
_MACHINE = re.compile(
    r"\bunsubscribe\b|berhenti (?:ber)?langganan|view (?:this )?(?:e-?mail |it )?in (?:your )?browser"
    r"|(?:lihat|buka|baca) (?:(?:surel|e-?mail) ini )?di (?:browser|peramban)|manage (?:your )?(?:preferences|subscription)"
    r"|(?:jangan|tidak perlu|mohon (?:untuk )?tidak) (?:mem)?balas (?:ke )?(?:surel|e-?mail|pesan) ini"
    r"|(?:do not|don't) reply to this|automatically generated|(?:dikirim|dibuat) (?:secara )?otomatis oleh",
    re.IGNORECASE,
)
_NO_PROSE = re.compile(
    r"[\W_]*(?:https?://|www\.|(?:foto|gambar|photo|caption|keterangan|takarir|narasi)\b[^.]{0,30}[:=–-]|>)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*(?:\s|$)")
_ENDS = (".", "!", "?", "…", ".”", '."', ":", ";")  # of a line that does not go on
_QUOTED = re.compile(r"[“\"][^”\"]{0,1500}[”\"]")
_TO_SOMEBODY = re.compile(
    r"\b(?:saya|kami|anda|kita|aku|redaksi|redaktur|bapak/ibu|yth|mohon|tolong|terlampir|i|we|you|your|please)\b",
    re.IGNORECASE,
)


class Typed(Struct, frozen=True, kw_only=True):
    """What of a mail's words may be an article: characters of running text, and whether a byline
    or dateline stands with it. `opening` shows it to an editor."""

    characters: int = 0
    news: int = 0  # of these, characters of paragraphs that speak to nobody
    signed: bool = False  # a byline or dateline; a name in brackets closes letters too, and is none
    opening: str = ""

    @property
    def is_long(self) -> bool:
        """Long enough for an article; shorter where a byline or dateline says that it is one."""
        return self.characters >= (SHORT if self.signed else ARTICLE)


def is_too_long(text: str) -> bool:
    """Whether words go on beyond what is looked at: what they hold is not known."""
    return len(text) > _MOST_TEXT or text.count("\n") >= _MOST


def find_typed(text: str) -> Typed:
    """The running text of a mail's words, signature and quotation cut off before. Pure; linear."""
    prose: list[str] = []
    signed = False
    for paragraph in join_paragraphs(text):
        if _DISCLAIMER.search(paragraph[:600]):
            break
        if _is_byline(paragraph):
            signed = signed or not paragraph.startswith("(")
        elif _is_prose(paragraph):
            signed = signed or bool(find_opening_place(paragraph))
            prose.append(paragraph)
    signed = signed or bool(prose and find_closing_place(prose[-1]))
    return Typed(
        characters=sum(map(len, prose)),
        news=sum(len(paragraph) for paragraph in prose if not _is_addressed(paragraph)),
        signed=signed,
        opening=clean.line(prose[0] if prose else text, 200),
    )


def may_be_article(mail: Mail) -> bool:
    """Whether the mail by its words alone may hand in an article. A reply says much that is none:
    there a byline or dateline is asked for too."""
    typed = find_typed(mail.text)
    if not typed.is_long or _MACHINE.search(mail.text):
        return False
    return not is_reply(mail) or (typed.signed and typed.characters >= ARTICLE)


def is_certain(mail: Mail, *, photos: bool) -> bool:
    """Whether the article for certain stands in the mail and is handed in by who wrote it, so that
    a letter may ask for the Word document."""
    if is_reply(mail) or mail.forwarded_from or subject.is_forward(mail.subject):
        return False
    typed = find_typed(mail.text)
    handed_in = photos or looks_like_a_try(mail) or is_called_an_article(mail)
    long = typed.signed and typed.news >= ARTICLE
    return long and handed_in and not _MACHINE.search(mail.text)


def is_reply(mail: Mail) -> bool:
    """By its header or its subject."""
    return bool(mail.in_reply_to) or subject.is_reply(mail.subject)


def find_beside(text: str) -> str:
    """What stands above and below an article that is typed into a mail; all of it, where none
    is."""
    if not find_typed(text).is_long:
        return text
    paragraphs = list(join_paragraphs(text))
    news = [at for at, each in enumerate(paragraphs) if _is_prose(each) and not _is_addressed(each)]
    if not news:
        return text
    above = [each for each in paragraphs[: news[0]] if not _is_headline(each)]
    return "\n\n".join((*above, *paragraphs[news[-1] + 1 :]))


def _is_headline(line: str) -> bool:
    words = [word for word in line.split() if word[:1].isalpha()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def join_paragraphs(text: str) -> Iterator[str]:
    """Lines as one where a long one does not end its sentence; blank lines part them."""
    held = ""
    for each in text[:_MOST_TEXT].splitlines()[:_MOST]:
        line = clean.line(each.strip(" \t>*_"), 5000)
        if held and line and len(held) < 5000 and _goes_on(held, line):
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _goes_on(held: str, line: str) -> bool:
    last = held[-200:]
    return len(last) >= _WRAPPED and not last.endswith(_ENDS) and not _is_byline(line)


def _is_prose(paragraph: str) -> bool:
    """Words of a sentence: no list item, caption, address or heading."""
    words = [word for word in paragraph.split() if any(c.isalpha() for c in word)]
    if len(words) < _FEWEST_WORDS or _NO_PROSE.match(paragraph):
        return False
    return _SENTENCE.search(paragraph) is not None or len(words) >= 3 * _FEWEST_WORDS


def _is_addressed(paragraph: str) -> bool:
    """Whether somebody speaks to somebody, quotations left out: a letter, not news."""
    return _TO_SOMEBODY.search(_QUOTED.sub(" ", paragraph)) is not None


def _is_byline(line: str) -> bool:
    """ "Penulis: Rahmawati", "Oleh Sri Wahyuni", "(Sri Wahyuni/Humas)"."""
    if len(line) > 160:
        return False
    keyed = byline.parse_keyed(line)
    named = bool(keyed) and byline.is_name(byline.parse(keyed or "").name)
    return named or bool(byline.parse_unmarked(line) or byline.parse_bracketed(line))
