"""Tokens of Word files: elements that stand side by side and within each other, styles, fields,
modifiers, pieces, records; each in a whole mail."""

import struct
from functools import partial

from tests.hostile.poison.reading import Case
from tests.unit.document import word_parts
from tests.unit.document.doc_parts import Made, StyleOf, compound, document, hps, streams
from tests.unit.document.word_parts import TIMES_12, para, style
from tests.unit.read_mail import mails

_TABLE, _TABLE_END = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
_RUN = "<w:r><w:t>warga</w:t></w:r>"
_P = f"<w:p>{_RUN}</w:p>"
_CELL = f"<w:tc>{_P}</w:tc>"
_BOX = (
    "<w:r><w:drawing><wps:txbx><w:txbxContent>", "</w:txbxContent></wps:txbx></w:drawing></w:r>"
)  # fmt: skip
_BEGIN, _SEPARATE, _END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
_CODE = "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
# what may stand in a paragraph, and what among paragraphs
_INLINE = {
    "run": _RUN,
    "empty run": "<w:r/>",
    "tab": "<w:r><w:tab/></w:r>",
    "break": "<w:r><w:br/></w:r>",
    "symbol": '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    "properties": '<w:r><w:rPr><w:b/><w:sz w:val="24"/></w:rPr><w:t>a</w:t></w:r>',
    "begin": _BEGIN,
    "separate": _SEPARATE,
    "end": _END,
    "field": f"{_BEGIN}{_CODE}{_SEPARATE}{_RUN}{_END}",
    "open field": f"{_BEGIN}{_CODE}{_SEPARATE}{_RUN}",
    "insertion": f"<w:ins>{_RUN}</w:ins>",
    "deletion": "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>",
    "link": f"<w:hyperlink>{_RUN}</w:hyperlink>",
    "control": f"<w:sdt><w:sdtContent>{_RUN}</w:sdtContent></w:sdt>",
    "ruby": f"<w:r><w:ruby><w:rubyBase>{_RUN}</w:rubyBase></w:ruby></w:r>",
    "note": '<w:r><w:footnoteReference w:id="2"/></w:r>',
    "comment": '<w:r><w:commentReference w:id="2"/></w:r>',
    "box": f"{_BOX[0]}{_P}{_BOX[1]}",
    "empty box": f"{_BOX[0]}{_BOX[1]}",
    "blip": '<w:r><w:drawing><a:blip r:embed="r9"/></w:drawing></w:r>',
    "image": '<w:r><w:pict><v:imagedata r:id="r9"/></w:pict></w:r>',
    "choice": f"<mc:AlternateContent><mc:Fallback>{_RUN}</mc:Fallback></mc:AlternateContent>",
    "part": "<w:subDoc/>",
    "bookmark": '<w:bookmarkStart w:id="1" w:name="a"/>',
    "unknown": "<w:x/>",
}
_BLOCKS = {
    "paragraph": _P,
    "empty paragraph": "<w:p/>",
    "deleted mark": f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_RUN}</w:p>",
    "table": f"<w:tbl><w:tr>{_CELL}</w:tr></w:tbl>",
    "empty table": "<w:tbl/>",
    "row": f"<w:tr>{_CELL}</w:tr>",
    "section": "<w:sectPr/>",
    "altChunk": '<w:altChunk r:id="r9"/>',
    "block control": f"<w:sdt><w:sdtContent>{_P}</w:sdtContent></w:sdt>",
    "listed": f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{_RUN}</w:p>',
    "styled": f'<w:p><w:pPr><w:pStyle w:val="Judul"/></w:pPr>{_RUN}</w:p>',
    "picture": f"<w:p>{_INLINE['blip']}</w:p>",
    "boxed": f"<w:p>{_INLINE['box']}</w:p>",
}
_NESTS = {
    "tables": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", _P),
    "boxes": (f"<w:p>{_BOX[0]}", f"{_BOX[1]}</w:p>", _P),
    "controls": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", _P),
    "custom": ("<w:customXml>", "</w:customXml>", _P),
    "insertions": ("<w:ins>", "</w:ins>", _P),
    "choices": (
        "<mc:AlternateContent><mc:Fallback>",
        "</mc:Fallback></mc:AlternateContent>",
        _P,
    ),
    "links": ("<w:p><w:hyperlink>", "</w:hyperlink></w:p>", _RUN),
    "rubies": ("<w:r><w:ruby><w:rubyBase>", "</w:rubyBase></w:ruby></w:r>", _RUN),
    "rows": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", f"<w:tr>{_CELL}</w:tr>"),
}


