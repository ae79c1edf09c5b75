"""Any sequence of decisions, deaths, moods of sites and jumps of the clock: what a contributor reads
of publication is so, and in the end what is wanted is what stands. publishing.md, section 9."""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desk.workflow.publishing import correct
from redaksi.states import Event
from tests.drill.tayang.laws import Laws
from tests.drill.tayang.office import NUMBER, TARGETS, Template, copy_office, die, step
from tests.drill.tayang.place import MOODS, Mood
from tests.drill.tayang.world import World

STEPS = 30
DECISIONS: list[Event] = ["unschedule", "decline", "note", "return", "withdraw", "reopen"]
PLACES = st.sampled_from(TARGETS)


class Tayang(RuleBasedStateMachine):
    """A run."""

    template: ClassVar[Template]
    tally: ClassVar[Counter[str]]  # letters by kind, and kills

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.world = World(self.template, self.stack.enter_context(copy_office(self.template)))
        self.laws = Laws(self.world)
        self.world.watch = self.laws.judge_letters

    def teardown(self) -> None:
        """What holds in the end."""
        try:
            self.laws.judge_end()
            self.tally.update(letter.kind for letter in self.world.read_letters())
        finally:
            self.stack.close()

    @invariant()
    def holds(self) -> None:
        """What holds at any time."""
        self.laws.judge_rows()

    @initialize(
        begins=st.sampled_from(["ready", "scheduled", "scheduled", "published", "taken down"]),
        has_page=st.sampled_from([True, True, True, False]),
        may_find=st.booleans(),
    )
    def begin(self, begins: str, has_page: bool, may_find: bool) -> None:
        """How far it is; the leading target is a folder without an address among them, or a receiver
        that cannot be asked what stands there."""
        world = self.world
        world.places[TARGETS[0]].has_page = has_page
        world.places[TARGETS[0]].may_find = may_find
        if begins == "ready":
            return
        world.attempt(lambda: world.schedule(10))
        if begins == "scheduled":
            return
        world.tick(11)
        if begins == "taken down":
            world.attempt(lambda: world.decide_plainly("withdraw"))
            world.tick(1)
            world.attempt(lambda: world.decide_plainly("reopen"))

    # ── decisions ─────────────────────────────────────────────────────────────────────────────────

    @rule(
        minutes=st.sampled_from([1, 10, 60, 3000]),
        silent=st.booleans(),
        embargo=st.sampled_from([0, 0, 0, 5, 60]),
    )
    def schedule(self, minutes: float, silent: bool, embargo: float) -> None:
        """Or move the date."""
        self.world.attempt(lambda: self.world.schedule(minutes, silent, embargo))

    @rule(event=st.sampled_from(DECISIONS), silent=st.booleans())
    def decide_otherwise(self, event: Event, silent: bool) -> None:
        """Whatever else an editor may decide."""
        self.world.attempt(lambda: self.world.decide_plainly(event, silent))

    @rule()
    def ask_back(self) -> None:
        """BATAL."""
        self.world.attempt(self.world.ask_back)

    @precondition(lambda self: self.world.may_send)
    @rule()
    def send_revision(self) -> None:
        """A new try."""
        self.world.attempt(self.world.send_revision)

    @rule()
    def paste(self) -> None:
        """An address is given."""
        self.world.attempt(self.world.give)

    @rule(tell=st.booleans())
    def correct(self, tell: bool) -> None:
        """Another edition."""
        self.world.attempt(lambda: self.world.mend(tell))

    @rule(where=st.sampled_from(["", *TARGETS]), overwrite=st.booleans())
    def try_again(self, where: str, overwrite: bool) -> None:
        """At a target or at every one."""
        self.world.attempt(lambda: self.world.try_again(where, overwrite=overwrite))

    @rule(where=PLACES)
    def do_by_hand(self, where: str) -> None:
        """What is asked is done, and said."""
        self.world.attempt(lambda: self.world.do_by_hand(where))

    @rule(where=PLACES)
    def leave(self, where: str) -> None:
        """What was changed there stays."""
        self.world.attempt(lambda: correct.leave_as_is(self.world.app, NUMBER, where))

    # ── sites ─────────────────────────────────────────────────────────────────────────────────────

    @rule(where=PLACES, mood=st.sampled_from(MOODS))
    def change_mood(self, where: str, mood: Mood) -> None:
        """How it answers."""
        self.world.places[where].mood = mood

    @rule(where=PLACES)
    def show_old_pages(self, where: str) -> None:
        """A cache, until it is emptied."""
        place = self.world.places[where]
        place.shown = dict(place.pages) if place.shown is None else None

    @rule(ids=st.sampled_from([TARGETS, TARGETS, TARGETS[:1], TARGETS[1:]]))
    def configure(self, ids: tuple[str, ...]) -> None:
        """Targets are removed, and come back."""
        self.world.targets = ids

    @rule(
        where=PLACES,
        what=st.sampled_from(
            [*DECISIONS, "schedule", "give", "correct", "again", "hand", "ask back", "tick"]
        ),
    )
    def interrupt(self, where: str, what: str) -> None:
        """While the next request or look is under way, another process decides, or works."""
        world = self.world
        deed = self._name_deed(what)
        world.places[where].meanwhile = lambda: world.attempt(deed)

    def _name_deed(self, what: str) -> Callable[[], object]:
        world = self.world
        deeds: dict[str, Callable[[], object]] = {
            "schedule": lambda: world.schedule(300),
            "give": world.give,
            "correct": lambda: world.mend(tell=True),
            "again": world.try_again,
            "hand": lambda: world.do_by_hand(TARGETS[1]),
            "ask back": world.ask_back,
            "tick": lambda: world.publish(world.app),
        }
        return deeds.get(what) or partial(world.decide_plainly, what)  # type: ignore[arg-type]

    # ── time and processes ────────────────────────────────────────────────────────────────────────

    @rule(minutes=st.sampled_from([0, 0.5, 1, 2, 5, 60, 1500]))
    def tick(self, minutes: float) -> None:
        """Time passes."""
        self.world.tick(minutes)

    @rule(minutes=st.sampled_from([0.5, 2, 60]))
    def tick_often(self, minutes: float) -> None:
        """It passes on."""
        for _ in range(4):
            self.world.tick(minutes)

    @rule(at=st.integers(1, 9), after=st.booleans(), minutes=st.sampled_from([0, 2, 60]))
    def die(self, at: int, after: bool, minutes: float) -> None:
        """The process is killed at a transaction of a tick; the next one begins anew."""
        self.world.now += timedelta(minutes=minutes)
        self.tally["kills"] += 1
        self.world.publish(step(self.world.app, at, die, after=after, name="dead"))

    @rule(at=st.integers(1, 6), silent=st.booleans(), minutes=st.sampled_from([0, 2, 60]))
    def tick_beside(self, at: int, silent: bool, minutes: float) -> None:
        """Two processes at once."""
        self.world.now += timedelta(minutes=minutes)
        self.world.tick_beside(at, is_silent=silent)

    @rule()
    def tick_while_held(self) -> None:
        """One that lives has the lease."""
        self.world.tick_while_held()

    @rule(minutes=st.sampled_from([1, 90, 3000]))
    def set_clock_back(self, minutes: float) -> None:
        """Somebody sets it."""
        self.world.now -= timedelta(minutes=minutes)


def run(
    template: Template,
    runs: int,
    *,
    steps: int = STEPS,
) -> Counter[str]:
    """So many sequences on one database; how many letters were written of each kind, and how many
    processes killed. Raises AssertionError with the shortest that breaks a law."""
    tally = Counter[str]()
    machine = type("Run", (Tayang,), {"template": template, "tally": tally})
    chosen = settings(
        max_examples=runs,
        stateful_step_count=steps,
        phases=(Phase.generate, Phase.shrink),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        derandomize=bool(os.environ.get("CI")),
        print_blob=False,
    )
    run_state_machine_as_test(machine, settings=chosen)
    return tally
