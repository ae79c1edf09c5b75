"""A reply never costs what was good before, and nothing is counted or said that nobody was told."""

from datetime import timedelta
from email.message import Message
from pathlib import Path

import msgspec
import pytest

from desk.demo.makers import mail, photo, word
from desk.demo.post import part
from desk.demo.samples import ANDI
from desk.store.outbound import outbox
from desk.store.people import contributors
from desk.worker.round import one_round
from publisher.letters.letter_context import Remark
from publisher.letters.proofread import load
from tests.journey.scene import SUBJECT, TEXT, TITLE, Scene, only, reply, settled, status, word_of

GOOD, SMALL, LARGE = photo(1600, 1200, 4), photo(800, 600, 7), photo(1600, 1200, 7)
CAPTIONS = ["A.jpg: Warga meratakan beton.", "B.jpg: Kaum ibu menyiapkan makan siang."]


def article(**differs: object) -> bytes:
    told = {"byline": "Andi Tenri, Tim 02 Palu", "captions": CAPTIONS}
    return word(TITLE, TEXT, **(told | differs))  # type: ignore[arg-type]


def two(scene: Scene) -> Message:
    """An article with a good photo and one too small; the letter."""
    files = [("Warta Palu.docx", article()), ("A.jpg", GOOD), ("B.jpg", SMALL)]
    scene.hand_in(mail(ANDI, SUBJECT, "Mohon diterima naskah kami.\n", files))
    return only(scene.letters())


def shown(scene: Scene) -> list[tuple[str, int]]:
    return sorted((one.name, one.width) for one in scene.row().photos)


def test_a_reply_complete_by_itself_keeps_the_photo_it_does_not_bring(scene: Scene) -> None:
    asked = two(scene)
    scene.hand_in(reply(asked, "Ini lagi.\n", ("Warta Palu.docx", article()), ("B.jpg", LARGE)))
    assert shown(scene) == [("A.jpg", 1600), ("B.jpg", 1600)]
    assert "Naskah diterima" in status(only(scene.letters()))


def test_a_pdf_of_the_article_replaces_no_article(scene: Scene) -> None:
    letter = settled(scene)
    scene.hand_in(
        reply(letter, "Versi PDF untuk arsip.\n", ("Warta Palu.pdf", b"%PDF-1.4\n%%EOF\n"))
    )
    assert [one.name for one in scene.row().documents if one.readable] == ["Warta Palu.docx"]
    assert (scene.row().state, scene.letters()) == ("review", [])


@pytest.mark.parametrize(
    "junk",
    [
        ("smime.p7s", b"0\x82\x04\x00" + bytes(range(200))),
        ("kartu.vcf", b"BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n"),
    ],
)
def test_a_thank_you_with_a_signatures_files_is_a_word_and_no_try(
    scene: Scene, junk: tuple[str, bytes]
) -> None:
    asked = two(scene)
    scene.hand_in(reply(asked, "Baik, terima kasih.\n", junk))
    assert (scene.row().latest_revision, scene.row().returns, scene.letters()) == (1, 1, [])
    assert "message" in scene.row().attention.flags


def test_what_waits_to_be_told_is_counted_when_it_is_told(scene: Scene) -> None:
    """Three mails within the window: one letter, one return, and "1 of 2" of nothing nobody
    heard of."""
    config = scene.on.app.config
    queue = msgspec.structs.replace(config.queue, settle=timedelta(minutes=10))
    app = msgspec.structs.replace(scene.on.app, config=msgspec.structs.replace(config, queue=queue))
    scene.on = msgspec.structs.replace(scene.on, app=app)
    scene.hand_in(mail(ANDI, SUBJECT, "Naskah.\n", [("Warta Palu.docx", article())]))
    scene.now += timedelta(minutes=1)
    scene.hand_in(mail(ANDI, SUBJECT, "Foto.\n", [("A.jpg", GOOD), ("B.jpg", SMALL)]))
    scene.now += timedelta(minutes=11)
    scene.round()
    assert "Perlu diperbaiki (1 hal)" in status(only(scene.letters()))
    assert (scene.row().latest_revision, scene.row().returns) == (2, 1)


