"""A conversation in Dovecot: what comes back finds its submission, and time does the rest. One thread throughout."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct
from PIL import Image

from desk.demo import dovecot
from desk.demo.makers import mail, photo, word
from desk.demo.post import part
from desk.demo.samples import ANDI, RAHMA
from desk.demo.show import Stage, stage
from desk.demo.texts import article
from desk.office import Office
from desk.resolve import Decision, Resolved, decide
from desk.store import events, mails, people, review
from desk.worker import one_round
from publisher.letters.occasion import Remark
from redaksi.errors import IllegalMove

TEXT = article("Talise", "membangun jalan lingkungan", 1)
TITLE = "BKM Sejahtera Palu Tuntaskan 320 Meter Jalan Lingkungan"
SUBJECT = "Warta Palu"


class Scene(Struct):
    """The stage with a clock one can turn."""

    on: Stage
    now: datetime
    sent: int = 0

    @property
    def office(self) -> Office:
        return msgspec.structs.replace(self.on.office, clock=lambda: self.now)

    def hand_in(self, *mailed: bytes) -> None:
        for raw in mailed:
            self.on.deliver(raw)
        self.round()

    def round(self) -> None:
        done = one_round(self.office)
        assert not done.troubles

    def letters(self) -> list[Message]:
        """What arrived since the last time one looked."""
        arrived = self.on.letterbox.letters[self.sent :]
        self.sent += len(arrived)
        return [message_from_bytes(one.content) for one in arrived]

    def rows(self) -> list[review.QueueRow]:
        with self.on.office.store.read() as tx:
            return review.queue_rows(tx)

    def row(self) -> review.QueueRow:
        (row,) = [one for one in self.rows() if one.number.startswith("W-")]
        return row

    def happened(self) -> list[str]:
        with self.on.office.store.read() as tx:
            return [one.what for one in events.of_submission(tx, self.row().id)]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    with stage(tmp_path) as on:
        yield Scene(on, datetime.now(UTC))


def naskah(**differs: object) -> bytes:
    told = {
        "byline": "Andi Tenri, Tim 02 Palu",
        "captions": ["IMG_3001.jpg: Warga meratakan beton di lorong."],
    }
    return word(TITLE, TEXT, **(told | differs))  # type: ignore[arg-type]


def first(**differs: object) -> bytes:
    files = [("Warta Palu.docx", naskah(**differs)), ("IMG_3001.jpg", photo(800, 600, 4))]
    return mail(ANDI, SUBJECT, "Mohon diterima naskah kami.\n", files)


def reply(to: Message, text: str, *files: tuple[str, bytes], sender: tuple[str, str] = ANDI) -> bytes:
    headers = [
        ("In-Reply-To", str(to["Message-ID"])),
        ("References", " ".join([*str(to["References"]).split(), str(to["Message-ID"])])),
    ]
    return mail(sender, f"Re: {SUBJECT}", text, files, headers=headers)


def only(letters: list[Message]) -> Message:
    (letter,) = letters
    return letter


def status(letter: Message) -> str:
    return part(letter, "text/plain").strip().splitlines()[0]


def test_only_the_mended_photo_is_sent_and_the_submission_is_whole(scene: Scene) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    assert "Perlu diperbaiki (1 hal)" in status(asked)
    scene.hand_in(reply(asked, "Ini fotonya.\n", ("foto besar.jpg", photo(1600, 1200, 4))))
    assert "Naskah diterima" in status(only(scene.letters()))
    row = scene.row()
    assert (row.state, row.tries) == ("review", 2)
    assert [(one.name, one.width, bool(one.caption)) for one in row.photos] == [("IMG_3001.jpg", 1600, True)]
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
    assert (scene.row().state, scene.row().tries) == ("review", 3)
    assert "exhausted" in scene.happened()


@pytest.mark.parametrize(
    ("words", "what"), [("\n", "resent"), ("Ini dari HP saya, tidak bisa lebih besar.\n", "message")]
)
def test_the_same_bytes_again_are_no_try_and_get_no_letter(scene: Scene, words: str, what: str) -> None:
    """What is written beside them is an editor's to read."""
    scene.hand_in(first())
    asked = only(scene.letters())
    scene.hand_in(reply(asked, words, ("IMG_3001.jpg", photo(800, 600, 4))))
    assert scene.letters() == []
    assert scene.row().tries == 1
    assert scene.happened()[-1] == what


