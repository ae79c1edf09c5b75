"""A reader's exception costs what it read, never the mail: whichever reader of ours fails, in whatever
wrapper the files came, the mail gets its Examination, an editor looks, nothing is found missing that
came, and no letter goes. The readers are found in the source."""

import os
from functools import cache
from types import CodeType, FunctionType
from typing import Any

import pytest
from msgspec import Struct

from desk.demo.samples import samples
from desk.pipeline import examine, identify
from ingest.read.budget import Budget
from ingest.read.document.answer_size import measure_answer
from ingest.read.document.document import read_document
from ingest.read.mail.attachments import Shelf
from ingest.read.parcel import read_email
from ingest.read.photo.photo import read_photo
from ingest.read.written import read_written
from redaksi.limits import Limits, Safety
from redaksi.model import Document, Examination, Other, Photo
from redaksi.reasons import ReasonCode, explain
from tests import builders
from tests.hostile.planted import (
    Failed,
    Guard,
    break_function,
    break_guarded,
    list_called,
    list_functions,
    list_guards,
)
from tests.unit.budgets.reading import picture
from tests.unit.read_mail.mails import attachment, mail, multipart, text, winmail, zipped
from tests.unit.read_mail.test_signed_mails import signed, value

DRILL = bool(os.environ.get("REDAKSI_DRILL"))
CAPTIONS = (
    "IMG_1.jpg: Warga mengangkat batu fondasi di RT 03.",
    "IMG_2.png: Kaum ibu menyiapkan sarapan di mushala.",
)
PLAIN = builders.docx(builders.article_text(1500), title="Warga Bangun Saluran", byline="Rahmawati")
WORD = builders.docx(
    "\n".join((builders.article_text(1500), *CAPTIONS)),
    title="Warga Bangun Saluran",
    byline="Rahmawati",
)
PHOTOS = [("IMG_1.jpg", picture("JPEG")), ("IMG_2.png", picture("PNG"))]
FILES = [("Naskah.docx", WORD), *PHOTOS]
POSTER = picture("PNG", 640, 480)
OLD = next(each.raw for each in samples() if each.name == "doc-lama")


def pack(*files: tuple[str, bytes]) -> bytes:
    return builders.mail(attachments=files)


MAILS = {
    "as they are": pack(*FILES),
    "zip": pack(("kiriman.zip", zipped(FILES))),
    "winmail.dat": pack(("winmail.dat", winmail(*FILES))),
    "a mail": pack(("surat.eml", pack(*FILES))),
    "an open mail": mail(text("Teruskan."), b"Content-Type: message/rfc822\r\n\r\n" + pack(*FILES)),
    "signed": pack(("Naskah.docx.p7m", signed(value(4, WORD))), *PHOTOS),
    "signed as a whole": mail(
        attachment(
            signed(value(4, multipart(*(attachment(octets, name) for name, octets in FILES)))),
            "smime.p7m",
            b"application/pkcs7-mime",
        )
    ),
    "a text file": pack(("Naskah.docx", PLAIN), *PHOTOS, ("ket.txt", "\n".join(CAPTIONS).encode())),
    "other kinds": pack(
        ("Naskah.docx", WORD), ("IMG_1.tif", picture("TIFF")), ("IMG_2.webp", picture("WEBP"))
    ),
    "an old Word file": OLD,
    "photos without captions": pack(("Naskah.docx", PLAIN), *PHOTOS, ("poster.png", POSTER)),
}


def read(raw: bytes, *, bare: bool = False) -> Examination:
    budget, limits = Budget(Safety(), bare=bare), Limits()
    return examine(read_email(raw, "uji.eml", limits.safety, budget), limits, budget=budget)


class Clean(Struct, frozen=True):
    """What is so of a mail where no reader fails."""

    findings: frozenset[tuple[str, str]]
    files: frozenset[str]


def list_findings(found: Examination) -> frozenset[tuple[str, str]]:
    return frozenset(
        (each.rule, each.subject) for judged in found.assessments for each in judged.findings
    )


