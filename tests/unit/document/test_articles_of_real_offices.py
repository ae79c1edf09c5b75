"""Documents with the habits of real offices: title, byline, dateline, captions and characters,
each as a reader sees them; as python-docx writes them and as LibreOffice saves them again."""

import shutil
import subprocess
from pathlib import Path

import pytest

from ingest.read.document.document import read_document
from redaksi.limits import Safety
from redaksi.model import Document, Share
from tests.builders import file
from tests.offices.documents import offices
from tests.offices.paper import App

OFFICES = tuple(offices())


def told(document: Document) -> dict[str, object]:
    byline = document.byline
    return {
        "title": document.title,
        "byline": (byline.name, byline.role) if byline else None,
        "dateline": document.dateline,
        "captions": [(label.key, label.text) for label in document.captions],
        "characters": document.characters,
        "share": document.share,
    }


def expected(office: App) -> dict[str, object]:
    return {
        "title": office.title,
        "byline": office.byline,
        "dateline": office.dateline,
        "captions": list(office.captions),
        "characters": office.characters,
        "share": Share(),  # all of them in Times New Roman 12, single
    }


def test_there_are_enough_offices() -> None:
    assert len(OFFICES) >= 25
    assert len({office.name for office in OFFICES}) == len(OFFICES)


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.name)
def test_a_document_is_read_as_its_author_meant_it(office: App) -> None:
    assert told(read_document(file("Naskah.docx", office.content, "docx"), Safety())) == expected(
        office
    )


@pytest.fixture(
    scope="module", params=["docx:MS Word 2007 XML", "doc:MS Word 97"], ids=["docx", "doc"]
)
def resaved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them opened and saved again by LibreOffice, in one run for each format."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("needs libreoffice")
    home = tmp_path_factory.mktemp("resaved")
    written = home / "in"
    written.mkdir()
    for office in OFFICES:
        (written / f"{office.name}.docx").write_bytes(office.content)
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{home}/profile",
            "--headless",
            "--convert-to",
            request.param,
            "--outdir",
            str(home / "out"),
            *map(str, sorted(written.iterdir())),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return home / "out"


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.name)
def test_it_is_read_the_same_after_libreoffice_saved_it(office: App, resaved: Path) -> None:
    saved = next(resaved.glob(f"{office.name}.*"))
    document = read_document(file(saved.name, saved.read_bytes(), saved.suffix[1:]), Safety())
    assert document.kind == saved.suffix[1:]
    assert told(document) == expected(office)
