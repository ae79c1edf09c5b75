"""What the letters' tests share: the checked templates, a stationery, a letter read back as a
client would."""

import functools
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from publisher.letters import samples
from publisher.letters.compose import compose
from publisher.letters.letter_context import Letter, LetterContext, LetterKind
from publisher.letters.proofread import load
from publisher.letters.stationery import Stationery, Templates
from redaksi.model import Language


@functools.cache
def templates() -> Templates:
    """Our own templates, compiled once a run."""
    return load()


def stationery(language: Language = "id") -> Stationery:
    """Stationery that mentions everything."""
    return samples.stationery(templates(), language)


def occasion(kind: LetterKind = "revise", language: Language = "id") -> LetterContext:
    """A full occasion for a letter."""
    return samples.letter_contexts(kind, language)[0]


def written(kind: LetterKind, about: LetterContext) -> Letter:
    """The letter on this occasion."""
    return compose(kind, about, stationery(about.language))


def read(letter: Letter) -> Message:
    """The letter as the standard library reads it."""
    return message_from_bytes(letter.raw)


def shown(message: Message, field: str) -> str:
    """A header field as a client shows it."""
    return str(make_header(decode_header(message[field])))


def bodies(message: Message) -> dict[str, str]:
    """The alternatives by media type, decoded."""
    return {
        part.get_content_type(): bytes(part.get_payload(decode=True)).decode("utf-8")
        for part in message.walk()
        if not part.is_multipart()
    }
