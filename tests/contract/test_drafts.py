"""An editor releases a draft: it is composed anew, as facts stand then, and goes once; or it is
dropped, where its submission has moved on."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import msgspec
import pytest

from desk.demo.post import part
from desk.store.outbound import outbox
from desk.store.people import contributors
from desk.store.submissions import submission_rows
from desk.store.tables import Outbox, Submission
from desk.workflow import decisions, drafts, reminders
from desk.workflow.decisions import Decision
from redaksi.errors import IllegalMove
from redaksi.reasons import ReasonCode
from redaksi.states import Event
from redaksi.text import locale
from tests.contract.test_ask_again import ARTICLE, Desk, opened, shots

EDITOR = "editor:Nina"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    for ready in opened(tmp_path, settle=10):
        set_mode(ready, "draft")
        yield ready


def set_mode(desk: Desk, mode: str) -> None:
    config = desk.app.config
    reply = msgspec.structs.replace(config.reply, mode=mode)
    desk.app = msgspec.structs.replace(
        desk.app, config=msgspec.structs.replace(config, reply=reply)
    )


def written(desk: Desk, number: int) -> Message:
    with desk.app.store.read() as tx:
        return message_from_bytes(outbox.content(tx, number))


def said(desk: Desk, number: int) -> str:
    return " ".join(part(written(desk, number), "text/plain").split())


def key_of(desk: Desk, number: int) -> str:
    with desk.app.store.read() as tx:
        return tx.get_one(Outbox, number).idempotency_key


def release(desk: Desk, number: int) -> bool:
    with desk.app.store.begin() as tx:
        return drafts.release(tx, desk.app, number, EDITOR)


def day(desk: Desk, days: float) -> str:
    zone = desk.app.config.zone
    return locale.format_day((desk.now + timedelta(days=days)).astimezone(zone).date(), "id")


def drafted(desk: Desk) -> int:
    """The article was filed without its photos; the number of the draft that asks for them."""
    desk.take_in(ARTICLE)
    desk.examine()
    (draft,) = desk.letters()
    assert (draft.kind, draft.state) == ("revise", "draft")
    return draft.id


def test_a_draft_released_weeks_later_has_the_dates_of_that_day(desk: Desk) -> None:
    number = drafted(desk)
    before, key = written(desk, number), key_of(desk, number)
    assert day(desk, 14) in said(desk, number)
    desk.minutes(20 * 24 * 60)
    old = day(desk, -6)
    assert release(desk, number)
    after = written(desk, number)
    assert day(desk, 14) in said(desk, number)
    assert old not in said(desk, number)
    assert str(after["Date"]) != str(before["Date"])
    for same in ("Message-ID", "To", "Subject", "In-Reply-To", "References", "Reply-To"):
        assert after[same] == before[same], same
    assert key_of(desk, number) == key
    assert desk.send() == ["revise"]
    assert desk.send() == []
    with pytest.raises(IllegalMove):
        release(desk, number)


def test_what_is_not_dated_stays_word_for_word(desk: Desk) -> None:
    number = drafted(desk)
    before = said(desk, number)
    assert release(desk, number)
    assert said(desk, number) == before


@pytest.mark.parametrize("event", ["decline", "withdraw"])
def test_a_decision_drops_the_draft(desk: Desk, event: Event) -> None:
    number = drafted(desk)
    word = Decision(event=event, silent=True)
    decisions.decide(desk.app, "W-2026-0001", word)
    with pytest.raises(IllegalMove):
        release(desk, number)
    assert desk.send() == []


def test_a_draft_about_a_state_that_is_over_is_dropped_when_it_is_released(desk: Desk) -> None:
    """As it stands where something moved the submission and left the letter alone."""
    number = drafted(desk)
    with desk.app.store.begin() as tx:
        row = submission_rows.lock(tx, 1)
        row.state = "review"
    assert not release(desk, number)
    (letter,) = desk.letters()
    assert letter.state == "dropped"
    assert letter.reason is not None
    assert letter.reason.code == ReasonCode.MOVED_ON
    assert desk.send() == []


def test_photos_that_came_meanwhile_take_the_draft_along(desk: Desk) -> None:
    number = drafted(desk)
    desk.minutes(5)
    desk.take_in(shots())
    desk.examine()
    with pytest.raises(IllegalMove):
        release(desk, number)
    kinds = {one.kind: one.state for one in desk.letters()}
    assert kinds == {"revise": "dropped", "accepted": "draft"}


def test_a_contributor_who_chose_another_language_meanwhile_is_written_to_in_it(
    desk: Desk,
) -> None:
    number = drafted(desk)
    with desk.app.store.begin() as tx:
        (row,) = tx.query(Submission)
        assert row.person_id is not None
        contributors.speak(tx, row.person_id, "en")
    assert release(desk, number)
    assert "What to fix" in said(desk, number) or "to fix" in said(desk, number)
    assert str(written(desk, number)["Content-Language"] or "en") == "en"


def test_a_reminder_released_later_leaves_the_time_it_promises(desk: Desk) -> None:
    set_mode(desk, "auto")
    desk.take_in(ARTICLE)
    desk.examine()
    desk.minutes(11)
    assert desk.send() == ["revise"]
    set_mode(desk, "draft")
    desk.minutes(14 * 24 * 60)
    assert reminders.remind_or_close(desk.app, 1)
    draft = desk.letters()[-1]
    assert (draft.kind, draft.state) == ("reminder", "draft")
    assert day(desk, 13) in said(desk, draft.id)
    desk.minutes(16 * 24 * 60)
    assert release(desk, draft.id)
    assert day(desk, 13) in said(desk, draft.id)
    assert desk.send() == ["reminder"]
