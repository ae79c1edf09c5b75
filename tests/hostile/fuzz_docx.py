"""Seeded mutation of the XML inside valid .docx files: `python -m tests.hostile.fuzz_docx [seconds]
[seed]`.

A mutant may be read or refused with Unreadable; any other exception, and a reading that takes over
a second, is a defect. The files are made here; those of REDAKSI_CORPUS join them when it is set.
"""

import contextlib
import io
import os
import random
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx as python_docx
from docx.shared import Pt
from PIL import Image

from ingest.read.document import docx
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from tests.unit.document.word_parts import SPACES, TIMES_12, package, para, run, style, theme

SLOW = 1.0  # seconds
_LARGEST = 60_000  # bytes of a corpus file worth mutating
_NUMBERS = [
    b"0", b"-1", b"1", b"65536", b"4294967296", b"99999999999999999999", b"NaN", b"1e309", b"", b"\xff", b"0x10",
]  # fmt: skip
_TAGS = [
    b"<w:p>", b"</w:p>", b"<w:r>", b"</w:r>", b"<w:tbl>", b"<w:tr>", b"<w:tc>", b"<w:sdt>", b"<w:sdtContent>",
    b"<w:pPr/>", b'<w:fldChar w:fldCharType="begin"/>', b'<w:fldChar w:fldCharType="end"/>', b"<w:txbxContent>",
    b"<w:rPr/>", b"<w:del/>", b"<mc:AlternateContent>", b'<mc:Choice Requires="x">', b"<!--", b"-->", b"<![CDATA[",
    b"]]>", b"<!DOCTYPE a>", b"&#0;", b"&lol;", b"&#x10FFFF;", b"<w:basedOn/>", b'<w:basedOn w:val="Normal"/>',
    b"<?xml?>", b"xmlns:w=''",
]  # fmt: skip


def seeds(corpus: str = "") -> list[dict[str, bytes]]:
    """Parts of the files that are mutated: two made here, and the smaller ones of a corpus."""
    made = [_rich(), _office()]
    if corpus:
        for path in sorted(Path(corpus, "word").rglob("*.docx")):
            content = path.read_bytes()
            if len(content) <= _LARGEST:
                made.append(content)
    found = []
    for content in made:
        with (
            contextlib.suppress(zipfile.BadZipFile),
            zipfile.ZipFile(io.BytesIO(content)) as archive,
        ):
            found.append({name: archive.read(name) for name in archive.namelist()})
    return found


def mutants(seed: int, corpus: str = "") -> Iterator[bytes]:
    """Packages of which one part, or two, is changed in a few places; for ever."""
    choose = random.Random(seed)
    sources = seeds(corpus)
    while True:
        parts = dict(choose.choice(sources))
        names = [name for name in parts if name.endswith((".xml", ".rels"))]
        for name in choose.sample(names, min(len(names), choose.choice((1, 1, 2)))):
            parts[name] = _changed(choose, parts[name])
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        yield buffer.getvalue()


def trial(content: bytes) -> float:
    """Reads a mutant: the seconds of processor time it took. Raises what is a defect."""
    start = time.process_time()
    with contextlib.suppress(Unreadable):
        docx.read(content, Safety())
    return time.process_time() - start


def _changed(choose: random.Random, content: bytes) -> bytes:
    for _ in range(choose.choice((1, 1, 2, 5))):
        content = choose.choice(_CHANGES)(choose, content)
    return content


def _spans(
    choose: random.Random, content: bytes, opening: bytes, closing: bytes
) -> tuple[int, int]:
    """A piece between two marks, near a random place; (0, 0) when there is none."""
    start = content.find(opening, choose.randrange(len(content) + 1))
    end = content.find(closing, start + 1) if start >= 0 else -1
    return (start, end + len(closing)) if end >= 0 else (0, 0)


def _without_tag(choose: random.Random, content: bytes) -> bytes:
    start, end = _spans(choose, content, b"<", b">")
    return content[:start] + content[end:]


def _twice(choose: random.Random, content: bytes) -> bytes:
    start, end = _spans(choose, content, b"<w:", b"/>")
    return content[:end] + content[start:end] * choose.choice((1, 2, 50)) + content[end:]


def _moved(choose: random.Random, content: bytes) -> bytes:
    start, end = _spans(choose, content, b"<w:", b"/>")
    piece, rest = content[start:end], content[:start] + content[end:]
    place = rest.find(b"<", choose.randrange(len(rest) + 1))
    return rest[:place] + piece + rest[place:] if place >= 0 else content


