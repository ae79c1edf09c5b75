"""Which photo a caption's key names, and how exactly.

    "IMG_2041.jpg" · "img 2041" · "IMG_2041 (1).jpg" · "Foto rapat" · "2041" · "WA0003"

The strictest reading that finds a photo is believed, and no laxer one beside it: two files of nearly
one name do not rob each other.
"""

from collections.abc import Callable, Mapping, Sequence

from ingest.read.captions.matching.twins import Twins
from ingest.read.captions.photo_names import (
    camera_number,
    has_copy_mark,
    name_form,
    quoted_number,
    squeeze,
    stem_form,
    strip_copy_mark,
    strip_photo_word,
    whole_form,
    without_zeroes,
)
from ingest.read.photo.formats import STILL_KINDS
from redaksi.model import Photo

DOUBTFUL, LIKELY, PLAIN, EXACT = 1, 2, 3, 4  # how exactly a key names a photo
_MOST_NAMESAKES = 16  # photos that one key may mean; a name of more tells nothing apart
_FEWEST_LETTERS = 8  # of a name that was written down only in part
_FEWEST_SUFFIX = 4  # of "WA0003", which people quote alone

_Form = Callable[[str], str]
# (form of the key, form of the photo's name, how exactly), the strictest first.
_READINGS: tuple[tuple[_Form, _Form, int], ...] = (
    (whole_form, whole_form, EXACT), (stem_form, stem_form, PLAIN), (name_form, name_form, PLAIN),
    (strip_copy_mark, strip_copy_mark, LIKELY), (strip_photo_word, strip_photo_word, LIKELY),
    (quoted_number, camera_number, LIKELY), (without_zeroes, without_zeroes, LIKELY),
)  # fmt: skip


class Names:
    """The photos by every form of their names."""

    def __init__(self, photos: Sequence[Photo], twins: Twins) -> None:
        self.photos = photos
        self.twins = twins
        main = [i for i in range(len(photos)) if i not in twins.of]
        self.tables: list[Mapping[str, list[int]]] = [
            _by_form(photos, range(len(photos)) if exact == EXACT else main, form)
            for _, form, exact in _READINGS
        ]
        self.forms = {i: name_form(photos[i].name) for i in main}

    def find(self, key: str) -> dict[int, int]:
        """By photo, how exactly `key` names it; empty when it names none."""
        for (form, _, exact), table in zip(_READINGS, self.tables, strict=True):
            found = table.get(form(key), []) if form(key) else []
            if found:
                return {
                    self._of_still(i): self._certainty(key, i, exact)
                    for i in found[:_MOST_NAMESAKES]
                }
        return self._find_part(squeeze(key))

    def _of_still(self, photo: int) -> int:
        """A film or raw file that is named speaks of its still picture."""
        if self.photos[photo].kind in STILL_KINDS:
            return photo
        return self.twins.of.get(photo, photo)

    def _certainty(self, key: str, photo: int, exact: int) -> int:
        if self._of_still(photo) != photo:
            return DOUBTFUL
        # "a (2).jpg" is not "a.jpg": the caption may be of another file.
        marked = exact == LIKELY and has_copy_mark(key)
        return DOUBTFUL if marked else exact

    def _find_part(self, form: str) -> dict[int, int]:
        """The end of a name with its number, or a long beginning, when only one photo has it."""
        digits = sum(c.isdigit() for c in form)
        ends = [
            i
            for i, name in self.forms.items()
            if len(form) >= _FEWEST_SUFFIX and digits >= 3 and name.endswith(form)
        ]
        if len(ends) == 1:
            return {ends[0]: LIKELY}
        begins = [
            i
            for i, name in self.forms.items()
            if len(form) >= _FEWEST_LETTERS
            and (name.startswith(form) or (len(name) >= _FEWEST_LETTERS and form.startswith(name)))
        ]
        return {begins[0]: DOUBTFUL} if len(begins) == 1 else {}


def _by_form(photos: Sequence[Photo], places: Sequence[int], form: _Form) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for i in places:
        if key := form(photos[i].name):
            found.setdefault(key, []).append(i)
    return found
