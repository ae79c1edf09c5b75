"""What lies in a zip or a winmail.dat, on its way to becoming files of the parcel. The bounds of the
parcel are asked before anything is unpacked."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ingest.read.budget import Budget, close
from ingest.read.files import archive, tnef
from ingest.read.guarded import Reader
from ingest.read.mail.item import Item, cut
from redaksi.arrival import File
from redaksi.errors import Hostile, Unreadable
from redaksi.limits import Safety
from redaksi.reasons import ATTACKS, Reason, ReasonCode, explain
from redaksi.text import clean

_MOST_TNEF = 10  # winmail.dat that are unpacked
_LONGEST_PATH = 400  # characters of a path within an archive


class Bounds:
    """What is left of a parcel's bounds on unpacking."""

    def __init__(self, safety: Safety, budget: Budget) -> None:
        self.safety = safety
        self.budget = budget
        self.room = archive.make_room(safety)
        self.winmails = _MOST_TNEF


class Within(Struct, frozen=True, kw_only=True):
    """A byte stream that lay in a wrapper. `octets` is None for one that is not looked at:
    `refused` says why."""

    item: Item
    octets: bytes | None = None
    kind: str = "unknown"
    size: int = 0
    sha256: str = ""
    refused: Reason | None = None


Opened = tuple[File, Iterator[Within]]  # the wrapper, closed or set aside, and what lay in it


def open_zip(item: Item, file: File, octets: bytes, bounds: Bounds) -> Opened:
    """A zip archive, that is `file`."""
    safety = bounds.safety
    is_deep = item.depth >= safety.max_archive_depth
    room = replace(bounds.room) if is_deep else bounds.room
    closed: Reason | None = None
    try:
        found = archive.read_entries(octets, safety, room)
    except Unreadable as fault:
        closed = fault.reason
    if is_deep and (closed is None or closed.code not in ATTACKS):
        closed = explain(ReasonCode.ARCHIVE_DEPTH)
    if closed is not None:
        return close(file, closed), iter(())
    if archive.is_hollow(found):
        return close(file, explain(ReasonCode.ARCHIVE_EMPTY)), iter(())
    if not bounds.budget.may_unpack(sum(entry.file_size for entry in found)):
        return close(file, bounds.budget.exceed("kept")), iter(())
    opened = replace(file, aside=file.aside or explain(ReasonCode.UNPACKED_ARCHIVE))
    members = archive.walk_members(octets, item.load, found, safety.max_attachment)
    return opened, (_of_zip(item, file, member) for member in members)


def _of_zip(item: Item, file: File, member: archive.Member) -> Within:
    folder = member.name[:_LONGEST_PATH].rpartition("/")[0]
    inner = Item(
        name=member.name,
        load=member.load,
        origin="archive",
        container=f"{file.name}/{folder}".rstrip("/"),
        aside=explain(ReasonCode.SYSTEM_FILE) if member.system else None,
        depth=item.depth + 1,
        forwards=item.forwards,
        mended=item.mended,
    )
    return Within(
        item=inner,
        octets=member.octets,
        size=member.size,
        sha256=member.sha256,
        refused=member.refused,
    )


def open_winmail(item: Item, file: File, octets: bytes, bounds: Bounds) -> Opened:
    """A winmail.dat, that is `file`."""
    safety = bounds.safety
    try:
        bounds.winmails -= 1
        found = tnef.unpack_attachments(octets) if bounds.winmails >= 0 else ()
        if bounds.winmails < 0 or len(found) > bounds.room.files:
            raise Hostile("tnef", ReasonCode.WINMAIL_FILES_LIMIT, most=safety.max_archive_files)
    except Unreadable as fault:
        return close(file, fault.reason), iter(())
    if not bounds.budget.may_unpack(sum(each.end - each.start for each in found)):
        return close(file, bounds.budget.exceed("kept")), iter(())
    bounds.room.files -= len(found)
    why = ReasonCode.UNPACKED_WINMAIL if found else ReasonCode.WINMAIL_EMPTY
    opened = replace(file, aside=explain(why))
    is_deep = item.depth >= safety.max_archive_depth
    return opened, (_of_winmail(item, file, each, octets, is_deep=is_deep) for each in found)


def _of_winmail(
    item: Item, file: File, wrapped: tnef.Wrapped, octets: bytes, *, is_deep: bool
) -> Within:
    inner = Item(
        name=wrapped.name,
        load=cut(item.load, wrapped.start, wrapped.end),
        origin=item.origin,
        declared=clean.line(wrapped.media_type, 100),
        content_id=clean.line(wrapped.content_id, 200),
        container=file.name,
        depth=item.depth + 1,
        forwards=item.forwards,
        mended=item.mended,
    )
    refused = explain(ReasonCode.WINMAIL_DEPTH) if is_deep else None
    content = octets[wrapped.start : wrapped.end]
    return Within(item=inner, octets=content, kind="tnef", refused=refused)


Opener = Callable[[Item, File, bytes, Bounds], Opened]
# by kind: what its reader is called in a READER_ERROR, and the reader
OPENERS: Mapping[str, tuple[Reader, Opener]] = {
    "zip": ("archive", open_zip),
    "tnef": ("winmail", open_winmail),
}
