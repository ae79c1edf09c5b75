"""Which caption belongs to which photo, and how sure that is.

Evidence in falling order: the file's name stands before the caption; its number does ("Foto 2"); rare words of the
file name are in the caption; exactly as many captions as photos, in order. "auto" is said only when nothing speaks
against it: a caption under the wrong photo is worse than a question.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from redaksi.model import Caption, CaptionAction, Label, Photo

Evidence = Literal["label", "words", "name", "order", "date"]
Action = Literal["auto", "confirm"]

_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_COPY = re.compile(r"(\(\d+\)|[-_ ]+(copy|copia|salinan|edit(ed)?|kecil|besar|fix|final))+$", re.IGNORECASE)
_PHOTO_WORD = r"(?:foto|photo|gambar|gbr|image|picture|figure|pic|img|dok|dokumentasi|caption|keterangan)"
_NUMBER_KEY = re.compile(
    rf"(?:keterangan\s*)?(?:{_PHOTO_WORD})?[\s._#-]*(?:ke-?|no\.?)?\s*0*(\d{{1,2}})\.?", re.IGNORECASE
)
_NUMBERED_NAME = re.compile(rf"{_PHOTO_WORD}[\s._#(-]*0*(\d{{1,2}})(?!\d)\)?(?:[\s._-]+\D.*)?", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"0*(\d{1,2})(?:[\s._)-]+\D.*)?")
_LAST_NUMBER = re.compile(r"\D+[\s._(-]0*(\d{1,2})\)?")
_MACHINE_NAME = re.compile(
    r"(?:image|photo|foto|img|lampiran|attachment|unnamed|inline|whatsapp image|screenshot|fb_img|file)?[\s._()\d-]*"
    r"(?:at|wa|pukul)?[\s._()\d-]*(?:pm|am)?[\s._()\d-]*",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    {
        "foto", "photo", "gambar", "image", "picture", "dokumentasi", "kegiatan", "acara", "whatsapp", "screenshot",
        "berita", "warta", "keterangan", "caption", "yang", "dengan", "dalam", "pada", "dari", "untuk", "oleh",
        "saat", "ketika", "para", "serta", "jpeg", "copy", "salinan", "kecil", "besar", "final", "edit",
    }
)  # fmt: skip


class Paired(Struct, frozen=True, kw_only=True):
    """`orphans`: captions that name a file or number which is not attached; `loose`: captions left over otherwise."""

    photos: tuple[Photo, ...]
    action: CaptionAction
    orphans: tuple[Label, ...] = ()
    loose: tuple[Label, ...] = ()


def pair(photos: Sequence[Photo], labels: Sequence[Label], own: Mapping[str, str] | None = None) -> Paired:
    """Give each photo its caption. `own` holds captions out of the photos themselves, by SHA-256; they fill gaps.

    No label is used twice, no photo gets two.
    """
    table = _Table(photos, distinct(labels))
    table.by_name()
    table.by_number()
    table.by_words()
    for source in ("document", "body", "file"):
        table.by_order([i for i in table.free() if table.labels[i].source == source])
    table.by_order(table.free())
    table.by_metadata(own or {})
    return table.result()


def distinct(labels: Sequence[Label]) -> list[Label]:
    """The same caption in the document and in the mail is one; the first stands, with the better key."""
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
            kept[seen[plain]] = msgspec.structs.replace(kept[seen[plain]], key=label.key)
            seen[form] = seen[plain]
            continue
        seen.setdefault(plain, len(kept))
        seen[form] = len(kept)
        kept.append(label)
    return kept


def squeeze(text: str) -> str:
    """Letters and digits alone, lower-case."""
    return "".join(c for c in text.casefold() if c.isalnum())


def stem(name: str) -> str:
    """A file name without its extension."""
    return _EXTENSION.sub("", name.strip())


def name_form(name: str) -> str:
    """A file name as people write it: without case, extension, spaces and punctuation."""
    return squeeze(stem(name))


def key_number(key: str) -> int | None:
    """ "Foto 2", "2", "Gambar 02" -> 2; a file name -> None."""
    match = _NUMBER_KEY.fullmatch(key.strip())
    return int(match[1]) if match else None


def name_number(name: str) -> int | None:
    """The number a person gave a photo: "Foto 2.jpg", "2. Rapat.jpg", "Kerja bakti 2.png"; a camera's -> None."""
    base = stem(name).strip()
    match = _NUMBERED_NAME.fullmatch(base) or _BARE_NUMBER.fullmatch(base)
    if match is None and not _MACHINE_NAME.fullmatch(base):
        match = _LAST_NUMBER.fullmatch(base)
    return int(match[1]) if match else None


