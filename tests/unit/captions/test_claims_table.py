"""What belongs together when the contributor says so: by a photo's name or its number."""

import pytest

from tests.unit.captions.pair_cases import Case, pair_case

BY_NAME = (
    Case(
        what="the whole name",
        photos=("IMG_1.jpg", "IMG_2.jpg"),
        captions=("IMG_2.jpg: Dua", "IMG_1.jpg: Satu"),
        pairs=("IMG_1.jpg <- Satu name", "IMG_2.jpg <- Dua name"),
    ),
    Case(
        what="another ending",
        photos=("IMG_1.jpg",),
        captions=("IMG_1.jpeg: Satu",),
        pairs=("IMG_1.jpg <- Satu name",),
    ),
    Case(
        what="capitals and lines",
        photos=("IMG_20261115_101500.jpg", "IMG_20261115_101600.jpg"),
        captions=("img 20261115 101600: Dua", "IMG-20261115-101500: Satu"),
        pairs=("IMG_20261115_101500.jpg <- Satu name", "IMG_20261115_101600.jpg <- Dua name"),
    ),
    Case(
        what="a copy of the file named",
        photos=("IMG_1 (1).jpg", "IMG_2.jpg"),
        captions=("IMG_1.jpg: Satu", "IMG_2.jpg: Dua"),
        pairs=("IMG_1 (1).jpg <- Satu name", "IMG_2.jpg <- Dua name"),
    ),
    Case(
        what="the copy and its original are two",
        photos=("IMG_1.jpg", "IMG_1 (1).jpg"),
        captions=("IMG_1 (1).jpg: Dua", "IMG_1.jpg: Satu"),
        pairs=("IMG_1.jpg <- Satu name", "IMG_1 (1).jpg <- Dua name"),
    ),
    Case(
        what="another copy than the caption's",
        photos=("IMG_1 (1).jpg",),
        captions=("IMG_1 (2).jpg: Dua",),
        pairs=("IMG_1 (1).jpg <- Dua name?",),
        action="editor_confirm",
    ),
    Case(
        what="one name for two copies",
        photos=("IMG_1 (1).jpg", "IMG_1 (2).jpg"),
        captions=("IMG_1.jpg: Satu", "Dua kata"),
        pairs=("IMG_1 (1).jpg <- Satu name?", "IMG_1 (2).jpg <- Dua kata order?"),
        action="editor_confirm",
    ),
    Case(
        what="a camera's number",
        photos=("DSC_2041.JPG", "DSC_2045.JPG"),
        captions=("camera/2045: Dua", "camera/2041: Satu"),
        pairs=("DSC_2041.JPG <- Satu name", "DSC_2045.JPG <- Dua name"),
    ),
    Case(
        what="a camera's number of two cameras",
        photos=("DSC_2041.JPG", "IMG_2041.JPG"),
        captions=("2041: Satu", "Dua kata"),
        pairs=("DSC_2041.JPG <- Satu name?", "IMG_2041.JPG <- Dua kata order?"),
        action="editor_confirm",
    ),
    Case(
        what="a camera's number with zeroes",
        photos=("IMG_0012.jpg", "IMG_0001.jpg"),
        captions=("0001: Satu", "0012: Dua belas"),
        pairs=("IMG_0012.jpg <- Dua belas name", "IMG_0001.jpg <- Satu name"),
    ),
    Case(
        what="a messenger's number",
        photos=("IMG-20261115-WA0003.jpg", "IMG-20261115-WA0007.jpg"),
        captions=("WA0007: Tujuh", "WA0003: Tiga"),
        pairs=("IMG-20261115-WA0003.jpg <- Tiga name", "IMG-20261115-WA0007.jpg <- Tujuh name"),
    ),
    Case(
        what="a messenger's long name cut short",
        photos=("WhatsApp Image 2026-11-15 at 10.22.31.jpeg", "b.jpg"),
        captions=("WhatsApp Image 2026-11-15 at 10.22: Satu", "b.jpg: Dua"),
        pairs=(
            "WhatsApp Image 2026-11-15 at 10.22.31.jpeg <- Satu name?",
            "b.jpg <- Dua name",
        ),
        action="editor_confirm",
    ),
    Case(
        what="a name without the word photo",
        photos=("Foto kerja bakti.jpg", "Foto rapat.jpg"),
        captions=("rapat: Satu kata", "kerja bakti: Dua kata"),
        pairs=("Foto kerja bakti.jpg <- Dua kata name", "Foto rapat.jpg <- Satu kata name"),
    ),
    Case(
        what="the name before a colon, unmarked",
        photos=("balai.jpg", "parit.jpg"),
        captions=("Parit: Warga menggali", "Balai: Lurah berpidato"),
        pairs=("balai.jpg <- Lurah berpidato name", "parit.jpg <- Warga menggali name"),
    ),
    Case(
        what="other scripts",
        photos=("صورة ١.jpg", "照片二.png"),
        captions=("صورة ١.jpg: Satu", "照片二.png: Dua"),
        pairs=("صورة ١.jpg <- Satu name", "照片二.png <- Dua name"),
    ),
    Case(
        what="names of dots and blanks say nothing",
        photos=("....jpg", "   "),
        captions=("Satu kata", "Dua kata"),
        pairs=("....jpg <- Satu kata order?", "    <- Dua kata order?"),
        action="editor_confirm",
    ),
    Case(
        what="two photos of one name, two captions of it",
        photos=("image.png", "image.png"),
        captions=("image.png: Satu", "image.png: Dua"),
        pairs=("image.png <- Satu name?", "image.png <- Dua name?"),
        action="editor_confirm",
    ),
    Case(
        what="two photos of one name, one caption of it",
        photos=("image.png", "image.png"),
        captions=("image.png: Satu",),
        pairs=("image.png <- Satu name?", "image.png <- Satu shared?"),
        action="editor_confirm",
    ),
    Case(
        what="two photos of one name, captions by number",
        photos=("image.png", "image.png"),
        captions=("Foto 1: Satu", "Foto 2: Dua"),
        pairs=("image.png <- Satu order?", "image.png <- Dua order?"),
        action="editor_confirm",
    ),
    Case(
        what="a position that is the file's name",
        photos=("foto kanan.jpg", "foto kiri.jpg"),
        captions=("position/kiri: Rapat", "position/kanan: Panen"),
        pairs=("foto kanan.jpg <- Panen name", "foto kiri.jpg <- Rapat name"),
    ),
)
OF_ONE_STEM = (
    Case(
        what="HEIC and JPG, named without ending",
        photos=("IMG_1.HEIC", "IMG_1.JPG"),
        captions=("IMG_1: Satu",),
        pairs=("IMG_1.HEIC <- Satu shared?", "IMG_1.JPG <- Satu name"),
        action="editor_confirm",
    ),
    Case(
        what="HEIC and JPG, each with its own",
        photos=("IMG_1.HEIC", "IMG_1.JPG"),
        captions=("IMG_1.JPG: Jpeg", "IMG_1.HEIC: Heic"),
        pairs=("IMG_1.HEIC <- Heic name", "IMG_1.JPG <- Jpeg name"),
    ),
    Case(
        what="a Live Photo",
        photos=("IMG_1.HEIC", "IMG_1.MOV", "IMG_2.HEIC", "IMG_2.MOV"),
        captions=("IMG_1: Satu", "IMG_2.HEIC: Dua"),
        pairs=("IMG_1.HEIC <- Satu name", "IMG_2.HEIC <- Dua name"),
    ),
    Case(
        what="a Live Photo named by its film",
        photos=("IMG_1.HEIC", "IMG_1.MOV"),
        captions=("IMG_1.MOV: Satu",),
        pairs=("IMG_1.HEIC <- Satu name?",),
        action="editor_confirm",
    ),
    Case(
        what="a raw file beside its photo",
        photos=("DSC_1.DNG", "DSC_1.JPG"),
        captions=("DSC_1: Satu",),
        pairs=("DSC_1.JPG <- Satu name",),
    ),
    Case(
        what="Live Photos counted by hand count once",
        photos=("IMG_1.HEIC", "IMG_1.MOV", "IMG_2.HEIC", "IMG_2.MOV"),
        captions=("Foto 1: Satu", "Foto 2: Dua"),
        pairs=("IMG_1.HEIC <- Satu order?", "IMG_2.HEIC <- Dua order?"),
        action="editor_confirm",
    ),
    Case(
        what="a film of another name needs no caption",
        photos=("IMG_1.jpg", "pembukaan.mp4"),
        captions=("IMG_1.jpg: Satu",),
        pairs=("IMG_1.jpg <- Satu name",),
    ),
    Case(
        what="a film that has its own",
        photos=("IMG_1.jpg", "pembukaan.mp4"),
        captions=("pembukaan.mp4: Film", "IMG_1.jpg: Satu"),
        pairs=("IMG_1.jpg <- Satu name", "pembukaan.mp4 <- Film name"),
    ),
    Case(
        what="two JPEGs of one stem are two photos",
        photos=("a.jpg", "a.jpeg"),
        captions=("a.jpeg: Dua", "a.jpg: Satu"),
        pairs=("a.jpg <- Satu name", "a.jpeg <- Dua name"),
    ),
)
BY_NUMBER = (
    Case(
        what="the same number",
        photos=("Foto 2.jpg", "Foto 1.jpg"),
        captions=("Foto 1: Satu", "Foto 2: Dua"),
        pairs=("Foto 2.jpg <- Dua label", "Foto 1.jpg <- Satu label"),
    ),
    Case(
        what="spelt out",
        photos=("foto dua.jpg", "foto satu.jpg"),
        captions=("Foto 1: Rapat", "Foto 2: Panen"),
        pairs=("foto dua.jpg <- Panen label", "foto satu.jpg <- Rapat label"),
    ),
    Case(
        what="ordinals and Roman numbers",
        photos=("Foto kedua.jpg", "Foto III.jpg", "foto pertama.jpg"),
        captions=("Foto 1: Rapat", "Foto 2: Panen", "Foto 3: Senam"),
        pairs=(
            "Foto kedua.jpg <- Panen label",
            "Foto III.jpg <- Senam label",
            "foto pertama.jpg <- Rapat label",
        ),
    ),
    Case(
        what="number and words agree",
        photos=("1. Kerja bakti.jpg", "2. Rapat warga.jpg"),
        captions=("Foto 1: Kerja bakti membersihkan parit", "Foto 2: Rapat membahas saluran"),
        pairs=(
            "1. Kerja bakti.jpg <- Kerja bakti membersihkan parit label",
            "2. Rapat warga.jpg <- Rapat membahas saluran label",
        ),
    ),
    Case(
        what="a camera counts from nought",
        photos=("image0.jpeg", "image1.jpeg", "image2.jpeg"),
        captions=("Foto 1: Satu", "Foto 2: Dua", "Foto 3: Tiga"),
        pairs=(
            "image0.jpeg <- Satu order?",
            "image1.jpeg <- Dua order?",
            "image2.jpeg <- Tiga order?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="hand-made names that count from nought",
        photos=("foto0.jpg", "foto1.jpg"),
        captions=("Foto 1: Satu", "Foto 2: Dua"),
        pairs=("foto0.jpg <- Satu order?", "foto1.jpg <- Dua order?"),
        action="editor_confirm",
    ),
    Case(
        what="a browser's counter",
        photos=("foto.jpg", "foto (1).jpg", "foto (2).jpg"),
        captions=("Foto 1: Satu", "Foto 2: Dua", "Foto 3: Tiga"),
        pairs=(
            "foto.jpg <- Satu order?",
            "foto (1).jpg <- Dua order?",
            "foto (2).jpg <- Tiga order?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="a messenger's counter",
        photos=(
            "WhatsApp Image 2026-11-15 at 10.22.31 (2).jpeg",
            "WhatsApp Image 2026-11-15 at 10.22.31 (1).jpeg",
        ),
        captions=("Foto 1: Satu", "Foto 2: Dua"),
        pairs=(
            "WhatsApp Image 2026-11-15 at 10.22.31 (2).jpeg <- Satu order?",
            "WhatsApp Image 2026-11-15 at 10.22.31 (1).jpeg <- Dua order?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="a number that is part of a title",
        photos=("3 pilar.jpg", "rapat.jpg", "senam.jpg"),
        captions=("Foto 1: Tiga pilar desa", "Foto 2: Rapat", "Foto 3: Senam"),
        pairs=(
            "3 pilar.jpg <- Tiga pilar desa words",
            "rapat.jpg <- Rapat words",
            "senam.jpg <- Senam words",
        ),
    ),
    Case(
        what="two photos of one number",
        photos=("1.jpg", "Foto 1.jpg", "Foto 2.jpg"),
        captions=("Foto 1: Satu", "Foto 2: Dua", "Tiga kata"),
        pairs=("1.jpg <- Satu label?", "Foto 1.jpg <- Tiga kata order?", "Foto 2.jpg <- Dua label"),
        action="editor_confirm",
    ),
    Case(
        what="two captions of one number",
        photos=("Foto 1.jpg",),
        captions=("Foto 1: Rapat warga", "Foto 1: Panen padi"),
        pairs=("Foto 1.jpg <- Rapat warga label?",),
        action="editor_confirm",
    ),
    Case(
        what="the same caption twice in nearly the same words",
        photos=("Foto 1.jpg",),
        captions=(
            "Foto 1: Warga bergotong royong membersihkan saluran air",
            "Foto 1: Warga bergotong royong membersihkan saluran air.",
        ),
        pairs=("Foto 1.jpg <- Warga bergotong royong membersihkan saluran air label",),
    ),
    Case(
        what="captions that tell RT 01 and RT 02 are two",
        photos=("Foto 1.jpg",),
        captions=("Foto 1: Rapat warga di RT 01", "Foto 1: Rapat warga di RT 02"),
        pairs=("Foto 1.jpg <- Rapat warga di RT 01 label?",),
        action="editor_confirm",
    ),
    Case(
        what="the captions begin with another number than the photos",
        photos=("Foto 2.jpg", "Foto 3.jpg"),
        captions=("Foto 1: Satu", "Foto 2: Dua"),
        pairs=("Foto 2.jpg <- Dua label?",),
        action="editor_confirm",
        unread=1,
    ),
    Case(
        what="a photo was left out, its caption not",
        photos=("Foto 1.jpg", "Foto 3.jpg"),
        captions=("Foto 1: Satu", "Foto 2: Dua", "Foto 3: Tiga"),
        pairs=("Foto 1.jpg <- Satu label", "Foto 3.jpg <- Tiga label"),
    ),
    Case(
        what="a number of a document tells of one photo of several",
        photos=("Foto 1.jpg", "Foto 2.jpg", "Foto 3.jpg"),
        captions=("Foto 3: Tiga",),
        pairs=("Foto 3.jpg <- Tiga label?",),
        action="ask",
    ),
    Case(
        what="numbered places are no numbers of photos",
        photos=("RT 01.jpg", "RT 02.jpg"),
        captions=("Foto 1: Rapat di RT 02", "Foto 2: Panen di RT 01"),
        pairs=("RT 01.jpg <- Panen di RT 01 words?", "RT 02.jpg <- Rapat di RT 02 words?"),
        action="editor_confirm",
    ),
    Case(
        what="a camera's running number told as the photo's",
        photos=("IMG-20261115-WA0003.jpg", "IMG-20261115-WA0004.jpg"),
        captions=("Foto 4: Panen", "Foto 3: Rapat"),
        pairs=(
            "IMG-20261115-WA0003.jpg <- Rapat order?",
            "IMG-20261115-WA0004.jpg <- Panen order?",
        ),
        action="editor_confirm",
    ),
    Case(
        what="a camera's number without its zeroes",
        photos=("DSC_0001.JPG", "DSC_0012.JPG"),
        captions=("DSC 12: Panen", "DSC 1: Rapat"),
        pairs=("DSC_0001.JPG <- Rapat name", "DSC_0012.JPG <- Panen name"),
    ),
    Case(
        what="days in names are no numbers",
        photos=("15 November.jpg", "16 November.jpg"),
        captions=("Foto 15: Satu", "Foto 16: Dua"),
        pairs=(),
        action="editor_confirm",
        unread=2,
    ),
)


@pytest.mark.parametrize("case", (*BY_NAME, *OF_ONE_STEM, *BY_NUMBER), ids=lambda case: case.what)
def test_what_is_named_or_numbered(case: Case) -> None:
    assert pair_case(case) == (case.pairs, case.action, case.unread, case.orphans)
