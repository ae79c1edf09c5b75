"""The tidied copy of real packages: one part is written again, the rest is theirs byte by byte."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from ingest.read.document.document import read_document
from ingest.read.document.reformat import reformat_document
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from redaksi.model import Document
from tests.builders import article_text, file, saved
from tests.builders import docx as make
from validators.registry import TIDIED, check, make_rulebook
from validators.samples import make_submission

EVERY = 10  # of the corpus; all of it takes a minute
PROSE = article_text(600)


def read(content: bytes) -> Document:
    return read_document(file("Naskah.docx", content, "docx"), Safety())


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def list_changed(content: bytes, copy: bytes) -> set[str]:
    before, after = parts(content), parts(copy)
    assert list(before) == list(after)
    return {name for name in before if before[name] != after[name]}


def list_left(document: Document) -> set[str]:
    """What a copy should have nothing of."""
    found = check(make_submission(documents=(document,)), make_rulebook({}))
    return {finding.code for finding in found} & TIDIED


def test_real_documents_keep_text_and_every_other_part(corpus: Path) -> None:
    tidied = 0
    for path in sorted((corpus / "word").rglob("*.docx"))[::EVERY]:
        content = path.read_bytes()
        before = read(content)
        if not before.readable or not before.judged:
            continue
        try:
            copy = reformat_document(content, "docx", before, anew=False)
        except Unreadable:
            continue
        after = read(copy)
        assert [each.text for each in after.paragraphs] == [
            each.text for each in before.paragraphs
        ], path.name
        assert len(list_changed(content, copy)) == 1, path.name
        assert list_left(after) == set(), path.name
        tidied += 1
    assert tidied >= 8


def with_comments() -> bytes:
    """A package with a part that nothing refers to, and one that no reader of ours knows."""
    out = io.BytesIO(make(PROSE, font="Calibri", size=11))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("customXml/sisa.xml", "<a/>")
        package.writestr("word/commentsExtensible.xml", "<b> </b>")
    return out.getvalue()


def test_what_nothing_refers_to_stays() -> None:
    content = with_comments()
    copy = reformat_document(content, "docx", read(content))
    assert list_changed(content, copy) == {"word/document.xml"}


@pytest.mark.parametrize(
    ("font", "text"),
    [("Wingdings", "l"), ("Symbol", "\uf0b7"), ("Calibri", "\uf0a7"), ("wingdings 2", "P")],
)
def test_a_letter_that_is_a_picture_stays_one(font: str, text: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run(text).font.name = font
    paragraph.add_run(PROSE).font.name = "Calibri"
    content = saved(document)
    copy = docx.Document(io.BytesIO(reformat_document(content, "docx", read(content))))
    drawn, written = copy.paragraphs[0].runs
    assert (drawn.font.name, drawn.font.size) == (font, None)
    assert (written.font.name, written.font.size) == ("Times New Roman", Pt(12))


def test_what_cannot_be_mended_in_place_is_refused_unless_it_may_be_written_anew() -> None:
    content = make(PROSE, font="Calibri")
    strict = io.BytesIO()
    with zipfile.ZipFile(strict, "w") as package:
        for name, octets in parts(content).items():
            kind = octets.replace(
                b"wordprocessingml.document.main", b"wordprocessingml.template.main"
            )
            package.writestr(name, kind if name == "[Content_Types].xml" else octets)
    template = strict.getvalue()
    assert read(template).readable
    with pytest.raises(Unreadable):
        reformat_document(template, "docx", read(template), anew=False)
    assert list_left(read(reformat_document(template, "docx", read(template)))) == set()


def test_a_title_keeps_its_look() -> None:
    content = make(PROSE, font="Calibri", size=11, title="Warga Bangun Saluran Air")
    copy = docx.Document(io.BytesIO(reformat_document(content, "docx", read(content))))
    before = docx.Document(io.BytesIO(content)).paragraphs[0].runs[0]
    after = copy.paragraphs[0].runs[0]
    assert after.text == "Warga Bangun Saluran Air"
    assert (after.font.name, after.font.size) == (before.font.name, before.font.size)
    assert copy.paragraphs[-1].runs[0].font.name == "Times New Roman"


def test_what_stands_in_a_box_keeps_its_look() -> None:
    document = docx.Document(io.BytesIO(make(PROSE, font="Calibri", size=11)))
    boxed = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
        '<w:txbxContent><w:p><w:r><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr><w:t>Kotak</w:t></w:r></w:p>'
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.paragraphs[-1]._p.append(parse_xml(boxed))
    content = saved(document)
    copy = parts(reformat_document(content, "docx", read(content)))["word/document.xml"]
    box = copy.partition(b"<w:txbxContent>")[2].partition(b"</w:txbxContent>")[0]
    assert b"Kotak" in box
    assert b"Times New Roman" not in box


def test_a_package_that_cannot_be_copied_whole_has_no_copy() -> None:
    content = with_comments()
    document = read(content)
    broken = content.replace(b"<b> </b>", b"<c> </c>")  # its checksum is another
    assert broken != content
    with pytest.raises(Unreadable):
        reformat_document(broken, "docx", document)


def test_an_office_opens_it(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("needs libreoffice")
    content = with_comments()
    copy = tmp_path / "salinan.docx"
    copy.write_bytes(reformat_document(content, "docx", read(content)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    wanted = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run(
        ["soffice", profile, *wanted, str(copy)], check=True, capture_output=True, timeout=120
    )
    opened = (tmp_path / "salinan.txt").read_text(encoding="utf-8-sig")
    assert opened.split() == " ".join(each.text for each in read(content).paragraphs).split()
