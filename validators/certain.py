"""What may be found in a submission of which something was left unjudged: only what is so whatever that
holds. Pure."""

from collections.abc import Iterable

from redaksi.model import Document, Finding, Submission

# rules that speak of one file's own contents, whatever lies beside it; a small photo (F002) may be
# the copy of one that was not looked into
_OF_A_DOCUMENT = frozenset({"N003", "N005", "N006", "N007", "N008", "N009"})
_COUNTED = frozenset({"N003", "N005"})  # what is so of a text of which the beginning alone was read
_CUT = "text-cut"  # as ingest.read.document.folding notes it
_OF_A_PHOTO = frozenset({"F003", "F004", "F006", "F008"})


def keep_certain(submission: Submission, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stand: all, where everything was judged; else those of a judged photo, and
    those of the document where no document was left unjudged, which might be the article."""
    if not submission.unjudged:
        return tuple(findings)
    photos = {photo.name for photo in submission.photos if photo.unjudged is None}
    left = any(document.unjudged is not None for document in submission.documents)
    documents = {document.name: document for document in submission.documents if not left}
    return tuple(
        finding
        for finding in findings
        if (finding.code in _OF_A_PHOTO and finding.subject in photos)
        or (finding.subject in documents and _may_say(documents[finding.subject], finding.code))
    )


def _may_say(document: Document, code: str) -> bool:
    return code in (_COUNTED if _CUT in document.notes else _OF_A_DOCUMENT)
