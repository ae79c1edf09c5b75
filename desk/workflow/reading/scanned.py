"""What the virus scanner says of a mail becomes its verdict. Where no scanner is configured nothing
is asked and nothing is said of it."""

from pathlib import Path

import msgspec

from desk.app import App
from desk.sandbox.sink import FolderSink
from desk.scan.clamd import Scanned
from desk.store.inbound import mails
from desk.store.submissions import tries
from redaksi.model import Assessment, Examination, Verdict
from redaksi.reasons import Reason, ReasonCode, explain


def scan_file(app: App, path: Path, before: Reason | None = None) -> Reason | None:
    """Why a file is not to be had, or what was said of another `before` where that is no better; None
    where nothing is wrong. Raises ScannerSilent, OSError."""
    if app.scanner is None or is_virus(before):
        return before
    return _explain(app.scanner.scan(path), path) or before


def scan_kept(app: App, sink: FolderSink, before: Reason | None) -> Reason | None:
    """The same of every file that a reading gave."""
    for received in sink.received:
        before = scan_file(app, received.path, before)
    return before


def _explain(scanned: Scanned, path: Path) -> Reason | None:
    if scanned.outcome == "found":
        return explain(ReasonCode.VIRUS, signature=scanned.signature)
    if scanned.outcome == "too_large":
        return explain(ReasonCode.UNSCANNED, size=max(1, path.stat().st_size >> 20))
    return None


def is_virus(reason: Reason | None) -> bool:
    """Whether something was found."""
    return reason is not None and reason.code is ReasonCode.VIRUS


def impose(examination: Examination, reason: Reason | None) -> Examination:
    """The same as the scanner leaves it: what it found is in quarantine, what it could not look into
    an editor looks at; no letter goes of either."""
    if reason is None:
        return examination
    if is_virus(reason):
        return _rejudge(examination, reason, "quarantine", is_closed=False)
    return _rejudge(examination, reason, "review", is_closed=True)


def impose_again(app: App, again: Examination, first: Examination, into: int) -> Examination:
    """The same of a second look, together with what came before as `into`: what could not be looked
    into at the `first`, or is held back there still."""
    if first.is_closed:
        return impose(again, first.reason)
    with app.store.read() as tx:
        held = mails.find_closed(tx, tries.mails_of(tx, into))
    if held is None:
        return again
    reason = explain(ReasonCode.UNSCANNED, size=max(1, held.size >> 20))
    return msgspec.structs.replace(impose(again, reason), is_closed=False)


def _rejudge(
    examination: Examination, reason: Reason, least: Verdict, *, is_closed: bool
) -> Examination:
    judged = tuple(_hold(each, reason, least) for each in examination.assessments)
    decision = _worse(examination.decision, least)
    answer = examination.answer
    if answer is not None:
        answer = msgspec.structs.replace(answer, send=False, letter="", to="")
    return msgspec.structs.replace(
        examination,
        assessments=judged,
        decision=decision,
        answer=answer,
        reason=reason if decision == least else examination.reason,
        is_closed=is_closed,
    )


def _hold(judged: Assessment, reason: Reason, least: Verdict) -> Assessment:
    decision = _worse(judged.decision, least)
    if decision != least:
        return judged
    findings = () if least == "quarantine" else judged.findings
    return msgspec.structs.replace(judged, decision=decision, reason=reason, findings=findings)


def _worse(decision: Verdict, least: Verdict) -> Verdict:
    """An attack or a fault of ours stays what it is; what was to be returned waits for an editor."""
    return decision if decision in ("quarantine", "failed") and least == "review" else least
