"""What systemd is told: ready, moving for as long as the work moves, ending."""

import os
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.inbound.pulse import Pulse
from desk.worker.systemd import notify, tell_systemd, watchdog_seconds


@pytest.fixture
def manager() -> Iterator[tuple[str, socket.socket]]:
    """Where systemd listens; a socket's path may have 107 characters."""
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line,
    ):
        line.bind(f"{folder}/notify")
        line.settimeout(10)
        yield f"{folder}/notify", line


def test_ready_and_ending_are_said(manager: tuple[str, socket.socket]) -> None:
    address, line = manager
    with tell_systemd({"NOTIFY_SOCKET": address}, lambda: True):
        assert line.recv(100) == b"READY=1"
    assert line.recv(100) == b"STOPPING=1"


def test_an_abstract_address_is_one() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(f"\0redaksi-test-{os.getpid()}")
        notify({"NOTIFY_SOCKET": f"@redaksi-test-{os.getpid()}"}, "READY=1")
        assert line.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "/tidak/ada", "vsock:2:1"])
def test_outside_a_unit_nothing_happens(address: str, tmp_path: Path) -> None:
    with tell_systemd({"NOTIFY_SOCKET": address}, lambda: True):
        pass


def test_the_watchdog_is_fed_while_the_work_moves_and_not_after(
    manager: tuple[str, socket.socket],
) -> None:
    address, line = manager
    moves = [True]
    environment = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "150000"}
    with tell_systemd(environment, lambda: moves[0]):
        assert [line.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
        moves[0] = False
    rest = iter(lambda: line.recv(100), b"STOPPING=1")
    assert len(list(rest)) <= 1  # one may have been on its way


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, 0.0),
        ({"WATCHDOG_USEC": "300000000"}, 300.0),
        ({"WATCHDOG_USEC": "300000000", "WATCHDOG_PID": "7"}, 300.0),
        ({"WATCHDOG_USEC": "300000000", "WATCHDOG_PID": "8"}, 0.0),
        ({"WATCHDOG_USEC": "-1"}, 0.0),
    ],
)
def test_the_watchdog_may_be_anothers(environment: dict[str, str], seconds: float) -> None:
    assert watchdog_seconds(environment, 7) == seconds


def test_an_announced_wait_is_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    pulse = Pulse()
    pulse.beat(60)
    now[0] += 60
    assert pulse.silence == 0
    now[0] += 5
    assert pulse.silence == 5
    pulse.beat()
    assert pulse.silence == 0
