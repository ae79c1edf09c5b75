"""What may leave now: the limits of answering.md, row 12, measured at the moment of sending."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from desk.domain import rate_limit
from desk.domain.rate_limit import Left, LetterLimits, Step, Waiting, plan, reason_not_to_ask
from redaksi.sender_policy import public_providers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PUBLIC = public_providers.load()
AUTO = LetterLimits(mode="auto", per_hour=3, per_day=5, per_sender_per_day=2)


def waits(number: int, to: str = "", **differs: object) -> Waiting:
    plain = Waiting(
        id=number,
        kind="revise",
        to=to or f"s{number}@x{number}.example",
        automatic=True,
        held=False,
        reason=None,
        queued_at=NOW,
        good_until=None,
    )
    return replace(plain, **differs)


def left(
    count: int, ago: timedelta = timedelta(minutes=1), to: str = "else@x.example"
) -> list[Left]:
    return [Left(to=to, at=NOW - ago) for _ in range(count)]


def steps(
    *waiting: Waiting, gone: list[Left] | None = None, limits: LetterLimits = AUTO
) -> list[tuple[str, int]]:
    return [(one.act, one.letter) for one in plan(waiting, gone or [], limits, NOW)]


def test_what_is_due_leaves_in_its_order() -> None:
    assert steps(waits(2), waits(1)) == [("send", 2), ("send", 1)]


# ── the breaker ───────────────────────────────────────────────────────────────────────────────────


def test_more_than_an_hours_worth_is_held_and_the_rest_leaves() -> None:
    assert steps(waits(1), waits(2), waits(3), gone=left(1)) == [
        ("send", 1),
        ("send", 2),
        ("hold", 3),
    ]


def test_what_left_an_hour_ago_counts_no_more() -> None:
    assert steps(waits(1), gone=left(3, timedelta(minutes=59))) == [("hold", 1)]
    assert steps(waits(1), gone=left(3, timedelta(hours=1))) == [("send", 1)]


def test_a_held_letter_stays_held_without_a_word_and_leaves_when_the_hour_has_passed() -> None:
    held = waits(1, held=True, reason=rate_limit.PER_HOUR)
    assert steps(held, gone=left(3)) == []
    assert steps(held, gone=left(3, timedelta(hours=2))) == [("resume", 1)]


def test_held_letters_leave_within_the_limits_too() -> None:
    held = [waits(number, held=True) for number in range(5)]
    assert steps(*held) == [("resume", 0), ("resume", 1), ("resume", 2)]


def test_a_nights_letters_do_not_all_leave_at_six() -> None:
    """531 letters, 60 an hour, 400 a day: an hour never sees more than 60, a day never more than 400."""
    limits = LetterLimits(mode="auto", per_hour=60, per_day=400, per_sender_per_day=4)
    waiting = {number: waits(number) for number in range(531)}
    gone: list[Left] = []
    moment = NOW
    for _ in range(4 * 24 * 3):
        for step in plan(list(waiting.values()), gone, limits, moment):
            if step.act in ("send", "resume"):
                gone.append(Left(to=waiting.pop(step.letter).to, at=moment))
            elif step.act == "hold":
                waiting[step.letter] = replace(waiting[step.letter], held=True, reason=step.reason)
        moment += timedelta(minutes=15)
    assert waiting == {}
    for span, most in ((timedelta(hours=1), 60), (timedelta(days=1), 400)):
        for begin in {one.at for one in gone}:
            assert sum(begin <= one.at < begin + span for one in gone) <= most
    assert all(earlier.at <= later.at for earlier, later in pairwise(gone))


# ── one sender, one day ───────────────────────────────────────────────────────────────────────────


def test_one_address_gets_so_many_in_a_day_and_the_next_one_is_not_kept_from_its_letter() -> None:
    to = "ani@x.example"
    two = waits(1, to), waits(2, to, kind="accepted")
    assert steps(*two, waits(3, "budi@y.example"), gone=left(1, timedelta(hours=2), to)) == [
        ("send", 1),
        ("send", 3),
        ("hold", 2),
    ]


def test_a_day_is_measured_from_when_the_letters_left() -> None:
    to = "ani@x.example"
    assert steps(waits(1, to), gone=left(2, timedelta(hours=23, minutes=59), to)) == [("hold", 1)]
    assert steps(waits(1, to), gone=left(2, timedelta(hours=24), to)) == [("send", 1)]


def test_beyond_the_days_limit_everything_stays_queued_editors_letters_too() -> None:
    assert steps(waits(1), waits(2, automatic=False), gone=left(5, timedelta(hours=3))) == []


def test_what_an_editor_decided_passes_the_limits_on_an_hour_and_a_sender() -> None:
    decided = waits(1, "ani@x.example", automatic=False)
    assert steps(decided, gone=left(3, to="ani@x.example")) == [("send", 1)]


def test_letters_that_a_broken_clock_sent_in_the_future_stop_nobody() -> None:
    assert steps(waits(1), gone=left(5, -timedelta(days=400))) == [("send", 1)]
    assert steps(waits(1), gone=left(3, -timedelta(minutes=5))) == [("hold", 1)]


# ── modes, hours, age ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("held", [False, True])
def test_in_draft_an_automatic_letter_becomes_a_draft(held: bool) -> None:
    limits = replace(AUTO, mode="draft")
    assert plan([waits(1, held=held)], [], limits, NOW) == [
        Step(letter=1, act="draft", reason=rate_limit.MODE_DRAFT)
    ]
    assert steps(waits(2, automatic=False), limits=limits) == [("send", 2)]


def test_the_editors_own_summary_leaves_in_draft_too_and_counts() -> None:
    limits = replace(AUTO, mode="draft", per_hour=1)
    assert steps(waits(1, kind="digest"), waits(2, kind="digest"), limits=limits) == [
        ("send", 1),
        ("hold", 2),
    ]


def test_in_quiet_hours_an_automatic_letter_waits_for_their_end() -> None:
    limits = replace(AUTO, quiet="08:00-12:00")
    when = NOW.replace(hour=12)
    assert plan([waits(1)], [], limits, NOW) == [Step(letter=1, act="later", when=when)]
    assert steps(waits(2, held=True), waits(3, automatic=False), limits=limits) == [("send", 3)]


@pytest.mark.parametrize("automatic", [True, False])
def test_after_two_days_without_letters_an_editor_looks_first(automatic: bool) -> None:
    old = waits(
        1,
        reason=rate_limit.MODE_OFF,
        queued_at=NOW - timedelta(days=2, minutes=1),
        automatic=automatic,
    )
    assert plan([old], [], AUTO, NOW) == [Step(letter=1, act="draft", reason=rate_limit.WAS_OFF)]
    assert steps(replace(old, queued_at=NOW - timedelta(days=2))) == [("send", 1)]


def test_a_relay_that_was_away_for_days_makes_no_draft_but_a_week_does() -> None:
    assert steps(waits(1, queued_at=NOW - timedelta(days=3))) == [("send", 1)]
    assert steps(waits(1, queued_at=NOW - timedelta(days=8))) == [("draft", 1)]


def test_what_is_no_longer_worth_sending_is_dropped() -> None:
    assert steps(waits(1, good_until=NOW), waits(2, good_until=NOW, held=True)) == [
        ("drop", 1),
        ("drop", 2),
    ]
    assert steps(waits(1, good_until=NOW + timedelta(seconds=1))) == [("send", 1)]


# ── asking for what is missing ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("again", ["ani@x.example", "ani+tiket7@x.example"])
def test_one_address_is_asked_once(again: str) -> None:
    assert (
        reason_not_to_ask(again, left(1, timedelta(hours=20), "ani@x.example"), NOW, PUBLIC)
        == rate_limit.ASKED_ADDRESS
    )


def test_one_domain_is_asked_three_times_a_day() -> None:
    before = [Left(to=f"tiket{n}@bantuan.example", at=NOW - timedelta(hours=n)) for n in range(3)]
    assert reason_not_to_ask("tiket9@bantuan.example", before[:2], NOW, PUBLIC) is None
    assert (
        reason_not_to_ask("tiket9@bantuan.example", before, NOW, PUBLIC) == rate_limit.ASKED_DOMAIN
    )
    assert (
        reason_not_to_ask("tiket9@bantuan.example", before, NOW + timedelta(hours=23), PUBLIC)
        is None
    )
    assert reason_not_to_ask("ani@lain.example", before, NOW, PUBLIC) is None


def test_where_everybody_has_an_address_many_contributors_are_no_machine() -> None:
    before = [Left(to=f"kontributor{n}@gmail.com", at=NOW) for n in range(9)]
    assert reason_not_to_ask("ani@gmail.com", before, NOW, PUBLIC) is None
    assert (
        reason_not_to_ask("kontributor3@gmail.com", before, NOW, PUBLIC) == rate_limit.ASKED_ADDRESS
    )


# ── edges ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 1), (1, 5), (2, 15), (3, 30), (4, 60), (5, 60), (99, 60)]
)
def test_pauses_grow_to_an_hour(failures: int, minutes: int) -> None:
    assert rate_limit.pause(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        ("", "09:00", "09:00"),
        ("08:00-12:00", "07:59", "07:59"),
        ("08:00-12:00", "08:00", "12:00"),
        ("08:00-12:00", "11:59", "12:00"),
        ("08:00-12:00", "12:00", "12:00"),
        ("21:00-06:00", "20:59", "20:59"),
        ("21:00-06:00", "21:00", "+06:00"),
        ("21:00-06:00", "23:59", "+06:00"),
        ("21:00-06:00", "00:00", "06:00"),
        ("21:00-06:00", "05:59", "06:00"),
        ("21:00-06:00", "06:00", "06:00"),
        ("21:00 - 06:00", "22:00", "+06:00"),
        ("08:00-08:00", "08:00", "08:00"),
    ],
)
def test_quiet_hours_end_the_same_day_or_the_next(quiet: str, now: str, until: str) -> None:
    def at(clock: str) -> datetime:
        hour, minute = (int(part) for part in clock.lstrip("+").split(":"))
        return NOW.replace(hour=hour, minute=minute) + timedelta(days=clock.startswith("+"))

    assert rate_limit.skip_quiet_hours(quiet, at(now)) == at(until)


@pytest.mark.parametrize(
    ("ago", "counts"),
    [
        (timedelta(0), True),
        (timedelta(days=1) - timedelta(seconds=1), True),
        (timedelta(days=1), False),
        (-timedelta(minutes=59), True),
        (-timedelta(hours=1), False),
    ],
)
def test_a_letter_counts_for_a_day_and_not_from_a_clock_that_is_wrong(
    ago: timedelta, counts: bool
) -> None:
    limits = replace(AUTO, per_day=1, per_hour=9)
    assert steps(waits(1), gone=left(1, ago), limits=limits) == ([] if counts else [("send", 1)])


def test_what_is_sent_now_counts_for_those_behind_it() -> None:
    to = "ani@x.example"
    four = [waits(number, to, kind=f"kind {number}") for number in range(4)]
    assert steps(*four, limits=replace(AUTO, per_hour=9)) == [
        ("send", 0),
        ("send", 1),
        ("hold", 2),
        ("hold", 3),
    ]
    many = [waits(number) for number in range(4)]
    assert steps(*many, limits=replace(AUTO, per_hour=9, per_day=3)) == [
        ("send", 0),
        ("send", 1),
        ("send", 2),
    ]


def test_a_step_tells_why() -> None:
    to = "ani@x.example"
    hour = plan([waits(1, to)], left(3, to=to), AUTO, NOW)
    assert hour == [Step(letter=1, act="hold", reason=rate_limit.PER_HOUR)]  # the breaker first
    sender = plan([waits(1, to)], left(2, to=to), AUTO, NOW)
    assert sender == [Step(letter=1, act="hold", reason=rate_limit.PER_SENDER)]
    again = plan([waits(1, held=True)], [], AUTO, NOW)
    assert again == [Step(letter=1, act="resume", reason=rate_limit.PASSED)]
    late = plan([waits(1, good_until=NOW)], [], AUTO, NOW)
    assert late == [Step(letter=1, act="drop", reason=rate_limit.TOO_LATE)]
    week = timedelta(days=7)
    old = plan([waits(1, queued_at=NOW - week - timedelta(seconds=1))], [], AUTO, NOW)
    assert old == [Step(letter=1, act="draft", reason=rate_limit.WAITED)]
    assert steps(waits(1, queued_at=NOW - week)) == [("send", 1)]


def test_an_editors_letter_is_never_too_old_nor_drafted_nor_kept_by_the_quiet_hours() -> None:
    limits = replace(AUTO, mode="draft", quiet="08:00-12:00")
    old = waits(1, automatic=False, queued_at=NOW - timedelta(days=30))
    assert steps(old, limits=limits) == [("send", 1)]


@pytest.mark.parametrize(
    ("to", "before", "asked"),
    [
        ("ani@x.example", [], None),
        ("ani@x.example", ["ani@x.example"], rate_limit.ASKED_ADDRESS),
        ("ani+a@x.example", ["ani+b@x.example"], rate_limit.ASKED_ADDRESS),
        ("ani@x.example", ["ani@y.example"], None),
        ('"a@b"@x.example', ['"a@c"@x.example'], None),
        ("ani@x.example", ["b@x.example", "c@x.example"], None),
        ("ani@x.example", ["b@x.example", "c@x.example", "d@x.example"], rate_limit.ASKED_DOMAIN),
        ("ani@x.example", ["b@x.example", "c@x.example", "d@y.example"], None),
        ("ani@x.example", ["b@x.example"] * 3 + ["ani@x.example"], rate_limit.ASKED_ADDRESS),
        ("ani@yahoo.co.id", ["b@yahoo.co.id", "c@yahoo.co.id", "d@yahoo.co.id"], None),
    ],
)
def test_who_is_asked_again(to: str, before: list[str], asked: object) -> None:
    gone = [Left(to=one, at=NOW - timedelta(hours=1)) for one in before]
    assert (reason_not_to_ask(to, gone, NOW, PUBLIC) or None) == asked
    yesterday = [replace(one, at=NOW - timedelta(days=1)) for one in gone]
    assert not reason_not_to_ask(to, yesterday, NOW, PUBLIC)
