"""Lines that may be captions by their shape, in whatever words: an editor looks, no letter says
that there are none."""

import pytest

from ingest.read.captions.grammar.spelling import is_photo_word
from ingest.read.captions.suspicions import find_suspicions

PHOTOS = ("IMG_3018.jpg", "IMG_3021.jpg", "IMG_3024.jpg")
SHOWN = ("Warga mengangkat batu dari parit", "Ibu-ibu memasak bersama", "Lurah memotong pita")


def suspected(lines: list[str], *, document: bool = False) -> list[str]:
    return [found.text for found in find_suspicions(lines, PHOTOS, document=document)]


@pytest.mark.parametrize(
    "template",
    [
        "Fhoto {n}: {caption}", "Poto {n}. {caption}", "Ketrangan foto {n}: {caption}",
        "Keterngan Foto {n} - {caption}", "Capt. foto {n}: {caption}", "F{n}. {caption}",
        "Gb. {n} {caption}", "ket poto {n}, {caption}", "👉 Foto {n} {caption}",
        "Lampiran foto {n}: {caption}", "{caption} (Foto: {n})", "{caption} — foto {n}",
        "Foto: {caption}", "Gmb {n} {caption}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("document", [False, True])
def test_as_many_alike_as_photos(template: str, *, document: bool) -> None:
    lines = [template.format(n=n, caption=text) for n, text in enumerate(SHOWN, 1)]
    assert suspected(["Pengantar.", *lines, "Penutup."], document=document) == lines


@pytest.mark.parametrize(
    "line",
    [
        "Pada foto pertama tampak warga mengangkat batu, sedangkan foto kedua ibu-ibu memasak.",
        "Dalam gambar di kiri terlihat lurah memotong pita peresmian saluran.",
        "Ketiga foto: warga bergotong royong membersihkan parit RT 03.",
        "Kedua foto menunjukkan suasana rapat warga di balai RW.",
        "Foto yang kami lampirkan adalah warga yang sedang memperbaiki jalan lingkungan.",
        "Ket. foto: foto 1 = warga antre, foto 2 = ibu-ibu memasak, foto 3 = lurah memotong pita",
    ],
)
def test_a_sentence_that_points_at_a_photo(line: str) -> None:
    assert suspected([line]) == [line]


@pytest.mark.parametrize("line", ["• IMG_3018.jpg", "Batu parit IMG 3021", "(IMG_3024)"])
def test_a_photo_named_in_a_document(line: str) -> None:
    assert suspected([line], document=True) == [line] * (line[0] != "(")


@pytest.mark.parametrize(
    "line",
    [
        "Foto kegiatan kami lampirkan sebanyak 3 buah.",
        "Terlampir foto 3 lembar dan naskah.",
        "Foto: Dok. Kotaku",
        "Foto: agak buram ya, maaf",
        "Foto: Siti Aminah, Humas Kelurahan Wonosari",
        "[Foto 1]",
        "Warga Blok F 2 memperbaiki saluran di depan rumah mereka.",
        "Selamat pagi, berikut naskah dan foto kegiatan kami.",
        "Warga RT 01 dan RT 02 memperbaiki saluran sepanjang 200 meter.",
        "IMG_3018.jpg (159 KB)",
    ],
)
def test_a_letters_own_words_are_none(line: str) -> None:
    assert suspected([line] * 3) == []


def test_fewer_alike_than_photos_are_no_row() -> None:
    assert suspected(["Foto rapat warga di balai RW", "Foto kerja bakti di parit RT"]) == []


def test_a_name_of_mere_words_stands_in_prose_too() -> None:
    prose = "Warga mengadakan kerja bakti setiap pekan pertama bulan untuk membersihkan saluran air di lingkungan mereka."
    assert not [*find_suspicions([prose], ("Kerja bakti.jpg",), document=True)]


@pytest.mark.parametrize(
    "word", ["fhoto", "poto", "fto", "ketrangan", "keteranagn", "capt", "photo"]
)
def test_a_word_typed_badly(word: str) -> None:
    assert is_photo_word(word)


@pytest.mark.parametrize("word", ["kota", "solo", "warga", "fokus", "rapat", "ketua", "kerja"])
def test_another_word(word: str) -> None:
    assert not is_photo_word(word)
