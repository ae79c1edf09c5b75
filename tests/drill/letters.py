"""The letter that says an article is online, under fire: the real tick on a real store, in processes
that are killed at random moments, at a target whose page comes late: 404, cut, another article's.

Held at every moment: letter f is written only after the page had answered with its headline; where a
folder has no address, after its article is whole. In the end there is one, with that address.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from unittest import mock

import msgspec
from msgspec import Struct
from sqlalchemy import select

from desk.app import App, open_app
from desk.domain.publications import Doing
from desk.sandbox.host import Sandbox
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.publications import editions, moves, rows
from desk.store.tables import Outbox
from desk.worker.articles import publish_articles
from desk.workflow.publishing import deliver, settle
from desk.workflow.publishing.photos import make_photos
from publisher.articles.edition import Edition
from redaksi.config.publish import Publish, PublishTarget
from redaksi.config.schema import Config, Web
from tests.drill.fronts import FRONTS, Front, open_front
from tests.processes import silence
from tests.wordpress import Site

FAULTS = 500
KILLS = 4  # of the ticks of one article
MOST_TICKS = 40
STEP = timedelta(minutes=2)  # between ticks: longer than what is cut is left alone
ROOT = Path(__file__).parents[2]


class Score(Struct):
    """What broke, and what was so that should not."""

    kills: int = 0
    faults: int = 0  # answers cut, pages that did not show it
    articles: int = 0
    wrong: list[str] = []


class Prepared(Struct, frozen=True, kw_only=True):
    """A redaksi with one submission scheduled, its photos made; copied for each article."""

    home: Path
    config: Config
    edition: Edition
    due: datetime


class Told(Struct, frozen=True, kw_only=True):
    """One tick: of the redaksi in `home`, at a moment; `early`: a fault is planted, that the letter is
    written before the look."""

    home: str
    at: datetime
    early: bool = False


def configure(config: Config, home: Path, target: PublishTarget) -> Config:
    storage = msgspec.structs.replace(config.storage, database=f"sqlite:///{home}/redaksi.db")
    return msgspec.structs.replace(
        config,
        data_dir=str(home),
        storage=storage,
        publish=Publish(target=(target,)),
        web=Web(base_url="https://redaksi.example"),
    )


def prepare(home: Path) -> Prepared:
    """Through the real mail, examination and decision; the same for every target."""
    from tests.ready_desk import open_ready, schedule  # noqa: PLC0415 - a module of tests

    for desk in open_ready(home):
        config = configure(desk.app.config, home, PublishTarget(id="situs"))
        desk.app = msgspec.structs.replace(desk.app, config=config)
        schedule(desk)
        with desk.app.store.read() as tx:
            newest = editions.newest(tx, 1)
        assert newest is not None
        with Sandbox() as sandbox:
            make_photos(desk.app, sandbox, newest.edition)
        due = desk.now + timedelta(hours=1)
        return Prepared(home=home, config=desk.app.config, edition=newest.edition, due=due)
    raise AssertionError


class NoSandbox:
    """The photos are made."""

    def derive(self, *_: Any) -> None:
        raise AssertionError


def tick(told: Told) -> None:
    """As the daemon does it."""
    config = msgspec.json.decode(Path(told.home, "config.json").read_bytes(), type=Config)
    secrets = json.loads(Path(told.home, "secrets.json").read_text())
    with ExitStack() as stack:
        app = stack.enter_context(open_app(config, environment=secrets))
        app = msgspec.structs.replace(app, clock=lambda: told.at)
        if told.early:
            has_page = (
                config.publish.target[0].kind != "folder" or config.publish.target[0].base_url
            )
            fault = ("_look", _look_late) if has_page else ("_deliver", _deliver_late)
            stack.enter_context(mock.patch.object(deliver, *fault))
        publish_articles(app, NoSandbox())


_look, _deliver = deliver._look, deliver._deliver  # a fault is planted here


def _look_late(app: App, tools: deliver.Tools, row_id: int, token: int) -> None:
    with app.store.begin() as tx:
        settle.note_standing(tx, app, rows.get(tx, row_id))
        moves.mark_checking(tx, row_id, app.clock(), app.clock())
    _look(app, tools, row_id, token)


def _deliver_late(app: App, tools: deliver.Tools, row_id: int, action: Doing, token: int) -> None:
    with app.store.begin() as tx:
        settle.note_standing(tx, app, rows.get(tx, row_id))
    time.sleep(1)  # it is killed here
    _deliver(app, tools, row_id, action, token)


def serve() -> None:
    """A child a line, reaped when it ended."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            tick(msgspec.json.decode(line, type=Told))
            os._exit(0)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


