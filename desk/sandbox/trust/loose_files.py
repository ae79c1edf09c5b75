"""Files named together are read at once: one that kills the child is left closed, the others are
judged. Where a child dies that opens none of them, the host names what it was given."""

import hashlib

import msgspec

from desk.domain.rungs import WHOLE, Rung, bear_deaths, close_next
from desk.sandbox.host import Crashed, Request
from desk.sandbox.pool import Examiner
from desk.sandbox.sink import Sink
from redaksi.model import Examination, Other
from redaksi.reasons import ReasonCode, explain


def read_loose_files(examiner: Examiner, request: Request, sink: Sink | None = None) -> Examination:
    """What is found in a request's files, with less after each death. Raises as Sandbox.read does;
    Crashed only where no server starts."""
    rung: Rung | None = WHOLE
    servers = 0  # that died over them
    while rung is not None and not rung.header_only:
        less = msgspec.structs.replace(request, bare=rung.bare, skip=rung.skip)
        try:
            return examiner.read(less, sink).examination
        except Crashed as error:
            if error.cause == "start":
                raise
            if error.cause == "server":
                servers += 1
                rung = bear_deaths(rung, servers)
            else:
                rung = close_next(rung, error.file)
    return _leave_all(request)


def _leave_all(request: Request) -> Examination:
    """An editor looks: of the files nothing is known but that they are there."""
    reason = explain(ReasonCode.BUDGET, which="attempt")
    others = []
    for name, path in request.files:
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        size = path.stat().st_size
        others.append(Other(name=name, kind="unknown", sha256=sha256, size=size, why=reason))
    return Examination(
        source=request.source,
        mail=None,
        mail_kind=None,
        assessments=(),
        others=tuple(others),
        decision="review",
        answer=None,
        reason=reason,
    )
