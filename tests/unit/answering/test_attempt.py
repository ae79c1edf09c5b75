"""Who meant to hand in an article and forgot the files, and who only speaks of one."""

from time import process_time

import pytest

from redaksi.arrival import Mail
from redaksi.sender_policy.attempt import looks_like_a_try


def mail(subject: str, text: str, links: tuple[str, ...] = ()) -> Mail:
    return Mail(headers=(), subject=subject, text=text, links=links)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Naskah Warta Siantan Hulu", ""),
        ("Fwd: Warta Kalbar", "Sent from my phone"),
        ("Kiriman", "Terlampir naskah kami."),
        ("KSM Tallo", "Yth. Redaksi, bersama ini kami kirimkan tulisan tentang kompos."),
        ("(tanpa judul)", "Berikut foto-foto kegiatan kami, mohon dimuat."),
        ("Photos", "Please find attached."),
        ("Berita gotong royong", "Mohon artikelnya diterima, terima kasih."),
        ("Kerja bakti", "Saya kirimkan naskah dan fotonya. Apakah sudah sesuai?"),
        ("Gotong royong", "Terlampir naskah, jika ada yang kurang mohon dikabari."),
        ("warta", "Assalamualaikum, kami kirim warta desa kami. Terima kasih."),
        ("Kompos", "Berikut ini naskah dan foto kegiatan KSM kami."),
        ("Posyandu", "Ini naskahnya Pak, mohon dimuat"),
        ("Foto kegiatan", "Salam, terima kasih."),
        ("", "Saya melampirkan artikel dan tiga foto."),
        ("Story", "Here is my article about the river."),
        ("Bank sampah", "Mohon kiranya dapat dimuat di Warta."),
        ("Kiriman naskah", ""),
        ("Warta", "Naskah dan foto terlampir ya Kak"),
        ("Siaran", "Bersama ini kami sampaikan naskah kegiatan warga"),
        ("Liputan", "Dikirim dari iPhone saya"),
        ("Panen lele", "Berikut ini kami lampirkan naskah dan foto-foto panen lele."),
        ("Revisi", "Berikut naskah yang sudah kami perbaiki."),
        ("Re: Kabar", "Ini foto penggantinya Pak."),
        ("MCK", "Salam. Terlampir, terima kasih."),
        ("MCK", "I am sending an article on our latrine with two photos."),
        ("Drainase", "Bersama ini disampaikan naskah berita drainase."),
        ("Kabar", "Kepada redaksi, sy kirim berita dr kapuas"),
        ("Kabar", "Mohon diterima naskah kami berikut fotonya."),
        ("Posyandu", "PFA our article and photos."),
    ],
)
def test_a_try(subject: str, text: str) -> None:
    assert looks_like_a_try(mail(subject, text))


