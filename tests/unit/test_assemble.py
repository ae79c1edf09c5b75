"""A parcel becomes submissions: what was sent as the article, its photos, and everything else
accounted for."""

import hashlib
from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.read.assemble import assemble
from redaksi.arrival import File, Mail, Parcel
from redaksi.limits import Limits
from redaksi.model import Document, Label, Other, Picture, Submission
from redaksi.reasons import Reason, ReasonCode, explain, read_reason
from tests import builders
from tests.unit.read_photo.pictures import exif, picture, saved, with_segment

PHOTO = saved(picture(1200, 800), "JPEG")
LONG = (
    "Warga Kelurahan Siantan Hulu bergotong royong membersihkan saluran air di lingkungan mereka."
)


def _photo(
    name: str, seed: int = 0, origin: str = "attached", size: tuple[int, int] = (1200, 800)
) -> File:
    content = (
        PHOTO + str(seed).encode()
        if size == (1200, 800)
        else saved(picture(*size, seed=seed), "JPEG")
    )
    return msgspec.structs.replace(builders.file(name, content, "jpeg"), origin=origin)


def _word(name: str, kind: str = "docx", content: bytes = b"") -> File:
    return builders.file(name, content or name.encode(), kind)


def _read(**known: Document) -> Callable[[File], Document]:
    """A reader that knows documents by the stem of their name; others are a good article of
    their own words."""

    def read(file: File) -> Document:
        found = known.get(file.name.rpartition(".")[0]) or builders.document(
            title=f"Judul {file.name}",
            paragraphs=(builders.paragraph(f"{file.name}. {LONG} {file.name} {LONG}"),),
        )
        return msgspec.structs.replace(
            found,
            name=file.name,
            kind=file.kind,
            sha256=file.sha256,
            size=file.size,
            origin=file.origin,
        )

    return read


def _assembled(
    *files: File,
    text: str = "",
    subject: str = "Berita",
    refused: Reason | None = None,
    mail: bool = True,
    **known: Document,
) -> tuple[tuple[Submission, ...], tuple[Other, ...]]:
    letter = (
        Mail(headers=(), subject=subject, text=text, links=("Google Drive (drive.google.com)",))
        if mail
        else None
    )
    parcel = Parcel(source="x.eml", files=files, mail=letter, refused=refused)
    return assemble(parcel, Limits(), _read(**known))


def _one(
    *files: File, text: str = "", subject: str = "Berita", mail: bool = True, **known: Document
) -> Submission:
    submissions, others = _assembled(
        *files, text=text, subject=subject, refused=None, mail=mail, **known
    )
    assert len(submissions) == 1
    assert others == ()
    return submissions[0]


def _why(others: Sequence[Other]) -> dict[str, str]:
    return {other.name: str(other.why) for other in others}


def _names(submission: Submission) -> tuple[list[str], list[str]]:
    return [d.name for d in submission.documents], [p.name for p in submission.photos]


# ── one article ───────────────────────────────────────────────────────────────────────────────────


def test_a_document_and_its_photos_are_one_submission() -> None:
    captions = (Label(key="Foto 1", text="Satu"), Label(key="Foto 2", text="Dua"))
    known = builders.document(captions=captions, title="Gotong Royong")
    found = _one(_word("naskah.docx"), _photo("IMG_1.jpg"), _photo("IMG_2.jpg", 1), naskah=known)
    assert _names(found) == (["naskah.docx"], ["IMG_1.jpg", "IMG_2.jpg"])
    assert [p.caption.text for p in found.photos if p.caption] == ["Satu", "Dua"]
    assert (found.caption_action, found.title, found.doubts, found.from_mail) == (
        "editor_confirm",
        "Gotong Royong",
        (),
        True,
    )


def test_captions_may_stand_in_the_mail() -> None:
    found = _one(_word("a.docx"), _photo("IMG_1.jpg"), text="IMG_1.jpg: Warga bekerja bakti")
    assert found.photos[0].caption is not None
    assert (found.photos[0].caption.source, found.photos[0].caption.evidence) == ("body", "name")


def test_captions_may_stand_in_a_text_file() -> None:
    notes = builders.file(
        "keterangan.txt", b"\xef\xbb\xbfIMG_1.jpg: Warga bekerja bakti\r\n", "text"
    )
    found = _one(_word("a.docx"), _photo("IMG_1.jpg"), notes)
    assert found.photos[0].caption is not None
    assert found.photos[0].caption.source == "file"
    assert _why(found.others) == {"keterangan.txt": "captions_file"}


