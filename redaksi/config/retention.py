"""How long what people sent is kept once it is settled."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from msgspec import Struct

from redaksi.config.key import Duration, mean
from redaksi.states import FINAL, State

LEAST, MOST = timedelta(days=1), timedelta(days=36500)


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
