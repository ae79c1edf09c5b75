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
