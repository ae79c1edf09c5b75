"""What the pages of the review queue show, as frozen values: filled by the desk, rendered by
`publisher.site.queue`."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from publisher.site.copying import CopyView
from redaksi.model import Language, Severity

Tone = Literal["ok", "warn", "bad", "info", "wait", ""]
View = Literal[
    "action", "waiting", "scheduled", "active", "published", "unlinked", "archive", "mails"
]
# of a stretch of text: as asked, in a wrong font or size, hidden text
Mark = Literal["", "wrong", "hidden"]
Missing = Literal["", "none", "typed", "unread", "unjudged"]  # why there is no text to show


LIVE: tuple[View, ...] = ("action", "waiting", "scheduled", "active")
MONTHLY: tuple[View, ...] = ("published", "unlinked", "archive", "mails")
PUBLISHED: tuple[View, ...] = ("published", "unlinked")
FILES: Mapping[View, str] = {
    "action": "index.html",
    "waiting": "menunggu.html",
    "scheduled": "terjadwal.html",
    "active": "aktif.html",
    "published": "terbit.html",
    "unlinked": "terbit-tanpa-tautan.html",
    "archive": "arsip.html",
    "mails": "surel.html",
}
CALENDAR = "jadwal.html"  # the month that is
NAV: Mapping[str, str] = {  # what every page leads to
    **{view: FILES[view] for view in LIVE},
    "calendar": CALENDAR,
    **{view: FILES[view] for view in MONTHLY if view != "unlinked"},
}
_LATER_PARTS: Mapping[View, str] = {"action": "tindakan"}


def view_of(series: str) -> View:
    """The view of a series: "archive" of "archive/2026-11"."""
    view: View = msgspec.convert(series.partition("/")[0], View)
    return view


def file_of(series: str, number: int) -> str:
    """The file of a page: "menunggu.html", "menunggu-3.html", "arsip-2026-11-3.html"."""
    view, month = view_of(series), series.partition("/")[2]
    if not month and not number:
        return FILES[view]
    stem = _LATER_PARTS.get(view, FILES[view].removesuffix(".html"))
    return (
        "-".join([stem, *([month] if month else []), *([str(number)] if number else [])]) + ".html"
    )


class Badge(Struct, frozen=True, kw_only=True, gc=False):
    """A word with a colour."""

    text: str
    tone: Tone = ""
    icon: str = ""


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """A row of the index: what an editor sees at a glance."""

    number: str  # W-2026-0143
    tab: View  # the one its own page belongs to
    places: tuple[tuple[View, datetime], ...]  # every view it stands in, and where in its order
    group: str  # the heading it stands under in a terminal: "ready", "decide", or the state
    state: str  # the English word of redaksi.states
    title: str
    contributor: str
    place: str  # dateline or province; "" when unknown
    received: datetime
    updated: datetime
    badges: tuple[Badge, ...]
    reason: str = ""  # why it stands where it stands, where the findings do not say it
    publication: str = ""  # what was decided of it and where it stands, on one line
    summary: tuple[str, ...] = ()  # titles of the findings, mandatory first
    more: int = 0  # findings whose titles are left out
    photos: int = 0
    thumbnail: str = ""  # SHA-256 of the first photo that has one
    picture: int = 0  # its place among the photos, from 1
    revision: int = 0  # the newest one
    locked: bool = False  # nothing readable: a padlock instead of a picture
    late: bool = False
    stamp: str = ""  # changes whenever the page must be written anew


class FindingView(Struct, frozen=True, kw_only=True):
    """A finding in words."""

    index: int  # 1-based over the page
    severity: Severity
    title: str
    found: str
    rule: str
    fix: str
    subject: str
    anchor: str = ""  # "p4" or "f2": where it is marked


class Line(Struct, frozen=True, kw_only=True):
    """A paragraph of the article as shown; `spans` are (text, mark)."""

    number: int
    role: str
    spans: tuple[tuple[str, Mark], ...]
    told: tuple[
        tuple[int, str], ...
    ] = ()  # findings that hold here: index and what was found ("Calibri 11")
    wide: bool = False  # its line spacing is wrong
    pictures: int = 0  # photos that stand in or after it
    story: str = ""  # "textbox", "note", "header", "footer": text beside the article


class Shot(Struct, frozen=True, kw_only=True):
    """A photo with its caption and findings."""

    index: int
    name: str
    kind: str
    size: str  # "4032 × 3024"
    caption: str
    sha256: str
    download: str  # safe name below the submission's folder
    thumbnail: Path | None = None  # the files of what was made of it; None = not made
    screen: Path | None = None
    jpeg: Path | None = None
    told: tuple[FindingView, ...] = ()
    tone: Tone = "ok"  # "bad": a mandatory finding; "info": nobody could judge it
    caption_from: str = ""  # where it stood and by what it was paired, in words
    about: str = ""  # what the photo says of itself
    unjudged: str = ""  # why nobody looked into it
    confirm: bool = False  # the caption's pairing is to be confirmed
    offered: tuple[str, ...] = ()  # captions that may be this photo's instead
    notes: tuple[str, ...] = ()
    converted: str = ""  # safe name of its JPEG copy; "" when there is none
    # what an editor chose; `caption` is his then, `read` what was paired with it
    read: str = ""
    used: bool = True
    main: bool = False
    credit: str = ""
    alt: str = ""
    confirmed: bool = False


class Original(Struct, frozen=True, kw_only=True):
    """A byte stream to download: shown under `name`, stored under a safe name of our choice."""

    name: str
    kind: str
    sha256: str
    download: str
    why: str = ""


class SentLetter(Struct, frozen=True, kw_only=True):
    """A letter of the submission, as it stands in the outbox."""

    kind: str
    state: str
    to: str
    subject: str
    text: str
    at: datetime | None
    command: str = ""  # what an editor types to send a draft
    tone: Tone = ""


class UnreadLine(Struct, frozen=True, kw_only=True):
    """Something that was not understood: its words, where they stand, what they may be."""

    text: str
    where: str
    may_be: str


class Step(Struct, frozen=True, kw_only=True):
    """A line of the history; `words`: what an editor said with it, a line each."""

    at: datetime
    text: str
    tone: Tone = ""
    words: tuple[str, ...] = ()
    id: int = 0  # the event's; 0 for what is none


class Fact(Struct, frozen=True, kw_only=True):
    """Something that is so. `url`: where its text leads, http(s) alone; "" for nowhere."""

    label: str
    text: str
    url: str = ""


class Words(Struct, frozen=True, kw_only=True):
    """A mail, and what its author wrote in it; `vouched`: whether anybody vouches for its sender."""

    at: datetime
    text: str
    subject: str = ""
    vouched: str = ""


class Folded(Struct, frozen=True, kw_only=True):
    """What a page does not show (publisher.site.fold): rows by section that are left out, how many
    there are in all, and the pictures that stand in the article."""

    left: Mapping[str, int] = {}
    counts: Mapping[str, int] = {}
    inside: int = 0


class Page(Struct, frozen=True, kw_only=True):
    """The page of one submission."""

    entry: Entry
    address: str
    byline: str
    mail_subject: str
    document: Original | None
    missing: Missing
    characters: int
    most_characters: int
    pages: float
    lines: tuple[Line, ...]
    findings: tuple[FindingView, ...]
    shots: tuple[Shot, ...]
    others: tuple[Original, ...]
    letters: tuple[SentLetter, ...]
    history: tuple[Step, ...]
    mails: tuple[Original, ...] = ()  # as they came, newest first
    words: tuple[Words, ...] = ()  # newest first
    inside: tuple[Shot, ...] = ()  # photos that are only in the document, while they are asked for
    loose: tuple[str, ...] = ()  # captions without a photo
    unread: tuple[UnreadLine, ...] = ()  # what may be the thing that is missing
    notes: tuple[str, ...] = ()  # what else an editor should know of the document
    commands: tuple[str, ...] = ()  # what an editor can run about the reason it is shown for
    publication: tuple[Fact, ...] = ()  # what was decided of it, and where it stands
    set_aside: tuple[str, ...] = ()  # findings that are asked for no more: by whom, why
    copy: CopyView | None = None  # an article that an editor sets by hand
    # no file can be had as it came: the virus scanner found something, or could not look into it
    is_closed: bool = False
    folded: Folded = Folded()

    @property
    def unseen(self) -> bool:
        """Whether nobody has looked into it: that nothing was found says nothing then."""
        return self.entry.state in ("quarantined", "failed", "received")


class Passed(Struct, frozen=True, kw_only=True):
    """A mail that is no submission, or that we failed to examine."""

    received: datetime
    sender: str
    subject: str
    outcome: str  # ignore | failed | quarantine | received
    reason: str


class Frame(Struct, frozen=True, kw_only=True):
    """What all pages share."""

    language: Language
    zone: str
    now: datetime
    polled: datetime | None
    trouble: str = ""  # a line when the inbox could not be read of late
    base_url: str = ""
    settings: str = ""  # what else entries are made of: when it changes, all pages do
    blobs: Path = Path()  # originals: <ab>/<sha256>


def storable(entry: Entry) -> Entry:
    """The same with every lone surrogate replaced: no encoding of Unicode takes one."""
    try:
        msgspec.json.encode(entry)
    except UnicodeEncodeError:
        return msgspec.convert(_replaced(msgspec.to_builtins(entry)), Entry)
    return entry


def _replaced(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _replaced(each) for key, each in value.items()}
    return [_replaced(each) for each in value] if isinstance(value, list | tuple) else value
