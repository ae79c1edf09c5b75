"""Many letters at once: no domain takes more than a quarter of an hour's room, nobody gets two of a
kind in one burst, nobody starves."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desk.domain.rate_limit import (
    DAY,
    HOUR,
    PER_DOMAIN,
    PER_KIND,
    Left,
    LetterLimits,
    Waiting,
    plan,
)
from redaksi.sender_policy import public_providers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PUBLIC = public_providers.load()
LIMITS = LetterLimits(mode="auto", per_hour=60, per_day=400, per_sender_per_day=4, providers=PUBLIC)


def waits(number: int, to: str, **differs: object) -> Waiting:
    plain = Waiting(
        id=number,
        kind="revise",
        to=to,
        automatic=True,
        held=False,
        reason=None,
        queued_at=NOW,
        good_until=None,
        received=NOW - timedelta(minutes=5),
    )
    return replace(plain, **differs)


def sent(*waiting: Waiting, gone: tuple[Left, ...] = (), now: datetime = NOW) -> list[int]:
    steps = plan(waiting, gone, LIMITS, now)
    return [one.letter for one in steps if one.act in ("send", "resume")]


def reasons(*waiting: Waiting, gone: tuple[Left, ...] = ()) -> set[object]:
    return {one.reason for one in plan(waiting, gone, LIMITS, NOW) if one.act == "hold"}


# ── a domain ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "domains",
    [
        ["bantuan.example"],
        ["a.bantuan.example", "b.bantuan.example", "bantuan.example"],
        ["palu.go.id"],
        ["dinas.palu.go.id", "surat.palu.go.id"],
        ["sman1.sch.id", "siswa.sman1.sch.id"],
        ["kampus.ac.uk", "students.kampus.ac.uk"],
        ["xn--bcher-kva.example"],
    ],
)
def test_sixty_from_one_organisation_take_a_quarter_and_keep_nobody_waiting(
    domains: list[str],
) -> None:
    burst = [waits(n, f"s{n}@{domains[n % len(domains)]}") for n in range(60)]
    left = sent(*burst, waits(99, "ani@lain.example"))
    assert len(left) == 16
    assert 99 in left
    assert reasons(*burst) == {PER_DOMAIN}


@pytest.mark.parametrize(
    "domain",
    ["gmail.com", "yahoo.co.id", "ymail.com", "hotmail.com", "icloud.com", "proton.me", "gmx.net",
     "mail.ru", "zoho.com", "yandex.ru", "aol.com", "telkom.net", "plasa.com", "rocketmail.com"],
)  # fmt: skip
def test_of_a_public_provider_everybody_is_somebody_else(domain: str) -> None:
    assert len(sent(*(waits(n, f"s{n}@{domain}") for n in range(60)))) == 60


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("palu.go.id", "donggala.go.id"),
        ("warga.web.id", "kota.web.id"),
        ("a.desa.id", "b.desa.id"),
        ("a.co.uk", "b.co.uk"),
        ("a.example", "b.example"),
    ],
)
def test_two_organisations_under_one_suffix_are_two(first: str, second: str) -> None:
    both = [waits(n, f"s{n}@{first if n % 2 else second}") for n in range(60)]
    assert len(sent(*both)) == 30


def test_what_left_for_the_domain_within_the_hour_counts() -> None:
    gone = tuple(Left(to=f"g{n}@x.example", at=NOW - timedelta(minutes=50)) for n in range(15))
    assert sent(waits(1, "s@x.example"), gone=gone) == []
    assert sent(waits(1, "s@x.example"), gone=gone, now=NOW + timedelta(minutes=10)) == [1]


def test_an_hours_room_too_small_for_quarters_still_lets_one_leave() -> None:
    limits = replace(LIMITS, per_hour=2)
    steps = plan([waits(n, f"s{n}@x.example") for n in range(3)], (), limits, NOW)
    assert [one.act for one in steps] == ["send", "hold", "hold"]


def test_an_editor_and_the_editors_summary_pass_the_quarter() -> None:
    gone = tuple(Left(to=f"g{n}@x.example", at=NOW) for n in range(15))
    pressed = waits(1, "s@x.example", automatic=False)
    assert sent(pressed, waits(2, "e@x.example", kind="digest"), gone=gone) == [1, 2]


# ── one address ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["nothing-attached", "accepted", "revise", "reminder", "closed"])
@pytest.mark.parametrize("domain", ["gmail.com", "x.example"])
def test_one_address_gets_one_of_a_kind_of_a_burst(kind: str, domain: str) -> None:
    burst = [waits(n, f"ani+{n}@{domain}", kind=kind) for n in range(5)]
    assert sent(*burst) == [0]
    assert reasons(*burst) == {PER_KIND}


def test_the_next_of_its_kind_leaves_by_itself_an_hour_later() -> None:
    held = waits(2, "ani@x.example", held=True)
    gone = (Left(to="ani@x.example", at=NOW, kind="revise"),)
    assert sent(held, gone=gone, now=NOW + timedelta(minutes=59)) == []
    assert sent(held, gone=gone, now=NOW + HOUR) == [2]


def test_who_answers_a_letter_gets_the_next_one_at_once() -> None:
    gone = (Left(to="ani@x.example", at=NOW - timedelta(minutes=9), kind="revise"),)
    assert sent(waits(1, "ani@x.example"), gone=gone) == [1]
    earlier = waits(1, "ani@x.example", received=NOW - timedelta(minutes=10))
    assert sent(earlier, gone=gone) == []


def test_another_kind_is_another_matter() -> None:
    gone = (Left(to="ani@x.example", at=NOW, kind="accepted"),)
    assert sent(waits(1, "ani@x.example"), gone=gone) == [1]


# ── turns ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_oldest_of_each_addressee_goes_before_anybodys_second() -> None:
    three = [waits(n, "ani@gmail.com", kind=f"kind {n}") for n in range(3)]
    others = [waits(n, f"s{n}@gmail.com") for n in range(7, 9)]
    assert sent(*three, *others) == [0, 7, 8, 1, 2]


def test_what_went_in_the_last_hour_is_a_turn_that_was_had() -> None:
    gone = (Left(to="ani@gmail.com", at=NOW - timedelta(minutes=30), kind="accepted"),)
    two = waits(1, "ani@gmail.com"), waits(2, "budi@gmail.com")
    assert sent(*two, gone=gone) == [2, 1]
    assert sent(*two, gone=gone, now=NOW + timedelta(minutes=30)) == [1, 2]


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────

ADDRESSES = [
    *(f"s{n}@x.example" for n in range(4)),
    *(f"s{n}@cabang.x.example" for n in range(3)),
    *(f"s{n}@gmail.com" for n in range(4)),
    "a@y.example",
    "a+1@y.example",
    "b@palu.go.id",
]
KINDS = ["revise", "accepted", "nothing-attached"]
SMALL = replace(LIMITS, per_hour=8, per_day=30, per_sender_per_day=3)
STEP = timedelta(minutes=10)
ARRIVALS = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(ADDRESSES), st.sampled_from(KINDS)),
    min_size=1,
    max_size=45,
)


def simulated(arrivals: list[tuple[int, str, str]], days: int) -> tuple[list[Left], list[Waiting]]:
    """Who got what when, and what still waits, where the sender looks every ten minutes."""
    gone: list[Left] = []
    waiting: list[Waiting] = []
    for tick in range(days * (DAY // STEP)):
        now = NOW + tick * STEP
        for number, (at, to, kind) in enumerate(arrivals):
            if at == tick:
                waiting.append(waits(number, to, kind=kind, queued_at=now, received=now))
        steps = {one.letter: one for one in plan(waiting, gone, SMALL, now)}
        kept = []
        for one in waiting:
            step = steps.get(one.id)
            if step is not None and step.act in ("send", "resume"):
                gone.append(Left(to=one.to, at=now, kind=one.kind))
            elif step is not None and step.act == "hold":
                kept.append(replace(one, held=True, reason=step.reason))
            else:
                kept.append(one)
        waiting = kept
        if not waiting and tick > 12:
            break
    return gone, waiting


def person(to: str) -> str:
    local, _, domain = to.partition("@")
    return f"{local.partition('+')[0]}@{domain}"


@settings(max_examples=40, deadline=None)
@given(ARRIVALS)
def test_no_window_ever_sees_more_than_the_limits(arrivals: list[tuple[int, str, str]]) -> None:
    gone, _ = simulated(arrivals, days=2)
    for begin in {one.at for one in gone}:
        hour = [one for one in gone if begin <= one.at < begin + HOUR]
        day = [one for one in gone if begin <= one.at < begin + DAY]
        organisations = Counter(
            PUBLIC.find_organisation(domain)
            for domain in (one.to.partition("@")[2] for one in hour)
            if not PUBLIC.is_public(domain)
        )
        assert len(hour) <= 8
        assert len(day) <= 30
        assert max(Counter(person(one.to) for one in day).values()) <= 3
        assert max(organisations.values(), default=0) <= 2
        at_once = Counter((person(one.to), one.kind) for one in gone if one.at == begin)
        assert max(at_once.values()) == 1


@settings(max_examples=25, deadline=None)
@given(ARRIVALS)
def test_everything_leaves_some_day(arrivals: list[tuple[int, str, str]]) -> None:
    few = [one for _, one in zip(range(12), arrivals, strict=False)]
    gone, waiting = simulated(few, days=6)
    assert waiting == []
    assert len(gone) == len(few)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 30), st.sampled_from(["flood.example", "gmail.com"]))
def test_a_flood_of_newcomers_keeps_nobody_waiting_longer_than_an_hour_for_the_next_turn(
    each: int, domain: str
) -> None:
    """Ani had a letter just now; every ten minutes newcomers fill all the room there is."""
    gone = [Left(to="ani@lain.example", at=NOW, kind="accepted")]
    ani = waits(0, "ani@lain.example", received=NOW + timedelta(seconds=1), queued_at=NOW)
    waiting, count = [ani], 0
    for tick in range(1, 8):
        now = NOW + tick * STEP
        for _ in range(each):
            count += 1
            waiting.append(waits(count, f"n{count}@{domain}", queued_at=now, received=now))
        steps = {one.letter for one in plan(waiting, gone, SMALL, now) if one.act == "send"}
        gone += [Left(to=one.to, at=now, kind=one.kind) for one in waiting if one.id in steps]
        waiting = [one for one in waiting if one.id not in steps]
        if 0 in steps:
            break
    assert ani not in waiting
