"""Photos and captions of two revisions: replaced, added, gone. Pure."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from desk.domain.photos.choices import list_photos, read_caption
from desk.domain.similarity import stem
from redaksi.model import Photo

Change = Literal["same", "caption", "replaced", "added", "gone"]


class PhotoChange(Struct, frozen=True, kw_only=True):
    """A slot. `caption`: the photo stayed, its caption is another; `replaced`: other bytes in the
    slot of its name."""

    what: Change
    before: Photo | None = None
    after: Photo | None = None


def compare_photos(before: Sequence[Photo], after: Sequence[Photo]) -> tuple[PhotoChange, ...]:
    """The slots in the order of the later revision, then what is gone."""
    old, new = list_photos(before), list_photos(after)
    kept = {photo.sha256: photo for photo in old}
    came = {photo.sha256 for photo in new}
    free: dict[str, list[Photo]] = {}
    for photo in old:
        if photo.sha256 not in came:
            free.setdefault(stem(photo.name), []).append(photo)
    changes = [_compare(photo, kept, free) for photo in new]
    left = {photo.sha256 for photos in free.values() for photo in photos}
    gone = [PhotoChange(what="gone", before=photo) for photo in old if photo.sha256 in left]
    return (*changes, *gone)


def _compare(photo: Photo, kept: dict[str, Photo], free: dict[str, list[Photo]]) -> PhotoChange:
    same = kept.get(photo.sha256)
    if same is not None:
        what: Change = "same" if read_caption(same) == read_caption(photo) else "caption"
        return PhotoChange(what=what, before=same, after=photo)
    slot = free.get(stem(photo.name))
    if slot:
        return PhotoChange(what="replaced", before=slot.pop(0), after=photo)
    return PhotoChange(what="added", after=photo)
