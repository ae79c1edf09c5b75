"""The queue for programs: `queue.json` and an Atom feed (RFC 4287). Pure."""

import heapq
import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import msgspec

from publisher.site.pages import Entry, Frame, Passed
from redaksi import catalog

ATOM = "http://www.w3.org/2005/Atom"
MOST = 100  # entries in the feed
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # `updated` of a feed in which nothing has happened yet
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def plain_queue(entries: Iterable[Entry], passed: Iterable[Passed]) -> bytes:
    """What is active as JSON, the one received first on top, a line each; instants are RFC 3339.
    `passed`: the mails that wait to be examined."""
    active = sorted(entries, key=lambda entry: (entry.received, entry.number))
    return b'{"schema":1,"submissions":[\n%b\n],"others":[\n%b\n]}\n' % (
        b",\n".join(msgspec.json.encode(_plain(entry)) for entry in active),
        b",\n".join(msgspec.json.encode(_plain_mail(mail)) for mail in passed),
    )


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "state": entry.state,
        "group": entry.group,
        "title": entry.title,
        "contributor": entry.contributor,
        "place": entry.place,
        "received": entry.received,
        "updated": entry.updated,
        "late": entry.late,
        "photos": entry.photos,
        "findings": entry.summary,
        "page": f"{entry.number}/index.html",
    }


def _plain_mail(mail: Passed) -> dict[str, Any]:
    return {
        "received": mail.received,
        "outcome": mail.outcome,
        "reason": mail.reason,
        "subject": mail.subject,
    }


def atom(entries: Collection[Entry], frame: Frame) -> str:
    """The feed: an entry a submission, the one that changed last first. Ids are URNs, so that
    they stay the same when the queue moves (RFC 4287, 4.2.6). ElementTree escapes whatever a
    mail put into a title."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(
        f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": frame.language}
    )
    base = frame.base_url.rstrip("/")
    base = f"{base}/" if base else ""
    newest = max((entry.updated for entry in entries), default=EPOCH)
    _text(feed, "id", "urn:redaksi:queue")
    _text(feed, "title", catalog.load(frame.language).say("page", "feed"))
    _text(feed, "updated", newest.isoformat())
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _text(author, "name", "Redaksi")
    _link(feed, "self", f"{base}feed.atom", "application/atom+xml")
    _link(feed, "alternate", f"{base}index.html", "text/html")
    for entry in heapq.nlargest(MOST, entries, key=lambda e: e.updated):
        item = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _text(item, "id", f"urn:redaksi:{entry.number}")
        _text(
            item, "title", f"{entry.badges[0].text}: {entry.title}" if entry.badges else entry.title
        )
        _text(item, "updated", entry.updated.isoformat())
        _text(item, "published", entry.received.isoformat())
        told = (
            entry.number,
            entry.contributor,
            *(badge.text for badge in entry.badges),
            *entry.summary,
        )
        _text(item, "summary", ", ".join(one for one in told if one))
        _link(item, "alternate", f"{base}{entry.number}/index.html", "text/html")
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True)


def _text(parent: ElementTree.Element, tag: str, value: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}").text = _NOT_XML.sub("", value)


def _link(parent: ElementTree.Element, rel: str, href: str, media_type: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href, type=media_type)
