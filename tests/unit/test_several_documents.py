"""Several documents in one parcel: articles apart, versions together, photos shared out, the rest
beside."""

import msgspec
import pytest

from redaksi.model import Document, Label
from tests import builders
from tests.unit.parcels import (
    LONG,
    assemble_files,
    assemble_one,
    make_photo,
    make_word,
    names_of,
    reasons_of,
)


def test_two_articles_are_two_submissions() -> None:
    submissions, _ = assemble_files(
        make_word("Musrenbang.docx"),
        make_word("Drainase.docx"),
        make_photo("musrenbang.jpg"),
        make_photo("drainase.jpg", 1),
    )
    assert [names_of(one) for one in submissions] == [
        (["Musrenbang.docx"], ["musrenbang.jpg"]),
        (["Drainase.docx"], ["drainase.jpg"]),
    ]
    assert [one.doubts for one in submissions] == [(), ()]


def test_captions_tell_which_article_a_photo_goes_with() -> None:
    one = builders.document(
        captions=(Label(key="IMG_1.jpg", text="Satu kata"),), paragraphs=(builders.paragraph(LONG),)
    )
    two = builders.document(
        captions=(Label(key="IMG_2.jpg", text="Dua kata"),),
        paragraphs=(builders.paragraph("Lain" + LONG[::-1]),),
    )
    submissions, _ = assemble_files(
        make_word("a.docx"),
        make_word("b.docx"),
        make_photo("IMG_2.jpg", 1),
        make_photo("IMG_1.jpg"),
        a=one,
        b=two,
    )
    assert [names_of(s)[1] for s in submissions] == [["IMG_1.jpg"], ["IMG_2.jpg"]]
    assert [s.doubts for s in submissions] == [(), ()]


def test_photos_that_tell_nothing_are_put_before_an_editor() -> None:
    submissions, _ = assemble_files(
        make_word("a.docx"),
        make_photo("IMG_1.jpg"),
        make_word("b.docx"),
        make_photo("IMG_2.jpg", 1),
    )
    assert [names_of(one)[1] for one in submissions] == [["IMG_1.jpg"], ["IMG_2.jpg"]]
    assert all(one.doubts == ("several-articles", "photos-shared-out") for one in submissions)


def _article(words: str, length: int) -> Document:
    paragraphs = (builders.paragraph(words), builders.paragraph(LONG * length))
    return builders.document(name="naskah.docx", title="", paragraphs=paragraphs)


MANGROVE = _article("Bibit mangrove ditanam pemuda Kenjeran", 1)
DRAINAGE = _article("Saluran drainase Wonokromo rampung", 2)


@pytest.mark.parametrize(
    ("photos", "text"),
    [
        # words of the photo's name, of its folder, of the archive beside the articles
        ({"drainase.jpg": "", "mangrove.jpg": ""}, ""),
        ({"IMG_1.jpg": "kiriman.zip/Foto Wonokromo", "IMG_2.jpg": "kiriman.zip/Kenjeran"}, ""),
        ({"IMG_1.jpg": "foto drainase.zip", "IMG_2.jpg": "foto mangrove.zip"}, ""),
        # words of the caption in the mail
        (
            {"IMG_1.jpg": "", "IMG_2.jpg": ""},
            "IMG_1.jpg: Drainase yang rampung.\nIMG_2.jpg: Pemuda menanam mangrove.",
        ),
    ],
)
def test_words_tell_which_article_a_photo_goes_with(photos: dict[str, str], text: str) -> None:
    files = [
        msgspec.structs.replace(make_photo(name, i), container=container)
        for i, (name, container) in enumerate(photos.items())
    ]
    submissions, _ = assemble_files(
        make_word("a.docx"), make_word("b.docx"), *files, text=text, a=MANGROVE, b=DRAINAGE
    )
    first, second = photos
    assert [names_of(one)[1] for one in submissions] == [[second], [first]]
    assert [one.doubts for one in submissions] == [(), ()]


def test_a_caption_of_the_mail_goes_with_its_photo_alone() -> None:
    submissions, _ = assemble_files(
        *(
            make_word("a.docx"),
            make_word("b.docx"),
            make_photo("mangrove.jpg"),
            make_photo("drainase.jpg", 1),
        ),
        text="drainase.jpg: Saluran yang rampung.\nmangrove.jpg: Pemuda menanam bibit.",
        a=MANGROVE,
        b=DRAINAGE,
    )
    captions = [[p.caption.text if p.caption else "" for p in one.photos] for one in submissions]
    assert captions == [["Pemuda menanam bibit."], ["Saluran yang rampung."]]
    assert all(not (one.loose or one.orphans or one.unread) for one in submissions)


def test_a_photo_of_which_two_clues_say_otherwise_is_put_before_an_editor() -> None:
    one, two = (
        builders.document(
            captions=(Label(key=key, text=f"{key} kata"),),
            paragraphs=(builders.paragraph(LONG * n),),
        )
        for n, key in enumerate(("IMG_1.jpg", "IMG_2.jpg"), 1)
    )
    files = [
        msgspec.structs.replace(file, container=container)
        for container, file in [
            ("satu.zip", make_word("a.docx")),
            ("dua.zip", make_word("b.docx")),
            ("dua.zip", make_photo("IMG_1.jpg")),
            ("dua.zip", make_photo("IMG_2.jpg", 1)),
        ]
    ]
    submissions, _ = assemble_files(*files, a=one, b=two)
    assert all("photos-shared-out" in found.doubts for found in submissions)


