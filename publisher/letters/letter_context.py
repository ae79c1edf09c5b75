"""What a letter is about, and what it is once it is written."""

from datetime import date, datetime
from typing import Literal, get_args

from msgspec import Struct

from redaksi.model import Language

LetterKind = Literal[
    "accepted",          # a  complete and by the rules: it waits for an editor
    "revise",            # b  what must be mended before an editor reads it
    "scheduled",         # c  it will be published, and when
    "notes",             # d  an editor asks for changes to the content
    "declined",          # e  it will not be published
    "published",         # f  it is published
    "unreadable",        # g  a file could not be opened
    "nothing-attached",  # h  no files came, or links instead of files
    "reminder",          # i  we still wait for what was to be mended
    "closed",            # j  we waited long enough, for now
    "withdrawn",         # k  its contributor took it back, or an editor did
    "partly-fixed",      # l  some is mended, some is left
    "digest",            # n  the editors' morning summary
    "corrected",         #    what is published was corrected
]  # fmt: skip
KINDS: tuple[LetterKind, ...] = get_args(LetterKind)


class FindingText(Struct, frozen=True, kw_only=True):
    """A finding in finished sentences, as `validators.say` has them: what it is, what was found,
    what the rule asks, how to mend it."""

    title: str
    found: str = ""
    rule: str = ""
    fix: str = ""


class Remark(Struct, frozen=True, kw_only=True):
    """One thing an editor asks for, in the editor's own sentences; a title, where it has one of
    its own; at most 80 cleaned characters of the text it is about."""

    ask: str
    title: str = ""
    quote: str = ""


class Waiting(Struct, frozen=True, kw_only=True):
    """One submission of the editors' morning summary."""

    tag: str  # dateline
    title: str
    by: str
    state: str
    url: str = ""


class Digest(Struct, frozen=True, kw_only=True):
    """The numbers of the editors' morning summary: submissions, but `letters`, which counts
    letters, and `asking` and `failed`, which count publications."""

    ready: int = 0
    oldest_days: int = 0
    late: int = 0  # of those that are ready: past the days an editor promised to read them in
    wrote: int = 0  # whose contributor wrote after a decision
    letters: int = 0  # that wait for an editor to send them
    asking: int = 0  # that an editor must publish, correct or take down
    failed: int = 0
    waiting: int = 0
    expiring: int = 0
    today: int = 0
    problems: int = 0
    items: tuple[Waiting, ...] = ()


class LetterContext(Struct, frozen=True, kw_only=True):
    """Everything a letter may speak of. Values from mails come as they are: they are cleaned
    where they are set (`publisher.letters.stationery`). Counts are counts; instants are aware."""

    language: Language
    to: str  # one addr-spec
    name: str = ""  # of the contributor
    subject: str = ""  # the contributor's own, decoded
    message_id: str = ""  # of the mail that is answered, with angle brackets
    references: tuple[str, ...] = ()  # of the mail that is answered
    number: str = ""  # of the submission: W-2026-0143
    try_number: int = 1
    # how many letters of this kind about this try went before: a date that was moved, a second
    # reminder
    again: int = 0

    title: str = ""
    document: str = ""  # file name
    characters: int = 0  # without spaces
    photos: int = 0
    received: datetime | None = None
    sla_days: int = 0  # working days until an editor has read it; 0 promises nothing
    findings: tuple[FindingText, ...] = ()  # what must be mended
    notes: tuple[FindingText, ...] = ()  # what holds nothing up
    fine: tuple[
        str, ...
    ] = ()  # sections of the rules that are met: document, length, font, spacing, photo, …
    fixed: tuple[str, ...] = ()  # what the last try mended, one title each
    asked_for: int = 0  # how many things the letter before asked for
    new: int = 0  # how many of the findings, the last ones, it did not ask for
    replaces_photo: bool = False  # a photo that came must be sent anew
    others: str = ""  # what came instead of text and photos: "daftar.xlsx"
    unopened: tuple[str, ...] = ()  # archives beside a whole submission that nobody opened
    links: tuple[str, ...] = ()  # file services linked to: "Google Drive (drive.google.com)"

    progress: bool = False  # something else is wrong than the letter before said
    noted: bool = False  # an editor asked for what is waited for
    empty: bool = False  # neither text nor photo ever came: perhaps it was never meant to
    moved: bool = False  # a letter with another date went before
    asked_back: bool = False  # its contributor withdrew it, not an editor
    was_published: bool = False  # it stood where readers see it, and was taken down
    deadline: date | None = None
    asked: date | None = None
    expires: date | None = None
    purge: date | None = None
    headline: str = ""
    publish_at: datetime | None = None
    category: str = ""
    byline: str = ""
    editor: str = ""
    returned: bool = False  # an editor read it and sends it back
    note: str = ""  # an editor's own words
    remarks: tuple[Remark, ...] = ()
    reason: str = ""  # an editor's own words
    url: str = ""  # of the published article, on our own site
    digest: Digest | None = None


class Letter(Struct, frozen=True, kw_only=True):
    """A finished letter: `raw` is what leaves, octet by octet, whenever it leaves."""

    kind: LetterKind
    to: str
    subject: str
    message_id: str  # with angle brackets
    raw: bytes
    text: str
    html: str
    source: str = ""  # markup below the status line: what an editor may edit
    facts_hash: str = ""  # its fingerprint: what it was composed from, and what it says
