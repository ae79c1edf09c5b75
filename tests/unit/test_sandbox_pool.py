"""A pool of sandboxes: as many at once as it has, others wait, and nobody begins while it is
drained."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pytest

from desk.demo.samples import samples
from desk.sandbox.host import Crashed, Sandbox, SandboxLimits
from desk.sandbox.pool import Drained, SandboxPool, pool_size
from redaksi.config.bounds import Sandboxed
from redaksi.limits import Limits

GOOD = next(s for s in samples() if s.name == "lengkap")

GB = 1024**3


class Counting:
    """Stands in for a sandbox: notes how many are at work."""

    at_work, most, lock = 0, 0, threading.Lock()
    go = threading.Event()

    def examine_mail(self, *_: object) -> None:
        with Counting.lock:
            Counting.at_work += 1
            Counting.most = max(Counting.most, Counting.at_work)
        assert Counting.go.wait(20)
        with Counting.lock:
            Counting.at_work -= 1

    def close(self) -> None:
        pass


@pytest.fixture
def counting() -> type[Counting]:
    Counting.at_work = Counting.most = 0
    Counting.go = threading.Event()
    return Counting


def pool_of(size: int) -> SandboxPool:
    return SandboxPool(SandboxLimits(), size, cast(Sandbox, Counting()))


def examine(pool: SandboxPool) -> object:
    return pool.examine_mail(Path("x"), "m", Limits())


def until_at_work(counting: type[Counting], count: int) -> None:
    deadline = time.monotonic() + 20
    while counting.at_work < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_no_more_than_its_size_are_at_work(counting: type[Counting]) -> None:
    with pool_of(2) as pool, ThreadPoolExecutor(5) as threads:
        futures = [threads.submit(examine, pool) for _ in range(5)]
        until_at_work(counting, 2)
        counting.go.set()
        assert [future.result(20) for future in futures] == [None] * 5
    assert counting.most == 2


def test_who_waits_when_it_is_drained_does_not_begin(counting: type[Counting]) -> None:
    with pool_of(1) as pool, ThreadPoolExecutor(2) as threads:
        first = threads.submit(examine, pool)
        until_at_work(counting, 1)
        second = threads.submit(examine, pool)
        pool.drain()
        with pytest.raises(Drained):
            second.result(20)
        counting.go.set()
        assert first.result(20) is None


def test_mails_are_examined_side_by_side_and_children_are_ended_from_outside(
    tmp_path: Path,
) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(GOOD.raw)
    with SandboxPool(SandboxLimits(), 2) as pool, ThreadPoolExecutor(4) as threads:
        tasks = [threads.submit(pool.examine_mail, mail, "m", Limits()) for _ in range(4)]
        assert {task.result().decision for task in tasks} == {"accept"}
        late = [threads.submit(pool.examine_mail, mail, "m", Limits()) for _ in range(4)]
        pool.abandon()
        for task in late:
            error = task.exception()
            assert error is None or isinstance(error, Crashed | Drained)


@pytest.mark.parametrize(
    ("configured", "processors", "free", "size"),
    [
        (0, 2, None, 2),
        (0, 64, None, 4),
        (7, 2, None, 7),
        (1, 8, None, 1),
        (0, 4, 10 * GB, 4),
        (0, 4, 4 * GB, 2),
        (7, 4, 8 * GB, 5),
        (0, 4, 1 * GB, 1),
        (0, 4, 0, 1),
    ],
)
def test_its_size_is_the_processors_at_most_four_as_memory_holds_them(
    configured: int, processors: int, free: int | None, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert pool_size(Sandboxed(pool=configured), free) == size
