"""Files of one stem that are one picture: HEIC and JPG, JPG and its film, JPG and its raw file.

They do not rob each other of a caption: it goes to the still picture, and the others lack none.
"""

from collections.abc import Sequence

from msgspec import Struct

from ingest.read.captions.photo_names import stem_form
from ingest.read.photo.formats import STILL_KINDS
from redaksi.model import Photo

_FIRST = ("jpeg", "png", "tiff")  # rather than HEIC and its like, and these rather than raw or film


class Twins(Struct, frozen=True, kw_only=True):
    """`principals`: the photos that want a caption, by index. `of`: every other index and the
    principal it is a twin of."""

    principals: tuple[int, ...]
    of: dict[int, int]


def find_twins(photos: Sequence[Photo]) -> Twins:
    """Group by stem; two of one kind are two photos. A film alone wants a caption only where no
    still picture is here."""
    groups: dict[str, list[int]] = {}
    for i, photo in enumerate(photos):
        groups.setdefault(stem_form(photo.name) or f"#{i}", []).append(i)
    twins: dict[int, int] = {}
    for group in groups.values():
        kinds = [photos[i].kind for i in group]
        if len(group) > 1 and len(set(kinds)) == len(kinds):
            first = min(group, key=lambda i: _rank(photos[i].kind))
            if photos[first].kind in STILL_KINDS:
                twins |= {i: first for i in group if i != first}
    stills = any(photo.kind in STILL_KINDS for photo in photos)
    principals = [
        i
        for i, photo in enumerate(photos)
        if i not in twins and (photo.kind in STILL_KINDS or not stills)
    ]
    return Twins(principals=tuple(principals), of=twins)


def _rank(kind: str) -> int:
    if kind in _FIRST:
        return _FIRST.index(kind)
    return len(_FIRST) + (kind not in STILL_KINDS)
