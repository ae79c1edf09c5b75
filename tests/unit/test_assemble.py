"""A parcel becomes submissions: what was sent as the article, its photos, and everything else
accounted for."""

import hashlib

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redaksi.arrival import File
from redaksi.model import Label, Picture
from redaksi.reasons import Reason, ReasonCode, explain, read_reason
from tests import builders
from tests.unit.parcels import (
    LONG,
    PHOTO,
    assemble_files,
    assemble_one,
    make_photo,
    make_word,
    names_of,
    reasons_of,
)
from tests.unit.read_photo.pictures import exif, with_segment

# ── one article ───────────────────────────────────────────────────────────────────────────────────


def test_a_document_and_its_photos_are_one_submission() -> None:
    captions = (Label(key="Foto 1", text="Satu"), Label(key="Foto 2", text="Dua"))
    known = builders.document(captions=captions, title="Gotong Royong")
    found = assemble_one(
        make_word("naskah.docx"), make_photo("IMG_1.jpg"), make_photo("IMG_2.jpg", 1), naskah=known
    )
    assert names_of(found) == (["naskah.docx"], ["IMG_1.jpg", "IMG_2.jpg"])
    assert [p.caption.text for p in found.photos if p.caption] == ["Satu", "Dua"]
    assert (found.caption_action, found.title, found.doubts, found.from_mail) == (
        "editor_confirm",
        "Gotong Royong",
        (),
        True,
    )


def test_captions_may_stand_in_the_mail() -> None:
    found = assemble_one(
        make_word("a.docx"), make_photo("IMG_1.jpg"), text="IMG_1.jpg: Warga bekerja bakti"
    )
    assert found.photos[0].caption is not None
    assert (found.photos[0].caption.source, found.photos[0].caption.evidence) == ("body", "name")


def test_captions_may_stand_in_a_text_file() -> None:
    notes = builders.file(
        "keterangan.txt", b"\xef\xbb\xbfIMG_1.jpg: Warga bekerja bakti\r\n", "text"
    )
    found = assemble_one(make_word("a.docx"), make_photo("IMG_1.jpg"), notes)
    assert found.photos[0].caption is not None
    assert found.photos[0].caption.source == "file"
    assert reasons_of(found.others) == {"keterangan.txt": "captions_file"}


def test_a_photo_may_bring_its_own_caption() -> None:
    content = with_segment(PHOTO, 0xE1, exif((0x10E, 2, 27, b"Warga bekerja bakti di desa")))
    found = assemble_one(make_word("a.docx"), builders.file("x.jpg", content, "jpeg"))
    assert found.photos[0].caption is not None
    assert found.photos[0].caption.source == "metadata"


def test_a_caption_of_a_missing_photo_is_kept() -> None:
    found = assemble_one(
        make_word("a.docx"),
        make_photo("IMG_1.jpg"),
        text="IMG_1.jpg: Warga bekerja\nIMG_9.jpg: Lurah berpidato",
    )
    assert [label.key for label in found.orphans] == ["IMG_9.jpg"]


def test_a_photo_that_is_also_in_the_document_is_noted() -> None:
    photo = make_photo("IMG_1.jpg")
    known = builders.document(
        pictures=(Picture(name="image1.jpeg", kind="jpeg", sha256=photo.sha256),)
    )
    assert "also-in-document" in assemble_one(make_word("a.docx"), photo, a=known).photos[0].notes


def test_the_same_bytes_twice_are_one() -> None:
    found = assemble_one(
        make_word("a.docx"), make_photo("IMG_1.jpg", origin="inline"), make_photo("IMG_1 (1).jpg")
    )
    assert names_of(found)[1] == ["IMG_1 (1).jpg"]
    assert reasons_of(found.others) == {"IMG_1.jpg": 'identical_copy {"name": "IMG_1 (1).jpg"}'}


def test_a_small_inline_picture_is_a_logo() -> None:
    found = assemble_one(
        make_word("a.docx"), make_photo("image001.jpg", origin="inline", size=(120, 60))
    )
    assert names_of(found)[1] == []
    assert reasons_of(found.others) == {"image001.jpg": "small_inline_picture"}


