"""The rows of a try: documents, photos with captions, findings."""

import msgspec

from desk.store.engine import Transaction
from desk.store.tables import Caption, Document, Finding, Photo
from redaksi.model import Assessment
from redaksi.model import Document as ReadDocument
from redaksi.model import Finding as FoundFinding
from redaksi.model import Photo as ReadPhoto


def add_parts(tx: Transaction, revision_id: int, judged: Assessment) -> None:
    """Write down what a try consists of and what was found in it."""
    for position, document in enumerate(judged.submission.documents):
        tx.add(_document(revision_id, position, document))
    for position, finding in enumerate(judged.findings):
        tx.add(_finding(revision_id, position, finding))
    for position, photo in enumerate(judged.submission.photos):
        row = _photo(revision_id, position, photo)
        tx.add(row)
        if photo.caption:
            tx.flush()
            caption = photo.caption
            tx.add(
                Caption(
                    photo_id=row.id,
                    text=caption.text,
                    source=caption.source,
                    evidence=caption.evidence,
                    action=caption.action,
                )
            )
    tx.flush()


def _document(revision_id: int, position: int, read: ReadDocument) -> Document:
    byline = read.byline
    return Document(
        revision_id=revision_id,
        position=position,
        name=read.name,
        kind=read.kind,
        sha256=read.sha256,
        size=read.size,
        origin=read.origin,
        readable=read.readable,
        refused=read.refused,
        judged=read.judged,
        title=read.title,
        byline_name=byline.name if byline else "",
        byline_role=byline.role if byline else "",
        dateline=read.dateline,
        characters=read.characters,
        pages=read.pages,
    )


def _photo(revision_id: int, position: int, read: ReadPhoto) -> Photo:
    return Photo(
        revision_id=revision_id,
        position=position,
        name=read.name,
        kind=read.kind,
        sha256=read.sha256,
        size=read.size,
        width=read.width,
        height=read.height,
        orientation=read.orientation,
        intact=read.intact,
        damage=read.damage,
        judged=read.judged,
        origin=read.origin,
        likeness=read.likeness,
    )


def _finding(revision_id: int, position: int, found: FoundFinding) -> Finding:
    return Finding(
        revision_id=revision_id,
        position=position,
        code=found.code,
        rule=found.rule,
        severity=found.severity,
        subject=found.subject,
        facts=dict(found.facts),
        places=msgspec.to_builtins(found.places),
    )
