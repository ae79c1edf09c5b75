"""What somebody decides while a target is being asked stays decided, and what it took is kept."""

from collections.abc import Callable

import msgspec
import pytest

from desk.store.publications import rows
from desk.workflow.publishing import correct
from publisher.articles.edition import Amendments
from publisher.targets.target import Article, Known, NotNow, Outcome, Refused
from redaksi.config.publish import Publish, PublishTarget
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
    written,
)
from tests.sites import ASKING, LATER, Site, tools_of

__all__ = ["desk"]
REFUSED = Refused(code="rejected")
GIVEN = "https://situs.example/warta/1"


class Interrupted(Site):
    """While it is asked, another process decides."""

    meanwhile: Callable[[], None] | None = None

    def publish(self, article: Article, known: Known | None) -> Outcome:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return super().publish(article, known)


@pytest.mark.parametrize("answer", [LATER, REFUSED, ASKING, NotNow(code="timeout")])
def test_an_hour_moved_while_it_is_asked_is_kept(desk: Desk, answer: Outcome) -> None:
    site = Interrupted(answers=[answer])
    site.meanwhile = lambda: schedule(desk, 3000)
    schedule(desk)
    tick(desk, tools_of(site), 61)
    assert (row(desk).state, row(desk).error_code) == ("planned", "")
    tick(desk, tools_of(site), 60)
    assert site.made == []


@pytest.mark.parametrize("answer", [None, REFUSED, ASKING])
def test_an_address_given_while_it_is_asked_holds(desk: Desk, answer: Outcome | None) -> None:
    site = Interrupted(answers=[answer] if answer else [])
    site.meanwhile = lambda: decide(desk, "publish", url=GIVEN, reason=REASON)
    schedule(desk)
    tick(desk, tools_of(site), 61)
    assert (row(desk).state, row(desk).known.url, state(desk)) == ("standing", GIVEN, "published")
    assert len(written(desk, "published")) == 1


def test_taking_down_is_not_failed_by_the_refusal_of_publishing(desk: Desk) -> None:
    site = Interrupted(answers=[REFUSED])
    site.meanwhile = lambda: decide(desk, "decline", reason="Batal dimuat.")
    schedule(desk)
    tick(desk, tools_of(site), 61)
    assert (row(desk).state, site.posts) == ("down", {})


@pytest.mark.parametrize("how", ["unschedule", "decline"])
def test_what_a_cut_left_is_taken_down_though_its_hour_was_moved(desk: Desk, how: str) -> None:
    site = Site(cuts=1)
    schedule(desk)
    tick(desk, tools_of(site), 61)
    schedule(desk, 3000)
    decide(desk, how, **({"reason": "Batal dimuat."} if how == "decline" else {}))  # type: ignore[arg-type]
    tick(desk, tools_of(site), 2)
    assert (row(desk).state, site.posts) == ("down", {})


def test_what_is_asked_back_between_two_tries_is_held(desk: Desk) -> None:
    from desk.store.inbound import mails  # noqa: PLC0415
    from desk.workflow import decisions  # noqa: PLC0415

    site = Site(answers=[LATER])
    schedule(desk)
    tick(desk, tools_of(site), 61)
    with desk.app.store.begin() as tx:
        decisions.take_back(tx, desk.app, 1, mails.get(tx, 1))
    tick(desk, tools_of(site), 10)
    assert (row(desk).state, row(desk).error_code, site.made) == ("planned", "asked_back", [])
    schedule(desk)
    tick(desk, tools_of(site), 61)
    assert state(desk) == "published"


def test_a_correction_is_told_once_every_page_shows_it(desk: Desk) -> None:
    two = Publish(
        target=tuple(PublishTarget(id=each, kind="webhook") for each in ("situs", "lain"))
    )
    config = msgspec.structs.replace(desk.app.config, publish=two)
    desk.app = msgspec.structs.replace(desk.app, config=config)
    site, other = Site(), Site(id="lain")
    schedule(desk)
    tick(desk, tools_of(site, other), 61)
    site.is_shown = False
    amended = Amendments(headline="Judul yang dibetulkan")
    correct.correct(desk.app, NUMBER, amended, captions={}, reason=REASON, tell=True)
    tick(desk, tools_of(site, other))
    assert (row(desk, "lain").state, written(desk, "corrected")) == ("standing", [])
    site.is_shown = True
    tick(desk, tools_of(site, other), 5)
    assert len(written(desk, "corrected")) == 1


@pytest.mark.parametrize("silent", [True, False])
def test_taking_down_is_told_unless_it_is_silent(desk: Desk, silent: bool) -> None:
    schedule(desk)
    site = Site()
    tick(desk, tools_of(site), 61)
    decide(desk, "withdraw", reason="Diminta desa.", silent=silent)
    tick(desk, tools_of(site))
    assert (state(desk), len(written(desk, "withdrawn"))) == ("withdrawn", 0 if silent else 1)


def test_an_address_given_of_what_was_scheduled_silently_writes_nothing(desk: Desk) -> None:
    schedule(desk, silent=True)
    decide(desk, "publish", url=GIVEN, reason=REASON)
    assert written(desk, "published") == []


def test_one_wrong_password_calls_once(desk: Desk) -> None:
    locked = Refused(code="login_refused")
    schedule(desk)
    tick(desk, tools_of(Site(answers=[locked])), 61)
    with desk.app.store.read() as tx:
        assert rows.is_alarmed(tx, "situs", "login_refused")
        assert not rows.is_alarmed(tx, "lain", "login_refused")


def test_an_address_given_of_a_target_without_pages_is_looked_at_before_it_is_down(
    desk: Desk,
) -> None:
    site = Site(has_page=False)
    schedule(desk)
    tick(desk, tools_of(site), 61)
    decide(desk, "publish", url=GIVEN, reason=REASON)
    tools = msgspec.structs.replace(tools_of(site), is_gone=lambda _: False)
    decide(desk, "withdraw", reason="Diminta desa.")
    tick(desk, tools)
    assert (row(desk).state, state(desk), written(desk, "withdrawn")) == (
        "checking",
        "published",
        [],
    )
    tick(desk, tools_of(site), 1)
    assert (row(desk).state, state(desk)) == ("down", "withdrawn")
