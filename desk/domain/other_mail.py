"""Whether what a letter asks for may lie in another mail: asked once more before the letter leaves.
Pure.
"""

import re
from datetime import timedelta

from msgspec import Struct

from desk.domain.match import has_article, is_empty
from desk.domain.similarity import stem
from redaksi.model import Assessment, Submission

# Letters that ask for something, or that end the waiting for it.
ASKING = frozenset({
    "closed", "nothing-attached", "partly-fixed", "reminder", "revise", "unreadable",
})  # fmt: skip
# A mail that was not looked at by then is a fault of ours: `redaksi status` tells of it, and letters
# go on.
PATIENCE = timedelta(minutes=30)
LOOK_AGAIN = timedelta(seconds=30)
NEAR = timedelta(days=1)  # between two mails that may be parts of one thing
HEADER = 64 << 10  # bytes of a mail in which its sender and thread stand

_CAPTIONS = frozenset({"caption-missing", "caption-orphan"})
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_BETWEEN_NAMES = re.compile(rb"[\s<>,;:()\[\]\"]+")
_FROM = re.compile(rb"^from:[^\n]{0,400}(?:\n[ \t][^\n]{0,400}){0,3}", re.MULTILINE)


class Party(Struct, frozen=True, kw_only=True):
    """Who and what a mail may name that belongs to a submission, in lower case: addresses and
    Message-IDs (without brackets); the submission's number; the contributor's full name."""

    names: frozenset[str]
    number: str
    full_name: str = ""


class Header(Struct, frozen=True, kw_only=True):
    """What the head of a mail names, read without understanding it."""

    names: frozenset[str]
    sender: str
    text: str


def read_header(raw: bytes) -> Header:
    """The addresses and Message-IDs in the first HEADER bytes of a mail, whatever field they stand
    in. Linear; a mail that is a forgery or broken only names more or less."""
    end = _EMPTY_LINE.search(raw, 0, HEADER)
    head = raw[: end.start() if end else HEADER].lower()
    sender = _FROM.search(head)
    return Header(
        names=frozenset(
            word.decode("utf-8", "replace") for word in _BETWEEN_NAMES.split(head) if b"@" in word
        ),
        sender=sender[0].decode("utf-8", "replace") if sender else "",
        text=head.decode("utf-8", "replace"),
    )


def is_of(header: Header, party: Party) -> bool:
    """Whether the mail is the party's, or answers it: by an address, a thread, a number, a name."""
    if header.names & party.names or (party.number and party.number in header.text):
        return True
    return is_full_name(party.full_name) and party.full_name in header.sender


def is_full_name(name: str) -> bool:
    """Whether two people of this name are most likely one."""
    return len(name) >= 8 and " " in name


def may_bring(asked: Assessment | None, other: Submission) -> bool:
    """Whether the other submission holds what is asked for.

    A whole article of its own brings nothing but to whom nothing came at all; an article alone
    nothing to who sent one that could not be read, unless it is called the same.
    """
    if asked is None:
        return False
    mine = asked.submission
    rules = {finding.rule for finding in asked.findings if finding.severity == "must"}
    article = bool(other.documents or other.typed)
    if is_empty(mine):
        return article or bool(other.photos)
    if article:
        lacks = "document-missing" in rules and not has_article(mine)
        unread = any(rule.startswith("document-") for rule in rules)
        again = unread and bool(_stems(mine) & _stems(other))
        return not other.photos and (lacks or again)
    if other.photos and any(rule.startswith("photo-") for rule in rules):
        return True
    says = other.photos or other.loose or other.orphans
    return bool(says) and bool(rules & _CAPTIONS)


def _stems(submission: Submission) -> frozenset[str]:
    return frozenset(stem(document.name) for document in submission.documents)
