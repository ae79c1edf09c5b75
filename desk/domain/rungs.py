"""How a mail is read after a reading of it ended badly: with less, so that one attempt at most
costs the whole limit, and no mail ends as our failure. Pure.

    whole ─► the file that was being read is skipped ─► bare: nothing is opened ─► header alone
      └──── processor, memory, wall: at once ────────────────▲
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

ALL = 3  # attempts at most before the header alone is read
MOST_CLOSED = 3  # files named together that are left closed, each for a death, before all are
OURS = frozenset({"server", "start"})  # causes that say nothing of the mail
EXHAUSTED = frozenset({"processor", "memory", "wall"})
WAITS = 20.0  # seconds; see count_seconds
KEY = "rung"  # of a job's payload, where it is kept between attempts
DEATHS = "deaths"  # of a job's payload: attempts whose worker or fork server ended without a word
# Both are killed for other reasons than a mail: the first time nothing is made of it.
_DEATHS_TO_BARE, _DEATHS_TO_HEADER = 2, 3


class Rung(Struct, frozen=True, kw_only=True):
    """How much of a mail is read. `skip`: files of the parcel that are not opened, by index;
    `bare`: none is; `header_only`: nothing but the header. `apart`: it is joined to no submission,
    for the look at both together ended badly; an editor pairs it."""

    skip: tuple[int, ...] = ()
    bare: bool = False
    header_only: bool = False
    apart: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the mail is read as any other."""
        return not (self.skip or self.bare or self.header_only or self.apart)


WHOLE = Rung()
BARE = Rung(bare=True, apart=True)
HEADER_ONLY = Rung(header_only=True, apart=True)


def next_rung(rung: Rung, cause: str, file: int | None = None) -> Rung:
    """After a death by `cause` (desk.sandbox.protocol.Cause) while the file with this index was
    read; None: while none was."""
    if cause in OURS:
        return rung
    if rung.bare or rung.header_only:
        return HEADER_ONLY
    if cause in EXHAUSTED or file is None or rung.skip:
        return BARE
    return Rung(skip=(file,), apart=True)


def close_next(rung: Rung, file: int | None = None) -> Rung | None:
    """After a death while this one of several files named together was read; None: with less they
    cannot be read. Whatever it died by, the others are judged: who asks waits for them, and nobody
    else does."""
    if rung.bare:
        return None
    if file is None or len(rung.skip) == MOST_CLOSED:
        return Rung(bare=True)
    return Rung(skip=(*rung.skip, file))


def count_seconds(cause: str, processor: float, elapsed: float) -> float:
    """What a reading that ended badly by `cause` takes of its sender's day.

    Who sleeps keeps others waiting and takes no processor time: at the wall the time that went by
    is counted, and before it where more than WAITS of it were no work. A machine that has too much
    to do keeps an honest reading waiting too, but so long only where it reaches the wall; and what
    ended by its processor time worked all of its own. A reading that answers is never counted so,
    nor one that died with its server: that is ours.
    """
    if cause in OURS:
        return 0.0
    if cause == "wall" or (cause != "processor" and elapsed - processor > WAITS):
        return max(processor, elapsed)
    return processor


def find_rung(payload: Mapping[str, Any]) -> Rung:
    """Of a job's next attempt."""
    kept = payload.get(KEY)
    return bear_deaths(msgspec.convert(kept, Rung) if kept else WHOLE, payload.get(DEATHS, 0))


def bear_deaths(rung: Rung, deaths: int) -> Rung:
    """After so many deaths of who would have had the mail read on this rung."""
    if deaths >= _DEATHS_TO_HEADER:
        return HEADER_ONLY
    return BARE if deaths >= _DEATHS_TO_BARE and not rung.header_only else rung


def keep_rung(payload: Mapping[str, Any], rung: Rung) -> dict[str, Any]:
    """The payload of a job whose next attempt is made so."""
    return {**payload, KEY: msgspec.to_builtins(rung)}
