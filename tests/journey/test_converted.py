"""What phones and the web write reaches the editor as JPEG, beside the original."""

from io import BytesIO
from pathlib import Path

import pillow_heif
from PIL import Image

from desk.demo.makers import mail, photo, word
from desk.demo.samples import ANDI
from desk.demo.texts import article
from desk.worker.round import one_round
from ingest.fetch.listing import Account
from tests.journey.scene import set_up


def _heic() -> bytes:
    """As a phone held upright writes it: stored lying down, turned by irot."""
    turned = Image.Exif()
    turned[0x112] = 6
    image = Image.open(BytesIO(photo(1600, 1200, 1)))
    out = BytesIO()
    pillow_heif.encode(image.mode, image.size, image.tobytes(), out, exif=turned.tobytes())
    return out.getvalue()


def test_the_page_offers_a_jpeg_of_full_size_of_a_heic_and_of_a_webp(
    tmp_path: Path, account: Account
) -> None:
    originals = {"foto-1.heic": _heic(), "foto-2.webp": photo(1280, 960, 2, kind="WEBP")}
    captions = [
        "IMG_1.heic: Warga meratakan beton di lorong.",
        "IMG_2.webp: Kaum ibu menyiapkan sarapan.",
    ]
    paper = word("Warga Bangun Jalan", article("Talise", "membangun jalan", 1), captions=captions)
    files = [
        ("Warta.docx", paper),
        *zip(("IMG_1.heic", "IMG_2.webp"), originals.values(), strict=True),
    ]
    with set_up(tmp_path, account) as on:
        on.deliver(mail(ANDI, "Warta Palu", "Mohon diterima naskah kami.\n", files))
        assert not one_round(on.app).troubles
        (home,) = on.app.config.queue_folder.glob("W-*")
    html = (home / "index.html").read_text()
    for name, size in (("foto-1.jpg", (1200, 1600)), ("foto-2.jpg", (1280, 960))):
        assert f'<a href="{name}" download>Unduh JPEG</a>' in html
        with Image.open(home / name) as copy:
            copy.load()
            assert (copy.format, copy.size) == ("JPEG", size)
    for name, content in originals.items():
        assert (home / name).read_bytes() == content
