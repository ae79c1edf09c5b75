"""What a mail system says in words alone: whom it could not reach, and whether for good.

qmail, Exim, Postfix and Sendmail of old, Courier, Exchange, Gmail and Yahoo each write their own;
what they share is read: an address, and beside it an enhanced status code (RFC 3463). A reply code
alone ("550") is none: it says that a server refused, not that the address is no good.
"""

import re
from collections.abc import Iterator
from itertools import islice

from redaksi.arrival import Delivery

_MOST = 32_000  # characters that are read
_BESIDE = 1500  # characters behind an address in which its code stands
_BEFORE = 80  # and before it, on its line
_MOST_NAMED = 200
_MOST_RECIPIENTS = 20
ADDRESS = re.compile(
    r"(?<![^\s<>\"'(\[:;,=])[^\s<>,;:()\[\]\"'=]{1,64}@[^\s<>,;:()\[\]\"'&]{1,255}"
)
# Where the copy of what came back begins.
_COPY = re.compile(
    r"^[-=* \t]{0,80}(?:below (?:this|the) line is a copy|this is a copy of (?:the|your) message"
    r"|(?:the )?(?:original|unsent|returned|undelivered) (?:message|mail)(?: headers?| follows)?\s*(?:[-:]|$)"
    r"|message headers? follows?|(?:pesan|surel) asli\s*(?:[-:]|$)|return-path:\s|received:\s)",
    re.IGNORECASE | re.MULTILINE,
)
# "550 5.1.1", "550-'5.1.1", "550 #5.1.1", "(#5.1.1)", "Status: 5.1.1", never part of an address or a version.
_CODE = re.compile(
    r"(?:(?<![\d.])[245]\d\d[ -]{1,2}['\"(<]?#?|#|\bstatus(?: code)?:?\s{1,3})([245]\.\d{1,3}\.\d{1,3})(?![\d.]?\d)",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\bdelayed\b|warning message only|still (?:being )?(?:re)?tr(?:y|ied)|will be retried"
    r"|will (?:keep|continue) (?:on )?(?:to try|trying)|not yet (?:been )?delivered|still undelivered"
    r"|could not send (?:the )?message for (?:the )?past|temporary (?:failure|error)|delivery incomplete"
    r"|not need to re-?send|\btertunda\b|mencoba lagi",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"fail|undeliver|(?:not|unable to|n['\N{RIGHT SINGLE QUOTATION MARK}]t)\s(?:\w+\s){0,3}(?:be )?deliver"
    r"|permanent|rejected|returned to sender|did not reach|giv(?:en|ing) up|unknown|not found"
    r"|tidak (?:dapat |bisa )?(?:terkirim|dikirim|ditemukan|sampai)|gagal",
    re.IGNORECASE,
)


def read_sentences(subject: str, text: str) -> Iterator[Delivery]:
    """A Delivery for each address that the words above the returned copy name; none where neither
    they nor a code say that a mail failed or waits."""
    copy = _COPY.search(text[:_MOST])
    words = text[: copy.start() if copy else _MOST]
    action = _choose_action(f"{subject}\n{words}")
    sections: dict[str, list[str]] = {}
    for address, section in _split_by_address(words):
        if len(sections) < _MOST_RECIPIENTS or address in sections:
            sections.setdefault(address, []).append(section)
    for address, beside in sections.items():
        status = _choose_code("\n".join(beside))
        if action or status:
            by_code = "failed" if status.startswith("5") else "delayed"
            yield Delivery(recipient=address, action=action or by_code, status=status)


def _choose_action(words: str) -> str:
    """Whether it waits or failed, in RFC 3464's word; "" where the words say neither."""
    if _DELAYED.search(words):
        return "delayed"
    return "failed" if _FAILED.search(words) else ""


def _split_by_address(words: str) -> Iterator[tuple[str, str]]:
    """Each address, in lower case, with what stands beside it: its line before it, and behind it
    everything up to another address."""
    matches = list(islice(ADDRESS.finditer(words), _MOST_NAMED))
    names = [match[0].rstrip(".").lower() for match in matches]
    before = 0
    for at, (match, address) in enumerate(zip(matches, names, strict=True)):
        others = (
            later.start()
            for later, name in zip(matches[at + 1 :], names[at + 1 :], strict=True)
            if name != address
        )
        end = min(next(others, len(words)), match.end() + _BESIDE)
        line = words.rfind("\n", before, match.start()) + 1
        start = max(line, before, match.start() - _BEFORE)
        yield address, f"{words[start : match.start()]} {words[match.end() : end]}"
        before = match.end()


def _choose_code(beside: str) -> str:
    """The first code; one that is not for good wins, and two classes at odds are none."""
    codes = [match[1] for match in _CODE.finditer(beside)][:20]
    soft = next((code for code in codes if not code.startswith("5")), "")
    return soft or next(iter(codes), "")
