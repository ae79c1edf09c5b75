"""What an editor says of a page is looked at first: that it is published, that it is down."""

from datetime import timedelta

import msgspec
import pytest

from desk.store import events
from desk.store.publications import editions
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from desk.workflow.publishing.check_page import check_page
from redaksi.config.publish import Publish, PublishTarget
from redaksi.errors import IllegalMove
from redaksi.states import Event
from tests.contract.test_ask_again import Desk
from tests.listener import answer, listening
from tests.ready_desk import (
    NUMBER,
    REASON,
    desk,
    flags,
    row,
    schedule,
    state,
    tick,
    written,
)
from tests.sites import ASKING, Site, tools_of

__all__ = ["desk"]
URL = "https://situs.example/warta/1"


def decide(desk: Desk, event: Event, **more: object) -> None:
    decision = Decision(event=event, editor="Nina", **more)  # type: ignore[arg-type]
    check_page(neighbour(desk), NUMBER, decision)
    decisions.decide(desk.app, NUMBER, decision)


def neighbour(desk: Desk):  # type: ignore[no-untyped-def]
    """The desk whose site stands on this machine."""
    publish = Publish(target=(PublishTarget(id="situs", private=True),))
    config = msgspec.structs.replace(desk.app.config, publish=publish)
    return msgspec.structs.replace(desk.app, config=config)


def page(text: str, status: str = "200 OK") -> bytes:
    return answer(f"<h1>{text}</h1>".encode(), status, "Content-Type: text/html; charset=utf-8")


def headline(desk: Desk) -> str:
    with desk.app.store.read() as tx:
        newest = editions.newest(tx, 1)
    assert newest is not None
    return newest.edition.headline


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """A copy desk: an editor is asked to publish."""
    schedule(desk)
    tick(desk, tools_of(Site(answers=[ASKING])), 61)
    assert row(desk).state == "asking"
    return desk


@pytest.mark.parametrize(
    ("shown", "status", "is_seen"),
    [("{headline}", "200 OK", True), ("Lain", "200 OK", False), ("{headline}", "404 No", False)],
)
def test_the_page_is_looked_at_before_it_is_said_to_be_published(
    asked: Desk, shown: str, status: str, is_seen: bool
) -> None:
    with listening(page(shown.format(headline=headline(asked)), status)) as site:
        if not is_seen:
            with pytest.raises(IllegalMove, match="--unchecked"):
                decide(asked, "publish", url=site.url("/1"))
            assert state(asked) == "scheduled"
            return
        decide(asked, "publish", url=site.url("/1"))
    assert (state(asked), row(asked).state) == ("published", "standing")


def test_an_editors_word_is_taken_without_a_look_and_the_history_says_so(asked: Desk) -> None:
    decide(asked, "publish", url=URL, unchecked=True)
    with asked.app.store.read() as tx:
        (last,) = [one for one in events.of_submission(tx, 1) if one.what == "publish"]
    assert (state(asked), last.facts["unchecked"]) == ("published", True)


@pytest.fixture
def leaving(asked: Desk) -> Desk:
    """An editor is asked to take it down."""
    decide(asked, "publish", url=URL, unchecked=True)
    tick(asked, tools_of(Site()))
    decide(asked, "withdraw", reason="Diminta desa.")
    tick(asked, tools_of(Site(answers=[ASKING])))
    assert (row(asked).wanted, row(asked).state, flags(asked)) == ("down", "asking", {"asking"})
    return asked


def test_an_editor_says_that_it_is_down_and_only_then_it_is_told(leaving: Desk) -> None:
    assert written(leaving, "withdrawn") == []
    decide(leaving, "taken_down", unchecked=True)
    leaving.minutes(1)
    leaving.send()
    assert (state(leaving), row(leaving).state, flags(leaving)) == ("withdrawn", "down", set())
    (letter,) = written(leaving, "withdrawn")
    assert "bukan atas permintaan" in " ".join(letter.split())


def test_what_may_still_be_seen_is_not_said_to_be_down(leaving: Desk) -> None:
    with pytest.raises(IllegalMove, match="--unchecked"):
        decide(leaving, "taken_down")  # nothing answers there
    assert (state(leaving), written(leaving, "withdrawn")) == ("published", [])


def test_nothing_is_down_that_nobody_was_asked_to_take_down(asked: Desk) -> None:
    decide(asked, "publish", url=URL, unchecked=True)
    with pytest.raises(IllegalMove, match="redaksi takedown"):
        decide(asked, "taken_down", unchecked=True)
    assert (state(asked), row(asked).state) == ("published", "standing")


def test_taken_down_silently_no_letter_is_written(desk: Desk) -> None:
    schedule(desk)
    site = Site()
    tick(desk, tools_of(site), 61)
    before = len(desk.letters())
    decide(desk, "withdraw", reason=REASON, silent=True)
    desk.now += timedelta(minutes=1)
    tick(desk, tools_of(site))
    assert (state(desk), len(desk.letters())) == ("withdrawn", before)
