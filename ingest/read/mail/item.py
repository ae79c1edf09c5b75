"""A byte stream of a mail on its way to becoming a File, and a mail that lay in it."""

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ingest.read.files import sniff
from ingest.read.files.apple_single import find_data_fork
from ingest.read.mail import quoted
from ingest.read.mail.bodies import Body
from ingest.read.mail.body_part import Raw
from ingest.read.mail.message import Part
from ingest.read.mail.transport.encodings import is_transfer_broken
from redaksi.arrival import Origin, Shown, never_mended
from redaksi.limits import MB, Safety
from redaksi.reasons import Reason, ReasonCode, explain


class Item(Struct, frozen=True, kw_only=True):
    """A byte stream on its way to becoming a File."""

    name: str
    load: Callable[[], bytes]
    origin: Origin = "attached"
    declared: str = ""
    content_id: str = ""
    container: str = ""
    aside: Reason | None = None
    inline: bool = False
    shown: Shown | None = None  # where the mail's HTML shows it by its Content-ID
    pictures: Mapping[str, Shown] = {}  # of a mail: where its HTML shows which Content-ID
    depth: int = 0  # archives it lies in
    forwards: int = 0  # mails it lies in, below the top one
    mended: Callable[[], bool] = never_mended


class Forward(Struct, frozen=True, kw_only=True):
    """A mail found inside the mail: its author and words."""

    author: str
    body: Body
    trimmed: quoted.Trimmed


def ask_mended(raw: Raw, part: Part, item: Item) -> Callable[[], bool]:
    """Whether a part, or what it lies in, was broken on its way: answered when it is asked."""

    def is_mended() -> bool:
        if part.mended or item.mended():
            return True
        return is_transfer_broken(raw, part.start, part.end, part.transfer)

    return is_mended


def mail_aside(*, returned: bool, deep: bool) -> Reason | None:
    """Why an attached mail stands aside; None for one too deep to be entered."""
    if returned:
        return explain(ReasonCode.RETURNED_MAIL)
    return None if deep else explain(ReasonCode.FORWARDED_MAIL)


def cut(whole: Callable[[], bytes], start: int, end: int) -> Callable[[], bytes]:
    """What a File within another calls to have its octets."""

    def load() -> bytes:
        return whole()[start:end]

    return load


def find_refusal(octets: bytes, kind: str, safety: Safety, *, is_locked: bool) -> Reason | None:
    """Why a file is not opened; None for one that is. `is_locked`: it says that it is an S/MIME
    object, and nothing was read of it."""
    if len(octets) > safety.max_attachment:
        return explain(ReasonCode.FILE_LIMIT, most=safety.max_attachment // MB)
    if is_locked:
        return explain(sniff.choose_smime(octets))
    if octets.startswith(b"-----BEGIN PGP MESSAGE-----"):
        return explain(ReasonCode.PGP_ENCRYPTED)
    if kind in sniff.ARCHIVES:
        return explain(ReasonCode.ARCHIVE_KIND, kind=kind)
    return None


def take_fork(item: Item, octets: bytes) -> tuple[Item, bytes]:
    """Of a Macintosh file in one stream the file itself; anything else as it is."""
    fork = find_data_fork(octets)
    if fork is None:
        return item, octets
    name = item.name.removeprefix("._")
    inner = replace(item, name=name, load=cut(item.load, *fork), declared="", aside=None)
    return inner, octets[fork[0] : fork[1]]


def make_unique(name: str, taken: set[str]) -> str:
    """The name, numbered where another file has it; it is then one of the `taken`."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = name, ""
    number = 2
    unique = name
    while unique.lower() in taken:
        unique = f"{stem}-{number}{dot if ending else ''}{ending}"
        number += 1
    taken.add(unique.lower())
    return unique
