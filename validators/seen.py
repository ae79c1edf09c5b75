"""What several rules look at in the same way."""

from collections.abc import Mapping

from redaksi.likeness import is_alike, measure_distance
from redaksi.model import Assessment, Document, Fault, Other, Photo, Picture, Submission
from redaksi.reasons import ReasonCode
from validators.kinds import STILLS

# how an attachment is closed that may hold what is missing
CASES: Mapping[ReasonCode, str] = {
    ReasonCode.ARCHIVE_ENCRYPTED: "locked",
    ReasonCode.PGP_ENCRYPTED: "pgp",
    ReasonCode.PROTECTED_MAIL: "protected",
    ReasonCode.ARCHIVE_KIND: "packed",
    ReasonCode.ARCHIVE_METHOD: "packed",
    ReasonCode.FILE_LIMIT: "large",
    ReasonCode.ARCHIVE_DAMAGED: "damaged",
    ReasonCode.WINMAIL_UNSIGNED: "damaged",
    ReasonCode.WINMAIL_CUT: "damaged",
    ReasonCode.WINMAIL_ATTRIBUTES_LIMIT: "damaged",
    ReasonCode.WINMAIL_FILES_LIMIT: "damaged",
    ReasonCode.ARCHIVE_SIZE_LIMIT: "packed",
    ReasonCode.ARCHIVE_RATIO_LIMIT: "packed",
    ReasonCode.ENTRIES_OVERLAP: "packed",
    ReasonCode.ARCHIVE_FILES_LIMIT: "packed",
    ReasonCode.ARCHIVE_DEPTH: "packed",
    ReasonCode.WINMAIL_DEPTH: "packed",
}
ORNAMENT = 200  # pixels: a picture smaller than this on either side is a logo or a rule
CUT = 16  # bits of the likeness: a picture that was cut by a little at its edges
PRINTED = 768  # pixels: a drawing smaller than this on a side is no plan that is to be printed


def find_article(submission: Submission) -> Document | None:
    """The document, when it was read and judged; None when nothing may be said of its text."""
    document = submission.document
    return document if document is not None and document.readable and document.judged else None


def find_pictures_inside(submission: Submission) -> tuple[Picture, ...]:
    """Raster pictures in the article, and in documents that hold nothing else, large enough to be
    photos; those of headers and footers are letterhead, and so are small drawings beside attached
    photos."""
    document = find_article(submission)
    pictures = document.pictures if document else ()
    beside = any(is_still(photo) for photo in submission.photos)
    return tuple(
        p
        for p in (*pictures, *submission.pictures)
        if min(p.width, p.height) >= ORNAMENT
        and p.story not in ("header", "footer")
        and not (beside and p.drawn and min(p.width, p.height) < PRINTED)
    )


def find_pictures_only_inside(submission: Submission) -> tuple[Picture, ...]:
    """Photos in the article that were not attached too: neither the same bytes nor the same
    picture. Word recompresses and shrinks what is pasted, and phones shrink what they send."""
    aside = {other.sha256 for other in submission.others}
    hashes = {photo.sha256 for photo in submission.photos} | aside
    # A photo that could not be looked into may be any of them.
    unknown = sum(not (p.likeness or is_still(p)) for p in submission.photos)
    inside = find_pictures_inside(submission)
    attached = {p.sha256 for p in inside if p.sha256 and p.sha256 in hashes}
    free = [p for p in submission.photos if is_still(p) and p.sha256 not in attached]
    alone: list[Picture] = []
    for picture in inside:
        known = any(is_alike(picture.likeness, photo.likeness) for photo in submission.photos)
        if picture.sha256 in attached or known:
            continue
        twin = next((photo for photo in free if _may_be_same(picture, photo)), None)
        if twin is not None:
            free.remove(twin)
        elif unknown:
            unknown -= 1
        else:
            alone.append(picture)
    return tuple(alone)


def find_asked_inside(judged: Assessment) -> tuple[Picture, ...]:
    """The pictures that F005 asks for."""
    asked = any(finding.rule == "photo-in-document" for finding in judged.findings)
    return find_pictures_only_inside(judged.submission) if asked else ()


def find_pictures_also_attached(submission: Submission) -> tuple[Photo, ...]:
    """Attached photos that certainly stand in the article too."""
    document = find_article(submission)
    pictures = (*(document.pictures if document else ()), *submission.pictures)
    hashes = {picture.sha256 for picture in pictures if picture.sha256}
    return tuple(
        photo
        for photo in submission.photos
        if "also-in-document" in photo.notes
        or photo.sha256 in hashes
        or any(is_alike(photo.likeness, picture.likeness) for picture in pictures)
    )


def _may_be_same(picture: Picture, photo: Photo) -> bool:
    """Of the same proportions, where the likeness of one is not known or leaves it open."""
    known = bool(picture.likeness and photo.likeness)
    if known and measure_distance(picture.likeness, photo.likeness) > CUT:
        return False
    short, long = sorted((picture.width, picture.height))
    shorter, longer = sorted((photo.width, photo.height))
    return abs(long * shorter - longer * short) <= 0.02 * longer * short


def is_still(photo: Photo) -> bool:
    """A picture that was measured and is whole."""
    return (
        photo.kind in STILLS
        and photo.intact
        and photo.judged
        and photo.width > 0
        and photo.height > 0
    )


def find_closed(submission: Submission) -> tuple[tuple[Other, str], ...]:
    """Attachments that could not be opened and may hold what is missing, each with its case."""
    return tuple(
        (other, case) for other in submission.others if (case := CASES.get(other.why.code, ""))
    )


def describe_typography(fault: Fault, share: float) -> dict[str, str]:
    """Facts of a fault: how much, what was found, and the first place with its quote ("" when
    unknown, or all of it).

    `share` is what is as asked.
    """
    first = next((place for place in fault.places if place.paragraph > 0 and share > 0), None)
    return {
        "share": missing_percent(share),
        "what": "|".join(what for what, _ in fault.found[:3]),
        "paragraph": str(first.paragraph) if first else "",
        "quote": first.quote if first else "",
    }


def missing_percent(share: float) -> str:
    """What is missing from a share, in whole percent, at least 1; 100 only when it is all."""
    return "100" if share <= 0 else f"{max(1.0, min(99.0, (1 - share) * 100)):.0f}"
