"""What should stand at a target against what stands there: the next thing to do, and when to try
again. Pure; publishing.md, sections 2, 3 and 8."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

PublicationState = Literal[
    "planned",     # its hour has not come, or something holds it
    "due",         # to be delivered now
    "delivering",  # a byte may have gone out
    "checking",    # the target took it; its page is looked for
    "asking",      # an editor must act
    "standing",    # what should be there is there
    "failed",      # somebody must mend something
    "down",        # it was there and is no more
    "cancelled",   # it was planned and is not any more
]  # fmt: skip
Wanted = Literal["up", "down"]
Doing = Literal["publish", "correct", "take_down"]
Hold = Literal["asked_back", "embargoed", "too_late", "paused", "restored"]

OPEN: frozenset[PublicationState] = frozenset({"due", "delivering", "checking"})
CALLING: frozenset[PublicationState] = frozenset({"asking", "failed"})

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
RETRIES: Sequence[timedelta] = (_MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR)  # then hourly
GIVE_UP = timedelta(hours=24)
MOST_PATIENCE = timedelta(hours=6)  # what a target's Retry-After may ask for
LOOKS: Sequence[timedelta] = tuple(timedelta(seconds=after) for after in (0, 10, 30, 60))
LOOK_EVERY, LOOK_FOR = 5 * _MINUTE, _HOUR
CUT_REST = timedelta(seconds=60)  # how long the other side may still be at a request that was cut


class Standing(Struct, frozen=True, kw_only=True):
    """What is wanted of a target, and what it holds. Edition ids. `may_stand`: it was asked to
    publish, and nobody knows what came of it."""

    wanted: Wanted
    edition: int | None
    standing: int | None
    may_stand: bool = False


def find_action(row: Standing) -> Doing | None:
    """What makes what is into what should be; None: nothing is to be done."""
    if row.wanted == "down":
        return "take_down" if row.standing is not None or row.may_stand else None
    if row.edition is None or row.edition == row.standing:
        return None
    return "publish" if row.standing is None else "correct"


def find_retry(
    attempts: int, first: datetime, now: datetime, asked: timedelta | None = None
) -> datetime | None:
    """When to try again after `attempts` that failed, the first at `first`; None: no more.
    `asked`: what the target asked for (Retry-After)."""
    if now - first >= GIVE_UP:
        return None
    wait = RETRIES[min(attempts, len(RETRIES)) - 1] if attempts > 0 else RETRIES[0]
    return now + max(wait, min(asked or wait, MOST_PATIENCE))


def find_next_look(first: datetime, now: datetime) -> datetime | None:
    """When to look for a page again that was not seen by `now`, delivered at `first`; None: no
    more."""
    after = next((first + look for look in LOOKS if first + look > now), None)
    if after is not None:
        return after
    return now + LOOK_EVERY if now - first < LOOK_FOR else None


def find_hold(
    *, now: datetime, due: datetime, late: timedelta, embargo: datetime | None, asked_back: bool
) -> Hold | None:
    """What keeps an article whose hour has come from being published by itself."""
    if asked_back:
        return "asked_back"
    if embargo is not None and embargo > now:
        return "embargoed"
    return "too_late" if now - due > late else None
