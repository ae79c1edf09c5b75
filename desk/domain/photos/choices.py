"""What an editor chose of the photos of a submission, beside what was read of them. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from redaksi.model import Photo


class Choice(Struct, frozen=True, kw_only=True):
    """An editor's word of a photo; None: the machine's stands. `source`: the photo whose caption it
    was, by SHA-256; its own where the machine's pairing was confirmed."""

    used: bool = True
    is_main: bool = False
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    source: str | None = None
    confirmed_at: datetime | None = None
    account_id: int | None = None


Choices = Mapping[str, Choice]  # by the photo's SHA-256
_KEY = 16  # hexadecimal digits


def name_key(sha256: str) -> str:
    """How a form names a photo: by its bytes, so that a newer revision shifts nothing."""
    return sha256[:_KEY]


def read_caption(photo: Photo) -> str:
    """What the machine paired with it; "" for nothing."""
    return photo.caption.text if photo.caption else ""


def find_caption(photo: Photo, choice: Choice | None) -> str | None:
    """The caption that an editor chose; None: the machine's. A pairing that was confirmed is none
    any more when another caption came for the photo."""
    if choice is None or choice.caption is None or _has_lapsed(photo, choice):
        return None
    return choice.caption


def is_confirmed(photo: Photo, choice: Choice | None) -> bool:
    """Whether an editor said that this caption is this photo's."""
    return bool(choice and choice.confirmed_at) and not _has_lapsed(photo, choice)


def _has_lapsed(photo: Photo, choice: Choice | None) -> bool:
    is_own = choice is not None and choice.source == photo.sha256
    return is_own and choice is not None and choice.caption != read_caption(photo)


def is_used(photo: Photo, choices: Choices) -> bool:
    """Whether it is published: an editor's word, else whether it can be shown."""
    choice = choices.get(photo.sha256)
    return photo.intact and photo.judged if choice is None else choice.used


def list_photos(photos: Sequence[Photo]) -> tuple[Photo, ...]:
    """Each of them once, by its bytes."""
    known: dict[str, Photo] = {}
    for photo in photos:
        known.setdefault(photo.sha256, photo)
    return tuple(known.values())


def list_used(photos: Sequence[Photo], choices: Choices) -> tuple[str, ...]:
    """Those that are published, the main one first: the one that was chosen, else the first."""
    used = [photo.sha256 for photo in list_photos(photos) if is_used(photo, choices)]
    main = find_main(choices)
    return (main, *(each for each in used if each != main)) if main in used else tuple(used)


def find_main(choices: Choices) -> str:
    """The main photo that an editor chose, by SHA-256; "" for none. It may have been replaced."""
    return next((sha256 for sha256, choice in choices.items() if choice.is_main), "")


def is_main_gone(photos: Sequence[Photo], choices: Choices) -> bool:
    """Whether the main photo that was chosen is not among these any more."""
    main = find_main(choices)
    return bool(main) and main not in {photo.sha256 for photo in photos}


def is_chosen(choices: Choices) -> bool:
    """Whether an editor said which photos are used; a caption alone says nothing of that."""
    return any(
        choice.account_id is not None or choice.is_main or not choice.used
        for choice in choices.values()
    )