def _value(choose: random.Random, content: bytes) -> bytes:
    start, end = _spans(choose, content, b'="', b'"')
    end = content.find(b'"', start + 2) if end else 0
    return content[: start + 2] + choose.choice(_NUMBERS) + content[end:] if end > 0 else content


def _inserted(choose: random.Random, content: bytes) -> bytes:
    place = content.find(b"<", choose.randrange(len(content) + 1))
    return content[:place] + choose.choice(_TAGS) + content[place:] if place >= 0 else content


def _renamed(choose: random.Random, content: bytes) -> bytes:
    start, end = _spans(choose, content, b"<w:", b">")
    other = _spans(choose, content, b"<w:", b">")
    return content[:start] + content[slice(*other)] + content[end:]


def _byte(choose: random.Random, content: bytes) -> bytes:
    place = choose.randrange(len(content)) if content else 0
    return content[:place] + bytes([choose.randrange(256)]) + content[place + 1 :]


def _cut(choose: random.Random, content: bytes) -> bytes:
    return content[: choose.randrange(len(content) + 1)]


_CHANGES = (_without_tag, _twice, _moved, _value, _value, _inserted, _renamed, _byte, _cut)


def _rich() -> bytes:
    """One of everything the walk knows."""
    box = f"<w:drawing><w:txbxContent>{para('kotak')}</w:txbxContent><a:blip r:embed='i'/></w:drawing>"
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{run(kind)}'
        for kind in ("begin", "separate", "end")
    )
    styled = para("sel", '<w:pStyle w:val="A"/>')
    cell = f"<w:tc>{styled}</w:tc>"
    body = (
        para("judul", '<w:pStyle w:val="A"/><w:jc w:val="center"/>')
        + f"<w:p>{field}<w:ins>{run('baru')}</w:ins><w:del>{run('lama')}</w:del></w:p>"
        + f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        + "</mc:AlternateContent></w:r></w:p>"
        + '<w:tbl><w:tblPr><w:tblStyle w:val="T"/><w:tblLook w:val="04A0"/></w:tblPr>'
        + f"<w:tr>{cell}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>"
        + f"<w:sdt><w:sdtContent>{para('isi')}</w:sdtContent></w:sdt>"
        + '<w:p><w:r><w:footnoteReference w:id="2"/><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>'
        + '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:titlePg/></w:sectPr>'
    )
    styles = (
        TIMES_12
        + style("Normal", default=True)
        + style("A", based="Normal", inner="<w:rPr><w:b/><w:sz w:val='28'/></w:rPr>")
        + style(
            "T",
            "table",
            inner='<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>',
        )
    )
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "jpeg")
    return package(
        body,
        styles=styles,
        parts={
            "theme": theme(),
            "settings": f"<w:settings {SPACES}><w:themeFontLang w:bidi='ar-SA'/></w:settings>",
            "footnotes": f'<w:footnotes {SPACES}><w:footnote w:id="2">{para("catatan")}</w:footnote></w:footnotes>',
        },
        relations=[("h", "header", "h.xml"), ("i", "image", "media/foto.jpg")],
        extra={
            "word/h.xml": f"<w:hdr {SPACES}>{para('kop')}</w:hdr>",
            "word/media/foto.jpg": picture.getvalue(),
        },
    )


def _office() -> bytes:
    document = python_docx.Document()
    document.add_heading("Desa membuka jalan baru", 1)
    for number in range(6):
        added = document.add_paragraph().add_run(
            f"Paragraf {number} tentang jalan desa yang baru dibuka."
        )
        added.font.name, added.font.size = "Times New Roman", Pt(12)
    document.add_table(2, 2, style="Light Grid Accent 1").cell(0, 0).text = "sel"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def main(seconds: float, seed: int) -> None:
    """Prints what it did; ends with an error at the first defect, whose mutant it leaves behind."""
    deadline, tried, worst = time.monotonic() + seconds, 0, 0.0
    for content in mutants(seed, os.environ.get("REDAKSI_CORPUS", "")):
        try:
            worst = max(worst, trial(content))
            if worst > SLOW:
                raise TimeoutError(f"{worst:.1f} s")
        except BaseException:
            Path(f"fuzz-docx-{seed}-{tried}.docx").write_bytes(content)
            raise
        tried += 1
        if time.monotonic() > deadline:
            break
    print(
        f"{tried} mutants of .docx (seed {seed}): nothing but Unreadable, the slowest {worst * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 60.0,
        int(sys.argv[2]) if len(sys.argv) > 2 else 1,
    )
