"""The edition: what goes out, built from one accepted revision and an editor's amendments. Never
changed; a change is the next number. Pure values; they are stored as JSON, so a new field has a
default and none is renamed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from redaksi.model import Language, Person


class Span(Struct, frozen=True, kw_only=True):
    """Characters of a line, alike."""

    text: str
    strong: bool = False


Line = tuple[Span, ...]


class Block(Struct, frozen=True, kw_only=True):
    """A piece of the body: a paragraph or a heading, of one line each, or a list, a line an item."""

    kind: Literal["p", "h3", "ul"]
    lines: tuple[Line, ...]


class Byline(Struct, frozen=True, kw_only=True):
    """*Penulis*: "Inayatullah, Sub-Prof Komunikasi", and below it the programme ("Program Kotaku
    Provinsi Kalimantan Barat")."""

    name: str = ""
    role: str = ""
    programme: str = ""


class EditionPhoto(Struct, frozen=True, kw_only=True):
    """A photo as it is published. `sha256` is the original's: a new caption makes new bytes, not a
    new photo."""

    sha256: str
    caption: str
    credit: str
    alt: str
    alt_is_caption: bool = False  # nobody wrote one: it is the caption's first sentence


class Related(Struct, frozen=True, kw_only=True):
    """An article that stands already, and goes with this one."""

    number: str
    headline: str
    url: str


class Edition(Struct, frozen=True, kw_only=True):
    """What is published of a submission, the first time or after a correction."""

    uri: str  # "tag:warta.example,2026:W-2026-0143"; never computed again
    submission: str  # its number, W-2026-0143
    number: int  # 1, 2, …
    revision: int
    made_by: str  # an editor's name
    made_at: datetime
    headline: str
    slug: str  # fixed at edition 1
    body: tuple[Block, ...]
    first_made_at: datetime | None = None  # of edition 1
    reason: str = ""  # why it was corrected
    tags: tuple[str, ...] = ()
    dateline: str = ""  # the province's short name, "Kalbar"; "": none
    province: str = ""
    byline: Byline = Byline()
    editor: str = ""  # initials, "EPN"
    category: str = ""
    photos: tuple[EditionPhoto, ...] = ()  # the main one first
    related: tuple[Related, ...] = ()
    embargo: datetime | None = None
    language: Language = "id"
    # codes of what the body does not hold as the document does: "tables-simplified",
    # "notes-left-out", "textboxes-left-out"; "photos-left-out": damaged, or not decoded
    marks: tuple[str, ...] = ()


class Amendments(Struct, frozen=True, kw_only=True):
    """What an editor wants otherwise; None and what is not named: as the revision has it."""

    headline: str | None = None
    tags: tuple[str, ...] | None = None
    category: str | None = None
    byline: Person | None = None
    body: str | None = None  # Markdown of our subset
    # by the original's SHA-256
    captions: Mapping[str, str] = {}
    credits: Mapping[str, str] = {}
    alts: Mapping[str, str] = {}
    photos: tuple[str, ...] | None = None  # which, in which order


class EditionFacts(Struct, frozen=True, kw_only=True):
    """What neither the revision nor the editor says."""

    uri: str
    submission: str
    number: int
    revision: int
    made_by: str
    made_at: datetime
    first_made_at: datetime
    editor: str = ""  # initials
    province: str = ""
    slug: str = ""  # of edition 1; "": this is edition 1
    programme: str = ""  # "Program Kotaku Provinsi {province}"
    credit: str = ""  # "Redaksi Warta"
    category: str = ""  # where nobody chose one
    tags: tuple[str, ...] = ()  # words that are tags where the text has them
    related: tuple[Related, ...] = ()
    embargo: datetime | None = None
    reason: str = ""
