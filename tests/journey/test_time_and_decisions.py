"""Time and the editors move a submission: reminders, closing, decisions, the summary. One thread
throughout."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import msgspec
import pytest

from desk.demo.makers import photo
from desk.demo.post import part
from desk.workflow.decisions import Decision, decide
from publisher.letters.letter_context import Remark
from redaksi.errors import IllegalMove
from tests.journey.scene import SUBJECT, Scene, first, naskah, only, reply, settled, status, word_of

ONLINE = "https://warta.example/berita/320-meter-jalan"


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
    assert (scene.row().state, scene.row().latest_revision) == ("review", 2)


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


def test_from_a_photo_too_small_to_the_published_article_in_one_thread(scene: Scene) -> None:
    raw = first()
    scene.hand_in(raw)
    asked = only(scene.letters())
    answer = reply(asked, "Ini fotonya.\n", ("IMG_3001.jpg", photo(1600, 1200, 4)))
    scene.hand_in(answer)
    accepted = only(scene.letters())
    word_of(
        scene,
        "schedule",
        publish_at=scene.now + timedelta(days=2),
        editor="Nina",
        headline="320 Meter Jalan",
    )
    scheduled = only(scene.letters())
    assert "Akan tayang" in status(scheduled)
    assert scene.row().state == "scheduled"
    scene.now += timedelta(days=2)
    scene.round()
    assert (scene.letters(), scene.row().state) == ([], "scheduled")
    word_of(scene, "publish", url=ONLINE)
    published = only(scene.letters())
    assert "Sudah tayang" in status(published)
    assert ONLINE in part(published, "text/plain")
    assert scene.row().state == "published"
    letters = [asked, accepted, scheduled, published]
    root = str(message_from_bytes(raw)["Message-ID"])
    for before, letter in zip([None, *letters], letters, strict=False):
        assert letter["Subject"] == f"Re: {SUBJECT}"
        assert str(letter["References"]).split()[0] == root
        assert before is None or str(before["Message-ID"]) in str(letter["References"])
    assert len({str(letter["Message-ID"]) for letter in letters}) == 4


def test_an_hour_that_has_come_calls_an_editor_once_and_tells_nobody(scene: Scene) -> None:
    settled(scene)
    word_of(scene, "schedule", publish_at=scene.now + timedelta(days=2))
    scene.letters()
    for _ in range(3):
        scene.now += timedelta(days=2)
        scene.round()
    assert (scene.letters(), scene.row().state) == ([], "scheduled")
    assert scene.happened().count("publication asked") == 1
    assert set(scene.row().attention.flags) == {"asking"}
    word_of(scene, "seen")
    assert set(scene.row().attention.flags) == {"asking"}
    word_of(scene, "publish", url=ONLINE)
    assert scene.row().attention.since is None


def test_what_is_online_already_is_recorded_with_its_address_from_any_open_state(
    scene: Scene,
) -> None:
    scene.hand_in(first())
    scene.letters()
    with pytest.raises(IllegalMove, match="address"):
        word_of(scene, "publish")
    with pytest.raises(IllegalMove, match="no http"):
        word_of(scene, "publish", url="javascript:alert(1)")
    with pytest.raises(IllegalMove, match="must still be mended"):
        word_of(scene, "publish", url=ONLINE)
    word_of(scene, "publish", url=ONLINE, reason="Fotonya cukup untuk layar ponsel.")
    assert scene.row().state == "published"
    assert ONLINE in part(only(scene.letters()), "text/plain")
    scene.now += timedelta(days=30)
    scene.round()
    assert scene.letters() == []


def test_a_date_of_last_year_is_refused_and_tells_nobody(scene: Scene) -> None:
    settled(scene)
    with pytest.raises(IllegalMove, match="has passed"):
        word_of(scene, "schedule", publish_at=scene.now - timedelta(days=365))
    assert (scene.letters(), scene.row().state) == ([], "review")


def test_a_decision_can_be_taken_back_before_its_letter_leaves(scene: Scene) -> None:
    settled(scene)
    number = scene.row().number
    decide(scene.app, number, Decision(event="decline", reason="Sudah pernah dimuat."))
    scene.round()
    assert scene.letters() == []
    decide(scene.app, number, Decision(event="reopen"))
    scene.now += timedelta(minutes=5)
    scene.round()
    assert scene.letters() == []
    assert scene.row().state == "review"


def test_a_decision_on_a_try_that_is_not_the_newest_is_refused(scene: Scene) -> None:
    settled(scene)
    with pytest.raises(IllegalMove, match="newer try"):
        decide(scene.app, scene.row().number, Decision(event="decline", seen_revision=1))
    assert scene.row().state == "review"


def test_what_an_editor_noted_comes_back_to_an_editor(scene: Scene) -> None:
    settled(scene)
    word_of(
        scene, "note", remarks=(Remark(title="Angka", ask="sebutkan sumbernya"),), editor="Nina"
    )
    noted = only(scene.letters())
    assert "Catatan redaktur" in status(noted)
    scene.hand_in(reply(noted, "Sudah saya lengkapi.\n", ("Warta Palu.docx", naskah(lines=1.5))))
    assert scene.letters() == []
    assert (scene.row().state, scene.row().latest_revision) == ("review", 3)


def test_batal_of_what_is_scheduled_waits_for_an_editor_and_holds_the_publication(
    scene: Scene,
) -> None:
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


def test_a_date_that_is_moved_is_told_again(scene: Scene) -> None:
    settled(scene)
    word_of(scene, "schedule", publish_at=scene.now + timedelta(days=2))
    told = only(scene.letters())
    word_of(scene, "schedule", publish_at=scene.now + timedelta(days=5))
    again = only(scene.letters())
    assert told["Message-ID"] != again["Message-ID"]


def digest_to(scene: Scene, *addresses: str) -> None:
    """The same app with a summary for these readers: nobody is a redaksi without one."""
    config = scene.on.app.config
    queue = msgspec.structs.replace(config.queue, digest_to=addresses)
    app = msgspec.structs.replace(scene.on.app, config=msgspec.structs.replace(config, queue=queue))
    scene.on = msgspec.structs.replace(scene.on, app=app)


def test_the_summary_goes_on_a_working_morning_and_only_when_something_waits(scene: Scene) -> None:
    monday = datetime(2026, 11, 30, 8, 0, tzinfo=scene.on.app.config.zone)
    digest_to(scene, "nina@redaksi.example")
    scene.now = monday
    scene.round()
    assert scene.letters() == []
    # Handed in by the real clock, which may itself stand on a working morning: no readers then.
    digest_to(scene)
    scene.now = datetime.now(UTC)
    settled(scene)
    digest_to(scene, "nina@redaksi.example")
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
