""" "There is no caption" is told only of a mail that was understood whole."""

import pytest

from tests import builders
from tests.unit.guard.guard_mails import (
    ARTICLE,
    CAPTIONS,
    COVER,
    look,
    office,
    outcome,
    photo,
    whole,
    word,
    zipped,
)

# What came beside an article and two photos without a caption we read: (words of the mail, files).
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("Keterangan foto ada di PDF.", [("lampiran.pdf", PDF)]),
        (COVER, [("Keterangan foto.pdf", PDF)]),
        (COVER, [("Caption kegiatan.PDF", PDF)]),
        (COVER, [("narasi.pdf", PDF)]),
        (COVER, [("takarir foto.xlsx", zipped(a=b"x"))]),
        (COVER, [("ket. foto.bin", OLE)]),
        (COVER, [("lampiran naskah 2.pdf", PDF)]),
        (COVER, [("keterangan.rar", b"Rar!\x1a\x07\x00" + bytes(500))]),
        (COVER, [("catatan.txt", b"Warga bekerja bakti sejak pagi\nIbu-ibu memasak di dapur umum")]),
        (COVER, [("keterangan.mp3", b"ID3\x03" + bytes(500))]),
        ("Keterangan foto sesuai nama file ya, terima kasih.", []),
        ("Naskah terlampir. Untuk keterangan fotonya ada di dalam naskah.", []),
        ("Caption ada di https://docs.google.com/document/d/1aBcD/edit", []),
        ("Foto itu memperlihatkan warga yang sedang mengangkat batu di RT 03.", []),
        ("Warga mengangkat batu fondasi di RT 03 pagi hari (Foto 1)\nLurah memberi sambutan (Foto 2)\n", []),
    ],
)  # fmt: skip
def test_captions_that_may_be_there_are_not_missed(
    text: str, files: list[tuple[str, bytes]]
) -> None:
    found = outcome(look(text, whole(*files)))
    assert "caption-missing" not in found.told
    assert (found.decision, found.letter) in [("review", ""), ("accept", "accepted")]


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (COVER, []),
        ("", []),
        ("Selamat pagi Redaksi, berikut kami kirim naskah beserta fotonya.\n\nSalam,\nBudi", []),
        ("Keterangan foto menyusul.", []),
        ("Naskah dan foto terlampir.\n\n-- \nBudi Santoso\nFasilitator Sosial Tim 04\nHP 0812 3456 7890", []),
        ("Daftar lampiran:\n1. Naskah.docx\n2. IMG_4101.jpg\n3. IMG_4102.jpg", []),
        (COVER, [("Naskah.pdf", PDF)]),
        (COVER, [("Surat Tugas.pdf", PDF)]),
        (COVER, [("Daftar hadir.xlsx", office("xl/workbook.xml"))]),
        (COVER, [("Undangan kegiatan.pdf", PDF)]),
        ("Dikirim dari ponsel saya", []),
        ("Maaf, keterangan foto belum ada di naskah.", []),
        ("Judul: Warga Bangun Saluran Air\nPenulis: Rahmawati\nLokasi: Pontianak", []),
        ("Foto diambil oleh Suryadi, anggota BKM.", []),
        ("Kredit foto: Suryadi/BKM Harapan Jaya", []),
        ("Foto 1: IMG_4101.jpg\nFoto 2: IMG_4102.jpg", []),
        ("Foto kegiatan kami kirim terpisah dari naskah sesuai ketentuan.", []),
        ("Semua foto milik kami sendiri dan boleh dipakai redaksi.", []),
        ("Naskah, foto, dan keterangan foto beserta naskah terlampir.", []),
    ],
)  # fmt: skip
def test_captions_that_truly_lack_are_asked_for(text: str, files: list[tuple[str, bytes]]) -> None:
    found = outcome(look(text, whole(*files)))
    assert "caption-missing" in found.told
    assert (found.decision, found.letter, found.unread) == ("revise", "revise", set())


def test_nothing_is_unread_where_nothing_lacks() -> None:
    text = "IMG_4101.jpg: Warga mengangkat batu.\nIMG_4102.jpg: Ibu-ibu memasak.\n"
    found = outcome(look(text, whole(("Keterangan foto.pdf", PDF))))
    assert (found.decision, found.unread) == ("accept", set())


def test_photos_behind_a_link_lack_no_caption() -> None:
    text = "Naskah terlampir. Foto dapat diunduh di https://photos.app.goo.gl/Xk3pQ9 (2 foto)"
    found = outcome(look(text, [("Naskah.docx", word())]))
    assert (found.decision, found.letter, found.told) == (
        "revise",
        "revise",
        {"link-instead-of-files"},
    )


def test_sentences_behind_another_may_be_captions() -> None:
    text = (
        "Terlampir naskah dan dua foto. Foto pertama memperlihatkan warga menggali saluran air. "
        "Foto kedua ketika lurah meninjau pekerjaan."
    )
    found = outcome(look(text, whole()))
    assert "caption-missing" not in found.told


def test_a_line_that_is_another_photos_caption_holds_back_no_letter() -> None:
    files = [
        ("Naskah.docx", builders.docx(ARTICLE, title="Warga Bangun", captions=CAPTIONS)),
        *((f"Foto {n}.jpg", photo(n)) for n in (1, 2, 3)),
    ]
    examination = look(COVER, files)
    found = outcome(examination)
    assert (found.decision, found.told) == ("revise", {"caption-missing"})
    assert [f.subject for f in examination.assessments[0].findings if f.rule in found.told] == [
        "Foto 3.jpg"
    ]
