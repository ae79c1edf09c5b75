"""Which caption belongs to which photo, and how sure that is.

Evidence in falling order: the file's name stands before the caption; its number does ("Foto 2");
rare words of the file name are in the caption; exactly as many captions as photos, in order. "auto"
is said only when nothing speaks against it: a caption under the wrong photo is worse than a
question.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from ingest.read.captions.photo_names import (
    FORMS,
    find_hand_numbers,
    is_in_order,
    is_machine_made,
    key_number,
    name_form,
    squeeze,
    stem,
)
from ingest.read.photo.formats import STILL_KINDS
from redaksi.model import Caption, CaptionAction, Label, Photo

Evidence = Literal["label", "words", "name", "order", "date"]
Action = Literal["auto", "confirm"]

_WORDS = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    {
        "foto", "photo", "gambar", "image", "picture", "dokumentasi", "kegiatan", "acara", "whatsapp", "screenshot",
        "berita", "warta", "keterangan", "caption", "yang", "dengan", "dalam", "pada", "dari", "untuk", "oleh",
        "saat", "ketika", "para", "serta", "jpeg", "copy", "salinan", "kecil", "besar", "final", "edit",
    }
)  # fmt: skip


_MOST_LABELS = 1000


class Paired(Struct, frozen=True, kw_only=True):
    """`orphans`: captions that name a file or number which is not attached; `loose`: captions
    left over otherwise."""

    photos: tuple[Photo, ...]
    action: CaptionAction
    orphans: tuple[Label, ...] = ()
    loose: tuple[Label, ...] = ()


def pair(
    photos: Sequence[Photo], labels: Sequence[Label], own: Mapping[str, str] | None = None
) -> Paired:
    """Give each photo its caption. `own` holds captions out of the photos themselves, by SHA-256;
    they fill gaps.

    No label is used twice, no photo gets two.
    """
    table = _Table(photos, drop_duplicates(labels))
    table.pair_by_name()
    table.pair_by_number()
    table.pair_by_words()
    for source in ("document", "body", "file"):
        table.pair_by_order([i for i in table.free() if table.labels[i].source == source])
    table.pair_by_order(table.free())
    table.pair_by_position()
    table.pair_by_metadata(own or {})
    table.pair_by_order(table.free())
    return table.finish()


def drop_duplicates(labels: Sequence[Label]) -> list[Label]:
    """The same caption in the document and in the mail is one; the first stands, with the better
    key."""
    seen: dict[str, int] = {}
    kept: list[Label] = []
    for label in labels:
        if not label.text.strip():
            continue
        form = squeeze(label.text) + ("|" + name_form(label.key) if label.key else "")
        plain = squeeze(label.text)
        if form in seen or (not label.key and plain in seen):
            continue
        if plain in seen and not kept[seen[plain]].key:
            kept[seen[plain]] = msgspec.structs.replace(
                kept[seen[plain]], key=label.key, sure=label.sure
            )
            seen[form] = seen[plain]
            continue
        seen.setdefault(plain, len(kept))
        seen[form] = len(kept)
        kept.append(label)
    return kept


class _Table:
    """Photos on one side, labels on the other, and what has been joined so far (indices on both
    sides)."""

    def __init__(self, photos: Sequence[Photo], labels: Sequence[Label]) -> None:
        self.photos = list(photos)
        forms = {name_form(photo.name) for photo in photos}
        self.labels = [_keyed(label, forms) for label in labels[:_MOST_LABELS]]
        self.numbers = find_hand_numbers([photo.name for photo in photos])
        self.captions: dict[int, Caption] = {}
        self.taken: dict[int, int] = {}  # label -> photo
        self.answered: set[int] = set()  # labels whose photo is here but has a better caption

    def free(self) -> list[int]:
        return [
            i for i in range(len(self.labels)) if i not in self.taken and i not in self.answered
        ]

    def bare(self) -> list[int]:
        return [i for i in range(len(self.photos)) if i not in self.captions]

    def join(self, photo: int, label: int, evidence: Evidence, action: Action) -> None:
        found = self.labels[label]
        action = action if found.sure else "confirm"
        self.captions[photo] = Caption(
            text=found.text, source=found.source, evidence=evidence, action=action
        )
        self.taken[label] = photo

    def pair_by_name(self) -> None:
        """Exact name first ("IMG (1)" and "IMG (2)" are two), then without "(1)" and "copy",
        then a camera's number."""
        for key_form, photo_form in FORMS:
            named = [i for i in self.free() if self._names_a_file(i)]
            present = _indices((i, photo_form(photo.name)) for i, photo in enumerate(self.photos))
            asked = _indices((i, key_form(self.labels[i].key)) for i in named)
            for key, labels in asked.items():
                photos = present.get(key, [])
                if len(photos) == 1:
                    best = sorted(labels, key=lambda i: not self.labels[i].sure)
                    self._answer(photos[0], best, "name", "auto")
                elif len(photos) == len(labels) and not any(
                    photo in self.captions for photo in photos
                ):
                    for photo, label in zip(photos, labels, strict=True):
                        # namesakes from two folders or forwards
                        self.join(photo, label, "name", "confirm")

    def _answer(self, photo: int, labels: list[int], evidence: Evidence, action: Action) -> None:
        """The first label is the photo's caption; what else names the same photo has been heard."""
        for label in labels:
            if photo in self.captions:
                self.answered.add(label)
            else:
                self.join(photo, label, evidence, action)

    def pair_by_number(self) -> None:
        """ "Foto 2" and a photo that a person numbered 2; not when two photos bear the same number."""
        present = _indices((i, str(number or "")) for i, number in enumerate(self.numbers))
        for label in self.free():
            photos = present.get(str(key_number(self.labels[label].key)), [])
            if len(photos) == 1:
                self._answer(photos[0], [label], "label", "auto")

    def pair_by_words(self) -> None:
        """A word that only one photo's name and only one caption have. Two such words, or a long
        one, are enough."""
        votes = self._votes()
        for (photo, label), shared in votes.items():
            of_either = [vote for vote in votes if vote[0] == photo or vote[1] == label]
            if len(of_either) > 1:
                continue
            number = key_number(self.labels[label].key)
            contradicted = number is not None and number != photo + 1
            enough = len(shared) >= 2 or len(max(shared, key=len)) >= 6
            self.join(photo, label, "words", "auto" if enough and not contradicted else "confirm")

    def _votes(self) -> dict[tuple[int, int], set[str]]:
        """By photo and label: the words that no other photo's name and no other caption has."""
        in_names = {p: _words(stem(self.photos[p].name)) for p in self.bare()}
        in_texts = {
            i: _words(self.labels[i].text) for i in self.free() if not self._names_a_file(i)
        }
        votes: dict[tuple[int, int], set[str]] = {}
        for word in set().union(*in_names.values()):
            photos = [p for p, words in in_names.items() if word in words]
            labels = [i for i, words in in_texts.items() if word in words]
            if len(photos) == 1 and len(labels) == 1:
                votes.setdefault((photos[0], labels[0]), set()).add(word)
        return votes

    def _names_a_file(self, label: int) -> bool:
        key = self.labels[label].key
        return bool(key) and key_number(key) is None

    def pair_by_order(self, labels: list[int]) -> None:
        """As many captions as photos: the n-th belongs to the n-th, unless names or numbers say
        otherwise.

        A caption that names another file is not taken, but for the only one of the only photo whose
        name a machine made: mail programs rename what they send.
        """
        bare = self.bare()
        if len(bare) != len(labels):
            bare = [photo for photo in bare if self.photos[photo].kind in STILL_KINDS]
        renamed = self._is_renamed(bare, labels)
        if not renamed:
            labels = [i for i in labels if not self._names_a_file(i)]
        if not labels or len(labels) != len(bare):
            return
        numbers = {i: key_number(self.labels[i].key) for i in labels}
        if None not in numbers.values():
            labels = sorted(labels, key=lambda i: numbers[i] or 0)
        safe = not renamed and self._order_is_safe(bare, labels)
        for photo, label in zip(bare, labels, strict=True):
            self.join(photo, label, "order", "auto" if safe else "confirm")

    def _is_renamed(self, bare: list[int], labels: list[int]) -> bool:
        """The only caption names another file than the only photo, whose name a machine made."""
        if not len(labels) == len(bare) == len(self.photos) == 1:
            return False
        return self._names_a_file(labels[0]) and is_machine_made(self.photos[0].name)

    def pair_by_position(self) -> None:
        """Fewer or more captions than photos: "Foto 3" is offered to the third photo, for an
        editor to confirm."""
        for label in self.free():
            number = key_number(self.labels[label].key)
            if (
                number is not None
                and 1 <= number <= len(self.photos)
                and number - 1 not in self.captions
            ):
                self.join(number - 1, label, "order", "confirm")

    def _order_is_safe(self, bare: list[int], labels: list[int]) -> bool:
        """One to one is safe. Else nothing may speak against it: neither the running numbers of
        the files, nor the numbers of the captions, nor what was joined by words."""
        if len(self.photos) == 1:
            return True
        if not is_in_order([photo.name for photo in self.photos]):
            return False
        by_words = [(p, i) for i, p in self.taken.items() if self.captions[p].evidence == "words"]
        if by_words:
            merged = [label for _, label in sorted([*by_words, *zip(bare, labels, strict=True)])]
            if merged != sorted(merged):
                return False
        numbers = [key_number(self.labels[i].key) for i in labels]
        if None in numbers:
            return all(number is None for number in numbers)
        if any(self.numbers[photo] is not None for photo in bare):
            return False  # a person numbered the files, and pair_by_number did not find these
        return numbers in ([photo + 1 for photo in bare], list(range(1, len(bare) + 1)))

    def pair_by_metadata(self, own: Mapping[str, str]) -> None:
        """A caption that the photo carries itself; a few words may be a title, so an editor
        confirms those."""
        for photo in self.bare():
            text = own.get(self.photos[photo].sha256, "")
            if text:
                action: Action = "auto" if len(text.split()) >= 4 else "confirm"
                self.captions[photo] = Caption(
                    text=text, source="metadata", evidence="label", action=action
                )

    def finish(self) -> Paired:
        photos = tuple(
            msgspec.structs.replace(photo, caption=self.captions[i])
            if i in self.captions
            else photo
            for i, photo in enumerate(self.photos)
        )
        left = [self.labels[i] for i in self.free()]
        orphans = tuple(
            label for label in left if label.sure and label.key and not self._is_here(label.key)
        )
        used = {squeeze(caption.text) for caption in self.captions.values()}
        loose = tuple(
            label for label in left if squeeze(label.text) not in used and label not in orphans
        )
        return Paired(photos=photos, action=self._action(len(loose)), orphans=orphans, loose=loose)

    def _is_here(self, key: str) -> bool:
        """The file or number that a key names is among the photos. Where none is attached, none
        is missed by name."""
        if not self.photos:
            return True
        number = key_number(key)
        if number is not None:
            return number <= len(self.photos) or number in self.numbers
        return any(
            of_key(key) and of_key(key) == of_name(photo.name)
            for of_key, of_name in FORMS
            for photo in self.photos
        )

    def _action(self, spare: int) -> CaptionAction:
        """Videos and their like are asked for as photos first; they need no caption unless
        nothing else is here."""
        stills = [i for i in self.bare() if self.photos[i].kind in STILL_KINDS]
        bare = len(
            stills if any(photo.kind in STILL_KINDS for photo in self.photos) else self.bare()
        )
        if bare and spare < bare:
            return "ask"
        if bare or any(caption.action == "confirm" for caption in self.captions.values()):
            return "editor_confirm"
        return "auto"


def _keyed(label: Label, forms: set[str]) -> Label:
    """ "Jembatan: Warga memperbaiki …" of the photo Jembatan.jpg: what stands before the colon is its key."""
    head, _, words = label.text.partition(":")
    form = name_form(head)
    if (
        label.key
        or not words.strip()
        or form not in forms
        or not form
        or key_number(head) is not None
    ):
        return label
    return msgspec.structs.replace(label, key=head.strip(), text=words.strip())


def _indices(forms: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    """Where each form stands; empty forms nowhere."""
    found: dict[str, list[int]] = {}
    for i, form in forms:
        if form:
            found.setdefault(form, []).append(i)
    return found


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORDS.findall(text)} - _COMMON
