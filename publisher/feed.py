"""The queue for programs: `queue.json` and an Atom feed (RFC 4287). Pure."""

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from publisher.pages import Entry, Frame, Passed

ATOM = "http://www.w3.org/2005/Atom"


def plain_queue(entries: Sequence[Entry], passed: Sequence[Passed]) -> dict[str, Any]:
    """The index as plain values; instants are RFC 3339."""
    return {
        "schema": 1,
        "submissions": [
            {
                "number": entry.number,
                "state": entry.state,
                "title": entry.title,
                "contributor": entry.contributor,
                "place": entry.place,
                "received": entry.received.isoformat(),
                "photos": entry.photos,
                "findings": list(entry.summary),
                "page": f"{entry.number}/index.html",
            }
            for entry in entries
        ],
        "others": [
            {
                "received": p.received.isoformat(),
                "outcome": p.outcome,
                "reason": p.reason,
                "subject": p.subject,
            }
            for p in passed
        ],
    }


def atom(entries: Sequence[Entry], frame: Frame) -> str:
    """The feed: an entry a submission, newest first. ElementTree escapes whatever a mail put into a title."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    base = frame.base_url.rstrip("/")
    newest = max((entry.received for entry in entries), default=frame.now)
    _text(feed, "id", f"{base or 'urn:redaksi'}/feed.atom")
    _text(feed, "title", "Antrean Redaksi")
    _text(feed, "updated", newest.isoformat())
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _text(author, "name", "Redaksi")
    for entry in sorted(entries, key=lambda e: e.received, reverse=True)[:100]:
        item = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _text(item, "id", f"urn:redaksi:{entry.number}")
        _text(item, "title", entry.title)
        _text(item, "updated", entry.received.isoformat())
        _text(item, "summary", ", ".join((*(badge.text for badge in entry.badges), *entry.summary)))
        ElementTree.SubElement(
            item, f"{{{ATOM}}}link", href=f"{base}/{entry.number}/" if base else f"{entry.number}/"
        )
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True)


def _text(parent: ElementTree.Element, tag: str, value: str) -> None:
    # XML 1.0 has no C0 controls; values from mails are cleaned, names of our own have none
    ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}").text = "".join(c for c in value if c >= " ")
