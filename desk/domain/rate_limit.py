"""When a letter may leave: the limits of answering.md, row 12, asked for at the moment of sending.
Pure.

What waits and what left are arguments, and so are the limits and the clock. A limit that is
measured when a letter is written knows nothing of the hour in which it leaves: a night's letters
would all go at six in the morning.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from publisher.letters.letter_context import LetterKind
from redaksi.reasons import ReasonCode
from redaksi.sender_policy.public_providers import PublicProviders

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
GIVE_UP = timedelta(days=2)
# The server has ten minutes for its word about a letter (RFC 5321, 4.5.3.2.6), and then files the
# copy.
FINAL_DOT = timedelta(minutes=15)
STALE = timedelta(days=7)  # after an outage of ours: older letters surprise more than they help
# a clock that was set back; what left later than that, a broken clock wrote down
SKEW = timedelta(hours=1)
H_KINDS: frozenset[LetterKind] = frozenset({"nothing-attached", "unreadable"})
H_PER_DOMAIN = 3  # in a day; to an address goes one
DOMAIN_PART = 4  # one domain takes at most the fourth part of the hour's room
EDITORS = "digest"  # the editors' own summary: no contributor's domain, nobody's to press

MODE_DRAFT = ReasonCode.REPLY_DRAFT
MODE_OFF = ReasonCode.REPLY_OFF
WAS_OFF = ReasonCode.REPLY_WAS_OFF
WAITED = ReasonCode.WAITED_A_WEEK
PER_SENDER = ReasonCode.SENDER_LIMIT
PER_HOUR = ReasonCode.HOUR_LIMIT
PER_DOMAIN = ReasonCode.DOMAIN_LIMIT
PER_KIND = ReasonCode.KIND_LIMIT
PASSED = ReasonCode.LIMIT_PASSED
TOO_LATE = ReasonCode.TOO_LATE
ASKED_ADDRESS = ReasonCode.ASKED_THIS_ADDRESS
ASKED_DOMAIN = ReasonCode.ASKED_THIS_DOMAIN


class LetterLimits(Struct, frozen=True, kw_only=True):
    """What config.toml allows letters: `mode` and `quiet` as written there, the rest are counts.
    `providers`: whose domains the hour's room is not parted for."""

    mode: Literal["off", "draft", "auto"]
    per_sender_per_day: int
    per_hour: int
    per_day: int
    quiet: str = ""
    providers: PublicProviders = PublicProviders()


class Waiting(Struct, frozen=True, kw_only=True):
    """A letter that may leave now, or is held. `to`: the address's key
    (desk.store.people.addresses). `received`: when the mail came that it answers; None: none."""

    id: int
    kind: str
    to: str
    automatic: bool
    held: bool
    reason: ReasonCode | None
    queued_at: datetime
    good_until: datetime | None
    received: datetime | None = None


class Left(Struct, frozen=True, kw_only=True):
    """A letter that left, or may have: to whom, when, and of what kind."""

    to: str
    at: datetime
    kind: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """What becomes of a letter now. `later`: it is due at `when`; `drop`, `draft`, `hold`:
    `reason` says the reason. `resume`: the limit that held it has passed, it is sent next."""

    letter: int
    act: Literal["send", "resume", "later", "hold", "draft", "drop"]
    reason: ReasonCode | None = None
    when: datetime | None = None


def plan(
    waiting: Sequence[Waiting], left: Sequence[Left], limits: LetterLimits, now: datetime
) -> list[Step]:
    """A step for each letter that changes; those without one stay as they are: held, or queued for
    another day.

    `waiting` in the order they are due in; `left` are those of the last 24 hours; `now` is in the
    redaksi's zone. What is to be sent counts at once, so that all of it may be sent. The oldest of
    each addressee goes first: who wrote much lately comes after who did not.
    """
    return list(_steps(waiting, left, limits, now))


class _Usage(Struct):
    """How much of each limit is used. Changes while a plan is made."""

    now: datetime
    day: int = 0
    hour: int = 0
    people: Counter[str] = msgspec.field(default_factory=Counter)  # of the day
    lately: Counter[str] = msgspec.field(default_factory=Counter)  # people, of the hour
    domains: Counter[str] = msgspec.field(default_factory=Counter)  # of the hour
    # when a letter of a kind last went to somebody, of the hour
    kinds: dict[tuple[str, str], datetime] = msgspec.field(default_factory=dict)

    def add(self, left: Left, providers: PublicProviders) -> None:
        """It left, or will."""
        person, domain = _person(left.to)
        self.day += 1
        self.people[person] += 1
        if left.at <= self.now - HOUR:
            return
        self.hour += 1
        self.lately[person] += 1
        self.domains[providers.find_organisation(domain)] += 1
        last = self.kinds.get((person, left.kind))
        self.kinds[person, left.kind] = left.at if last is None else max(last, left.at)


