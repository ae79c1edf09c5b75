"""A relay that takes nothing of ours: no letter fails, all wait together, history and log name
nobody."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from desk.outbound import sender
from desk.store.outbound import relay
from publisher.smtp.session import Closed, Deferred, Outcome, Refused, Sent
from redaksi.errors import LoginRefused, ServerError
from tests.postoffice import Bench, bench


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as ready:
        yield ready


def closed(_to: str) -> Outcome:
    return Closed(reply="421 4.7.0 Too many connections")


def login(_to: str) -> Outcome:
    raise LoginRefused("smtp.x.example refused the login: 535 5.7.8 BadCredentials")


def certificate(_to: str) -> Outcome:
    raise ServerError("smtp.x.example:465 shows a certificate we cannot trust")


@pytest.mark.parametrize("says", [closed, login, certificate])
def test_one_letter_tries_and_all_wait_longer_each_time(
    on: Bench, says: Callable[[str], Outcome]
) -> None:
    for _ in range(40):
        on.letter()
    on.says = says
    tried = []
    for minute in range(180):
        for _ in range(3):  # the daemon ticks, and so does cron
            before = len(on.tried)
            on.post()
            tried += [minute] * (len(on.tried) - before)
        on.later(minutes=1)
    assert tried == [0, 1, 6, 21, 51, 111, 171]
    assert on.states() == {"queued": 40}


def test_after_three_days_without_a_relay_every_letter_leaves(on: Bench) -> None:
    for _ in range(3):
        on.letter()
    on.says = closed
    on.turns(hours=72)
    assert on.states() == {"queued": 3}
    on.says = lambda _: Sent(reply="250")
    on.turns(hours=1)
    assert on.states() == {"sent": 3}
    with on.app.store.read() as tx:
        assert relay.pause(tx) is None


def test_the_turn_tells_its_trouble_once_and_the_store_keeps_it(on: Bench) -> None:
    on.letter()
    on.says = closed
    assert on.post() == "ServerError: SMTP 127.0.0.1:1: 421 4.7.0 Too many connections"
    assert on.post() == 0
    with on.app.store.read() as tx:
        shut = relay.pause(tx)
    assert shut is not None
    assert (shut.error, shut.failures) == ("421 4.7.0 Too many connections", 1)


def test_an_editor_need_not_wait_for_the_pause_to_end(on: Bench) -> None:
    on.letter()
    on.letter()
    on.says = login
    on.post()
    on.says = lambda _: Sent(reply="250")
    assert on.post() == 0
    assert on.post(eager=True) == 2


def test_a_refusal_of_one_letter_stops_no_other(on: Bench) -> None:
    numbers = [on.letter() for _ in range(3)]
    on.says = lambda to: (
        Refused(reply="550 5.1.1 no such user") if to.startswith("s2@") else Sent(reply="250")
    )
    assert on.post() == 2
    assert on.told(numbers[1])[-1] == ("letter failed", "550 5.1.1 no such user")


def test_a_letter_that_closes_the_relay_goes_behind_the_others(on: Bench) -> None:
    bad = on.letter()
    for _ in range(3):
        on.letter()
    on.says = lambda to: closed(to) if to.startswith("s1@") else Sent(reply="250")
    on.turns(hours=0.1, minutes=1)
    assert on.states() == {"sent": 3, "queued": 1}
    on.turns(hours=24, minutes=1)
    assert on.get(bad).attempts < 40


def test_a_deferred_letter_has_its_attempts_in_the_history(on: Bench) -> None:
    number = on.letter()
    answers: Iterator[Outcome] = iter(
        [Deferred(reply="451 greylisted"), Sent(reply="250 2.0.0 queued as 4C1")]
    )
    on.says = lambda _: next(answers)
    on.post()
    on.later(minutes=1)
    on.post()
    assert on.told(number) == [
        ("letter queued", ""),
        ("letter sending", ""),
        ("letter deferred", "451 greylisted"),
        ("letter sending", ""),
        ("letter sent", "250 2.0.0 queued as 4C1"),
    ]


def test_an_error_that_names_an_address_is_masked_on_its_way_to_store_and_log(on: Bench) -> None:
    def refused(_to: str) -> Outcome:
        raise ValueError("no mailbox: <rahmawati@kontributor.example>")

    number = on.letter()
    on.says = refused
    with mock.patch.object(sender.log, "info") as told:
        on.post()
    assert on.told(number)[-1] == ("letter failed", "no mailbox: <…@…>")
    assert Counter("@" in str(call) for call in told.call_args_list) == {False: 1}