def _natural(name: str) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isdigit() else (-1, part)
        for part in re.split(r"(\d+)", name.casefold())
        if part
    ]


class _Table:
    """Photos on one side, labels on the other, and what has been joined so far (indices on both sides)."""

    def __init__(self, photos: Sequence[Photo], labels: Sequence[Label]) -> None:
        self.photos = list(photos)
        self.labels = list(labels)
        self.captions: dict[int, Caption] = {}
        self.taken: dict[int, int] = {}  # label -> photo
        self.answered: set[int] = set()  # labels whose photo is here but has a better caption

    def free(self) -> list[int]:
        return [i for i in range(len(self.labels)) if i not in self.taken and i not in self.answered]

    def bare(self) -> list[int]:
        return [i for i in range(len(self.photos)) if i not in self.captions]

    def join(self, photo: int, label: int, evidence: Evidence, action: Action) -> None:
        found = self.labels[label]
        self.captions[photo] = Caption(text=found.text, source=found.source, evidence=evidence, action=action)
        self.taken[label] = photo

    def by_name(self) -> None:
        """Exact name first ("IMG (1)" and "IMG (2)" are two), then without "(1)" and "copy", then a camera's number."""
        forms = (name_form, lambda name: squeeze(_COPY.sub("", stem(name))), _camera_number)
        for form in forms:
            present = [form(photo.name) for photo in self.photos]
            for label in self.free():
                key = form(self.labels[label].key)
                if not key or present.count(key) != 1:
                    continue
                photo = present.index(key)
                if photo in self.captions:
                    self.answered.add(label)
                else:
                    self.join(photo, label, "name", "auto")

    def by_number(self) -> None:
        """ "Foto 2" and a photo that a person numbered 2; not when two photos bear the same number."""
        numbers = [name_number(photo.name) for photo in self.photos]
        for label in self.free():
            number = key_number(self.labels[label].key)
            if number is None or numbers.count(number) != 1:
                continue
            photo = numbers.index(number)
            if photo in self.captions:
                self.answered.add(label)
            else:
                self.join(photo, label, "label", "auto")

    def by_words(self) -> None:
        """A word that only one photo's name and only one caption have. Two such words, or a long one, are enough."""
        free, bare = self.free(), self.bare()
        in_names = {p: _words(stem(self.photos[p].name)) for p in bare}
        in_texts = {i: _words(self.labels[i].text) for i in free if not self._names_a_file(i)}
        votes: dict[tuple[int, int], set[str]] = {}
        for word in set().union(*in_names.values()):
            named = [p for p in bare if word in in_names[p]]
            told = [i for i in in_texts if word in in_texts[i]]
            if len(named) == 1 and len(told) == 1:
                votes.setdefault((named[0], told[0]), set()).add(word)
        for (photo, label), shared in votes.items():
            rivals = [v for v in votes if v != (photo, label) and (v[0] == photo or v[1] == label)]
            if rivals:
                continue
            number = key_number(self.labels[label].key)
            contradicted = number is not None and number != photo + 1
            sure = (len(shared) >= 2 or len(max(shared, key=len)) >= 6) and not contradicted
            self.join(photo, label, "words", "auto" if sure else "confirm")

    def _names_a_file(self, label: int) -> bool:
        key = self.labels[label].key
        return bool(key) and key_number(key) is None

    def by_order(self, labels: list[int]) -> None:
        """As many captions as photos: the n-th belongs to the n-th, unless names or numbers say otherwise."""
        bare = self.bare()
        named = [i for i in labels if self._names_a_file(i)]
        if named:
            machine = all(_MACHINE_NAME.fullmatch(stem(self.photos[p].name)) for p in bare)
            if not (machine and len(named) == len(labels) == len(bare) and len(bare) == 1):
                labels = [i for i in labels if i not in named]
        numbers = [key_number(self.labels[i].key) for i in labels]
        if not labels or not bare:
            return
        if len(labels) != len(bare):
            self._by_position(labels)
            return
        if None not in numbers:
            labels = sorted(labels, key=lambda i: key_number(self.labels[i].key) or 0)
        action: Action = "auto" if not named and self._order_is_safe(bare, labels) else "confirm"
        for photo, label in zip(bare, labels, strict=True):
            self.join(photo, label, "order", action)

    def _by_position(self, labels: list[int]) -> None:
        """Fewer or more captions than photos: "Foto 3" is offered to the third photo, for an editor to confirm."""
        for label in labels:
            number = key_number(self.labels[label].key)
            if number is not None and 1 <= number <= len(self.photos) and number - 1 not in self.captions:
                self.join(number - 1, label, "order", "confirm")

    def _order_is_safe(self, bare: list[int], labels: list[int]) -> bool:
        """One to one is safe. Else the photos must be in the order of their names, and numbers must run 1, 2, 3 …
        over all photos; what was joined by words must not run against it."""
        if len(self.photos) == 1:
            return True
        forms = [_natural(photo.name) for photo in self.photos]
        if forms != sorted(forms) and len(set(map(str, forms))) == len(forms):
            return False
        joined = sorted((photo, label) for label, photo in self.taken.items())
        if any(self.captions[photo].evidence == "words" for photo, _ in joined):
            merged = sorted(joined + list(zip(bare, labels, strict=True)))
            return [label for _, label in merged] == sorted(label for _, label in merged)
        numbers = [key_number(self.labels[i].key) for i in labels]
        if None in numbers:
            return all(number is None for number in numbers)
        return numbers == [photo + 1 for photo in bare] or numbers == list(range(1, len(bare) + 1))

    def by_metadata(self, own: Mapping[str, str]) -> None:
        """A caption that the photo carries itself; a few words may be a title, so an editor confirms those."""
        for photo in self.bare():
            text = own.get(self.photos[photo].sha256, "")
            if text:
                action: Action = "auto" if len(text.split()) >= 4 else "confirm"
                self.captions[photo] = Caption(text=text, source="metadata", evidence="label", action=action)

    def result(self) -> Paired:
        photos = tuple(
            msgspec.structs.replace(photo, caption=self.captions[i]) if i in self.captions else photo
            for i, photo in enumerate(self.photos)
        )
        left = [self.labels[i] for i in self.free()]
        orphans = tuple(label for label in left if label.key)
        loose = tuple(label for label in left if not label.key)
        return Paired(photos=photos, action=self._action(len(loose)), orphans=orphans, loose=loose)

    def _action(self, spare: int) -> CaptionAction:
        bare = len(self.bare())
        if bare and spare < bare:
            return "ask"
        if bare or any(caption.action == "confirm" for caption in self.captions.values()):
            return "editor_confirm"
        return "auto"


def _camera_number(name: str) -> str:
    """The running number of a camera file, which people quote alone: "2041" of IMG_2041.jpg."""
    match = re.search(r"(?:^|\D)(\d{3,6})$", stem(name).strip())
    return match[1] if match else ""


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORDS.findall(text)} - _COMMON
