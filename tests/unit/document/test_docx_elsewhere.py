"""Text and formatting that careless writers leave elsewhere: styles without a flag or in a circle,
parts of other documents, characters in elements of their own."""

import pytest

from ingest.read.document.document import read_document
from redaksi.limits import Safety
from tests.builders import file
from tests.unit.document.word_parts import package, para, read, shown, style

_NORMAL = '<w:rPr><w:sz w:val="24"/></w:rPr>'
_FILLER = "".join(style(f"Isi{n}", inner=_NORMAL) for n in range(400))  # a part too large to parse
_EMOJI = (
    '<mc:AlternateContent xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex">'
    '<mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="{}"/></mc:Choice>'
    "<mc:Fallback><w:t>:)</w:t></mc:Fallback></mc:AlternateContent>"
)


def embedded(program: str) -> str:
    return (
        '<w:p><w:r><w:object xmlns:o="urn:schemas-microsoft-com:office:office">'
        f'<o:OLEObject Type="Embed" ProgID="{program}" ShapeID="s" r:id="x"/></w:object></w:r></w:p>'
    )


def named(name: str, identifier: str = "a0") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"{_NORMAL}</w:style>"
    )


# ── styles ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("filler", ["", _FILLER], ids=["parsed whole", "cut"])
@pytest.mark.parametrize(
    ("styles", "size"),
    [
        (named("Normal"), 12.0),
        (named("normal"), 12.0),
        (named("Standar"), 10.0),
        (style("Normal", inner=_NORMAL), 12.0),
        (named("Normal").replace('"paragraph"', '"character"'), 10.0),
        (named("Normal") + style("Dasar", inner="<w:rPr><w:sz w:val='28'/></w:rPr>", default=True), 14.0),
    ],
    ids=["Normal", "normal", "another", "by its id", "a character style", "a flagged one first"],
)  # fmt: skip
def test_a_paragraph_without_a_style_is_in_normal_flagged_or_not(
    styles: str, size: float, filler: str
) -> None:
    assert shown(para("Halo"), filler + styles) == [("Halo", "Times New Roman", size)]


@pytest.mark.parametrize(
    "styles",
    [
        style("A", based="A", inner=_NORMAL),
        style("A", based="B", inner=_NORMAL) + style("B", based="A"),
        style("A", based="B") + style("B", based="C", inner=_NORMAL) + style("C", based="A"),
        style("A", based="B", inner=_NORMAL) + style("B", based="C") + style("C", based="B"),
    ],
    ids=["itself", "two", "three", "a circle further down"],
)
def test_a_circle_of_styles_ends_the_chain(styles: str) -> None:
    assert shown(para("x", '<w:pStyle w:val="A"/>'), styles) == [("x", "Times New Roman", 12.0)]


# ── other documents inside ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        '<w:altChunk r:id="x"/>',
        '<w:p><w:subDoc r:id="x"/></w:p>',
        embedded("Word.Document.12"),
        embedded("Word.Document.8"),
        embedded("Package"),
        '<w:p><w:r><w:object><w:objectEmbed w:progId="Word.Document.12" r:id="x"/></w:object></w:r></w:p>',
        embedded("AcroExch.Document.DC"),
        f"<w:tbl><w:tr><w:tc>{embedded('Word.OpenDocumentText.12')}</w:tc></w:tr></w:tbl>",
    ],
    ids=["altChunk", "subDoc", "docx", "doc", "package", "objectEmbed", "pdf", "in a table"],
)
def test_a_document_with_text_in_another_is_not_judged(body: str) -> None:
    content = package(para("Warga membangun saluran air bersama.") + body)
    found = read_document(file("Naskah.docx", content, "docx"), Safety())
    assert (found.readable, found.judged) == (True, False)


@pytest.mark.parametrize("program", ["Excel.Sheet.12", "Equation.3", "PBrush", ""])
def test_a_chart_or_a_formula_inside_holds_no_article(program: str) -> None:
    assert read(package(embedded(program))).notes == ()


# ── characters ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "text"),
    [("1F60A", "\U0001f60a"), ("2019", "\u2019"), ("D800", ""), ("110000", ""), ("x", ""), ("7", "")],
)  # fmt: skip
def test_a_character_of_the_extended_kind_is_read(code: str, text: str) -> None:
    body = f"<w:p><w:r><w:t>Terima kasih</w:t>{_EMOJI.format(code)}</w:r></w:p>"
    assert [each[0] for each in shown(body)] == [f"Terima kasih{text}"]