def test_what_came_in_one_archive_belongs_together() -> None:
    files = [
        msgspec.structs.replace(file, container=container)
        for container, file in [
            ("satu.zip", make_word("a.docx")),
            ("dua.zip", make_word("b.docx")),
            ("dua.zip", make_photo("IMG_1.jpg")),
            ("satu.zip", make_photo("IMG_2.jpg", 1)),
        ]
    ]
    submissions, _ = assemble_files(*files)
    assert [names_of(one)[1] for one in submissions] == [["IMG_2.jpg"], ["IMG_1.jpg"]]


def test_a_captions_document_stands_beside_the_article() -> None:
    captions = builders.document(
        characters=40, captions=(Label(key="IMG_1.jpg", text="Warga bekerja bakti di parit desa"),)
    )
    found = assemble_one(
        make_word("a.docx"), make_word("captions.docx"), make_photo("IMG_1.jpg"), captions=captions
    )
    assert names_of(found)[0] == ["a.docx"]
    assert found.photos[0].caption is not None
    assert found.photos[0].caption.source == "file"
    assert (reasons_of(found.others), found.doubts) == ({"captions.docx": "captions_document"}, ())


@pytest.mark.parametrize(
    "name",
    [
        "Surat Pengantar.docx",
        "surat_tugas.doc",
        "Formulir Kontributor.docx",
        "Biodata penulis.docx",
    ],
)
def test_a_letter_or_form_stands_beside_the_article(name: str) -> None:
    found = assemble_one(make_word("a.docx"), make_word(name, "docx"))
    assert (names_of(found)[0], found.doubts) == (["a.docx"], ())
    assert reasons_of(found.others) == {name: "letter_or_form"}


def test_an_official_letter_is_known_by_how_it_opens() -> None:
    lines = (
        "Nomor : 12/PKP/2026",
        "Lampiran : 1 berkas",
        "Perihal : Pengiriman berita",
        "Yth. Redaksi",
    )
    letter = builders.document(paragraphs=tuple(builders.paragraph(line) for line in lines))
    assert names_of(assemble_one(make_word("a.docx"), make_word("b.docx"), b=letter))[0] == [
        "a.docx"
    ]


def test_an_article_as_doc_and_as_docx_is_one() -> None:
    same = builders.document(paragraphs=(builders.paragraph(LONG),))
    found = assemble_one(make_word("a.doc", "doc"), make_word("a.docx"), a=same)
    assert (len(found.documents), found.doubts) == (1, ())


def test_two_versions_of_an_article_are_put_before_an_editor() -> None:
    paragraphs = tuple(builders.paragraph(f"{LONG} {n}") for n in range(5))
    one = builders.document(paragraphs=paragraphs)
    two = builders.document(
        paragraphs=(
            *paragraphs[:4],
            builders.paragraph("Ditambah satu paragraf baru di akhir naskah ini."),
        )
    )
    found = assemble_one(make_word("a.docx"), make_word("b.docx"), a=one, b=two)
    assert (len(found.documents), found.doubts) == (2, ("several-versions",))


def test_several_short_texts_are_put_before_an_editor() -> None:
    short = builders.document(characters=200)
    found = assemble_one(
        make_word("a.docx"),
        make_word("b.docx"),
        a=msgspec.structs.replace(short, paragraphs=(builders.paragraph("Satu."),)),
        b=msgspec.structs.replace(short, paragraphs=(builders.paragraph("Dua."),)),
    )
    assert (len(found.documents), found.doubts) == (2, ("several-documents",))


def test_an_unclear_document_beside_an_article_is_a_doubt() -> None:
    found = assemble_one(
        make_word("a.docx"), make_word("b.docx"), b=builders.document(characters=200)
    )
    assert found.doubts == ("document-set-aside",)


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_document_of_marked_lines_is_a_captions_document() -> None:
    lines = (
        "IMG_1.jpg: Warga bekerja bakti di parit desa",
        "IMG_2.jpg: Lurah memberi sambutan di balai desa",
    )
    notes = builders.document(
        characters=70, paragraphs=tuple(builders.paragraph(line) for line in lines)
    )
    found = assemble_one(
        make_word("a.docx"),
        make_word("b.docx"),
        make_photo("IMG_1.jpg"),
        make_photo("IMG_2.jpg", 1),
        b=notes,
    )
    assert (found.caption_action, reasons_of(found.others)) == (
        "auto",
        {"b.docx": "captions_document"},
    )


def test_documents_that_cannot_be_judged_yet_are_an_editor_s() -> None:
    old = builders.document(judged=False, characters=0)
    assert assemble_one(
        make_word("a.doc", "doc"), make_word("b.doc", "doc"), a=old, b=old
    ).doubts == ("documents-not-judged",)
