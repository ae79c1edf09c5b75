"""What offices do to a document, made with python-docx: a sheet of paper to write on."""

import io
from collections.abc import Sequence

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph
from msgspec import Struct

from tests.builders import jpeg, saved


class App(Struct, frozen=True, kw_only=True):
    """A document and what a reader must find in it. `body` is the article's text, paragraph by
    paragraph."""

    name: str
    content: bytes
    body: Sequence[str]
    title: str = ""
    byline: tuple[str, str] | None = None
    dateline: str = ""
    captions: Sequence[tuple[str, str]] = ()

    @property
    def characters(self) -> int:
        return sum(not letter.isspace() for text in self.body for letter in text)


class Paper:
    """A document of Times New Roman 12, single."""

    def __init__(self, font: str = "Times New Roman", size: float = 12) -> None:
        self.document = docx.Document()
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = font, Pt(size)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
        normal.paragraph_format.line_spacing = 1.0

    def line(
        self,
        text: str = "",
        *,
        bold: bool = False,
        center: bool = False,
        style: str = "",
        font: str = "",
        size: float = 0,
        italic: bool = False,
    ) -> Paragraph:
        """A paragraph; line breaks in `text` are Shift+Enter."""
        paragraph = self.document.add_paragraph(style=style or None)
        dress(paragraph, text, bold=bold, center=center, font=font, size=size, italic=italic)
        return paragraph

    def lines(self, texts: Sequence[str], *, blank: bool = False) -> None:
        for text in texts:
            self.line(text)
            if blank:
                self.line()

    def picture(
        self, width: int = 900, height: int = 600, *, seed: int = 0, center: bool = True
    ) -> None:
        self.document.add_picture(io.BytesIO(jpeg(width, height, seed)), width=Inches(3))
        if center:
            self.document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER

    def table(
        self, rows: Sequence[Sequence[str | bytes]], *, bold: bool = False, center: bool = False
    ) -> None:
        """A table; bytes are pictures, line breaks in a text part it into paragraphs."""
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                cell = table.cell(r, c)
                if isinstance(value, bytes):
                    cell.paragraphs[0].add_run().add_picture(io.BytesIO(value), width=Inches(1))
                    continue
                for at, text in enumerate(value.split("\n")):
                    paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                    dress(paragraph, text, bold=bold, center=center)

    def content(self) -> bytes:
        return saved(self.document)


def dress(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    center: bool = False,
    font: str = "",
    size: float = 0,
    italic: bool = False,
) -> None:
    """Put `text` into a paragraph as one run."""
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if not text:
        return
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if font:
        run.font.name = font
        run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if size:
        run.font.size = Pt(size)
