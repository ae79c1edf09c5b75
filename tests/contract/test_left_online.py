"""What was withdrawn stands nowhere: whatever a target may have made of it is taken down, though its
answer never came or came after somebody had decided otherwise."""

import msgspec
import pytest

from desk.app import App
from desk.store import events
from desk.workflow.publishing.deliver import Page, Tools
from publisher.articles.edition import Edition
from publisher.targets.target import Article, Delivered, Known, MadePhoto, Outcome
from publisher.targets.webhook import Webhook
from tests.contract.test_ask_again import Desk
from tests.contract.test_publishing_races import GIVEN, Interrupted
from tests.editions import make_photos
from tests.listener import answer
from tests.ready_desk import (
    NUMBER,
    REASON,
    decide,
    desk,
    row,
    schedule,
    state,
    tick,
    written,
)
from tests.receiver import Receiver, receiving
from tests.sites import tools_of

__all__ = ["desk"]
LOST = {
    "its answer was lost": (True, answer(b"", "503 Service Unavailable")),
    "it gave no address": (True, answer(b"")),
    "it never arrived": (False, answer(b"", "503 Service Unavailable")),
}


def make(_app: App, edition: Edition) -> tuple[MadePhoto, ...]:
    return make_photos(edition)


def tools_to(target: Webhook) -> Tools:
    named = msgspec.structs.replace(target, id="situs")
    return Tools(
        targets={"situs": named}, make_photos=make, is_seen=lambda _: True, is_gone=lambda _: True
    )


@pytest.mark.parametrize("failure", LOST)
def test_who_cannot_be_asked_hears_that_it_is_withdrawn(desk: Desk, failure: str) -> None:
    receiver = Receiver()
    receiver.fails = [LOST[failure]]
    with receiving(receiver) as (target, _):
        tools = tools_to(target)
        schedule(desk)
        tick(desk, tools, 61)
        decide(desk, "unschedule")
        tick(desk, tools, 2)
    assert receiver.list_standing() == []
    assert [each["type"] for each in receiver.events.values()][-1] == "warta.withdrawn"
    assert (row(desk).state, row(desk).next_at) == ("down", None)


def test_what_is_published_and_taken_down_again_has_ids_of_its_own(desk: Desk) -> None:
    receiver = Receiver()
    with receiving(receiver) as (target, _):
        tools = tools_to(target)
        for _ in range(2):
            schedule(desk)
            tick(desk, tools, 61)
            assert len(receiver.list_standing()) == 1
            decide(desk, "withdraw", reason="Diminta desa.")
            tick(desk, tools, 2)
            assert (receiver.list_standing(), state(desk)) == ([], "withdrawn")
            decide(desk, "reopen")


class Moved(Interrupted):
    """It takes down what it is asked by its own id for, and tells another address than the one that
    an editor gave."""

    def take_down(self, article: Article, known: Known) -> Outcome:
        if known.external_id != NUMBER:
            return Delivered(known=known)
        return super().take_down(article, known)


def test_what_was_made_beside_a_given_address_is_told_and_taken_down(desk: Desk) -> None:
    site = Moved()
    site.meanwhile = lambda: decide(desk, "publish", url=GIVEN, reason=REASON)
    schedule(desk)
    tick(desk, tools_of(site), 61)
    assert (row(desk).known.url, row(desk).known.external_id) == (GIVEN, NUMBER)
    with desk.app.store.read() as tx:
        (double,) = [e for e in events.of_submission(tx, 1) if e.what == "publication delivered"]
    assert double.facts["beside"]
    decide(desk, "withdraw", reason="Diminta desa.")
    pages: list[Page] = []

    def note(page: Page) -> bool:
        pages.append(page)
        return False

    tick(desk, msgspec.structs.replace(tools_of(site), is_gone=note))
    assert (site.posts, [page.url for page in pages]) == ({}, [GIVEN])
    assert (row(desk).state, state(desk), written(desk, "withdrawn")) == (
        "checking",
        "published",
        [],
    )