def test_a_word_without_files_reaches_the_editors_and_is_no_try(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "Baik, besok foto saya kirim.\n"))
    assert scene.letters() == []
    assert (scene.row().tries, scene.happened()[-1]) == (1, "message")


def test_captions_in_the_mails_text_fill_the_gap(scene: Scene) -> None:
    bare = mail(ANDI, SUBJECT, "Naskah.\n", [
        ("Warta Palu.docx", naskah(captions=[])), ("A1.jpg", photo(1600, 1200, 4)), ("B2.jpg", photo(1600, 1200, 5)),
    ])  # fmt: skip
    scene.hand_in(bare)
    asked = only(scene.letters())
    scene.hand_in(
        reply(asked, "A1.jpg: Warga meratakan beton di lorong.\nB2.jpg: Kaum ibu menyiapkan makan siang.\n")
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
    scene.hand_in(mail(ANDI, SUBJECT, "Naskah.\n", [("Warta Palu.docx", naskah(captions=names)), *shots]))
    asked = only(scene.letters())
    large = [("B.jpg", turned(photo(1600, 1200, 5))), ("A.jpg", photo(1600, 1200, 4))]
    scene.hand_in(reply(asked, "Fotonya.\n", *large))
    assert "Naskah diterima" in status(only(scene.letters()))
    assert {(one.name, one.width) for one in scene.row().photos} == {("IMG_1.jpg", 1600), ("IMG_2.jpg", 1600)}


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
    scene.hand_in(reply(asked, "Foto dari saya.\n", ("IMG_3001.jpg", photo(1600, 1200, 4)), sender=RAHMA))
    assert scene.letters() == []
    theirs = [one for one in scene.rows() if one.number != before.number]
    assert [(one.state, "needs-matching" in one.doubts) for one in theirs] == [("review", True)]
    with scene.office.store.read() as tx:
        assert [one for one in review.queue_rows(tx) if one.number == before.number] == [before]


def test_a_number_in_the_subject_opens_nothing_for_a_stranger(scene: Scene) -> None:
    scene.hand_in(first())
    scene.letters()
    number = scene.row().number
    scene.hand_in(
        mail(RAHMA, f"[{number}] foto", "Foto terlampir.\n", [("IMG_3001.jpg", photo(1600, 1200, 4))])
    )
    assert scene.letters() == []
    assert [(one.tries, one.state) for one in scene.rows() if one.number == number] == [(1, "revising")]


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
    scene.hand_in(mail(ANDI, f"Re: {SUBJECT}", "BATAL\n", headers=headers, authenticated="dmarc=none"))
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
)  # fmt: skip
def test_a_bounce_finds_its_letter(scene: Scene, action: str, code: str, hard: bool, event: str) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    scene.hand_in(bounce(asked, action, code))
    assert scene.letters() == []
    assert event in scene.happened()
    with scene.office.store.begin() as tx:
        assert (people.contributor(tx, ANDI[1], "", scene.now).bounced_at is not None) is hard


def test_an_out_of_office_answer_is_no_try(scene: Scene) -> None:
    scene.hand_in(first())
    asked = only(scene.letters())
    headers = [("In-Reply-To", str(asked["Message-ID"])), ("Auto-Submitted", "auto-replied")]
    scene.hand_in(mail(ANDI, f"Cuti: Re: {SUBJECT}", "Saya cuti.\n", headers=headers))
    assert scene.letters() == []
    assert scene.row().tries == 1


def test_a_second_pass_over_a_conversation_is_idle(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "Ini.\n", ("IMG_3001.jpg", photo(1600, 1200, 4))))
    before = scene.rows()
    done = one_round(scene.office)
    assert (done.taken, done.examined, done.sent) == (0, 0, 0)
    assert scene.rows() == before


def test_every_mail_is_examined(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "Ya.\n"))
    with scene.office.store.read() as tx:
        assert mails.waiting(tx) == []


def at(now: datetime, days: float) -> datetime:
    return now + timedelta(days=days)