def _steps(
    waiting: Sequence[Waiting], left: Sequence[Left], limits: LetterLimits, now: datetime
) -> Iterator[Step]:
    usage, rest = _Usage(now=now), []
    for gone in left:
        if now - DAY < gone.at < now + SKEW:
            usage.add(gone, limits.providers)
    for letter in waiting:
        aside = _aside(letter, limits, now)
        if aside is not None:
            yield aside
        else:
            rest.append(letter)
    planned: set[tuple[str, str]] = set()
    for letter in _take_turns(rest, usage.lately):
        if usage.day >= limits.per_day or (
            letter.held and skip_quiet_hours(limits.quiet, now) > now
        ):
            continue
        reason = _limit(letter, usage, limits, planned) if letter.automatic else None
        if reason:
            if not letter.held:
                yield Step(letter=letter.id, act="hold", reason=reason)
            continue
        act: Literal["resume", "send"] = "resume" if letter.held else "send"
        yield Step(letter=letter.id, act=act, reason=PASSED if letter.held else None)
        usage.add(Left(to=letter.to, at=now, kind=letter.kind), limits.providers)
        planned.add((_person(letter.to)[0], letter.kind))


def _take_turns(waiting: Sequence[Waiting], lately: Counter[str]) -> list[Waiting]:
    """The first letter of everybody's, then everybody's second, …; what went in the last hour
    counts, so that nobody gets all the turns."""
    turns, ranks = Counter(lately), []
    for letter in waiting:
        person, _ = _person(letter.to)
        ranks.append(turns[person])
        turns[person] += 1
    in_turn = sorted(range(len(waiting)), key=lambda at: (ranks[at], at))
    return [waiting[at] for at in in_turn]


def _aside(letter: Waiting, limits: LetterLimits, now: datetime) -> Step | None:
    """What keeps it from being sent now, whatever else left."""
    if letter.good_until is not None and now >= letter.good_until:
        return Step(letter=letter.id, act="drop", reason=TOO_LATE)
    if letter.reason == MODE_OFF and now - letter.queued_at > GIVE_UP:
        return Step(letter=letter.id, act="draft", reason=WAS_OFF)
    if not letter.automatic:
        return None
    if limits.mode == "draft" and letter.kind != EDITORS:
        return Step(letter=letter.id, act="draft", reason=MODE_DRAFT)
    if now - letter.queued_at > STALE:
        return Step(letter=letter.id, act="draft", reason=WAITED)
    quiet_ends = skip_quiet_hours(limits.quiet, now)
    if quiet_ends > now and not letter.held:
        return Step(letter=letter.id, act="later", when=quiet_ends)
    return None


def _limit(
    letter: Waiting, usage: _Usage, limits: LetterLimits, planned: set[tuple[str, str]]
) -> ReasonCode | None:
    """The limit that is reached; None for none. The breaker first: it is the one that somebody
    must look at."""
    person, domain = _person(letter.to)
    if usage.hour >= limits.per_hour:
        return PER_HOUR
    if usage.people[person] >= limits.per_sender_per_day:
        return PER_SENDER
    if letter.kind == EDITORS:
        return None
    organisation = limits.providers.find_organisation(domain)
    quarter = max(1, limits.per_hour // DOMAIN_PART)
    is_bound = not limits.providers.is_public(domain)
    if is_bound and usage.domains[organisation] >= quarter:
        return PER_DOMAIN
    # Of one burst: what it answers came before the addressee could know the letter that went.
    last = usage.kinds.get((person, letter.kind))
    is_burst = last is not None and (letter.received or letter.queued_at) <= last
    return PER_KIND if is_burst or (person, letter.kind) in planned else None


def pause(times: int) -> timedelta:
    """How long to wait after so many failures in a row, before which there was none (0)."""
    return PAUSES[min(times, len(PAUSES) - 1)]


def reason_not_to_ask(
    to: str, before: Sequence[Left], now: datetime, providers: PublicProviders
) -> ReasonCode | None:
    """Why what is missing is not asked of this address again by itself; None when it may be.

    `before` are the letters of H_KINDS of the last day that the mail may be an answer to. Somebody
    who writes again without an article, from one address or from a new one each time, is a machine
    that answers (RFC 3834, 2), or needs a person.
    """
    person, domain = _person(to)
    organisation = providers.find_organisation(domain)
    lately = [_person(letter.to) for letter in before if letter.at > now - DAY]
    today = [whose for whose, at in lately if providers.find_organisation(at) == organisation]
    if person in today:
        return ASKED_ADDRESS
    often = not providers.is_public(domain) and len(today) >= H_PER_DOMAIN
    return ASKED_DOMAIN if often else None


def _person(to: str) -> tuple[str, str]:
    """The address without its "+detail" (RFC 5233), and its domain: a new detail each time is no
    new person."""
    local, _, domain = to.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}", domain


def skip_quiet_hours(quiet: str, now: datetime) -> datetime:
    """`now`, or the end of the quiet hours ("21:00-06:00", "" for none) it falls in. `now` is in
    the redaksi's zone."""
    if not quiet:
        return now
    begin, end = (time.fromisoformat(part.strip()) for part in quiet.split("-"))
    moment = now.time().replace(tzinfo=None)
    over_midnight = begin > end
    silent = (moment >= begin or moment < end) if over_midnight else begin <= moment < end
    if not silent:
        return now
    day = now.date() + timedelta(days=1 if over_midnight and moment >= begin else 0)
    return datetime.combine(day, end, tzinfo=now.tzinfo)
