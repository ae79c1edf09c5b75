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

from msgspec import Struct

from publisher.letters.letter_context import LetterKind
from redaksi.reasons import ReasonCode

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

MODE_DRAFT = ReasonCode.REPLY_DRAFT
MODE_OFF = ReasonCode.REPLY_OFF
WAS_OFF = ReasonCode.REPLY_WAS_OFF
WAITED = ReasonCode.WAITED_A_WEEK
PER_SENDER = ReasonCode.SENDER_LIMIT
PER_HOUR = ReasonCode.HOUR_LIMIT
PASSED = ReasonCode.LIMIT_PASSED
TOO_LATE = ReasonCode.TOO_LATE
ASKED_ADDRESS = ReasonCode.ASKED_THIS_ADDRESS
ASKED_DOMAIN = ReasonCode.ASKED_THIS_DOMAIN

# Where anybody has an address: many contributors are no sign of one machine that makes addresses
# up.
_EVERYBODYS = frozenset({
    "aol.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hotmail.co.id", "hotmail.com", "icloud.com",
    "live.com", "mac.com", "mail.com", "me.com", "msn.com", "outlook.co.id", "outlook.com", "plasa.com", "proton.me",
    "protonmail.com", "rocketmail.com", "telkom.net", "yahoo.co.id", "yahoo.com", "yandex.com", "ymail.com",
    "zoho.com",
})  # fmt: skip


class LetterLimits(Struct, frozen=True, kw_only=True):
    """What config.toml allows letters: `mode` and `quiet` as written there, the rest are counts."""

    mode: Literal["off", "draft", "auto"]
    per_sender_per_day: int
    per_hour: int
    per_day: int
    quiet: str = ""


class Waiting(Struct, frozen=True, kw_only=True):
    """A letter that may leave now, or is held. `to`: the address's key
    (desk.store.people.addresses)."""

    id: int
    kind: str
    to: str
    automatic: bool
    held: bool
    reason: ReasonCode | None
    queued_at: datetime
    good_until: datetime | None


class Left(Struct, frozen=True, kw_only=True):
    """A letter that left, or may have: to whom and when."""

    to: str
    at: datetime


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

    `waiting` in the order they leave in; `left` are those of the last 24 hours; `now` is in the
    redaksi's zone. What is to be sent counts at once, so that all of it may be sent.
    """
    return list(_steps(waiting, left, limits, now))


def _steps(
    waiting: Sequence[Waiting], left: Sequence[Left], limits: LetterLimits, now: datetime
) -> Iterator[Step]:
    counted = [one for one in left if now - DAY < one.at < now + SKEW]
    day, hour = len(counted), sum(one.at > now - HOUR for one in counted)
    to = Counter(one.to for one in counted)
    for one in waiting:
        aside = _aside(one, limits, now)
        if aside is not None:
            yield aside
            continue
        if day >= limits.per_day or (one.held and skip_quiet_hours(limits.quiet, now) > now):
            continue
        reason = _limit(to[one.to], hour, limits) if one.automatic else None
        if reason:
            if not one.held:
                yield Step(letter=one.id, act="hold", reason=reason)
            continue
        yield Step(
            letter=one.id, act="resume" if one.held else "send", reason=PASSED if one.held else None
        )
        day, hour = day + 1, hour + 1
        to[one.to] += 1


def _aside(one: Waiting, limits: LetterLimits, now: datetime) -> Step | None:
    """What keeps it from being sent now, whatever else left."""
    if one.good_until is not None and now >= one.good_until:
        return Step(letter=one.id, act="drop", reason=TOO_LATE)
    if one.reason == MODE_OFF and now - one.queued_at > GIVE_UP:
        return Step(letter=one.id, act="draft", reason=WAS_OFF)
    if not one.automatic:
        return None
    # the editors' own summary is nobody's to press
    if limits.mode == "draft" and one.kind != "digest":
        return Step(letter=one.id, act="draft", reason=MODE_DRAFT)
    if now - one.queued_at > STALE:
        return Step(letter=one.id, act="draft", reason=WAITED)
    quiet_ends = skip_quiet_hours(limits.quiet, now)
    if quiet_ends > now and not one.held:
        return Step(letter=one.id, act="later", when=quiet_ends)
    return None


def _limit(to: int, hour: int, limits: LetterLimits) -> ReasonCode | None:
    """The limit that is reached; None for none. The breaker first: it is the one that somebody
    must look at."""
    if hour >= limits.per_hour:
        return PER_HOUR
    return PER_SENDER if to >= limits.per_sender_per_day else None


def pause(times: int) -> timedelta:
    """How long to wait after so many failures in a row, before which there was none (0)."""
    return PAUSES[min(times, len(PAUSES) - 1)]


def reason_not_to_ask(to: str, before: Sequence[Left], now: datetime) -> ReasonCode | None:
    """Why what is missing is not asked of this address again by itself; None when it may be.

    `before` are the letters of H_KINDS of the last day that the mail may be an answer to. Somebody
    who writes again without an article, from one address or from a new one each time, is a machine
    that answers (RFC 3834, 2), or needs a person.
    """
    person, domain = _person(to)
    today = [one for one in before if _person(one.to)[1] == domain and one.at > now - DAY]
    if any(_person(one.to)[0] == person for one in today):
        return ASKED_ADDRESS
    often = domain not in _EVERYBODYS and len(today) >= H_PER_DOMAIN
    return ASKED_DOMAIN if often else None


def _person(to: str) -> tuple[str, str]:
    """Local part without its "+detail" (RFC 5233), and domain: a new detail each time is no new
    person."""
    local, _, domain = to.rpartition("@")
    return local.partition("+")[0], domain


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
