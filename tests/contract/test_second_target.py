"""What an editor says of a target that does not lead: its row moves alone."""

import pytest

from desk.presentation.publication.standing import commands_of
from desk.store.publications import decisions as decided
from desk.store.submissions import review_queue
from desk.workflow.deciding.decision import Decision
from desk.workflow.publishing.check_page import check_page
from desk.workflow.publishing.correct import correct, leave_as_is, try_again
from desk.workflow.publishing.deliver import Tools
from publisher.articles.edition import Amendments
from publisher.targets.target import Refused
from redaksi.config.publish import PublishTarget
from redaksi.errors import IllegalMove
from tests.contract.test_ask_again import Desk
from tests.ready_desk import (
    NUMBER,
    REASON,
    configure,
    decide,
    desk,
    flags,
    row,
    schedule,
    state,
    tick,
    written,
)
from tests.sites import ASKING, LATER, Site, tools_of

__all__ = ["desk"]
URL, OTHER = "https://situs.example/W-2026-0001", "https://lain.example/warta/7"


def two(desk: Desk) -> None:
    configure(desk, PublishTarget(id="situs"), PublishTarget(id="lain"))


def asking(leading: Site | None = None, times: int = 1) -> Tools:
    """The second target asks an editor."""
    return tools_of(leading or Site(), Site(id="lain", answers=[ASKING] * times))


def address(desk: Desk) -> str:
    with desk.app.store.read() as tx:
        return review_queue.queue_rows(tx)[0].published_url


def commands(desk: Desk) -> list[str]:
    with desk.app.store.read() as tx:
        (shown,) = [each for each in review_queue.queue_rows(tx) if each.number == NUMBER]
    return list(commands_of(shown))


@pytest.fixture
def published(desk: Desk) -> Desk:
    """It stands where it is told of; at the second target an editor is asked."""
    two(desk)
    schedule(desk)
    tick(desk, asking(), 61)
    assert (state(desk), row(desk, "lain").state, flags(desk)) == (
        "published",
        "asking",
        {"asking"},
    )
    return desk


def test_the_second_copy_desk_is_answered_and_nothing_else_moves(published: Desk) -> None:
    before = (address(published), row(published), len(published.letters()))
    decide(published, "publish", target="lain", url=OTHER, unchecked=True)
    published.minutes(2)
    published.send()
    assert (row(published, "lain").state, row(published, "lain").known.url) == ("standing", OTHER)
    assert (state(published), flags(published)) == ("published", set())
    assert (address(published), row(published), len(published.letters())) == before
    with published.app.store.read() as tx:
        kept = decided.of_submission(tx, 1)[-1]
    assert (kept.event, kept.url, kept.editor) == ("publish", OTHER, "Nina")


def test_it_may_stand_there_before_it_stands_where_it_is_told_of(desk: Desk) -> None:
    two(desk)
    schedule(desk)
    site = Site(answers=[LATER])
    tick(desk, asking(site), 61)
    assert (state(desk), row(desk, "lain").state) == ("scheduled", "asking")
    decide(desk, "publish", target="lain", url=OTHER, unchecked=True)
    assert (state(desk), row(desk, "lain").state) == ("scheduled", "standing")
    assert written(desk, "published") == []
    tick(desk, tools_of(site, Site(id="lain")), 5)
    (letter,) = written(desk, "published")
    assert (state(desk), URL in letter, OTHER in letter) == ("published", True, False)


def test_the_leading_target_may_be_named(desk: Desk) -> None:
    two(desk)
    schedule(desk)
    tick(desk, tools_of(Site(answers=[ASKING]), Site(id="lain")), 61)
    decide(desk, "publish", target="situs", url=URL, unchecked=True)
    assert (state(desk), row(desk).known.url, len(written(desk, "published"))) == (
        "published",
        URL,
        1,
    )


def test_a_target_that_nobody_knows_is_refused_with_those_there_are(published: Desk) -> None:
    for event in ("publish", "taken_down"):
        url = {"url": OTHER} if event == "publish" else {}
        with pytest.raises(IllegalMove, match=r"situs(.|\n)*lain"):
            decide(published, event, target="laim", **url)


def test_it_stands_nowhere_else_before_it_is_to_stand_at_all(desk: Desk) -> None:
    two(desk)
    with pytest.raises(IllegalMove, match="situs"):
        decide(desk, "publish", target="lain", url=OTHER, unchecked=True, reason=REASON)
    with pytest.raises(IllegalMove, match="situs"):
        check_page(
            desk.app, NUMBER, Decision(event="publish", target="lain", url=OTHER, unchecked=True)
        )