def test_a_photo_may_bring_its_own_caption() -> None:
    content = with_segment(PHOTO, 0xE1, exif((0x10E, 2, 27, b"Warga bekerja bakti di desa")))
    found = _one(_word("a.docx"), builders.file("x.jpg", content, "jpeg"))
    assert found.photos[0].caption is not None
    assert found.photos[0].caption.source == "metadata"


def test_a_caption_of_a_missing_photo_is_kept() -> None:
    found = _one(
        _word("a.docx"),
        _photo("IMG_1.jpg"),
        text="IMG_1.jpg: Warga bekerja\nIMG_9.jpg: Lurah berpidato",
    )
    assert [label.key for label in found.orphans] == ["IMG_9.jpg"]


def test_a_photo_that_is_also_in_the_document_is_noted() -> None:
    photo = _photo("IMG_1.jpg")
    known = builders.document(
        pictures=(Picture(name="image1.jpeg", kind="jpeg", sha256=photo.sha256),)
    )
    assert "also-in-document" in _one(_word("a.docx"), photo, a=known).photos[0].notes


def test_the_same_bytes_twice_are_one() -> None:
    found = _one(_word("a.docx"), _photo("IMG_1.jpg", origin="inline"), _photo("IMG_1 (1).jpg"))
    assert _names(found)[1] == ["IMG_1 (1).jpg"]
    assert _why(found.others) == {"IMG_1.jpg": 'identical_copy {"name": "IMG_1 (1).jpg"}'}


def test_a_small_inline_picture_is_a_logo() -> None:
    found = _one(_word("a.docx"), _photo("image001.jpg", origin="inline", size=(120, 60)))
    assert _names(found)[1] == []
    assert _why(found.others) == {"image001.jpg": "small_inline_picture"}


def test_a_small_picture_that_outlook_pasted_is_a_logo_although_it_is_attached() -> None:
    assert _names(_one(_word("a.docx"), _photo("image001.jpg", size=(120, 60))))[1] == []


def test_a_program_s_text_is_no_article() -> None:
    found = _one(builders.file("skrip.js", LONG.encode() * 10, "text"))
    assert (_names(found)[0], _why(found.others)) == ([], {"skrip.js": "text_file"})


def test_a_small_photo_that_was_attached_is_a_photo() -> None:
    assert _names(_one(_word("a.docx"), _photo("kecil.jpg", size=(120, 60))))[1] == ["kecil.jpg"]


def test_a_photo_pasted_into_the_mail_is_a_photo() -> None:
    assert _names(_one(_word("a.docx"), _photo("image.png", origin="inline")))[1] == ["image.png"]


def test_what_was_set_aside_stays_aside() -> None:
    logo = msgspec.structs.replace(_photo("logo.jpg"), aside=explain(ReasonCode.SIGNATURE_LOGO))
    assert _why(_one(_word("a.docx"), logo).others) == {"logo.jpg": "signature_logo"}


@pytest.mark.parametrize(
    ("kind", "why"),
    [("xlsx", "spreadsheet"), ("mp3", "audio"), ("zip", "archive"), ("vcard", "vcard")],
)
def test_what_is_neither_is_named(kind: str, why: str) -> None:
    assert _why(_one(_word("a.docx"), builders.file("x.bin", b"x", kind)).others) == {"x.bin": why}


@pytest.mark.parametrize("kind", ["mp4", "mov", "raw", "psd"])
def test_video_and_raw_are_photos_to_be_asked_for(kind: str) -> None:
    found = _one(_word("a.docx"), builders.file("x", b"x", kind))
    assert [(p.kind, p.judged) for p in found.photos] == [(kind, False)]


# ── what is sent as the article ───────────────────────────────────────────────────────────────────


def test_a_pdf_beside_the_word_document_is_a_copy() -> None:
    found = _one(_word("a.docx"), _word("a.pdf", "pdf"), _photo("b.jpg"))
    assert _names(found)[0] == ["a.docx"]
    assert _why(found.others) == {"a.pdf": 'copy_beside_word {"kind": "pdf"}'}


def test_photos_that_came_as_pdf_are_asked_for() -> None:
    found = _one(_word("a.docx"), _word("foto kegiatan.pdf", "pdf"))
    assert [(p.name, p.kind, p.judged) for p in found.photos] == [
        ("foto kegiatan.pdf", "pdf", False)
    ]


