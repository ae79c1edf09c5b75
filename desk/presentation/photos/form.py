"""The form of photos: a row a photo, filled with what stands, with a draft, or as it was typed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from desk.domain.photos.choices import (
    Choices,
    find_caption,
    is_confirmed,
    is_main_gone,
    is_used,
    list_photos,
    list_used,
    name_key,
    read_caption,
)
from desk.workflow.deciding.choose_photos import MOST, WrongField
from publisher.articles.photos import make_alt
from publisher.site.pages import Step
from redaksi import catalog
from redaksi.model import Language, Photo
from redaksi.text import clean

Typed = Mapping[str, Sequence[str]]  # a form's fields
ROWS = 24  # the form's fields are bounded; photos beyond keep what stands
# of a field's name; a photo's key follows
NAMES: Mapping[str, str] = {
    "used": "pakai",
    "caption": "keterangan",
    "credit": "kredit",
    "alt": "alt",
    "taken_from": "milik",
    "is_right": "benar",
}
MAIN = "utama"
_TEXTS = ("caption", "credit", "alt")
_LABEL = 40  # characters of a name in a list


class PhotoField(Struct, frozen=True, kw_only=True):
    """A photo's row. `credit_read`, `alt_read`: what is taken where nothing is typed; `others`:
    photos whose caption may be its own, key and name; `wrong`: sentences by field; `is_open`: the
    texts are shown at once."""

    key: str
    is_used: bool
    is_main: bool
    caption: str
    credit: str
    alt: str
    taken_from: str
    is_right: bool
    credit_read: str
    alt_read: str
    may_confirm: bool
    others: tuple[tuple[str, str], ...] = ()
    wrong: Mapping[str, str] = {}
    is_open: bool = False


class PhotoForm(Struct, frozen=True, kw_only=True):
    """The form. `rows` by the photo's place on the page; `gone`: the main photo that was chosen came
    no more; `lost`: what was typed of photos that are not there any more; `wrong`: name of a field
    and sentence; `stale`: why it was not taken as it is, and `since`: what happened; `stamp`: the
    newest event that is shown; `is_older`: it is a draft, and something happened since."""

    rows: Mapping[int, PhotoField]
    revision: int
    version: int
    seq: int = 0
    saved_at: datetime | None = None
    gone: bool = False
    lost: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    stale: str = ""
    since: tuple[Step, ...] = ()
    stamp: int = 0
    is_older: bool = False

    @property
    def most(self) -> int:
        """Characters of a text."""
        return MOST


def list_standing(photos: Iterable[Photo], choices: Choices) -> dict[str, list[str]]:
    """The fields of what stands, as a browser would send them."""
    known = list_photos(tuple(photos))
    used = list_used(known, choices)
    fields: dict[str, list[str]] = {MAIN: [name_key(used[0])]} if used else {}
    for photo in known:
        choice, key = choices.get(photo.sha256), name_key(photo.sha256)
        caption = find_caption(photo, choice)
        fields[_name("caption", key)] = [read_caption(photo) if caption is None else caption]
        fields[_name("credit", key)] = [(choice.credit or "") if choice else ""]
        fields[_name("alt", key)] = [(choice.alt or "") if choice else ""]
        if is_used(photo, choices):
            fields[_name("used", key)] = ["1"]
        if is_confirmed(photo, choice):
            fields[_name("is_right", key)] = ["1"]
    return fields


def make_photo_form(
    photos: Sequence[Photo],
    choices: Choices,
    typed: Typed | None,
    language: Language,
    *,
    shown: Collection[int],
    revision: int,
    version: int,
    wrong: Sequence[WrongField] = (),
) -> PhotoForm:
    """The form of these photos. `typed`: what an editor typed; None: what stands. `shown`: places
    on the page, from 1."""
    fields = list_standing(photos, choices) if typed is None else typed
    places = [(i, photo) for i, photo in enumerate(photos, 1) if i in shown]
    firsts: dict[str, tuple[int, Photo]] = {}
    for i, photo in places:
        firsts.setdefault(photo.sha256, (i, photo))
    rows = list(firsts.values())[:ROWS]
    sentences = _say_wrong(rows, wrong, language)
    keys = {name_key(photo.sha256) for photo in photos}
    return PhotoForm(
        rows={i: _make_row(photo, choices, fields, rows, sentences) for i, photo in rows},
        revision=revision,
        version=version,
        gone=is_main_gone(photos, choices),
        lost=tuple(_list_lost(fields, keys)),
        wrong=tuple(
            (_name(field, key) if field != "main" else MAIN, text)
            for (key, field), text in sentences.items()
        ),
    )


def _make_row(
    photo: Photo,
    choices: Choices,
    fields: Typed,
    rows: Sequence[tuple[int, Photo]],
    sentences: Mapping[tuple[str, str], str],
) -> PhotoField:
    key, choice = name_key(photo.sha256), choices.get(photo.sha256)
    wrong = {field: text for (of, field), text in sentences.items() if of == key}
    caption = _last(fields, _name("caption", key))
    unsure = bool(photo.caption and photo.caption.action == "confirm")
    return PhotoField(
        key=key,
        is_used=_name("used", key) in fields,
        is_main=_last(fields, MAIN) == key,
        caption=caption,
        credit=_last(fields, _name("credit", key)),
        alt=_last(fields, _name("alt", key)),
        taken_from=_last(fields, _name("taken_from", key)),
        is_right=_name("is_right", key) in fields,
        credit_read=clean.line(photo.byline or photo.credit, MOST),
        alt_read=make_alt(clean.line(caption, MOST)) if caption else "",
        may_confirm=unsure or is_confirmed(photo, choice),
        others=tuple(
            (name_key(each.sha256), f"{i} · {clean.line(each.name, _LABEL)}")
            for i, each in rows
            if each.sha256 != photo.sha256
        ),
        wrong=wrong,
        is_open=bool(wrong or unsure or not caption),
    )


def _say_wrong(
    rows: Sequence[tuple[int, Photo]], wrong: Sequence[WrongField], language: Language
) -> dict[tuple[str, str], str]:
    words = catalog.load(language)
    places = {name_key(photo.sha256): i for i, photo in rows}
    return {
        (each.key, each.field): words.say(
            "desk.photos.wrong", each.code, photo=places.get(each.key, 0), **each.facts
        )
        for each in wrong
    }


def _list_lost(fields: Typed, keys: Collection[str]) -> Iterable[str]:
    """Nothing typed is lost: what was typed of photos that a newer revision does not have."""
    texts = {NAMES[field] for field in _TEXTS}
    for name, values in fields.items():
        kind, _, key = name.partition("-")
        if kind in texts and key not in keys:
            yield from (value for value in values if value.strip())


def _name(field: str, key: str) -> str:
    return f"{NAMES[field]}-{key}"


def _last(fields: Typed, name: str) -> str:
    values = fields.get(name)
    return str(values[-1]) if values else ""
