"""A letter, from the occasion to its octets. Pure: the same arguments give the same bytes,
Message-ID included."""

import re

from publisher.letters import stationery as paper
from publisher.letters.blocks import Block, bare, words
from publisher.letters.letter_context import Letter, LetterContext, LetterKind
from publisher.letters.messageid import message_id, plus_address
from publisher.letters.mime import Envelope, build_mail
from publisher.letters.plaintext import render_text
from publisher.letters.source import (
    check_length,
    find_links,
    fingerprint,
    read_source,
    tidy_source,
    write_source,
)
from publisher.letters.stationery import Stationery
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.text import clean

_REPLY = re.compile(
    r"^(?:\s*(?:re|bls|balas|aw|sv)(?:\s*\[\d{1,3}\]|\s*\(\d{1,3}\))?\s*:)+\s*", re.IGNORECASE
)
_UNTITLED = {"id": "Kiriman naskah", "en": "Your submission"}
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,240}>")
_MOST_REFERENCES = 20


def compose(letter: LetterKind, context: LetterContext, stationery: Stationery) -> Letter:
    """The letter `letter` for this occasion on this stationery.

    Raises ValueError when `context.to` or the stationery's address is not exactly one mailbox:
    such a letter must not exist. What else a mail brought (subject, names, references) never
    raises.
    """
    blocks = paper.blocks(letter, context, stationery)
    source = write_source(blocks)
    return _finish(letter, context, stationery, blocks, source)


def compose_edited(
    source: str, letter: LetterKind, context: LetterContext, stationery: Stationery
) -> Letter:
    """The same letter in an editor's words: the status line, the envelope and the Message-ID are
    ours all the same.

    Raises IllegalMove when it is too short or too long, ValueError as `compose`.
    """
    check_length(source)
    composed = paper.blocks(letter, context, stationery)
    status = tuple(block for block in composed if block.kind == "status")
    blocks = (*status, *read_source(source, find_links(composed)))
    return _finish(letter, context, stationery, blocks, tidy_source(source))


def _finish(
    letter: LetterKind,
    context: LetterContext,
    stationery: Stationery,
    blocks: tuple[Block, ...],
    source: str,
) -> Letter:
    to, sender = _one_mailbox(context.to), _one_mailbox(stationery.address)
    made = message_id(
        number=context.number,
        try_number=context.try_number,
        kind=letter + "-again" * context.again,
        answers=context.message_id,
        domain=stationery.domain,
        key_id=stationery.key.id,
        secret=stationery.key.secret,
    )
    subject = _headline(blocks) if letter == "digest" else subject_of(context)
    plain = render_text(blocks)
    values = {
        "blocks": blocks,
        "subject": subject,
        "language": context.language,
        "sign": stationery.sign,
    }
    html = paper.page(stationery.templates, values)
    envelope = Envelope(
        to=to,
        sender=sender,
        sender_name=paper.show_value(stationery.name, 100),
        subject=subject,
        message_id=made,
        date=stationery.now,
        language=context.language,
        references=() if letter == "digest" else thread(context),
        reply_to=_answers_to(stationery, context),
    )
    return Letter(
        kind=letter,
        to=to,
        subject=subject,
        message_id=made,
        raw=build_mail(envelope, plain, html),
        text=plain,
        html=html,
        source=source,
        facts_hash=fingerprint(context, source),
    )


def subject_of(context: LetterContext) -> str:
    """ "Re: " and the contributor's own subject, so that the thread stays whole in Gmail; never "Re: Re:"."""
    own = _REPLY.sub("", clean.line(bare(context.subject), 250), count=1)
    return f"Re: {own or clean.line(bare(context.title), 150) or _UNTITLED[context.language]}"


def thread(context: LetterContext) -> tuple[str, ...]:
    """References: the parent's, then the parent (RFC 5322, 3.6.4); the first and the latest when
    there are many."""
    chain = [one for one in (*context.references, context.message_id) if _MESSAGE_ID.fullmatch(one)]
    chain = list(dict.fromkeys(reversed(chain)))[::-1]
    if len(chain) > _MOST_REFERENCES:
        chain = [chain[0], *chain[1 - _MOST_REFERENCES :]]
    return tuple(chain)


def _answers_to(paper: Stationery, context: LetterContext) -> str:
    """The plus-address of the submission; "" where none is delivered to us, or the letter is
    about none."""
    if not paper.plus or not context.number:
        return ""
    key = paper.key
    return plus_address(paper.address, context.number, key_id=key.id, secret=key.secret)


def _headline(blocks: tuple[Block, ...]) -> str:
    return next((words(block.rows[0].label) for block in blocks if block.kind == "status"), "")


def _one_mailbox(address: str) -> str:
    found = mailboxes(address) if address == clean.line(address, 320) else ()
    if len(found) != 1 or found[0] is None:
        raise ValueError("a letter goes to exactly one mailbox")
    return found[0].deliverable
