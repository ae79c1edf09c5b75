"""A letter that was cut off: the Sent folder is asked, patiently, and a folder that is not there
stops nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from desk.app import App
from desk.outbound import sender
from desk.store.jobs import leases
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from publisher.smtp.session import Outcome, Sent, Unknown
from redaksi.errors import LeaseLost, Unreachable
from tests.postoffice import Bench, bench
from tests.processes import give_birth, silence


class Sight:
    """What the Sent folder shows from when on, and how often it was asked."""

    def __init__(self) -> None:
        self.filed: dict[str, datetime] = {}
        self.asked: list[datetime] = []
        self.down = False

    def __call__(self, app: App, letter: Stored) -> bool | None:
        self.asked.append(app.clock())
        if self.down:
            raise Unreachable(
                "warta: NO [NONEXISTENT] no such mailbox for redaksi@warta.example: Sent Items"
            )
        return (
            self.filed.get(letter.message_id, datetime.max.replace(tzinfo=app.clock().tzinfo))
            <= app.clock()
        )


@pytest.fixture
def sight(monkeypatch: pytest.MonkeyPatch) -> Sight:
    seen = Sight()
    monkeypatch.setattr(sender, "is_in_sent", seen)
    return seen


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, sent="Sent") as ready:
        yield ready


def cut(_to: str) -> Outcome:
    return Unknown(reply="cut")


def test_a_copy_that_shows_up_after_twenty_seconds_is_no_second_letter(
    on: Bench, sight: Sight
) -> None:
    number = on.letter()
    on.says = cut
    on.post()
    sight.filed[on.get(number).message_id] = on.now + timedelta(seconds=20)
    for _ in range(90):
        on.later(seconds=1)
        on.post()
    assert on.told(number)[-1] == ("letter sent", "in_sent_folder")
    assert len(on.tried) == 1
    assert len(sight.asked) == 1


def test_not_found_counts_when_no_server_can_still_be_at_it(on: Bench, sight: Sight) -> None:
    number = on.letter()
    on.says = cut
    on.turns(hours=0.25, minutes=1)
    assert on.get(number).state == "sending"
    assert len(on.tried) == 1
    on.says = lambda _: Sent(reply="250")
    on.turns(hours=0.1, minutes=1)
    assert on.get(number).state == "sent"
    assert len(sight.asked) == 3  # after one minute, five and fifteen
    assert ("letter deferred", "not in the Sent folder") in on.told(number)


def test_while_one_is_in_doubt_the_others_go_on(on: Bench, sight: Sight) -> None:
    on.says = cut
    on.letter()
    on.post()
    on.says = lambda _: Sent(reply="250")
    on.letter()
    assert on.post() == 1


def test_a_sent_folder_that_cannot_be_asked_stops_nobody(on: Bench, sight: Sight) -> None:
    doubtful = on.letter()
    on.says = cut
    on.post()
    on.says = lambda _: Sent(reply="250")
    sight.down = True
    for _ in range(20):
        on.letter()
    on.turns(hours=1, minutes=1)
    assert on.states() == {"sent": 20, "sending": 1}
    assert "@warta" not in on.get(doubtful).last_error
    assert len(sight.asked) < 15
    sight.down = False
    on.turns(hours=0.2, minutes=1)
    assert on.states() == {"sent": 21}


def test_a_letter_that_is_cut_off_every_time_and_never_found_is_an_editors(
    on: Bench, sight: Sight
) -> None:
    number = on.letter()
    on.says = cut
    on.turns(hours=6, minutes=5)
    assert on.get(number).state == "unknown"
    assert len(on.tried) == sender.CUTS


def test_without_a_sent_folder_a_cut_is_an_editors(on: Bench) -> None:
    on.reply(sent="")
    number = on.letter()
    on.says = cut
    on.post()
    assert on.told(number)[-1] == ("letter unknown", "cut")


# ── the lease ─────────────────────────────────────────────────────────────────────────────────────


def test_who_lost_the_lease_does_not_write_over_what_the_other_recorded(on: Bench) -> None:
    """The first sender is held up beyond its lease; the second finds the letter in doubt and
    records that."""
    on.reply(sent="")
    number = on.letter()
    second = msgspec.structs.replace(on.app, name="elsewhere:1:x")

    def slow(_to: str) -> Outcome:
        on.later(minutes=16)
        silence(on.app.store, on.app.name)
        assert sender.send_due_letters(second) == 0
        return Sent(reply="250")

    on.says = slow
    assert on.post() == f"{LeaseLost.__name__}: the lease post was taken over"
    assert on.get(number).state == "unknown"
    assert [what for what, _ in on.told(number)][-1] == "letter unknown"


def test_a_second_sender_waits_while_the_first_one_holds_the_lease(on: Bench) -> None:
    on.letter()
    give_birth(on.app.store, "elsewhere")
    with on.app.store.begin() as tx:
        assert leases.acquire(tx, sender.LEASE, "elsewhere")
    for _ in range(3):  # however long it takes
        assert on.post() == 0
        on.later(minutes=16)
    silence(on.app.store, "elsewhere")
    assert on.post() == 1


def test_a_dropped_letter_is_not_brought_back_by_its_senders_record(on: Bench) -> None:
    number = on.letter()
    with on.app.store.begin() as tx:
        outbox.drop(tx, number, on.now)
    assert on.post() == 0
