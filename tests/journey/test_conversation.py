"""A conversation in Dovecot: what comes back finds its submission. One thread throughout."""

import io
from email.message import Message

import msgspec
import pytest
from PIL import Image

from desk.demo.makers import mail, photo, word
from desk.demo.samples import ANDI, RAHMA
from desk.demo.show import Stage
from desk.store.inbound import mails
from desk.store.people import contributors
from desk.store.submissions import review_queue
from desk.worker.round import one_round
from tests.journey.scene import (
    SUBJECT,
    Scene,
    first,
    naskah,
    only,
    reply,
    status,
)


def test_only_the_mended_photo_is_sent_and_the_submission_is_whole(scene: Scene) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    assert "Perlu diperbaiki (1 hal)" in status(asked)
    scene.hand_in(reply(asked, "Ini fotonya.\n", ("foto besar.jpg", photo(1600, 1200, 4))))
    assert "Naskah diterima" in status(only(scene.letters()))
    row = scene.row()
    assert (row.state, row.latest_revision) == ("review", 2)
    assert [(one.name, one.width, bool(one.caption)) for one in row.photos] == [
        ("IMG_3001.jpg", 1600, True)
    ]
    assert [one.name for one in row.documents] == ["Warta Palu.docx"]


def test_the_letter_says_what_is_mended_and_what_is_left(scene: Scene) -> None:
    scene.hand_in(first(font="Calibri", lines=1.5))
    asked = only(scene.letters())
    assert "(3 hal)" in status(asked)
    scene.hand_in(reply(asked, "Naskah revisi.\n", ("Warta Palu rev.docx", naskah(lines=1.5))))
    left = only(scene.letters())
    assert "1 dari 3 hal sudah diperbaiki" in status(left)
    assert "partly-fixed" in str(left["Message-ID"])


def test_after_two_returns_an_editor_decides(scene: Scene) -> None:
    scene.hand_in(first(font="Calibri", lines=1.5))
    asked = only(scene.letters())
    scene.hand_in(reply(asked, "Revisi 1.\n", ("Warta Palu.docx", naskah(lines=1.5))))
    asked = only(scene.letters())
    scene.hand_in(reply(asked, "Revisi 2.\n", ("Warta Palu.docx", naskah(lines=1.5, points=11))))
    assert scene.letters() == []
    assert (scene.row().state, scene.row().latest_revision) == ("review", 3)
    assert "exhausted" in scene.happened()


@pytest.mark.parametrize(
    ("words", "what"),
    [("\n", "resent"), ("Ini dari HP saya, tidak bisa lebih besar.\n", "message")],
)
def test_the_same_bytes_again_are_no_try_and_get_no_letter(
    scene: Scene, words: str, what: str
) -> None:
    """What is written beside them is an editor's to read."""
    scene.hand_in(first())
    asked = only(scene.letters())
    scene.hand_in(reply(asked, words, ("IMG_3001.jpg", photo(800, 600, 4))))
    assert scene.letters() == []
    assert scene.row().latest_revision == 1
    assert scene.happened()[-1] == what


def test_a_word_without_files_reaches_the_editors_and_is_no_try(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "Baik, besok foto saya kirim.\n"))
    assert scene.letters() == []
    assert (scene.row().latest_revision, scene.happened()[-1]) == (1, "message")


def test_captions_in_the_mails_text_fill_the_gap(scene: Scene) -> None:
    bare = mail(
        ANDI,
        SUBJECT,
        "Naskah.\n",
        [
            ("Warta Palu.docx", naskah(captions=[])),
            ("A1.jpg", photo(1600, 1200, 4)),
            ("B2.jpg", photo(1600, 1200, 5)),
        ],
    )
    scene.hand_in(bare)
    asked = only(scene.letters())
    scene.hand_in(
        reply(
            asked,
            "A1.jpg: Warga meratakan beton di lorong.\nB2.jpg: Kaum ibu menyiapkan makan siang.\n",
        )
    )
    assert "Naskah diterima" in status(only(scene.letters()))
    assert all(one.caption for one in scene.row().photos)


