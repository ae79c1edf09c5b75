"""What a file that nobody read may hold."""

import pytest

from ingest.read.unread_files import find_files
from redaksi.arrival import Parcel
from redaksi.model import Other, Submission
from redaksi.reasons import ReasonCode, explain
from tests import builders

ARTICLE = Submission(documents=(builders.document(name="Warta.docx"),))


def find_kinds(name: str, why: ReasonCode, *, size: int = 0, words: str = "") -> list[str]:
    """What the file may hold, beside Warta.docx."""
    file = builders.file(name, words.encode(), "text")
    kind = name.rpartition(".")[2]
    other = Other(name=name, kind=kind, sha256=file.sha256, why=explain(why), size=size)
    found = find_files(Parcel(source="x.eml", files=(file,)), ARTICLE, (other,), ())
    return [unread.may_be for unread in found]


@pytest.mark.parametrize(
    ("name", "why", "size", "kinds"),
    [
        ("foto.jpg", ReasonCode.PICTURE_BELOW_SIGNATURE, 60_000, ["photo"]),
        ("foto.jpg", ReasonCode.PICTURE_BELOW_SIGNATURE, 59_999, []),
        ("aneh.bin", ReasonCode.NEITHER, 10, ["article", "caption", "photo"]),
        ("setup.exe", ReasonCode.NEITHER, 10, []),
        ("Warta.pdf", ReasonCode.COPY_BESIDE_WORD, 10, []),
        ("Foto.pdf", ReasonCode.COPY_BESIDE_WORD, 10, ["caption", "photo"]),
        ("Daftar hadir.xlsx", ReasonCode.SPREADSHEET, 10, []),
        ("Daftar.xlsx", ReasonCode.SPREADSHEET, 10, ["article", "caption"]),
        ("keterangan.rar", ReasonCode.ARCHIVE_KIND, 10, ["caption"]),
    ],
)
def test_by_its_reason_and_name(name: str, why: ReasonCode, size: int, kinds: list[str]) -> None:
    assert find_kinds(name, why, size=size) == kinds


@pytest.mark.parametrize(
    ("name", "words", "kinds"),
    [
        ("catatan", 40, ["caption", "article", "photo"]),
        ("catatan", 39, ["caption"]),
        ("catatan.txt", 40, ["caption"]),
        ("catatan.txt", 3, []),
        ("Warta.txt", 40, []),
    ],
)
def test_a_text_by_its_words(name: str, words: int, kinds: list[str]) -> None:
    assert find_kinds(name, ReasonCode.TEXT_FILE, words="rapat " * words) == kinds
