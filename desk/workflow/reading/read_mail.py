"""A stored mail is read: its header by a child that is given nothing else, then the whole, as much
of it as its rung and its sender's day allow."""

from desk.app import App
from desk.domain.rungs import OURS, WHOLE, Rung
from desk.sandbox.host import Crashed
from desk.sandbox.pool import Examiner
from desk.sandbox.trust.agreed import AgreedExaminer
from desk.store.inbound.mails import MailRow
from desk.workflow.reading import sender_budget
from desk.workflow.reading.keep_files import keep_files, make_sink
from desk.workflow.reading.scanned import impose, is_virus, scan_file, scan_kept
from redaksi.limits import Limits
from redaksi.model import Examination
from redaksi.reasons import ReasonCode, explain


def hold_to_header(
    app: App,
    sandbox: Examiner,
    row: MailRow,
    bounds: Limits,
    rung: Rung = WHOLE,
    *,
    at_once: bool = False,
) -> Examiner:
    """Who reads a stored mail: its header alone first, and the rest is held to that. `at_once`: as
    AgreedExaminer's. Raises Crashed."""
    if row.blob is None:
        return sandbox
    raw = app.blobs.local_path(row.blob)
    return AgreedExaminer(sandbox, raw, bounds, rung, at_once=at_once)


def examine_first(
    app: App, sandbox: Examiner, row: MailRow, bounds: Limits, *, asked: bool = False
) -> Examination:
    """The first look at a stored mail; its files are among the blobs afterwards, unless a virus was
    found. Where an editor `asked`, its sender's day is no bound. Raises Crashed, ScannerSilent."""
    if row.blob is None:
        return _not_downloaded(app, sandbox, row, bounds)
    raw = app.blobs.local_path(row.blob)
    scanned = scan_file(app, raw)
    if isinstance(sandbox, AgreedExaminer):
        if scanned is not None and is_virus(scanned):  # nothing of it is opened
            return impose(sandbox.judge_header(row.source_text, scanned), scanned)
        if not asked and sender_budget.is_spent(app, sandbox.header):
            spent = explain(ReasonCode.SENDER_BUDGET)
            return impose(sandbox.judge_header(row.source_text, spent), scanned)
    with make_sink(app) as sink:
        examination = sandbox.examine_mail(raw, row.source_text, bounds, sink)
        scanned = scan_kept(app, sink, scanned)
        if not is_virus(scanned):
            keep_files(app, sink, row.id)
    return impose(examination, scanned)


def _not_downloaded(app: App, sandbox: Examiner, row: MailRow, bounds: Limits) -> Examination:
    """A mail over the cap: an editor sees who sent it and about what, from the header alone."""
    header, mail = app.header(row.source_text), None
    if header.exists():
        try:
            mail = sandbox.identify(header, bounds).mail
        except Crashed as error:
            if error.cause in OURS:
                raise
    return Examination(
        source=row.source_text,
        mail=mail,
        mail_kind=None,
        assessments=(),
        others=(),
        decision="review",
        answer=None,
        reason=explain(ReasonCode.NOT_DOWNLOADED, size=row.size >> 20),
    )


def examine_at_once(
    app: App, sandbox: Examiner, row: MailRow, bounds: Limits
) -> tuple[Examiner, Examination]:
    """The first look for an editor who waits: with less after each death. Who reads further, as
    patiently, and what was read. Raises Crashed when the header kills a child too."""
    reader = hold_to_header(app, sandbox, row, bounds, at_once=True)
    return reader, examine_first(app, reader, row, bounds, asked=True)
