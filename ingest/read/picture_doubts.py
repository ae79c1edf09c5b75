"""What speaks against a picture being a photo of the submission (decisions.md, "What is a photo").
Pure; the pictures are read already.

A doubt alone sets nothing aside: `ingest.read.photo_selection` asks whether there are photos beside
it of which nothing of the kind can be said.
"""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from ingest.read.mail.ignored_parts import shown_longest
from redaksi.arrival import File
from redaksi.likeness import BITS, is_alike, measure_distance
from redaksi.model import Photo
from redaksi.reasons import Reason, ReasonCode, explain

LOGO = 200  # pixels: what is smaller on both sides, or shown smaller, is an ornament
LONGER, SHORTER = 1024, 768  # pixels: a photo that may be printed
_SMALLER = 0.9  # of the pixels: less of them is a smaller copy
_MUCH_SMALLER = 0.7
_NEARLY_THE_SAME = 8  # bits of the likeness
_ASPECT = 0.03
_MOST_WORDS = 4  # of a name that says what the picture is; more of them are a caption
# Outlook and Word call so what they put into the text
_PASTED = re.compile(r"(?:image\d{3}|outlook-[\w-]{3,})(?:-\d+)?\.\w{3,4}", re.IGNORECASE)
_LOGO_FIRST = frozenset(
    {"logo", "ttd", "tandatangan", "signature", "kop", "kopsurat", "footer", "stempel", "letterhead"}
)  # fmt: skip
_LOGO_LAST = frozenset({"logo", "ttd", "signature", "footer", "letterhead"})
_PERHAPS = frozenset({"banner", "header", "icon", "ikon", "facebook", "instagram", "twitter"})
# what offices scan and send beside an article; a caption as a file's name has more words
_PAPER = re.compile(
    r"(?:scan|pindaian)?[\W_]*(?:surat|undangan|daftar[\W_]*hadir|absensi|absen|berita[\W_]*acara"
    r"|k[uw]+itansi|nota|ktp|sppd|spt|spj)(?![^\W\d_])",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+")
# what mail programs and people add to a name for a second file of it
_COPY = re.compile(
    r"(?:\s*[(\[]\d{1,3}[)\]]|[\s_-]+(?:copy|salinan|kecil|small|\d))+$", re.IGNORECASE
)


Key = tuple[str, str]


class Candidate(Struct, frozen=True):
    """A picture that may be a photo. `is_drawn` looks into it when it is asked."""

    file: File
    photo: Photo
    is_drawn: Callable[[], bool]

    @property
    def key(self) -> Key:
        """What tells it from the others: its name and its bytes."""
        return self.file.name, self.file.sha256

    @property
    def is_shown(self) -> bool:
        """Part of the mail's text: by its disposition, its Content-ID, or the name that Outlook
        gives to what it pastes."""
        return (
            self.file.origin == "inline"
            or self.file.shown is not None
            or bool(self.file.content_id)
            or _PASTED.fullmatch(self.file.name) is not None
        )

    @property
    def is_large(self) -> bool:
        """Large enough to be printed."""
        shorter, longer = sorted((self.photo.width, self.photo.height))
        return longer >= LONGER and shorter >= SHORTER


def is_ornament(photo: Photo) -> bool:
    """Under 200 px on both sides, or a banner: no camera makes a picture under 200 px and three
    times as long."""
    if not photo.width or not photo.height:
        return False
    short, long = sorted((photo.width, photo.height))
    return long < LOGO or (short < LOGO and long >= 3 * short)


def find_doubt(picture: Candidate) -> Reason | None:
    """What speaks against a picture by itself; None for what looks like a photo."""
    place = picture.file.shown.place if picture.file.shown else "text"
    if place == "quotation":
        return explain(ReasonCode.PICTURE_IN_QUOTATION)
    if place == "signature":
        return explain(ReasonCode.PICTURE_BELOW_SIGNATURE)
    if 0 < shown_longest(picture.file.shown, picture.photo.width, picture.photo.height) < LOGO:
        return explain(ReasonCode.PICTURE_SHOWN_SMALL)
    if picture.is_shown and is_ornament(picture.photo):
        return explain(ReasonCode.SMALL_INLINE_PICTURE)
    if _is_called_logo(picture):
        return explain(ReasonCode.PICTURE_NAMED_LOGO)
    if _is_called_paper(picture.file.name):
        return explain(ReasonCode.PICTURE_OF_PAPER)
    # An attached drawing may be meant: a map, a plan. A small one is none that can be printed.
    if (picture.is_shown or not picture.is_large) and picture.is_drawn():
        return explain(ReasonCode.PICTURE_DRAWN)
    return None


def _is_called_logo(picture: Candidate) -> bool:
    """Whether its name says that it is no photo; names that may say so count for what is no
    photograph."""
    if _PASTED.fullmatch(picture.file.name):
        return not picture.is_large or picture.is_drawn()
    words = [word.lower() for word in _WORDS.findall(picture.file.name.rpartition(".")[0])]
    if not words or len(words) > _MOST_WORDS:
        return False
    if words[0] in _LOGO_FIRST or words[-1] in _LOGO_LAST or words[:2] == ["tanda", "tangan"]:
        return True
    if words[0] not in _PERHAPS:
        return False
    return picture.is_shown or not picture.is_large or picture.is_drawn()


def _is_called_paper(name: str) -> bool:
    bare = name.rpartition(".")[0] or name
    return _PAPER.match(bare) is not None and len(_WORDS.findall(bare)) <= _MOST_WORDS


def find_larger(picture: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """The picture of which `picture` is a smaller copy: a preview, or what a messenger made of it."""
    return next(
        (other for other in others if other is not picture and _is_copy(picture, other)), None
    )


def _is_copy(picture: Candidate, other: Candidate) -> bool:
    pixels, more = (each.photo.width * each.photo.height for each in (picture, other))
    if not pixels or pixels > _SMALLER * more or not _has_same_shape(picture.photo, other.photo):
        return False
    distance = measure_distance(picture.photo.likeness, other.photo.likeness)
    if stem(picture.file.name) == stem(other.file.name):
        # of pictures without contrast nothing is known but their name
        bare = not picture.photo.likeness and not other.photo.likeness
        return is_alike(picture.photo.likeness, other.photo.likeness) or (bare and picture.is_shown)
    if picture.is_shown:
        return is_alike(picture.photo.likeness, other.photo.likeness)
    return distance < BITS and distance <= _NEARLY_THE_SAME and pixels <= _MUCH_SMALLER * more


def _has_same_shape(picture: Photo, other: Photo) -> bool:
    """The same proportions, whichever way it lies."""
    short, long = sorted((picture.width, picture.height))
    shorter, longer = sorted((other.width, other.height))
    return abs(long * shorter - longer * short) <= _ASPECT * longer * short


def stem(name: str) -> str:
    """A file's name without its ending and without what marks a copy, in lower case."""
    bare = name.rpartition(".")[0] or name
    return _COPY.sub("", bare).casefold()
