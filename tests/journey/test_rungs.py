"""A mail that kills the child that reads it is read again with less, is seen by an editor, and keeps
nobody else waiting. The real worker, and children that die."""

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from msgspec import structs
from sqlalchemy import select

from desk.demo.makers import mail, photo
from desk.presentation.submission_page import make_page
from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Sandbox, SandboxLimits
from desk.sandbox.pool import SandboxPool
from desk.store.submissions import review_queue
from desk.store.tables import Job, Mail, SenderDay
from desk.worker import round as worker
from desk.workflow.replay import replay
from redaksi.reasons import ReasonCode, code_of
from tests.journey.scene import Scene, naskah

WALL = 12.0  # seconds; nothing but what sleeps takes so long
ANDI = ("Andi", "andi@satu.example")
RAHMA = ("Rahma", "rahma@dua.example")
FILES = (
    ("Warta.docx", naskah(captions=["IMG_3001.jpg: Warga bekerja."])),
    ("IMG_3001.jpg", photo(1600, 1200, 4)),
)


@pytest.fixture(autouse=True)
def dying() -> Iterator[None]:
    def open_pool(_app: object) -> SandboxPool:
        limits = SandboxLimits(processor=1, wall_clock=WALL)
        server = ForkServer("tests.hostile.payload_server", "tests.hostile.rungs:read")
        return SandboxPool(limits, 1, Sandbox(limits, server))

    with mock.patch.object(worker, "open_pool", open_pool):
        yield


def send(scene: Scene, *subjects: str, sender: tuple[str, str] = ANDI) -> None:
    scene.hand_in(*(mail(sender, subject, "Terlampir.\n", FILES) for subject in subjects))


def go_on(scene: Scene) -> int:
    """Rounds until nothing waits; how many there were."""
    for number in range(10):
        with scene.app.store.read() as tx:
            if not tx.scalars(select(Job.id).where(Job.state == "waiting")).all():
                return number
        scene.now += timedelta(seconds=31)
        scene.round()
    raise AssertionError("it is read for ever")


def filed(scene: Scene) -> dict[str, tuple[str, ReasonCode | None]]:
    """The verdict and reason of each mail, by its subject."""
    with scene.app.store.read() as tx:
        rows = tx.execute(select(Mail.subject, Mail.outcome, Mail.reason)).all()
    return {subject: (outcome or "", code_of(reason)) for subject, outcome, reason in rows}


@pytest.mark.parametrize(
    ("subject", "rounds", "reason"),
    [
        ("mati di foto", 1, ReasonCode.READER_DIED),
        ("habis waktu", 1, ReasonCode.BUDGET),
        ("mati selalu", 2, ReasonCode.BUDGET),
    ],
)
def test_it_is_read_with_less_and_an_editor_looks(
    subject: str, rounds: int, reason: ReasonCode, scene: Scene
) -> None:
    send(scene, subject)
    assert go_on(scene) == rounds
    assert filed(scene) == {subject: ("review", reason)}
    assert scene.row().state == "review"
    assert scene.letters() == []
    with scene.app.store.read() as tx:
        assert [job.state for job in tx.scalars(select(Job))] == ["done"]


def test_of_what_killed_no_child_everything_is_kept(scene: Scene) -> None:
    send(scene, "mati di foto")
    go_on(scene)
    with scene.app.store.read() as tx:
        page = review_queue.submission_page(tx, scene.row().number)
    assert page is not None
    assert page.judged
    submission = page.judged.submission
    assert submission.document
    assert submission.document.judged
    assert all(scene.app.blobs.exists(each.sha256) for each in submission.photos)
    assert [photo.judged for photo in submission.photos] == [False]
    (shot,) = make_page(scene.app, page, scene.now, {}).shots
    assert shot.unjudged.startswith("Pemeriksaannya terhenti di tengah jalan")


def test_others_do_not_wait_for_it_to_be_read_again(scene: Scene) -> None:
    send(scene, *["mati selalu"] * 12)
    send(scene, "Naskah baik", sender=RAHMA)
    assert filed(scene)["Naskah baik"][0] == "accept"
    assert go_on(scene) >= 2


def test_over_a_senders_day_the_header_alone_is_filed(scene: Scene) -> None:
    config = scene.on.app.config
    bounded = structs.replace(config, safety=structs.replace(config.safety, sender_mails=2))
    app = structs.replace(scene.on.app, config=bounded)
    scene.on = structs.replace(scene.on, app=app)
    send(scene, "satu", "dua")
    send(scene, "tiga")
    send(scene, "empat", sender=RAHMA)
    found = filed(scene)
    assert found["tiga"] == ("review", ReasonCode.SENDER_BUDGET)
    assert found["satu"][0] == found["empat"][0] == "accept"
    assert {str(letter["To"]) for letter in scene.letters()} <= {ANDI[1], RAHMA[1]}
    scene.now += timedelta(days=1)
    send(scene, "lima")
    assert filed(scene)["lima"][1] is ReasonCode.RESENT  # it was examined


@pytest.mark.parametrize("apply", [True, False])
def test_an_editor_has_it_examined_now(apply: bool, scene: Scene) -> None:
    config = scene.on.app.config
    bounded = structs.replace(config, safety=structs.replace(config.safety, sender_mails=1))
    scene.on = structs.replace(scene.on, app=structs.replace(scene.on.app, config=bounded))
    send(scene, "satu", "dua")
    (waits,) = [row for row in scene.rows() if row.state == "review" and not row.photos]
    with Sandbox() as sandbox:
        assert replay(scene.app, sandbox, waits.number, apply=apply).decision == "accept"
    (now,) = [row for row in scene.rows() if row.number == waits.number]
    assert (now.latest_revision, now.decision) == ((2, "accept") if apply else (1, "review"))


def test_a_reading_that_slept_until_the_wall_spends_its_senders_day(scene: Scene) -> None:
    """That it took no processor time is no comfort to who waited meanwhile."""
    send(scene, "tidur")
    assert go_on(scene) == 1
    assert filed(scene) == {"tidur": ("review", ReasonCode.BUDGET)}
    with scene.app.store.read() as tx:
        (day,) = tx.scalars(select(SenderDay))
    assert day.processor >= 1000 * WALL
    assert day.mails == 1  # as any mail, however often it died
