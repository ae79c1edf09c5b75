"""Pictures are taken out of a document as they lie in it."""

import hashlib

import pytest

from ingest.read.document.take_out import take_out
from redaksi.arrival import File
from redaksi.limits import Safety
from tests import builders
from tests.unit.document.doc_parts import Made, compound, streams
from tests.unit.document.test_doc_pictures import JPEG, entry, inline, jpeg, picf, shape

ONE, TWO = builders.jpeg(400, 300, 1), builders.png(400, 300, 2)
DOCX = builders.docx("Warga bekerja.", pictures=[ONE, TWO])
DOC = compound(
    streams(
        Made(
            text="a\r\x01b\r",
            runs=((0, b""), (2, inline()), (3, b"")),
            elsewhere=picf(shape(1, 1) + entry(jpeg(JPEG))),
        )
    )
)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("file", "wanted", "found"),
    [
        (builders.file("n.docx", DOCX, "docx"), [ONE], [ONE]),
        (builders.file("n.docx", DOCX, "docx"), [ONE, TWO], [ONE, TWO]),
        (builders.file("n.docx", DOCX, "docx"), [b"another"], []),
        (builders.file("n.docx", DOCX, "docx"), [], []),
        (builders.file("n.doc", DOC, "doc"), [JPEG], [JPEG]),
        (builders.file("n.doc", DOC, "doc"), [ONE], []),
        (builders.file("n.docx", DOCX[:900], "docx"), [ONE], []),
        (builders.file("n.doc", b"\xd0\xcf\x11\xe0 junk", "doc"), [ONE], []),
        (builders.file("n.pdf", b"%PDF-", "pdf"), [ONE], []),
    ],
)
def test_what_is_asked_for_is_taken_out_byte_for_byte(
    file: File, wanted: list[bytes], found: list[bytes]
) -> None:
    taken = take_out(file, Safety(), frozenset(map(digest, wanted)))
    assert taken == {digest(content): content for content in found}
