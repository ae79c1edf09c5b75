"""What holds of a submission that is published, whatever happens."""

from functools import partial

from sqlalchemy import func, select

from desk.store import attention, events
from desk.store.outbound.letters import Stored
from desk.store.publications import decisions, editions, rows
from desk.store.publications.rows import Row
from desk.store.submissions import accepted, threads
from desk.store.tables import Attention, Outbox
from desk.workflow.publishing import correct
from publisher.articles.edition import Edition
from tests.drill.tayang.office import TARGETS
from tests.drill.tayang.place import Place
from tests.drill.tayang.world import World


class Laws:
    """Of one run. Letters are judged at the moment they are written."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.judged = max(letter.id for letter in world.read_letters())
        self.is_told = False

    # ── letters ───────────────────────────────────────────────────────────────────────────────────

    def judge_letters(self) -> None:
        """What a letter says was so when it was written. Raises AssertionError."""
        laws = {
            "published": self._judge_published,
            "corrected": self._judge_corrected,
            "withdrawn": self._judge_withdrawn,
        }
        for letter in self.world.read_letters(self.judged):
            self.judged = letter.id
            if letter.kind in laws:
                laws[letter.kind](letter)

    def _judge_published(self, letter: Stored) -> None:
        self.is_told = True
        with (
            self.world.plain.store.read() as tx
        ):  # of two addresses the first's letter may be dropped
            is_one = Outbox.kind == "published", Outbox.state != "dropped"
            assert tx.scalar(select(func.count()).where(*is_one)) == 1, "a second f"
        leading = self.world.find_leading()
        assert leading is not None and leading.state == "standing", f"f, and not there: {leading}"
        place, url = self.world.places[leading.target], leading.known.url
        if place.has_page or url:
            assert url and url in letter.text, "f without its link"
        is_known = self._is_given(leading.target) or self._shows(leading, place)
        assert is_known, f"f, and not seen: {leading}"
        assert not self._is_silent(), "f, and silent"

    def _shows(self, row: Row, place: Place) -> bool:
        shown = (
            place.look(row.known.url) if place.has_page else next(iter(place.pages.values()), None)
        )
        return shown is not None and shown == self._read_edition(row.standing_edition_id)

    def _judge_corrected(self, _letter: Stored) -> None:
        for row in self.world.read_rows().values():
            if row.is_there:
                assert row.state == "standing", f"corrected, and not everywhere: {row}"
                assert row.standing_edition_id == row.edition_id, f"corrected, and not: {row}"

    def _judge_withdrawn(self, _letter: Stored) -> None:
        moves = [
            each
            for each in self.world.read_history()
            if "to" in each.facts and each.facts["from"] != each.facts["to"]
        ]
        if not moves or moves[-1].what != "taken_down" or moves[-1].actor.startswith("editor"):
            return
        leading = self.world.find_leading()
        if leading is not None:
            place = self.world.places[leading.target]
            assert place.look(leading.known.url) is None, "k, and it is shown"
            assert place.has_page or not place.pages, "k, and it is there"

    def _is_given(self, target: str) -> bool:
        """Whether an editor said last where it stands there."""
        stands = [
            each
            for each in self.world.read_history()
            if each.what == "publication standing" and each.facts["target"] == target
        ]
        return bool(stands) and stands[-1].facts.get("given") is True

    def _find_publishing(self) -> events.Happened:
        """When it was published last."""
        history = self.world.read_history()
        return [e for e in history if e.what == "publish" and e.facts["from"] != "published"][-1]

    def _is_silent(self) -> bool:
        """Whether it was scheduled silently and nobody decided otherwise."""
        with self.world.plain.store.read() as tx:
            kept = [each for each in decisions.of_submission(tx, 1) if each.event == "schedule"]
        was_scheduled = self._find_publishing().facts["from"] == "scheduled"
        return bool(kept) and was_scheduled and kept[-1].silent

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────

    def judge_rows(self) -> None:
        """Nothing is stuck, and who is called is called. Raises AssertionError."""
        for place in self.world.places.values():
            assert len(place.pages) <= 1, f"two articles at {place.id}: {list(place.pages)}"
        with self.world.plain.store.read() as tx:
            stored = rows.of_submission(tx, 1)
            flags = set(tx.scalars(select(Attention.flag).where(Attention.submission_id == 1)))
            state = threads.get(tx, 1).state
        assert self.is_told or state != "published" or self._is_silent(), "published, and no f"
        for row in stored:
            _judge_row(row)
        is_held = any(row.error_code in rows.CALLING_HOLDS for row in stored)
        is_asking = is_held or any(row.state == "asking" for row in stored)
        assert ("asking" in flags) == is_asking, (flags, stored)
        is_failed = any(row.state == "failed" for row in stored)
        assert ("publish_failed" in flags) == is_failed, (flags, stored)

    def _read_edition(self, edition_id: int | None) -> Edition | None:
        with self.world.plain.store.read() as tx:
            return editions.get(tx, edition_id)

    # ── in the end ────────────────────────────────────────────────────────────────────────────────

    def judge_end(self) -> None:
        """Everything is well again, time passes, an editor does what calls: what is wanted is what
        stands. Raises AssertionError."""
        world = self.world
        world.come_to_rest(self._let_go, self.judge_rows)
        state, stored = world.read_state(), world.read_rows()
        with world.plain.store.read() as tx:
            assert attention.differing(tx) == []
        for target, row in stored.items():
            self._judge_wanted(row, world.places[target])
        leading = stored.get(TARGETS[0])
        if state == "published" and leading is not None and leading.wanted == "up":
            assert world.places[TARGETS[0]].pages, "published, and nothing stands"
        if state == "scheduled":
            with world.plain.store.read() as tx:
                assert accepted.get_accepted(tx, 1).publish_at, "scheduled, for no day"
        if state not in ("published", "scheduled"):
            assert not any(place.pages for place in world.places.values()), "it stands all the same"

    def _let_go(self) -> None:
        world = self.world
        for target, row in world.read_rows().items():
            is_held = row.state == "planned" and row.next_at is None
            by_hand = row.state == "asking" or row.error_code in ("not_seen", "gone_on_site")
            if by_hand:
                world.attempt(partial(world.do_by_hand, target))
            elif row.state in ("failed", "asking") or is_held:
                self._begin_anew(row, early=is_held)

    def _begin_anew(self, row: Row, *, early: bool) -> None:
        """What its contributor asked back is scheduled anew; where it stands elsewhere, it comes
        down."""
        world, is_forced = self.world, row.error_code in correct.OVERWRITTEN
        again = partial(world.try_again, row.target, early=early, overwrite=is_forced)
        if row.error_code != "asked_back" and world.attempt(again):
            return
        if not world.attempt(lambda: world.schedule(300)):
            world.attempt(lambda: world.decide_plainly("withdraw"))

    def _judge_wanted(self, row: Row, place: Place) -> None:
        assert row.state in ("standing", "down", "cancelled"), row
        shown = list(place.pages.values())
        if row.state != "standing":
            assert shown == [], (row, list(place.pages))
            return
        newest = self._read_edition(row.edition_id)
        assert newest is None or shown == [newest], (row, list(place.pages))


def _judge_row(row: Row) -> None:
    """Time moves it, or it calls, or it is at rest as it is wanted."""
    if row.state in ("due", "delivering", "checking"):
        assert row.next_at is not None, row
    if row.state == "planned":
        assert row.next_at is not None or row.error_code, row
    if row.state == "standing":
        assert row.wanted == "up" and row.standing_edition_id == row.edition_id, row
    if row.state in ("down", "cancelled"):
        assert row.standing_edition_id is None, row
