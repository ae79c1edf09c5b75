"""A .doc as LibreOffice saves it reads like the .docx it was made from."""

import io
import shutil
import subprocess
from pathlib import Path

import docx as python_docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt
from PIL import Image

from desk.demo import makers
from ingest.read.document import doc, docx
from ingest.read.document.document import read_document
from ingest.read.document.reading import Reading
from redaksi.arrival import File
from redaksi.limits import Safety


def article() -> bytes:
    """A contributor's document: a title, a pasted quotation, a list, a table, a photo, wide
    lines."""
    made = python_docx.Document()
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    title = made.add_paragraph("Warga Siantan Bangun Saluran")
    title.alignment, title.runs[0].bold = WD_ALIGN_PARAGRAPH.CENTER, True
    body = made.add_paragraph("Warga bergotong royong ")
    quoted = body.add_run("“Saluran ini untuk semua,” ")
    quoted.font.name, quoted.font.size = "Arial", Pt(11)
    body.add_run("kata ketua BKM.")
    wide = made.add_paragraph("Pekerjaan selesai dalam dua pekan.")
    wide.paragraph_format.line_spacing = 2.0
    made.add_paragraph("Tetap ada yang harus dijaga.").paragraph_format.line_spacing = Pt(18)
    made.add_paragraph("Musyawarah warga", style="List Number")
    table = made.add_table(2, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), "abcd", strict=True):
        cell.text = text
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 150)).save(buffer, "jpeg")
    made.add_paragraph().add_run().add_picture(io.BytesIO(buffer.getvalue()), width=Inches(2))
    made.add_paragraph("Foto 1. Warga bekerja.")
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, Reading]:
    """The reading of the .docx, and of the .doc made of it."""
    if not shutil.which("soffice"):
        pytest.skip("needs libreoffice")
    folder = tmp_path_factory.mktemp("kantor")
    source = folder / "warta.docx"
    source.write_bytes(article())
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profil",
            "--headless",
            "--convert-to",
            "doc:MS Word 97",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (
        docx.read(source.read_bytes(), Safety()),
        doc.read((folder / "warta.doc").read_bytes(), Safety()),
    )


def test_the_text_is_the_same(readings: tuple[Reading, Reading]) -> None:
    ours, other = ([(p.text, p.story) for p in each.paragraphs if p.text] for each in readings)
    assert ours == other


def test_every_character_looks_the_same(readings: tuple[Reading, Reading]) -> None:
    ours, other = (
        [
            (text, run.font, run.size, run.bold)
            for p in each.paragraphs
            for run in p.runs
            for text in run.text
        ]
        for each in readings
    )
    assert ours == other


def test_lines_are_as_far_apart(readings: tuple[Reading, Reading]) -> None:
    ours, other = (
        [(p.spacing.rule, round(p.spacing.value, 3)) for p in each.paragraphs if p.text]
        for each in readings
    )
    assert ours == other
    assert ("auto", 2.0) in other
    assert ("exact", 18.0) in other


def test_titles_and_lists_are_told(readings: tuple[Reading, Reading]) -> None:
    _, made = readings
    told = {p.text: (p.centered, p.listed) for p in made.paragraphs if p.text}
    assert told["Warga Siantan Bangun Saluran"] == (True, False)
    assert told["Musyawarah warga"] == (False, True)


def test_the_photo_is_told(readings: tuple[Reading, Reading]) -> None:
    _, made = readings
    (picture,) = made.pictures
    assert (picture.kind, picture.width, picture.height) == ("jpeg", 640, 480)
    assert made.paragraphs[picture.after].text == "Foto 1. Warga bekerja."


def test_a_real_article_is_read_whole() -> None:
    """The demo's .doc, in Times New Roman 12, single."""
    content = Path(makers.__file__).with_name("kiriman-lama.doc").read_bytes()
    file = File(name="a.doc", kind="doc", size=len(content), sha256="0" * 64, load=lambda: content)
    found = read_document(file, Safety())
    assert (found.share.font, found.share.size, found.share.spacing) == (1.0, 1.0, 1.0)
    assert found.title.startswith("Kolaborasi Pemda dan Warga")
    assert found.byline is not None
    assert (found.byline.name, found.dateline) == ("Sri Wahyuni", "Jambi")
