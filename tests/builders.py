"""Makes what tests are about: Word documents, photos, mails and ready-read structs. Same
arguments, same bytes."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import docx as python_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from desk.demo import makers
from desk.demo.texts import CLOSING, MIDDLES, OPENINGS
from redaksi.arrival import File
from redaksi.model import Caption, Document, Photo, Run, Share, Spacing, Submission
from redaksi.model import Paragraph as ReadParagraph

WHEN = datetime(2026, 11, 1, tzinfo=UTC)


def article_text(characters: int) -> str:
    """Indonesian news of exactly `characters` code points without spaces, paragraphs parted by a
    line break."""
    pool = [
        text.format(place="Siantan Hulu", work="membangun saluran air")
        for text in (*OPENINGS, *MIDDLES, CLOSING)
    ]
    paragraphs: list[str] = []
    left, turn = characters, 0
    while left > 0:
        text = _cut(pool[turn % len(pool)], left)
        paragraphs.append(text)
        left -= len("".join(text.split()))
        turn += 1
    return "\n".join(paragraphs)


def _cut(text: str, most: int) -> str:
    """The first `most` characters that are not spaces, closed by a full stop."""
    seen = 0
    for at, letter in enumerate(text):
        seen += not letter.isspace()
        if seen == most:
            return text if at + 1 >= len(text) else text[:at] + "."
    return text


def docx(
    paragraphs: Sequence[str] | str,
    font: str = "Times New Roman",
    size: float = 12,
    line: float | None = 1.0,
    title: str = "",
    byline: str = "",
    captions: Sequence[str] = (),
    pictures: Sequence[bytes] = (),
) -> bytes:
    """A .docx with a centred bold title, the paragraphs, pictures, "Penulis: …" and a block of
    captions.

    `line` is spacing in lines, None leaves the template's. A text is parted into paragraphs at its
    line breaks.
    """
    document = python_docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if line is not None:
        normal.paragraph_format.line_spacing = line
    if title:
        head = document.add_paragraph()
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.add_run(title).bold = True
    for text in paragraphs.split("\n") if isinstance(paragraphs, str) else paragraphs:
        document.add_paragraph(text)
    for picture in pictures:
        document.add_picture(io.BytesIO(picture), width=Inches(4))
    if byline:
        document.add_paragraph(f"Penulis: {byline}")
    if captions:
        document.add_paragraph("Keterangan foto:")
        for caption in captions:
            document.add_paragraph(caption)
    return saved(document)


def saved(document: "python_docx.document.Document") -> bytes:
    """The bytes of a python-docx document, without the clock."""
    document.core_properties.created = document.core_properties.modified = WHEN
    out = io.BytesIO()
    document.save(out)
    return makers.undated(out.getvalue())


SIGNATURE = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
_ORIGIN = (
    b'<Relationship Id="tanda" Target="_xmlsignatures/origin.sigs" Type="http://schemas.openxmlformats.org'
    b'/package/2006/relationships/digital-signature/origin"/></Relationships>'
)


def signed(content: bytes, says: str = SIGNATURE) -> bytes:
    """A .docx with the parts of a digital signature (ECMA-376 part 2, 13), whose main one `says` that it
    is of this type."""
    rows = (
        '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/>'
        f'<Override PartName="/_xmlsignatures/sig1.xml" ContentType="{says}"/></Types>'
    )
    endings = {
        "_rels/.rels": (b"</Relationships>", _ORIGIN),
        "[Content_Types].xml": (b"</Types>", rows.encode()),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            was, now = endings.get(name, (b"", b""))
            new.writestr(name, old.read(name).replace(was, now) if was else old.read(name))
        new.writestr("_xmlsignatures/origin.sigs", b"")
        new.writestr("_xmlsignatures/sig1.xml", b"<Signature/>")
    return out.getvalue()


def jpeg(width: int = 1600, height: int = 1200, seed: int = 0) -> bytes:
    """A photo as JPEG."""
    return makers.photo(width, height, seed)


def png(width: int = 1600, height: int = 1200, seed: int = 0) -> bytes:
    """A photo as PNG."""
    return makers.photo(width, height, seed, kind="PNG")


def mail(
    from_: tuple[str, str] | str = ("Rahmawati", "rahmawati@kontributor.example"),
    subject: str = "Kiriman naskah warta",
    attachments: Sequence[tuple[str, bytes]] = (),
    text: str = "Yth. Redaksi,\n\nTerlampir naskah dan foto.\n",
    headers: Sequence[tuple[str, str]] = (),
    authenticated: str = "dmarc=pass",
    when: datetime = datetime(2026, 11, 23, 7, 5, tzinfo=UTC),
) -> bytes:
    """A mail as our border hands it over; `attachments` are (name, bytes)."""
    sender = ("", from_) if isinstance(from_, str) else from_
    return makers.mail(
        sender, subject, text, attachments, when=when, headers=headers, authenticated=authenticated
    )


def file(name: str, content: bytes, kind: str) -> File:
    """A File whose kind was already told from its content."""
    load: Callable[[], bytes] = lambda: content  # noqa: E731 - a File carries a callable
    return File(
        name=name,
        kind=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        load=load,
    )


def digest(name: str) -> str:
    """A stand-in SHA-256, the same for the same name."""
    return hashlib.sha256(name.encode()).hexdigest()


def paragraph(
    text: str, font: str = "Times New Roman", size: float = 12.0, **rest: object
) -> ReadParagraph:
    """A paragraph of one run; `bold` goes to the run, `line` is auto spacing, the rest to the
    paragraph."""
    run = Run(text=text, font=font, size=size, bold=bool(rest.pop("bold", False)))
    spacing = Spacing(value=float(str(rest.pop("line", 1.0))))
    return ReadParagraph(**{"runs": (run,), "spacing": spacing, **rest})  # type: ignore[arg-type]


def document(**rest: object) -> Document:
    """A good document as read: 1,800 characters, fully in Times New Roman 12, single."""
    name = str(rest.get("name", "Naskah.docx"))
    good: dict[str, object] = {
        "name": name,
        "kind": "docx",
        "sha256": digest(name),
        "size": 14_000,
        "characters": 1800,
        "pages": 0.8,
        "title": "Warga Bangun Saluran Air",
        "share": Share(),
    }
    return Document(**{**good, **rest})  # type: ignore[arg-type]


def photo(**rest: object) -> Photo:
    """A good photo as read: 1600 x 1200 JPEG with a caption."""
    name = str(rest.get("name", "IMG_2041.jpg"))
    good: dict[str, object] = {
        "name": name,
        "kind": "jpeg",
        "sha256": digest(name),
        "size": 400_000,
        "width": 1600,
        "height": 1200,
        "caption": Caption(text="Warga bergotong royong.", source="document", evidence="name"),
    }
    return Photo(**{**good, **rest})  # type: ignore[arg-type]


def submission(**rest: object) -> Submission:
    """A submission that every rule passes: one good document, one good photo."""
    good: dict[str, object] = {
        "documents": (document(),),
        "photos": (photo(),),
        "title": "Warga Bangun Saluran Air",
    }
    return Submission(**{**good, **rest})  # type: ignore[arg-type]
