"""A desk where one submission is ready to be decided on, and what tests of publishing do there."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from desk.store import attention
from desk.store.publications import rows
from desk.store.publications.rows import Row
from desk.store.submissions import review_queue, threads
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from desk.workflow.publishing.deliver import Tools
from redaksi.config.publish import Publish, PublishTarget
from redaksi.config.schema import Web
from redaksi.states import Event
from tests import postgres
from tests.contract.test_ask_again import ARTICLE, Desk, opened, shots
from tests.sites import publish

NUMBER = "W-2026-0001"
REASON = "Sudah disepakati dengan penulisnya."


class Kept(Struct, frozen=True, kw_only=True):
    """A desk that was closed, to be copied. `database`: its name in PostgreSQL; "" for SQLite."""

    home: Path
    database: str
    now: datetime
    wire: tuple[str, ...]
    count: int


def open_ready(tmp_path: Path, url: str = "") -> Iterator[Desk]:
    """A desk where one submission is ready and was answered. `url`: a database on the server where
    it gets one of its own; "" for SQLite."""
    kept = _keep_ready(postgres.find_folder(url))
    shutil.copytree(kept.home, tmp_path, dirs_exist_ok=True)
    with _copy_database(kept, url) as copied:
        for ready in opened(tmp_path, settle=10, url=copied):
            ready.now, ready.wire, ready.count = kept.now, list(kept.wire), kept.count
            yield ready


@cache
def _keep_ready(server: str) -> Kept:
    """Made once for a test process, for the article and its photos are read then."""
    home = Path(tempfile.mkdtemp(prefix="redaksi-ready-"))
    atexit.register(shutil.rmtree, home)
    cluster = postgres.Cluster(folder=Path(server))
    database = cluster.create() if server else ""
    for ready in opened(home, settle=10, url=cluster.url(database) if server else ""):
        for raw in (ARTICLE, shots()):
            ready.take_in(raw)
            ready.examine()
        ready.minutes(15)
        ready.send()
    return Kept(
        home=home, database=database, now=ready.now, wire=tuple(ready.wire), count=ready.count
    )


@contextmanager
def _copy_database(kept: Kept, url: str) -> Iterator[str]:
    if not kept.database:
        yield ""
        return
    cluster = postgres.Cluster(folder=Path(postgres.find_folder(url)))
    name = cluster.copy(kept.database)
    yield cluster.url(name)
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A submission that is ready."""
    yield from open_ready(tmp_path)


def decide(desk: Desk, event: Event, **more: object) -> None:
    """As Nina decides it."""
    decision = Decision(event=event, editor="Nina", **more)  # type: ignore[arg-type]
    decisions.decide(desk.app, NUMBER, decision)


def schedule(desk: Desk, minutes: float = 60, **more: object) -> None:
    decide(
        desk, "schedule", publish_at=desk.now + timedelta(minutes=minutes), reason=REASON, **more
    )


def tick(desk: Desk, tools: Tools, minutes: float = 1) -> None:
    """Time passes; what is due is published and told."""
    desk.minutes(minutes)
    publish(desk.app, tools)
    desk.send()


def state(desk: Desk) -> str:
    """The submission's."""
    with desk.app.store.read() as tx:
        return str(threads.get(tx, 1).state)


def row(desk: Desk, target: str = "situs") -> Row:
    """How it stands at a target."""
    with desk.app.store.read() as tx:
        assert attention.differing(tx) == []
        found = rows.at(tx, 1, target)
    assert found is not None
    return found


def flags(desk: Desk) -> set[str]:
    """Why an editor must look at it."""
    with desk.app.store.read() as tx:
        (shown,) = [one for one in review_queue.queue_rows(tx) if one.number == NUMBER]
    return set(shown.attention.flags)


def written(desk: Desk, kind: str) -> list[str]:
    """The letters of a kind."""
    return [letter.text for letter in desk.letters() if letter.kind == kind]


def configure(desk: Desk, *targets: PublishTarget) -> None:
    """It has these targets from now on."""
    config = msgspec.structs.replace(
        desk.app.config, publish=Publish(target=targets), web=Web(base_url="https://r.example")
    )
    desk.app = msgspec.structs.replace(desk.app, config=config)