@pytest.mark.parametrize(
    "kind", ["pdf", "odt", "rtf", "html", "wordperfect", "encrypted", "doc", "docm", "wordml"]
)
def test_without_a_word_document_the_next_best_is_the_article(kind: str) -> None:
    assert [d.kind for d in _one(builders.file("x", b"x", kind), _photo("b.jpg")).documents] == [
        kind
    ]


@pytest.mark.parametrize("kind", ["unknown", "zip", "ole", "empty", "text", "pdf", "html"])
def test_what_is_called_docx_was_sent_as_the_article(kind: str) -> None:
    assert [d.kind for d in _one(builders.file("naskah.docx", b"x", kind)).documents] == [kind]


def test_what_is_called_jpg_was_sent_as_a_photo() -> None:
    found = _one(_word("a.docx"), builders.file("foto.jpg", b"<html>", "unknown"))
    assert [(p.name, p.intact) for p in found.photos] == [("foto.jpg", False)]


def test_a_long_text_file_is_the_article_when_nothing_else_is() -> None:
    assert _names(_one(builders.file("berita.txt", LONG.encode() * 10, "text")))[0] == [
        "berita.txt"
    ]
    assert _names(_one(_word("a.docx"), builders.file("berita.txt", LONG.encode() * 10, "text")))[
        0
    ] == ["a.docx"]


def test_a_document_that_could_not_be_opened_is_still_the_article() -> None:
    refused = msgspec.structs.replace(
        _word("naskah.docx"), refused=explain(ReasonCode.FILE_LIMIT, most=30)
    )
    found = _one(refused, _photo("b.jpg"))
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
    found = _one(refused)
    assert (_why(found.others), found.doubts) == ({"lampiran": "damaged_in_archive"}, doubts)


def test_photos_without_a_document_are_a_submission() -> None:
    assert _names(_one(_photo("b.jpg"))) == ([], ["b.jpg"])


def test_a_mail_without_files_is_an_empty_submission_with_its_links() -> None:
    found = _one(subject="Re: Fwd: Naskah saya")
    assert (found.documents, found.photos, found.title) == ((), (), "Naskah saya")
    assert found.links == ("Google Drive (drive.google.com)",)


def test_no_mail_and_no_files_are_nothing() -> None:
    assert _assembled(mail=False) == ((), ())


def test_files_named_together_are_not_from_a_mail() -> None:
    assert not _one(_word("a.docx"), mail=False).from_mail


def test_a_refused_parcel_is_no_submission() -> None:
    submissions, others = _assembled(
        _word("a.docx"), _photo("b.jpg"), refused=explain(ReasonCode.PARTS_LIMIT, most=500)
    )
    assert submissions == ()
    assert _why(others) == {
        "a.docx": 'parts_limit {"most": "500"}',
        "b.jpg": 'parts_limit {"most": "500"}',
    }


# ── several documents ─────────────────────────────────────────────────────────────────────────────


def test_two_articles_are_two_submissions() -> None:
    submissions, _ = _assembled(
        _word("Musrenbang.docx"),
        _word("Drainase.docx"),
        _photo("musrenbang.jpg"),
        _photo("drainase.jpg", 1),
    )
    assert [_names(one) for one in submissions] == [
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
    submissions, _ = _assembled(
        _word("a.docx"), _word("b.docx"), _photo("IMG_2.jpg", 1), _photo("IMG_1.jpg"), a=one, b=two
    )
    assert [_names(s)[1] for s in submissions] == [["IMG_1.jpg"], ["IMG_2.jpg"]]
    assert [s.doubts for s in submissions] == [(), ()]


def test_photos_that_tell_nothing_are_put_before_an_editor() -> None:
    submissions, _ = _assembled(
        _word("a.docx"), _photo("IMG_1.jpg"), _word("b.docx"), _photo("IMG_2.jpg", 1)
    )
    assert [_names(one)[1] for one in submissions] == [["IMG_1.jpg"], ["IMG_2.jpg"]]
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
        msgspec.structs.replace(_photo(name, i), container=container)
        for i, (name, container) in enumerate(photos.items())
    ]
    submissions, _ = _assembled(
        _word("a.docx"), _word("b.docx"), *files, text=text, a=MANGROVE, b=DRAINAGE
    )
    first, second = photos
    assert [_names(one)[1] for one in submissions] == [[second], [first]]
    assert [one.doubts for one in submissions] == [(), ()]


