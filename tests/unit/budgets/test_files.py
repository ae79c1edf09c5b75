"""Which files a reading begins: those that killed a reader are left, none after its time, none bare."""

import pytest

from ingest.read.budget import Budget
from ingest.read.parcel import read_files
from redaksi.limits import Safety
from redaksi.reasons import ReasonCode
from tests import builders
from tests.unit.budgets.reading import (
    WORD,
    assert_left,
    forwarded,
    look,
    photo,
    picture,
    read,
    subjects,
    whole,
    zipped,
)
from tests.unit.read_mail.mails import winmail

FILES = [
    ("naskah.docx", WORD),
    ("foto-1.jpg", picture("JPEG")),
    ("foto-2.png", picture("PNG")),
    ("keterangan.txt", b"foto-1.jpg: Warga bergotong royong di desa\n"),
]


def test_each_file_is_told_before_it_is_read() -> None:
    told: list[int] = []
    read(FILES, Budget(Safety(), begins=told.append))
    assert told[:4] == [0, 3, 1, 2]  # documents and texts first
    assert set(told) == {0, 1, 2, 3}


@pytest.mark.parametrize(("index", "name"), list(enumerate(name for name, _ in FILES)))
def test_a_file_that_killed_its_reader_is_never_begun_again(index: int, name: str) -> None:
    told: list[int] = []
    found = read(FILES, Budget(Safety(), skip={index}, begins=told.append))
    assert index not in told
    assert found.reason is not None
    assert_left(found, "reader_died", file=name, kind=found.reason.facts["kind"])
    assert name not in subjects(found)


def test_bytes_that_killed_a_reader_are_left_under_every_name() -> None:
    again = [*FILES, ("salinan.png", FILES[2][1])]
    told: list[int] = []
    read(again, Budget(Safety(), skip={2}, begins=told.append))
    assert not {2, 4} & set(told)


def test_a_mails_own_files_keep_their_numbers_beside_what_came_before() -> None:
    parcels = [read_files(named, "uji", Safety()) for named in (FILES[1:3], FILES[:1] + FILES[2:])]
    told: list[int] = []
    budget = Budget(Safety(), begins=told.append)
    for parcel in parcels:
        budget.number(parcel.files)
    for file in (parcels[0].files[0], *parcels[1].files):
        budget.begin(file)
    assert told == [0, 2, 1, 4]


def test_after_its_time_no_further_file_is_begun() -> None:
    clock = iter([0.0, 0.0, 20.0])
    found = read(FILES, Budget(Safety(), spent=lambda: next(clock, 20.0)))
    assert_left(found, "budget", which="processor")
    assert whole(found).documents[0].judged
    assert not photo(found, "foto-1.jpg").judged
    assert subjects(found) <= {"naskah.docx"}


@pytest.mark.parametrize(
    "files",
    [
        [("foto.zip", zipped(FILES))],
        [("winmail.dat", winmail(*FILES))],
        [("surat.eml", builders.mail(attachments=FILES))],
        [("foto.zip", zipped([("dalam.zip", zipped(FILES))]))],
        FILES,
    ],
)
def test_late_from_the_first_nothing_is_opened(files: list[tuple[str, bytes]]) -> None:
    found = read(files, Budget(Safety(), spent=lambda: 14.0))
    assert_left(found, "budget", which="processor")
    assert subjects(found) == set()


@pytest.mark.parametrize(
    "raw",
    [
        builders.mail(attachments=FILES),
        builders.mail(attachments=[("semua.zip", zipped(FILES))]),
        builders.mail(attachments=[("winmail.dat", winmail(*FILES))]),
        forwarded(builders.mail(attachments=FILES), 2),
        builders.mail(attachments=[("naskah.pdf", b"%PDF-1.4\n"), ("n.doc", b"\xd0\xcf\x11\xe0")]),
        builders.mail(text="Hanya kata-kata.", subject="Kiriman naskah"),
    ],
)
def test_bare_keeps_every_file_and_reads_none(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object, **__: object) -> None:
        raise MemoryError

    readers = ("files.unpack.open_zip", "contents.choose", "photo_selection.read_photo")
    for name in (*readers, "assemble.read_document", "contents.find_labels"):
        monkeypatch.setattr(f"ingest.read.{name}", die)
    found = look(raw, Budget(Safety(), bare=True))
    assert_left(found, "budget", which="attempt")
    assert subjects(found) == set()
    assert found.mail is not None
    assert found.mail.from_address


def test_bare_shows_what_came() -> None:
    found = whole(read(FILES, Budget(Safety(), bare=True)))
    assert [each.name for each in found.documents] == ["naskah.docx"]
    assert [each.name for each in found.photos] == ["foto-1.jpg", "foto-2.png"]
    assert [each.name for each in found.others] == ["keterangan.txt"]
    assert not any(each.judged for each in found.documents)
    assert not any(each.judged for each in found.photos)
    assert found.others[0].why.code is ReasonCode.BUDGET
