"""What else comes under the name .doc: told by content, and answered each with its own true
sentence."""

import hashlib

import pytest

from ingest.read.document.document import read_document
from ingest.read.files import sniff
from redaksi.arrival import File
from redaksi.limits import Safety
from redaksi.model import Document, Submission
from tests.unit.document.doc_parts import Made, compound, document
from tests.unit.document.word_parts import TIMES_12, package, para, zipped
from tests.unit.rules.test_rules import DEFAULT
from validators.registry import check
from validators.words import say

_WORDML = (
    b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
)
_MHTML = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    b"Content-Type: text/html\r\n\r\n<html></html>\r\n--x--\r\n"
)
_DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"


def judged(content: bytes) -> Document:
    """A file of these bytes named Warta.doc, as a mail brings it."""
    kind = sniff.detect_kind(content[: sniff.HEAD], lambda: content, "Warta.doc")
    digest = hashlib.sha256(content).hexdigest()
    file = File(name="Warta.doc", kind=kind, size=len(content), sha256=digest, load=lambda: content)
    return read_document(file, Safety())


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (document(Made(nfib=0x68)), "N002", ("Word 95 atau lebih lama", "Word 95 or older")),
        (document(Made(nfib=0x65)), "N002", ("Word 95 atau lebih lama", "Word 95 or older")),
        (b"\xdb\xa5-\0" + bytes(3000), "N002", ("Word 2", "Word 2")),
        (b"\x31\xbe\0\0\0\xab" + bytes(3000), "N002", ("Word untuk DOS", "Word for DOS")),
        (b"{\\rtf1\\ansi Halo}", "N002", ("RTF", "RTF")),
        (b"<html><body>Halo</body></html>", "N002", ("laman web (HTML)", "web page (HTML)")),
        (_MHTML, "N002", ("laman web tersimpan (MHTML)", "saved web page (MHTML)")),
        (_WORDML, "N002", ("Word XML", "Word XML")),
        (b"\xffWPC" + bytes(3000), "N002", ("WordPerfect", "WordPerfect")),
        (b"%PDF-1.4\n" + bytes(3000), "N002", ("PDF", "PDF")),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
            "N002",
            ("OpenDocument", "OpenDocument"),
        ),
        (document(Made(flags=0x0300)), "N003", ("kata sandi", "password")),
        (
            compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
            "N003",
            ("kata sandi", "password"),
        ),
        (document(Made(text="Warga.\r" * 900))[:9000], "N003", ("rusak", "damaged")),
        (document(Made(parts={33: b""})), "N003", ("rusak", "damaged")),
    ],
)
def test_what_is_no_readable_word_document_is_called_what_it_is(
    content: bytes, code: str, says: tuple[str, str]
) -> None:
    found = judged(content)
    assert not found.readable
    findings = [
        each for each in check(Submission(documents=(found,)), DEFAULT) if each.code[0] == "N"
    ]
    assert [each.code for each in findings] == [code]
    assert says[0] in say(findings[0], "id").found
    assert says[1] in say(findings[0], "en").found


def test_a_renamed_docx_is_read_as_what_it_is() -> None:
    found = judged(package(para("Halo"), styles=TIMES_12))
    assert (found.readable, found.kind) == (True, "docx")
    assert judged(package(para("Halo"), styles=TIMES_12, main_type=_DOCM)).kind == "docm"


def test_a_document_of_word_97_is_read_and_judged() -> None:
    found = judged(document(Made(text="Warga bergotong royong membangun jalan.\r" * 20)))
    assert (found.readable, found.judged, found.kind, found.share.font) == (True, True, "doc", 1.0)


def test_lost_formatting_is_left_to_an_editor() -> None:
    found = judged(document(Made(parts={12: b"\0\x08\0\0\5\x08\0\0\xa0\x0f\0\0"})))
    assert (found.readable, found.judged) == (True, False)
