"""Answers of servers as they are met, taken apart line by line: IMAPClient takes all or nothing.

RFC 3501, 7: a client must be prepared to accept any response at all times. So a SEARCH may be
answered in several lines, or in ESEARCH (RFC 4731; RFC 9051 knows nothing else); what a FETCH told
before its NO counts (RFC 2180, 4.1); one answer that nobody can read costs one mail.
"""

import imaplib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from imapclient import IMAPClient
from imapclient.datetime_util import parse_to_datetime
from imapclient.response_parser import gen_parsed_response
from imapclient.util import to_bytes
from msgspec import Struct

_HIGHEST = 2**32 - 1  # RFC 3501, 2.3.1.1
# numbers an ESEARCH may stand for; a folder is searched in windows smaller than this
_MOST = 1_000_000
_EXTENSION = re.compile(rb"\(.*")  # "(MODSEQ 917162500)" behind the numbers (RFC 7162, 3.1.5)
_ALL = re.compile(rb"\bALL ([0-9,:]+)", re.IGNORECASE)
_UIDVALIDITY = re.compile(rb"\bUIDVALIDITY (\d{1,10})\b", re.IGNORECASE)
_ITEM = re.compile(
    rb"(?:UID|FLAGS|RFC822|INTERNALDATE|ENVELOPE|BODY|BINARY|MODSEQ|EMAILID|THREADID|SAVEDATE|PREVIEW"
    rb"|X-)",
    re.IGNORECASE,
)
_STARTS = re.compile(rb"\d+ \(")  # "12 (UID 7 …": what imaplib keeps of "* 12 FETCH (UID 7 …"

Fields = dict[bytes, Any]


class FetchAnswer(Struct, frozen=True, kw_only=True):
    """What a FETCH brought. `refusal`: the server ended it with NO or BAD."""

    found: Mapping[int, Fields]  # by UID, those asked for alone
    nameless: Sequence[Fields] = ()  # answers without a UID
    refusal: imaplib.IMAP4.error | None = None


def search_uids(client: IMAPClient, criteria: Sequence[str]) -> set[int]:
    """The UIDs that match, however many lines the server takes to say so. Raises what imaplib
    raises, ValueError for an answer that is no list of numbers."""
    kept = client._imap.untagged_responses
    for name in ("SEARCH", "ESEARCH"):
        kept.pop(name, None)
    lines = client._raw_command_untagged(b"SEARCH", [to_bytes(word) for word in criteria])
    found = {number for line in lines if line for number in _read_numbers(line)}
    for line in kept.pop("ESEARCH", []):
        found.update(_read_esearch(line))
    return {number for number in found if 0 < number <= _HIGHEST}


def ask_uidvalidity(client: IMAPClient, folder: str) -> int | None:
    """A folder's UIDVALIDITY by STATUS (RFC 3501, 6.3.10). Raises what imaplib raises."""
    words = [client._normalise_folder(folder), b"(UIDVALIDITY)"]
    lines = client._raw_command_untagged(b"STATUS", words, uid=False)
    found = _UIDVALIDITY.search(b" ".join(line for line in lines if isinstance(line, bytes)))
    return int(found.group(1)) if found else None


def fetch_items(client: IMAPClient, uids: Sequence[int], items: Sequence[str]) -> FetchAnswer:
    """The items of mails of the selected folder. Raises imaplib.IMAP4.abort when the line breaks;
    a NO or BAD is part of the answer."""
    imap = client._imap
    imap.untagged_responses.pop("FETCH", None)  # gossip from before
    refusal: imaplib.IMAP4.error | None = None
    tag = imap._command("UID", "FETCH", ",".join(map(str, uids)), f"({' '.join(items)})")
    try:
        verdict, words = imap._command_complete("FETCH", tag)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as fault:  # BAD
        refusal = fault
    else:
        if verdict != "OK":
            refusal = imaplib.IMAP4.error(words[0])
    wanted, nameless = set(uids), []
    found: dict[int, Fields] = {}
    for fields in _read_fetches(imap.untagged_responses.pop("FETCH", [])):
        uid = fields.pop(b"UID", None)
        if uid is None:
            nameless.append(fields)
        elif uid in wanted:
            found.setdefault(uid, {}).update(fields)
    return FetchAnswer(found=found, nameless=nameless, refusal=refusal)


def fetch_mail(client: IMAPClient, uid: int, item: str) -> Fields:
    """One item of one mail; {} when the server gives none. Its content is the mail's where the
    server leaves the UID out: nobody else asked for any. Raises imaplib.IMAP4.error."""
    answer = fetch_items(client, [uid], [item])
    fields = dict(answer.found.get(uid, {}))
    bodies = [each for each in answer.nameless if any(key.startswith(b"BODY[") for key in each)]
    if not any(key.startswith(b"BODY[") for key in fields) and len(bodies) == 1:
        fields.update(bodies[0])
    if answer.refusal is not None:
        raise answer.refusal
    return fields


def _read_numbers(line: bytes) -> Iterator[int]:
    yield from map(int, _EXTENSION.sub(b"", line).replace(b",", b" ").split())


def _read_esearch(line: bytes) -> set[int]:
    found: set[int] = set()
    for ranges in _ALL.findall(line):
        for part in ranges.split(b","):
            low, _, high = part.partition(b":")
            first, last = sorted((int(low), int(high or low)))
            if last - first + len(found) > _MOST:
                raise ValueError("an ESEARCH of too many numbers")
            found.update(range(first, last + 1))
    return found


def _read_fetches(lines: Sequence[Any]) -> Iterator[Fields]:
    """Each answer's items. One that cannot be taken apart is left out: its mail is asked for again,
    or owed."""
    for answer in _split_answers(lines):
        with suppress(imaplib.IMAP4.error, ValueError, TypeError, StopIteration):
            yield _read_answer(answer)


def _split_answers(lines: Sequence[Any]) -> Iterator[list[Any]]:
    """imaplib keeps the answers of a FETCH in one row: a pair for each literal, then the rest of
    its line."""
    answer: list[Any] = []
    for line in lines:
        head = line[0] if isinstance(line, tuple) else line
        if answer and _STARTS.match(head or b""):
            yield answer
            answer = []
        answer.append(line)
    if answer:
        yield answer


def _read_answer(answer: list[Any]) -> Fields:
    parsed = gen_parsed_response(answer)
    next(parsed)  # the sequence number
    items = next(parsed)  # what stands behind the bracket is nobody's
    if not isinstance(items, tuple):
        raise ValueError("items without a bracket")
    if not all(_ITEM.match(key) for key in items[::2]):  # words of a mail cut short by its literal
        raise ValueError("no item of a mail")
    fields = {key.upper(): value for key, value in zip(items[::2], items[1::2], strict=True)}
    if b"UID" in fields:
        fields[b"UID"] = int(fields[b"UID"])
    date = fields.pop(b"INTERNALDATE", None)
    with suppress(ValueError, AttributeError, TypeError, OverflowError):  # "00-Jan-0000 …"
        fields[b"INTERNALDATE"] = parse_to_datetime(date, normalise=False)
    return fields
