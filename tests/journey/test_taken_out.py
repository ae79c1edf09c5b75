"""Photos that are only inside the document are asked for, and shown to the editor meanwhile."""

from pathlib import Path

from PIL import Image

from desk.demo.makers import mail, photo, word
from desk.demo.samples import ANDI
from desk.demo.texts import article
from desk.worker.round import one_round
from ingest.fetch.listing import Account
from tests.journey.scene import set_up

HEADING = "Foto yang hanya ada di dalam dokumen"


def test_the_page_shows_what_is_only_in_the_document(tmp_path: Path, account: Account) -> None:
    inside, attached = photo(1280, 960, 1), photo(1600, 1200, 2)
    paper = word(
        "Warga Bangun Jalan",
        article("Talise", "membangun jalan", 1),
        captions=["IMG_1.jpg: Warga meratakan beton di lorong."],
        pictures=[inside, photo(800, 600, 2)],
    )
    with set_up(tmp_path, account) as on:
        files = [("Warta.docx", paper), ("IMG_1.jpg", attached)]
        on.deliver(mail(ANDI, "Warta Palu", "Mohon diterima naskah kami.\n", files))
        assert not one_round(on.app).troubles
        (home,) = on.app.config.queue_folder.glob("W-*")
    html = (home / "index.html").read_text()
    assert html.count(HEADING) == 1
    assert [path.name for path in home.glob("gambar-*")] == ["gambar-1.jpg"]
    assert (home / "gambar-1.jpg").read_bytes() == inside
    (shown,) = [path for path in home.glob("k-*.jpg") if path.name not in _of_photos(home)]
    with Image.open(shown) as thumbnail:
        assert thumbnail.size == (480, 360)


def _of_photos(home: Path) -> set[str]:
    """The thumbnail of the attached photo, told by the caption beside it."""
    html = (home / "index.html").read_text()
    sheet = html[: html.index(HEADING)]
    return {path.name for path in home.glob("k-*.jpg") if path.name in sheet}
