"""What came instead of the article is named in the letter that leaves, and a real document after
it mends the submission."""

import pytest

from desk.demo.makers import mail, photo
from desk.demo.post import part
from desk.demo.samples import ANDI
from tests.journey.scene import SUBJECT, Scene, naskah, only, reply, status
from tests.unit.guard.guard_mails import office
from tests.unit.read_mail.test_sniff import compound


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Warta Palu.pptx", office("ppt/presentation.xml")),
        ("Warta Palu.msg", compound("__properties_version1.0")),
    ],
)
def test_a_file_that_is_not_read_is_named_and_mended(
    scene: Scene, name: str, content: bytes
) -> None:
    scene.hand_in(mail(ANDI, SUBJECT, "Terlampir naskah kami.\n", [(name, content)]))
    letter = only(scene.letters())
    assert "belum dapat kami proses" in status(letter)
    words = " ".join(part(letter, "text/plain").split())
    assert f"“{name}”" in words
    assert "tidak menemukan" not in words
    files = [("Warta Palu.docx", naskah()), ("IMG_3001.jpg", photo(1600, 1200, 4))]
    scene.hand_in(reply(letter, "Ini Word dan fotonya.\n", *files))
    assert scene.row().latest_revision == 2
    words = " ".join(part(only(scene.letters()), "text/plain").split())
    assert name not in words
