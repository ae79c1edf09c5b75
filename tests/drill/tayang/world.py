"""What may happen to a submission that is published: what editors, its contributor, sites and
processes do."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import msgspec
from sqlalchemy import select

from desk.app import App
from desk.inbound.poll import Watch
from desk.outbound import sender
from desk.store import events
from desk.store.inbound import mails
from desk.store.jobs import leases
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.publications import editions, rows
from desk.store.publications.rows import Row
from desk.store.submissions import threads
from desk.store.tables import Outbox
from desk.worker.round import examine_waiting
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from desk.workflow.publishing import correct
from desk.workflow.publishing.deliver import LEASE, Tools, publish_due
from publisher.articles.edition import Amendments
from publisher.letters.letter_context import Remark
from redaksi.errors import IllegalMove, LeaseLost
from redaksi.states import Event, State
from tests.drill.pairs import take_in
from tests.drill.tayang.office import NUMBER, TARGETS, Template, set_targets, step
from tests.drill.tayang.place import Place
from tests.in_process import InProcess
from tests.sites import Cut

REASON = "Sudah disepakati dengan penulisnya."
AT_REST = frozenset({"standing", "down", "cancelled"})
BESIDE = "another process"  # of which no heartbeat is heard: whoever lives takes over from it


class World:
    """One submission, an editor, its contributor, two sites, a clock, and processes that die."""

    def __init__(self, template: Template, app: App) -> None:
        self.template = template
        self.now = template.begin
        self.plain = msgspec.structs.replace(app, clock=lambda: self.now)
        self.targets: tuple[str, ...] = TARGETS
        self.places = {each: Place(id=each) for each in TARGETS}
        self.counts = dict.fromkeys(("hands", "corrections", "mails"), 0)
        self.given: set[str] = set()
        self.watch: Callable[[], None] = lambda: None

    @property
    def app(self) -> App:
        """As it is configured now."""
        return set_targets(self.plain, self.targets)

    # ── what is so ────────────────────────────────────────────────────────────────────────────────

    def read_letters(self, after: int = 0) -> list[Stored]:
        """The letters that were written, later than this one."""
        with self.plain.store.read() as tx:
            wanted = select(Outbox.id).where(Outbox.id > after).order_by(Outbox.id)
            found = [outbox.get(tx, each) for each in tx.scalars(wanted)]
        return [letter for letter in found if letter is not None]

    def read_rows(self) -> dict[str, Row]:
        """By target."""
        with self.plain.store.read() as tx:
            return {row.target: row for row in rows.of_submission(tx, 1)}

    def find_leading(self) -> Row | None:
        """The row of which is told: where it should stand, else where it was to."""
        stored = self.read_rows()
        up = {target: row for target, row in stored.items() if row.wanted == "up"} or stored
        found = (up[each] for each in self.targets if each in up)
        return next(found, next(iter(up.values()), None))

    def read_state(self) -> State:
        """The submission's."""
        with self.plain.store.read() as tx:
            return threads.get(tx, 1).state

    def read_history(self) -> list[events.Happened]:
        """The submission's."""
        with self.plain.store.read() as tx:
            return events.of_submission(tx, 1)

    # ── an editor ─────────────────────────────────────────────────────────────────────────────────

    def attempt(self, deed: Callable[[], object]) -> bool:
        """Do what the product may refuse; whether it did not."""
        done = False
        with suppress(IllegalMove):
            deed()
            done = True
        self.watch()
        return done

    def decide(self, event: Event, **more: object) -> None:
        """An editor's decision."""
        decisions.decide(self.app, NUMBER, Decision(event=event, editor="Nina", **more))  # type: ignore[arg-type]

    def decide_plainly(self, event: Event, silent: bool = False) -> None:
        """With the words it needs."""
        more: dict[str, object] = {"silent": silent}
        if event in ("note", "return"):
            more["remarks"] = (Remark(ask="Sebutkan sumbernya."),)
        if event in ("decline", "withdraw"):
            more["reason"] = "Diminta desa."
        self.decide(event, **more)

    def schedule(self, minutes: float, silent: bool = False, embargo: float = 0) -> None:
        """For then; under embargo until so many minutes from now."""
        more: dict[str, object] = {"reason": REASON, "silent": silent}
        if embargo:
            more["embargo"] = self.now + timedelta(minutes=embargo)
        self.decide("schedule", publish_at=self.now + timedelta(minutes=minutes), **more)

    def give(self, target: str = "") -> None:
        """An honest editor pastes an address, of the leading target where none is named: nothing is
        pasted where the article stands already."""
        place = self.places[target or self.targets[0]]
        url = place.ours or next(iter(place.pages), "")
        url = url or f"https://{place.id}.example/hand-{self.counts['hands']}"
        self.decide("publish", url=url, reason=REASON, target=target)
        self.given.add(url)
        self.counts["hands"] += 1
        with self.plain.store.read() as tx:
            newest = editions.newest(tx, 1)
        if newest is not None:
            place.paste(url, newest.edition)

    def mend(self, tell: bool) -> None:
        """Correct the headline."""
        self.counts["corrections"] += 1
        amended = Amendments(headline=f"Judul yang dibetulkan {self.counts['corrections']}")
        correct.correct(self.app, NUMBER, amended, captions={}, reason=REASON, tell=tell)

    def do_by_hand(self, target: str) -> None:
        """What is asked there is done, then said."""
        row = self.read_rows().get(target)
        if row is None:
            return
        if row.wanted == "up":
            self.give(target)
            return
        self.decide("taken_down", target=target)
        place = self.places[target]
        place.pages.clear()
        place.ours = ""

    def try_again(self, where: str = "", *, early: bool = True, overwrite: bool = False) -> None:
        """At a target or at every one; what only a hand put there is taken away before it is made
        anew."""
        again = correct.try_again(
            self.app, NUMBER, target=where, early=early, overwrite=overwrite, editor="Nina"
        )
        for row in again:
            place = self.places[row.target]
            if overwrite and not place.ours:
                place.pages.clear()

    # ── its contributor ───────────────────────────────────────────────────────────────────────────

    def ask_back(self) -> None:
        """BATAL."""
        with self.app.store.begin() as tx:
            decisions.take_back(tx, self.app, 1, mails.get(tx, 1))

    @property
    def may_send(self) -> bool:
        """Whether there is another one."""
        return self.counts["mails"] < len(self.template.revisions)

    def send_revision(self) -> None:
        """The article anew."""
        raw = self.template.revisions[self.counts["mails"]]
        self.counts["mails"] += 1
        take_in(self.plain, 10 + self.counts["mails"], raw)
        examine_waiting(self.plain, InProcess(), Watch())

    # ── processes ─────────────────────────────────────────────────────────────────────────────────

    def publish(self, app: App) -> None:
        """A tick of a process."""
        tools = Tools(
            targets={each: self.places[each] for each in self.targets},
            make_photos=lambda _app, _edition: (),
            is_seen=lambda page: self.places[page.target].is_seen(page),
            is_gone=lambda page: self.places[page.target].is_gone(page),
        )
        with suppress(Cut, LeaseLost):
            publish_due(app, tools)
        for place in self.places.values():
            place.tidy()
        self.watch()

    def tick(self, minutes: float) -> None:
        """Time passes, and what is due is done."""
        self.now += timedelta(minutes=minutes)
        self.publish(self.app)
        sender.send_due_letters(self.app)

    def tick_beside(self, at: int, *, is_silent: bool) -> None:
        """Two processes: the other's whole tick falls after a transaction of the first. Where the
        first is silent the other takes over."""
        other = msgspec.structs.replace(self.app, name=BESIDE)
        first, second = (other, self.app) if is_silent else (self.app, other)
        self.publish(step(first, at, partial(self.publish, second)))

    def tick_while_held(self) -> None:
        """Another process that lives is at it: nothing happens."""
        before = self.read_rows(), len(self.read_letters())
        with self.app.store.begin() as tx:
            token = leases.acquire(tx, LEASE, self.app.name)
        self.publish(msgspec.structs.replace(self.app, name=BESIDE))
        assert (self.read_rows(), len(self.read_letters())) == before, "done in spite of the lease"
        if token is not None:
            with self.app.store.begin() as tx:
                leases.release(tx, LEASE, token)

    # ── in the end ────────────────────────────────────────────────────────────────────────────────

    def come_to_rest(self, let_go: Callable[[], None], judge: Callable[[], None]) -> None:
        """Every site is well, and time passes; `let_go`: an editor does what calls."""
        self.targets = TARGETS
        for place in self.places.values():
            place.mood, place.shown, place.meanwhile = "good", None, None
        self.now = max(self.now, self.template.begin) + timedelta(days=3)
        for _ in range(4):
            let_go()
            for minutes in (0, 2, 2, 61, 61):
                self.now += timedelta(minutes=minutes)
                self.publish(self.app)
                judge()
                if all(row.state in AT_REST for row in self.read_rows().values()):
                    return
