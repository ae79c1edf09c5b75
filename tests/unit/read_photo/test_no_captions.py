"""Mails that hold no caption: nothing is taken for one, and nothing keeps the finding back."""

import pytest

from ingest.read.captions.labels import find_labels
from ingest.read.captions.unread import find_unread

PHOTOS = ("IMG_4101.jpg", "IMG_4102.jpg")
MAILS = (
    "Yth. Redaksi,\nterlampir naskah dan foto kegiatan. Terima kasih.\nSiti",
    "Selamat pagi,\n\nBerikut kami kirimkan naskah beserta fotonya. Mohon dimuat.\n\nSalam,\nAndi",
    "Foto kegiatan saya lampirkan.",
    "Foto ada 3 buah.",
    "Foto-foto kegiatan terlampir, mohon dipilih yang terbaik.",
    "Fotonya saya kirim terpisah ya min, terima kasih",
    "Foto: Siti",
    "Foto: Siti Aminah",
    "Foto: Siti Aminah / Humas Kelurahan Wonosari",
    "Foto oleh Siti Aminah, Fasilitator Sosial",
    "Foto: Dok. Humas",
    "Foto: dok. pribadi",
    "Dok. Humas Kelurahan Wonosari",
    "Dokumentasi: Tim Kotaku Pontianak",
    "Fotografer: Andi Saputra",
    "Sumber foto: Humas Kelurahan",
    "Kredit foto: Andi Saputra/BKM Harapan Jaya",
    "Foto-foto: Andi, Siti dan Budi",
    "Terlampir:\n1. Naskah.docx\n2. IMG_4101.jpg\n3. IMG_4102.jpg",
    "Lampiran:\n1. Naskah berita\n2. Foto kegiatan 2 lembar",
    "Lampiran:\n- Naskah (Word)\n- Foto (2 file)",
    "Terlampir 2 foto (IMG_4101.jpg dan IMG_4102.jpg) dan satu naskah.",
    "IMG_4101.jpg\nIMG_4102.jpg",
    "IMG_4101.jpg, IMG_4102.jpg",
    "[image: IMG_4101.jpg]\n[image: IMG_4102.jpg]",
    "[image: IMG_4101.jpg]\n\nTerima kasih,\nSiti Aminah",
    "Foto 1 dan 2 sudah saya kirim kemarin.",
    "Foto nomor 2 mohon dipakai sebagai foto utama.",
    "Mohon foto pertama dijadikan foto sampul.",
    "Untuk halaman depan mohon gunakan foto IMG_4101.jpg",
    "Keterangan foto menyusul.",
    "Caption menyusul ya kak",
    "Keterangan foto belum ada.",
    "Maaf, keterangan foto akan saya susulkan besok.",
    "Foto diambil pada hari Minggu oleh tim kami.",
    "Foto diambil menggunakan kamera ponsel.",
    "Ukuran foto sudah diperkecil agar mudah dikirim.",
    "Foto bebas digunakan oleh redaksi.",
    "Gambar dapat dilihat pada lampiran.",
    "Foto resolusi tinggi bisa diminta ke saya.",
    "Nama: Siti Aminah\nJabatan: Fasilitator\nHP: 0812-3456-7890",
    "Nama\t: Siti Aminah\nJabatan\t: Fasilitator\nHP\t: 0812-3456-7890",
    "--\nSiti Aminah | Humas Kelurahan Wonosari | 0812-3456-7890",
    "Siti Aminah\nFasilitator Sosial Tim 04\nKelurahan Wonosari, Kecamatan Tegal",
    "Judul: Warga Wonosari Bangun Saluran Air\nPenulis: Rahmawati",
    "Adapun hal yang kami sampaikan:\n1. Naskah telah disetujui oleh lurah\n2. Foto telah kami pilih",
    "Agenda kegiatan:\n1. Pembukaan oleh lurah pada pagi hari\n2. Kerja bakti bersama warga RT 03",
    "Kegiatan berlangsung meriah. Warga sangat senang dengan hasilnya.",
    "Kami mengirim berita tentang gotong royong di Wonosari, lengkap dengan foto.",
    "Bersama email ini saya lampirkan 1 naskah dan 2 foto.",
    "Naskah dan foto terlampir. Mohon koreksi bila ada kekurangan.",
    "Foto terlampir ya min",
    "Tolong dimuat ya, foto ada dua.",
    "Salam hormat,\nRahmawati\nFoto dan naskah: Rahmawati",
    "Teks dan foto: Rahmawati",
    "Naskah/foto: Rahmawati",
    "Teks: Rahmawati\nFoto: Andi Saputra",
    "Penulis dan fotografer: Rahmawati, Fasilitator Sosial",
    "Dikirim dari iPhone saya",
    "Foto:\nIMG_4101.jpg\nIMG_4102.jpg",
    "Foto kegiatan:\n1. IMG_4101.jpg\n2. IMG_4102.jpg",
    "Jumlah foto: 2",
    "Foto 2 lembar",
    "Foto asli dikirim lewat WhatsApp ke nomor redaksi.",
    "Foto-foto sudah sesuai ukuran yang diminta.",
    "Saya sertakan juga dua buah foto sebagai pelengkap berita.",
    "Foto merupakan dokumentasi pribadi.",
    "Foto adalah milik Kelurahan Wonosari.",
    "Berikut foto kegiatan:\n\nTerima kasih",
    "Berikut kami lampirkan foto-foto kegiatan:\nIMG_4101.jpg\nIMG_4102.jpg\n\nDemikian, terima kasih.",
)  # fmt: skip


@pytest.mark.parametrize("mail", MAILS)
def test_no_caption_is_taken(mail: str) -> None:
    assert find_labels(mail, "body", photos=PHOTOS) == ()


@pytest.mark.parametrize("mail", MAILS)
def test_nothing_is_unread(mail: str) -> None:
    assert find_unread(mail, photos=PHOTOS) == ()
