"""How people write captions, as a table: two photos, their captions in every form. `A` and `B` are the
captions, `X.jpg` and `Y.jpg` the names of the photos, `X` and `Y` those without ending, `4101` and
`4102` their cameras' numbers."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.captions.labels import find_labels
from ingest.read.captions.unread import find_unread
from redaksi.model import Label

A = "Warga bergotong royong mengangkat batu fondasi di RT 03, Minggu (15/11)."
B = "Kaum ibu menyiapkan sarapan bersama di teras mushala."
NAMES = ("IMG_4101.jpg", "IMG_4102.jpg")
NUMBERS, LOOSE, PLACES = ("Foto 1", "Foto 2"), ("", ""), ("kiri", "kanan")
STEMS, CAMERAS = ("IMG_4101", "IMG_4102"), ("4101", "4102")

# the keys, and the forms that give them; "/" ends a line
FORMS: dict[tuple[str, str], tuple[str, ...]] = {
    NUMBERS: (
        "Foto 1: A/Foto 2: B",
        "Foto 1 : A/Foto 2 : B",
        "foto 1 = A/foto 2 = B",
        "Foto 1 - A/Foto 2 - B",
        "Foto 1 – A//Foto 2 – B",
        "Foto 1. A/Foto 2. B",
        "Foto 1) A/Foto 2) B",
        "Foto 1, A/Foto 2, B",
        "Foto 1 A/Foto 2 B",
        "Foto 1 -> A/Foto 2 -> B",
        "Foto 1 => A/Foto 2 => B",
        "Foto 1 → A/Foto 2 → B",
        "Foto 1 | A/Foto 2 | B",
        "Foto 1\tA/Foto 2\tB",
        "Foto 1 >> A/Foto 2 >> B",
        "Foto 1:/A/Foto 2:/B",
        "Foto 1/A//Foto 2/B",
        "Foto 1://A//Foto 2://B",
        "Foto1: A/Foto2: B",
        "Foto-1: A/Foto-2: B",
        "Foto_1: A/Foto_2: B",
        "Foto #1: A/Foto #2: B",
        "Foto #1 A/Foto #2 B",
        "Foto (1): A/Foto (2): B",
        "Foto [1] A/Foto [2] B",
        "(Foto 1) A/(Foto 2) B",
        "[Foto 1]: A/[Foto 2]: B",
        "*Foto 1*: A/*Foto 2*: B",
        "*Foto 1:* A//*Foto 2:* B",
        "_Foto 1_: A/_Foto 2_: B",
        "FOTO 1 : A/FOTO 2 : B",
        "Foto 01: A/Foto 02: B",
        "Foto ke-1: A/Foto ke-2: B",
        "Foto ke 1: A/Foto ke 2: B",
        "Foto no. 1: A/Foto no. 2: B",
        "Foto nomor 1: A/Foto nomor 2: B",
        "Foto No 1 : A/Foto No 2 : B",
        "Foto 1∕2: A/Foto 2∕2: B",
        "Foto 1️⃣: A/Foto 2️⃣: B",
        "Foto satu: A/Foto dua: B",
        "Foto pertama: A/Foto kedua: B",
        "Foto kesatu, A/Foto kedua, B",
        "Foto yang pertama: A/Foto yang kedua: B",
        "Foto pertama adalah A/Foto kedua adalah B",
        "Foto pertama yaitu A Foto kedua yaitu B",
        "Foto 1: A Foto 2: B",
        "Foto A: A/Foto B: B",
        "Foto a. A/Foto b. B",
        "Foto I: A/Foto II: B",
        "Foto i. A/Foto ii. B",
        "Gambar 1: A/Gambar 2: B",
        "Gbr 1. A/Gbr 2. B",
        "Gbr. 1: A/Gbr. 2: B",
        "Photo 1: A/Photo 2: B",
        "Image 1: A/Image 2: B",
        "Dokumentasi 1: A/Dokumentasi 2: B",
        "Caption 1: A/Caption 2: B",
        "Caption foto 1: A/Caption foto 2: B",
        "Ket. 1: A/Ket. 2: B",
        "Ket foto 1 : A/Ket foto 2 : B",
        "Ket. gambar 1: A/Ket. gambar 2: B",
        "Keterangan 1: A/Keterangan 2: B",
        "Keterangan foto 1: A/Keterangan foto 2: B",
        "Keterangan untuk foto 1: A/Keterangan untuk foto 2: B",
        "Keterangan Foto 1/A//Keterangan Foto 2/B",
        "Narasi foto 1: A/Narasi foto 2: B",
        "Deskripsi gambar 1: A/Deskripsi gambar 2: B",
        "Penjelasan foto 1: A/Penjelasan foto 2: B",
        "Foto kegiatan 1: A/Foto kegiatan 2: B",
        "- Foto 1: A/- Foto 2: B",
        "• Foto 1: A//• Foto 2: B",
        "1. Foto 1: A/2. Foto 2: B",
        "> Foto 1: A/> Foto 2: B",
        'Foto 1: "A"/Foto 2: "B"',
        "Foto 1: “A”/Foto 2: “B”",
        "📷 Foto 1: A/📷 Foto 2: B",
        "A (Foto 1)/B (Foto 2)",
        "A/(Foto 1)//B/(Foto 2)",
        "Foto-foto:/1. A/2. B",
        "Foto:/1. A/2. B",
        "Keterangan foto:/1. A/2. B",
        "Keterangan foto:/1) A/2) B",
        "Keterangan foto :/(1) A/(2) B",
        "Keterangan foto//1. A//2. B",
        "*Keterangan Foto*/1. A/2. B",
        "KETERANGAN FOTO/1 A/2 B",
        "Keterangan foto:/a. A/b. B",
        "Keterangan foto:/A. A/B. B",
        "Keterangan foto:/I. A/II. B",
        "Keterangan foto:/1️⃣ A/2️⃣ B",
        "Keterangan foto:/① A/② B",
        "Keterangan foto:/Pertama, A/Kedua, B",
        "Keterangan foto: 1. A 2. B",
        "Keterangan foto: (1) A (2) B",
        "Caption:/1. A/2. B",
        "Caption foto/1.\tA/2.\tB",
        "Ket. foto :/1. A/2. B",
        "Deskripsi gambar:/1. A/2. B",
        "Narasi foto :/1) A/2) B",
        "Penjelasan foto:/1. A/2. B",
        "Adapun keterangan fotonya sebagai berikut:/1. A/2. B",
        "Adapun keterangan fotonya sbb:/1. A/2. B",
        "Berikut keterangan fotonya/1. A/2. B",
        "Berikut ini adalah keterangan foto:/1. A/2. B",
        "Berikut kami sampaikan keterangan fotonya:/1. A/2. B",
        "Bersama ini kami lampirkan foto dengan keterangan sebagai berikut:/1. A/2. B",
        "Ini captionnya ya min:/1. A/2. B",
        "Keterangan foto sebagai berikut,//a. A//b. B",
        "Foto dan keterangannya:/1. A/2. B",
        "(1) A/(2) B",
        "1. A/2. B",
        "No | Keterangan foto/1 | A/2 | B",
    ),
    NAMES: (
        "X.jpg: A/Y.jpg: B",
        "X.jpg : A/Y.jpg : B",
        "X.jpg - A/Y.jpg - B",
        "X.jpg-A/Y.jpg-B",
        "X.jpg = A/Y.jpg = B",
        "X.jpg A/Y.jpg B",
        "X.jpg, A/Y.jpg, B",
        "X.jpg/A/Y.jpg/B",
        "X.jpg//A//Y.jpg//B",
        "X.jpg:/A//Y.jpg:/B",
        "(X.jpg) A/(Y.jpg) B",
        "[X.jpg] A/[Y.jpg] B",
        '"X.jpg": A/"Y.jpg": B',
        '"X.jpg","A"/"Y.jpg","B"',
        "X.jpg;A/Y.jpg;B",
        "1,X.jpg,A/2,Y.jpg,B",
        "X.jpg\tA/Y.jpg\tB",
        "1\tX.jpg\tA/2\tY.jpg\tB",
        "| 1 | X.jpg | A |/| 2 | Y.jpg | B |",
        "| Nama file | Keterangan |/|---|---|/| X.jpg | A |/| Y.jpg | B |",
        "No\tNama File\tKeterangan/1\tX.jpg\tA/2\tY.jpg\tB",
        "A\tX.jpg/B\tY.jpg",
        "A (X.jpg)/B (Y.jpg)",
        "A - X.jpg/B - Y.jpg",
        "A/X.jpg//B/Y.jpg",
        "1. X.jpg: A/2. Y.jpg: B",
        "- X.jpg: A/- Y.jpg: B",
        "1. X.jpg/A/2. Y.jpg/B",
        "Foto 1 (X.jpg): A/Foto 2 (Y.jpg): B",
        "Foto 1 - X.jpg: A/Foto 2 - Y.jpg: B",
        "Foto X.jpg: A/Foto Y.jpg: B",
        "Keterangan foto X.jpg: A/Keterangan foto Y.jpg: B",
        "File X.jpg: A/File Y.jpg: B",
        "Keterangan foto:/X.jpg: A/Y.jpg: B",
        "Keterangan foto:/X.jpg A/Y.jpg B",
        "[image: X.jpg]/A/[image: Y.jpg]/B",
        "[image: X.jpg]/Foto 1: A/[image: Y.jpg]/Foto 2: B",
        "A/[image: X.jpg]/B/[image: Y.jpg]",
        "[image: X.jpg] A/[image: Y.jpg] B",
        "[image: X.jpg]\t[image: Y.jpg]/A\tB",
        "15/11/26 08.12 - Siti: X.jpg (file terlampir)/A/15/11/26 08.13 - Siti: Y.jpg (file terlampir)/B",
        "[15/11/26 08.12.33] Siti: <terlampir: X.jpg>/A/[15/11/26 08.13.01] Siti: <terlampir: Y.jpg>/B",
        "15/11/26, 08:12 - Siti: X.jpg (file attached)/15/11/26, 08:12 - Siti: A/15/11/26, 08:13 - Siti: Y.jpg (file attached)/15/11/26, 08:14 - Siti: B",
    ),
    STEMS: (
        "X: A/Y: B",
        "X - A/Y - B",
        "X = A/Y = B",
        "X A/Y B",
        "X-A/Y-B",
        "Foto X: A/Foto Y: B",
        "X/A//Y/B",
        "A (foto X)/B (foto Y)",
        "A (X)/B (Y)",
    ),
    CAMERAS: (
        "4101: A/4102: B",
        "4101 = A/4102 = B",
        "4101 - A/4102 - B",
        "Foto 4101: A/Foto 4102: B",
        "(4101) A/(4102) B",
        "Keterangan foto:/4101: A/4102: B",
    ),
    PLACES: (
        "Foto kiri: A/Foto kanan: B",
        "Foto sebelah kiri: A/Foto sebelah kanan: B",
        "Kiri: A/Kanan: B",
        "Keterangan foto: (kiri) A (kanan) B",
        "Keterangan foto:/Kiri: A/Kanan: B",
        "Foto kiri adalah A/Foto kanan adalah B",
    ),
    ("utama", "pendukung"): ("Foto utama: A/Foto pendukung: B", "Foto utama - A/Foto pendukung - B"),
    ("atas", "bawah"): ("Foto atas: A/Foto bawah: B", "Gambar atas : A/Gambar bawah : B"),
    LOOSE: (
        "Keterangan foto:/A/B",
        "Keterangan foto:/- A/- B",
        "Keterangan foto:/• A//• B",
        "Keterangan foto:/📷 A/📷 B",
        "Keterangan foto:/➡️ A/➡️ B",
        "Keterangan foto:/* A/* B",
        "Keterangan foto://A//B",
        "Caption:/A//B",
        "Caption//A//B",
        "Keterangan foto: A/Keterangan foto: B",
        "Caption: A/Caption: B",
        "Foto: A/Foto: B",
        "Caption foto://• A//• B",
        "Deskripsi foto:/- A/- B",
        "Keterangan fotonya:/A/B",
        "Foto-foto kegiatan:/- A/- B",
        "Berikut keterangan fotonya:/- A/- B",
    ),
}  # fmt: skip


def write(form: str) -> str:
    """The mail a form stands for, with greeting and closing."""
    letters = {"A": A, "B": B, "X": "IMG_4101", "Y": "IMG_4102"}
    lines = form.replace("15/11/26", "15.11.26").split("/")
    words = "\n".join(lines).replace("15.11.26", "15/11/26").replace("∕", "/")
    out, at = "", 0
    while at < len(words):
        alone = not words[at - 1 : at].isalpha() and not words[at + 1 : at + 2].isalpha()
        signed = (
            words[at + 1 : at + 2] in (":", ".")
            and words[at] in "AB"
            and not words.startswith(".jpg", at + 1)
        )
        out += letters[words[at]] if words[at] in letters and alone and not signed else words[at]
        at += 1
    return f"Yth. Redaksi,\n\nBerikut naskah kami.\n\n{out}\n\nTerima kasih,\nSiti\n"


MORE: tuple[tuple[tuple[str, str], str], ...] = (
(NUMBERS,"Foto 1 (atas): A/Foto 2 (bawah): B"),(NAMES,"Foto 1. (X.jpg) A/Foto 2. (Y.jpg) B"),(NUMBERS,"Untuk foto 1, keterangannya: A/Untuk foto 2, keterangannya: B"),
(NUMBERS,"Foto 1 keterangannya: A/Foto 2 keterangannya: B"),(NUMBERS,"Foto 1 keterangannya A/Foto 2 keterangannya B"),(NUMBERS,"Keterangan untuk foto yang pertama: A/Keterangan untuk foto yang kedua: B"),(NUMBERS,"Foto pertama itu A/Foto kedua itu B"),(NUMBERS,"Foto ke-1 menunjukkan A/Foto ke-2 menunjukkan B"),
(NUMBERS,"Yang pertama: A/Yang kedua: B"),(NUMBERS,"Pada foto 1: A/Pada foto 2: B"),(NUMBERS,"Foto 1 tampak A/Foto 2 tampak B"),
(NAMES,"X.jpg → A/Y.jpg → B"),(NAMES,"X.jpg:/   A/Y.jpg:/   B"),(("img_4101.JPG","img_4102.JPG"),"img_4101.JPG: A/img_4102.JPG: B"),(("img 4101","img 4102"),"img 4101: A/img 4102: B"),(("IMG4101","IMG4102"),"IMG4101: A/IMG4102: B"),(("img-4101","img-4102"),"img-4101 : A/img-4102 : B"),(("IMG_4101.jpeg","IMG_4102.jpeg"),"IMG_4101.jpeg: A/IMG_4102.jpeg: B"),
(CAMERAS,"No. 4101: A/No. 4102: B"),(CAMERAS,"Foto no 4101 : A/Foto no 4102 : B"),(NAMES,"Foto pertama (X.jpg) A/Foto kedua (Y.jpg) B"),
(NUMBERS,"Keterangan foto: 1) A; 2) B"),(NUMBERS,"Keterangan foto: a. A b. B"),(LOOSE,"KET FOTO: A/KET FOTO: B"),(LOOSE,"Ket: A/Ket: B"),(LOOSE,"Keterangan: A/Keterangan: B"),
(NUMBERS,"*Foto 1*/A//*Foto 2*/B"),(NUMBERS,"Foto 1/: A/Foto 2/: B"),(NUMBERS,"Foto 1 :/- A/Foto 2 :/- B"),(NUMBERS,"Foto I (satu): A/Foto II (dua): B"),(NUMBERS,"1. Foto pertama: A/2. Foto kedua: B"),(PLACES,"Foto [kiri]: A/Foto [kanan]: B"),(NAMES,"Caption 1 (X.jpg): A/Caption 2 (Y.jpg): B"),
(LOOSE,"📸 A/📸 B"),(NUMBERS,"Teks foto 1: A/Teks foto 2: B"),(NUMBERS,"Judul foto 1: A/Judul foto 2: B"),(NUMBERS,"Photo caption:/1. A/2. B"),(NUMBERS,"Image caption 1: A/Image caption 2: B"),(NUMBERS,"Figure 1. A/Figure 2. B"),(NUMBERS,"Captions:/1. A/2. B"),
(("Utama","Pendukung 1"),"Foto Utama : A/Foto Pendukung 1 : B"),(NUMBERS,"Keterangan Gambar :/Gambar 1 : A/Gambar 2 : B"),(NAMES,"Lampiran foto beserta keterangan:/1. X.jpg = A/2. Y.jpg = B"),(NUMBERS,"Daftar keterangan foto/1. A/2. B"),(NUMBERS,"Caption foto (sesuai urutan lampiran):/1. A/2. B"),(LOOSE,"Keterangan foto (urut dari atas):/- A/- B"),
(NUMBERS,"A (keterangan foto 1)/B (keterangan foto 2)"),(NUMBERS,"A [Foto 1]/B [Foto 2]"),(NUMBERS,"A – Foto 1/B – Foto 2"),
(NAMES,"1. X.jpg (A)/2. Y.jpg (B)"),(NAMES,"X.jpg (A)/Y.jpg (B)"),(NAMES,"X.jpg: A; Y.jpg: B"),(NAMES,"X.jpg: A Y.jpg: B"),(NAMES,"File: X.jpg/Keterangan: A//File: Y.jpg/Keterangan: B"),(NAMES,"Nama file: X.jpg/Caption: A//Nama file: Y.jpg/Caption: B"),(NUMBERS,"Foto 1/Caption: A//Foto 2/Caption: B"),(NUMBERS,"Foto 1:/Keterangan: A/Foto 2:/Keterangan: B"),
(NUMBERS,"Foto 1 dan keterangannya: A/Foto 2 dan keterangannya: B"),(NUMBERS,"Foto1/A/Foto2/B"),(NUMBERS,"FOTO 1/A/FOTO 2/B"),(NUMBERS,"Foto 1 ➡ A/Foto 2 ➡ B"),(NUMBERS,"Foto 1 👉 A/Foto 2 👉 B"),(NUMBERS,"Foto 1 — A/Foto 2 — B"),(NUMBERS,"Foto 1… A/Foto 2… B"),(NUMBERS,"Foto 1 ... A/Foto 2 ... B"),(NUMBERS,"Foto 1 ; A/Foto 2 ; B"),(NUMBERS,"Foto.1 A/Foto.2 B"),(NUMBERS,"Foto 1.) A/Foto 2.) B"),(NUMBERS,"(foto 1) : A/(foto 2) : B"),(NUMBERS,"<Foto 1> A/<Foto 2> B"),(NUMBERS,"{Foto 1} A/{Foto 2} B"),(NUMBERS,"[1] A/[2] B"),(NUMBERS,"#1 A/#2 B"),(NUMBERS,"#1: A/#2: B"),(NUMBERS,"1∕ A/2∕ B"),(NUMBERS,"Keterangan foto:/1 = A/2 = B"),(NUMBERS,"Keterangan foto:/1 - A/2 - B"),(NUMBERS,"Keterangan foto:/1 : A/2 : B"),(NUMBERS,"Keterangan foto:/#1 A/#2 B"),(NUMBERS,"Keterangan foto:/-1 A/-2 B"),(NUMBERS,"Keterangan foto:/satu. A/dua. B"),(NUMBERS,"Keterangan foto:/Satu: A/Dua: B"),(NUMBERS,"Keterangan foto:/[1] A/[2] B"),
(NUMBERS,"Keterangan dari foto-foto tersebut adalah:/1. A/2. B"),(NUMBERS,"Penjelasan untuk masing-masing foto:/1. A/2. B"),(NUMBERS,"Foto beserta captionnya:/1. A/2. B"),(NUMBERS,"Sekalian captionnya:/1. A/2. B"),(NUMBERS,"Caption-nya:/1. A/2. B"),(NUMBERS,"untuk caption foto nya sbb/1. A/2. B"),(NUMBERS,"Dengan keterangan:/1. A/2. B"),(NUMBERS,"Keterangan:/1. A/2. B"),(NUMBERS,"Ket :/1. A/2. B"),(NUMBERS,"Narasi:/1. A/2. B"),(NUMBERS,"Uraian foto:/1. A/2. B"),(NUMBERS,"Isi foto:/1. A/2. B"),(NUMBERS,"Detail foto:/1. A/2. B"),(NUMBERS,"Info foto:/1. A/2. B"),(NUMBERS,"Informasi foto:/1. A/2. B"),(NUMBERS,"Cerita foto:/1. A/2. B"),(NUMBERS,"Maksud foto:/1. A/2. B"),(NUMBERS,"Arti foto:/1. A/2. B"),(NUMBERS,"Dokumentasi kegiatan:/1. A/2. B"),(NUMBERS,"Foto kegiatan:/1. A/2. B"),(NUMBERS,"Lampiran foto:/1. A/2. B"),(NUMBERS,"Daftar foto:/1. A/2. B"),(NUMBERS,"Foto yang dilampirkan:/1. A/2. B"),(NUMBERS,"Foto terlampir:/1. A/2. B"),(NUMBERS,"Foto-foto yang kami lampirkan:/1. A/2. B"),
(LOOSE,"Keterangan foto:/=> A/=> B"),(LOOSE,"Keterangan foto:/> A/> B"),(LOOSE,"Keterangan foto:/~ A/~ B"),(LOOSE,"Keterangan foto:/+ A/+ B"),(LOOSE,"Keterangan foto:/o A/o B"),(LOOSE,"Keterangan foto:/✅ A/✅ B"),(LOOSE,"Caption : A//Caption : B"),(LOOSE,"Ket. foto: A//Ket. foto: B"),(LOOSE,"Takarir: A/Takarir: B"),(LOOSE,"Deskripsi: A/Deskripsi: B"),
(NUMBERS,"foto satu A/foto dua B"),(NUMBERS,"Foto pertama A/Foto kedua B"),(NUMBERS,"Foto Pertama\tA/Foto Kedua\tB"),(NAMES,"File X.jpg A/File Y.jpg B"),(NAMES,"X.jpg adalah A/Y.jpg adalah B"),(NAMES,"Foto X.jpg menunjukkan A/Foto Y.jpg menunjukkan B"),(NAMES,"Untuk X.jpg: A/Untuk Y.jpg: B"),(NAMES,"Caption X.jpg: A/Caption Y.jpg: B"),(NAMES,"Foto dengan nama file X.jpg: A/Foto dengan nama file Y.jpg: B"),(NAMES,"“X.jpg” A/“Y.jpg” B"),(NAMES,"*X.jpg*: A/*Y.jpg*: B"),(NAMES,"*X.jpg*/A//*Y.jpg*/B"),(NAMES,"X.jpg ( A )/Y.jpg ( B )"),(NAMES,"<X.jpg> A/<Y.jpg> B"),
)  # fmt: skip
CASES = [*((keys, form) for keys, forms in FORMS.items() for form in forms), *MORE]


def spread(labels: tuple[Label, ...]) -> list[tuple[str, str]]:
    places = {"Kiri": "kiri", "Kanan": "kanan"}
    return [(places.get(label.key, label.key), label.text) for label in labels]


@pytest.mark.parametrize(("keys", "form"), CASES, ids=[form for _, form in CASES])
def test_a_form_of_captions(keys: tuple[str, str], form: str) -> None:
    assert spread(find_labels(write(form), "body", photos=NAMES)) == [(keys[0], A), (keys[1], B)]


@pytest.mark.parametrize(("keys", "form"), CASES, ids=[form for _, form in CASES])
def test_nothing_of_it_is_left_unread(keys: tuple[str, str], form: str) -> None:
    assert find_unread(write(form), photos=NAMES) == ()


OTHER_NAMES = (
    ("WhatsApp Image 2026-11-15 at 10.22.33.jpeg", "WhatsApp Image 2026-11-15 at 10.22.34 (1).jpeg"),
    ("IMG-20261115-WA0003.jpg", "IMG-20261115-WA0004.jpg"),
    ("20261115_101500.jpg", "20261115_101501.jpg"),
    ("Kerja bakti (pagi).jpg", "Rapat RW.png"),
    ("kerja-bakti-1.jpg", "kerja-bakti-2.jpg"),
    ("image0.jpeg", "image1.jpeg"),
    ("PXL_20261115_101112345.MP.jpg", "PXL_20261115_101112399.jpg"),
    ("DSC_0012.JPG", "DSC_0013.JPG"),
)  # fmt: skip


@pytest.mark.parametrize("names", OTHER_NAMES, ids=[names[0] for names in OTHER_NAMES])
@pytest.mark.parametrize("form", [*FORMS[NAMES], *FORMS[STEMS]])
def test_a_form_with_other_names(form: str, names: tuple[str, str]) -> None:
    stems = [name.rpartition(".")[0] for name in names]
    keys = list(names) if form in FORMS[NAMES] else stems
    mail = write(form)
    for camera, name, stem in zip(NAMES, names, stems, strict=True):
        mail = mail.replace(camera, name).replace(camera.removesuffix(".jpg"), stem)
    found = find_labels(mail, "body", photos=names)
    assert spread(found) == [(keys[0], A), (keys[1], B)]


PIECES = ("Foto 1: ", "Keterangan foto:", "\n", "\n\n", "1. ", "- ", "IMG_4101.jpg", " (IMG_4101.jpg)", "\t", " | ",
    "[image: IMG_4101.jpg]", "Warga kerja bakti", "Lurah datang ke balai", "Terima kasih", "a. ", "Foto 2", ", ", ". ")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_word_stands_in_two_captions_and_none_is_made_up(pieces: list[str]) -> None:
    text = "".join(
        f"{piece}w{i} " if piece[0].isupper() else piece for i, piece in enumerate(pieces)
    )
    taken = {label.text: None for label in find_labels(text, "body", photos=NAMES)}
    words = [word.strip(".,:") for text in taken for word in text.split() if word.startswith("w")]
    assert len(words) == len(set(words))
    assert all(word in text for word in words)


@pytest.mark.parametrize(
    "text",
    [
        "Keterangan foto:\n" + "• " * 3000,
        "Keterangan foto:\n" + "1. Warga kerja bakti\n" * 5000,
        "Keterangan foto: " + "1. Warga " * 1000,
        "Foto 1: Warga. " * 2000,
        "Foto 1\n" * 5000,
        "Foto 1\n\nWarga kerja bakti\n\n" * 1600,
        "[image: a.jpg]\n" * 5000,
        "a.jpg\tWarga kerja bakti\n" * 5000,
        "a.jpg, " * 3000 + ": x",
        "((((((" * 1000,
        '"' * 6000,
        "15/11/26 08.12 - S: a.jpg (file terlampir)\n" * 5000,
        "Warga mengangkat batu fondasi di RT 03 pada hari Minggu pagi\n" * 5000,
        "Warga kerja bakti (foto IMG_1)\n" * 5000,
        "Berikut " * 5000 + ":",
        "- " * 3000 + "x",
        "Foto dan " * 2000,
        "keterangan " * 2000 + "foto:",
    ],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_hostile_text_costs_little(text: str) -> None:
    start = time.process_time()
    find_labels(text, "body", photos=NAMES)
    assert time.process_time() - start < 3


def test_words_under_a_picture_where_text_goes_on_are_not_sure() -> None:
    text = f"[image: IMG_4101.jpg]\n\n{A}\n\n{B} Mereka datang sejak pagi sekali.\n"
    (label,) = find_labels(text, "body", photos=NAMES)
    assert (label.key, label.sure) == (NAMES[0], False)
