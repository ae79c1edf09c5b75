"""Captions by their company: lines alike but for a running designator."""

import pytest

from ingest.read.captions.labels import find_labels
from ingest.read.captions.pairing import pair
from redaksi.model import Photo

SHOWN = (
    "Warga mengangkat batu dari parit RT 03",
    "Ibu-ibu memasak bersama di dapur umum",
    "Lurah memotong pita peresmian",
)
PHOTOS = ("IMG_3018.jpg", "IMG_3021.jpg", "IMG_3024.jpg")
WORDS, ORDINALS = ("satu", "dua", "tiga"), ("pertama", "kedua", "ketiga")


def written(template: str, count: int = 3) -> str:
    lines = [
        template.format(n=n + 1, caption=SHOWN[n], name=PHOTOS[n], word=WORDS[n], nth=ORDINALS[n])
        for n in range(count)
    ]
    return "\n".join(["Selamat pagi, berikut kiriman kami.", "", *lines, "", "Terima kasih."])


@pytest.mark.parametrize(
    "template",
    [
        "Foto {n} ini mi: {caption}", "{caption} -> foto no. {n}", "📷{n} {caption}",
        "ft {n} = {caption}", "Capt {n}. {caption}", "Foto No. {n}.- {caption}",
        "No foto: {n}, keterangan: {caption}", "foto {n} >> {caption}",
        "Di foto {n} terlihat {caption}", "{caption} (gambar {n})", "Foto nomer {word} : {caption}",
        "foto {n}, {caption}", "Pada gambar {nth} tampak {caption}",
    ],
)  # fmt: skip
def test_a_number_in_any_company_is_read_and_sure(template: str) -> None:
    found = find_labels(written(template), "body", photos=PHOTOS)
    assert [(label.key, label.text) for label in found] == [
        (f"Foto {n}", text) for n, text in enumerate(SHOWN, 1)
    ]
    assert all(label.sure for label in found)


def test_a_name_in_company_is_read() -> None:
    template = "Foto dengan nama file {name} menunjukkan {caption}"
    found = find_labels(written(template), "body", photos=PHOTOS)
    assert [label.text for label in found] == [*SHOWN]
    assert [label.key for label in found] == [*PHOTOS]


@pytest.mark.parametrize(
    "text",
    [
        "RT 1 membersihkan parit di depan rumah\nRT 2 menanam pohon di tepi jalan raya",
        "Tahap 1 adalah musyawarah warga kelurahan\nTahap 2 adalah pembangunan jalan lingkungan",
        "Foto 1 Dok. Humas\nFoto 2 Dok. Humas",
        "Foto 1: ukuran 2 MB\nFoto 2: agak buram, maaf",
        "Foto 1.jpg (1,2 MB)\nFoto 2.jpg (980 KB)",
    ],
)
def test_other_series_are_none(text: str) -> None:
    assert find_labels(text, "body", photos=PHOTOS) == ()


def test_whom_a_letter_addresses_is_also_whom_a_caption_shows() -> None:
    text = "IMG_3018.jpg\nBapak Kornelis, penerima manfaat, di depan rumahnya"
    found = find_labels(text, "body", photos=PHOTOS)
    assert [label.text for label in found] == [text.splitlines()[1]]


@pytest.mark.parametrize(
    "caption",
    [
        "Bank sampah menimbang botol plastik kiriman warga setiap Sabtu",
        "Peserta membahas pengiriman material ke lokasi pembangunan",
    ],
)
def test_a_caption_that_speaks_of_sending_is_no_letter(caption: str) -> None:
    found = find_labels(f"IMG_3018.jpg\n{caption}", "body", photos=PHOTOS)
    assert [label.text for label in found] == [caption]


def test_a_name_alone_is_never_certain() -> None:
    names = ("Foto 1.jpg", "Foto 2.jpg")
    photos = [Photo(name=name, kind="jpeg", sha256=name, width=1600, height=1200) for name in names]
    text = "Foto 1: Agus Salim\nFoto 2: Nurul Hidayah"
    paired = pair(photos, find_labels(text, "body", photos=names))
    assert {photo.caption.action for photo in paired.photos if photo.caption} == {"confirm"}