def test_a_small_picture_that_outlook_pasted_is_a_logo_although_it_is_attached() -> None:
    assert (
        names_of(assemble_one(make_word("a.docx"), make_photo("image001.jpg", size=(120, 60))))[1]
        == []
    )


def test_a_program_s_text_is_no_article() -> None:
    found = assemble_one(builders.file("skrip.js", LONG.encode() * 10, "text"))
    assert (names_of(found)[0], reasons_of(found.others)) == ([], {"skrip.js": "text_file"})


def test_a_small_photo_that_was_attached_is_a_photo() -> None:
    assert names_of(assemble_one(make_word("a.docx"), make_photo("kecil.jpg", size=(120, 60))))[
        1
    ] == ["kecil.jpg"]


def test_a_photo_pasted_into_the_mail_is_a_photo() -> None:
    assert names_of(assemble_one(make_word("a.docx"), make_photo("image.png", origin="inline")))[
        1
    ] == ["image.png"]


def test_what_was_set_aside_stays_aside() -> None:
    logo = msgspec.structs.replace(make_photo("logo.jpg"), aside=explain(ReasonCode.SIGNATURE_LOGO))
    assert reasons_of(assemble_one(make_word("a.docx"), logo).others) == {
        "logo.jpg": "signature_logo"
    }


@pytest.mark.parametrize(
    ("kind", "why"),
    [("xlsx", "spreadsheet"), ("mp3", "audio"), ("zip", "archive"), ("vcard", "vcard")],
)
def test_what_is_neither_is_named(kind: str, why: str) -> None:
    assert reasons_of(
        assemble_one(make_word("a.docx"), builders.file("x.bin", b"x", kind)).others
    ) == {"x.bin": why}


@pytest.mark.parametrize("kind", ["mp4", "mov", "raw", "psd"])
def test_video_and_raw_are_photos_to_be_asked_for(kind: str) -> None:
    found = assemble_one(make_word("a.docx"), builders.file("x", b"x", kind))
    assert [(p.kind, p.judged) for p in found.photos] == [(kind, False)]


# ── what is sent as the article ───────────────────────────────────────────────────────────────────


def test_a_pdf_beside_the_word_document_is_a_copy() -> None:
    found = assemble_one(make_word("a.docx"), make_word("a.pdf", "pdf"), make_photo("b.jpg"))
    assert names_of(found)[0] == ["a.docx"]
    assert reasons_of(found.others) == {"a.pdf": 'copy_beside_word {"kind": "pdf"}'}


def test_photos_that_came_as_pdf_are_asked_for() -> None:
    found = assemble_one(make_word("a.docx"), make_word("foto kegiatan.pdf", "pdf"))
    assert [(p.name, p.kind, p.judged) for p in found.photos] == [
        ("foto kegiatan.pdf", "pdf", False)
    ]


@pytest.mark.parametrize(
    "kind", ["pdf", "odt", "rtf", "html", "wordperfect", "encrypted", "doc", "docm", "wordml"]
)
def test_without_a_word_document_the_next_best_is_the_article(kind: str) -> None:
    assert [
        d.kind for d in assemble_one(builders.file("x", b"x", kind), make_photo("b.jpg")).documents
    ] == [kind]


@pytest.mark.parametrize("kind", ["unknown", "zip", "ole", "empty", "text", "pdf", "html"])
def test_what_is_called_docx_was_sent_as_the_article(kind: str) -> None:
    assert [d.kind for d in assemble_one(builders.file("naskah.docx", b"x", kind)).documents] == [
        kind
    ]


def test_what_is_called_jpg_was_sent_as_a_photo() -> None:
    found = assemble_one(make_word("a.docx"), builders.file("foto.jpg", b"<html>", "unknown"))
    assert [(p.name, p.intact) for p in found.photos] == [("foto.jpg", False)]


def test_a_long_text_file_is_the_article_when_nothing_else_is() -> None:
    assert names_of(assemble_one(builders.file("berita.txt", LONG.encode() * 10, "text")))[0] == [
        "berita.txt"
    ]
    assert names_of(
        assemble_one(make_word("a.docx"), builders.file("berita.txt", LONG.encode() * 10, "text"))
    )[0] == ["a.docx"]


