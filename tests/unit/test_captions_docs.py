"""docs/captions.md says what becomes of each way of writing captions, and it is so."""

import re
from pathlib import Path

import pytest
from msgspec import Struct

from desk.pipeline import examine
from ingest.read.parcel import read_email
from redaksi.limits import Identity, Limits
from redaksi.model import Photo
from tests import builders
from tests.phrasings.mails import make_photo, write_mail

DOCS = Path(__file__).parents[2] / "docs" / "captions.md"
CHAPTER = re.compile(
    r"^## (?P<title>.+)\n(?:(?!## |```).*\n)*```text\n(?P<words>(?:(?!```).*\n)+)```\n\n"
    r"(?P<pairs>(?:- .+\n)+)",
    re.MULTILINE,
)
PAIR = re.compile(r"- `(?P<photo>.+?)` ← (?P<right>.+)")
LIMITS = Limits(identity=Identity(authserv_id="mx.warta.example"))


class Way(Struct, frozen=True):
    """A chapter: what the mail says, and what is right for each photo."""

    title: str
    words: tuple[str, ...]
    right: dict[str, str]


def read_ways() -> list[Way]:
    return [
        Way(
            found["title"],
            tuple(found["words"].splitlines()),
            {pair["photo"]: pair["right"] for pair in PAIR.finditer(found["pairs"])},
        )
        for found in CHAPTER.finditer(DOCS.read_text(encoding="utf-8"))
    ]


WAYS = read_ways()


def tell(photo: Photo, right: str) -> str:
    """What was made of a photo, as far as `right` speaks of it."""
    caption = photo.caption
    if caption is None:
        return "nothing"
    if right == f"({caption.action})":
        return right
    return f"{caption.text} ({caption.action}, {caption.evidence})"


def test_the_page_has_its_examples() -> None:
    chapters = DOCS.read_text(encoding="utf-8").count("```text")
    assert len(WAYS) == chapters >= 8


@pytest.mark.parametrize("way", WAYS, ids=[way.title for way in WAYS])
def test_a_way_of_captioning_comes_out_as_the_page_says(way: Way) -> None:
    files = [("Naskah.docx", builders.docx(builders.article_text(1500).split("\n")))]
    files += [(name, make_photo(at)) for at, name in enumerate(way.right)]
    text = [["Yth. Redaksi,", "terlampir naskah dan fotonya."], list(way.words), ["Rahmawati"]]
    parcel = read_email(write_mail(0, text, files, markup=False), "kiriman.eml", LIMITS.safety)
    (judged,) = examine(parcel, LIMITS).assessments
    made = {photo.name: tell(photo, way.right[photo.name]) for photo in judged.submission.photos}
    assert made == way.right
