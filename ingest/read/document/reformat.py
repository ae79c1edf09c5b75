"""The tidied copy: the same document with its body in the font, size and line spacing the redaksi
asks for.

Bold, italics, links, tables, tracked changes and pictures stay as they are; title, byline and
captions are left alone, for they are not judged. The main part alone is written again: every other
part of the package is copied byte by byte (python-docx's own saving drops and changes some). What
python-docx cannot open (.doc, a template, a file with macros, strict namespaces) is written anew from
its text where that is wanted.
"""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.shared import Cm, Pt
from docx.text.parfmt import ParagraphFormat
from lxml import etree

from ingest.read.document.docx import read
from ingest.read.document.roles.article import read_article
from ingest.read.document.typography import Asked, measure
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from redaksi.model import Document, Paragraph
from redaksi.reasons import ReasonCode, explain
from redaksi.text.counting import is_visible

_P, _R, _BOX = qn("w:p"), qn("w:r"), qn("w:txbxContent")
_SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DRAWN = frozenset({
    "symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett", "mt extra", "zapfdingbats",
})  # fmt: skip
_BODY = frozenset(("body", "table"))


def reformat_document(
    content: bytes,
    kind: str,
    document: Document,
    names: tuple[str, ...] = ("Times New Roman",),
    points: float = 12.0,
    lines: float = 1.0,
    *,
    anew: bool = True,
) -> bytes:
    """A .docx with the body of `document` (as read from `content`) in the first of `names`,
    `points` and `lines`.

    The same arguments give the same bytes. Raises Unreadable where the document was not readable;
    and, unless it may be written `anew`, where its package cannot be mended in place.
    """
    if not document.readable or not document.judged:
        reason = document.refused or explain(ReasonCode.NOTHING_TO_REFORMAT)
        raise Unreadable(document.kind, reason.code, **reason.facts)
    asked = Asked(names=names, points=points, lines=lines)
    opened = _opened(content) if kind == "docx" else None
    if opened is None and not anew:
        raise Unreadable(document.kind, ReasonCode.NOTHING_TO_REFORMAT)
    if opened is None:
        copy = _anew(document, asked, frozenset({"title"}))
        return _anew(document, asked, frozenset()) if _has_fault(copy, asked) else copy
    apart = Counter(
        _key(each.text)
        for each in document.paragraphs
        if each.role != "body" and is_visible(each.text)
    )
    copy = _mended(content, opened, apart, asked)
    # what was a title by its size alone may be body beside a mended body
    if _has_fault(copy, asked):
        whole = _mended(content, opened, Counter(), asked)
        return copy if _has_fault(whole, asked) else whole
    return copy


def _mended(
    content: bytes, opened: "docx.document.Document", apart: Counter[str], asked: Asked
) -> bytes:
    """The document with all paragraphs dressed but those `apart`, which are known by their
    words."""
    left = apart.copy()
    for paragraph in _paragraphs(opened.element.body):
        key = _key(_text(paragraph))
        if left[key] > 0:
            left[key] -= 1
            continue
        ParagraphFormat(paragraph).line_spacing = asked.lines
        for run in paragraph.iter(_R):
            if isinstance(run, CT_R) and _nearest(run) is paragraph and not _is_drawn(run):
                _dress(run, asked.names[0], asked.points)
    return _replace_part(content, str(opened.part.partname), opened.part.blob)


def _replace_part(content: bytes, name: str, part: bytes) -> bytes:
    """The package with one part written again; what it holds twice under a name is kept as zips are
    read, the last. Raises Unreadable where it cannot be copied whole."""
    out = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            names = dict.fromkeys(old.namelist())  # [Content_Types].xml stays the first
            mine = next(each for each in names if f"/{each}".casefold() == name.casefold())
            for each in names:
                octets = part if each == mine else old.read(each)
                new.writestr(zipfile.ZipInfo(each, _EPOCH), octets, zipfile.ZIP_DEFLATED)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        StopIteration,
    ) as error:
        raise Unreadable("docx", ReasonCode.NOTHING_TO_REFORMAT) from error
    return out.getvalue()


