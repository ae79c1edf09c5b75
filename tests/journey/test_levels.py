"""`poll` examines nothing where children are confined less than the operator asks for; who asked for
less goes on, and `status` and `doctor` say what holds. The kernel itself lacks the measure: a filter
in the fork server makes it answer so."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from desk.demo import dovecot
from desk.demo.post import Letterbox, capturing
from desk.sandbox import host
from desk.sandbox.confinement.measures import Refusable
from desk.sandbox.fork_server import ForkServer
from tests.journey.test_commands import House


@pytest.fixture
def house(tmp_path: Path, dovecot_server: dovecot.Dovecot) -> Iterator[House]:
    with capturing(Letterbox()) as port:
        yield House(tmp_path, dovecot_server, port)


@pytest.fixture(params=["landlock", "seccomp"])
def lacking(request: pytest.FixtureRequest) -> Iterator[str]:
    measure: Refusable = request.param

    def make() -> ForkServer:
        return ForkServer(refuse=(measure,))

    with mock.patch.object(host, "ForkServer", make):
        yield measure


def test_less_than_is_asked_for_ends_with_two_and_examines_nothing(
    house: House, lacking: str
) -> None:
    house.deliver("lengkap")
    ended = house.run("poll", "--once")
    assert ended.exit_code == 2
    assert 'hanya "basic"' in ended.output
    assert 'sandbox.require = "basic"' in ended.output
    assert {"landlock": "Landlock", "seccomp": "seccomp"}[lacking] in ended.output


def test_who_asks_for_less_goes_on_and_is_told(house: House, lacking: str) -> None:
    house.path.write_text(house.path.read_text() + '[sandbox]\nrequire = "basic"\n')
    house.deliver("lengkap")
    assert house.run("poll", "--once").exit_code == 0
    told = house.run("status")
    assert "terkurung sebagian (basic)" in told.output
    looked = " ".join(house.run("doctor").output.split())
    assert {"landlock": "Landlock tidak ada", "seccomp": "seccomp tidak ada"}[lacking] in looked


def test_at_full_each_measure_is_listed(house: House) -> None:
    house.deliver("lengkap")
    assert house.run("poll", "--once").exit_code == 0
    assert "terkurung penuh (full)" in house.run("status").output
    looked = " ".join(house.run("doctor").output.split())
    for measure in ("Landlock (ABI", "seccomp", "batas sumber daya", "tidak membaca rahasia"):
        assert measure in looked
