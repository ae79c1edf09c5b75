"""The tidied copy of a document: made by a child from the original, read again by another before it is
offered. The original stays what it is."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from desk.app import App
from desk.domain.actor import name_actor
from desk.sandbox.host import Request
from desk.sandbox.pool import Examiner
from desk.sandbox.sink import FolderSink, Received
from desk.store import Transaction, derivatives, events
from desk.store.submissions import submission_rows, threads
from desk.workflow.reading.keep_files import make_sink
from redaksi.config.schema import make_limits
from redaksi.errors import IllegalMove
from redaksi.limits import Limits
from redaksi.model import Assessment, Document
from validators.registry import TIDIED, make_rulebook

NAME = "naskah-dirapikan.docx"


class _Original(Struct, frozen=True, kw_only=True):
    submission_id: int
    document: Document
    path: Path


def name_look(app: App) -> str:
    """What a copy made under this configuration looks like: one made for another is no copy."""
    book = make_rulebook(app.config.rules)
    look = repr((book.fonts, book.points, book.lines))
    return hashlib.sha256(look.encode()).hexdigest()[:16]


def find_tidied(app: App, tx: Transaction, document: Document) -> str | None:
    """The blob of the copy; None where none was made that is still here."""
    found = derivatives.find_tidied(tx, document.sha256, name_look(app))
    return found if found is not None and app.blobs.exists(found) else None


def is_tidied(judged: Assessment) -> bool:
    """Whether a copy has less to find fault with, and can be made: of a .docx, in place."""
    document = judged.submission.document
    if document is None or document.kind != "docx":
        return False
    is_read = document.readable and document.judged
    return is_read and any(finding.code in TIDIED for finding in judged.findings)


def tidy(
    app: App,
    sandbox: Examiner,
    number: str,
    *,
    account: int,
    within: Callable[[Transaction], None] = lambda _: None,
) -> None:
    """Make the copy of the newest revision's document, and keep it. `within`: what else is written in
    the transaction.

    Raises IllegalMove where there is nothing to tidy, or what came is not the same text without the
    faults; Crashed, Drained, StoreError, BlobMissing.
    """
    original = _find_original(app, number)
    document = original.document
    bounds = make_limits(app.config)
    with make_sink(app) as sink:
        before = _read(sandbox, original.path, bounds, sink)
        made = _only_copy(sink, document, number)
        _check_copy(before, _read(sandbox, made.path, bounds), number)
        app.blobs.take(made.path, made.file.sha256)
    happened = events.Happened(
        at=app.clock(),
        actor=name_actor(account=account),
        what="tidied",
        submission_id=original.submission_id,
    )
    with app.store.begin() as tx:
        derivatives.record_tidied(
            tx, document.sha256, name_look(app), made.file.sha256, made.file.size, app.clock()
        )
        events.record(tx, happened)
        within(tx)


def _find_original(app: App, number: str) -> _Original:
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, number)
        if found is None:
            raise IllegalMove("no_submission", number=number)
        thread = threads.get(tx, found)
    document = thread.judged.submission.document if thread.judged else None
    if document is None or document.kind != "docx" or thread.state == "quarantined":
        raise IllegalMove("nothing_to_tidy", number=number)
    path = app.blobs.local_path(document.sha256)
    return _Original(submission_id=found, document=document, path=path)


def _read(
    sandbox: Examiner, path: Path, bounds: Limits, sink: FolderSink | None = None
) -> Assessment | None:
    """What one child says of the document alone; with a sink, its copy too."""
    files = (("naskah.docx", path),)
    request = Request(source="", limits=bounds, files=files, tidy=sink is not None)
    judged = sandbox.read(request, sink).examination.assessments
    return judged[0] if len(judged) == 1 else None


def _only_copy(sink: FolderSink, document: Document, number: str) -> Received:
    """A child may say anything: one file, of this role, of this original."""
    came = sink.received
    if [(each.file.role, each.file.original) for each in came] != [("tidied", document.sha256)]:
        raise IllegalMove("nothing_to_tidy", number=number)
    return came[0]


def _check_copy(before: Assessment | None, after: Assessment | None, number: str) -> None:
    """The same text, and nothing left that a copy mends."""
    was, now = (each.submission.document if each else None for each in (before, after))
    if was is None or now is None or not now.readable or not now.judged:
        raise IllegalMove("copy_differs", number=number)
    if [each.text for each in was.paragraphs] != [each.text for each in now.paragraphs]:
        raise IllegalMove("copy_differs", number=number)
    if after is None or any(finding.code in TIDIED for finding in after.findings):
        raise IllegalMove("copy_at_fault", number=number)
