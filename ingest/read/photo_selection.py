"""Which pictures are photos of the submission; the others are set aside without a finding."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache, partial

import msgspec
from msgspec.structs import replace

from ingest.read.budget import Budget
from ingest.read.captions.photo_names import stem_form
from ingest.read.classify_files import VIDEO, Sorted, make_other
from ingest.read.guarded import read_guarded
from ingest.read.photo.decode import NotDecoded, NotOpened, decode
from ingest.read.photo.decode_cost import count_pixels
from ingest.read.photo.described.facts import read_facts
from ingest.read.photo.formats import STILL_KINDS, Header
from ingest.read.photo.looks.drawing import looks_drawn
from ingest.read.photo.looks.notes import LOCATED, NEAR_DUPLICATE
from ingest.read.photo.photo import read_photo
from ingest.read.photo.picture import Emit
from ingest.read.picture_doubts import LOGO, Candidate, Key, find_doubt, find_larger, stem
from ingest.read.unjudged import describe_photo, is_left, leave_photo
from redaksi.arrival import File
from redaksi.likeness import is_alike
from redaksi.limits import Safety
from redaksi.model import Document, Label, Other, Photo
from redaksi.reasons import PICTURES_ASIDE, Reason, ReasonCode, explain

_LEAST = 300  # pixels of the shorter side: a doubtful picture below it is no photo
# pixels: larger pictures, and more of them, are not looked into for being drawn
_MOST_DRAWN, _MOST_DRAWN_IN_ALL = 12_000_000, 60_000_000
_DRAWN_SIDE = 1024  # pixels: a JPEG is decoded to no less for it
_COMPANIONS = VIDEO | {"raw", "psd"}
# what is no photo, even where there is no other
_NEVER = frozenset({ReasonCode.PICTURE_IN_QUOTATION, ReasonCode.SMALL_INLINE_PICTURE})
_BY_PLACE = frozenset({ReasonCode.PICTURE_BELOW_SIGNATURE, ReasonCode.PICTURE_SHOWN_SMALL})
# what is a photo when a caption names it
_UNLESS_NAMED = frozenset({ReasonCode.PICTURE_DRAWN, ReasonCode.PICTURE_OF_PAPER})
_PHOTO_PDF = re.compile(r"foto|photo|gambar|dokumentasi|img|image", re.IGNORECASE)


def find_photos_as_pdf(files: Sorted) -> tuple[tuple[File, ...], tuple[File, ...]]:
    """(PDF and the like, those of them that by name are photos): an article came, and no photo
    but these."""
    pictured = tuple(
        file for file in files.plain if file.kind == "pdf" and _PHOTO_PDF.search(file.name)
    )
    return tuple(file for file in files.plain if file not in pictured), pictured


def is_of_picture_aside(label: Label, others: Iterable[Other]) -> bool:
    """Whether a caption names a film or picture that came and was set aside: nothing is lacking."""
    key = label.key.casefold()
    return any(
        key in (other.name.casefold(), other.name.rpartition(".")[0].casefold())
        for other in others
        if other.why.code in PICTURES_ASIDE
    )


def select_photos(
    files: Iterable[File],
    safety: Safety,
    articles: Sequence[Sequence[Document]],
    emit: Emit | None = None,
    named: Container[str] = frozenset(),
    budget: Budget | None = None,
) -> tuple[list[tuple[File, Photo]], list[Other]]:
    """(the photos, what is set aside): read, and told from logos, quotations, copies, and the films
    and raw files beside photos. What is doubtful counts as a photo where there is no other. `named`
    are the files that captions name (photo_names.stem_form): a poster that has one is a photo."""
    pictures = [p for group in articles for d in group for p in d.pictures if p.sha256]
    inside = {p.sha256 for p in pictures if p.story not in ("header", "footer")}
    room, budget = _Room(), budget or Budget(safety)
    read = _swap_names([_read(file, inside, emit, room, budget) for file in files])
    stills = [
        picture for picture in read if picture.photo.kind in STILL_KINDS or picture.file.refused
    ]
    doubts = _find_doubts(stills, inside, named)
    firm = [picture for picture in stills if picture.key not in doubts]
    if not firm:
        doubts = {
            picture.key: doubts[picture.key]
            for picture in stills
            if not _may_be_meant(picture, doubts)
        }
        firm = [picture for picture in stills if picture.key not in doubts]
    asides = {**doubts, **_find_companions(read, firm)}
    photos = _note_duplicates([picture for picture in read if picture.key not in asides])
    others = [
        make_other(picture.file, asides[picture.key]) for picture in read if picture.key in asides
    ]
    return photos, others


def _note_duplicates(chosen: Sequence[Candidate]) -> list[tuple[File, Photo]]:
    """The photos, with a note on each that is much like one before it."""
    noted: list[tuple[File, Photo]] = []
    for picture in chosen:
        photo = picture.photo
        if any(is_alike(photo.likeness, other.likeness) for _, other in noted):
            photo = replace(photo, notes=(*photo.notes, NEAR_DUPLICATE))
        noted.append((picture.file, photo))
    return noted


class _Room:
    """How many pixels may still be looked into for being drawn."""

    def __init__(self) -> None:
        self._left = _MOST_DRAWN_IN_ALL

    def may_take(self, pixels: int) -> bool:
        """Whether a picture of so many pixels may be looked into; then they are taken."""
        if not 0 < pixels <= min(_MOST_DRAWN, self._left):
            return False
        self._left -= pixels
        return True


def _read(
    file: File, inside: set[str], emit: Emit | None, room: _Room, budget: Budget
) -> Candidate:
    if file.refused and not is_left(file):
        refused = replace(describe_photo(file), notes=("not-opened",))
        return Candidate(file, refused, _is_not_drawn)
    left = file.refused or budget.begin(file)
    if left:
        return Candidate(file, leave_photo(file, left), _is_not_drawn)

    def read() -> Photo:
        return _described(read_photo(file, budget.safety, emit, budget), file)

    photo = read_guarded("photo", budget, read, partial(leave_photo, file))
    if file.sha256 in inside:
        photo = replace(photo, notes=(*photo.notes, "also-in-document"))
    return Candidate(file, photo, cache(partial(_is_drawn, file, photo, room, budget)))


def _described(photo: Photo, file: File) -> Photo:
    """With what it says of itself."""
    if not photo.intact or not photo.judged or not photo.width:
        return photo
    facts = read_facts(file.load(), photo.kind)
    described = replace(photo, **msgspec.structs.asdict(facts))
    if facts.located:
        return replace(described, notes=(*described.notes, LOCATED))
    return described


def _is_not_drawn() -> bool:
    return False


def _is_drawn(file: File, photo: Photo, room: _Room, budget: Budget) -> bool:
    """Whether it looks drawn; what cannot be decoded, or is too large to be a logo, does not."""
    if not photo.intact or photo.unjudged or not room.may_take(photo.width * photo.height):
        return False
    header = Header(kind=photo.kind, width=photo.width, height=photo.height)
    if budget.begin(file) or not budget.take_pixels(count_pixels(header, _DRAWN_SIDE)):
        return False

    def look() -> bool:
        try:
            with decode(file.load(), photo.kind, _DRAWN_SIDE) as image:
                return looks_drawn(image)
        except (NotOpened, NotDecoded, KeyError):
            return False

    return read_guarded("photo", budget, look, lambda _: False)


def _swap_names(read: list[Candidate]) -> list[Candidate]:
    """A preview and its original came under one name: the original bears it, the preview the
    number that told them apart."""
    swapped = list(read)
    for at, small in enumerate(read):
        large = find_larger(small, read)
        if large is None:
            continue
        bare, dot, ending = small.file.name.rpartition(".")
        if re.fullmatch(rf"{re.escape(bare)}-\d+{re.escape(dot + ending)}", large.file.name):
            there = read.index(large)
            swapped[at] = _renamed(swapped[at], large.file.name)
            swapped[there] = _renamed(swapped[there], small.file.name)
            break
    return swapped


def _renamed(picture: Candidate, name: str) -> Candidate:
    return Candidate(
        replace(picture.file, name=name), replace(picture.photo, name=name), picture.is_drawn
    )


def _find_doubts(
    stills: Sequence[Candidate], inside: set[str], named: Container[str]
) -> dict[Key, Reason]:
    """Why each doubtful picture is none, by its key."""
    doubts: dict[Key, Reason] = {}
    for picture in stills:
        why = find_doubt(picture)
        if why and why.code in _UNLESS_NAMED and stem_form(picture.file.name) in named:
            continue
        # what the article shows may be meant, but for the letterhead's logo
        if why and (picture.file.sha256 not in inside or why.code is ReasonCode.PICTURE_NAMED_LOGO):
            doubts[picture.key] = why
    sound = [picture for picture in stills if picture.key not in doubts]
    for picture in sound:
        if (larger := find_larger(picture, sound)) is not None:
            doubts[picture.key] = explain(ReasonCode.SMALLER_COPY, name=larger.file.name)
    return doubts


def _may_be_meant(picture: Candidate, doubts: Mapping[Key, Reason]) -> bool:
    """Whether a doubtful picture counts as a photo where no other is there: not what is quoted,
    named a logo, or too small for a photo."""
    code = doubts[picture.key].code
    if code in _NEVER:
        return False
    shorter, longer = sorted((picture.photo.width, picture.photo.height))
    if code in _BY_PLACE:
        return picture.is_large or (shorter >= 2 * LOGO and not picture.is_drawn())
    return not picture.is_shown or (shorter >= _LEAST and longer < 3 * shorter)


def _find_companions(read: Sequence[Candidate], firm: Sequence[Candidate]) -> dict[Key, Reason]:
    """Films and raw files beside photos: the other half of a Live Photo, what the camera keeps
    beside its JPEG, a clip sent along."""
    found: dict[Key, Reason] = {}
    whole = [picture for picture in firm if picture.photo.intact and picture.photo.judged]
    for picture in read:
        if picture.photo.kind not in _COMPANIONS:
            continue
        own = next(
            (each for each in whole if stem(each.file.name) == stem(picture.file.name)), None
        )
        if own is not None:
            found[picture.key] = explain(ReasonCode.BESIDE_ITS_PHOTO, name=own.file.name)
        elif whole:
            found[picture.key] = explain(ReasonCode.BESIDE_PHOTOS)
    return found
