"""What was made to attack, in the worker: filed on its own, whatever it answers, and nobody gets a
letter about it."""

from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from desk.demo.makers import mail, word
from desk.store.submissions import threads
from redaksi.reasons import ATTACKS
from tests.contract.test_ask_again import ANDI, ARTICLE, PHOTOS, Desk, opened, shots
from tests.drill import pairs
from tests.unit.read_mail.test_attacks import BOMB

BOMBS = [("foto.jpg", BOMB)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path, settle=10)


def receive(desk: Desk, *raws: bytes) -> None:
    for raw in raws:
        desk.take_in(raw)
        desk.examine()


def find_attacks(desk: Desk, number: int) -> set[str]:
    """The names of what was made to attack in the newest revision of a submission."""
    with desk.app.store.read() as tx:
        judged = threads.get(tx, number).judged
    assert judged is not None
    return {other.name for other in judged.submission.others if other.why.code in ATTACKS}


def test_under_a_photos_name_it_is_quarantined_and_no_letter_is_prepared(desk: Desk) -> None:
    receive(desk, mail(ANDI, "Foto kegiatan", "Terlampir fotonya.\n", BOMBS))
    assert desk.submissions() == [("quarantined", 1)]
    assert desk.letters() == []


def test_it_is_no_revision_of_what_it_comes_after(desk: Desk) -> None:
    receive(desk, ARTICLE, mail(ANDI, "Foto", pairs.CAPTIONS, BOMBS))
    assert desk.submissions() == [("revising", 1), ("quarantined", 1)]
    assert [kind for kind, _, _ in desk.stands()] == ["revise"]  # the article's own


def test_what_comes_after_it_is_judged_on_its_own(desk: Desk) -> None:
    receive(desk, mail(ANDI, "Foto", pairs.CAPTIONS, BOMBS), ARTICLE, shots())
    assert desk.submissions() == [("quarantined", 1), ("review", 2)]


def test_beside_an_article_an_editor_looks_and_a_later_mail_leaves_it_behind(desk: Desk) -> None:
    article = [("naskah.docx", word("Warga Bangun Jalan", ["Warga bergotong royong. " * 40]))]
    first = mail(ANDI, "Naskah", "Terlampir.\n", [*article, *BOMBS])
    receive(desk, first)
    assert (desk.submissions(), desk.letters()) == ([("review", 1)], [])
    assert find_attacks(desk, 1) == {"foto.jpg"}
    answers = [("In-Reply-To", str(message_from_bytes(first)["Message-ID"]))]
    receive(desk, mail(ANDI, "Re: Naskah", pairs.CAPTIONS, PHOTOS, headers=answers))
    assert desk.submissions() == [("review", 2)]
    assert find_attacks(desk, 1) == set()