def test_an_answer_to_the_letter_about_a_withdrawal_reaches_an_editor(scene: Scene) -> None:
    asked = two(scene)
    scene.hand_in(reply(asked, "BATAL\n"))
    withdrawn = only(scene.letters())
    scene.hand_in(reply(withdrawn, "Maaf, keliru. Mohon dilanjutkan.\n"))
    assert scene.row().state == "withdrawn"
    assert "message" in scene.row().attention.flags
    assert scene.letters() == []


def test_batal_beside_a_photo_is_an_editors_to_understand(scene: Scene) -> None:
    asked = two(scene)
    scene.hand_in(reply(asked, "BATAL\n", ("B.jpg", LARGE)))
    assert [one.state for one in scene.rows()] == ["revising", "review"]
    assert scene.rows()[1].attention.candidates == ("W-2026-0001",)
    assert scene.letters() == []


def test_the_same_mail_again_is_no_second_submission(scene: Scene) -> None:
    files = [("Warta Palu.docx", article()), ("A.jpg", GOOD), ("B.jpg", LARGE)]
    scene.hand_in(mail(ANDI, SUBJECT, "Mohon diterima.\n", files))
    only(scene.letters())
    scene.hand_in(mail(ANDI, f"{SUBJECT} lagi", "Apakah sudah diterima?\n", files))
    assert (scene.row().latest_revision, scene.letters()) == (1, [])
    assert "resent" in scene.happened()


def test_captions_in_an_answer_to_ones_own_mail_find_their_submission(scene: Scene) -> None:
    raw = mail(
        ANDI, SUBJECT, "Naskah.\n", [("Warta Palu.docx", article(captions=[])), ("A.jpg", GOOD)]
    )
    scene.hand_in(raw)
    only(scene.letters())
    own = next(
        line.split(b": ")[1].decode()
        for line in raw.split(b"\r\n")
        if line.startswith(b"Message-ID")
    )
    again = mail(
        ANDI, f"Re: {SUBJECT}", "A.jpg: Warga meratakan beton.\n", headers=[("In-Reply-To", own)]
    )
    scene.hand_in(again)
    assert (scene.row().state, scene.row().latest_revision) == ("review", 2)


def test_a_photo_of_another_submission_is_not_taken_for_this_one(scene: Scene) -> None:
    asked = two(scene)
    text = (
        "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama penyuluh dari dinas. "
        * 9
    )
    other = word("Ibu-Ibu Tallo Olah Sampah", [text], captions=["K1.jpg: Ibu memilah sampah."])
    scene.hand_in(
        mail(ANDI, "Kompos", "Naskah.\n", [("Kompos.docx", other), ("K1.jpg", photo(800, 600, 9))])
    )
    scene.letters()
    scene.hand_in(reply(asked, "Foto kompos.\n", ("K1.jpg", photo(1600, 1200, 9))))
    assert [one.latest_revision for one in scene.rows()] == [1, 1, 1]
    assert scene.rows()[2].attention.candidates == ("W-2026-0001", "W-2026-0002")
    assert scene.letters() == []


def test_an_editor_who_opens_it_again_is_waited_for_anew(scene: Scene) -> None:
    two(scene)
    for days in (15, 15):
        scene.now += timedelta(days=days)
        scene.round()
    assert [status(one).split(" –")[0] for one in scene.letters()] == [
        "Balasan Bapak/Ibu masih kami tunggu",
        "Ditutup untuk sementara",
    ]
    word_of(scene, "reopen")
    assert scene.row().state == "revising"
    scene.now += timedelta(days=15)
    scene.round()
    assert "Balasan Bapak/Ibu masih kami tunggu" in status(only(scene.letters()))


