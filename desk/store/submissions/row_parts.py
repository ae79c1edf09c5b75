"""What hangs on the rows of the review queue: documents, photos, findings, words."""

from collections import defaultdict

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, func, select

from desk.domain.attention import DECIDED, TRIES
from desk.store.engine import Transaction
from desk.store.tables import Caption, Document, Event, Finding, LetterState, Mail, Outbox, Photo
from redaksi.model import Finding as FoundFinding
from redaksi.reasons import Reason
from redaksi.text import clean

SHORT = 200  # characters of what was written that a row shows
_SPEAKS = TRIES | {"message", "resent"}
_SEES = DECIDED | {"seen"}


class DocumentRow(Struct, frozen=True, kw_only=True):
    """A naskah of the newest try."""

    name: str
    kind: str
    sha256: str
    size: int
    readable: bool
    refused: Reason | None
    title: str
    byline: str
    dateline: str
    characters: int
    pages: float


class PhotoRow(Struct, frozen=True, kw_only=True):
    """A foto of the newest try, with its caption; "" when it has none."""

    name: str
    kind: str
    sha256: str
    size: int
    width: int
    height: int
    intact: bool
    caption: str
    caption_source: str
    caption_action: str


class LetterRow(Struct, frozen=True, kw_only=True):
    """A letter about it that was not dropped."""

    id: int
    kind: str
    state: LetterState
    revision_id: int | None


def findings_of(tx: Transaction, wanted: ColumnElement[bool]) -> dict[int, list[FoundFinding]]:
    """What was found at these revisions, by revision."""
    found: dict[int, list[FoundFinding]] = defaultdict(list)
    for row in tx.scalars(
        select(Finding).where(wanted).order_by(Finding.revision_id, Finding.position)
    ):
        finding = {
            "code": row.code,
            "rule": row.rule,
            "severity": row.severity,
            "subject": row.subject,
            "facts": row.facts,
            "places": row.places,
        }
        found[row.revision_id].append(msgspec.convert(finding, FoundFinding))
    return found


def documents_of(tx: Transaction, wanted: ColumnElement[bool]) -> dict[int, list[DocumentRow]]:
    """Their documents, by revision."""
    found: dict[int, list[DocumentRow]] = defaultdict(list)
    for row in tx.scalars(
        select(Document).where(wanted).order_by(Document.revision_id, Document.position)
    ):
        found[row.revision_id].append(
            DocumentRow(
                name=row.name,
                kind=row.kind,
                sha256=row.sha256,
                size=row.size,
                readable=row.readable,
                refused=row.refused,
                title=row.title,
                byline=row.byline_name,
                dateline=row.dateline,
                characters=row.characters,
                pages=row.pages,
            )
        )
    return found


def photos_of(tx: Transaction, wanted: ColumnElement[bool]) -> dict[int, list[PhotoRow]]:
    """Their photos, by revision."""
    found: dict[int, list[PhotoRow]] = defaultdict(list)
    rows = tx.execute(
        select(Photo, Caption)
        .outerjoin(Caption, Caption.photo_id == Photo.id)
        .where(wanted)
        .order_by(Photo.revision_id, Photo.position)
    )
    for row, caption in rows:
        found[row.revision_id].append(_photo(row, caption))
    return found


def _photo(row: Photo, caption: Caption | None) -> PhotoRow:
    return PhotoRow(
        name=row.name,
        kind=row.kind,
        sha256=row.sha256,
        size=row.size,
        width=row.width,
        height=row.height,
        intact=row.intact,
        caption=caption.text if caption else "",
        caption_source=caption.source if caption else "",
        caption_action=caption.action if caption else "",
    )


def words_of(tx: Transaction, wanted: ColumnElement[bool]) -> dict[int, str]:
    """What was written last about the submissions whose events `wanted` finds, on one line and in
    short; where an editor has not seen yet what asks something, that."""
    last: dict[int, str] = {}
    asking: dict[int, str] = {}
    rows = tx.execute(
        select(
            Event.submission_id, Event.what, Event.facts, func.substr(Mail.written, 1, 2 * SHORT)
        )
        .outerjoin(Mail, Mail.id == Event.mail_id)
        .where(wanted, Event.what.in_(_SPEAKS | _SEES))
        .order_by(Event.id)
    )
    for submission_id, what, facts, written in rows:
        if what in _SEES:
            asking.pop(submission_id, None)
        elif written:
            last[submission_id] = clean.line(written, SHORT)
            if what == "message" or facts.get("asks"):
                asking[submission_id] = last[submission_id]
    return last | asking


def letters_of(tx: Transaction, wanted: ColumnElement[bool]) -> dict[int, list[LetterRow]]:
    """The letters that `wanted` finds and nobody dropped, by submission, oldest first."""
    found: dict[int, list[LetterRow]] = defaultdict(list)
    rows = tx.execute(
        select(Outbox.submission_id, Outbox.id, Outbox.kind, Outbox.state, Outbox.revision_id)
        .where(wanted, Outbox.state != "dropped")
        .order_by(Outbox.id)
    )
    for submission_id, number, kind, state, revision_id in rows:
        letter = LetterRow(id=number, kind=kind, state=state, revision_id=revision_id)
        found[submission_id or 0].append(letter)
    return found
