"""Photos, captions, and what belongs together: kinds of mails as contributors send them.

A caption is written "key: text" ("~key: text" = the name stands behind the words), photos by name.
An expected pair is "photo <- text evidence", with "?" behind it where an editor confirms.
"""

from msgspec import Struct

from ingest.read.captions.pairing import Paired, pair
from redaksi.model import Label, LabelKind, Photo
from tests import builders

KINDS = {
    "mov": "mp4", "mp4": "mp4", "dng": "raw", "cr2": "raw", "heic": "heic", "png": "png",
    "webp": "webp", "tif": "tiff",
}  # fmt: skip


class Case(Struct, frozen=True, kw_only=True):
    """`photos` and `captions` as they come; `pairs` by photo; `left` are captions of no photo."""

    what: str
    photos: tuple[str, ...]
    captions: tuple[str, ...]
    pairs: tuple[str, ...]
    action: str = "auto"
    unread: int = 0
    orphans: tuple[str, ...] = ()


def photos_named(names: tuple[str, ...]) -> list[Photo]:
    """Photos of the kind their ending says, each of its own bytes."""
    return [
        builders.photo(
            name=name,
            caption=None,
            sha256=builders.digest(f"{name}{i}"),
            kind=KINDS.get(name.rpartition(".")[2].lower(), "jpeg"),
        )
        for i, name in enumerate(names)
    ]


def label_of(written: str) -> Label:
    """ "Foto 1: Rapat", "~IMG_1.jpg: Rapat", "kind/key: Rapat" or "Rapat"."""
    key, colon, text = written.partition(": ")
    if not colon:
        return Label(text=written)
    kind: LabelKind = ""
    for name in ("position", "camera", "shared", "number", "name"):
        if key.startswith(f"{name}/"):
            kind, key = name, key.removeprefix(f"{name}/")
    return Label(text=text, key=key.removeprefix("~"), kind=kind, sure=not key.startswith("~"))


def shown(paired: Paired) -> tuple[str, ...]:
    """The pairs as the table writes them."""
    return tuple(
        f"{photo.name} <- {caption.text} {caption.evidence}{'?' * (caption.action == 'confirm')}"
        for photo in paired.photos
        if (caption := photo.caption)
    )


def pair_case(case: Case) -> tuple[tuple[str, ...], str, int, tuple[str, ...]]:
    """What comes of a case: its pairs, the action, how many captions are unread, orphans' keys."""
    paired = pair(photos_named(case.photos), [label_of(written) for written in case.captions])
    orphans = tuple(label.key for label in paired.orphans)
    return shown(paired), paired.action, len(paired.unread), orphans
