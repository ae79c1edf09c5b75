"""What bounds the reading of a mail: the child process, what is refused, a sender's day; and how long
it is kept."""

import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Struct

from redaksi.config.key import Duration, mean
from redaksi.limits import DECODERS, Decoder
from redaksi.states import FINAL, State

LEAST_KEPT, MOST_KEPT = timedelta(days=1), timedelta(days=36500)
Level = Literal["full", "basic"]
# What confines whole is Linux's own (docs/operations.md, "How far a child is confined").
_REACHABLE: Level = "full" if sys.platform == "linux" else "basic"


class Sandboxed(Struct, frozen=True, kw_only=True):
    """The child process that examines a mail."""

    require: Annotated[
        Level,
        mean('least confinement `run` and `poll` begin with; "full": Linux 5.13 or newer'),
    ] = _REACHABLE
    memory: Annotated[int, mean("address space of the child", "size")] = 1536 * 1024**2
    wall_clock: Annotated[Duration, mean("time for one mail, at most 2m", "duration")] = timedelta(
        seconds=60
    )
    processor: Annotated[Duration, mean("processor time for one mail", "duration")] = timedelta(
        seconds=20
    )
    reply: Annotated[int, mean("longest answer of the child", "size")] = 8 * 1024**2
    attempts: Annotated[
        int,
        mean("readings of the header alone before a mail that kills each is set aside"),
    ] = 3
    pool: Annotated[
        int,
        mean("mails examined at once, as free memory holds `memory`; 0: the processors, at most 4"),
    ] = 0


class Caps(Struct, frozen=True, kw_only=True):
    """What is refused for safety."""

    max_message: Annotated[int, mean("largest mail taken in", "size")] = 40 * 1024**2
    max_attachments: Annotated[int, mean("most files in one mail")] = 60
    max_attachment: Annotated[int, mean("largest single file", "size")] = 30 * 1024**2
    max_unpacked: Annotated[
        int, mean("most that one document or archive may unpack to", "size")
    ] = 200 * 1024**2
    max_pixels: Annotated[
        int, mean("PNG and TIFF above it are asked for smaller; JPEG is judged scaled")
    ] = 60_000_000
    mail_pixels: Annotated[
        int, mean("pixels decoded of one mail; photos beyond it are kept and shown, unjudged")
    ] = 500_000_000
    decoders: Annotated[
        tuple[Decoder, ...],
        mean("kinds of pictures that are opened; others are kept and shown, unjudged"),
    ] = DECODERS
    max_paragraphs: Annotated[int, mean("most paragraphs of one document")] = 20_000
    sender_mails: Annotated[
        int, mean("mails of one sender examined in a day; an editor looks at the rest")
    ] = 40
    sender_processor: Annotated[
        Duration, mean("processor time for one sender's mails of a day", "duration")
    ] = timedelta(seconds=100)
    sender_kept: Annotated[int, mean("kept of one sender's mails of a day", "size")] = 500 * 1024**2


class Retention(Struct, frozen=True, kw_only=True):
    """How long a settled submission's data is kept, in whole days from the day it was settled."""

    published: Annotated[
        Duration, mean("published: then files, texts, letters and names go", "duration")
    ] = timedelta(days=400)
    declined: Annotated[Duration, mean("declined: then its headline goes too", "duration")] = (
        timedelta(days=90)
    )
    expired: Annotated[Duration, mean("closed for want of an answer", "duration")] = timedelta(
        days=90
    )
    withdrawn: Annotated[Duration, mean("withdrawn", "duration")] = timedelta(days=30)
    quarantined: Annotated[Duration, mean("in quarantine", "duration")] = timedelta(days=30)
    not_a_submission: Annotated[Duration, mean("no submission, and mails of none", "duration")] = (
        timedelta(days=30)
    )

    def periods(self) -> Mapping[State, timedelta]:
        """By state; a state that is not named is never over."""
        return {state: getattr(self, state) for state in sorted(FINAL)}