def make_docx(body: str, **more: object) -> bytes:
    styles = str(more.pop("styles", TIMES_12))
    return word_parts.package(body, styles=styles, **more)  # type: ignore[arg-type]


def _mail(octets: bytes, name: str = "naskah.docx") -> bytes:
    return mails.mail(mails.text("Terlampir naskah."), mails.attachment(octets, name))


def docx_cases(count: int) -> list[Case]:
    """Each element `count` times over: in one paragraph, among paragraphs, in a cell, a note."""
    found = []
    for name, token in _INLINE.items():
        found.append(_case(f"docx inline {name}", "<w:p>", token, count, "</w:p>"))
        found.append(_case(f"docx apart {name}", "", f"<w:p>{token}</w:p>", count, ""))
    for name, token in _BLOCKS.items():
        found.append(_case(f"docx block {name}", "", token, count, ""))
        found.append(
            _case(f"docx cell {name}", _TABLE, token, count, _TABLE_END)
        )  # fmt: skip
    for name, (before, behind, inner) in _NESTS.items():
        found += [
            _case(f"docx {deep} {name}", before * deep, inner, 1, behind * deep)
            for deep in (20, 60, 120, count)
        ]
    row = f"<w:tr>{_CELL}</w:tr>"
    return [
        *found,
        _case("docx rows", "<w:tbl>", row, count, "</w:tbl>"),
        _case("docx cells", "<w:tbl><w:tr>", _CELL, count, "</w:tr></w:tbl>"),
    ]


def _case(name: str, before: str, token: str, count: int, behind: str) -> Case:
    return Case(name, lambda: _mail(make_docx(before + token * count + behind)))


def _doc(text: str, count: int) -> bytes:
    return _mail(document(Made(text=text * count + "\r")), "naskah.doc")


def style_cases(count: int) -> list[Case]:
    """Styles in a chain, in a circle, on one root, all used; relations, fonts, notes, numbers."""

    def chain(base: str) -> str:
        return "".join(style(f"S{n}", based=base.format(n + 1)) for n in range(count))

    used = "".join(para("warga", f'<w:pStyle w:val="S{n}"/>') for n in range(count))
    big = "<w:rPr>" + '<w:sz w:val="24"/><w:b/>' * (count // 10) + "</w:rPr>"
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p>{_RUN}</w:p></w:footnote>' for n in range(2, count)
    )
    cited = "".join(
        f'<w:p><w:r><w:footnoteReference w:id="{n}"/></w:r></w:p>' for n in range(2, count)
    )
    return [
        Case("styles in a chain", lambda: _mail(make_docx(used, styles=chain("S{}")))),
        Case("styles in a circle", lambda: _mail(make_docx(used, styles=chain("S0")))),
        Case(
            "styles on a large root",
            lambda: _mail(
                make_docx(used, styles=f'<w:style w:type="paragraph" w:styleId="R"><w:name w:val="R"/>{big}</w:style>' + chain("R"))
            ),
        ),
        Case(
            "notes",
            lambda: _mail(
                make_docx(
                    cited,
                    parts={"footnotes": f"<w:footnotes {word_parts.SPACES}>{notes}</w:footnotes>"},
                )
            ),
        ),
        Case(
            "one note cited again and again",
            lambda: _mail(
                make_docx(
                    _BLOCKS["paragraph"] + f'<w:p>{_INLINE["note"] * count}</w:p>',
                    parts={"footnotes": f"<w:footnotes {word_parts.SPACES}>{notes[:200_000].rpartition('<w:footnote ')[0]}</w:footnotes>"},
                )
            ),
        ),
        Case(
            "relations",
            lambda: _mail(
                make_docx(_P, relations=[(f"x{n}", "image", f"media/{n}.png") for n in range(count)])
            ),
        ),
        Case(
            "sections with headers",
            lambda: _mail(
                make_docx(
                    "".join(f'<w:p><w:pPr><w:sectPr><w:headerReference r:id="h{n % 50}" w:type="default"/></w:sectPr></w:pPr></w:p>' for n in range(count)),
                    relations=[(f"h{n}", "header", "header.xml") for n in range(50)],
                    extra={"word/header.xml": f"<w:hdr {word_parts.SPACES}>{_P * (count // 10)}</w:hdr>"},
                )
            ),
        ),
    ]  # fmt: skip


