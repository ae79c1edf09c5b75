"""Kills and cuts at a real WordPress: whatever breaks, and however often, every article is one post
and every photo one attachment."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct

from publisher.articles.edition import Edition
from publisher.targets.http import Http
from publisher.targets.page import look, look_gone
from publisher.targets.target import Action, Delivered, Known, NotNow, Outcome
from publisher.targets.wordpress import WordPress
from tests.editions import make_article
from tests.wordpress import Site
from tests.wp_target import NEIGHBOUR, Cut, Cutter, Rows, cutting, make_true_photos, number_edition

MOST_TRIES = 6
KILLS = 3  # of the processes that publish one article
CONNECTIONS = 12  # about as many as an article needs


class Score(Struct):
    """What broke, and what stands that should not."""

    faults: int = 0
    kills: int = 0
    articles: int = 0
    wrong: list[str] = []

    def add(self, name: str, found: object, wanted: object) -> None:
        if found != wanted:
            self.wrong.append(f"{name}: {found!r}, not {wanted!r}")


class Child:
    """A process that does one thing to one article for each line it is told, each in a child of its
    own, to be killed."""

    def __init__(self, site: Site, url: str) -> None:
        place = json.dumps({"url": url, "password": site.passwords["redaksi"]})
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.wp_deaths", place],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin and self._process.stdout
        return self._process.stdin, self._process.stdout

    def publish(self, number: str, cutter: Cutter) -> None:
        """Publish; the child dies where the cutter strikes."""
        asks, says = self._pipes
        asks.write(f"{number}\n")
        asks.flush()
        child = int(says.readline())
        cutter.on_strike = lambda: os.kill(child, signal.SIGKILL)
        cutter.is_open = True
        says.readline()
        cutter.on_strike = lambda: None

    def stop(self) -> None:
        for pipe in self._pipes:
            pipe.close()
        self._process.wait(10)


def serve(place: dict[str, str]) -> None:
    """The other end: a child a line, reaped when it ended."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            target = make_target(place["url"], place["password"])
            edition = number_edition(line.strip())
            photos = make_true_photos(edition)
            target.publish(make_article(edition, photos=photos), None)
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)


def make_target(url: str, password: str) -> WordPress:
    return WordPress.at("situs", url, "redaksi", password, Http(private=True))


def draw_cuts(chance: random.Random) -> list[Cut | None]:
    """One fault at a random connection, after random bytes of the request or of the answer."""
    spared: list[Cut | None] = [None] * chance.randrange(CONNECTIONS)
    way = chance.choice(["up", "down"])
    return [*spared, (way, chance.choice([0, 1, chance.randrange(700), chance.randrange(3000)]))]


class Trial:
    """One article under fire: published, corrected, taken down."""

    def __init__(self, site: Site, cutter: Cutter, number: str, chance: random.Random) -> None:
        self.site = site
        self.cutter = cutter
        self.number = number
        self.chance = chance
        self.target = make_target(cutter.url, site.passwords["redaksi"])
        self.edition = number_edition(number)

    def rest(self) -> None:
        """The minute after which a request that was cut is looked up."""
        self.cutter.wait()
        self.cutter.cuts.clear()

    def deliver(self, action: Action, edition: Edition, known: Known | None) -> Outcome:
        """Tried until it is done, with a fault at each try but the last."""
        outcome: Outcome = NotNow(code="unreachable")
        for count in range(MOST_TRIES):
            self.cutter.cuts = draw_cuts(self.chance) if count < MOST_TRIES - 1 else []
            photos = make_true_photos(edition)
            article = make_article(edition, action, before=self.edition, photos=photos)
            if action == "publish":
                outcome = self.target.publish(article, known)
            elif action == "correct" and known:
                outcome = self.target.correct(article, known)
            elif known:
                outcome = self.target.take_down(article, known)
            self.rest()
            if not isinstance(outcome, NotNow):
                return outcome
        return outcome

    def run(self, score: Score, child: Child | None, *, is_long: bool) -> None:
        before = self.cutter.struck
        for _ in range(KILLS if child else 0):
            assert child
            self.cutter.cuts = draw_cuts(self.chance)
            child.publish(self.number, self.cutter)
            self.rest()
        score.kills += self.cutter.struck - before
        published = self.deliver("publish", self.edition, None)
        self._check(score, "publish", published, self.edition.headline)
        if is_long and isinstance(published, Delivered):
            self._go_on(score, published.known)
        score.faults += self.cutter.struck - before
        score.articles += 1

    def _go_on(self, score: Score, known: Known) -> None:
        after = number_edition(self.number, headline="Warga menata bantaran", reason="judul")
        corrected = self.deliver("correct", after, known)
        self._check(score, "correct", corrected, after.headline)
        if not isinstance(corrected, Delivered):
            return
        taken = self.deliver("take_down", after, corrected.known)
        score.add(f"{self.number} take_down", type(taken).__name__, "Delivered")
        gone = look_gone(NEIGHBOUR, corrected.known.url, after.headline)
        score.add(f"{self.number} page", gone, "gone")

    def _check(self, score: Score, action: str, outcome: Outcome, headline: str) -> None:
        name = f"{self.number} {action}"
        rows = Rows(self.site, self.number)
        score.add(f"{name} posts", len(rows.posts()), 1)
        score.add(f"{name} photos", len(rows.photos()), len(self.edition.photos))
        if not isinstance(outcome, Delivered):
            score.wrong.append(f"{name}: {outcome}")
            return
        score.add(f"{name} id", [int(outcome.known.external_id)], rows.posts())
        score.add(f"{name} page", look(NEIGHBOUR, outcome.known.url, [headline]), "seen")


@contextmanager
def killing(site: Site, url: str) -> Iterator[Child]:
    child = Child(site, url)
    try:
        yield child
    finally:
        child.stop()


def attack(site: Site, faults: int, first: int, seed: int) -> Score:
    """Articles from number `first` on, until so many faults struck; every other one is published by
    a process that is killed, every fourth is corrected and taken down too."""
    score, chance = Score(), random.Random(seed)
    with cutting(site) as cutter, killing(site, cutter.url) as child:
        while score.faults < faults and score.articles < 3 * faults:
            number = f"W-2026-{first + score.articles}"
            trial = Trial(site, cutter, number, chance)
            kills = child if score.articles % 2 else None
            trial.run(score, kills, is_long=score.articles % 4 == 0)
    return score


if __name__ == "__main__":
    serve(json.loads(sys.argv[1]))
