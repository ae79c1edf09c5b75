"""Damage of a file whose mail was broken on its way is an editor's to look at; of one that came
whole the contributor is told."""

import base64

import pytest

from desk.pipeline import examine
from ingest.read.parcel import read_email
from redaksi.limits import Identity, Limits
from tests.builders import article_text, docx, jpeg, mail

LIMITS = Limits(identity=Identity(addresses=("redaksi@warta.example",), authserv_id="mx"))
WORD = docx(article_text(1800), title="Warga Menanam Mangrove", byline="Siti")
PHOTO = jpeg()
CUT = PHOTO[: len(PHOTO) // 2]
CAPTIONS = "Foto 1: foto.jpg - Warga menanam mangrove di Siantan, Minggu (22/11).\n"


def examined(raw: bytes) -> tuple[str, tuple[str, ...]]:
    found = examine(read_email(raw, "uji.eml", LIMITS.safety), LIMITS)
    return found.decision, found.assessments[0].submission.doubts


def sent(word: bytes = WORD, photo: bytes = PHOTO) -> bytes:
    return mail(attachments=[("naskah.docx", word), ("foto.jpg", photo)], text=CAPTIONS)


def noisy(raw: bytes, octets: bytes) -> bytes:
    """The mail with a footer in the middle of one file's base64."""
    lines = base64.encodebytes(octets).split(b"\n")
    line = lines[len(lines) // 2]
    assert raw.count(line) >= 1
    return raw.replace(line, line + b"\nSurel ini sudah dipindai, www.pindai.example\n", 1)


DAMAGED = {
    "photo": noisy(sent(photo=CUT), CUT),
    "document": noisy(sent(word=WORD[:3000]), WORD[:3000]),
    "photo, no subtype": sent(photo=CUT).replace(b"multipart/mixed", b"multipart"),
    "document, typeless": sent(word=WORD[:3000]).replace(b"multipart/mixed", b""),
    "photo, called html": sent(photo=CUT).replace(b"multipart/mixed", b"text/html"),
}


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED.keys())
def test_nobody_is_told_of_damage_that_may_be_the_mails(raw: bytes) -> None:
    decision, doubts = examined(raw)
    assert (decision, "broken-in-transport" in doubts) == ("review", True)


@pytest.mark.parametrize(
    ("raw", "decision"),
    [(sent(photo=CUT), "revise"), (sent(word=WORD[:3000]), "incomplete")],
    ids=["photo", "document"],
)
def test_damage_of_a_whole_mail_is_its_files(raw: bytes, decision: str) -> None:
    assert examined(raw) == (decision, ())


@pytest.mark.parametrize("raw", [noisy(sent(), PHOTO), noisy(sent(), WORD)], ids=["photo", "word"])
def test_what_was_mended_well_is_judged_like_any(raw: bytes) -> None:
    assert examined(raw) == examined(sent())
