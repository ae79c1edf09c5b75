"""A part of the runs of `make drill ARGS=tayang`: the laws of publication on both databases; and what
is killed at any committed step is one article and one letter f afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests import postgres
from tests.drill.tayang.faults import FAULTS, Script
from tests.drill.tayang.laws import Laws
from tests.drill.tayang.machine import run
from tests.drill.tayang.office import Stepped, Template, copy_office, die, make_template, step
from tests.drill.tayang.world import World

RUNS, STEPS = 12, 10  # for each database; the drill runs 2,000 of 30


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Template]:
    """A submission that is ready."""
    cluster: postgres.Cluster | None = None
    if request.param == "postgres":
        cluster = request.getfixturevalue("postgres_cluster")
    with make_template(tmp_path_factory.mktemp("tayang"), cluster) as made:
        yield made


def test_what_is_told_of_publication_is_so_whatever_happens(template: Template) -> None:
    tally = run(template, RUNS, steps=STEPS)
    assert tally["published"] > 0


def perform(template: Template, script: Script) -> None:
    """These steps, and what holds all the time and in the end."""
    with copy_office(template) as app:
        world = World(template, app)
        laws = Laws(world)
        world.watch = laws.judge_letters
        script(world)
        laws.judge_letters()
        laws.judge_rows()
        laws.judge_end()


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_law_that_is_broken_is_found(
    template: Template, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    put, script = FAULTS[fault]
    perform(template, script)
    put(monkeypatch.setattr)
    with pytest.raises(AssertionError):
        perform(template, script)


@contextmanager
def opened(template: Template) -> Iterator[World]:
    """Scheduled, and its hour has come."""
    with copy_office(template) as app:
        world = World(template, app)
        world.watch = Laws(world).judge_letters
        world.schedule(60)
        world.now += timedelta(minutes=61)
        yield world


def count_told(world: World) -> int:
    return sum(letter.kind == "published" for letter in world.read_letters())


def count_steps(template: Template) -> int:
    """The transactions of a delivery that nothing interrupts."""
    with opened(template) as world:
        app = step(world.app, 0, die)
        world.publish(app)
        stepped: object = app.store
        assert isinstance(stepped, Stepped) and count_told(world) == 1
        return stepped.steps


ENDS = [  # whether its page answers at once; whether the process ends after the commit; where
    pytest.param("sqlite", True, False, id="before it, its page answers"),
    pytest.param("sqlite", True, True, id="after it, its page answers"),
    pytest.param("sqlite", False, False, id="before it, its page answers later"),
    pytest.param("sqlite", False, True, id="after it, its page answers later"),
    pytest.param("postgres", False, True, id="after it, on PostgreSQL"),
]


@pytest.mark.parametrize(("template", "answers", "after"), ENDS, indirect=["template"])
def test_what_dies_at_any_commit_of_a_delivery_is_one_article_and_one_letter(
    template: Template, answers: bool, after: bool
) -> None:
    for at in range(1, count_steps(template) + 1):
        with opened(template) as world:
            for place in world.places.values():
                place.shown = None if answers else {}
            world.publish(step(world.app, at, die, after=after, name="dead"))
            assert answers or count_told(world) == 0, f"before its page answers, at {at}"
            for place in world.places.values():
                place.shown = None
            for minutes in (0, 0.5, 1, 2):  # another process
                world.tick(minutes)
            made = [place.made for place in world.places.values()]
            assert (made, count_told(world), world.read_state()) == ([1, 1], 1, "published"), at