def _has_fault(copy: bytes, asked: Asked) -> bool:
    found = measure(read_article(read(copy, Safety())).parts, asked)
    return bool(found.font.found or found.size.found or found.spacing.found)


def _opened(content: bytes) -> "docx.document.Document | None":
    """The package as python-docx opens it; None for kinds of Word files it does not know."""
    try:
        opened = docx.Document(io.BytesIO(content))
        body = opened.element.body
    except (KeyError, ValueError, AttributeError, NotImplementedError, etree.XMLSyntaxError):
        return None
    return opened if body is not None and body.tag == qn("w:body") else None


def _paragraphs(body: "etree._Element") -> Iterator[CT_P]:
    """Those of body and tables; text boxes are not judged and keep their look."""
    for paragraph in body.iter(_P):
        if isinstance(paragraph, CT_P) and next(paragraph.iterancestors(_BOX), None) is None:
            yield paragraph


def _is_drawn(run: CT_R) -> bool:
    """Whether its letters are pictures of another font: an "l" of Wingdings is a bullet."""
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    named = {fonts.get(qn(slot), "").casefold() for slot in _SLOTS} if fonts is not None else set()
    text = "".join(each.text or "" for each in run.iter(qn("w:t")))
    # U+F000-F0FF: how Word writes the letters of such a font
    return bool(named & _DRAWN) or any("\uf000" <= letter <= "\uf0ff" for letter in text)


def _nearest(run: "etree._Element") -> "etree._Element | None":
    return next(run.iterancestors(_P), None)


def _text(paragraph: CT_P) -> str:
    """The words of a paragraph as they stand in its runs, tracked deletions left out."""
    return "".join(
        each.text or ""
        for each in paragraph.iter(qn("w:t"))
        if next(each.iterancestors(_P), None) is paragraph
    )


def _key(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _dress(run: CT_R, name: str, points: float) -> None:
    """w:rFonts with all four slots and no theme (17.3.2.26), w:sz and w:szCs; all else stays."""
    properties = run.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for slot in _SLOTS:
        fonts.set(qn(slot), name)
    half_points = str(round(points * 2))
    for element in properties.findall(qn("w:szCs")):
        properties.remove(element)
    size = properties.get_or_add_sz()
    size.set(qn("w:val"), half_points)
    other = size.makeelement(qn("w:szCs"), {qn("w:val"): half_points})
    size.addnext(other)


# ── written anew ──────────────────────────────────────────────────────────────────────────────────


def _anew(document: Document, asked: Asked, apart: frozenset[str]) -> bytes:
    """The visible text of body and tables in a new document on A4; roles `apart` keep their
    size."""
    name, points = asked.names[0], asked.points
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(
        2.54
    )
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = name, Pt(points)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    normal.paragraph_format.line_spacing = asked.lines
    for paragraph in document.paragraphs:
        if paragraph.story in _BODY:
            _write(made, paragraph, name, 0 if paragraph.role in apart else points)
    return _saved(made)


def _write(made: "docx.document.Document", paragraph: Paragraph, name: str, points: float) -> None:
    """One paragraph; `points` 0 leaves the size of its runs."""
    written = made.add_paragraph()
    if paragraph.centered:
        written.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in paragraph.runs:
        if run.hidden or not run.text:
            continue
        added = written.add_run(_printable(run.text))
        added.bold = run.bold or None
        _dress(added._r, name, points or run.size or 12.0)


def _printable(text: str) -> str:
    """XML 1.0 knows no other control characters than tab and line ends."""
    return "".join(
        c for c in text.replace("\v", "\n") if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff")
    )


def _saved(document: "docx.document.Document") -> bytes:
    """The package without the clock of the machine."""
    out, dated = io.BytesIO(), io.BytesIO()
    document.save(dated)
    with zipfile.ZipFile(dated) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
