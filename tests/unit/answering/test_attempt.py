"""Who meant to hand in an article and forgot the files, and who only speaks of one."""

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
    ],
)
def test_no_try(subject: str, text: str) -> None:
    assert not looks_like_a_try(mail(subject, text))
