"""One decode of a picture serves all: whether it is whole, what people look at (a screen copy, a
thumbnail, a JPEG of what was sent in another format), and what there is to note of it.

What is made leaves through one `emit`, bounded in bytes; nothing is written here.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from ingest.read.budget import Budget
from ingest.read.photo.decode import DECODER_ERRORS
from ingest.read.photo.decoders import find_closed_decoder
from ingest.read.photo.derivatives import DerivedRole, Shown, find_scale, make_derivatives
from ingest.read.photo.formats import STILL_KINDS, Header, look
from ingest.read.photo.integrity import Verdict, judge_picture
from ingest.read.photo.metadata import is_animated, read_orientation
from redaksi.limits import Safety
from redaksi.reasons import Reason

EmittedRole = Literal["original", "screen", "thumbnail", "jpeg"]
Emit = Callable[[str, EmittedRole, bytes], None]  # SHA-256 of the original, role, bytes
# The rules only tidy these (F006): they are converted at full size.
CONVERTED = frozenset({"heic", "webp", "avif", "bmp", "gif"})


class PictureFacts(Struct, frozen=True, kw_only=True):
    """What one decode tells. kind "" = no still picture. `width` and `height` as stored, 0 = not
    known; `notes` as Photo's; `shown`: None where there is nothing to show."""

    kind: str = ""
    width: int = 0
    height: int = 0
    orientation: int = 1
    damage: Reason | None = None
    notes: tuple[str, ...] = ()
    shown: Shown | None = None
    unjudged: Reason | None = None  # why it was not decoded


def look_at(
    content: bytes,
    sha256: str,
    safety: Safety,
    emit: Emit | None = None,
    budget: Budget | None = None,
) -> PictureFacts:
    """Decode a picture once. What people look at goes to `emit` under `sha256`, the original's
    name; the original itself does not. The answer is the same with and without `emit`. Whatever
    the bytes are, there is an answer; `budget` may leave the picture undecoded."""
    header = look(content)
    if header.kind not in STILL_KINDS:
        return PictureFacts()
    budget = budget or Budget(safety)
    if reason := find_closed_decoder(content, header.kind, budget):
        return _leave(header, reason)
    verdict = _judge(content, header, budget)
    if verdict.left:
        return _leave(header, budget.exceed("pixels"))
    roles: list[DerivedRole] = [] if emit is None else ["screen", "thumbnail"]
    if emit is not None and header.kind in CONVERTED and verdict.damage is None:
        roles.append("jpeg")
    shown, made = _derive(verdict, content, header.kind, roles)
    if emit is not None:
        for role, derived in made.items():
            emit(sha256, role, derived)
    notes = (*verdict.notes, "animated") if is_animated(content, header.kind) else verdict.notes
    width, height = _size(header)
    return PictureFacts(
        kind=header.kind,
        width=width,
        height=height,
        orientation=read_orientation(content, header.kind),
        damage=verdict.damage,
        notes=notes,
        shown=shown,
    )


def _size(header: Header) -> tuple[int, int]:
    sized = header.width > 0 and header.height > 0
    return (header.width, header.height) if sized else (0, 0)


def _leave(header: Header, reason: Reason) -> PictureFacts:
    """A picture of which the header alone was read."""
    width, height = _size(header)
    return PictureFacts(kind=header.kind, width=width, height=height, unjudged=reason)


def _judge(content: bytes, header: Header, budget: Budget) -> Verdict:
    """What a decoder trips over costs its picture alone: an editor judges it."""
    longest = find_scale(max(header.width, header.height))
    try:
        return judge_picture(content, header, budget.safety, longest, budget.take_pixels)
    except DECODER_ERRORS:
        return Verdict(None, ("unsupported",))


def _derive(
    verdict: Verdict, content: bytes, kind: str, roles: list[DerivedRole]
) -> tuple[Shown | None, dict[DerivedRole, bytes]]:
    """What people look at; nothing where it cannot be made."""
    if verdict.image is None:
        return None, {}
    try:
        return make_derivatives(verdict.image, content, kind, roles)
    except DECODER_ERRORS:
        return None, {}
