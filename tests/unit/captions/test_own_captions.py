"""Captions a photo brings itself: what a person wrote counts, what a program writes does not."""

import pytest

from ingest.read.captions.matching.own_captions import caption_in_metadata, caption_in_name


@pytest.mark.parametrize(
    "text",
    [
        "OLYMPUS DIGITAL CAMERA", "Processed with VSCO with a6 preset", "SAMSUNG CAMERA PICTURES",
        "Created with GIMP on a Mac", "Edited in Lightroom for iOS", "Adobe Photoshop CC 2019 (Windows)",
        "Made with Canva for free", "Dibuat dengan Canva oleh siapa saja", "Instagram photo by seseorang",
        "KODAK Digital Still Camera", "MINOLTA DIGITAL CAMERA", "vivo 1904 camera photo", "Shot on OnePlus 7",
        "Shot by vivo V20", "Captured with Open Camera app", "Taken with Timestamp Camera Free",
        "File written by Adobe Photoshop 5.2", "Screenshot 2026 11 15", "Exif_JPEG_420 image of camera",
        "default image title here", "(c) 2019 Google Inc everything", "https://example.org/a/b c d",
        "Rapat warga", "DCIM", "", "123 456 789",
    ],
)  # fmt: skip
def test_what_a_program_writes_or_a_title_is_no_caption(text: str) -> None:
    assert caption_in_metadata(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Warga mengangkat sedimen dari saluran air di RT 03",
        "Lurah Siantan Hulu memberi sambutan",
        "Instalasi pipa air bersih oleh warga",
        "Dibuatkan jembatan baru untuk anak sekolah",
        "Kamera pengawas dipasang warga di gerbang",
    ],
)
def test_what_a_person_wrote_into_a_photo_is_a_caption(text: str) -> None:
    assert caption_in_metadata(text) == text


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("Warga membersihkan parit di Gang Melati.jpg", "Warga membersihkan parit di Gang Melati"),
        ("warga-membersihkan-parit-gang-melati.JPG", "warga membersihkan parit gang melati"),
        ("Foto 2 - Kader posyandu menimbang balita.jpeg", "Kader posyandu menimbang balita"),
        ("03. Kader posyandu menimbang balita (1).png", "Kader posyandu menimbang balita"),
        (
            "Rapat koordinasi pengurus BKM Siantan Hulu bersama lurah.jpg",
            "Rapat koordinasi pengurus BKM Siantan Hulu bersama lurah",
        ),
    ],
)
def test_a_name_that_tells_what_is_seen_is_a_caption(name: str, caption: str) -> None:
    assert caption_in_name(name) == caption


@pytest.mark.parametrize(
    "name",
    [
        "IMG_2041.jpg", "DSC_0001.JPG", "image0.jpeg", "Kerja bakti.jpg", "Foto kegiatan 1.jpg",
        "Foto kegiatan gotong royong.jpg", "WhatsApp Image 2026-11-15 at 10.22.31.jpeg",
        "Screenshot_20261115-101500.png", "PXL_20261115_101500123.jpg", "RT 03 Siantan Hulu.jpg",
        "photo_2026-11-15_10-22-31.jpg", "Screenshot_2026-11-15-10-22-31-12_com.whatsapp.jpg",
        "1763200000000.jpg", "FB_IMG_1763200000000.jpg", "d2f1c0a4-77aa-4b0c-9b57-3a1c5d7e9f00.jpg",
        "Screenshot_20261115_101500_Instagram_Photo_Editor.jpg", "....jpg", "",
    ],
)  # fmt: skip
def test_other_names_are_none(name: str) -> None:
    assert caption_in_name(name) == ""