def doc_cases(count: int) -> list[Case]:
    """The same of Word 97: characters, fields, modifiers, pieces, styles, records."""
    found = [
        Case(f"doc {name}", partial(_doc, token, count))
        for name, token in {
            "paragraphs": "a\r", "empty paragraphs": "\r", "cells": "a\x07", "rows": "a\x07\x07",
            "begins": "\x13", "ends": "\x15", "fields": "\x13 DATE \x14kini\x15", "separators": "\x14",
            "pages": "\x0c", "breaks": "\x0b", "pictures": "\x01", "drawings": "\x08", "notes": "\x02",
            "comments": "\x05", "hyphens": "\x1e\x1f", "open fields": "\x13a\x14b",
        }.items()
    ]  # fmt: skip
    condition = struct.pack("<HBH", 0xCA85, 6, 1) + hps(40)
    text = "".join(f"{n}\r" for n in range(20)) * 20
    blocks = tuple((at, at % 300, b"") for at in range(28))
    large = hps(24) * 12_000
    chain = tuple(
        StyleOf(f"S{n}", based=n + 1 if n < 299 else 0xFFF, character=large if n > 290 else b"")
        for n in range(300)
    )
    table = StyleOf("Kisi", kind=3, character=condition * 6_000)
    inside = bytes.fromhex("162401")
    end = bytes.fromhex("162401172401") + struct.pack("<HH", 0x563A, 1)
    pieces = tuple((at, 0) for at in range(count))
    found += [
        Case("doc modifiers of a run", lambda: _mail(document(Made(prcs=(hps(24) * 8_000,), pieces=((0, 1),))), "a.doc")),
        Case("doc pieces", lambda: _mail(document(Made(text="a" * count + "\r", pieces=pieces)), "a.doc")),
        Case("doc pieces with modifiers", lambda: _mail(document(Made(text="a" * count + "\r", pieces=tuple((at, 1) for at in range(count)), prcs=(hps(24) * 8_000,))), "a.doc")),
        Case("doc styles in a chain", lambda: _mail(document(Made(text=text, styles=chain, blocks=blocks)), "a.doc")),
        Case("doc conditions of a table", lambda: _mail(document(Made(text="a\x07\x07a\r", styles=(StyleOf("N"), *(table,) * 50), blocks=((0, 0, inside), (2, 0, end), (3, 0, b"")))), "a.doc")),
        Case("doc fonts", lambda: _mail(document(Made(fonts=("Times New Roman",) * count)), "a.doc")),
        Case("doc styles", lambda: _mail(document(Made(styles=(StyleOf("N"),) * 4_000)), "a.doc")),
        Case("doc streams", lambda: _mail(compound({**streams(Made()), **{f"s{n}": b"" for n in range(min(count, 2_000))}}), "a.doc")),
    ]  # fmt: skip
    return found
