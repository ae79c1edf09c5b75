"""The sandbox's work without a child, for tests in which the worker is what dies, or in which
thousands of mails are read."""

import hashlib
from pathlib import Path
from typing import Self

from desk.pipeline import identify
from desk.sandbox import child
from desk.sandbox.confinement.measures import DEEDS, Measures, Standing
from desk.sandbox.host import Reading, Request, SandboxLimits
from desk.sandbox.outgoing import Outgoing
from desk.sandbox.protocol import Announced
from desk.sandbox.request import make_task, read_prefix
from desk.sandbox.sink import DiscardingSink, Sink
from desk.sandbox.trust.believed import believe
from redaksi.errors import Unreadable
from redaksi.limits import Limits
from redaksi.model import Examination
from redaksi.sender_policy.header_reading import HeaderReading


class SinkWriter(Outgoing):
    """An Outgoing without a line."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def progress(self, index: int) -> None:
        """See Outgoing."""

    def put(self, announced: Announced, content: bytes) -> None:
        """See Outgoing."""
        with self._sink.open(announced) as out:
            out.write(content)
        self._sink.accept(announced)


class InProcess:
    """An Examiner that reads in this process."""

    limits = SandboxLimits()
    size = 2

    def __init__(self, *_: object) -> None:
        pass

    def start(self) -> Measures:
        """Nothing holds what is no child: tests of the worker ask for no more."""
        standing = Standing(
            parent_death=True,
            undumpable=True,
            no_new_privs=True,
            rlimits=True,
            landlock=1,
            seccomp=True,
        )
        return Measures(standing=standing, refused=DEEDS)

    def close(self) -> None:
        """See Sandbox."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, request: Request, sink: Sink | None = None) -> Reading:
        """See Sandbox."""
        paths = [*([request.mail] if request.mail else []), *(path for _, path in request.files)]
        inputs = [path.read_bytes() for path in paths]
        task = make_task(request, sum(map(len, inputs)), self.limits.reply)
        out = SinkWriter(sink or DiscardingSink())
        examination = believe(child.read(task, [*inputs], out), request.source, known=request.known)
        return Reading(examination=examination, processor=0.0)

    def derive(self, original: Path, sha256: str, limits: Limits, sink: Sink) -> None:
        """See Sandbox."""
        request = Request(source="", limits=limits, files=(("", original),), derive=True)
        content = original.read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256
        task = make_task(request, len(content), self.limits.reply)
        answer = child.derive(task, [content], SinkWriter(sink))
        if answer.reason is not None:
            raise Unreadable("photo", answer.reason.code, **answer.reason.facts)

    def identify(self, raw: Path, limits: Limits) -> HeaderReading:
        """See Sandbox."""
        return identify(read_prefix(raw, limits.safety), limits)

    def examine_mail(
        self, raw: Path, source: str, limits: Limits, sink: Sink | None = None
    ) -> Examination:
        """See Sandbox."""
        request = Request(source=source, limits=limits, mail=raw, keep=sink is not None)
        return self.read(request, sink).examination
