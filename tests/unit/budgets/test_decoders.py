"""A decoder taken out is called by nobody: its pictures are kept and shown, unjudged."""

from collections.abc import Callable

import pytest

from desk.sandbox.taken_out import emit_pictures_inside
from ingest.read.parcel import read_email
from ingest.read.photo import decode, integrity
from redaksi.limits import DECODERS, Limits, Safety
from tests import builders
from tests.unit.budgets.reading import (
    ARTICLE,
    WORD,
    assert_left,
    frames,
    photo,
    picture,
    read,
    subjects,
)
from tests.unit.read_photo.pictures import heif
from tests.unit.read_photo.pictures import picture as drawn

PICTURES = {
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "tiff": picture("TIFF"),
    "gif": frames("GIF"),
    "bmp": picture("BMP"),
    "webp": picture("WEBP"),
    "avif": picture("AVIF"),
    "heic": heif(drawn(1200, 900)),
}
# kinds that hand their pixels to the decoder of another
BORROWED = {
    "jpeg": picture("TIFF", compression="jpeg"),
    "png": picture("PNG", 1300, 900),
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds that a decoder was asked for, those of Pillow's plugins and libjpeg's own."""
    kinds: list[str] = []
    plugin = decode._plugin

    def counted(kind: str) -> Callable[..., object]:
        kinds.append(kind)
        return plugin(kind)

    def strictly(*_: object) -> None:
        kinds.append("jpeg")

    monkeypatch.setattr(decode, "_plugin", counted)
    monkeypatch.setattr(integrity, "decode_strictly", strictly)
    return kinds


def without(kind: str) -> Safety:
    return Safety(decoders=tuple(each for each in DECODERS if each != kind))


@pytest.mark.parametrize("kind", DECODERS)
def test_a_kind_taken_out_is_never_opened(kind: str, opened: list[str]) -> None:
    files = [("naskah.docx", WORD), ("foto.bin", PICTURES[kind]), ("lain.jpg", builders.jpeg())]
    found = read(files[: 2 if kind == "jpeg" else 3], safety=without(kind))
    assert_left(found, "no_decoder")
    left = photo(found, "foto.bin")
    assert (left.judged, left.intact, left.kind) == (False, True, kind)
    assert "foto.bin" not in subjects(found)
    assert kind not in opened
    assert all(photo(found, "lain.jpg").judged for _ in opened)


@pytest.mark.parametrize("kind", DECODERS)
def test_it_is_opened_while_it_is_in(kind: str, opened: list[str]) -> None:
    read([("naskah.docx", WORD), ("foto.bin", PICTURES[kind])])
    assert kind in opened


def test_the_decoder_within_another_kind_counts_too(opened: list[str]) -> None:
    found = read([("n.docx", WORD), ("f.tif", BORROWED["jpeg"])], safety=without("jpeg"))
    assert_left(found, "no_decoder")
    assert opened == []


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "bmp", "tiff"])
def test_nor_in_a_document(kind: str, opened: list[str]) -> None:
    inside = builders.docx(ARTICLE, pictures=(PICTURES[kind],))
    safety = without(kind)
    found = read([("naskah.docx", inside)], safety=safety)
    assert_left(found, "no_decoder")
    raw = builders.mail(attachments=[("naskah.docx", inside)])
    parcel = read_email(raw, "m", Limits(safety=safety).safety)
    emit_pictures_inside(parcel.files, found.assessments, safety, lambda *_: None)
    assert kind not in opened
