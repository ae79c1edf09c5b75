"""`redaksi check` on files named together: one that kills the child costs itself alone, is named with
the reason, and the others are judged. Real children that die."""

from pathlib import Path

import pytest

from desk.cli.check import examine
from desk.demo.makers import photo
from desk.presentation.check_text import format_examination
from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Sandbox, SandboxLimits
from redaksi.limits import Limits
from redaksi.model import Document, Examination, Photo
from redaksi.reasons import ReasonCode, code_of, explain
from tests.hostile.deaths import mark_photo
from tests.journey.scene import naskah
from tests.mortal import MortalSandbox

ARTICLE = ("Warta.docx", naskah(captions=[f"foto {n}.jpg: Warga bekerja." for n in "123456"]))
Named = tuple[str, bytes]


def shoot(number: int, word: bytes = b"") -> Named:
    return f"foto {number}.jpg", mark_photo(photo(1600, 1200, number), word)


def look(payload: str, folder: Path, *files: Named) -> Examination:
    for name, octets in files:
        (folder / name).write_bytes(octets)
    limits = SandboxLimits(processor=1)
    server = ForkServer("tests.hostile.payload_server", f"tests.hostile.deaths:{payload}")
    paths = tuple(folder / name for name, _ in files)
    with Sandbox(limits, server) as sandbox:
        return examine(sandbox, "berkas", paths, Limits())


def describe(found: Examination) -> dict[str, ReasonCode | None]:
    """Why each file was not judged; None of one that was."""
    (judged,) = found.assessments
    files: list[Document | Photo] = [*judged.submission.documents, *judged.submission.photos]
    return {each.name: code_of(each.unjudged) for each in files}


DIED, NOT_OPENED = ReasonCode.READER_DIED, ReasonCode.BUDGET


@pytest.mark.parametrize("word", [b"mati", b"habis", b"penuh"])
def test_whatever_it_dies_of_the_others_are_judged(word: bytes, tmp_path: Path) -> None:
    files = (ARTICLE, shoot(1), shoot(2, word), shoot(3))
    found = look("die_of_marked_photos", tmp_path, *files)
    assert describe(found) == {
        "Warta.docx": None,
        "foto 1.jpg": None,
        "foto 2.jpg": DIED,
        "foto 3.jpg": None,
    }
    assert found.decision == "review"
    assert found.reason == explain(DIED, file="foto 2.jpg", kind="jpeg")
    assert "Pemeriksaan berkas foto 2.jpg terhenti" in format_examination(found, "id")
    assert not any(judged.findings for judged in found.assessments)


@pytest.mark.parametrize(("bad", "judged"), [(3, 3), (4, 0)])
def test_so_many_are_left_closed_before_all_are(bad: int, judged: int, tmp_path: Path) -> None:
    photos = [shoot(n, b"mati" if n <= bad else b"") for n in range(1, 7)]
    found = describe(look("die_of_marked_photos", tmp_path, ARTICLE, *photos))
    assert len(found) == 7
    assert sum(code is None for name, code in found.items() if name != "Warta.docx") == judged
    assert {code for code in found.values() if code} == {DIED if judged else NOT_OPENED}


def test_a_death_before_any_file_opens_none(tmp_path: Path) -> None:
    found = look("die_of_more_than_nothing", tmp_path, ARTICLE, shoot(1))
    assert found.decision == "review"
    assert set(describe(found).values()) == {NOT_OPENED}


def test_what_kills_however_little_is_asked_is_named(tmp_path: Path) -> None:
    found = look("die_always", tmp_path, ARTICLE, shoot(1))
    assert found.decision == "review"
    assert found.assessments == ()
    assert [(each.name, code_of(each.why)) for each in found.others] == [
        ("Warta.docx", NOT_OPENED),
        ("foto 1.jpg", NOT_OPENED),
    ]


@pytest.mark.parametrize(
    ("deaths", "reasons"), [(1, {None}), (2, {NOT_OPENED}), (99, set[ReasonCode | None]())]
)
def test_the_death_of_a_server_is_no_files(
    deaths: int, reasons: set[ReasonCode | None], tmp_path: Path
) -> None:
    files = (ARTICLE, shoot(1))
    for name, octets in files:
        (tmp_path / name).write_bytes(octets)
    with MortalSandbox(deaths) as sandbox:
        found = examine(sandbox, "berkas", tuple(tmp_path / name for name, _ in files), Limits())
    assert (set(describe(found).values()) if found.assessments else set()) == reasons
