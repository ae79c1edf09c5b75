"""What is opened again after it was withdrawn: never said to be published where it stands nowhere, nor
scheduled with nothing planned."""

import pytest

from desk.demo.makers import mail
from desk.store.submissions import accepted, review_queue, submission_rows
from desk.workflow.submission_letters import is_asked_back
from publisher.letters.letter_context import Remark
from redaksi.config.publish import PublishTarget
from redaksi.states import OPEN, SETTLED_FOR_GOOD, State, open_again
from tests.contract.test_ask_again import ANDI, Desk
from tests.ready_desk import (
    NUMBER,
    REASON,
    configure,
    decide,
    desk,
    row,
    schedule,
    state,
    tick,
)
from tests.sites import ASKING, Site, tools_of

__all__ = ["desk"]
ASKS = (Remark(ask="Sebutkan sumbernya."),)
URL, OTHER = "https://situs.example/warta/1", "https://lain.example/warta/7"


def standing(desk: Desk) -> None:
    schedule(desk)
    tick(desk, tools_of(Site()), 61)


def withdraw(desk: Desk) -> None:
    decide(desk, "withdraw", reason=REASON)
    tick(desk, tools_of(Site()))


def ask_back(desk: Desk) -> None:
    desk.take_in(mail(ANDI, f"Re: {NUMBER}", "BATAL\n"))
    desk.examine()


def sent(desk: Desk) -> list[str]:
    """The letters that left since it was ready."""
    kinds = [kind.partition("-again")[0] for kind in desk.wire]
    return [kind for kind in kinds if kind not in ("accepted", "revise")]


@pytest.mark.parametrize("left", sorted(OPEN | SETTLED_FOR_GOOD | {"failed"}))
def test_it_opens_where_it_was_unless_that_is_no_longer_so(left: State) -> None:
    assert open_again(left) == ("review" if left in ("scheduled", "published") else left)


# what was before · the state it is opened in · rows at the target, after · letters that left
TABLE = [
    ("review", "review", [], ["withdrawn"]),
    ("noted", "noted", [], ["notes", "withdrawn"]),
    ("revising", "revising", [], ["withdrawn"]),
    ("scheduled", "review", ["cancelled"], ["scheduled", "withdrawn"]),
    ("asked back", "review", ["cancelled"], ["scheduled", "withdrawn"]),
    ("asking", "review", ["down"], ["scheduled", "withdrawn"]),
    ("published", "review", ["down"], ["published", "withdrawn"]),
]


def bring(desk: Desk, before: str) -> None:
    if before == "noted":
        decide(desk, "note", remarks=ASKS)
    elif before == "revising":
        decide(desk, "return", remarks=ASKS, silent=True)
    elif before in ("scheduled", "asked back"):
        schedule(desk)
    elif before == "asking":
        schedule(desk)
        tick(desk, tools_of(Site(answers=[ASKING])), 61)
    elif before == "published":
        standing(desk)
    desk.minutes(1)
    desk.send()
    if before == "asked back":
        ask_back(desk)


@pytest.mark.parametrize(("before", "opened", "rows", "letters"), TABLE)
def test_withdrawn_and_opened_again(
    desk: Desk, before: str, opened: State, rows: list[str], letters: list[str]
) -> None:
    bring(desk, before)
    withdraw(desk)
    assert state(desk) == "withdrawn"
    desk.minutes(1)
    desk.send()
    decide(desk, "reopen")
    tick(desk, tools_of(Site()), 120)
    assert (state(desk), [row(desk).state for _ in rows], sent(desk)) == (opened, rows, letters)
    with desk.app.store.read() as tx:
        (shown,) = [each for each in review_queue.queue_rows(tx) if each.number == NUMBER]
        asked_back = is_asked_back(tx, 1)
    assert (shown.publish_at, shown.published_url, shown.accepted_revision) == (None, "", 0)
    assert [each.url for each in shown.publications] == ["" for _ in rows]
    assert not asked_back


@pytest.mark.parametrize("before", ["scheduled", "published"])
def test_within_the_undo_time_nobody_is_told_that_it_is_withdrawn(desk: Desk, before: str) -> None:
    bring(desk, before)
    tools = tools_of(Site(answers=[ASKING]))
    decide(desk, "withdraw", reason=REASON)
    if before == "published":
        tick(desk, tools)
        decide(desk, "taken_down", unchecked=True)
    decide(desk, "reopen")
    desk.minutes(5)
    desk.send()
    assert "withdrawn" not in sent(desk)


def test_it_is_published_anew_and_told_once(desk: Desk) -> None:
    standing(desk)
    withdraw(desk)
    decide(desk, "reopen")
    desk.minutes(60)
    site = Site()
    schedule(desk)
    tick(desk, tools_of(site), 61)
    assert (state(desk), site.made, row(desk).first_standing_at) == (
        "published",
        [NUMBER],
        desk.now,
    )
    desk.minutes(5)
    desk.send()
    assert sent(desk).count("published") == 1


def test_who_was_not_told_the_first_time_is_told_the_second(desk: Desk) -> None:
    schedule(desk)
    tick(desk, tools_of(Site(answers=[ASKING])), 61)
    decide(desk, "publish", url=URL)
    withdraw(desk)  # within the undo time
    decide(desk, "taken_down", unchecked=True) if state(desk) == "published" else None
    decide(desk, "reopen")
    assert "published" not in sent(desk)
    decide(desk, "publish", url=OTHER)
    desk.minutes(5)
    desk.send()
    (letter,) = [x for x in desk.letters() if (x.kind, x.state) == ("published", "sent")]
    assert (state(desk), OTHER in letter.text, URL in letter.text) == ("published", True, False)


def test_what_still_comes_down_elsewhere_is_asked_for_after_it_was_opened(desk: Desk) -> None:
    configure(desk, PublishTarget(id="situs"), PublishTarget(id="lain"))
    schedule(desk)
    lain = Site(id="lain", answers=[ASKING, ASKING])
    tick(desk, tools_of(Site(), lain), 61)
    decide(desk, "publish", target="lain", url=OTHER)
    decide(desk, "withdraw", reason=REASON)
    tick(desk, tools_of(Site(), lain))
    decide(desk, "reopen")
    assert (state(desk), row(desk).state, row(desk, "lain").state) == ("review", "down", "asking")
    decide(desk, "taken_down", target="lain")
    assert (state(desk), row(desk, "lain").state) == ("review", "down")


def test_a_newer_revision_is_what_is_accepted_next(desk: Desk) -> None:
    standing(desk)
    withdraw(desk)
    decide(desk, "reopen")
    with desk.app.store.read() as tx:
        wanted = accepted.get_accepted(tx, 1)
        assert submission_rows.id_of(tx, wanted.number) == 1
        assert (wanted.revision, wanted.publish_at) == (2, None)
