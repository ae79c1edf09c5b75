"""What one reading of a parcel may cost: processor time, decoded pixels, kept bytes, text. Over one of
them the rest is left unjudged: kept and shown, nothing found about it, an editor looks.

Mutable, one a reading. Pure: the clock is asked through a callable; without one no time passes.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Literal

from msgspec.structs import replace

from redaksi.arrival import File
from redaksi.limits import MB, Safety
from redaksi.reasons import ATTACKS, Reason, ReasonCode, explain

# what is named as the fact `which` of a BUDGET; "attempt": an earlier one ended before it answered
Which = Literal["processor", "pixels", "kept", "text", "attempt"]

SOFT = 14.0  # seconds of processor time, of the 20 that end a child
KEPT_TIMES, KEPT_MORE = 3, 20 * MB  # of a mail's size, and beyond it
# of it what archives and mails in mails may unpack; the rest is for the mail's own files
_UNPACKED_TIMES = KEPT_TIMES - 1
KEPT_TEXT = 400_000  # characters of all stories
KEPT_NAMES = 1000  # of what archives hold, as their directories name it
MOST_STEPS = 20_000  # steps in such directories
_MOST_BEGINS = 1000  # that are told: more are no progress


def tell_nobody(index: int) -> None:
    """For a reading that nobody watches."""


def count_no_time() -> float:
    """For a reading that has no limit of time."""
    return 0.0


class Budget:
    """What is left of it, and the reasons for which something was left unjudged (`reasons`)."""

    def __init__(
        self,
        safety: Safety,
        *,
        bare: bool = False,
        skip: Collection[int] = frozenset(),
        begins: Callable[[int], None] = tell_nobody,
        spent: Callable[[], float] = count_no_time,
        soft: float = SOFT,
    ) -> None:
        """`bare`: nothing is decoded or parsed. `skip`: indices of files whose reader died.
        `begins` hears the index of the file that is read from now on; `spent` is the processor time
        of this reading in seconds, from `soft` on no further file is begun."""
        self.safety = safety
        self.bare = bare
        self.reasons: list[Reason] = []
        self._skip = frozenset(skip)
        self._begins = begins
        self._spent = spent
        self._soft = soft
        self._numbers: dict[str, int] = {}  # SHA-256 -> index in the parcel
        self._numbered = 0
        self._begun: set[str] = set()
        self._now = -1  # the index told last
        self._told = 0
        self._pixels = safety.mail_pixels
        self._text = KEPT_TEXT
        self._kept = self._unpacked = KEPT_MORE
        self._names = KEPT_NAMES
        self._steps = MOST_STEPS

    # ── files ─────────────────────────────────────────────────────────────────────────────────────

    def number(self, files: Iterable[File]) -> None:
        """Give the parcel's files their indices, those after them that have some: a mail's own are
        the same when it is read with what came before. Of identical ones the first counts: what
        kills a reader are the bytes."""
        for file in files:
            self._numbers.setdefault(file.sha256, self._numbered)
            self._numbered += 1

    def begin(self, file: File) -> Reason | None:
        """Ask before a file is read, the first time and again; a reason = leave it unjudged. A file
        that was begun may be looked at again whatever the time."""
        index = self._numbers.get(file.sha256, -1)
        if index in self._skip:
            return self.leave(explain(ReasonCode.READER_DIED, file=file.name, kind=file.kind))
        if self.bare:
            return self.exceed("attempt")
        if file.sha256 not in self._begun and self.is_late():
            return self.exceed("processor")
        self._begun.add(file.sha256)
        self._tell(index)
        return None

    def _tell(self, index: int) -> None:
        if index not in (self._now, -1) and self._told < _MOST_BEGINS:
            self._now = index
            self._told += 1
            self._begins(index)

    def is_late(self) -> bool:
        """Whether no further file is begun."""
        return self._spent() >= self._soft

    # ── what is counted ───────────────────────────────────────────────────────────────────────────

    def take_pixels(self, pixels: int) -> bool:
        """Ask before so many pixels are decoded (after scaling); then they are taken."""
        if pixels > self._pixels:
            self.exceed("pixels")
            return False
        self._pixels -= max(0, pixels)
        return True

    def take_text(self, characters: int) -> bool:
        """Ask before so many characters are kept; then they are taken. After the first that are
        not to be had there are none."""
        if characters > self._text:
            self._text = 0
            return False
        self._text -= characters
        return True

    def allow(self, octets: int) -> None:
        """A mail, or files named together, of so many bytes came: what may be kept of it grows."""
        self._kept += KEPT_TIMES * octets
        self._unpacked += _UNPACKED_TIMES * octets

    def may_unpack(self, octets: int) -> bool:
        """Ask before a wrapper is opened that holds so many bytes; then they are taken."""
        if octets > self._unpacked:
            self.exceed("kept")
            return False
        self._unpacked -= octets
        return True

    def keep(self, octets: int) -> None:
        """A file of the parcel is kept, whatever is left."""
        self._kept -= octets

    def take_bytes(self, octets: int) -> bool:
        """Ask before a picture made for people is kept; then its bytes are taken. One that is left
        out leaves nothing unjudged."""
        if octets > self._kept:
            return False
        self._kept -= octets
        return True

    def may_list(self) -> tuple[int, int]:
        """How many names of an archive may be kept, and how many steps be taken in its directory;
        none in a bare reading or a late one. What is left out leaves nothing unjudged."""
        return (0, 0) if self.bare or self.is_late() else (self._names, self._steps)

    def take_listed(self, names: int, steps: int) -> None:
        """So many names are kept, of a directory in which so many steps were taken."""
        self._names -= names
        self._steps -= steps

    # ── reasons ───────────────────────────────────────────────────────────────────────────────────

    def exceed(self, which: Which) -> Reason:
        """This budget is spent: the reason for what is left unjudged."""
        return self.leave(explain(ReasonCode.BUDGET, which=which))

    def leave(self, reason: Reason) -> Reason:
        """Something is left unjudged for `reason`."""
        if reason not in self.reasons:
            self.reasons.append(reason)
        return reason


def close(file: File, reason: Reason) -> File:
    """The file as one that is not opened; what was made to attack is no program's ornament."""
    return replace(file, refused=reason, aside=None if reason.code in ATTACKS else file.aside)
