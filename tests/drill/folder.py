"""A folder's exchange, killed: before each of its system calls in turn, then at random moments.
After every death another article is delivered there, which finishes what was cut; then the first
is one whole edition, the old or the new, and the same question again makes it the new.

`python -m tests.drill.folder KILLS`: so many deaths, the figures as JSON.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from publisher.targets import folder
from publisher.targets.folder import Folder
from publisher.targets.folders import exchange
from publisher.targets.target import Action, Article, Delivered, Known, Outcome
from tests.editions import make_article, make_edition

KILLS = 500
CALLS = frozenset(
    [
        "open",
        "close",
        "mkdir",
        "write",
        "fchmod",
        "fsync",
        "rename",
        "rmdir",
        "unlink",
        "listdir",
        "lstat",
        "fdopen",
    ]
)
LONGEST = 0.02  # seconds until a random death
HEADLINES = {n: f"Warga menata bantaran Kapuas, kali ke-{n}" for n in range(1, 100)}
Happen = Callable[[], None]  # it raises, or ends the process


class Counted:
    """The module os, where before system call number `at` something happens; calls are counted."""

    def __init__(self, at: int, happen: Happen) -> None:
        self.at, self.happen, self.step = at, happen, 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self._counting(real) if name in CALLS else real

    def _counting(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.step += 1
            if self.step != self.at:
                return real(*arguments, **named)
            if real is os.close:  # close(2): it is closed, whatever is answered
                real(*arguments)
            return self.happen()

        return call


def count_calls(act: Callable[[], Outcome], at: int, happen: Happen) -> tuple[Outcome, int]:
    """Act, with something happening before system call number `at`; how many there were."""
    counted = Counted(at, happen)
    modules: tuple[Any, ...] = (exchange, folder)
    for module in modules:
        module.os = counted
    try:
        return act(), counted.step
    finally:
        for module in modules:
            module.os = os


def article(number: int, action: Action = "correct") -> Article:
    """Edition `number` of the article that is killed; each has photos of its own number."""
    edition = make_edition(number, photos=1 + number % 3, headline=HEADLINES[number])
    return make_article(edition, action, before=make_edition(1))


def another() -> Article:
    """The article that is delivered afterwards."""
    uri = "tag:warta.example,2026:W-2026-0200"
    return make_article(make_edition(1, photos=1, submission="W-2026-0200", uri=uri))


def read_whole(site: Path, withdrawn_too: bool = False) -> int:
    """The number of the edition that stands there, whole; 0: none, and nothing is left of one; a
    withdrawn one is minus its number. Raises AssertionError where it is not whole."""
    names = {each.name for each in (site / "2026").glob("*")} - {"W-2026-0200"}
    assert names <= {"W-2026-0143"}, names  # nothing with a dot is left
    if not names:
        return 0
    home = site / "2026/W-2026-0143"
    news = json.loads((home / "warta.json").read_text())
    files = {each.name: each.read_bytes() for each in home.iterdir()}
    number = int(news["version"])
    if news["pubStatus"] == "canceled":
        assert set(files) == {"warta.json"}
        return -number
    wanted = article(number)
    photos = {f"foto-{n}.jpg": photo.read() for n, photo in enumerate(wanted.photos, 1)}
    assert set(files) == {"warta.json", "warta.html", "warta.md", *photos}
    assert {name: files[name] for name in photos} == photos
    assert all(HEADLINES[number] in files[n].decode() for n in files.keys() - photos.keys())
    return number


def die() -> None:
    """As by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def run_dying(act: Callable[[], object], within: float | None = None) -> bool:
    """Act in a child; `within` seconds it is killed from outside. Whether it died so."""
    child = os.fork()
    if child == 0:
        act()
        os._exit(0)
    if within is not None:
        time.sleep(within)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def act_on(target: Folder, number: int, action: Action) -> Callable[[], Outcome]:
    """An action as the workflow calls it."""
    given = article(number, action)
    known = Known(external_id="2026/W-2026-0143", version="1")
    if action == "publish":
        return lambda: target.publish(given, None)
    verb = target.correct if action == "correct" else target.take_down
    return lambda: verb(given, known)


def check_after(target: Folder, site: Path, before: int, wanted: int, act: Happen) -> None:
    """What is promised after a death. Raises AssertionError."""
    assert isinstance(target.publish(another(), None), Delivered)
    assert read_whole(site) in (before, wanted), (read_whole(site), before, wanted)
    act()
    assert read_whole(site) == wanted


def kill_each(action: Action, every: int) -> Iterator[int]:
    """A death before each system call of an action, or before one of `every`."""
    step, died = 1 - every, True
    while died:
        step += every
        with tempfile.TemporaryDirectory() as name:
            site = Path(name)
            target = Folder(id="arsip", folder=name)
            number = 1 if action == "publish" else 2
            if action != "publish":
                target.publish(article(1, "publish"), None)
            before = 0 if action == "publish" else 1
            wanted = -number if action == "take_down" else number
            act = act_on(target, number, action)
            died = run_dying(lambda act=act, step=step: count_calls(act, step, die))  # type: ignore[misc]
            check_after(target, site, before, wanted, lambda act=act: act() and None)  # type: ignore[misc]
        if died:
            yield step


def kill_mending(every: int) -> Iterator[int]:
    """A death before each system call of the delivery that finishes what a first death cut, between
    the two renames."""
    step, died = 1 - every, True
    while died:
        step += every
        with tempfile.TemporaryDirectory() as name:
            site = Path(name)
            target = Folder(id="arsip", folder=name)
            target.publish(article(2, "publish"), None)
            home = site / "2026/W-2026-0143"
            home.rename(home.with_name(f".{home.name}.new"))
            old = home.with_name(f".{home.name}.old")
            old.mkdir()
            (old / "warta.json").write_text("{}")
            died = run_dying(
                lambda target=target, step=step: count_calls(  # type: ignore[misc]
                    lambda: target.publish(another(), None), step, die
                )
            )
            act = act_on(target, 2, "correct")
            check_after(target, site, 2, 2, lambda act=act: act() and None)  # type: ignore[misc]
        if died:
            yield step


def kill_randomly(rng: random.Random) -> Iterator[int]:
    """Deaths at random moments of a run of corrections."""
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        target = Folder(id="arsip", folder=name)
        target.publish(article(1, "publish"), None)

        def correct_on() -> None:
            for number in range(1, 99):
                act_on(target, number, "correct")()

        while True:
            died = run_dying(correct_on, rng.uniform(0, LONGEST))
            assert isinstance(target.publish(another(), None), Delivered)
            assert read_whole(site) > 0
            if died:
                yield 1


def kill(count: int, seed: int = 0) -> dict[str, int]:
    """So many deaths. Raises AssertionError where a promise is not kept."""
    deaths = {"publish": 0, "correct": 0, "take_down": 0, "mending": 0, "random": 0}
    rng = random.Random(seed)
    actions: tuple[Action, ...] = ("publish", "correct", "take_down")
    every = max(1, KILLS // count // 2)
    for action in actions:
        deaths[action] = sum(1 for _ in kill_each(action, every))
    deaths["mending"] = sum(1 for _ in kill_mending(every))
    random_deaths = kill_randomly(rng)
    while sum(deaths.values()) < count:
        deaths["random"] += next(random_deaths)
    return deaths


def drill() -> bool:
    """500 deaths."""
    began = time.monotonic()
    deaths = kill(KILLS)
    print(f"folder: {sum(deaths.values())} deaths {deaths}, {time.monotonic() - began:.0f} s")
    return True


if __name__ == "__main__":
    print(json.dumps(kill(int(sys.argv[1]))))