def test_what_comes_down_does_not_stand_elsewhere(published: Desk) -> None:
    decide(published, "withdraw", reason=REASON)
    with pytest.raises(IllegalMove, match="coming down"):
        decide(published, "publish", target="lain", url=OTHER, unchecked=True)


def test_what_changes_the_article_is_not_said_of_one_target(published: Desk) -> None:
    with pytest.raises(IllegalMove, match="--headline"):
        decide(published, "publish", target="lain", url=OTHER, headline="Judul lain")


def test_a_target_that_was_configured_later_can_be_told_of(desk: Desk) -> None:
    schedule(desk)
    tick(desk, tools_of(Site()), 61)
    two(desk)
    decide(desk, "publish", target="lain", url=OTHER, unchecked=True)
    assert (row(desk, "lain").state, row(desk).known.url) == ("standing", URL)


def test_the_oldest_target_leads_where_another_was_put_before_it_later(desk: Desk) -> None:
    schedule(desk)
    tick(desk, tools_of(Site(answers=[ASKING])), 61)
    configure(desk, PublishTarget(id="baru"), PublishTarget(id="situs"))
    decide(desk, "publish", url=URL, unchecked=True)
    assert (state(desk), row(desk).state, flags(desk)) == ("published", "standing", set())


def test_a_correction_is_told_once_the_second_target_shows_it_too(published: Desk) -> None:
    decide(published, "publish", target="lain", url=OTHER, unchecked=True)
    correct(
        published.app,
        NUMBER,
        Amendments(headline="Judul yang benar"),
        captions={},
        reason=REASON,
        tell=True,
    )
    tick(published, asking())
    assert (row(published, "lain").state, written(published, "corrected")) == ("asking", [])
    decide(published, "publish", target="lain", url=OTHER, unchecked=True)
    (letter,) = written(published, "corrected")
    assert (row(published, "lain").state, URL in letter) == ("standing", True)


def test_the_same_address_twice_is_nothing_new(published: Desk) -> None:
    for _ in range(2):
        decide(published, "publish", target="lain", url=OTHER, unchecked=True)
    with published.app.store.read() as tx:
        kept = [each for each in decided.of_submission(tx, 1) if each.url == OTHER]
    assert len(kept) == 1


def test_an_older_revision_is_no_ground(published: Desk) -> None:
    with pytest.raises(IllegalMove, match="newer"):
        decide(published, "publish", target="lain", url=OTHER, seen_revision=1)


@pytest.fixture
def withdrawn(published: Desk) -> Desk:
    """The leading target took it down; at the second one an editor is asked to."""
    decide(published, "publish", target="lain", url=OTHER, unchecked=True)
    decide(published, "withdraw", reason=REASON)
    tick(published, asking())
    assert (state(published), row(published, "lain").state, flags(published)) == (
        "withdrawn",
        "asking",
        {"asking"},
    )
    return published


@pytest.mark.parametrize("target", ["lain", ""])
def test_what_is_withdrawn_comes_down_at_the_second_target_too(
    withdrawn: Desk, target: str
) -> None:
    before = len(withdrawn.letters())
    decision = Decision(event="taken_down", target=target, unchecked=True)
    check_page(withdrawn.app, NUMBER, decision)
    decide(withdrawn, "taken_down", target=target, unchecked=True)
    assert (state(withdrawn), row(withdrawn, "lain").state) == ("withdrawn", "down")
    assert (flags(withdrawn), len(withdrawn.letters())) == (set(), before)


def test_down_at_the_second_target_is_not_down(published: Desk) -> None:
    decide(published, "publish", target="lain", url=OTHER, unchecked=True)
    decide(published, "withdraw", reason=REASON)
    site = Site(answers=[ASKING])
    tick(published, asking(site))
    assert {row(published).state, row(published, "lain").state} == {"asking"}
    decide(published, "taken_down", target="lain", unchecked=True)
    assert (state(published), row(published).state, row(published, "lain").state) == (
        "published",
        "asking",
        "down",
    )
    assert written(published, "withdrawn") == []
    with pytest.raises(IllegalMove, match="redaksi takedown"):
        decide(published, "taken_down", target="lain", unchecked=True)
    decide(published, "taken_down", target="situs", unchecked=True)
    assert (state(published), len(written(published, "withdrawn"))) == ("withdrawn", 1)