def test_two_weeks_of_silence_are_a_reminder_and_four_close_it(scene: Scene) -> None:
    begin = scene.now
    scene.hand_in(first())
    asked = only(scene.letters())
    scene.now = at(begin, 13.9)
    scene.round()
    assert scene.letters() == []
    scene.now = at(begin, 14.1)
    scene.round()
    reminder = only(scene.letters())
    assert "Balasan Bapak/Ibu masih kami tunggu" in status(reminder)
    assert reminder["Subject"] == asked["Subject"] == f"Re: {SUBJECT}"
    assert asked["Message-ID"] in reminder["References"]
    scene.round()
    assert scene.letters() == []
    scene.now = at(begin, 28.3)
    scene.round()
    assert "Ditutup untuk sementara" in status(only(scene.letters()))
    assert scene.row().state == "expired"


def test_what_is_closed_opens_again_with_the_mended_file(scene: Scene) -> None:
    begin = scene.now
    scene.hand_in(first())
    asked = only(scene.letters())
    for days in (14.1, 28.3):
        scene.now = at(begin, days)
        scene.round()
    scene.letters()
    scene.hand_in(reply(asked, "Maaf terlambat.\n", ("IMG_3001.jpg", photo(1600, 1200, 4))))
    assert "Naskah diterima" in status(only(scene.letters()))
    assert (scene.row().state, scene.row().tries) == ("review", 2)


def test_a_clock_that_jumps_a_year_reminds_before_it_closes(scene: Scene) -> None:
    begin = scene.now
    scene.hand_in(first())
    scene.letters()
    scene.now = at(begin, 365)
    for _ in range(3):
        scene.round()
    assert "masih kami tunggu" in status(only(scene.letters()))
    assert scene.row().state == "revising"
    scene.now = begin
    scene.round()
    assert scene.letters() == []


def settled(scene: Scene) -> Message:
    """A submission that is ready for an editor; its letter."""
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "Ini fotonya.\n", ("IMG_3001.jpg", photo(1600, 1200, 4))))
    return only(scene.letters())


def word_of(scene: Scene, event: str, **differs: object) -> Resolved:
    """An editor decides, and the time to take it back passes."""
    done = decide(scene.office, scene.row().number, Decision(event=event, **differs))  # type: ignore[arg-type]
    scene.now += timedelta(minutes=1)
    scene.round()
    return done


def test_from_a_photo_too_small_to_the_published_article_in_one_thread(scene: Scene) -> None:
    raw = first()
    scene.hand_in(raw)
    asked = only(scene.letters())
    answer = reply(asked, "Ini fotonya.\n", ("IMG_3001.jpg", photo(1600, 1200, 4)))
    scene.hand_in(answer)
    accepted = only(scene.letters())
    word_of(
        scene, "schedule", publish_at=scene.now + timedelta(days=2), editor="Nina", headline="320 Meter Jalan"
    )
    scheduled = only(scene.letters())
    assert "Akan tayang" in status(scheduled)
    assert scene.row().state == "scheduled"
    scene.now += timedelta(days=2)
    scene.round()
    published = only(scene.letters())
    assert "Sudah tayang" in status(published)
    assert scene.row().state == "published"
    letters = [asked, accepted, scheduled, published]
    root = str(message_from_bytes(raw)["Message-ID"])
    for before, letter in zip([None, *letters], letters, strict=False):
        assert letter["Subject"] == f"Re: {SUBJECT}"
        assert str(letter["References"]).split()[0] == root
        assert before is None or str(before["Message-ID"]) in str(letter["References"])
    assert len({str(letter["Message-ID"]) for letter in letters}) == 4


def test_a_decision_can_be_taken_back_before_its_letter_leaves(scene: Scene) -> None:
    settled(scene)
    number = scene.row().number
    decide(scene.office, number, Decision(event="decline", reason="Sudah pernah dimuat."))
    scene.round()
    assert scene.letters() == []
    decide(scene.office, number, Decision(event="reopen"))
    scene.now += timedelta(minutes=5)
    scene.round()
    assert scene.letters() == []
    assert scene.row().state == "review"


def test_a_decision_on_a_try_that_is_not_the_newest_is_refused(scene: Scene) -> None:
    settled(scene)
    with pytest.raises(IllegalMove, match="newer try"):
        decide(scene.office, scene.row().number, Decision(event="decline", seen_try=1))
    assert scene.row().state == "review"


