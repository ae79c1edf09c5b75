"""Words for a photo or a caption that were typed badly are read as those they were meant for."""

import pytest

from ingest.read.captions.grammar.prose import is_credit
from ingest.read.captions.grammar.spelling import is_photo_word, mend
from ingest.read.captions.labels import find_labels

WORDS = "Warga membersihkan saluran di RT 03."


@pytest.mark.parametrize(
    "opening",
    [
        "Ketrangan foto 1:", "Keterngan Foto 1:", "Ktrngan foto 1 -", "Fhoto 1:", "Fto 1.", "Capt. foto 1:",
        "Cap. 1:", "Gb. 1:", "Gmbar 1 =", "Gmbr 1:", "F1.", "Ft. 1 -", "Lampiran foto 1:", "Keterangan : Foto 1 :",
        "📷 Foto 1:", "👉 Foto 1 -", "• Fotto 1:", "DESKRPSI FOTO 1:",
    ],
)  # fmt: skip
def test_a_caption_opened_in_a_hurry(opening: str) -> None:
    label = find_labels(f"{opening} {WORDS}", "body")[0]
    assert (label.key, label.text) == ("Foto 1", WORDS)


@pytest.mark.parametrize(
    "line",
    [
        "Gambir 2: jalan masih tergenang.", "Fotografer 1 orang.", "Desa 1: Sukamaju.", "Kanan 1: warga.",
        "Potong tumpeng oleh lurah.", "Ketenangan warga terganggu.", "Fotto bersama para warga.", "F. Rahmawati", "",
    ],
)  # fmt: skip
def test_other_words_stay(line: str) -> None:
    assert mend(line) == line


def test_what_follows_the_designator_is_untouched() -> None:
    assert mend("Ketrangan fto 2: Fhoto bersama.") == "Keterangan Foto 2: Fhoto bersama."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("foto 1 lurah memberi sambutan", {"Foto 1": "lurah memberi sambutan"}),
        ("ket foto2 para ibu menganyam daun pandan", {"Foto 2": "para ibu menganyam daun pandan"}),
        ("Foto 1 (15/11/2026): Mural karya siswa.", {"Foto 1": "Mural karya siswa."}),
        ("Foto 1: Peserta pelatihan\ndi halaman balai desa.", {"Foto 1": "Peserta pelatihan di halaman balai desa."}),
        ("Foto 1: Warga bersama\nLurah Marlina.", {"Foto 1": "Warga bersama Lurah Marlina."}),
        ("Keripik siap dikirim ke Singkawang. (Foto 1.)", {"Foto 1": "Keripik siap dikirim ke Singkawang."}),
        ("Keterangan foto\n📸 1. Warga membersihkan parit.", {"Foto 1": "Warga membersihkan parit."}),
    ],
)  # fmt: skip
def test_a_caption_in_its_own_manner(text: str, expected: dict[str, str]) -> None:
    assert {label.key: label.text for label in find_labels(text, "body")} == expected


@pytest.mark.parametrize(
    "text",
    [
        "foto 1 sudah saya kirim kemarin", "foto 2 yang buram tidak usah dimuat", "foto 1 dan 2 diambil oleh Budi",
        "foto 3 dari kamera hp jadi kurang tajam",
    ],
)  # fmt: skip
def test_a_letter_about_its_photos_is_no_caption(text: str) -> None:
    assert find_labels(text, "body") == ()


def test_words_that_run_on_into_the_next_photo_are_no_caption() -> None:
    found = find_labels("Ket. foto: foto 1 = rapat warga; lalu foto 2 = kerja bakti", "body")
    assert all("kerja bakti" not in label.text or label.key == "Foto 2" for label in found)


def test_a_team_with_its_number_is_a_credit() -> None:
    assert is_credit("Tim 07 Pontianak")
    assert not is_credit("Rembug warga di RW 09")


@pytest.mark.parametrize(
    "line", ["nya 1: warga", "Nya: warga menanam", "nya", "foto nya 1: warga", "nya.jpg: warga"]
)
def test_a_suffix_that_stands_alone_is_no_word(line: str) -> None:
    assert mend(line).endswith(line[-5:])
    assert not is_photo_word("nya")
