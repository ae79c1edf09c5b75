"""Damage of a file whose mail was broken on its way is an editor's to look at; of one that came
whole the contributor is told."""

import base64

import pytest

from desk.domain.merge import merge_parcels, plan
from desk.pipeline import examine
from ingest.read.parcel import read_email, read_files
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


def raw_photo(octets: bytes) -> bytes:
    """The mail whose photo lies open (Content-Transfer-Encoding: binary)."""
    whole = sent()
    fields, body = b"Content-Transfer-Encoding: base64", base64.encodebytes(PHOTO)
    at = whole.index(body[:60])
    above = whole[:at]
    last = above.rindex(fields)
    above = above[:last] + above[last:].replace(b"base64", b"binary")
    end = whole.index(b"\r\n--", at)
    return above + octets + whole[end:]


DAMAGED = {
    "photo": noisy(sent(photo=CUT), CUT),
    "document": noisy(sent(word=WORD[:3000]), WORD[:3000]),
    "photo, its base64 cut": sent().replace(
        base64.encodebytes(PHOTO)[-400:].replace(b"\n", b"\r\n"), b"\r\n"
    ),
    "document, its base64 cut": sent().replace(
        base64.encodebytes(WORD)[-801:].replace(b"\n", b"\r\n"), b"\r\n"
    ),
    "photo, the mail cut": sent()[:-9000],
    "document, the mail cut": sent()[: sent().index(b'name="naskah.docx"') + 3000],
    "photo, raw and CR LF": raw_photo(PHOTO.replace(b"\n", b"\r\n")),
    "photo, raw without NUL": raw_photo(PHOTO.replace(b"\0", b"")),
    "photo, raw through UTF-8": raw_photo(PHOTO.decode("utf-8", "replace").encode()),
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


# ── a second mail joins ───────────────────────────────────────────────────────────────────────────

OTHER = jpeg(seed=7)
NEXT = {
    "a note in a file": mail(attachments=[("catatan.txt", b"Terima kasih, Redaksi.\n")], text="\n"),
    "words alone": mail(attachments=[], text="Mohon dimuat, terima kasih.\n"),
    "captions": mail(attachments=[], text=CAPTIONS),
}


def joined(first: bytes, second: bytes) -> tuple[str, tuple[str, ...]]:
    """What the second mail makes of the submission that the first one began."""
    parcel = read_email(first, "satu.eml", LIMITS.safety)
    before = examine(parcel, LIMITS).assessments[0]
    brought = read_email(second, "dua.eml", LIMITS.safety)
    how = plan(before, examine(brought, LIMITS).assessments[0].submission)
    assert how is not None
    stored = [(file.name, file.load()) for file in parcel.files]
    kept = read_files(stored, "simpanan", LIMITS.safety)
    found = examine(merge_parcels(brought, kept.files, how), LIMITS)
    return found.decision, found.assessments[0].submission.doubts


@pytest.mark.parametrize("second", NEXT.values(), ids=NEXT.keys())
@pytest.mark.parametrize("first", DAMAGED.values(), ids=DAMAGED.keys())
def test_the_doubt_outlives_the_mails_that_join(first: bytes, second: bytes) -> None:
    decision, doubts = joined(first, second)
    assert (decision, "broken-in-transport" in doubts) == ("review", True)


@pytest.mark.parametrize("second", NEXT.values(), ids=NEXT.keys())
def test_no_doubt_is_made_where_none_was(second: bytes) -> None:
    decision, doubts = joined(sent(photo=CUT), second)
    assert (decision, "broken-in-transport" in doubts) == ("revise", False)


def test_what_comes_again_and_whole_is_judged_by_how_it_comes_now() -> None:
    again = mail(attachments=[("foto.jpg", CUT)], text=CAPTIONS)
    assert joined(DAMAGED["photo"], again) == ("revise", ())


@pytest.mark.parametrize(
    "second",
    [
        mail(attachments=[("lain.jpg", OTHER)]).replace(b"multipart/mixed", b"multipart"),
        mail(attachments=[("lain.jpg", OTHER)]).replace(b"multipart/mixed", b"text/html"),
    ],
    ids=["no subtype", "called html"],
)
def test_what_a_broken_second_mail_lacks_may_be_in_it(second: bytes) -> None:
    first = mail(attachments=[("naskah.docx", WORD)], text="Terlampir.\n")
    assert joined(first, second)[0] == "review"
