"""The words: what a mail becomes on its way from Parcel to Examination.

    mailbox ──► Parcel ──► examine ──► Examination ──► store ──► queue and letters

Everything here is a frozen value. `msgspec.Struct` rather than `dataclass` (docs/adr/0001): a
document of 500,000 characters has tens of thousands of runs, and the child that examines a mail
sends its answer through a pipe, typed. Field names are those of `redaksi check --json`.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from redaksi.arrival import Listing, Mail, MayBe, Origin, Report
from redaksi.arrival import Unread as Unread  # noqa: PLC0414 - part of the words others import from here
from redaksi.reasons import Reason
from redaksi.sender_rule import SenderRule

Language = Literal["id", "en"]
Severity = Literal["must", "tidy", "advice", "off"]
Verdict = Literal["accept", "revise", "incomplete", "review", "quarantine", "failed", "ignore"]
CaptionAction = Literal["auto", "editor_confirm", "ask"]
Evidence = Literal[
    "name", "label", "words", "date", "order", "shared", "file_name", "metadata",
]  # fmt: skip
LabelKind = Literal["", "name", "number", "position", "camera", "shared"]
Story = Literal["body", "table", "textbox", "note", "header", "footer"]
Role = Literal["title", "body", "byline", "caption", "label"]
MailKind = Literal[
    "normal", "auto_reply", "dsn", "mdn", "feedback_report", "calendar", "list", "bulk",
    "noreply", "own", "loop", "forged", "unauthenticated", "bad_sender",
    "stand_in",
]  # fmt: skip


# ── what was read ─────────────────────────────────────────────────────────────────────────────────


class Run(Struct, frozen=True, kw_only=True, gc=False):
    """Characters of one effective formatting (ECMA-376 part 1, 17.3.2)."""

    text: str
    font: str
    size: float  # points
    hidden: bool = False
    inserted: bool = False
    bold: bool = False


class Spacing(Struct, frozen=True, kw_only=True, gc=False):
    """Line spacing: lines for "auto" (1.0 is single), points for "exact" and "atLeast"
    (17.3.1.33)."""

    rule: Literal["auto", "exact", "atLeast"] = "auto"
    value: float = 1.0


class Paragraph(Struct, frozen=True, kw_only=True):
    """One paragraph in reading order. `number` is what an editor counts: 1-based over paragraphs
    of body and table that show text; 0 for all others."""

    runs: tuple[Run, ...]
    spacing: Spacing = Spacing()
    story: Story = "body"
    role: Role = "body"
    style: str = ""  # the style's name, as Word shows it
    centered: bool = False
    listed: bool = False  # carries a list number or bullet (not part of the text)
    number: int = 0
    continued: bool = False  # its author wrapped lines by hand: it goes on from the one above

    @property
    def text(self) -> str:
        """What is shown: hidden text left out."""
        return "".join(run.text for run in self.runs if not run.hidden)


class Picture(Struct, frozen=True, kw_only=True):
    """A raster picture inside a document."""

    name: str
    kind: str
    sha256: str = ""
    width: int = 0  # pixels; 0 = unknown
    height: int = 0
    likeness: str = ""  # as Photo.likeness; "" = not known
    drawn: bool = False  # looks drawn rather than photographed
    after: int = 0  # number of the paragraph it stands in or after
    # a picture of a header or footer is part of the letterhead, not of the article
    story: Story = "body"
    document: str = ""  # the file it stands in, when that is not the article's


class Place(Struct, frozen=True, kw_only=True):
    """Where in a document a finding is: paragraph number, at most 80 cleaned characters, what
    was found there."""

    paragraph: int
    quote: str
    what: str = ""


class Fault(Struct, frozen=True, kw_only=True):
    """What typography found against one rule: which values, their share of the characters, and
    where."""

    found: tuple[tuple[str, float], ...] = ()  # ("Calibri 11", 0.31), largest share first
    places: tuple[Place, ...] = ()


class Person(Struct, frozen=True, kw_only=True):
    """A byline: *Penulis*."""

    name: str = ""
    role: str = ""


class Share(Struct, frozen=True, kw_only=True):
    """Share of the article's body characters that follow the rule, 0..1."""

    font: float = 1.0
    size: float = 1.0
    spacing: float = 1.0


class Document(Struct, frozen=True, kw_only=True):
    """A *naskah*: one Word document, or what was sent as one."""

    name: str
    kind: str
    sha256: str
    size: int = 0
    origin: Origin = "attached"
    readable: bool = True
    refused: Reason | None = None  # why it is not readable
    hostile: bool = False  # refused for a limit made against attacks
    judged: bool = True  # False: readable by Word but not by us yet; an editor judges
    title: str = ""
    byline: Person | None = None
    dateline: str = ""
    characters: int = 0  # of the article, without spaces (docs/rules.md, length)
    characters_aside: Mapping[str, int] = field(default_factory=dict)  # {"textbox": 0, "note": 0}
    pages: float = 0.0  # the article set in Times New Roman 12, single, A4, 2.54 cm
    pictures: tuple[Picture, ...] = ()
    share: Share = Share()
    font: Fault = Fault()
    size_fault: Fault = Fault()
    spacing: Fault = Fault()
    paragraphs: tuple[Paragraph, ...] = ()
    captions: tuple["Label", ...] = ()  # caption lines found in the text
    unread: tuple[Unread, ...] = ()  # lines and tables that may be captions, not understood
    notes: tuple[str, ...] = ()  # "macros", "tracked-changes", "renamed", …
    unjudged: Reason | None = None  # why it was not looked into; `judged` is False then
    listing: Listing | None = None  # of an archive under a document's name, or made to attack