def test_whoever_writes_again_is_no_dead_address(scene: Scene) -> None:
    asked = two(scene)
    with scene.app.store.begin() as tx:
        contributors.mark_bounced(tx, ANDI[1], scene.now)
    scene.hand_in(reply(asked, "Saya masih di sini.\n"))
    with scene.app.store.read() as tx:
        assert not contributors.has_bounced(tx, ANDI[1])


def test_a_noted_submission_is_reminded_of_the_editors_note(scene: Scene) -> None:
    settled(scene)
    word_of(
        scene, "note", remarks=(Remark(title="Angka", ask="sebutkan sumbernya"),), editor="Nina"
    )
    scene.letters()
    scene.now += timedelta(days=15)
    scene.round()
    text = part(only(scene.letters()), "text/plain")
    assert "sesuai dengan catatan" in text
    assert "0 perbaikan" not in text


def test_an_answer_in_words_to_a_note_is_the_editors_turn(scene: Scene) -> None:
    settled(scene)
    word_of(
        scene, "note", remarks=(Remark(title="Angka", ask="sebutkan sumbernya"),), editor="Nina"
    )
    scene.hand_in(reply(only(scene.letters()), "Sumbernya BPS.\n"))
    scene.now += timedelta(days=40)
    scene.round()
    assert (scene.letters(), scene.row().state) == ([], "noted")
    with scene.app.store.read() as tx:
        assert all(one.kind != "reminder" for one in outbox.of_submission(tx, scene.row().id))


# ── a template of the redaksi's own that fails on one letter ──────────────────────────────────────


def broken(scene: Scene, folder: Path, kind: str) -> None:
    """A template that was sound at start and fails on what this letter says."""
    (folder / "id").mkdir(parents=True)
    (folder / "id" / f"{kind}.j2").write_text(
        "# Ada | {{ o.number }}\n\n{{ 1 / (o.photos - 2) }}\n"
    )
    templates = load(folder)
    scene.on = msgspec.structs.replace(
        scene.on, app=msgspec.structs.replace(scene.on.app, templates=templates)
    )


def test_a_letter_that_cannot_be_written_loses_no_mail_and_is_shown(
    scene: Scene, tmp_path: Path
) -> None:
    broken(scene, tmp_path / "own", "revise")
    files = [("Warta Palu.docx", article()), ("A.jpg", GOOD), ("B.jpg", SMALL)]
    scene.hand_in(mail(ANDI, SUBJECT, "Mohon diterima naskah kami.\n", files))
    assert (scene.row().state, scene.letters()) == ("revising", [])
    assert "unwritten" in scene.row().attention.flags


def test_a_reminder_that_cannot_be_written_keeps_nobody_elses_waiting(
    scene: Scene, tmp_path: Path
) -> None:
    two(scene)
    scene.hand_in(
        mail(
            ("Lalu", "lalu@kontributor.example"),
            "Warta",
            "",
            [("W.docx", article()), ("A.jpg", SMALL)],
        )
    )
    scene.letters()
    broken(scene, tmp_path / "own", "reminder")
    scene.now += timedelta(days=15)
    done = one_round(scene.app)
    assert [type(trouble).__name__ for trouble in done.troubles] == ["Unwritable"]
    assert "reminder.j2, line 3: division by zero" in str(done.troubles[0])
    assert [str(one["To"]) for one in scene.letters()] == ["lalu@kontributor.example"]


# ── found by a second reading ─────────────────────────────────────────────────────────────────────


def test_the_same_files_after_batal_are_an_editors_to_see(scene: Scene) -> None:
    files = [("Warta Palu.docx", article()), ("A.jpg", GOOD), ("B.jpg", SMALL)]
    scene.hand_in(mail(ANDI, SUBJECT, "Mohon diterima.\n", files))
    scene.hand_in(reply(only(scene.letters()), "BATAL\n"))
    scene.letters()
    scene.hand_in(mail(ANDI, "Naskah lagi", "Maaf, keliru, mohon tetap diproses.\n", files))
    assert [one.state for one in scene.rows()] == ["withdrawn", "review"]
    assert scene.rows()[1].attention.candidates == ("W-2026-0001",)


