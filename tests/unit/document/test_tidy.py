"""The tidied copy: nothing left to find fault with, nothing lost."""

import io
import zipfile

import docx
import msgspec
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from ingest.read.document.document import read_document
from ingest.read.document.reformat import reformat_document
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from redaksi.model import Document
from tests.builders import article_text, file, jpeg, paragraph, saved
from tests.builders import docx as make
from tests.offices.documents import offices
from tests.offices.paper import App, Paper

PROSE = article_text(600)


def read(content: bytes) -> Document:
    return read_document(file("Naskah.docx", content, "docx"), Safety())


def mended(content: bytes) -> Document:
    return read(reformat_document(content, "docx", read(content)))


def words(document: Document) -> list[str]:
    return [each.text for each in document.paragraphs]


def without_fault(document: Document) -> bool:
    faults = (document.font, document.size_fault, document.spacing)
    return not any(fault.found for fault in faults) and document.share.size == 1


def test_font_size_and_spacing_are_mended() -> None:
    content = make(
        PROSE,
        font="Calibri",
        size=11,
        line=1.5,
        title="Warga Bangun Saluran Air",
        byline="Rahmawati",
        captions=["Foto 1. Warga mengangkat batu."],
    )
    before, after = read(content), mended(content)
    assert before.share.font == 0
    assert without_fault(after)
    assert words(after) == words(before)
    assert (after.title, after.byline, after.captions) == (
        before.title,
        before.byline,
        before.captions,
    )


@pytest.mark.parametrize("office", list(offices()), ids=lambda office: office.name)
def test_an_offices_document_keeps_its_parts(office: App) -> None:
    before, after = read(office.content), mended(office.content)
    assert without_fault(after)
    assert words(after) == words(before)
    assert (after.title, after.byline, after.captions, after.characters) == (
        before.title,
        before.byline,
        before.captions,
        before.characters,
    )


def styled_badly() -> bytes:
    """Theme fonts, character styles, complex-script sizes, a table, a tracked insertion, exact
    spacing."""
    document = docx.Document()  # the template's own Normal is a theme font
    first = document.add_paragraph()
    run = first.add_run(PROSE.split("\n")[0])
    run.bold, run.italic = True, True
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")
    fonts.set(qn("w:hAnsiTheme"), "minorHAnsi")
    second = document.add_paragraph(PROSE.split("\n")[1], style="Intense Quote")
    second.paragraph_format.line_spacing = Pt(22)
    document.add_paragraph("Warga bekerja bersama dengan riang gembira setiap hari.").runs[
        0
    ].style = "Intense Emphasis"
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "Isi tabel yang ditulis warga setelah kerja bakti selesai."
    cell.paragraphs[0].runs[0].font.name = "Arial"
    inserted = (
        f'<w:p {nsdecls("w")}><w:ins w:id="1" w:author="a"><w:r><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
        '<w:szCs w:val="40"/></w:rPr><w:t>Kalimat ini disisipkan oleh penyunting naskah tadi pagi.</w:t></w:r></w:ins>'
        "</w:p>"
    )
    document.element.body.insert(2, parse_xml(inserted))
    return saved(document)


def test_whatever_set_the_wrong_look_the_copy_has_none() -> None:
    before, after = read(styled_badly()), mended(styled_badly())
    assert not without_fault(before)
    assert without_fault(after)
    assert words(after) == words(before)


def test_bold_and_italics_stay() -> None:
    copy = docx.Document(
        io.BytesIO(reformat_document(styled_badly(), "docx", read(styled_badly())))
    )
    run = copy.paragraphs[0].runs[0]
    assert (run.bold, run.italic, run.font.name, run.font.size) == (
        True,
        True,
        "Times New Roman",
        Pt(12),
    )


def test_the_copy_states_its_size_in_the_order_of_the_schema() -> None:
    """ECMA-376 part 1, 17.3.2 (CT_RPr): rFonts, b, i, …, sz, szCs, …, u: Word refuses others as
    damaged."""
    document = docx.Document()
    run = document.add_paragraph().add_run(PROSE)
    run.bold, run.underline, run.font.highlight_color = True, True, WD_COLOR_INDEX.YELLOW
    copy = docx.Document(
        io.BytesIO(reformat_document(saved(document), "docx", read(saved(document))))
    )
    properties = copy.paragraphs[0].runs[0]._r.rPr
    assert properties is not None
    names = [each.tag.rpartition("}")[2] for each in properties]
    assert names == ["rFonts", "b", "sz", "szCs", "highlight", "u"]


def test_a_title_known_by_its_size_alone_is_mended_when_it_becomes_body() -> None:
    paper = Paper("Calibri", 11)
    # larger than the body until that is mended
    paper.line("Warga Siantan Hulu: gotong royong;", size=12)
    paper.lines(PROSE.split("\n"))
    assert read(paper.content()).title
    assert without_fault(mended(paper.content()))


def test_links_tables_and_pictures_stay() -> None:
    paper = Paper("Calibri", 11)
    paper.lines(PROSE.split("\n"))
    paper.picture(640, 480)
    paper.table([["a", "b"], ["c", "d"]])
    link = f'<w:hyperlink {nsdecls("w")} w:anchor="atas"><w:r><w:t>laman warga</w:t></w:r></w:hyperlink>'
    paper.document.paragraphs[0]._p.append(parse_xml(link))
    content = paper.content()
    copy = reformat_document(content, "docx", read(content))
    opened = docx.Document(io.BytesIO(copy))
    assert len(opened.tables) == 1
    assert opened.paragraphs[0].hyperlinks[0].text == "laman warga"
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        media = [name for name in old.namelist() if "/media/" in name]
        assert media
        assert all(old.read(name) == new.read(name) for name in media)
    assert read(copy).pictures == read(content).pictures


def test_the_configured_typography_is_written() -> None:
    content = make(PROSE)
    copy = reformat_document(content, "docx", read(content), ("Georgia",), 11.0, 1.5)
    again = read_document(file("n.docx", copy, "docx"), Safety(), ("Georgia",), 11.0, 1.5)
    assert without_fault(again)
    assert again.share.font == again.share.spacing == 1


def test_another_kind_is_written_anew_from_its_text() -> None:
    before = msgspec.structs.replace(
        read(make(PROSE, title="Warga Bangun Saluran Air", byline="Rahmawati")),
        kind="doc",
        name="Naskah.doc",
    )
    after = read(reformat_document(b"\xd0\xcf\x11\xe0", "doc", before))
    assert without_fault(after)
    assert (after.title, after.byline, after.characters) == (
        before.title,
        before.byline,
        before.characters,
    )
    assert words(after) == words(before)


def test_control_characters_do_not_break_the_new_document() -> None:
    text = paragraph("Satu\x01dua\x0btiga " + PROSE.split("\n")[0])
    document = msgspec.structs.replace(read(make(PROSE)), kind="doc", paragraphs=(text,))
    assert (
        read(reformat_document(b"", "doc", document)).paragraphs[0].text.startswith("Satudua\ntiga")
    )


def test_the_same_document_gives_the_same_bytes() -> None:
    content = make(PROSE, font="Arial", pictures=[jpeg(300, 200)])
    assert reformat_document(content, "docx", read(content)) == reformat_document(
        content, "docx", read(content)
    )


def test_what_was_not_read_is_not_tidied() -> None:
    with pytest.raises(Unreadable):
        reformat_document(b"x", "docx", read(b"x"))
