"""What the directory of an archive names, for an editor who must not open it: cleaned, cut and
counted. Whatever an archive is, nothing is raised, and nothing of it is unpacked."""

from collections.abc import Callable, Mapping
from itertools import islice

from ingest.read.budget import Budget
from ingest.read.files.directories.entry import MOST_SIZE, Entry, Mark, Walk
from ingest.read.files.directories.rar_headers import walk_rar
from ingest.read.files.directories.tar_headers import walk_tar
from ingest.read.files.directories.zip_directory import walk_zip
from redaksi.arrival import Listed, Listing
from redaksi.text import clean

MOST_NAMES = 200  # of one archive
_MOST_NAME = 200  # characters
_MOST_LOOKED_AT = 1000  # characters of a name

_WALKS: Mapping[str, Callable[[bytes], Walk | None]] = {
    "zip": walk_zip,
    "tar": walk_tar,
    "rar": walk_rar,
}


def list_archive(octets: bytes, kind: str, budget: Budget) -> Listing | None:
    """The names in an archive of this kind; None where its directory does not lie open, and for
    what is no archive."""
    walk = _WALKS.get(kind)
    if walk is None:
        return None
    names, steps = budget.may_list()
    found = walk(octets) if steps else None
    if found is None:
        return None
    listing, taken = _collect(found, min(names, MOST_NAMES), steps)
    budget.take_listed(len(listing.entries), taken)
    return listing


def _collect(walk: Walk, most: int, steps: int) -> tuple[Listing, int]:
    """What a walk gives, with `most` names, and how many of the `steps` it took."""
    kept: list[Listed] = []
    count, taken, whole = 0, 0, False
    for entry in islice(walk, steps):
        taken += 1
        if isinstance(entry, Mark):
            whole = entry is Mark.END
            continue
        count += 1
        if len(kept) < most:
            kept.append(_describe(entry))
    return Listing(entries=tuple(kept), more=count - len(kept), whole=whole), taken


def _describe(entry: Entry) -> Listed:
    name, size = entry
    return Listed(
        name=clean.line(_decode(name)[:_MOST_LOOKED_AT], _MOST_NAME), size=min(size, MOST_SIZE)
    )


def _decode(name: bytes) -> str:
    """UTF-8 where it is, else as DOS wrote it."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("cp437")
