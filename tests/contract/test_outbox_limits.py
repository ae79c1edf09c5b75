"""Limits, modes and hours over simulated days: what a turn of the sender lets leave, and that
nothing is stuck."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk.domain.rate_limit import MODE_DRAFT, MODE_OFF, PER_HOUR
from desk.store.outbound import outbox
from desk.workflow.submission_letters import supersede
from publisher.smtp.session import Deferred, Sent
from redaksi import catalog
from redaksi.catalog.stored import say_stored
from redaksi.reasons import explain
from tests.filing import examination, file, judged
from tests.postoffice import MONDAY, Bench, bench


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as ready:
        yield ready


def test_twelve_senders_at_once_leave_hour_by_hour(on: Bench) -> None:
    on.reply(per_hour=5)
    for _ in range(12):
        on.letter()
    assert on.post() == 5
    assert on.states() == {"sent": 5, "held": 7}
    assert on.post() == 0
    on.later(hours=1)
    assert on.post() == 5
    on.later(hours=1)
    assert on.post() == 2
    assert on.wire == [f"s{n}@x{n}.example" for n in range(1, 13)]
    assert on.told(12)[-4:] == [
        ("letter held", PER_HOUR),
        ("letter queued", "limit_passed"),
        ("letter sending", ""),
        ("letter sent", "250 queued for s12"),
    ]


def test_six_letters_to_one_person_are_two_days_letters(on: Bench) -> None:
    for number in range(6):
        on.letter("ani@x.example", kind=f"kind {number}")
    assert on.post() == 4
    assert on.states() == {"sent": 4, "held": 2}
    on.later(hours=23, minutes=59)
    assert on.post() == 0
    on.later(minutes=1)
    assert on.post() == 2


def test_a_persons_limit_counts_every_spelling_of_the_address(on: Bench) -> None:
    spelt = ("ani@bücher.example", "Ani@xn--bcher-kva.example", "ANI@Bücher.Example")
    for number, to in enumerate(spelt * 3):
        on.letter(to, kind=f"kind {number}")
    assert on.post() == 4


def test_beyond_a_days_limit_letters_stay_queued_and_leave_the_next_day(on: Bench) -> None:
    on.reply(per_day=10)
    for _ in range(12):
        on.letter()
    pressed = on.letter(automatic=False)
    assert on.post() == 10
    assert on.states() == {"sent": 10, "queued": 3}
    assert on.post() == 0
    on.later(days=1)
    assert on.post() == 3
    assert on.get(pressed).state == "sent"


def test_an_editor_passes_the_hour_and_the_sender(on: Bench) -> None:
    on.reply(per_hour=2, per_sender_per_day=1)
    held = [on.letter("ani@x.example") for _ in range(3)]
    assert on.post() == 1
    with on.app.store.begin() as tx:
        for number in held[1:]:
            outbox.release(tx, number, on.now)
    assert on.post() == 2


def test_letters_of_a_night_wait_for_six_and_keep_the_hour(on: Bench) -> None:
    on.reply(quiet="21:00-06:00", per_hour=60)
    on.now = MONDAY.replace(hour=14)  # 21:00 in Jakarta
    for _ in range(70):
        on.letter()
    on.turns(hours=9)
    assert on.wire == []
    on.post()
    assert len(on.wire) == 60
    on.later(hours=1)
    on.post()
    assert len(on.wire) == 70


def test_a_retry_keeps_the_quiet_hours_too(on: Bench) -> None:
    on.reply(quiet="21:00-06:00")
    on.now = MONDAY.replace(hour=13, minute=58)  # 20:58
    on.letter()
    on.says = lambda _: Deferred(reply="451 later") if on.now.hour < 15 else Sent(reply="250")
    left: list[datetime] = []
    for _ in range(12 * 60):
        if on.post() == 1:
            left.append(on.now.astimezone(on.app.config.zone))
        on.later(minutes=1)
    assert [f"{one:%H:%M}" for one in left] == ["06:00"]


def test_a_redaksi_that_turns_to_draft_gets_drafts(on: Bench) -> None:
    automatic, pressed = on.letter(), on.letter(automatic=False)
    on.reply(mode="draft")
    assert on.post() == 1
    assert (on.get(automatic).state, on.get(automatic).reason) == ("draft", explain(MODE_DRAFT))
    assert on.get(pressed).state == "sent"


@pytest.mark.parametrize(("days", "state"), [(30, "draft"), (3, "draft"), (1, "sent")])
def test_after_days_without_letters_nobody_is_surprised(on: Bench, days: int, state: str) -> None:
    queued, held = on.letter(), on.letter()
    with on.app.store.begin() as tx:
        outbox.hold(tx, held, on.now, explain(PER_HOUR))
    on.reply(mode="off")
    assert on.post() == 0
    assert (on.get(queued).state, on.get(queued).reason) == ("queued", explain(MODE_OFF))
    on.later(days=days)
    on.post()
    on.reply(mode="auto")
    on.post()
    assert {on.get(queued).state, on.get(held).state} == {state}


def test_a_summary_nobody_could_send_in_the_morning_is_dropped(on: Bench) -> None:
    number = on.letter(kind="digest", good_until=MONDAY + timedelta(hours=4))
    on.later(days=7)
    assert on.post() == 0
    assert on.told(number)[-1] == ("letter dropped", "too_late")


def test_a_letter_that_is_dropped_while_others_are_sent_is_passed_over(on: Bench) -> None:
    numbers = [on.letter() for _ in range(5)]

    def says(_to: str) -> Sent:
        with on.app.store.begin() as tx:
            if len(on.tried) == 1:
                outbox.drop(tx, numbers[1], on.now)
        return Sent(reply="250")

    on.says = says
    assert on.post() == 4
    assert on.states() == {"sent": 4, "dropped": 1}


def test_two_days_of_not_now_are_counted_from_the_first_of_them(on: Bench) -> None:
    """A draft of three days ago that an editor releases is not given up at the first
    greylisting."""
    number = on.letter(state="draft", automatic=False)
    on.later(days=3)
    with on.app.store.begin() as tx:
        outbox.release(tx, number, on.now)
    on.says = lambda _: Deferred(reply="451 greylisted")
    on.post()
    assert on.get(number).state == "queued"
    on.turns(hours=47)
    assert on.get(number).state == "queued"
    on.turns(hours=3)
    error = say_stored(on.get(number).last_error, catalog.load("en"))
    assert (on.get(number).state, error) == ("failed", "two days of: 451 greylisted")


# ── what is no longer so ──────────────────────────────────────────────────────────────────────────


def about_one_submission(on: Bench) -> tuple[int, list[int]]:
    """A submission with a letter of every state that has not left, due and not due."""
    paper = replace(examination(judged()), answer=None)
    number = file(on.app.store, on.now, paper).submissions[0].id
    due, draft = on.letter(submission_id=number), on.letter(submission_id=number, state="draft")
    later = on.letter(submission_id=number, not_before=on.now + timedelta(hours=1))
    held = on.letter(submission_id=number)
    with on.app.store.begin() as tx:
        outbox.hold(tx, held, on.now, explain(PER_HOUR))
    return number, [due, draft, later, held]


def test_a_decision_drops_every_letter_that_has_not_left_due_or_not(on: Bench) -> None:
    number, waiting = about_one_submission(on)
    with on.app.store.begin() as tx:
        supersede(tx, number, on.now)
    assert {on.get(one).state for one in waiting} == {"dropped"}
    assert on.post() == 0


def test_a_letter_that_began_to_leave_meanwhile_does_not_stop_the_decision(
    on: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, waiting = about_one_submission(on)
    with on.app.store.read() as tx:
        seen = outbox.of_submission(tx, number)
    with on.app.store.begin() as tx:
        outbox.begin_sending(tx, waiting[0], on.now)
    # as another transaction saw it a moment before
    monkeypatch.setattr(outbox, "of_submission", lambda *_: seen)
    with on.app.store.begin() as tx:
        supersede(tx, number, on.now)
    assert [on.get(one).state for one in waiting] == ["sending", "dropped", "dropped", "dropped"]


# ── a burst ───────────────────────────────────────────────────────────────────────────────────────


def test_sixty_mails_of_one_domain_in_one_poll_are_a_quarter_of_the_hours_letters(
    on: Bench,
) -> None:
    """Twenty addresses write three times each; what is held leaves by itself, hour by hour."""
    for number in range(60):
        on.letter(f"s{number % 20}@siswa.sman1.sch.id", kind="nothing-attached")
    other = on.letter("ani@lain.example")
    assert on.post() == 16
    assert on.get(other).state == "sent"
    assert len(set(on.wire)) == 16
    assert on.states() == {"sent": 16, "held": 45}
    on.turns(hours=1)
    assert len(on.wire) == 16
    on.turns(hours=8)
    assert on.states() == {"sent": 61}
