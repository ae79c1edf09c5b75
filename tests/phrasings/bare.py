"""Writes the mails of bare.toml, which have no captions."""

import tomllib
from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from tests import builders
from tests.phrasings.mails import HERE, NAMINGS, TITLES, make_photo, name_photos, write_mail

OTHER_NAMES = {"date": "20261115_10223{}.jpg", "dsc": "DSC_041{}.JPG"}


class Bare(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mail without captions; bare.toml says what each field means."""

    id: str
    body: str
    html: bool = False
    inside: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    photos: int = 3
    naming: Literal["number", "camera", "whatsapp", "date", "dsc"] = "number"


class BareCase(Struct, frozen=True, kw_only=True):
    """Such a mail, and how many photos lack their caption."""

    name: str
    naming: str
    raw: bytes
    photos: int


@cache
def read_bare() -> tuple[Bare, ...]:
    """What bare.toml holds."""
    held = tomllib.loads((HERE / "bare.toml").read_text("utf-8"))["mail"]
    return msgspec.convert(held, tuple[Bare, ...], strict=False)


def write_bare(turn: int, bare: Bare) -> BareCase:
    """The mail with its document and its photos."""
    names = [OTHER_NAMES.get(bare.naming, "").format(n) for n in range(1, bare.photos + 1)]
    for naming in NAMINGS:
        if naming == bare.naming:
            names = name_photos(naming, turn, bare.photos)
    *article, last = builders.article_text(1500).split("\n")
    byline = "Penulis: Rahmawati, Fasilitator Tim 07 Pontianak"
    document = builders.docx(
        [*article, *bare.inside, last, byline, *bare.tail], title=TITLES[turn % len(TITLES)]
    )
    files = [("Naskah Warta.docx", document)]
    files += [(name, make_photo(at)) for at, name in enumerate(names)]
    text = [part.split("\n") for part in bare.body.strip("\n").split("\n\n")]
    return BareCase(
        name=bare.id,
        naming=bare.naming,
        raw=write_mail(turn, text, files, bare.html),
        photos=bare.photos,
    )