def test_a_document_that_could_not_be_opened_is_still_the_article() -> None:
    refused = msgspec.structs.replace(
        make_word("naskah.docx"), refused=explain(ReasonCode.FILE_LIMIT, most=30)
    )
    found = assemble_one(refused, make_photo("b.jpg"))
    assert [(d.readable, d.refused) for d in found.documents] == [(False, refused.refused)]


@pytest.mark.parametrize(
    ("kind", "doubts"), [("unknown", ("file-not-opened",)), ("zip", ()), ("rar", ())]
)
def test_what_could_not_be_opened_is_a_doubt_unless_it_is_an_archive(
    kind: str, doubts: tuple[str, ...]
) -> None:
    refused = msgspec.structs.replace(
        builders.file("lampiran", b"x", kind), refused=explain(ReasonCode.DAMAGED_IN_ARCHIVE)
    )
    found = assemble_one(refused)
    assert (reasons_of(found.others), found.doubts) == ({"lampiran": "damaged_in_archive"}, doubts)


def test_photos_without_a_document_are_a_submission() -> None:
    assert names_of(assemble_one(make_photo("b.jpg"))) == ([], ["b.jpg"])


def test_a_mail_without_files_is_an_empty_submission_with_its_links() -> None:
    found = assemble_one(subject="Re: Fwd: Naskah saya")
    assert (found.documents, found.photos, found.title) == ((), (), "Naskah saya")
    assert found.links == ("Google Drive (drive.google.com)",)


def test_no_mail_and_no_files_are_nothing() -> None:
    assert assemble_files(mail=False) == ((), ())


def test_files_named_together_are_not_from_a_mail() -> None:
    assert not assemble_one(make_word("a.docx"), mail=False).from_mail


def test_a_refused_parcel_is_no_submission() -> None:
    submissions, others = assemble_files(
        make_word("a.docx"), make_photo("b.jpg"), refused=explain(ReasonCode.PARTS_LIMIT, most=500)
    )
    assert submissions == ()
    assert reasons_of(others) == {
        "a.docx": 'parts_limit {"most": "500"}',
        "b.jpg": 'parts_limit {"most": "500"}',
    }


_FILES = st.tuples(
    st.sampled_from(
        [
            "a.docx",
            "b.doc",
            "c.pdf",
            "foto 1.jpg",
            "logo.png",
            "x.zip",
            "surat tugas.docx",
            "k.txt",
            "y",
        ]
    ),
    st.sampled_from(
        [
            "docx",
            "doc",
            "pdf",
            "jpeg",
            "png",
            "zip",
            "text",
            "rtf",
            "mp4",
            "xlsx",
            "unknown",
            "encrypted",
            "empty",
        ]
    ),
    st.sampled_from([b"", b"one", b"two", b"three", b"four"]),
    st.sampled_from(["attached", "inline", "archive", "forwarded"]),
    st.sampled_from(["", "", "", "signature_logo"]),
    st.sampled_from(["", "", "", "archive_encrypted"]),
)


def _made(told: tuple[str, str, bytes, str, str, str]) -> File:
    name, kind, content, origin, aside, refused = told
    return msgspec.structs.replace(
        builders.file(name, content, kind),
        origin=origin,
        aside=read_reason(aside),
        refused=read_reason(refused),
        sha256=hashlib.sha256(content).hexdigest(),
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(_FILES, max_size=7),
    st.booleans(),
    st.sampled_from([None, explain(ReasonCode.PARTS_LIMIT, most=500)]),
)
def test_every_file_ends_exactly_once(
    told: list[tuple[str, str, bytes, str, str, str]], mail: bool, refused: Reason | None
) -> None:
    files = [_made(one) for one in told]
    submissions, others = assemble_files(*files, mail=mail, refused=refused)
    ended = [(x.name, x.sha256) for x in others]
    for one in submissions:
        ended += [(document.name, document.sha256) for document in one.documents]
        ended += [(photo.name, photo.sha256) for photo in one.photos]
        ended += [(x.name, x.sha256) for x in one.others]
    assert sorted(ended) == sorted((file.name, file.sha256) for file in files)
