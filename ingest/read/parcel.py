"""A mail, or files named together, as a Parcel: the first thing that is done with what came in.

Whatever the octets are, a Parcel comes back. A mail that breaks a limit made against attacks comes
back `refused`, with as much of its header as could be had, so that an editor sees whose it was.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from mmap import mmap

from msgspec.structs import replace

from ingest.read.body_article import is_too_long
from ingest.read.budget import KEPT_TEXT, Budget
from ingest.read.files.mail_file import read_utf16
from ingest.read.guarded import read_guarded
from ingest.read.mail import address_fields, charset, headers, links, quoted
from ingest.read.mail.attachments import Shelf
from ingest.read.mail.bodies import ALTERNATIVE, REPORT, Body
from ingest.read.mail.body_part import Raw
from ingest.read.mail.headers import Block, read_block
from ingest.read.mail.item import Forward, Item
from ingest.read.mail.message import (
    MESSAGES,
    Part,
    Split,
    detect_line_break,
    find_header_start,
)
from ingest.read.mail.transport.hidden_parts import take_apart
from ingest.read.mail.transport.signed_mail import open_signed
from redaksi.arrival import File, Mail, MayBe, Parcel, Unread
from redaksi.limits import MB, Safety
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.text import clean, subject

_ID = re.compile(r"<[^<>\s]{1,250}>")
_PICTURE = re.compile(r"\[cid:([^\[\]\s]{1,500})\]", re.IGNORECASE)
_MOST_REFERENCES = 100
_REPORTS = ("delivery-status", "disposition-notification", "feedback-report")
_MOST_TEXT = KEPT_TEXT  # characters of the author's words
_MOST_LINES, _MOST_LINE = 5000, 10_000  # of words that are shown as they came


def read_email(
    raw: bytes | mmap | memoryview, source: str, safety: Safety, budget: Budget | None = None
) -> Parcel:
    """The Parcel of a mail (RFC 5322) as it lies in the mailbox. `source` names it for people;
    `budget` is the reading's, handed to `examine` too.

    Never raises for what the mail is. The Files hold on to `raw` and decode their part of it at
    each `load`.
    """
    budget = budget or Budget(safety)
    budget.allow(len(raw))
    octets = bytes(raw) if isinstance(raw, memoryview) else raw
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        octets = read_utf16(bytes(octets))
    if len(octets) > safety.max_message:
        header = _header(octets, safety)
        refused = explain(ReasonCode.MESSAGE_LIMIT, most=safety.max_message // MB)
        return Parcel(source=source, mail=_mail(header.fields, None, (), Body()), refused=refused)
    octets, taken = _take_apart(octets, safety, budget)
    if taken.root is None or taken.refused:
        return Parcel(
            source=source,
            mail=_mail(taken.header.fields, None, (), Body()),
            refused=taken.refused,
            unjudged=tuple(budget.reasons),
        )
    shelf = Shelf(safety, budget)
    shelf.headers = taken.headers
    reply, forward = _direction(taken.header.fields)
    words, pictures = shelf.read_body(octets, taken.root, reply=reply, forward=forward)
    top = Item(name="", load=bytes, pictures=pictures)
    shelf.put_mail(octets, taken.root, words, top)
    mail, layout = _read_words(taken.header.fields, taken.root, shelf, words)
    return Parcel(
        source=source,
        files=tuple(shelf.files),
        mail=mail,
        layout=layout,
        refused=shelf.maker.refused,
        unread=_doubt_parts(taken.mended or shelf.mended),
        unjudged=tuple(budget.reasons),
    )


def _take_apart(octets: Raw, safety: Safety, budget: Budget) -> tuple[Raw, Split]:
    """The octets in which the parts lie, and their tree; a header alone where a reader of ours
    fails."""

    def fail(_: Reason) -> Split:
        return Split(header=_header(octets, safety), root=None)

    taken = read_guarded("mail", budget, lambda: take_apart(octets, safety), fail)
    if budget.bare or taken.root is None:
        return octets, taken

    def read() -> tuple[Raw, Split]:
        return open_signed(octets, taken, safety)

    return read_guarded("smime", budget, read, lambda _: (octets, taken))


def _read_words(fields: headers.Fields, root: Part, shelf: Shelf, words: Body) -> tuple[Mail, str]:
    """The Mail, and its words laid out. Of words that a reader of ours fails on the plain text
    stays, with what is quoted in it; nothing of it is judged."""
    forwards = tuple(shelf.forwards)
    reply, forward = _direction(fields)

    def read() -> tuple[Mail, str]:
        mail = _mail(fields, root, forwards, words, shelf.budget)
        if is_too_long(mail.text):
            shelf.budget.exceed("text")
        trim = partial(_trim, budget=shelf.budget)
        top = trim(words.layout, reply=reply, forward=forward).text
        texts = (top, *(trim(each.body.layout).text for each in forwards))
        return mail, _name_pictures(texts, shelf.files)

    def fail(_: Reason) -> tuple[Mail, str]:
        mail = _mail(fields, root, (), Body())
        lines = (clean.line(line, _MOST_LINE) for line in words.text.splitlines()[:_MOST_LINES])
        return replace(mail, text="\n".join(lines)[:_MOST_TEXT]), ""

    if shelf.budget.bare:
        return fail(shelf.budget.exceed("attempt"))
    return read_guarded("body", shelf.budget, read, fail)


def read_header(prefix: bytes | mmap | memoryview, safety: Safety) -> Mail:
    """The Mail of its first octets (`Safety.header_prefix`), without words: the header as `read_email` reads
    it of the whole. Never raises for what the mail is."""
    octets = prefix if isinstance(prefix, bytes) else bytes(prefix)
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        octets = read_utf16(octets)
    taken = take_apart(octets, safety)
    fields = taken.header.fields
    mail = _mail(fields, None, (), Body())
    return replace(mail, report_type=_report_type(fields, taken.root))


def _doubt_parts(line: str) -> tuple[Unread, ...]:
    """Of a mail that was broken and taken apart at `line`: whatever it lacks may be in it."""
    lacking: tuple[MayBe, ...] = ("article", "photo", "caption") if line else ()
    return tuple(Unread(may_be=each, kind="body", text=line) for each in lacking)


def _trim(
    text: str, budget: Budget | None, *, reply: bool = False, forward: bool = False
) -> quoted.Trimmed:
    """As `quoted.trim`, of what is read; words that go on beyond it make the mail one that was not
    read whole."""
    trimmed = quoted.trim(text[:_MOST_TEXT], reply=reply, forward=forward)
    if budget is not None and (trimmed.cut or len(text) > _MOST_TEXT):
        budget.exceed("text")
    return trimmed


def _name_pictures(texts: Sequence[str], files: Sequence[File]) -> str:
    """The author's words as `_mail` takes them, with rows, lists and pictures by their file's
    name."""
    names = {file.content_id.casefold(): file.name for file in files if file.content_id}

    def name_picture(mark: re.Match[str]) -> str:
        name = names.get(mark[1].strip("<> ").casefold())
        return f"[image: {name}]" if name else mark[0]

    text = "\n\n".join(each for each in texts if each)[:_MOST_TEXT]
    return _PICTURE.sub(name_picture, text) if names else text


def read_files(
    files: Iterable[tuple[str, bytes]], source: str, safety: Safety, budget: Budget | None = None
) -> Parcel:
    """The Parcel of files named together, as a web form or `redaksi check` hands them in."""
    budget = budget or Budget(safety)
    named = tuple(files)
    budget.allow(sum(len(octets) for _, octets in named))
    shelf = Shelf(safety, budget)
    for name, octets in named:
        shelf.put(Item(name=name, load=_given(octets)), octets)
    return Parcel(
        source=source,
        files=tuple(shelf.files),
        refused=shelf.maker.refused,
        unjudged=tuple(budget.reasons),
    )


def _given(octets: bytes) -> Callable[[], bytes]:
    return lambda: octets


def _header(octets: Raw, safety: Safety) -> Block:
    """The header of a mail that is too big to be taken apart."""
    most = (safety.max_header, safety.max_field)
    return read_block(
        octets, find_header_start(octets), detect_line_break(octets, safety.max_header), most
    )


def _mail(
    fields: headers.Fields,
    root: Part | None,
    forwards: tuple[Forward, ...],
    words: Body,
    budget: Budget | None = None,
) -> Mail:
    reply_to = _identity(headers.find_first(fields, "in-reply-to"))
    reply, forward = _direction(fields)
    trimmed = _trim(words.text, budget, reply=reply, forward=forward)
    written = [trimmed, *(each.trimmed for each in forwards)]
    text = "\n\n".join(each.text for each in written if each.text)[:_MOST_TEXT]
    facts = address_fields.read_facts(fields, text)
    top = [_trim(each, None, reply=reply, forward=forward).text for each in words.linked]
    handed_on = [_trim(each, None).text for other in forwards for each in other.body.linked]
    linked = "\n".join([*top, *handed_on])
    if budget is not None and links.has_more(linked):
        budget.exceed("text")
    return Mail(
        headers=fields,
        message_id=_identity(headers.find_first(fields, "message-id")),
        from_address=_author_address(fields) or facts.address,
        from_name=facts.name,
        subject=facts.subject,
        date=facts.date,
        in_reply_to=reply_to,
        references=tuple(_ID.findall(headers.find_first(fields, "references"))[:_MOST_REFERENCES]),
        report_type=_report_type(fields, root),
        calendar=_calendar(root),
        text=facts.text,
        own=trimmed.own[:_MOST_TEXT],
        links=links.find_services(linked),
        short_links=links.find_short_links(linked),
        addresses=links.find_addresses(linked),
        embedded=words.embedded + sum(each.body.embedded for each in forwards),
        forwarded_from=_author(trimmed, forwards),
    )


def _direction(fields: headers.Fields) -> tuple[bool, bool]:
    """Whether the mail is a reply, and whether it hands on another one, by its header."""
    decoded = charset.decode_words(headers.find_first(fields, "subject"))
    forward = subject.is_forward(decoded)
    answers = bool(_identity(headers.find_first(fields, "in-reply-to")))
    return not forward and (answers or subject.is_reply(decoded)), forward


def _author_address(fields: headers.Fields) -> str:
    """The one mailbox of the one From, read as the answering table reads it: what DMARC vouched
    for is who wrote."""
    named = [value for key, value in fields if key.strip().lower() == "from"]
    found = mailboxes(named[0]) if len(named) == 1 else ()
    return found[0].address if len(found) == 1 and found[0] else ""


def _identity(value: str) -> str:
    """The first message id of a field, in angle brackets; those of careless mailers get theirs."""
    found = _ID.search(value)
    if found:
        return found[0]
    bare = value.strip(" \t<>")
    return f"<{bare}>" if 0 < len(bare) <= 250 and not re.search(r"[\s<>]", bare) else ""


def _report_type(fields: headers.Fields, root: Part | None) -> str:
    """What kind of multipart/report it is (RFC 6522); one that does not say so is told by its
    machine-readable part."""
    top = headers.parse_media_type(headers.find_first(fields, "content-type"), "text/plain")
    if top.word != REPORT:
        return ""
    named = top.parameters.get("report-type", "").strip().lower()[:100]
    kinds = (child.type.word.removeprefix("message/") for child in (root.children if root else ()))
    return named or next((kind for kind in kinds if kind in _REPORTS), "")


def _calendar(root: Part | None) -> bool:
    """Whether the top or an alternative part is an invitation (RFC 5546: text/calendar with a
    method)."""
    waiting = [(root, True)] if root is not None else []
    while waiting:
        part, visible = waiting.pop()
        if part.type.word in MESSAGES:
            continue
        if part.type.word == "text/calendar":
            if visible and part.type.parameters.get("method"):
                return True
            continue
        alternative = part.type.word == ALTERNATIVE
        waiting += [(child, alternative) for child in part.children]
    return False


def _author(trimmed: quoted.Trimmed, forwards: tuple[Forward, ...]) -> str:
    """The innermost author of what was forwarded."""
    names = [each.trimmed.forwarded_from or each.author for each in forwards]
    return next((name for name in reversed(names) if name), trimmed.forwarded_from)
