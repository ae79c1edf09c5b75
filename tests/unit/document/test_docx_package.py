"""What is, and what is not, a .docx that can be judged."""

import io
import struct
import zipfile

import pytest

from redaksi.errors import Hostile, Unreadable
from tests.unit.document.word_parts import SPACES, TIMES_12, fonts, package, para, read, run, zipped


def refused(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(content)
    return caught.value


def parts_of(content: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SOUND = package(para("Halo"), styles=TIMES_12)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"bukan zip",
        b"\xd0\xcf\x11\xe0" + SOUND,
        SOUND[: len(SOUND) // 2],
        SOUND.replace(b"word/document.xml", b"word/dokumen_.xml"),
        zipped(parts_of(SOUND) | {"word/document.xml": "<w:document"}),
        zipped(parts_of(SOUND) | {"word/styles.xml": "<w:styles>"}),
        zipped(parts_of(SOUND) | {"_rels/.rels": "<Relationships/>"}),
        zipped(
            parts_of(SOUND) | {"word/document.xml": b"<?xml version='1.0' encoding='utf-7'?><a/>"}
        ),
        zipped(parts_of(SOUND) | {"word/document.xml": b""}),
    ],
    ids=[
        "empty",
        "text",
        "zip behind something else",
        "cut",
        "no main part",
        "no XML",
        "bad styles",
        "no office document",
        "UTF-7",
        "empty part",
    ],
)
def test_broken_files(content: bytes) -> None:
    assert refused(content).kind == "broken"


def test_a_part_whose_checksum_is_wrong_is_broken() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, content in parts_of(SOUND).items():
            archive.writestr(name, content)
    assert refused(stored.getvalue().replace(b"Halo", b"Hola")).kind == "broken"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (zipped({"foto.jpg": b"x"}), "no_office_document"),
        (
            zipped(parts_of(SOUND) | {"word/document.xml": f"<w:workbook {SPACES}/>"}),
            'main_part_odd {"root": "workbook"}',
        ),
    ],
)
def test_other_zip_files_are_not_word(content: bytes, why: str) -> None:
    fault = refused(content)
    assert (fault.kind, str(fault.reason)) == ("not-word", why)


def test_an_encrypted_zip_is_encrypted() -> None:
    locked = bytearray(SOUND)
    place = 0
    while (place := locked.find(b"PK\x01\x02", place)) >= 0:
        flags = struct.unpack_from("<H", locked, place + 8)[0]
        struct.pack_into("<H", locked, place + 8, flags | 1)
        place += 4
    assert refused(bytes(locked)).kind == "encrypted"


@pytest.mark.parametrize("declaration", ["<!DOCTYPE w:document>", '<!DOCTYPE a [<!ENTITY b "c">]>'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
def test_a_document_type_is_refused_in_every_encoding(declaration: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<w:document {SPACES}/>'
    fault = refused(zipped(parts_of(SOUND) | {"word/document.xml": text.encode(encoding)}))
    assert isinstance(fault, Hostile)
    assert fault.kind == "bomb"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"]
)
def test_parts_may_be_in_the_encodings_of_xml(encoding: str) -> None:
    declared = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    body = f"<w:document {SPACES}><w:body>{para('café')}</w:body></w:document>"
    text = f'<?xml version="1.0" encoding="{declared}"?>{body}'
    content = zipped(parts_of(SOUND) | {"word/document.xml": text.encode(encoding)})
    assert [each.text for each in read(content).paragraphs] == ["café"]


def test_the_strict_schema_is_read_as_the_transitional() -> None:
    namespaces = {
        "wordprocessingml/2006/main",
        "officeDocument/2006/relationships",
        "drawingml/2006/main",
    }
    strict = {
        "http://schemas.openxmlformats.org/" + each: "http://purl.oclc.org/ooxml/"
        + each.replace("2006/", "")
        for each in namespaces
    }
    plain = package(para(run("Halo", fonts("Georgia"))), styles=TIMES_12)
    parts = {}
    for name, content in parts_of(plain).items():
        text = content.decode() if isinstance(content, bytes) else content
        for transitional, other in strict.items():
            text = text.replace(transitional, other)
        parts[name] = text
    assert read(zipped(parts)) == read(plain)


def test_part_names_are_compared_without_case_and_may_be_absolute() -> None:
    parts = parts_of(SOUND)
    parts["Word/Document.XML"] = parts.pop("word/document.xml")
    rels = parts["_rels/.rels"]
    parts["_rels/.rels"] = (rels.decode() if isinstance(rels, bytes) else rels).replace(
        '"word/', '"/word/'
    )
    assert [each.text for each in read(zipped(parts)).paragraphs] == ["Halo"]


@pytest.mark.parametrize(
    ("main_type", "kind"),
    [
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "docx",
        ),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "dotx",
        ),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "docm"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "dotm"),
    ],
)
def test_the_kind_is_that_of_the_main_part(main_type: str, kind: str) -> None:
    assert read(package(para("a"), main_type=main_type)).kind == kind


def test_a_document_without_a_body_is_empty() -> None:
    content = zipped(parts_of(SOUND) | {"word/document.xml": f"<w:document {SPACES}/>"})
    assert read(content).paragraphs == ()