def test_what_an_editor_noted_comes_back_to_an_editor(scene: Scene) -> None:
    settled(scene)
    word_of(scene, "note", remarks=(Remark(title="Angka", ask="sebutkan sumbernya"),), editor="Nina")
    noted = only(scene.letters())
    assert "Catatan redaktur" in status(noted)
    scene.hand_in(reply(noted, "Sudah saya lengkapi.\n", ("Warta Palu.docx", naskah(lines=1.5))))
    assert scene.letters() == []
    assert (scene.row().state, scene.row().tries) == ("review", 3)


def test_batal_of_what_is_scheduled_waits_for_an_editor_and_holds_the_publication(scene: Scene) -> None:
    settled(scene)
    word_of(scene, "schedule", publish_at=scene.now + timedelta(days=2))
    scene.hand_in(reply(only(scene.letters()), "BATAL\n"))
    assert (scene.letters(), scene.row().state) == ([], "scheduled")
    scene.now += timedelta(days=3)
    scene.round()
    assert scene.row().state == "scheduled"
    word_of(scene, "withdraw")
    assert "Naskah ditarik" in status(only(scene.letters()))
    assert scene.row().state == "withdrawn"


def test_an_answer_that_lost_its_thread_is_known_by_the_address_it_was_sent_to(scene: Scene) -> None:
    scene.on = plus(scene.on)
    scene.hand_in(first())
    asked = only(scene.letters())
    address = str(asked["Reply-To"]).split("<")[1].rstrip(">")
    files = [("foto besar.jpg", photo(1600, 1200, 4))]
    scene.hand_in(mail(ANDI, "foto", "Ini fotonya.\n", files, to=address))
    assert (scene.row().state, scene.row().tries) == ("review", 2)


def test_a_new_article_sent_to_a_remembered_plus_address_is_a_submission_of_its_own(scene: Scene) -> None:
    scene.on = plus(scene.on)
    scene.hand_in(first())
    address = str(only(scene.letters())["Reply-To"]).split("<")[1].rstrip(">")
    text = "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama penyuluh dari dinas kota. "
    other = word("Ibu-Ibu Tallo Olah Sampah", [text * 9], captions=["a.jpg: Kompos."])
    files = [("Tallo.docx", other), ("a.jpg", photo(1600, 1200, 9))]
    scene.hand_in(mail(ANDI, "Warta Tallo", "Naskah baru.\n", files, to=address))
    assert [(one.tries, one.state) for one in scene.rows()] == [(1, "revising"), (1, "review")]
    assert "Naskah diterima" in status(only(scene.letters()))


def plus(on: Stage) -> Stage:
    """The stage at a server that delivers plus-addresses."""
    reply = msgspec.structs.replace(on.office.config.reply, plus="on")
    config = msgspec.structs.replace(on.office.config, reply=reply)
    return msgspec.structs.replace(on, office=msgspec.structs.replace(on.office, config=config))


def test_a_date_that_is_moved_is_told_again(scene: Scene) -> None:
    settled(scene)
    word_of(scene, "schedule", publish_at=scene.now + timedelta(days=2))
    told = only(scene.letters())
    word_of(scene, "schedule", publish_at=scene.now + timedelta(days=5))
    again = only(scene.letters())
    assert told["Message-ID"] != again["Message-ID"]


def test_the_summary_goes_on_a_working_morning_and_only_when_something_waits(scene: Scene) -> None:
    config = scene.on.office.config
    queue = msgspec.structs.replace(config.queue, digest_to=("nina@redaksi.example",))
    scene.on = msgspec.structs.replace(
        scene.on, office=msgspec.structs.replace(scene.on.office, config=msgspec.structs.replace(config, queue=queue))
    )  # fmt: skip
    monday = datetime(2026, 11, 30, 8, 0, tzinfo=config.zone)
    scene.now = monday
    scene.round()
    assert scene.letters() == []
    scene.now = datetime.now(UTC)
    settled(scene)
    for moment, count in (
        (monday - timedelta(days=1), 0),
        (monday.replace(hour=7, minute=0), 0),
        (monday, 1),
        (monday, 0),
        (monday.replace(month=12, day=24), 0),  # joint leave of Christmas
        (monday.replace(month=12, day=23), 1),
    ):
        scene.now = moment
        scene.round()
        letters = scene.letters()
        assert [str(letter["To"]) for letter in letters] == ["nina@redaksi.example"] * count