class Label(Struct, frozen=True, kw_only=True):
    """A caption as found, before it is paired: "IMG_1.jpg: Warga …", "Foto 1. Warga …"."""

    text: str
    # the file's name, "Foto 3", "kiri", "2041" or "semua foto" that stands with it; "" when none
    key: str = ""
    kind: LabelKind = ""  # what the key is
    source: Literal["document", "body", "file", "metadata"] = "document"
    place: str = ""  # paragraph number or file name, for people
    sure: bool = True  # False: the file's name stands behind the words, where prose names files too


class Caption(Struct, frozen=True, kw_only=True):
    """A *keterangan foto*, paired with its photo and the evidence for the pairing."""

    text: str
    source: Literal["document", "body", "file", "metadata"]
    evidence: Evidence
    action: Literal["auto", "confirm"] = "auto"
    offered: tuple[str, ...] = ()  # other captions that may be this photo's, for an editor


class Photo(Struct, frozen=True, kw_only=True):
    """A *foto*, as its bytes show it."""

    name: str
    kind: str
    sha256: str
    size: int = 0  # bytes
    width: int = 0  # pixels as stored; 0 = not decodable
    height: int = 0
    orientation: int = 1  # EXIF 0x0112
    intact: bool = True
    damage: Reason | None = None  # why it is not intact
    judged: bool = True  # False: a photo we have no decoder for; an editor judges
    origin: Origin = "attached"
    caption: Caption | None = None
    notes: tuple[str, ...] = ()  # "possibly-upscaled", "animated", "converted", …
    # what the photo says of itself (EXIF, IPTC, XMP); hints for an editor, never a verdict
    captured: str = ""  # ISO 8601, local as the camera wrote it
    byline: str = ""
    credit: str = ""
    located: bool = False  # carries a GPS position
    digital_source_type: str = ""  # IPTC: "trainedAlgorithmicMedia", …
    # what is the same of one picture at two sizes (ingest.read.photo.perceptual_hash); "" = not
    # known
    likeness: str = ""
    unjudged: Reason | None = None  # why it was not looked into; `judged` is False then


class Other(Struct, frozen=True, kw_only=True):
    """A byte stream that is neither document nor photo."""

    name: str
    kind: str
    sha256: str
    why: Reason
    size: int = 0
    origin: Origin = "attached"
    listing: Listing | None = None  # of an archive whose directory lies open


class Submission(Struct, frozen=True, kw_only=True):
    """A *kiriman*: one article with its photos. `documents` holds what was sent as the article,
    best first."""

    documents: tuple[Document, ...] = ()
    photos: tuple[Photo, ...] = ()
    others: tuple[Other, ...] = ()
    caption_action: CaptionAction = "auto"
    title: str = ""
    links: tuple[str, ...] = ()
    doubts: tuple[
        str, ...
    ] = ()  # why an editor must look: "photos-shared-out", "several-articles", …
    from_mail: bool = True  # False: files named to `check`, or a web form
    orphans: tuple[Label, ...] = ()  # captions that name a file or number which is not attached
    loose: tuple[Label, ...] = ()  # captions found that could not be paired, for an editor
    # rasters in documents that hold nothing but photos; each names its document
    pictures: tuple[Picture, ...] = ()
    # characters of an article that for certain was typed into the mail itself; 0 = none was
    typed: int = 0
    # what may be the caption, article or photo that is missing; empty when nothing is missing or
    # the mail was understood whole
    unread: tuple[Unread, ...] = ()
    # why something of the mail was left unjudged: budgets, and readers of ours that failed
    unjudged: tuple[Reason, ...] = ()

    def may_hold(self, what: MayBe) -> bool:
        """Whether something not understood, or not judged, may be what is missing."""
        return bool(self.unjudged) or any(each.may_be == what for each in self.unread)

    @property
    def document(self) -> Document | None:
        """The article's document: the first that can be read, else the first there is."""
        return next((d for d in self.documents if d.readable), next(iter(self.documents), None))


# ── what was judged ───────────────────────────────────────────────────────────────────────────────


class Finding(Struct, frozen=True, kw_only=True):
    """A *temuan*: a rule's code and facts, never a sentence. `validators.say` puts it into
    words."""

    code: str
    rule: str
    severity: Severity
    subject: str  # the file it is about; "" for the submission as a whole
    facts: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


class Assessment(Struct, frozen=True, kw_only=True):
    """One submission with what the rules found and what `decide` made of it."""

    submission: Submission
    findings: tuple[Finding, ...]
    decision: Verdict
    reason: Reason | None = None  # why this verdict, for the log and the editor


class Answer(Struct, frozen=True, kw_only=True):
    """Whether a letter goes by itself, which, to whom, and which rule of
    redaksi.sender_policy.table decided."""

    send: bool
    letter: str  # "" when there is none to write
    to: str
    reason: Reason
    rule: SenderRule


class Examination(Struct, frozen=True, kw_only=True):
    """Everything that is known of a parcel after one look at it."""

    source: str
    mail: Mail | None
    mail_kind: MailKind | None
    assessments: tuple[Assessment, ...]
    others: tuple[Other, ...]  # streams that belong to no submission
    decision: Verdict  # the worst of the submissions'
    answer: Answer | None
    reason: Reason | None = None
    report: Report | None = None  # of a delivery status notification
    # what its author wrote above every quotation, cleaned, at most 4,000 characters; and whether
    # that asks something
    written: str = ""
    asks: bool = False
    # the virus scanner could not look into all of it: nobody is given the files as they came
    is_closed: bool = False
