"""The letters of publication say what stands then, not what was decided before."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.workflow import decisions
from desk.workflow.decisions import Decision
from desk.workflow.publishing.correct import correct
from publisher.articles.edition import Amendments
from tests.contract.test_ask_again import Desk
from tests.ready_desk import NUMBER, open_ready
from tests.sites import Site, publish, tools_of


@pytest.fixture
def desk(tmp_path: Path, database: str) -> Iterator[Desk]:
    """A submission that is scheduled; the letter that says so has not left."""
    for ready in open_ready(tmp_path, database):
        when, reason = ready.now + timedelta(hours=1), "Sudah disepakati."
        decision = Decision(event="schedule", publish_at=when, headline="Lama", reason=reason)
        decisions.decide(ready.app, NUMBER, decision)
        yield ready


def amend(desk: Desk, headline: str) -> None:
    amended = Amendments(headline=headline)
    correct(desk.app, NUMBER, amended, captions={}, reason="Salah tulis.", tell=True)


def test_a_letter_that_says_when_does_not_leave_once_it_stands(desk: Desk) -> None:
    desk.minutes(61)
    publish(desk.app, tools_of(Site()))
    states = {letter.kind: letter.state for letter in desk.letters()}
    assert states["scheduled"] == "dropped"
    assert states["published"] != "dropped"


def test_the_letter_names_the_headline_that_stands(desk: Desk) -> None:
    desk.minutes(61)
    publish(desk.app, tools_of(Site()))
    amend(desk, "Baru")
    desk.minutes(1)
    publish(desk.app, tools_of(Site(made=[NUMBER])))
    [corrected] = [letter.text for letter in desk.letters() if letter.kind == "corrected"]
    assert "Baru" in corrected
    assert "Lama" not in corrected


def test_what_was_taken_down_is_said_to_have_been_published(desk: Desk) -> None:
    site = Site()
    desk.minutes(61)
    publish(desk.app, tools_of(site))
    decision = Decision(event="withdraw", reason="Diminta warga.", editor="Nina")
    decisions.decide(desk.app, NUMBER, decision)
    desk.minutes(1)
    publish(desk.app, tools_of(site))
    [withdrawn] = [letter.text for letter in desk.letters() if letter.kind == "withdrawn"]
    assert "turunkan" in withdrawn or "menurunkan" in withdrawn
    assert "dari pemuatan" not in withdrawn
