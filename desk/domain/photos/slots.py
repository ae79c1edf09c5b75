"""Which photo of an earlier try a new one replaces. Pure.

A larger copy of a picture that was asked for again takes its slot, whatever it is called: phones
call every picture "image0.jpeg". Then the slot of its own name, whatever case, extension or "(1)"
it now bears; then the only new photo the only slot that was asked for. Where a name points at
another picture than the one that was asked for, an editor looks.
"""

from desk.domain.similarity import stem
from redaksi.likeness import ALIKE, UNLIKE, measure_distance
from redaksi.model import Assessment, Photo, Submission


def assign_slots(before: Assessment, now: Submission, had: set[str]) -> tuple[dict[str, str], bool]:
    """SHA-256 of a new photo -> SHA-256 of the photo it replaces; and whether others may be meant
    to replace some."""
    slots = _Slots(before, now)
    new = [photo for photo in now.photos if photo.sha256 not in had]
    for photo in new:
        if slot := slots.of_picture(photo, new):
            slots.fill(slot, photo)
    loose, unsure = [], False
    for photo in new:
        if photo.sha256 in slots.taken:
            continue
        named = slots.of_name(photo)
        if len(named) == 1 and slots.may_take(named[0], photo):
            slots.fill(named[0], photo)
        else:
            unsure = unsure or bool(named)
            loose.append(photo)
    if not unsure and slots.fits_the_last(loose):
        slots.fill(slots.asked[0], loose[0])
        return slots.taken, False
    return slots.taken, bool(loose and slots.asked)


class _Slots:
    """`free`: the photos of before that did not come again, by SHA-256; `asked`: those of them
    that were asked for again; `taken`: a new photo -> what it replaces."""

    def __init__(self, before: Assessment, now: Submission) -> None:
        came = {photo.sha256 for photo in now.photos}
        failing = {
            finding.subject
            for finding in before.findings
            if finding.severity == "must" and finding.rule.startswith("photo-")
        }
        self.free = {p.sha256: p for p in before.submission.photos if p.sha256 not in came}
        self.asked = [sha for sha, photo in self.free.items() if photo.name in failing]
        self.taken: dict[str, str] = {}

    def fill(self, slot: str, photo: Photo) -> None:
        self.taken[photo.sha256] = slot
        self.asked = [sha for sha in self.asked if sha != slot]
        del self.free[slot]

    def of_picture(self, photo: Photo, new: list[Photo]) -> str:
        """What was asked for again and of which `photo` plainly is a larger copy; "" for none."""
        asked = [self.free[sha] for sha in self.asked]
        return _same_picture(photo, asked, [*new, *self.free.values()])

    def of_name(self, photo: Photo) -> list[str]:
        """Those of its whole name; where there is none, of its stem."""
        name, bare = photo.name.casefold(), stem(photo.name)
        whole = [sha for sha, slot in self.free.items() if slot.name.casefold() == name]
        return whole or [sha for sha, slot in self.free.items() if stem(slot.name) == bare]

    def may_take(self, slot: str, photo: Photo) -> bool:
        """A slot nobody asked for is not taken by another picture while others were asked for."""
        if slot in self.asked or not self.asked:
            return True
        return not _other_picture(photo, self.free[slot])

    def fits_the_last(self, loose: list[Photo]) -> bool:
        """One photo is left and one slot was asked for; it is as large at least."""
        if len(loose) != 1 or len(self.asked) != 1:
            return False
        return _area(loose[0]) >= _area(self.free[self.asked[0]])


def has_lost_photos(before: Submission, now: Submission, slots: dict[str, str]) -> bool:
    """Whether photos of before are missing from a mail that is complete by itself: no copy of
    them came with it."""
    came = {photo.sha256 for photo in now.photos}
    left = [p for p in before.photos if p.sha256 not in came and p.sha256 not in slots.values()]
    return not all(
        any(measure_distance(p.likeness, came.likeness) <= ALIKE for came in now.photos)
        for p in left
    )


def _same_picture(photo: Photo, asked: list[Photo], others: list[Photo]) -> str:
    """The one photo that was asked for again and of which `photo` is a larger copy; "" when that
    is not plain."""
    near = [p for p in asked if measure_distance(p.likeness, photo.likeness) <= ALIKE]
    if len(near) != 1 or _area(photo) <= _area(near[0]):
        return ""
    rivals = [p for p in others if p is not photo and p is not near[0]]
    far = all(measure_distance(p.likeness, photo.likeness) >= UNLIKE for p in rivals)
    return near[0].sha256 if far else ""


def _area(photo: Photo) -> int:
    return photo.width * photo.height


def _other_picture(photo: Photo, slot: Photo) -> bool:
    return (
        bool(photo.likeness and slot.likeness)
        and measure_distance(photo.likeness, slot.likeness) > ALIKE
    )


def slot_name(slot: Photo, new: str, now: Submission) -> str:
    """The slot's name with the new file's ending; a photo the mail itself has a caption for
    keeps its own name."""
    photo = next(p for p in now.photos if p.sha256 == new)
    own = photo.caption
    if own and own.source in ("body", "document") and own.evidence in ("label", "name"):
        return photo.name
    bare = slot.name.rpartition(".")[0] or slot.name
    ending = photo.name.rpartition(".")[2] if "." in photo.name else ""
    return f"{bare}.{ending}" if ending else bare