class Ticker:
    """Where ticks happen: a process of its own, each in a child of it."""

    def __init__(self) -> None:
        self._longest = 0.5  # seconds of a tick, of late
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.drill.letters"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin and self._process.stdout
        return self._process.stdin, self._process.stdout

    def tick(self, told: Told, dies_after: float | None = None) -> bool:
        """Whether it died, of the kill after so much of the time that a tick took of late; None: it
        is not killed."""
        began = time.monotonic()
        died = self._tick(told, None if dies_after is None else dies_after * self._longest)
        if not died:
            self._longest = max(time.monotonic() - began, 0.7 * self._longest, 0.05)
        return died

    def _tick(self, told: Told, dies_after: float | None) -> bool:
        asks, says = self._pipes
        asks.write(msgspec.json.encode(told).decode() + "\n")
        asks.flush()
        child = int(says.readline())
        if dies_after is None:
            status = int(says.readline())
            assert status == 0, status
            return False
        killer = threading.Timer(dies_after, _kill, [child])
        killer.start()
        status = int(says.readline())
        killer.cancel()
        assert os.WIFSIGNALED(status) or status == 0, status
        return os.WIFSIGNALED(status)

    def stop(self) -> None:
        for pipe in self._pipes:
            pipe.close()
        self._process.wait(10)


def _kill(child: int) -> None:
    with suppress(ProcessLookupError):  # it was done just now
        os.kill(child, signal.SIGKILL)


@contextmanager
def ticking() -> Iterator[Ticker]:
    ticker = Ticker()
    try:
        yield ticker
    finally:
        ticker.stop()


def read_letters(app: App) -> list[Stored]:
    """Letters f, whatever became of them."""
    with app.store.read() as tx:
        found = tx.scalars(select(Outbox.id).where(Outbox.kind == "published")).all()
        letters = [outbox.get(tx, each) for each in found]
    return [each for each in letters if each is not None]


class Trial:
    """One article, until it is told of."""

    def __init__(self, prepared: Prepared, front: Front, home: Path) -> None:
        self.prepared, self.front, self.home = prepared, front, home
        shutil.copytree(prepared.home, home)
        self.config = configure(prepared.config, home, front.target)
        (home / "config.json").write_bytes(msgspec.json.encode(self.config))
        (home / "secrets.json").write_text(json.dumps({"P": "x", **front.secrets}))

    def run(self, ticker: Ticker, score: Score, chance: random.Random, *, early: bool) -> None:
        front = self.front
        with open_app(self.config, environment={"P": "x"}) as app:
            front.begin(self.prepared.edition, chance, lambda: bool(read_letters(app)))
            at = self.prepared.due + timedelta(minutes=1)
            for count in range(MOST_TICKS):
                was_told = bool(read_letters(app))
                told = Told(home=str(self.home), at=at, early=early)
                score.kills += ticker.tick(told, chance.random() if count < KILLS else None)
                front.wait()
                silence(app.store)
                self._check(score, app)
                if was_told:  # and another tick wrote none
                    break
                at = self._find_next(app, at)
            self._check_end(score, app)
        score.faults += front.failed
        score.articles += 1

    def _find_next(self, app: App, at: datetime) -> datetime:
        with app.store.read() as tx:
            row = rows.at(tx, 1, "situs")
        assert row is not None
        return max(at + STEP, row.next_at or at)

    def _check(self, score: Score, app: App) -> None:
        if read_letters(app) and not self.front.is_shown():
            score.wrong.append(f"article {score.articles}: a letter, and no page yet")
        score.wrong += [f"article {score.articles}: {each}" for each in self.front.take_wrong()]

    def _check_end(self, score: Score, app: App) -> None:
        letters = read_letters(app)
        found = {
            "letters": len(letters),
            "address": all(self.front.url in each.text for each in letters),
            "standing": self.front.count_standing(),
        }
        wanted = {"letters": 1, "address": True, "standing": self.front.count_wanted()}
        if found != wanted:
            score.wrong.append(f"article {score.articles}: {found}, not {wanted}")


def attack(
    prepared: Prepared,
    ticker: Ticker,
    kind: str,
    faults: int,
    seed: int,
    site: Site | None = None,
    *,
    early: bool = False,
) -> Score:
    """Articles, one after the other, until so many faults struck: kills, cut answers, and pages that
    did not show it. `early`: with a fault planted, until it is seen."""
    score, chance = Score(), random.Random(seed)
    with tempfile.TemporaryDirectory() as name, open_front(kind, Path(name), site) as front:
        while score.kills + score.faults < faults and not (early and score.wrong):
            place = Path(name, f"article-{score.articles}")
            Trial(prepared, front, place).run(ticker, score, chance, early=early)
            shutil.rmtree(place)
            assert score.articles < 3 * faults
        front.clear()
    return score


def drill(site: Site | None) -> bool:
    """500 faults at each target; no WordPress without a site."""
    held = True
    with tempfile.TemporaryDirectory() as name, ticking() as ticker:
        prepared = prepare(Path(name))
        for kind in FRONTS if site else FRONTS[:-1]:
            began = time.monotonic()
            score = attack(prepared, ticker, kind, FAULTS, seed=1, site=site)
            struck = f"{score.kills} kills, {score.faults} cut answers and late pages"
            figures = f"{struck}, {score.articles} articles, {len(score.wrong)} wrong"
            print(f"letters, {kind}: {figures}, {time.monotonic() - began:.0f} s", flush=True)
            print("\n".join(score.wrong[:20]), end="\n" if score.wrong else "")
            held = held and not score.wrong
    return held


if __name__ == "__main__":
    serve()
