""" "There is no photo" is told only of a mail that was understood whole."""

import base64

import pytest

from ingest.read.assemble import assemble
from ingest.read.mail.html_text import count_embedded
from ingest.read.parcel import read_email
from redaksi.arrival import Mail, Parcel
from redaksi.limits import Safety
from tests import builders
from tests.unit.guard.guard_mails import COVER, LIMITS, look, office, outcome, photo, pictured, word
from tests.unit.guard.test_guard_captions import PDF

VIDEO = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(500)


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (COVER, [("Foto.pptx", office("ppt/presentation.xml"))]),
        (COVER, [("Dokumentasi kegiatan.pdf", PDF)]),
        (COVER, [("lampiran.pdf", PDF)]),
        (COVER, [("foto.bin", bytes(range(256)) * 20)]),
        (COVER, [("Foto.rar", b"Rar!\x1a\x07\x00" + bytes(500))]),
        (COVER, [("video.mp4", VIDEO)]),
        ("Foto ada di https://www.instagram.com/p/AbCdEf/", []),
        ("Foto lengkap ada di s.id/foto-wonosari", []),
        ("Foto: https://drive.google.com/drive/folders/1aBcD", []),
    ],
)
def test_photos_that_may_be_there_are_not_missed(text: str, files: list[tuple[str, bytes]]) -> None:
    found = outcome(look(text, [("Naskah.docx", word()), *files]))
    assert "photo-missing" not in found.told


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (COVER, []),
        ("Foto menyusul.", []),
        (COVER, [("Naskah.pdf", PDF)]),
        (COVER, [("Surat Tugas.pdf", PDF)]),
        ("Ikuti kami di Instagram: https://instagram.com/kotaku.kalbar", []),
    ],
)
def test_photos_that_truly_lack_are_asked_for(text: str, files: list[tuple[str, bytes]]) -> None:
    found = outcome(look(text, [("Naskah.docx", word()), *files]))
    assert (found.decision, found.letter) == ("revise", "revise")
    assert "photo-missing" in found.told


@pytest.mark.parametrize(
    "text",
    ["Foto lengkap di https://s.id/foto-wonosari", "Fotonya: bit.ly/3xYzAbC", "Foto https://tinyurl.com/abc123", "Foto: linktr.ee/kotaku"],
)  # fmt: skip
def test_photos_behind_a_short_link_are_told_as_a_link(text: str) -> None:
    found = outcome(look(text, [("Naskah.docx", word())]))
    assert (found.decision, found.told) == ("revise", {"link-instead-of-files"})


def test_a_link_beside_complete_attachments_is_no_finding() -> None:
    text = "IMG_1.jpg: Warga mengangkat batu.\n\nVideo: https://drive.google.com/file/d/1XyZ/view"
    found = outcome(look(text, [("Naskah.docx", word()), ("IMG_1.jpg", photo())]))
    assert (found.decision, found.told, found.unread) == ("accept", set(), set())


def test_photos_in_a_second_word_file_are_told_with_its_name() -> None:
    examination = look(COVER, [("Naskah.docx", word()), ("Foto Kegiatan.docx", pictured())])
    found = outcome(examination)
    assert (found.decision, found.told) == ("revise", {"photo-in-document"})
    subjects = [f.subject for one in examination.assessments for f in one.findings]
    assert subjects == ["Foto Kegiatan.docx"]
    assert [d.name for one in examination.assessments for d in one.submission.documents] == [
        "Naskah.docx"
    ]


def test_long_words_under_the_photos_of_a_second_word_file_are_no_second_article() -> None:
    told = "\n".join(builders.article_text(330) for _ in range(2))
    pages = builders.docx(told, pictures=tuple(photo(seed) for seed in range(7, 11)))
    found = look(COVER, [("Naskah.docx", word()), ("Dokumentasi kegiatan.docx", pages)])
    assert len(found.assessments) == 1
    assert outcome(found).told == {"photo-in-document"}


def test_photos_of_a_second_word_file_that_are_attached_too_are_not_told() -> None:
    text = "IMG_1.jpg: Warga mengangkat batu.\nIMG_2.jpg: Ibu-ibu memasak.\n"
    files = [("Naskah.docx", word()), ("Foto.docx", pictured())]
    found = outcome(look(text, [*files, ("IMG_1.jpg", photo(7)), ("IMG_2.jpg", photo(8))]))
    assert "photo-in-document" not in found.told


def test_a_scan_in_a_covering_letter_is_no_photo() -> None:
    letter = builders.docx(
        "Nomor: 12\nPerihal: Kiriman naskah\nKepada Yth. Redaksi", pictures=(photo(7),)
    )
    text = "IMG_1.jpg: Warga mengangkat batu."
    files = [("Naskah.docx", word()), ("Surat Pengantar.docx", letter), ("IMG_1.jpg", photo())]
    assert outcome(look(text, files)).decision == "accept"


def test_pictures_written_into_the_page_count_but_ornaments_do_not() -> None:
    large = base64.b64encode(bytes(20_000)).decode()
    page = f'<img src="data:image/jpeg;base64,{large}"><img src="data:image/png;base64,AAAA">'
    assert count_embedded(page) == 1
    raw = (
        b"From: Siti <siti@k.example>\r\nSubject: Foto\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/html\r\n\r\n<p>Foto kegiatan</p>" + page.encode()
    )
    mail = read_email(raw, "x.eml", Safety()).mail
    assert mail is not None
    assert mail.embedded == 1


def test_pictures_written_into_the_page_may_be_the_photos() -> None:
    paper = builders.file("Naskah.docx", word(), "docx")
    mail = Mail(headers=(), subject="Kiriman naskah", text=COVER, embedded=2)
    (submission,), _ = assemble(Parcel(source="x", files=(paper,), mail=mail), LIMITS)
    assert [(one.may_be, one.kind) for one in submission.unread] == [("photo", "body")]


def test_of_several_articles_none_is_given_the_photos_of_a_second_word_file() -> None:
    other = builders.docx(
        builders.article_text(1500).replace("Siantan Hulu", "Tallo")[::-1], title="Lain"
    )
    files = [("A.docx", word()), ("B.docx", other), ("Foto.docx", pictured())]
    found = look(COVER, files)
    assert (len(found.assessments), found.decision) == (2, "review")
    assert not any(one.submission.pictures for one in found.assessments)


def test_a_link_in_the_document_may_lead_to_the_photos() -> None:
    paragraphs = [
        *builders.article_text(1500).split("\n"),
        "Foto kegiatan: https://drive.google.com/drive/folders/1aBcD",
    ]
    linked = builders.docx(paragraphs, title="Warga Bangun Saluran", byline="Rahmawati")
    found = outcome(look(COVER, [("Naskah.docx", linked)]))
    assert (found.decision, found.letter) == ("review", "")
    assert ("photo", "link") in found.unread


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ('<img src="content://com.android.providers.media/1">', 1),
        ("<IMG width=10 SRC='blob:https://mail.google.com/0a'>", 1),
        ('<img src="file:///C:/Users/a/image001.png">', 1),
        ('<img src="https://lh3.googleusercontent.com/pw/AbC=w1200">', 1),
        ('<img src="https://lh3.googleusercontent.com/mail-sig/AbC">', 0),
        ('<img src="https://kotaku.example/logo.png">', 0),
        ('<a href="file:///C:/a.png">a</a>', 0),
    ],
)
def test_pictures_that_only_their_author_sees_are_counted(markup: str, count: int) -> None:
    assert count_embedded(markup) == count
