"""Which photo of an earlier try a new one replaces. Pure.

A larger copy of a picture that was asked for again takes its slot, whatever it is called: phones
call every picture "image0.jpeg". Then the slot of its own name, whatever case, extension or "(1)"
it now bears; then the only new photo the only slot that was asked for. Where a name points at
another picture than the one that was asked for, an editor looks.
"""

from desk.domain.similarity import stem
from ingest.read.photo.perceptual_hash import ALIKE, UNLIKE, measure_distance
from redaksi.model import Assessment, Photo, Submission


def assign_slots(before: Assessment, now: Submission, had: set[str]) -> tuple[dict[str, str], bool]:
    """SHA-256 of a new photo -> SHA-256 of the photo it replaces; and whether others may be meant to replace some."""
    free = {
        p.sha256: p
        for p in before.submission.photos
        if p.sha256 not in {one.sha256 for one in now.photos}
    }
    new = [photo for photo in now.photos if photo.sha256 not in had]
    failing = {
        f.subject for f in before.findings if f.severity == "must" and f.rule.startswith("photo-")
    }
    asked = [sha for sha, one in free.items() if one.name in failing]
    taken: dict[str, str] = {}
    for photo in new:
        if like := _same_picture(photo, [free[sha] for sha in asked], [*new, *free.values()]):
            taken[photo.sha256] = like
            asked.remove(like)
            del free[like]
    loose, unsure = [], False
    for photo in (one for one in new if one.sha256 not in taken):
        exact = [sha for sha, one in free.items() if one.name.casefold() == photo.name.casefold()]
        same = exact or [sha for sha, one in free.items() if stem(one.name) == stem(photo.name)]
        if len(same) == 1 and (
            same[0] in asked or not asked or not _other_picture(photo, free[same[0]])
        ):
            taken[photo.sha256] = same[0]
            asked = [sha for sha in asked if sha != same[0]]
            del free[same[0]]
        else:
            unsure = unsure or bool(same)
            loose.append(photo)
    only = len(loose) == 1 and len(asked) == 1 and not unsure
    if only and loose[0].width * loose[0].height >= free[asked[0]].width * free[asked[0]].height:
        return {**taken, loose[0].sha256: asked[0]}, False
    return taken, bool(loose and asked)


def has_lost_photos(before: Submission, now: Submission, slots: dict[str, str]) -> bool:
    """Whether photos of before are missing from a mail that is complete by itself: no copy of
    them came with it."""
    came = {photo.sha256 for photo in now.photos}
    left = [p for p in before.photos if p.sha256 not in came and p.sha256 not in slots.values()]
    return not all(
        any(measure_distance(p.likeness, one.likeness) <= ALIKE for one in now.photos) for p in left
    )


def _same_picture(photo: Photo, asked: list[Photo], others: list[Photo]) -> str:
    """The one photo that was asked for again and of which `photo` is a larger copy; "" when that
    is not plain."""
    near = [one for one in asked if measure_distance(one.likeness, photo.likeness) <= ALIKE]
    if len(near) != 1 or photo.width * photo.height <= near[0].width * near[0].height:
        return ""
    rivals = [one for one in others if one is not photo and one is not near[0]]
    far = all(measure_distance(one.likeness, photo.likeness) >= UNLIKE for one in rivals)
    return near[0].sha256 if far else ""


def _other_picture(photo: Photo, slot: Photo) -> bool:
    return (
        bool(photo.likeness and slot.likeness)
        and measure_distance(photo.likeness, slot.likeness) > ALIKE
    )


def slot_name(slot: Photo, new: str, now: Submission) -> str:
    """The slot's name with the new file's ending; a photo the mail itself has a caption for
    keeps its own name."""
    photo = next(one for one in now.photos if one.sha256 == new)
    own = photo.caption
    if own and own.source in ("body", "document") and own.evidence in ("label", "name"):
        return photo.name
    bare = slot.name.rpartition(".")[0] or slot.name
    ending = photo.name.rpartition(".")[2] if "." in photo.name else ""
    return f"{bare}.{ending}" if ending else bare