def test_what_was_unscheduled_comes_down_where_it_stood_already(desk: Desk) -> None:
    two(desk)
    schedule(desk)
    tick(desk, asking(Site(answers=[LATER])), 61)
    decide(desk, "publish", target="lain", url=OTHER, unchecked=True)
    decide(desk, "unschedule")
    tick(desk, tools_of(Site(), Site(id="lain", answers=[ASKING])), 10)
    assert (state(desk), row(desk, "lain").wanted, row(desk, "lain").state) == (
        "review",
        "down",
        "asking",
    )
    assert commands(desk) == [f"redaksi decide {NUMBER} taken_down --target lain"]
    decide(desk, "taken_down", target="lain", unchecked=True)
    assert (state(desk), row(desk, "lain").state, flags(desk)) == ("review", "down", set())


def test_the_page_says_which_target_is_answered(published: Desk) -> None:
    assert commands(published) == [f"redaksi decide {NUMBER} published --target lain --url …"]


def test_a_single_target_needs_no_name(desk: Desk) -> None:
    schedule(desk)
    tick(desk, tools_of(Site(answers=[ASKING])), 61)
    assert commands(desk) == [f"redaksi decide {NUMBER} published --url …"]


@pytest.fixture
def moved(desk: Desk) -> Desk:
    """It was to come down; meanwhile the office publishes elsewhere, and an editor says that it
    stands there. The first target is configured anew."""
    schedule(desk)
    tick(desk, tools_of(Site()), 61)
    decide(desk, "withdraw", reason=REASON)
    configure(desk, PublishTarget(id="lain"))
    decide(desk, "publish", url=OTHER, unchecked=True)
    two(desk)
    return desk


def test_what_should_stand_elsewhere_is_not_withdrawn_with_what_comes_down(moved: Desk) -> None:
    before = len(written(moved, "withdrawn"))
    tick(moved, tools_of(Site(), Site(id="lain")), 5)
    assert (row(moved).state, row(moved, "lain").state) == ("down", "standing")
    assert (state(moved), len(written(moved, "withdrawn"))) == ("published", before)


def test_where_it_should_stand_is_where_an_address_is_given(moved: Desk) -> None:
    tick(moved, tools_of(Site(), Site(id="lain")), 5)
    correct(moved.app, NUMBER, Amendments(headline="Judul"), captions={}, reason=REASON)
    gone = Refused(code="gone_on_site")
    tick(moved, tools_of(Site(), Site(id="lain", answers=[gone])), 5)
    assert row(moved, "lain").error_code == "gone_on_site"
    decide(moved, "publish", target="lain", url=OTHER, unchecked=True)
    assert row(moved, "lain").state == "standing"


@pytest.mark.parametrize("is_there", [True, False])
def test_another_edition_is_wanted_wherever_one_is(desk: Desk, is_there: bool) -> None:
    """Also at a target that is configured no more."""
    two(desk)
    schedule(desk)
    if is_there:
        decide(desk, "publish", target="lain", url=OTHER, unchecked=True)
    configure(desk, PublishTarget(id="situs"))
    schedule(desk, 90, headline="Judul lain")
    assert row(desk, "lain").edition_id == row(desk).edition_id
    tick(desk, tools_of(Site()), 91)
    assert (row(desk, "lain").error_code, state(desk)) == ("no_target", "published")
    two(desk)
    try_again(desk.app, NUMBER, target="lain")
    site = Site(id="lain")
    tick(desk, tools_of(Site(), site), 1)
    assert [edition.headline for edition in site.posts.values()] == ["Judul lain"]


CHANGED = Refused(code="changed_on_site")


def test_what_comes_down_is_not_left_as_it_was_changed(desk: Desk) -> None:
    schedule(desk)
    tick(desk, tools_of(Site()), 61)
    decide(desk, "withdraw", reason=REASON)
    tick(desk, tools_of(Site(answers=[CHANGED])), 5)
    with pytest.raises(IllegalMove):
        leave_as_is(desk.app, NUMBER)
    assert row(desk).state == "failed"


def test_what_never_stood_is_not_left_as_it_was_changed(desk: Desk) -> None:
    schedule(desk)
    tick(desk, tools_of(Site(answers=[CHANGED])), 61)
    with pytest.raises(IllegalMove):
        leave_as_is(desk.app, NUMBER)
    assert (row(desk).state, state(desk)) == ("failed", "scheduled")
