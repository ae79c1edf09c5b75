"""An editor pairs a stray mail, and what a contributor says after a decision is not overlooked."""

from datetime import timedelta

import pytest

from desk.demo.makers import mail, photo, word
from desk.demo.post import part
from desk.presentation.queue_rows import commands, make_entry
from desk.sandbox.host import Sandbox
from desk.store.submissions import review_queue, tries
from desk.store.submissions.review_queue import QueueRow
from desk.workflow import pair as pairing
from desk.workflow.pair import Paired
from redaksi.errors import IllegalMove
from tests.journey.scene import (
    SUBJECT,
    Scene,
    first,
    naskah,
    only,
    reply,
    settled,
    status,
    word_of,
)

PRIVATE = ("Andi Tenri", "andi.pribadi@mail.example")
BIG = ("foto besar.jpg", photo(1600, 1200, 4))


def astray(scene: Scene) -> None:
    """A submission to be mended, and the mended photo from an address nobody knows."""
    scene.hand_in(first())
    asked = only(scene.letters())
    scene.hand_in(reply(asked, "Ini fotonya, dari alamat pribadi saya.\n", BIG, sender=PRIVATE))


def pair(scene: Scene, number: str, into: str, *, same_person: bool = False) -> Paired:
    with Sandbox() as sandbox:
        return pairing.pair(scene.app, sandbox, number, into, same_person=same_person)


def row(scene: Scene, number: str) -> QueueRow:
    (found,) = [one for one in scene.rows() if one.number == number]
    return found


def test_a_stray_mail_names_the_submission_it_may_belong_to_and_the_command(scene: Scene) -> None:
    astray(scene)
    assert scene.letters() == []
    (stray,) = [one for one in scene.rows() if one.doubts]
    assert "needs-matching" in stray.doubts
    assert stray.findings == ()  # while it may be part of another
    assert make_entry(stray, scene.app, scene.now).reason.endswith(
        "mohon dipasangkan (W-2026-0001)"
    )
    assert commands(stray) == ("redaksi pair W-2026-0002 W-2026-0001",)


def test_what_an_editor_pairs_is_merged_and_answered_like_any_reply(scene: Scene) -> None:
    astray(scene)
    assert pair(scene, "W-2026-0002", "W-2026-0001") == Paired(state="review", latest_revision=2)
    scene.round()
    letter = only(scene.letters())
    assert "Naskah diterima" in status(letter)
    assert str(letter["To"]) == PRIVATE[1]
    whole = row(scene, "W-2026-0001")
    assert [(one.name, one.width) for one in whole.photos] == [("IMG_3001.jpg", 1600)]
    assert row(scene, "W-2026-0002").state == "not_a_submission"


def test_an_address_of_the_same_person_is_known_from_then_on(scene: Scene) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    scene.hand_in(
        reply(asked, "Dari alamat pribadi.\n", ("foto.jpg", photo(900, 600, 4)), sender=PRIVATE)
    )
    pair(scene, "W-2026-0002", "W-2026-0001", same_person=True)
    scene.round()
    again = only(scene.letters())
    scene.hand_in(reply(again, "Yang ini besar.\n", BIG, sender=PRIVATE))
    assert (row(scene, "W-2026-0001").state, row(scene, "W-2026-0001").latest_revision) == (
        "review",
        3,
    )


def test_an_editor_is_believed_that_another_text_is_the_new_version(scene: Scene) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    text = (
        "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama penyuluh dari dinas. "
        * 9
    )
    scene.hand_in(
        reply(asked, "Versi baru.\n", ("Baru.docx", naskah_of(text)), BIG, sender=PRIVATE)
    )
    pair(scene, "W-2026-0002", "W-2026-0001")
    assert [one.name for one in row(scene, "W-2026-0001").documents] == ["Baru.docx"]


def naskah_of(text: str) -> bytes:
    return word("Ibu-Ibu Tallo Olah Sampah", [text], captions=["foto besar.jpg: Kompos."])


@pytest.mark.parametrize(
    ("number", "into", "why"),
    [
        ("W-2026-0009", "W-2026-0001", "no submission"),
        ("W-2026-0001", "W-2026-0001", "the same"),
    ],
)
def test_what_cannot_be_paired_says_why(scene: Scene, number: str, into: str, why: str) -> None:
    astray(scene)
    with pytest.raises(IllegalMove, match=why):
        pair(scene, number, into)


