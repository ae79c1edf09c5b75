"""The worker is told to stop while a mail is read: what ends then is no death. The job goes back as
it was, and its sender pays nothing."""

import threading
from collections.abc import Mapping, Sequence
from datetime import timedelta
from unittest import mock

import pytest
from sqlalchemy import select

from desk.demo.makers import mail, photo
from desk.inbound.poll import Watch
from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Crashed, Line, Sandbox, SandboxLimits
from desk.sandbox.pool import SandboxPool
from desk.sandbox.protocol import Task
from desk.sandbox.receive import Receiver
from desk.store.health import observe
from desk.store.tables import Job, SenderDay
from desk.worker import round as worker
from desk.worker.round import examine_waiting
from redaksi.errors import StoreError
from tests.journey.scene import Scene, naskah

ANDI = ("Andi", "andi@satu.example")
FILES = (
    ("Warta.docx", naskah(captions=["IMG_3001.jpg: Warga bekerja."])),
    ("IMG_3001.jpg", photo(1600, 1200, 4)),
)


class StoppedSandbox(Sandbox):
    """As soon as a mail, or where `of_headers` its header, is being read the worker is told to
    stop, and ends its children (desk.worker.daemon)."""

    def __init__(self, *, of_headers: bool) -> None:
        server = ForkServer("tests.hostile.payload_server", "tests.hostile.rungs:read")
        super().__init__(server=server)
        self.stopping = threading.Event()
        self.pool = SandboxPool(SandboxLimits(), 1, self)
        self._of_headers = of_headers

    def _converse(
        self, wire: Line, inputs: Sequence[int], task: Task, receiver: Receiver
    ) -> bytes | Crashed | StoreError:
        if (task.prefix is not None) == self._of_headers:
            self.stopping.set()
            self.pool.abandon()
        return super()._converse(wire, inputs, task, receiver)


def wait_with(scene: Scene, payload: Mapping[str, object]) -> None:
    """A mail that was taken in, and not examined yet; its job says so much of earlier attempts."""
    scene.on.deliver(mail(ANDI, "tidur", "Terlampir.\n", FILES), scene.now)
    with mock.patch.object(worker, "examine_waiting", lambda *_: 0):
        scene.round()
    with scene.app.store.begin() as tx:
        job = tx.scalars(select(Job)).one()
        job.payload, job.attempts = dict(payload), len(payload)
    scene.now += timedelta(minutes=1)


@pytest.mark.parametrize("of_headers", [True, False])
@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"rung": {"skip": [1], "apart": True}},  # between two rungs
        {"deaths": 1},
    ],
)
def test_what_is_ended_by_a_stop_is_as_it_was(
    payload: Mapping[str, object], of_headers: bool, scene: Scene
) -> None:
    wait_with(scene, payload)
    sandbox = StoppedSandbox(of_headers=of_headers)
    with sandbox.pool:
        examine_waiting(scene.app, sandbox.pool, Watch(stop=sandbox.stopping.is_set))
    with scene.app.store.read() as tx:
        job = tx.scalars(select(Job)).one()
        assert (job.state, job.attempts, job.payload) == ("waiting", len(payload), payload)
        assert job.not_before <= scene.now
        assert tx.scalars(select(SenderDay)).all() == []
        assert observe(tx, scene.now, "").died == {}