def two_small() -> bytes:
    names = ["IMG_1.jpg: Warga meratakan beton.", "IMG_2.jpg: Kaum ibu menyiapkan makan siang."]
    shots = [("IMG_1.jpg", photo(800, 600, 4)), ("IMG_2.jpg", photo(800, 600, 5))]
    return mail(ANDI, SUBJECT, "Naskah.\n", [("Warta Palu.docx", naskah(captions=names)), *shots])


def test_all_sent_again_under_new_names_replaces_all(scene: Scene) -> None:
    scene.hand_in(two_small())
    asked = only(scene.letters())
    names = ["A.jpg: Warga meratakan beton.", "B.jpg: Kaum ibu menyiapkan makan siang."]
    files = [
        ("Revisi.docx", naskah(captions=names)),
        ("A.jpg", photo(1600, 1200, 4)),
        ("B.jpg", photo(1600, 1200, 5)),
    ]
    scene.hand_in(reply(asked, "Kami kirim ulang semua.\n", *files))
    assert "Naskah diterima" in status(only(scene.letters()))
    assert {one.name for one in scene.row().photos} == {"A.jpg", "B.jpg"}


def turned(content: bytes) -> bytes:
    """Upside down: another picture altogether."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        picture.transpose(Image.Transpose.ROTATE_180).save(out, "JPEG", quality=88)
    return out.getvalue()


def test_a_larger_copy_of_each_picture_replaces_it_under_any_name(scene: Scene) -> None:
    names = ["IMG_1.jpg: Warga meratakan beton.", "IMG_2.jpg: Kaum ibu menyiapkan makan siang."]
    shots = [("IMG_1.jpg", photo(800, 600, 4)), ("IMG_2.jpg", turned(photo(800, 600, 5)))]
    scene.hand_in(
        mail(ANDI, SUBJECT, "Naskah.\n", [("Warta Palu.docx", naskah(captions=names)), *shots])
    )
    asked = only(scene.letters())
    large = [("B.jpg", turned(photo(1600, 1200, 5))), ("A.jpg", photo(1600, 1200, 4))]
    scene.hand_in(reply(asked, "Fotonya.\n", *large))
    assert "Naskah diterima" in status(only(scene.letters()))
    assert {(one.name, one.width) for one in scene.row().photos} == {
        ("IMG_1.jpg", 1600),
        ("IMG_2.jpg", 1600),
    }


def test_other_photos_that_may_replace_several_are_for_an_editor(scene: Scene) -> None:
    scene.hand_in(two_small())
    asked = only(scene.letters())
    scene.hand_in(reply(asked, "Fotonya.\n", ("A.jpg", photo(1600, 1200, 11))))
    assert scene.letters() == []
    assert (scene.row().state, scene.row().doubts) == ("review", ("photos-not-paired",))


def test_a_stranger_who_answers_the_letter_changes_nothing(scene: Scene) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    before = scene.row()
    scene.hand_in(
        reply(asked, "Foto dari saya.\n", ("IMG_3001.jpg", photo(1600, 1200, 4)), sender=RAHMA)
    )
    assert scene.letters() == []
    theirs = [one for one in scene.rows() if one.number != before.number]
    assert [(one.state, "needs-matching" in one.doubts) for one in theirs] == [("review", True)]
    with scene.app.store.read() as tx:
        assert [one for one in review_queue.queue_rows(tx) if one.number == before.number] == [
            before
        ]


def test_a_number_in_the_subject_opens_nothing_for_a_stranger(scene: Scene) -> None:
    scene.hand_in(first())
    scene.letters()
    number = scene.row().number
    scene.hand_in(
        mail(
            RAHMA, f"[{number}] foto", "Foto terlampir.\n", [("IMG_3001.jpg", photo(1600, 1200, 4))]
        )
    )
    assert scene.letters() == []
    assert [(one.latest_revision, one.state) for one in scene.rows() if one.number == number] == [
        (1, "revising")
    ]


def test_batal_withdraws_what_no_editor_has_scheduled(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "BATAL\n\nTerima kasih.\n"))
    letter = only(scene.letters())
    assert "Naskah ditarik" in status(letter)
    assert scene.row().state == "withdrawn"


def test_batal_in_a_forged_mail_withdraws_nothing(scene: Scene) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    headers = [("In-Reply-To", str(asked["Message-ID"]))]
    scene.hand_in(
        mail(ANDI, f"Re: {SUBJECT}", "BATAL\n", headers=headers, authenticated="dmarc=none")
    )
    assert scene.row().state == "revising"


def bounce(letter: Message, action: str, code: str) -> bytes:
    return (
        "From: Mail Delivery System <mailer-daemon@mx.warta.example>\r\nTo: redaksi@warta.example\r\n"
        "Message-ID: <dsn-1@mx.warta.example>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nMaaf.\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx\r\n\r\n"
        f"Final-Recipient: rfc822; {ANDI[1]}\r\nAction: {action}\r\nStatus: {code}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter['Message-ID']}\r\n\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("action", "code", "hard", "event"),
    [("failed", "5.1.1", True, "bounced"), ("delayed", "4.4.1", False, "letter delayed")],
)
def test_a_bounce_finds_its_letter(
    scene: Scene, action: str, code: str, hard: bool, event: str
) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    scene.hand_in(bounce(asked, action, code))
    assert scene.letters() == []
    assert event in scene.happened()
    with scene.app.store.begin() as tx:
        assert (
            contributors.ensure_contributor(tx, ANDI[1], "", scene.now).bounced_at is not None
        ) is hard


def test_an_out_of_office_answer_is_no_try(scene: Scene) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    headers = [("In-Reply-To", str(asked["Message-ID"])), ("Auto-Submitted", "auto-replied")]
    scene.hand_in(mail(ANDI, f"Cuti: Re: {SUBJECT}", "Saya cuti.\n", headers=headers))
    assert scene.letters() == []
    assert scene.row().latest_revision == 1


def test_a_second_pass_over_a_conversation_is_idle(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "Ini.\n", ("IMG_3001.jpg", photo(1600, 1200, 4))))
    before = scene.rows()
    done = one_round(scene.app)
    assert (done.taken, done.examined, done.sent) == (0, 0, 0)
    assert scene.rows() == before


def test_every_mail_is_examined(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "Ya.\n"))
    with scene.app.store.read() as tx:
        assert mails.waiting(tx) == []


def test_an_answer_that_lost_its_thread_is_known_by_the_address_it_was_sent_to(
    scene: Scene,
) -> None:
    scene.on = plus(scene.on)
    scene.hand_in(first())
    asked = only(scene.letters())
    address = str(asked["Reply-To"]).split("<")[1].rstrip(">")
    files = [("foto besar.jpg", photo(1600, 1200, 4))]
    scene.hand_in(mail(ANDI, "foto", "Ini fotonya.\n", files, to=address))
    assert (scene.row().state, scene.row().latest_revision) == ("review", 2)


def test_a_new_article_sent_to_a_remembered_plus_address_is_a_submission_of_its_own(
    scene: Scene,
) -> None:
    scene.on = plus(scene.on)
    scene.hand_in(first())
    address = str(only(scene.letters())["Reply-To"]).split("<")[1].rstrip(">")
    text = "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama penyuluh dari dinas kota. "
    other = word("Ibu-Ibu Tallo Olah Sampah", [text * 9], captions=["a.jpg: Kompos."])
    files = [("Tallo.docx", other), ("a.jpg", photo(1600, 1200, 9))]
    scene.hand_in(mail(ANDI, "Warta Tallo", "Naskah baru.\n", files, to=address))
    assert [(one.latest_revision, one.state) for one in scene.rows()] == [
        (1, "revising"),
        (1, "review"),
    ]
    assert "Naskah diterima" in status(only(scene.letters()))


def plus(on: Stage) -> Stage:
    """The stage at a server that delivers plus-addresses."""
    reply = msgspec.structs.replace(on.app.config.reply, plus="on")
    config = msgspec.structs.replace(on.app.config, reply=reply)
    return msgspec.structs.replace(on, app=msgspec.structs.replace(on.app, config=config))
