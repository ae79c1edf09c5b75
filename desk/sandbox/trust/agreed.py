"""An Examiner of one mail: its header is read first, by a child that is given nothing else, and
whatever another child reads in the mail is held to it (desk.domain.agreement)."""

from pathlib import Path

import msgspec

from desk.domain.agreement import agree
from desk.sandbox.host import Reading, Request, SandboxLimits
from desk.sandbox.pool import Examiner
from desk.sandbox.sink import Sink
from redaksi.limits import Limits
from redaksi.model import Examination
from redaksi.sender_policy.header_reading import HeaderReading


class AgreedExaminer:
    """`header`: what is believed of who wrote it and of who is answered."""

    def __init__(self, examiner: Examiner, raw: Path, limits: Limits) -> None:
        """Raises as Sandbox.read does."""
        self._examiner = examiner
        self.header = examiner.identify(raw, limits)

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
        reading = self._examiner.read(request, sink)
        believed = agree(self.header, reading.examination, request.limits.identity)
        return msgspec.structs.replace(reading, examination=believed)
