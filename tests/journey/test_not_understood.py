"""What nobody understood goes the whole way: to an editor, on his page, without a letter; and it is
not absent when the next mail comes."""

from email.message import Message
from pathlib import Path

from desk.demo.makers import mail, photo
from desk.demo.post import part
from desk.demo.samples import ANDI
from tests.journey.scene import SUBJECT, TEXT, Scene, naskah, only

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def unclear() -> bytes:
    files = [
        ("Warta Palu.docx", naskah(captions=[])),
        ("IMG_3001.jpg", photo(1600, 1200, 4)),
        ("Keterangan foto.pdf", PDF),
    ]
    return mail(ANDI, SUBJECT, "Naskah dan foto terlampir.\n", files)


def test_captions_in_a_file_we_do_not_read_are_an_editors(scene: Scene) -> None:
    scene.hand_in(unclear())
    row = scene.row()
    assert (row.state, scene.letters()) == ("review", [])
    assert row.attention.since is not None
    home = Path(scene.app.config.queue_folder) / row.number / "index.html"
    page = home.read_text(encoding="utf-8")
    assert "Yang belum terbaca" in page
    assert "Keterangan foto.pdf" in page
    assert "mungkin itulah yang dicari: keterangan foto" in page


def test_another_photo_does_not_make_them_absent(scene: Scene) -> None:
    scene.hand_in(unclear())
    later: list[tuple[str, bytes]] = [("IMG_3002.jpg", photo(1600, 1200, 5))]
    scene.hand_in(mail(ANDI, f"{SUBJECT} {scene.row().number}", "Susulan foto.\n", later))
    letters: list[Message] = scene.letters()
    assert letters == []
    assert {row.state for row in scene.rows() if row.number.startswith("W-")} == {"review"}


def test_an_article_typed_in_the_mail_is_asked_for_as_a_document(scene: Scene) -> None:
    words = "\n\n".join(TEXT)
    scene.hand_in(mail(ANDI, SUBJECT, f"Mohon dimuat.\n\n{words}\n\nPenulis: Andi Tenri\n", []))
    row = scene.row()
    assert row.state == "incomplete"
    asked = only(scene.letters())
    assert "naskahnya tertulis di badan surel" in " ".join(part(asked, "text/plain").split())
    home = Path(scene.app.config.queue_folder) / row.number / "index.html"
    assert "Naskahnya tertulis di badan surel" in home.read_text(encoding="utf-8")
