"""A chat's export ("WhatsApp Chat - Siti.txt"): a photo's name, and its words below or in the next
message.

    15/11/26 08.12 - Siti: IMG-20261115-WA0003.jpg (file terlampir)
    Warga bergotong royong …
    [15/11/26 08.12.33] Siti: <terlampir: 00000012-PHOTO-2026-11-15-08-12-33.jpg>
"""

import re
from itertools import pairwise, takewhile

from msgspec import Struct

from ingest.read.captions.grammar.prose import is_sign_off
from ingest.read.captions.grammar.words import EXTENSION

_MESSAGE = re.compile(
    r"\[?(?P<when>\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s+(?:pukul\s+)?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?)\]?"
    r"\s*(?:[-–]\s*)?(?P<who>[^:]{1,80}):\s?(?P<text>.*)"
)
_ATTACHED = re.compile(
    rf"<?(?:(?:terlampir|attached|lampiran)\s*:\s*)?(?P<name>[^\s<>:/\\][^<>:/\\]{{0,120}}?{EXTENSION})"
    r"\s*(?:>|\((?:file\s+terlampir|file\s+attached|berkas\s+terlampir)\))",
    re.IGNORECASE,
)
_FEWEST = 3


class Sent(Struct, frozen=True):
    """A photo in a chat: its name, the line it stands on, its words' lines (from, to), and
    whether they stood in the same message."""

    name: str
    text: str
    first: int
    last: int
    sure: bool


class _Message(Struct, frozen=True):
    who: str
    lines: tuple[str, ...]
    first: int
    last: int


def read_chat(lines: list[str]) -> list[Sent]:
    """The photos sent in a chat with the words that go with them; [] for what is no chat."""
    messages = _split(lines)
    if len(messages) < 2:
        return []
    found: list[Sent] = []
    for at, message in enumerate(messages):
        line = message.lines[0]
        attached = _ATTACHED.search(line)
        if attached is None:
            continue
        own = [
            line[: attached.start()],
            line[attached.end() :],
            *takewhile(_goes_on, message.lines[1:]),
        ]
        text = " ".join(each.strip() for each in own if each.strip())
        name = attached["name"].strip()
        if text:
            found.append(Sent(name, text, message.first, message.last, sure=True))
        elif at + 1 < len(messages) and _is_answer(messages[at + 1], message):
            following = messages[at + 1]
            lines_on = takewhile(_goes_on, following.lines)
            words = " ".join(each.strip() for each in lines_on if each.strip())
            found.append(Sent(name, words, message.first, following.last, sure=False))
    return found


def _goes_on(line: str) -> bool:
    """Not the closing of the mail that the chat was pasted into."""
    return not is_sign_off(line)


def _is_answer(following: _Message, message: _Message) -> bool:
    """The same person's next message, and no photo itself."""
    words = " ".join(following.lines).split()
    same = following.who == message.who
    return same and len(words) >= _FEWEST and not _ATTACHED.search(following.lines[0])


def _split(lines: list[str]) -> list[_Message]:
    """The messages of a chat, each with the lines that go on below it."""
    starts = [at for at, line in enumerate(lines) if _MESSAGE.fullmatch(line)]
    messages: list[_Message] = []
    for first, end in pairwise([*starts, len(lines)]):
        begins = _MESSAGE.fullmatch(lines[first])
        if begins:
            own = (begins["text"], *lines[first + 1 : end])
            messages.append(_Message(begins["who"].strip(), own, first, end - 1))
    return messages