def test_a_mail_is_paired_once(scene: Scene) -> None:
    astray(scene)
    pair(scene, "W-2026-0002", "W-2026-0001")
    pair(scene, "W-2026-0002", "W-2026-0001")
    assert row(scene, "W-2026-0001").latest_revision == 2


# ── what a contributor says after a decision ──────────────────────────────────────────────────────


def scheduled(scene: Scene, **told: object) -> None:
    settled(scene)
    word_of(scene, "schedule", publish_at=scene.now + timedelta(days=2), **told)


def said(scene: Scene) -> tuple[str, list[str], str]:
    """The view it stands in, its badges that ask for an editor, and what is told of it."""
    shown = make_entry(scene.row(), scene.app, scene.now)
    return shown.tab, [one.text for one in shown.badges if one.icon == "mail"], shown.reason


def test_a_change_to_what_is_scheduled_waits_for_an_editor_and_changes_nothing(
    scene: Scene,
) -> None:
    scheduled(scene)
    letter = only(scene.letters())
    before = scene.row().title
    scene.hand_in(reply(letter, "Judulnya keliru.\n", ("Warta Palu.docx", naskah(font="Arial"))))
    tab, badges, told = said(scene)
    assert (scene.row().state, tab, badges) == ("scheduled", "action", ["Perubahan menunggu"])
    assert "percobaan 2" in told
    assert scene.row().title == before
    assert scene.letters() == []


def test_scheduling_anew_accepts_the_change(scene: Scene) -> None:
    scheduled(scene)
    scene.hand_in(
        reply(only(scene.letters()), "Perbaikan.\n", ("IMG_3001.jpg", photo(1800, 1350, 5)))
    )
    assert (scene.row().latest_revision, scene.row().accepted_revision) == (3, 2)
    word_of(scene, "schedule", publish_at=scene.now + timedelta(days=3))
    assert (scene.row().accepted_revision, said(scene)[0]) == (3, "scheduled")


def test_a_withdrawal_of_what_is_scheduled_is_shown_until_an_editor_decides(scene: Scene) -> None:
    scheduled(scene)
    scene.hand_in(reply(only(scene.letters()), "BATAL\n"))
    assert said(scene)[:2] == ("action", ["Minta ditarik"])
    assert "redaksi decide W-2026-0001 withdraw" in commands(scene.row())
    word_of(scene, "withdraw")
    assert scene.row().state == "withdrawn"
    assert said(scene)[0] == "archive"


def test_a_question_is_shown_until_an_editor_has_seen_it(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "Apakah foto dari HP boleh?\n"))
    assert said(scene)[:2] == ("action", ["Pesan baru"])
    word_of(scene, "seen")
    assert said(scene)[0] == "waiting"
    assert scene.letters() == []


def test_the_published_letter_bears_the_headline_it_was_scheduled_under(scene: Scene) -> None:
    scheduled(scene, headline="320 Meter Jalan di Talise")
    only(scene.letters())
    word_of(scene, "publish", url="https://warta.example/320-meter")
    assert "320 Meter Jalan di Talise" in part(only(scene.letters()), "text/plain")


def test_another_article_in_answer_to_a_declined_one_is_new_and_says_what_it_follows(
    scene: Scene,
) -> None:
    settled(scene)
    word_of(scene, "decline")
    letter = only(scene.letters())
    files = [
        (
            "Baru.docx",
            naskah_of("Warga Tallo menanam pohon di sepanjang kanal bersama pelajar. " * 12),
        ),
        BIG,
    ]
    scene.hand_in(reply(letter, "Naskah baru.\n", *files))
    assert [one.attention.follows for one in scene.rows()] == ["", "W-2026-0001"]


def test_a_mail_that_only_says_something_stands_among_the_mails_of_the_page(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "Apakah foto dari HP boleh?\n"))
    with scene.app.store.read() as tx:
        page = review_queue.submission_page(tx, scene.row().number)
        assert page is not None
        assert len(tries.revisions_of(tx, page.row.id)) == 1
    assert [one.subject for one in page.mails] == [f"Re: {SUBJECT}", SUBJECT]


def test_a_word_from_another_address_is_paired_as_a_word(scene: Scene) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    scene.hand_in(mail(PRIVATE, "tanya", "Saya Andi. Terlampir tidak ada apa-apa.\n"))
    stray = [one for one in scene.rows() if one.number != "W-2026-0001"]
    assert asked
    assert len(stray) == 1
    pair(scene, stray[0].number, "W-2026-0001")
    assert "message" in row(scene, "W-2026-0001").attention.flags
    assert row(scene, "W-2026-0001").latest_revision == 1
