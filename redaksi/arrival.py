"""What came in: a mail or files named together, before anything was judged.

Field names are those of `redaksi check --json`; see redaksi.model for what is made of them.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from redaksi.reasons import Reason

Origin = Literal["attached", "inline", "in-document", "archive", "forwarded"]
MayBe = Literal["caption", "article", "photo"]
Place = Literal["text", "signature", "quotation"]


class Shown(Struct, frozen=True, kw_only=True):
    """Where a mail's HTML shows a picture: in its author's words, below his signature's delimiter
    or closing formula, or in what he quotes; and how large, in pixels (0 = it does not say)."""

    place: Place = "text"
    width: int = 0
    height: int = 0


class Listed(Struct, frozen=True, kw_only=True, gc=False):
    """A file or folder that an archive's own directory names. Its author's words: nothing was
    unpacked to see whether they are so."""

    name: str  # its path, cleaned, at most 200 characters; "" where nothing of it can be seen
    size: int = 0  # bytes, as declared


class Listing(Struct, frozen=True, kw_only=True):
    """What an archive's own directory names, in its order."""

    entries: tuple[Listed, ...] = ()  # at most 200
    more: int = 0  # that were counted beyond them
    whole: bool = True  # False: it was not read to its end, or says that there are others


def never_mended() -> bool:
    """Of a file that came by no mail, or whole."""
    return False


class File(Struct, frozen=True, kw_only=True):
    """One byte stream of a parcel. `load` gives its bytes: held, or beyond a bound decoded anew at
    each call, never both (ingest.read.mail.attachments.HELD)."""

    # decoded and cleaned (redaksi.text.clean.file_name); made up ("lampiran-2.jpg") when it had
    # none
    name: str
    kind: str  # by content (ingest.read.files.sniff): docx, doc, jpeg, heic, pdf, zip, …
    size: int  # bytes
    sha256: str  # lower-case hex
    load: Callable[[], bytes]
    origin: Origin = "attached"
    declared: str = ""  # the media type its sender gave, lower-case, without parameters
    content_id: str = ""
    shown: Shown | None = None  # where the mail's HTML shows it; None = it does not
    # name of the archive or forwarded mail it came out of, with the folder within: "a.zip/Foto"
    container: str = ""
    # why it is neither document nor photo: a signature's logo, a calendar, …; None = to be judged
    aside: Reason | None = None
    refused: Reason | None = None  # why it cannot be judged: an encrypted archive, …
    listing: Listing | None = None  # of an archive whose directory lies open
    # whether what carried it was broken and mended, so that damage need not be the file's own;
    # asked of damaged files alone
    mended: Callable[[], bool] = never_mended


class Mail(Struct, frozen=True, kw_only=True):
    """The top-level header of a mail (RFC 5322) and the words its author wrote above the
    attachments."""

    # every top-level field in order, unfolded, as written, undecoded
    headers: tuple[tuple[str, str], ...]
    message_id: str = ""  # with angle brackets
    from_address: str = ""
    from_name: str = ""
    subject: str = ""
    date: str | None = None  # RFC 3339 with offset; None when absent or absurd
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    # of multipart/report, lower-case: delivery-status, disposition-notification, …
    report_type: str = ""
    # the top or an alternative part is text/calendar with a method (RFC 5546)
    calendar: bool = False
    text: str = ""  # plain text, quoted replies trimmed
    own: str = ""  # of it what its author wrote, above what he hands on
    links: tuple[str, ...] = ()  # file services linked to, e.g. "Google Drive (drive.google.com)"
    addresses: tuple[str, ...] = ()  # of these links, as they stand in the mail
    short_links: tuple[str, ...] = ()  # every shortener, also where no word speaks of files
    embedded: int = 0  # pictures written into its HTML as data: addresses, no ornaments
    forwarded_from: str = ""  # name of the inner author of an inline or attached forward

    def all(self, name: str) -> list[str]:
        """Every value of a header field, in order."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def first(self, name: str) -> str:
        """The topmost value of a header field, "" when absent."""
        return next(iter(self.all(name)), "")


class Delivery(Struct, frozen=True, kw_only=True):
    """What became of one mail for one recipient (RFC 3464, 2.3)."""

    recipient: str = ""  # lower-case; "" when not told
    original: str = ""  # as it was addressed, where it went on to another address; lower-case
    action: str = ""  # failed, delayed, delivered, relayed, expanded
    status: str = ""  # RFC 3463: "5.1.1"

    @property
    def is_hard(self) -> bool:
        """Whether the address is no good: failed, and for good."""
        return self.action == "failed" and self.status.startswith("5.")


class Report(Struct, frozen=True, kw_only=True):
    """A delivery status notification: what it says, and the Message-IDs of what came back."""

    deliveries: tuple[Delivery, ...] = ()
    returned: tuple[str, ...] = ()


class Unread(Struct, frozen=True, kw_only=True):
    """Something that came and was not understood, and what it may be (decisions.md, "What we did
    not understand is not absent"). An editor sees it; no letter says that the thing is lacking."""

    may_be: MayBe
    kind: Literal["line", "table", "file", "link", "body"]
    text: str  # the line or the file's name, cleaned, at most 200 characters
    place: str = ""  # "" = the mail's body; else a paragraph's number or a file's name


class Parcel(Struct, frozen=True, kw_only=True):
    """What one contributor handed in at once: a mail, or files named together."""

    source: str  # the file's name, or the mailbox and UID
    files: tuple[File, ...] = ()
    mail: Mail | None = None
    # the mail's words with rows (cells apart by tabs), list marks and pictures ("[image: name]")
    layout: str = ""
    refused: Reason | None = None  # a limit the mail as a whole broke
    unread: tuple[
        Unread, ...
    ] = ()  # what earlier mails of the submission held that was not understood
    unjudged: tuple[Reason, ...] = ()  # why something of it was left closed or was not read

    @property
    def words(self) -> tuple[str, ...]:
        """The renderings of the mail's words: laid out, then plain; none without a mail."""
        texts = (self.layout, self.mail.text if self.mail else "")
        return tuple(dict.fromkeys(text for text in texts if text))
