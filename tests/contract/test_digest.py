"""The editors' summary: one a working day, none while there are no letters, none that comes days
late."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import msgspec
import pytest

from desk.store import Store
from desk.workflow import clock
from desk.workflow.digest import make_summary
from publisher.smtp.session import Closed, Refused, Sent
from redaksi.config.schema import Queue, Web
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

SEVEN_THIRTY = MONDAY.replace(hour=0, minute=30)


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    """A redaksi whose editor Nina has something to look at: a letter that was refused."""
    with bench(tmp_path, SEVEN_THIRTY - timedelta(minutes=30)) as ready:
        queue = Queue(settle=timedelta(0), digest_to=("nina@warta.example",), holidays="")
        config = msgspec.structs.replace(ready.app.config, queue=queue)
        ready.app = msgspec.structs.replace(ready.app, config=config)
        ready.letter("pergi@x.example")
        ready.says = lambda _: Refused(reply="550 5.1.1 no such user")
        ready.post()
        ready.says = lambda _: Sent(reply="250")
        yield ready


def days(on: Bench, count: int) -> Counter[str]:
    """So many days of ticks and turns; how many summaries became what."""
    for _ in range(count * 48):
        clock.tick(on.app)
        on.post()
        on.later(minutes=30)
    return Counter(what for what, _ in on.told() if what in ("letter sent", "letter dropped"))


def test_a_refused_letter_is_a_problem_to_tell_of_once_a_working_day(on: Bench) -> None:
    assert days(on, 7) == {"letter sent": 5}


def test_in_draft_the_editors_get_their_summary_all_the_same(on: Bench) -> None:
    on.reply(mode="draft")
    assert days(on, 1) == {"letter sent": 1}


def test_none_is_written_while_there_are_no_letters_and_none_comes_in_a_heap(on: Bench) -> None:
    on.reply(mode="off")
    assert days(on, 12) == {}
    on.reply(mode="auto")
    on.post()
    assert on.wire == []


def test_one_that_could_not_leave_by_noon_is_dropped(on: Bench) -> None:
    on.says = lambda _: Closed(reply="421 busy")
    days(on, 3)
    on.says = lambda _: Sent(reply="250")
    assert days(on, 1) == {"letter dropped": 3, "letter sent": 1}


def test_a_morning_with_nothing_to_tell_writes_nothing(tmp_path: Path) -> None:
    with bench(tmp_path, SEVEN_THIRTY + timedelta(minutes=5)) as quiet:
        queue = Queue(settle=timedelta(0), digest_to=("nina@warta.example",), holidays="")
        config = msgspec.structs.replace(quiet.app.config, queue=queue)
        app = msgspec.structs.replace(quiet.app, config=config)
        with mock.patch.object(Store, "begin", side_effect=AssertionError("a write transaction")):
            assert clock.tick(app) == 0


@pytest.mark.parametrize(
    ("web", "queue", "link"),
    [
        ("https://meja.example.org/", "https://a.example", "https://meja.example.org/kiriman/{}"),
        ("", "https://antrean.example/x/", "https://antrean.example/x/{}/index.html"),
        ("", "", ""),
    ],
)
def test_links_lead_to_the_desk_where_it_is_reached_from_outside(
    on: Bench, web: str, queue: str, link: str
) -> None:
    config = msgspec.structs.replace(
        on.app.config,
        web=Web(base_url=web),
        queue=msgspec.structs.replace(on.app.config.queue, base_url=queue),
    )
    app = msgspec.structs.replace(on.app, config=config)
    fill(app.store, 30, on.now)
    with app.store.read() as tx:
        digest = make_summary(tx, app, on.now)
    assert digest is not None
    assert digest.items
    numbers = [item.state.partition(",")[0] for item in digest.items]
    assert [item.url for item in digest.items] == [link.format(number) for number in numbers]