def test_a_caption_of_the_mail_goes_with_its_photo_alone() -> None:
    submissions, _ = _assembled(
        *(_word("a.docx"), _word("b.docx"), _photo("mangrove.jpg"), _photo("drainase.jpg", 1)),
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
            ("satu.zip", _word("a.docx")),
            ("dua.zip", _word("b.docx")),
            ("dua.zip", _photo("IMG_1.jpg")),
            ("dua.zip", _photo("IMG_2.jpg", 1)),
        ]
    ]
    submissions, _ = _assembled(*files, a=one, b=two)
    assert all("photos-shared-out" in found.doubts for found in submissions)


def test_what_came_in_one_archive_belongs_together() -> None:
    files = [
        msgspec.structs.replace(file, container=container)
        for container, file in [
            ("satu.zip", _word("a.docx")),
            ("dua.zip", _word("b.docx")),
            ("dua.zip", _photo("IMG_1.jpg")),
            ("satu.zip", _photo("IMG_2.jpg", 1)),
        ]
    ]
    submissions, _ = _assembled(*files)
    assert [_names(one)[1] for one in submissions] == [["IMG_2.jpg"], ["IMG_1.jpg"]]


def test_a_captions_document_stands_beside_the_article() -> None:
    captions = builders.document(
        characters=40, captions=(Label(key="IMG_1.jpg", text="Warga bekerja bakti di parit desa"),)
    )
    found = _one(_word("a.docx"), _word("captions.docx"), _photo("IMG_1.jpg"), captions=captions)
    assert _names(found)[0] == ["a.docx"]
    assert found.photos[0].caption is not None
    assert found.photos[0].caption.source == "file"
    assert (_why(found.others), found.doubts) == ({"captions.docx": "captions_document"}, ())


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
    found = _one(_word("a.docx"), _word(name, "docx"))
    assert (_names(found)[0], found.doubts) == (["a.docx"], ())
    assert _why(found.others) == {name: "letter_or_form"}


def test_an_official_letter_is_known_by_how_it_opens() -> None:
    lines = (
        "Nomor : 12/PKP/2026",
        "Lampiran : 1 berkas",
        "Perihal : Pengiriman berita",
        "Yth. Redaksi",
    )
    letter = builders.document(paragraphs=tuple(builders.paragraph(line) for line in lines))
    assert _names(_one(_word("a.docx"), _word("b.docx"), b=letter))[0] == ["a.docx"]


def test_an_article_as_doc_and_as_docx_is_one() -> None:
    same = builders.document(paragraphs=(builders.paragraph(LONG),))
    found = _one(_word("a.doc", "doc"), _word("a.docx"), a=same)
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
    found = _one(_word("a.docx"), _word("b.docx"), a=one, b=two)
    assert (len(found.documents), found.doubts) == (2, ("several-versions",))


def test_several_short_texts_are_put_before_an_editor() -> None:
    short = builders.document(characters=200)
    found = _one(
        _word("a.docx"),
        _word("b.docx"),
        a=msgspec.structs.replace(short, paragraphs=(builders.paragraph("Satu."),)),
        b=msgspec.structs.replace(short, paragraphs=(builders.paragraph("Dua."),)),
    )
    assert (len(found.documents), found.doubts) == (2, ("several-documents",))


def test_an_unclear_document_beside_an_article_is_a_doubt() -> None:
    found = _one(_word("a.docx"), _word("b.docx"), b=builders.document(characters=200))
    assert found.doubts == ("document-set-aside",)


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


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
    submissions, others = _assembled(*files, mail=mail, refused=refused)
    ended = [(x.name, x.sha256) for x in others]
    for one in submissions:
        ended += [(document.name, document.sha256) for document in one.documents]
        ended += [(photo.name, photo.sha256) for photo in one.photos]
        ended += [(x.name, x.sha256) for x in one.others]
    assert sorted(ended) == sorted((file.name, file.sha256) for file in files)


def test_a_document_of_marked_lines_is_a_captions_document() -> None:
    lines = (
        "IMG_1.jpg: Warga bekerja bakti di parit desa",
        "IMG_2.jpg: Lurah memberi sambutan di balai desa",
    )
    notes = builders.document(
        characters=70, paragraphs=tuple(builders.paragraph(line) for line in lines)
    )
    found = _one(
        _word("a.docx"), _word("b.docx"), _photo("IMG_1.jpg"), _photo("IMG_2.jpg", 1), b=notes
    )
    assert (found.caption_action, _why(found.others)) == ("auto", {"b.docx": "captions_document"})


def test_documents_that_cannot_be_judged_yet_are_an_editor_s() -> None:
    old = builders.document(judged=False, characters=0)
    assert _one(_word("a.doc", "doc"), _word("b.doc", "doc"), a=old, b=old).doubts == (
        "documents-not-judged",
    )
