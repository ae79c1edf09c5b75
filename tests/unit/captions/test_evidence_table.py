"""What belongs together by words, by what speaks against a pair, in order, and by one caption for
all."""

import pytest

from tests.unit.captions.pair_cases import Case, pair_case

BY_WORDS = (
    Case(
        what="whatever the affixes",
        photos=("bersih parit.jpg", "perbaikan jembatan.jpg"),
        captions=("Tukang memperbaiki jembatan", "Pemuda membersihkan parit"),
        pairs=(
            "bersih parit.jpg <- Pemuda membersihkan parit words",
            "perbaikan jembatan.jpg <- Tukang memperbaiki jembatan words",
        ),
    ),
    Case(
        what="written as one word",
        photos=("KerjaBakti.jpg", "rapatkoordinasi.jpg"),
        captions=("Rapat koordinasi dengan lurah", "Kerja bakti pagi"),
        pairs=(
            "KerjaBakti.jpg <- Kerja bakti pagi words",
            "rapatkoordinasi.jpg <- Rapat koordinasi dengan lurah words",
        ),
    ),
    Case(
        what="lines between the words",
        photos=("senam_lansia.jpg", "panen-kangkung.jpg"),
        captions=("Ibu-ibu memanen kangkung", "Peserta senam lansia"),
        pairs=(
            "senam_lansia.jpg <- Peserta senam lansia words",
            "panen-kangkung.jpg <- Ibu-ibu memanen kangkung words",
        ),
    ),
    Case(
        what="a caption without a clue may be the photo's own",
        photos=("kerja bakti.jpg", "IMG_2.jpg"),
        captions=("Pemuda membersihkan parit", "Lurah menyerahkan bantuan usai kerja bakti"),
        pairs=(
            "kerja bakti.jpg <- Lurah menyerahkan bantuan usai kerja bakti words?",
            "IMG_2.jpg <- Pemuda membersihkan parit order?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="a photo without a caption may be the one told of",
        photos=("kerja bakti.jpg", "IMG_2.jpg"),
        captions=("Foto 1: Lurah menyerahkan bantuan usai kerja bakti",),
        pairs=("kerja bakti.jpg <- Lurah menyerahkan bantuan usai kerja bakti words?",),
        action="ask",
    ),
    Case(
        what="a short word alone is a hint",
        photos=("ibu.jpg", "b.jpg"),
        captions=("Lurah berpidato", "Para ibu memasak"),
        pairs=("ibu.jpg <- Para ibu memasak words?", "b.jpg <- Lurah berpidato order?"),
        action="editor_confirm",
    ),
    Case(
        what="a word of many photos is none",
        photos=("panen 1a.jpg", "panen 1b.jpg"),
        captions=("Panen padi", "Panen jagung"),
        pairs=("panen 1a.jpg <- Panen padi words?", "panen 1b.jpg <- Panen jagung words?"),
        action="editor_confirm",
    ),
    Case(
        what="words of two photos in one caption",
        photos=("jembatan.jpg", "posyandu.jpg"),
        captions=("Jembatan di dekat posyandu", "Kader menimbang balita"),
        pairs=(
            "jembatan.jpg <- Jembatan di dekat posyandu words?",
            "posyandu.jpg <- Kader menimbang balita order?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="the caption names another file",
        photos=("kerja bakti.jpg",),
        captions=("IMG_9.jpg: Kerja bakti pemuda",),
        pairs=("kerja bakti.jpg <- Kerja bakti pemuda words?",),
        action="editor_confirm",
    ),
    Case(
        what="the caption's number is another photo's place",
        photos=("kerja bakti.jpg", "b.jpg"),
        captions=("Foto 1: Lurah berpidato", "Foto 2: Kerja bakti pemuda"),
        pairs=(
            "kerja bakti.jpg <- Kerja bakti pemuda words?",
            "b.jpg <- Lurah berpidato order?",
        ),
        action="editor_confirm",
    ),
)
AGAINST = (
    Case(
        what="number against words",
        photos=("1. Kerja bakti.jpg", "2. Rapat warga.jpg"),
        captions=("Foto 1: Rapat warga membahas saluran", "Foto 2: Kerja bakti membersihkan parit"),
        pairs=(
            "1. Kerja bakti.jpg <- Rapat warga membahas saluran label?",
            "2. Rapat warga.jpg <- Kerja bakti membersihkan parit label?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="name against words",
        photos=("1 Kerja bakti.jpg", "2 Rapat koordinasi.jpg"),
        captions=(
            "1 Kerja bakti.jpg: Rapat koordinasi di balai",
            "2 Rapat koordinasi.jpg: Kerja bakti di parit",
        ),
        pairs=(
            "1 Kerja bakti.jpg <- Rapat koordinasi di balai name?",
            "2 Rapat koordinasi.jpg <- Kerja bakti di parit name?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="a name and a number for one photo",
        photos=("Foto 1.jpg", "b.jpg"),
        captions=("Foto 1.jpg: Rapat", "Foto 1: Panen", "b.jpg: Senam"),
        pairs=("Foto 1.jpg <- Rapat name?", "b.jpg <- Senam name"),
        action="editor_confirm",
    ),
    Case(
        what="a word of one caption in another photo's is no contradiction",
        photos=("1. Kerja bakti.jpg", "2. Rapat warga.jpg"),
        captions=("Foto 1: Kerja bakti seusai rapat", "Foto 2: Rapat membahas kerja bakti besok"),
        pairs=(
            "1. Kerja bakti.jpg <- Kerja bakti seusai rapat label",
            "2. Rapat warga.jpg <- Rapat membahas kerja bakti besok label",
        ),
    ),
)
IN_ORDER = (
    Case(
        what="as many captions as photos",
        photos=("a.jpg", "b.jpg"),
        captions=("Satu kata", "Dua kata"),
        pairs=("a.jpg <- Satu kata order?", "b.jpg <- Dua kata order?"),
        action="editor_confirm",
    ),
    Case(
        what="one photo, one caption",
        photos=("a.jpg",),
        captions=("Satu kata",),
        pairs=("a.jpg <- Satu kata order?",),
        action="editor_confirm",
    ),
    Case(
        what="what names leave over",
        photos=("a.jpg", "b.jpg", "c.jpg"),
        captions=("b.jpg: Dua", "Satu kata", "Tiga kata"),
        pairs=("a.jpg <- Satu kata order?", "b.jpg <- Dua name", "c.jpg <- Tiga kata order?"),
        action="editor_confirm",
    ),
    Case(
        what="numbers out of their row",
        photos=("a.jpg", "b.jpg", "c.jpg"),
        captions=("Foto 3: Tiga", "Foto 1: Satu", "Foto 2: Dua"),
        pairs=("a.jpg <- Satu order?", "b.jpg <- Dua order?", "c.jpg <- Tiga order?"),
        action="editor_confirm",
    ),
    Case(
        what="a slip in the number",
        photos=("a.jpg", "b.jpg", "c.jpg"),
        captions=("Foto 1: Satu", "Foto 2: Dua", "Foto 4: Tiga"),
        pairs=("a.jpg <- Satu order?", "b.jpg <- Dua order?"),
        action="editor_confirm",
        unread=1,
    ),
    Case(
        what="positions in the order they are told",
        photos=("a.jpg", "b.jpg"),
        captions=("position/atas: Rapat", "position/bawah: Panen"),
        pairs=("a.jpg <- Rapat order?", "b.jpg <- Panen order?"),
        action="editor_confirm",
    ),
    Case(
        what="fewer numbered captions than photos",
        photos=("a.jpg", "b.jpg", "c.jpg"),
        captions=("Foto 1: Satu", "Foto 3: Tiga"),
        pairs=("a.jpg <- Satu order?", "c.jpg <- Tiga order?"),
        action="ask",
    ),
    Case(
        what="fewer captions than photos",
        photos=("a.jpg", "b.jpg", "c.jpg"),
        captions=("Satu kata", "Dua kata"),
        pairs=(),
        action="ask",
    ),
    Case(
        what="more captions than photos",
        photos=("a.jpg",),
        captions=("Satu kata", "Dua kata"),
        pairs=("a.jpg <- Satu kata order?",),
        action="editor_confirm",
    ),
    Case(
        what="more numbered captions than photos",
        photos=("a.jpg", "b.jpg"),
        captions=("Foto 1: Satu", "Foto 2: Dua", "Foto 3: Tiga"),
        pairs=("a.jpg <- Satu order?", "b.jpg <- Dua order?"),
        action="editor_confirm",
    ),
    Case(
        what="files renamed on their way",
        photos=("image0.jpeg", "image1.jpeg"),
        captions=("IMG_2041.jpg: Satu", "IMG_2042.jpg: Dua"),
        pairs=("image0.jpeg <- Satu order?", "image1.jpeg <- Dua order?"),
        action="editor_confirm",
    ),
    Case(
        what="a file renamed, one of several",
        photos=("IMG_1.jpg", "IMG_2.jpg"),
        captions=("IMG_1.jpg: Satu", "IMG_3.jpg: Tiga"),
        pairs=("IMG_1.jpg <- Satu name",),
        action="editor_confirm",
        unread=1,
    ),
    Case(
        what="a caption of a file that did not come",
        photos=("IMG_1.jpg",),
        captions=("IMG_1.jpg: Satu", "IMG_3.jpg: Tiga"),
        pairs=("IMG_1.jpg <- Satu name",),
        orphans=("IMG_3.jpg",),
    ),
    Case(
        what="a caption of a camera's number that did not come misses no file",
        photos=("IMG_2041.jpg",),
        captions=("camera/2041: Satu", "camera/2045: Dua"),
        pairs=("IMG_2041.jpg <- Satu name",),
    ),
    Case(
        what="a name without ending misses no file",
        photos=("IMG_1.jpg",),
        captions=("IMG_1.jpg: Satu", "pembukaan: Dua"),
        pairs=("IMG_1.jpg <- Satu name",),
    ),
)
FOR_ALL = (
    Case(
        what="for all photos",
        photos=("a.jpg", "b.jpg"),
        captions=("shared/semua foto: Rapat warga",),
        pairs=("a.jpg <- Rapat warga shared?", "b.jpg <- Rapat warga shared?"),
        action="editor_confirm",
    ),
    Case(
        what="for all photos but one that has its own",
        photos=("a.jpg", "b.jpg"),
        captions=("shared/semua foto: Rapat warga", "b.jpg: Senam"),
        pairs=("a.jpg <- Rapat warga shared?", "b.jpg <- Senam name"),
        action="editor_confirm",
    ),
    Case(
        what="the only caption of several photos",
        photos=("a.jpg", "b.jpg", "c.jpg"),
        captions=("Rapat warga di balai desa",),
        pairs=(
            "a.jpg <- Rapat warga di balai desa shared?",
            "b.jpg <- Rapat warga di balai desa shared?",
            "c.jpg <- Rapat warga di balai desa shared?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="a credit is not for all",
        photos=("a.jpg", "b.jpg"),
        captions=("Tim 07 Pontianak",),
        pairs=(),
        action="ask",
    ),
    Case(
        what="a long text is not for all",
        photos=("a.jpg", "b.jpg"),
        captions=(" ".join(["kata"] * 60),),
        pairs=(),
        action="ask",
    ),
    Case(what="nothing at all", photos=("a.jpg", "b.jpg"), captions=(), pairs=(), action="ask"),
    Case(what="no photos", photos=(), captions=("Foto 1: Satu",), pairs=()),
)
IN_THE_NAME = (
    Case(
        what="a sentence",
        photos=("Warga mengangkat batu kali di Gang Melati, Minggu (15-11).jpg",),
        captions=(),
        pairs=(
            "Warga mengangkat batu kali di Gang Melati, Minggu (15-11).jpg <- "
            "Warga mengangkat batu kali di Gang Melati, Minggu (15-11) file_name?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="with lines for spaces and a number before",
        photos=("1._Lurah_Marlina_meresmikan_saluran_air.jpg",),
        captions=(),
        pairs=(
            "1._Lurah_Marlina_meresmikan_saluran_air.jpg <- "
            "Lurah Marlina meresmikan saluran air file_name?",
        ),
        action="editor_confirm",
    ),
    Case(what="a title", photos=("Kerja bakti RT 03.jpg",), captions=(), pairs=(), action="ask"),
    Case(what="a camera's", photos=("IMG_2041.jpg",), captions=(), pairs=(), action="ask"),
    Case(
        what="a messenger's",
        photos=("WhatsApp Image 2026-11-15 at 10.22.31 (1).jpeg",),
        captions=(),
        pairs=(),
        action="ask",
    ),
    Case(
        what="what the mail says goes before",
        photos=("Warga mengangkat batu kali di Gang Melati.jpg",),
        captions=("Foto 1: Warga mengangkat batu di Gang Melati",),
        pairs=(
            "Warga mengangkat batu kali di Gang Melati.jpg <- "
            "Warga mengangkat batu di Gang Melati words",
        ),
    ),
)
NOT_ENOUGH = (
    Case(
        what="a caption that shares a word with another photo too",
        photos=("Kerja bakti.jpg", "Posyandu Melati.jpg"),
        captions=("Kerja bakti di melati", "Posyandu balita"),
        pairs=(
            "Kerja bakti.jpg <- Kerja bakti di melati words?",
            "Posyandu Melati.jpg <- Posyandu balita words?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="a word of several in the name",
        photos=("Rapat koordinasi tahunan.jpg",),
        captions=("Rapat tani di balai",),
        pairs=("Rapat koordinasi tahunan.jpg <- Rapat tani di balai words?",),
        action="editor_confirm",
    ),
    Case(
        what="a day that all photos have",
        photos=("IMG-20261115-WA0003.jpg",),
        captions=("Rapat warga (15/11)",),
        pairs=("IMG-20261115-WA0003.jpg <- Rapat warga (15/11) order?",),
        action="editor_confirm",
    ),
    Case(
        what="two captions of one photo that differ in a figure",
        photos=("a.jpg",),
        captions=("a.jpg: Kerja bakti warga di RT 01", "a.jpg: Kerja bakti warga di RT 02"),
        pairs=("a.jpg <- Kerja bakti warga di RT 01 name?",),
        action="editor_confirm",
    ),
    Case(
        what="two photos of one stem and kind are two",
        photos=("rapat_1.jpg", "rapat-1.jpg"),
        captions=("rapat_1.jpg: Warga bermusyawarah",),
        pairs=("rapat_1.jpg <- Warga bermusyawarah name",),
        action="ask",
    ),
)
CASES = (*BY_WORDS, *AGAINST, *IN_ORDER, *FOR_ALL, *IN_THE_NAME, *NOT_ENOUGH)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_belongs_together(case: Case) -> None:
    assert pair_case(case) == (case.pairs, case.action, case.unread, case.orphans)
