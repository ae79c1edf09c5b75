"""A mail of ours that the fork server reads once, before it forks: what a reading builds at its
first need (patterns, tables, caches) then stands in memory for every child.

It is made here; no byte of it comes from outside.
"""

import base64
import io
import zipfile

from PIL import Image

from desk.pipeline import examine
from ingest.read.parcel import read_email
from redaksi.limits import Limits

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_LINES = (
    "Warga Memperbaiki Saluran",
    "Pontianak, 23 November 2026",
    "Penulis: Rahmawati",
    *(
        "Warga bergotong royong memperbaiki saluran air sepanjang dua ratus meter."
        for _ in range(9)
    ),
    "IMG_1.jpg: Warga bekerja bakti.",
)


def rehearse() -> None:
    """Read it as a child would. The answer is of no interest; a mistake in it is one of ours."""
    limits = Limits()
    parcel = read_email(make_mail(), "rehearsal", limits.safety)
    examine(parcel, limits, lambda _original, _role, _content: None)


def make_mail() -> bytes:
    """A contributor's mail: words, a document, a photo."""
    picture = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(picture, "JPEG")
    files = (("Warta.docx", _make_document()), ("IMG_1.jpg", picture.getvalue()))
    head = (
        b"From: Rahmawati <rahmawati@warta.example>\r\nTo: redaksi@warta.example\r\n"
        b"Subject: Naskah\r\nDate: Mon, 23 Nov 2026 08:00:00 +0700\r\nMessage-ID: <r@warta.example>"
        b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTerlampir naskah dan foto.\r\n"
    )
    return head + b"".join(_make_part(*file) for file in files) + b"--b--\r\n"


def _make_part(name: str, content: bytes) -> bytes:
    head = (
        f'--b\r\nContent-Type: application/octet-stream; name="{name}"\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(content) + b"\r\n"


def _make_document() -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _LINES)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": (
            f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>'
        ),
    }
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in parts.items():
            written.writestr(name, text)
    return package.getvalue()