def test_words_beside_a_file_we_have_are_read(scene: Scene) -> None:
    settled(scene)
    word_of(
        scene, "note", remarks=(Remark(title="Lokasi", ask="sebutkan tempatnya"),), editor="Nina"
    )
    row = scene.row()
    document = scene.app.blobs.local_path(row.documents[0].sha256).read_bytes()
    told = "Lokasinya di Talise.\n"
    scene.hand_in(reply(only(scene.letters()), told, (row.documents[0].name, document)))
    assert "message" in scene.row().attention.flags


def test_an_answer_that_was_seen_does_not_stop_the_clock_for_ever(scene: Scene) -> None:
    settled(scene)
    word_of(
        scene, "note", remarks=(Remark(title="Lokasi", ask="sebutkan tempatnya"),), editor="Nina"
    )
    scene.hand_in(reply(only(scene.letters()), "Baik, besok saya kirim.\n"))
    word_of(scene, "seen")
    scene.now += timedelta(days=15)
    scene.round()
    assert "Balasan Bapak/Ibu masih kami tunggu" in status(only(scene.letters()))


def test_batal_in_answer_to_ones_own_mail_with_two_articles_reaches_an_editor(scene: Scene) -> None:
    text = (
        "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama penyuluh dari dinas. "
        * 9
    )
    other = word(
        "Ibu-Ibu Tallo Olah Sampah",
        [text],
        byline="Andi Tenri",
        captions=["K1.jpg: Ibu memilah sampah."],
    )
    files = [("Jalan.docx", article()), ("A.jpg", GOOD), ("B.jpg", LARGE)]
    files += [("Kompos.docx", other), ("K1.jpg", photo(1600, 1200, 9))]
    raw = mail(ANDI, SUBJECT, "Dua naskah.\n", files)
    scene.hand_in(raw)
    own = next(
        line.split(b": ")[1].decode()
        for line in raw.split(b"\r\n")
        if line.startswith(b"Message-ID")
    )
    before = len(scene.rows())
    scene.letters()
    scene.hand_in(mail(ANDI, f"Re: {SUBJECT}", "BATAL\n", headers=[("In-Reply-To", own)]))
    assert len(scene.rows()) == before + 1
    assert scene.rows()[-1].state == "review"
    assert len(scene.rows()[-1].attention.candidates) == before


def test_batal_in_a_mail_of_its_own_withdraws_the_only_submission_it_can_mean(scene: Scene) -> None:
    two(scene)
    scene.hand_in(mail(ANDI, "Warta", "BATAL\n"))
    assert "Naskah ditarik" in status(only(scene.letters()))
    assert scene.row().state == "withdrawn"


def test_batal_in_a_mail_of_its_own_is_an_editors_where_there_are_two(scene: Scene) -> None:
    two(scene)
    text = (
        "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama penyuluh dari dinas. "
        * 9
    )
    other = word("Ibu-Ibu Tallo Olah Sampah", [text], captions=["K1.jpg: Ibu memilah sampah."])
    scene.hand_in(
        mail(ANDI, "Kompos", "Naskah.\n", [("Kompos.docx", other), ("K1.jpg", photo(800, 600, 9))])
    )
    scene.letters()
    scene.hand_in(mail(ANDI, "Warta", "BATAL\n"))
    assert [one.state for one in scene.rows()] == ["revising", "revising", "review"]
    assert scene.rows()[2].attention.candidates == ("W-2026-0001", "W-2026-0002")


def test_a_strangers_batal_withdraws_nothing(scene: Scene) -> None:
    two(scene)
    scene.hand_in(mail(("Lalu", "lalu@kontributor.example"), "Halo", "BATAL\n"))
    assert scene.row().state == "revising"
    assert scene.letters() == []