def test_a_link_to_a_file_service_is_a_try() -> None:
    assert looks_like_a_try(mail("halo", "", ("Google Drive (drive.google.com)",)))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Tanya", "Kapan ya tulisan saya yang dikirim bulan lalu akan tayang?"),
        ("Re: Naskah Warta", "Baik, terima kasih infonya."),
        ("Re: Kiriman naskah warta", "Terima kasih banyak, Pak."),
        ("Undangan liputan", "Kami mengundang redaksi hadir pada peresmian taman kota."),
        ("Ralat", "Ada kekeliruan pada berita kemarin, nama lurahnya salah."),
        ("Cara kirim", "Bagaimana cara mengirim artikel ke redaksi?"),
        ("Penawaran", "Jasa foto produk dan video, harga bersahabat."),
        ("Naskah saya", "Apakah naskah saya sudah dibaca?"),
        ("Selamat pagi", "Semoga sehat selalu."),
        ("Syarat", "Apakah lampiran harus dalam bentuk docx?"),
        ("Tanya ukuran", "Berapa ukuran foto di lampiran?"),
        ("Warta", "Bolehkah saya kirim naskah lewat WhatsApp?"),
        ("Kabar", "Kalau saya kirim fotonya besok masih bisa?"),
        ("Terima kasih", "Fotonya bagus, beritanya sudah saya baca."),
        ("Kiriman", "Kiriman saya minggu lalu belum dimuat."),
        ("Naskah", "Naskah yang kami kirim belum ada kabar, mohon info."),
        ("Halo", "Kami akan mengirimkan naskah minggu depan."),
        ("Berita duka", "Telah berpulang Bapak Ahmad."),
        ("Berita acara serah terima", "Mohon ditandatangani."),
        (
            "Undangan",
            "Nomor: 12/2026\nLampiran: 1 berkas\nPerihal: Undangan\nMohon kehadiran Bapak.",
        ),
        ("Question", "How do I send my article to you?"),
        ("Artikel Anda", "Artikel Anda menarik sekali."),
        ("Foto", "Foto di halaman depan salah, itu bukan lurah kami."),
        ("Lampiran", "Lampiran dari redaksi tidak bisa saya buka."),
        ("Kirim", "Saya ingin mengirim tulisan, bagaimana caranya"),
        ("Info", "Saya mau tanya syarat kiriman naskah"),
        ("Konfirmasi", "Saya sudah kirim naskah kemarin, mohon konfirmasi"),
        ("Pendaftaran", "Saya mau ikut pelatihan menulis"),
        ("Proposal", "Terlampir proposal kerja sama media."),
        ("News letter", "Subscribe now"),
        ("Warta", "Saya suka membaca Warta, kapan edisi cetaknya?"),
        ("Submission guidelines", "Where can I find your submission guidelines?"),
        ("Foto", "Foto menyusul ya"),
        ("Naskah", "Maaf saya lupa melampirkan, nanti saya susulkan"),
        ("Ucapan", "Kami sampaikan terima kasih atas dimuatnya tulisan kami."),
        ("Idul Fitri", "Kami serta keluarga besar BKM mengucapkan selamat Idul Fitri."),
        ("Kabar", "Saya sampai di Pontianak tadi malam."),
        ("Judul", "Soal judul saya serahkan sepenuhnya kepada redaksi."),
        ("Salam", "Mohon diterima salam hormat kami untuk seluruh kru redaksi."),
        ("Lomba", "Kami ikut serta dalam lomba kampung bersih."),
        ("Contact", "Here is my new phone number."),
        ("Nomor baru", "Ini saya Dwi, nomor WA saya ganti."),
        ("Wah", "Ini berita bagus sekali, semoga menginspirasi."),
        ("Rekening", "Berikut saya sampaikan nomor rekening untuk honor."),
        ("Info", "Berikut ini kami informasikan jadwal pelatihan menulis."),
        ("Tunda", "Bersama ini kami sampaikan bahwa peresmian ditunda."),
        ("Laporan", "Bersama ini kami sampaikan laporan keuangan bulan Oktober."),
        ("Ralat", "Mohon dimuat ralat: nama lurah seharusnya Zulkifli."),
        ("Kritik", "Di edisi ini foto kampung kami tertukar."),
        ("Lamaran", "Saya mengajukan lamaran. CV dan ijazah terlampir."),
        ("Undangan", "Mengundang Bapak pada peresmian. Susunan acara terlampir."),
        ("Kuesioner", "Mohon lengkapi formulir dan lampirkan KTP."),
        ("Re: Kabar", "Foto yang terlampir itu memang dari WhatsApp Pak."),
        ("Re: Kabar", "Mohon maaf lupa melampirkan fotonya."),
        ("Terima kasih", "Terima kasih sudah menerbitkan artikel terlampir."),
        ("Tiket #88", "Kami sampaikan bahwa tiket Anda sedang diproses."),
        ("Order", "We are sending you this email to confirm your order."),
        ("Fax", "Anda menerima faks. Dokumen faks terlampir."),
        ("Kiriman paket", "Kami kirim dari gudang Jakarta."),
        ("Foto KTP", "Kirim foto KTP Anda untuk verifikasi."),
        ("Kabar duka", "Kami sampaikan berita duka atas wafatnya Bapak Sukirman."),
        ("Halo", "Saya kirim naskah lewat mana ya Bu"),
        ("Honor", "Mohon diterima permintaan kami soal honor tulisan."),
        ("Pajak", "Bukti potong pajak honor penulis terlampir."),
    ],
)
def test_no_try(subject: str, text: str) -> None:
    assert not looks_like_a_try(mail(subject, text))


DRIVE = ("Google Drive (drive.google.com)",)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Warga Bangun Talud", "https://drive.google.com/x"),
        ("Undangan dan foto peresmian", "Foto di sini: https://drive.google.com/x"),
        ("Kiriman", "Naskah rapat warga: https://drive.google.com/x"),
        ("", "https://drive.google.com/x"),
        ("Liputan pelatihan", "Materi dan dokumentasi: https://drive.google.com/x"),
    ],
)
def test_what_is_shared_by_a_link_may_be_an_article(subject: str, text: str) -> None:
    assert looks_like_a_try(mail(subject, text, DRIVE))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Undangan rapat", "Materi: https://drive.google.com/x"),
        ("Sertifikat pelatihan", "Silakan unduh di https://drive.google.com/x"),
        ("Daftar hadir", "Mohon diisi: https://docs.google.com/x"),
        ("Penawaran", "Katalog kami: https://drive.google.com/x"),
        ("Webinar", "Slides: https://drive.google.com/x"),
        ("Lamaran", "CV saya: https://drive.google.com/x"),
    ],
)
def test_what_is_shared_by_a_link_may_be_other_business(subject: str, text: str) -> None:
    assert not looks_like_a_try(mail(subject, text, DRIVE))


@pytest.mark.parametrize(
    "hostile", [piece * 20_000 for piece in ("mohon ", "kami ", "ini ", "akan ", "terlampir ", "a")]
)
def test_hostile_words_cost_linear_time(hostile: str) -> None:
    begun = process_time()
    looks_like_a_try(mail(hostile[:1000], hostile))
    assert process_time() - begun < 2
