"""An Examiner of one mail: its header is read first, by a child that is given nothing else, and
whatever another child reads in the mail is held to it (desk.domain.agreement)."""

import time
from pathlib import Path

import msgspec

from desk.domain.agreement import agree, judge_by_header
from desk.domain.rungs import WHOLE, Rung, bear_deaths, count_seconds, next_rung
from desk.sandbox.host import Crashed, Reading, Request, SandboxLimits
from desk.sandbox.pool import Examiner
from desk.sandbox.sink import Sink
from redaksi.limits import Limits
from redaksi.model import Examination
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.sender_policy.header_reading import HeaderReading

NOT_READ = explain(ReasonCode.BUDGET, which="attempt")  # after deaths, of all but the header


class AgreedExaminer:
    """`header`: what is believed of who wrote it and of who is answered."""

    def __init__(
        self,
        examiner: Examiner,
        raw: Path,
        limits: Limits,
        rung: Rung = WHOLE,
        *,
        at_once: bool = False,
    ) -> None:
        """`rung`: how much of the mail is read. `at_once`: somebody waits, so that after a death it
        is read with less in the same call, and no reading raises Crashed while there is a server.
        Raises as Sandbox.read does."""
        self._examiner = examiner
        self._at_once = at_once
        self.rung = rung
        self.seconds = 0.0  # of its sender's day, that its readings took
        self.processor = 0.0  # seconds of processor time of its readings, the header's apart
        begun = time.monotonic()
        self.header = examiner.identify(raw, limits)
        self.elapsed = time.monotonic() - begun  # seconds its readings took in all

    @property
    def limits(self) -> SandboxLimits:
        """See Examiner."""
        return self._examiner.limits

    @property
    def size(self) -> int:
        """See Examiner."""
        return self._examiner.size

    def identify(self, _raw: Path, _limits: Limits) -> HeaderReading:
        """What was read already."""
        return self.header

    def examine_mail(
        self, raw: Path, source: str, limits: Limits, sink: Sink | None = None
    ) -> Examination:
        """See Sandbox."""
        request = Request(source=source, limits=limits, mail=raw, keep=sink is not None)
        return self.read(request, sink).examination

    def read(self, request: Request, sink: Sink | None = None) -> Reading:
        """See Sandbox. What contradicts the header is reviewed."""
        servers = 0  # that died over it
        while True:
            try:
                return self._read(request, sink)
            except Crashed as error:
                if not self._at_once or error.cause == "start":
                    raise
                servers += error.cause == "server"
                self.rung = bear_deaths(next_rung(self.rung, error.cause, error.file), servers)

    def _read(self, request: Request, sink: Sink | None) -> Reading:
        if self.rung.header_only:
            return Reading(examination=self.judge_header(request.source, NOT_READ), processor=0.0)
        less = msgspec.structs.replace(request, bare=self.rung.bare, skip=self.rung.skip)
        begun = time.monotonic()
        try:
            reading = self._examiner.read(less, sink)
        except Crashed as error:
            self.seconds += count_seconds(error.cause, error.processor, error.elapsed)
            self.processor += error.processor
            raise
        finally:
            self.elapsed += time.monotonic() - begun
        self.seconds += reading.processor
        self.processor += reading.processor
        believed = agree(self.header, reading.examination, request.limits.identity)
        return msgspec.structs.replace(reading, examination=believed)

    def judge_header(self, source: str, reason: Reason) -> Examination:
        """What the header alone says, for an editor."""
        return judge_by_header(self.header, source, reason)