def list_files(found: Examination) -> frozenset[str]:
    """SHA-256 of all that is shown of a mail."""
    files: list[Document | Photo | Other] = [*found.others]
    for judged in found.assessments:
        submission = judged.submission
        files += [*submission.documents, *submission.photos, *submission.others]
    return frozenset(each.sha256 for each in files)


@cache
def read_clean(name: str) -> Clean:
    found = read(MAILS[name])
    return Clean(list_findings(found), list_files(found))


def assert_an_editor_looks(found: Examination, clean: Clean) -> None:
    assert found.decision == "review"
    codes = [why.code for judged in found.assessments for why in judged.submission.unjudged]
    assert ReasonCode.READER_ERROR in codes
    assert list_findings(found) <= clean.findings
    assert found.answer is not None
    assert (found.answer.send, found.answer.letter) == (False, "")


@pytest.mark.parametrize("late", [False, True], ids=["at once", "with its work done"])
@pytest.mark.parametrize("guard", list_guards(), ids=str)
def test_whatever_is_guarded_may_fail(guard: Guard, late: bool) -> None:
    reached = set()
    for name, raw in MAILS.items():
        with break_guarded(guard, late=late) as called:
            found = read(raw)
        if called:
            reached.add(name)
            assert_an_editor_looks(found, read_clean(name))
    if not reached:  # it guards what is read after another reader failed
        with break_function(vars(Shelf)["_put"]), break_guarded(guard, late=late) as called:
            found = read(MAILS["as they are"])
        assert called
        assert_an_editor_looks(found, read_clean("as they are"))


@pytest.mark.parametrize(
    ("function", "reader", "left"),
    [
        (read_document, "document", {"Naskah.docx"}),
        (read_photo, "photo", {"IMG_1.jpg", "IMG_2.png"}),
    ],
)
def test_the_file_itself_is_left_unjudged_and_the_others_are_judged(
    function: Any, reader: str, left: set[str]
) -> None:
    with break_function(function):
        found = read(MAILS["as they are"])
    (judged,) = found.assessments
    files: list[Document | Photo] = [*judged.submission.documents, *judged.submission.photos]
    why = explain(ReasonCode.READER_ERROR, reader=reader)
    assert {each.name for each in files if not each.judged} == left
    assert {each.name for each in files if each.unjudged == why} == left
    assert list_files(found) == read_clean("as they are").files
    assert {label.text for label in judged.submission.orphans} == set()


@pytest.mark.parametrize(
    "function", [read_written, measure_answer, vars(Shelf)["_leaf"]], ids=lambda each: each.__name__
)
def test_so_does_what_stands_around_the_files(function: FunctionType) -> None:
    with break_function(function):
        found = read(MAILS["as they are"])
    assert_an_editor_looks(found, read_clean("as they are"))
    assert list_files(found) == read_clean("as they are").files


def list_cases(name: str, known: set[CodeType]) -> list[FunctionType]:
    """The functions that reading this mail calls, but those that read its header too (whose failure
    is the mail's) and the `known` ones, which then grow by these."""
    functions, raw = list_functions(), MAILS[name]
    whole = list_called(functions, lambda: read(raw))
    header = list_called(functions, lambda: identify(raw[: Safety().header_prefix], Limits()))
    found = [code for code in whole if code not in header and code not in known]
    known.update(found)
    return [functions[code] for code in found]


def test_whatever_a_reading_calls_may_fail() -> None:
    """What a bare reading needs too is left to the ladder, where it is the mail's. Every function in
    the drill, a tenth of them here."""
    known: set[CodeType] = set()
    tried = 0
    for name, raw in MAILS.items():
        bare = list_called(list_functions(), lambda raw=raw: read(raw, bare=True))  # type: ignore[misc]
        for function in list_cases(name, known)[:: 1 if DRILL else 10]:
            code, before = function.__code__, Failed.times
            with break_function(function):
                try:
                    found = read(raw)
                except Failed:
                    assert code in bare, function
                    continue
            if Failed.times == before:  # what it gave the first time is remembered
                continue
            assert_an_editor_looks(found, read_clean(name))
            tried += 1
    assert tried > len(known) / (2 if DRILL else 20)
