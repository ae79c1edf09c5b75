"""An editor gives another address of what is published: its contributor has one letter that it is, with
the newest address that was known when it left."""

import pytest

from desk.store import events
from desk.store.outbound import outbox
from desk.store.publications import decisions as decided
from desk.workflow.publishing.correct import correct
from publisher.articles.edition import Amendments
from tests.contract.test_ask_again import Desk
from tests.ready_desk import (
    NUMBER,
    REASON,
    decide,
    desk,
    row,
    schedule,
    state,
    tick,
)
from tests.sites import ASKING, Site, tools_of

__all__ = ["desk"]
FIRST, SECOND, THIRD = (f"https://situs.example/warta/{n}" for n in (1, 2, 3))


def letters(desk: Desk, kind: str) -> list[tuple[str, list[str]]]:
    """Those that were not dropped: where each is, and which of the addresses it names."""
    return [
        (letter.state, [url for url in (FIRST, SECOND, THIRD) if url in letter.text])
        for letter in desk.letters()
        if letter.kind == kind and letter.state != "dropped"
    ]


def left(desk: Desk, kind: str) -> int:
    """How many of a kind left; a Message-ID says when it was written before."""
    return sum(each.startswith(kind) for each in desk.wire)


def settle(desk: Desk, minutes: float = 5) -> None:
    desk.minutes(minutes)
    desk.send()


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """A copy desk."""
    schedule(desk)
    tick(desk, tools_of(Site(answers=[ASKING])), 61)
    return desk


@pytest.mark.parametrize("given", [[FIRST, SECOND], [FIRST, SECOND, THIRD], [FIRST, SECOND, FIRST]])
def test_within_the_undo_time_the_newest_address_goes(asked: Desk, given: list[str]) -> None:
    for url in given:
        decide(asked, "publish", url=url)
    assert letters(asked, "published") == [("queued", [given[-1]])]
    settle(asked)
    assert letters(asked, "published") == [("sent", [given[-1]])]
    settle(asked, 60 * 24)
    assert left(asked, "published") == 1


def test_what_the_target_told_is_corrected_before_it_leaves(desk: Desk) -> None:
    schedule(desk)
    desk.minutes(61)
    from tests.sites import publish  # noqa: PLC0415 - beside the clock's own send

    publish(desk.app, tools_of(Site()))
    assert [where for where, _ in letters(desk, "published")] == ["queued"]
    decide(desk, "publish", url=SECOND)
    settle(desk)
    assert letters(desk, "published") == [("sent", [SECOND])]


def test_once_it_has_left_another_address_writes_no_second(asked: Desk) -> None:
    decide(asked, "publish", url=FIRST)
    settle(asked)
    before = len(asked.letters())
    decide(asked, "publish", url=SECOND)
    settle(asked)
    assert (row(asked).known.url, letters(asked, "published")) == (SECOND, [("sent", [FIRST])])
    assert len(asked.letters()) == before


@pytest.mark.parametrize("minutes", [0, 5])
def test_the_same_address_twice_is_nothing_new(asked: Desk, minutes: float) -> None:
    decide(asked, "publish", url=FIRST)
    settle(asked, minutes)
    with asked.app.store.read() as tx:
        before = (len(events.of_submission(tx, 1)), len(decided.of_submission(tx, 1)))
    decide(asked, "publish", url=FIRST)
    with asked.app.store.read() as tx:
        after = (len(events.of_submission(tx, 1)), len(decided.of_submission(tx, 1)))
    assert (after, state(asked)) == (before, "published")
    settle(asked)
    assert letters(asked, "published") == [("sent", [FIRST])]


def test_a_letter_that_an_editor_dropped_stays_dropped(asked: Desk) -> None:
    decide(asked, "publish", url=FIRST)
    (letter,) = [each for each in asked.letters() if each.kind == "published"]
    with asked.app.store.begin() as tx:
        outbox.drop(tx, letter.id, asked.now)
    decide(asked, "publish", url=SECOND)
    settle(asked)
    assert (letters(asked, "published"), left(asked, "published")) == ([], 0)


def test_with_silence_the_wrong_address_does_not_go_either(asked: Desk) -> None:
    decide(asked, "publish", url=FIRST)
    decide(asked, "publish", url=SECOND, silent=True)
    settle(asked)
    assert letters(asked, "published") == []


@pytest.fixture
def corrected(asked: Desk) -> Desk:
    """Published and told; a correction that is to be told waits for an editor to set it."""
    decide(asked, "publish", url=FIRST)
    settle(asked)
    correct(
        asked.app,
        NUMBER,
        Amendments(headline="Judul yang benar"),
        captions={},
        reason=REASON,
        tell=True,
    )
    tick(asked, tools_of(Site(answers=[ASKING])))
    assert row(asked).state == "asking"
    return asked


def test_the_same_address_answers_a_correction_and_it_is_told(corrected: Desk) -> None:
    decide(corrected, "publish", url=FIRST)
    assert row(corrected).state == "standing"
    settle(corrected)
    assert letters(corrected, "corrected") == [("sent", [FIRST])]
    assert letters(corrected, "published") == [("sent", [FIRST])]


def test_a_correction_is_told_once_with_the_newest_address(corrected: Desk) -> None:
    decide(corrected, "publish", url=SECOND)
    decide(corrected, "publish", url=THIRD)
    settle(corrected)
    assert letters(corrected, "corrected") == [("sent", [THIRD])]
    decide(corrected, "publish", url=SECOND)
    settle(corrected)
    assert letters(corrected, "corrected") == [("sent", [THIRD])]
