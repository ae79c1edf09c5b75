"""A photo as its bytes show it: kind, size, rotation, and whether it really decodes. Pure, memory
bounded."""

from ingest.read.budget import Budget
from ingest.read.photo.formats import STILL_KINDS, look
from ingest.read.photo.looks.notes import note_picture
from ingest.read.photo.metadata import read_description
from ingest.read.photo.picture import Emit, look_at
from redaksi.arrival import File
from redaksi.limits import Safety
from redaksi.model import Photo
from redaksi.reasons import Reason, ReasonCode, explain

__all__ = ["read_description", "read_photo"]


def read_photo(
    file: File, safety: Safety, emit: Emit | None = None, budget: Budget | None = None
) -> Photo:
    """`file` as a photo; what people look at goes to `emit`. Whatever the bytes are, there is an
    answer; `damage` is None when the photo is intact. What `budget` leaves undecoded is `unjudged`.

    No still picture (kind "psd", "pdf", "raw", "mp4", …): width 0 and `judged` False, for the rule
    about formats. Notes: "not-decoded" (sound as far as its structure tells), "too-many-pixels"
    (not looked into: to be asked for smaller), "unsupported" (`judged` False), "animated" (only the
    first frame counts), and what ingest.read.photo.looks.notes has to note.
    """
    content = file.load()
    facts = look_at(content, file.sha256, safety, emit, budget)
    if not facts.kind:
        return _not_still(file, content)
    photo = Photo(
        name=file.name,
        kind=facts.kind,
        sha256=file.sha256,
        size=file.size,
        width=facts.width,
        height=facts.height,
        orientation=facts.orientation,
        intact=not facts.damage,
        damage=facts.damage,
        judged="unsupported" not in facts.notes and facts.unjudged is None,
        origin=file.origin,
        notes=facts.notes,
        unjudged=facts.unjudged,
    )
    if facts.shown is None or not photo.intact:
        return photo
    return note_picture(photo, facts.shown, content)


def _not_still(file: File, content: bytes) -> Photo:
    """A file that is no picture we can look into: asked for if its kind is known, broken if it
    is nothing at all."""
    kind = file.kind or look(content).kind
    damage: Reason | None = None
    if not content:
        damage = explain(ReasonCode.FILE_EMPTY)
    elif not any(content[:4096]):
        damage = explain(ReasonCode.ALL_ZEROS)
    elif kind in STILL_KINDS or kind in ("", "unknown", "text", "empty", "ole", "zip"):
        damage = explain(ReasonCode.NOT_A_PICTURE)
    return Photo(
        name=file.name,
        kind=kind or "unknown",
        sha256=file.sha256,
        size=file.size,
        intact=not damage,
        damage=damage,
        judged=bool(damage),
        origin=file.origin,
    )
