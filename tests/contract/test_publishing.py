"""What should stand against what stands: delivered, looked at, and only then told. Sites are in
memory; the store is real (SQLite; the laws of tayang hold on both databases)."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from desk.demo.makers import mail
from desk.store.publications import decisions as decided
from desk.store.publications import editions
from desk.workflow.publishing.correct import correct, try_again
from desk.workflow.publishing.tools import make_tools
from publisher.articles.edition import Amendments, Edition
from publisher.targets.target import NotNow, Refused
from redaksi.config.publish import PublishTarget
from redaksi.errors import IllegalMove
from redaksi.states import Event
from tests.contract.test_ask_again import ANDI, ARTICLE, Desk, opened
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


def test_it_is_published_at_its_hour_and_told_once_its_page_was_seen(desk: Desk) -> None:
    site = Site()
    tools = tools_of(site)
    schedule(desk)
    tick(desk, tools, 30)
    assert (site.made, row(desk).state, state(desk)) == ([], "planned", "scheduled")
    tick(desk, tools, 31)
    assert (site.made, row(desk).state, state(desk)) == ([NUMBER], "standing", "published")
    (letter,) = written(desk, "published")
    assert f"https://situs.example/{NUMBER}" in letter
    tick(desk, tools, 60)
    assert (site.made, len(written(desk, "published"))) == ([NUMBER], 1)


def test_nobody_is_told_while_the_page_does_not_show_it(desk: Desk) -> None:
    site = Site(is_shown=False)
    tools = tools_of(site)
    schedule(desk)
    tick(desk, tools, 61)
    assert (row(desk).state, state(desk), written(desk, "published")) == (
        "checking",
        "scheduled",
        [],
    )
    for _ in range(20):
        tick(desk, tools, 5)
    assert (row(desk).state, row(desk).error_code) == ("failed", "not_seen")
    assert (flags(desk), state(desk), written(desk, "published")) == (
        {"publish_failed"},
        "scheduled",
        [],
    )


def test_a_cut_answer_leaves_one_article(desk: Desk) -> None:
    site = Site(cuts=1)
    tools = tools_of(site)
    schedule(desk)
    tick(desk, tools, 61)
    assert (site.made, row(desk).state, written(desk, "published")) == ([NUMBER], "delivering", [])
    tick(desk, tools, 0.5)  # the other side may still be at it
    assert row(desk).state == "delivering"
    tick(desk, tools, 1)
    assert (site.made, row(desk).state) == ([NUMBER], "standing")
    assert len(written(desk, "published")) == 1


def test_a_site_that_is_down_for_an_hour_is_tried_until_it_takes_it(desk: Desk) -> None:
    site = Site(answers=[NotNow(code="unreachable", detail="no route")] * 3)
    tools = tools_of(site)
    schedule(desk)
    tick(desk, tools, 61)
    assert (row(desk).error_code, flags(desk)) == ("unreachable", set())
    for _ in range(30):
        tick(desk, tools, 3)
    assert (site.made, state(desk), len(written(desk, "published"))) == ([NUMBER], "published", 1)


def test_a_refusal_calls_an_editor_at_once_and_tells_the_contributor_nothing(desk: Desk) -> None:
    site = Site(answers=[Refused(code="no_category")])
    tools = tools_of(site)
    schedule(desk)
    tick(desk, tools, 61)
    assert (row(desk).state, row(desk).error_code) == ("failed", "no_category")
    assert (flags(desk), state(desk), written(desk, "published")) == (
        {"publish_failed"},
        "scheduled",
        [],
    )


def test_after_a_day_of_later_it_has_failed(desk: Desk) -> None:
    site = Site(answers=[LATER] * 200)
    tools = tools_of(site)
    schedule(desk)
    for _ in range(60):
        tick(desk, tools, 31)
    assert (row(desk).state, row(desk).error_code) == ("failed", "server_error")


def test_the_copy_desk_asks_and_an_editor_gives_the_address(desk: Desk) -> None:
    site = Site(answers=[ASKING])
    tools = tools_of(site)
    schedule(desk)
    tick(desk, tools, 61)
    assert (row(desk).state, flags(desk), state(desk)) == ("asking", {"asking"}, "scheduled")
    decide(desk, "publish", url="https://situs.example/warta/1", reason=REASON)
    desk.minutes(1)
    desk.send()
    assert (row(desk).state, flags(desk), state(desk)) == ("standing", set(), "published")
    (letter,) = written(desk, "published")
    assert "https://situs.example/warta/1" in letter


@pytest.mark.parametrize("how", ["unschedule", "decline", "note", "return"])
def test_what_is_decided_otherwise_before_its_hour_is_published_nowhere(
    desk: Desk, how: Event
) -> None:
    site = Site()
    from publisher.letters.letter_context import Remark  # noqa: PLC0415

    schedule(desk)
    asks = {"remarks": (Remark(ask="Sebutkan sumbernya."),)} if how in ("note", "return") else {}
    decide(desk, how, **asks)
    tick(desk, tools_of(site), 120)
    assert (site.made, row(desk).state, written(desk, "published")) == ([], "cancelled", [])


def test_a_moved_date_moves_the_row(desk: Desk) -> None:
    site = Site()
    schedule(desk)
    schedule(desk, 300)
    tick(desk, tools_of(site), 120)
    assert site.made == []
    tick(desk, tools_of(site), 200)
    assert (site.made, len(written(desk, "published"))) == ([NUMBER], 1)


def test_what_is_a_day_late_asks_an_editor(desk: Desk) -> None:
    site = Site()
    schedule(desk)
    tick(desk, tools_of(site), 60 * 26)
    assert (site.made, row(desk).error_code, flags(desk)) == ([], "too_late", {"asking"})


def test_silent_means_no_letter_at_all(desk: Desk) -> None:
    before = len(desk.letters())
    schedule(desk, silent=True)
    tick(desk, tools_of(Site()), 61)
    assert (state(desk), len(desk.letters())) == ("published", before)


def test_taking_down_is_told_once_the_page_shows_it_no_more(desk: Desk) -> None:
    site = Site()
    tools = tools_of(site)
    schedule(desk)
    tick(desk, tools, 61)
    decide(desk, "withdraw", reason="Diminta desa.")
    assert (state(desk), written(desk, "withdrawn")) == ("published", [])
    tick(desk, tools)
    assert (site.posts, state(desk), row(desk).state) == ({}, "withdrawn", "down")
    assert len(written(desk, "withdrawn")) == 1


def test_what_is_taken_back_while_it_was_being_delivered_does_not_stand(desk: Desk) -> None:
    site = Site(cuts=1)
    tools = tools_of(site)
    schedule(desk)
    tick(desk, tools, 61)
    decide(desk, "decline", reason="Batal dimuat.")
    tick(desk, tools, 2)
    assert (site.posts, row(desk).state, state(desk)) == ({}, "down", "declined")
    assert written(desk, "published") == []


def test_several_targets_follow_at_their_own_pace_and_only_the_first_tells(desk: Desk) -> None:
    configure(desk, PublishTarget(id="situs"), PublishTarget(id="lain"))
    site, other = Site(), Site(id="lain", answers=[LATER])
    schedule(desk)
    tick(desk, tools_of(site, other), 61)
    assert (row(desk).state, row(desk, "lain").state) == ("standing", "due")
    assert (state(desk), len(written(desk, "published"))) == ("published", 1)
    tick(desk, tools_of(site, other), 2)
    assert (other.made, row(desk, "lain").state) == ([NUMBER], "standing")
    assert len(written(desk, "published")) == 1


def test_a_target_that_was_taken_out_of_the_configuration_is_shown(desk: Desk) -> None:
    schedule(desk)
    tick(desk, tools_of(Site(id="lain")), 61)
    assert (row(desk).state, row(desk).error_code) == ("failed", "no_target")
    assert flags(desk) == {"publish_failed"}


def test_findings_are_set_aside_only_with_a_reason(tmp_path: Path) -> None:
    for fresh in opened(tmp_path, settle=10):
        fresh.take_in(ARTICLE)  # its photos did not come
        fresh.examine()
        assert state(fresh) == "revising"
        with pytest.raises(IllegalMove, match="must still be mended"):
            decide(fresh, "schedule", publish_at=fresh.now + timedelta(hours=1))
        schedule(fresh)
        with fresh.app.store.read() as tx:
            (kept,) = decided.of_submission(tx, 1)
        assert {each["reason"] for each in kept.overrides} == {REASON}
        assert state(fresh) == "scheduled"


def test_an_option_that_a_decision_has_no_place_for_is_refused(desk: Desk) -> None:
    with pytest.raises(IllegalMove, match="--headline"):
        decide(desk, "decline", headline="Judul")


def test_a_finding_is_set_aside_once_and_a_caption_stays_chosen(desk: Desk) -> None:
    decide(
        desk,
        "schedule",
        publish_at=desk.now + timedelta(hours=1),
        reason=REASON,
        captions=((1, "Warga meratakan beton."),),
    )
    decide(desk, "schedule", publish_at=desk.now + timedelta(hours=2))
    with desk.app.store.read() as tx:
        newest = editions.newest(tx, 1)
    assert newest is not None
    assert newest.edition.photos[0].caption == "Warga meratakan beton."
    with pytest.raises(IllegalMove, match="photos"):
        decide(
            desk,
            "schedule",
            publish_at=desk.now + timedelta(hours=3),
            captions=((99, "Tidak ada."),),
        )


def newest(desk: Desk) -> Edition:
    with desk.app.store.read() as tx:
        found = editions.newest(tx, 1)
    assert found is not None
    return found.edition


def test_an_editors_body_stays_while_only_the_date_or_the_headline_changes(desk: Desk) -> None:
    body = "Warga **bergotong royong** sejak pagi.\n\n- semen\n- pasir"
    schedule(desk, body=body)
    typed = newest(desk)
    schedule(desk, 300)
    assert newest(desk) == typed
    schedule(desk, 300, headline="Judul lain")
    assert (newest(desk).body, newest(desk).headline) == (typed.body, "Judul lain")
    tick(desk, tools_of(Site()), 301)
    correct(
        desk.app, NUMBER, Amendments(headline="Judul yang benar"), captions={}, reason="Keliru."
    )
    assert (newest(desk).body, newest(desk).headline) == (typed.body, "Judul yang benar")


def test_under_an_embargo_no_earlier_date_is_taken(desk: Desk) -> None:
    until = desk.now + timedelta(hours=5)
    with pytest.raises(IllegalMove, match="under embargo until"):
        schedule(desk, 60, embargo=until)
    schedule(desk, 301, embargo=until)
    with pytest.raises(IllegalMove, match="under embargo until"):
        schedule(desk, 60)
    with pytest.raises(IllegalMove, match="--embargo"):
        decide(desk, "decline", embargo=until)


def test_a_target_whose_secret_cannot_be_read_fails_alone(desk: Desk) -> None:
    broken = PublishTarget(id="lain", kind="webhook", url="https://x.example", secret="env:NO")
    configure(desk, PublishTarget(id="situs"), broken)
    schedule(desk)
    locked = make_tools(desk.app, lambda _app, _edition: ()).targets["lain"]
    tools = tools_of(Site())
    tick(desk, msgspec.structs.replace(tools, targets={**tools.targets, "lain": locked}), 61)
    assert (row(desk, "lain").state, row(desk, "lain").error_code) == ("failed", "login_refused")
    assert (row(desk).state, state(desk)) == ("standing", "published")


def test_what_its_contributor_asks_back_is_not_published_by_a_retry(desk: Desk) -> None:
    site = Site(answers=[LATER])
    schedule(desk)
    tick(desk, tools_of(site), 61)
    assert row(desk).state == "due"
    desk.take_in(mail(ANDI, f"Re: {NUMBER}", "BATAL\n"))
    desk.examine()
    for _ in range(3):
        tick(desk, tools_of(site), 10)
    assert (site.made, row(desk).error_code, state(desk)) == ([], "asked_back", "scheduled")
    with pytest.raises(IllegalMove, match="back"):
        try_again(desk.app, NUMBER)
