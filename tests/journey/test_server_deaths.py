"""A fork server that dies takes the readings of its children with it. That is no word about their
mails: they are read again in full, and not without end."""

from datetime import timedelta
from unittest import mock

import pytest
from msgspec import structs
from sqlalchemy import select

from desk.demo.makers import mail, photo
from desk.inbound.poll import Watch
from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Sandbox, SandboxLimits
from desk.sandbox.pool import SandboxPool
from desk.store.health import observe
from desk.store.tables import Job, Mail, SenderDay
from desk.worker import round as worker
from desk.worker.round import examine_waiting
from desk.workflow.replay import replay
from redaksi.reasons import ReasonCode, code_of
from tests.journey.scene import Scene, naskah
from tests.mortal import MortalSandbox

ANDI = ("Andi", "andi@satu.example")
FILES = (
    ("Warta.docx", naskah(captions=["IMG_3001.jpg: Warga bekerja."])),
    ("IMG_3001.jpg", photo(1600, 1200, 4)),
)
ROUNDS = 8  # a job that is never done is attempted as often as it may


def go_on(scene: Scene, sandbox: Sandbox) -> None:
    """A mail comes in and is read until it waits no more."""

    def open_pool(_app: object) -> SandboxPool:
        return SandboxPool(SandboxLimits(), 1, sandbox)

    scene.on.deliver(mail(ANDI, "Naskah", "Terlampir.\n", FILES), scene.now)
    with mock.patch.object(worker, "open_pool", open_pool):
        for _ in range(ROUNDS):
            scene.round()
            if job(scene).state != "waiting":
                return
            scene.now += timedelta(minutes=6)


def job(scene: Scene) -> Job:
    with scene.app.store.read() as tx:
        return tx.scalars(select(Job)).one()


def filed(scene: Scene) -> tuple[str | None, ReasonCode | None]:
    with scene.app.store.read() as tx:
        row = tx.execute(select(Mail.outcome, Mail.reason)).one()
    return row.outcome, code_of(row.reason)


@pytest.mark.parametrize("of_headers", [True, False])
def test_a_mail_whose_server_died_is_read_in_full(of_headers: bool, scene: Scene) -> None:
    go_on(scene, MortalSandbox(1, of_headers=of_headers))
    assert filed(scene) == ("accept", ReasonCode.EVERY_RULE_MET)
    assert len(scene.letters()) == 1


def test_of_a_mail_over_the_cap_the_header_is_read_all_the_same(scene: Scene) -> None:
    config = scene.on.app.config
    capped = structs.replace(config, safety=structs.replace(config.safety, max_message=100_000))
    scene.on = structs.replace(scene.on, app=structs.replace(scene.on.app, config=capped))
    go_on(scene, MortalSandbox(1, of_headers=True))
    assert filed(scene) == ("review", ReasonCode.NOT_DOWNLOADED)
    assert scene.row().address == ANDI[1]


@pytest.mark.parametrize(
    ("deaths", "of_headers", "outcome", "state"),
    [
        (2, False, ("review", ReasonCode.BUDGET), "done"),  # bare, as after a worker's second
        (99, False, ("review", ReasonCode.BUDGET), "done"),
        (99, True, ("failed", ReasonCode.EXAMINATION_STOPPED), "failed"),
    ],
)
def test_over_one_mail_servers_do_not_die_for_ever(
    deaths: int,
    of_headers: bool,
    outcome: tuple[str, ReasonCode],
    state: str,
    scene: Scene,
) -> None:
    go_on(scene, MortalSandbox(deaths, of_headers=of_headers))
    assert (filed(scene), job(scene).state) == (outcome, state)
    assert scene.letters() == []


def test_status_counts_it_as_the_servers_and_the_sender_pays_nothing(scene: Scene) -> None:
    go_on(scene, MortalSandbox(99))
    with scene.app.store.read() as tx:
        assert observe(tx, scene.now, "").died == {"server": 3}
        (day,) = tx.scalars(select(SenderDay))
    assert (day.mails, day.processor) == (1, 0)


def test_without_a_server_a_mail_waits_and_no_attempt_is_spent(scene: Scene) -> None:
    """It was not begun: what keeps a server from starting is no fault of a mail's."""
    scene.on.deliver(mail(ANDI, "Naskah", "Terlampir.\n", FILES), scene.now)
    with mock.patch.object(worker, "examine_waiting", lambda *_: 0):
        scene.round()
    with Sandbox(server=ForkServer("tests.there_is_no_such_server")) as none:
        for _ in range(ROUNDS):
            examine_waiting(scene.app, none, Watch())
            scene.now += timedelta(minutes=6)
    assert (job(scene).state, job(scene).attempts, job(scene).payload) == ("waiting", 0, {})
    with Sandbox() as sandbox:
        examine_waiting(scene.app, sandbox, Watch())
    assert filed(scene) == ("accept", ReasonCode.EVERY_RULE_MET)


def test_who_waits_has_it_read_in_full_by_a_new_server(scene: Scene) -> None:
    go_on(scene, MortalSandbox(0))
    with MortalSandbox(1) as sandbox:
        assert replay(scene.app, sandbox, scene.row().number).decision == "accept"
