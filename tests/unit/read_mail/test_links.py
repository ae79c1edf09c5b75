"""File services linked to instead of attaching: which count, and which do not."""

import pytest

from ingest.read.mail.links import find_services


@pytest.mark.parametrize(
    ("url", "service"),
    [
        ("https://drive.google.com/file/d/1/view?usp=sharing", "Google Drive (drive.google.com)"),
        ("http://docs.google.com/document/d/1/edit", "Google Docs (docs.google.com)"),
        ("https://photos.app.goo.gl/AbC", "Google Photos (photos.app.goo.gl)"),
        ("https://1drv.ms/f/s!A", "OneDrive (1drv.ms)"),
        ("https://contoh-my.sharepoint.com/:f:/g/x", "SharePoint (contoh-my.sharepoint.com)"),
        ("https://we.tl/t-AbC", "WeTransfer (we.tl)"),
        ("https://www.dropbox.com/s/x/foto.zip?dl=0", "Dropbox (dropbox.com)"),
        ("https://share.icloud.com/photos/0a", "iCloud (share.icloud.com)"),
        ("https://www.mediafire.com/folder/x", "MediaFire (mediafire.com)"),
        ("https://www.terabox.com/s/1", "TeraBox (terabox.com)"),
        (
            "https://apc01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdrive.google.com%2Ffile%2Fd%2F1&data=05",
            "Google Drive (drive.google.com)",
        ),
        ("https://www.google.com/url?q=https://we.tl/t-a&sa=D", "WeTransfer (we.tl)"),
        ("https://drive.google.com/drive/folders/1).", "Google Drive (drive.google.com)"),
    ],
)
def test_a_service_is_known(url: str, service: str) -> None:
    assert find_services(f"Foto: {url} terima kasih") == (service,)


@pytest.mark.parametrize(
    "url",
    [
        "https://kotaku.contoh.id/berita",
        "https://drive.google.com.jahat.id/x",
        "https://jahat-drive.google.comx/x",
        "https://www.dropbox.com/",
        "https://wetransfer.com",
        "https://www.google.com/search?q=drive.google.com",
        "drive.google.com/file",
        "https://[::1/x",
        "https://user@:99999/x",
    ],
)
def test_other_links_do_not_count(url: str) -> None:
    assert find_services(url) == ()


def test_each_service_is_told_once_in_order() -> None:
    found = find_services("https://we.tl/a https://1drv.ms/b https://we.tl/c")
    assert found == ("WeTransfer (we.tl)", "OneDrive (1drv.ms)")


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Foto lengkap ada di https://s.id/foto-wonosari", "s.id"),
        ("Foto kegiatan: s.id/kerjabakti", "s.id"),
        ("Dokumentasinya bisa diunduh di\nhttps://bit.ly/3xYzAbC", "bit.ly"),
        ("https://tinyurl.com/abc123 (foto resolusi tinggi)", "tinyurl.com"),
        ("Link gdrive: bit.ly/Naskah_RW05", "bit.ly"),
        ("berkas-berkasnya di www.cutt.ly/xYz.", "cutt.ly"),
        ("Photos: <https://rb.gy/abcd>", "rb.gy"),
    ],
)
def test_a_short_link_among_words_of_files_is_told_by_its_host(text: str, host: str) -> None:
    assert find_services(text) == (host,)


@pytest.mark.parametrize(
    "text",
    [
        "Rahmawati\nFasilitator Kelurahan\nhttps://s.id/rahmawati",
        "Rapat daring: https://bit.ly/rapat-senin",
        "Ikuti kami di s.id/kotaku",
        "Foto terlampir.\n\nSalam,\nRahmawati\nInstagram: bit.ly/rahma",
        "surel: rahma@s.id/abc",
        "Foto ada di https://s.id/",
    ],
)
def test_a_short_link_that_speaks_of_no_files_is_none(text: str) -> None:
    assert find_services(text) == ()


def test_what_wraps_a_short_link_is_taken_off() -> None:
    wrapped = (
        "https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fs.id%2Ffoto1&data=05"
    )
    assert find_services(f"Foto: {wrapped}") == ("s.id",)
