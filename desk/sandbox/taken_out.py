"""Photos that are only inside a document are taken out, for the editor's page: the contributor is
asked to attach them (F005), and an editor sees meanwhile what they are."""

from collections.abc import Iterable

from ingest.read.budget import Budget
from ingest.read.document.take_out import take_out
from ingest.read.photo.picture import Emit, look_at
from redaksi.arrival import File
from redaksi.limits import Safety
from redaksi.model import Assessment
from validators.seen import find_asked_inside

MOST = 12  # pictures of a submission
_MOST_DOCUMENTS = 5  # that are opened once more


def emit_pictures_inside(
    files: Iterable[File],
    judged: Iterable[Assessment],
    safety: Safety,
    emit: Emit,
    budget: Budget | None = None,
) -> None:
    """Emit each such picture as it is stored, and what people look at of it; none of a document
    that the reading's budget leaves closed."""
    asked = [p.sha256 for each in judged for p in find_asked_inside(each)[:MOST] if p.sha256]
    wanted = frozenset(asked)
    budget = budget or Budget(safety)
    opened = 0
    for file in files:
        if not wanted or opened == _MOST_DOCUMENTS:
            return
        if file.refused or not file.kind.startswith("do"):  # docx, docm, dotx, doc
            continue
        if budget.is_late() or budget.begin(file):
            return
        opened += 1
        taken = take_out(file, safety, wanted, budget)
        for sha256, content in taken.items():
            emit(sha256, "original", content)
            look_at(content, sha256, safety, emit, budget)
        wanted -= taken.keys()
