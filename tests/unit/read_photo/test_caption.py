"""Captions in a mail's words: only what is marked as a caption is one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.captions.labels import find_labels


def _found(text: str) -> list[tuple[str, str]]:
    return [(label.key, label.text) for label in find_labels(text, "body")]


TWO = [("Foto 1", "Warga kerja bakti di desa"), ("Foto 2", "Lurah memberi sambutan")]
MARKED = {
    "colon": "Foto 1: Warga kerja bakti di desa\nFoto 2: Lurah memberi sambutan",
    "full stop": "Foto 1. Warga kerja bakti di desa\nfoto 2. Lurah memberi sambutan",
    "dash": "Foto 1 - Warga kerja bakti di desa\nFoto 2 – Lurah memberi sambutan",
    "brackets": "(Foto 1) Warga kerja bakti di desa\n[Foto 2] Lurah memberi sambutan",
    "other words": "Ket. gambar 1 : Warga kerja bakti di desa\nKeterangan Foto ke-2: Lurah memberi sambutan",
    "ordinals": "Foto pertama: Warga kerja bakti di desa\nFoto kedua: Lurah memberi sambutan",
    "bullets": "- Foto 1: Warga kerja bakti di desa\n- Foto 2: Lurah memberi sambutan",
    "caption below": "Foto 1\nWarga kerja bakti di desa\n\nFoto 2\nLurah memberi sambutan",
    "bold as text": "*Foto 1:* Warga kerja bakti di desa\n*Foto 2:* Lurah memberi sambutan",
    "list": "Keterangan foto:\n1. Warga kerja bakti di desa\n2) Lurah memberi sambutan\n\nTerima kasih.",
    "list apart": "CAPTION FOTO\n\n1. Warga kerja bakti di desa\n\n2. Lurah memberi sambutan\n",
    "quoted": '> Foto 1: "Warga kerja bakti di desa"\n> Foto 2: Lurah memberi sambutan',
}


@pytest.mark.parametrize("habit", MARKED)
def test_numbered_captions_in_every_habit(habit: str) -> None:
    assert _found("Yth. Redaksi,\n\n" + MARKED[habit]) == TWO


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("IMG_2041.jpg: Warga kerja bakti", "IMG_2041.jpg"),
        ("IMG_2041.JPG - Warga kerja bakti", "IMG_2041.JPG"),
        ("IMG_2041 : Warga kerja bakti", "IMG_2041"),
        ("Keterangan foto IMG_2041.jpg: Warga kerja bakti", "IMG_2041.jpg"),
        ("Foto 1 (IMG_2041.jpg): Warga kerja bakti", "IMG_2041.jpg"),
        ("1. IMG_2041.jpg = Warga kerja bakti", "IMG_2041.jpg"),
        ("kerja bakti warga (2).jpeg: Warga kerja bakti", "kerja bakti warga (2).jpeg"),
        (
            "WhatsApp Image 2026-11-01 at 10.22.33.jpeg: Warga kerja bakti",
            "WhatsApp Image 2026-11-01 at 10.22.33.jpeg",
        ),
        ("IMG_2041.jpg\tWarga kerja bakti", "IMG_2041.jpg"),
    ],
)
def test_a_file_name_before_a_caption_is_its_key(line: str, key: str) -> None:
    assert _found(line) == [(key, "Warga kerja bakti")]


WARGA = "Warga membersihkan saluran air."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{WARGA} (IMG_1.jpg)", WARGA),
        (f"{WARGA} [IMG_1.jpg].", WARGA),
        ("Warga membersihkan saluran air (IMG_1.jpg)", WARGA[:-1]),
        ("Warga membersihkan saluran air – IMG_1.jpg", WARGA[:-1]),
        ("1. Warga membersihkan saluran air - IMG_1.jpg", WARGA[:-1]),
        (f"Foto 1: {WARGA} (IMG_1.jpg)", WARGA),
        (f"Keterangan foto:\n1. {WARGA} (IMG_1.jpg)", WARGA),
        (
            "Warga bergotong royong membersihkan saluran air di RT 03\nRW 05 Siantan Hulu. (IMG_1.jpg)",
            "Warga bergotong royong membersihkan saluran air di RT 03 RW 05 Siantan Hulu.",
        ),
    ],
)
def test_a_file_name_behind_a_caption_is_its_key_and_not_sure(text: str, told: str) -> None:
    (label,) = find_labels(f"Yth. Redaksi,\n\n{text}\n\nTerima kasih", "body")
    assert (label.key, label.text, label.sure) == ("IMG_1.jpg", told, False)


def test_captions_told_before_their_names_stay_apart() -> None:
    text = f"{WARGA} (IMG_1.jpg)\nKaum ibu menyiapkan sarapan bersama di teras mushala (IMG_2.jpg)\nLurah datang."
    assert [key for key, _ in _found(text)] == ["IMG_1.jpg", "IMG_2.jpg"]


def test_a_file_name_before_a_caption_is_sure() -> None:
    assert all(label.sure for label in find_labels(f"IMG_1.jpg: {WARGA}", "body"))


@pytest.mark.parametrize(
    "text",
    [
        "Untuk halaman depan lihat foto (IMG_1.jpg)",
        "Kegiatan warga itu tampak jelas (lihat foto IMG_1.jpg)",
        "Terlampir foto kegiatan kemarin sore (IMG_1.jpg)",
        "Foto utama yang dipakai adalah foto 1 (IMG_1.jpg)",
        "Saya kirim ulang gambar yang besar – IMG_1.jpg",
        "Kerja Bakti - RT03.jpg",
        "yang kemarin belum sempat terbawa (IMG_1.jpg)",
        "Warga " * 41 + "(IMG_1.jpg)",
    ],
)
def test_prose_that_names_a_file_is_no_caption(text: str) -> None:
    assert _found(text) == []


def test_one_caption_for_several_photos_is_one_for_each() -> None:
    assert [key for key, _ in _found("Foto 1 dan 3: Suasana rapat koordinasi")] == [
        "Foto 1",
        "Foto 3",
    ]
    assert [key for key, _ in _found("Foto 2-4: Suasana rapat")] == ["Foto 2", "Foto 3", "Foto 4"]


def test_lines_under_a_heading_are_captions_up_to_the_empty_line() -> None:
    text = "Keterangan foto:\nWarga membersihkan parit.\nLurah memberi sambutan di balai.\n\nSaya tunggu kabarnya.\n"
    assert _found(text) == [
        ("", "Warga membersihkan parit."),
        ("", "Lurah memberi sambutan di balai."),
    ]


def test_a_wrapped_caption_is_put_together() -> None:
    text = "Foto 1: Warga bergotong royong membersihkan saluran air di RT 03\nRW 05 Kelurahan Siantan Hulu.\n\nSalam"
    wrapped = (
        "Warga bergotong royong membersihkan saluran air di RT 03 RW 05 Kelurahan Siantan Hulu."
    )
    assert _found(text) == [("Foto 1", wrapped)]


@pytest.mark.parametrize(
    "text",
    [
        "Yth. Redaksi,\nterlampir naskah dan foto.\nSalam,\nRahmawati",
        "Keterangan foto: terlampir",
        "Keterangan foto ada di dalam naskah.",
        "Keterangan foto: ada di dokumen Word",
        "Foto terlampir 3 lembar.",
        "Foto 1 dan 2 sudah saya kirim kemarin.",
        "Foto: Dok. Humas",
        "Foto 1: Dok. Humas",
        "Foto: Andi",
        "IMG_2041.jpg, IMG_2042.jpg dan IMG_2043.jpg terlampir",
        "IMG_2041.jpg\nTerima kasih",
        "Foto 1:",
        "Foto 1: -",
        "1. Naskah\n2. Foto",
        "Mohon foto nomor 2 dipakai sebagai foto utama.",
    ],
)
def test_what_is_no_caption_is_none(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "caption" + " " * 100_000 + "x",
        "Foto " + "1," * 50_000,
        "IMG_1" + "a" * 100_000,
        "Foto 1 " + "dan 1 " * 20_000,
        "Keterangan foto:\n" * 20_000,
        "a.jpg " * 20_000,
        "Foto 1: x\n" * 50_000,
    ],
)
def test_endless_text_costs_little(text: str) -> None:
    start = time.monotonic()
    find_labels(text, "body")
    assert time.monotonic() - start < 5


@given(st.text(alphabet=st.sampled_from('Foto 12:.-\n\tketrangmb.jpg()[]"*_|'), max_size=200))
def test_any_text_gives_clean_labels(text: str) -> None:
    for label in find_labels(text, "file", "a.txt"):
        assert label.text == " ".join(label.text.split()) != ""
        assert (label.source, label.place) == ("file", "a.txt")
