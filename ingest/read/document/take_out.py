"""Pictures of a document as they lie in it, for an editor to see what was not attached."""

import hashlib
from collections.abc import Mapping

from ingest.read.budget import Budget
from redaksi.arrival import File
from redaksi.errors import Unreadable
from redaksi.limits import MB, Safety

_OOXML = frozenset({"docx", "docm", "dotx", "dotm"})
_MOST = 40 * MB  # of one picture: what is larger has no hash to be asked for by


def take_out(
    file: File, safety: Safety, wanted: frozenset[str], budget: Budget | None = None
) -> Mapping[str, bytes]:
    """SHA-256 -> bytes of the `wanted` pictures that are in `file`; what cannot be read has
    none."""
    try:
        if file.kind in _OOXML:
            return _take_from_package(file.load(), safety, wanted)
        if file.kind == "doc":
            from ingest.read.document import doc  # noqa: PLC0415 - olefile

            return doc.take_out(file.load(), safety, wanted, budget)
    except Unreadable:
        return {}
    return {}


def _take_from_package(
    content: bytes, safety: Safety, wanted: frozenset[str]
) -> Mapping[str, bytes]:
    from ingest.read.document.ooxml.flat import unfold  # noqa: PLC0415 - lxml
    from ingest.read.document.ooxml.package import Package  # noqa: PLC0415

    package = Package(unfold(content), safety)
    found: dict[str, bytes] = {}
    for name in package.entries:
        if "media/" not in name or len(found) == len(wanted) or not package.may_hash(name, _MOST):
            continue
        picture = package.read(name) or b""
        digest = hashlib.sha256(picture).hexdigest()
        if digest in wanted:
            found[digest] = picture
    return found
