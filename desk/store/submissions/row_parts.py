"""What hangs on the rows of the review queue: documents, photos, findings, words."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Float,
    Join,
    Row,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    join,
    literal,
    or_,
    outerjoin,
    select,
    union_all,
)

from desk.domain.attention import DECIDED, TRIES
from desk.domain.overrides import Overrides
from desk.store.asking import Numbers, is_among
from desk.store.columns import Words
from desk.store.engine import Transaction
from desk.store.outbound.letters import Stored
from desk.store.submissions import row_publications
from desk.store.submissions.about.history import History
from desk.store.tables import (
    Caption,
    Decision,
    Document,
    Event,
    Finding,
    LetterState,
    Mail,
    Outbox,
    Photo,
    PhotoChoice,
    Revision,
)
from redaksi.model import Finding as FoundFinding
from redaksi.reasons import Reason
from redaksi.text import clean

Revisions = Select[int] | Collection[int]  # their ids, or what finds them
SHORT = 200  # characters of what was written that a row shows
CHOSEN = "chosen"
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
    caption_action: str  # as it was read; CHOSEN where an editor settled it


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


def parts_of(
    tx: Transaction, revisions: Revisions
) -> tuple[dict[int, list[DocumentRow]], dict[int, list[PhotoRow]]]:
    """Their documents and their photos, by revision; one statement."""
    documents: dict[int, list[DocumentRow]] = defaultdict(list)
    photos: dict[int, list[PhotoRow]] = defaultdict(list)
    if isinstance(revisions, Select):
        rows = tx.execute(_select_parts(revisions))
    else:
        rows = tx.execute(_PARTS, {"revisions": revisions})
    for row in rows:
        if row.is_photo:
            photos[row.revision_id].append(_photo(row))
        else:
            documents[row.revision_id].append(_document(row))
    return documents, photos


def _select_documents() -> Select[*tuple[Any, ...]]:
    return select(
        literal(0).label("is_photo"),
        Document.revision_id.label("revision_id"),
        Document.position.label("position"),
        Document.name.label("name"),
        Document.kind.label("kind"),
        Document.sha256.label("sha256"),
        Document.size.label("size"),
        Document.readable.label("is_whole"),
        Document.refused.label("refused"),
        Document.title.label("first"),
        Document.byline_name.label("second"),
        Document.dateline.label("third"),
        Document.characters.label("width"),
        Document.pages.label("height"),
    )


def _select_photos() -> Select[*tuple[Any, ...]]:
    """The columns of `_select_documents`, one for one."""
    return select(
        literal(1),
        Photo.revision_id,
        Photo.position,
        Photo.name,
        Photo.kind,
        Photo.sha256,
        Photo.size,
        Photo.intact,
        literal("", Words),
        func.coalesce(Caption.text, ""),
        func.coalesce(Caption.source, ""),
        case((_is_settled(), CHOSEN), else_=func.coalesce(Caption.action, "")),
        Photo.width,
        cast(Photo.height, Float),
    ).select_from(_choices())


def _select_parts(revisions: Select[int] | BindParameter[Any]) -> Select[*tuple[Any, ...]]:
    both = union_all(
        _select_documents().where(is_among(Document.revision_id, revisions)),
        _select_photos().where(is_among(Photo.revision_id, revisions)),
    ).subquery()
    return select(both).order_by(both.c.revision_id, both.c.position)


def _choices() -> Join:
    """Photos, what was paired with them, and what an editor chose."""
    choice = and_(
        PhotoChoice.submission_id == Revision.submission_id, PhotoChoice.sha256 == Photo.sha256
    )
    photos = join(Photo, Revision, Revision.id == Photo.revision_id)
    captioned = outerjoin(photos, Caption, Caption.photo_id == Photo.id)
    return outerjoin(captioned, PhotoChoice, choice)


def _is_settled() -> ColumnElement[bool]:
    """Whether an editor said whose the caption is, or that the photo is not used. The pairing that
    was confirmed is the one that was read then (desk.domain.photos.choices)."""
    is_same = or_(
        PhotoChoice.source_sha256.is_(None),
        PhotoChoice.source_sha256 != Photo.sha256,
        PhotoChoice.caption == func.coalesce(Caption.text, ""),
    )
    return or_(PhotoChoice.used.is_(False), and_(PhotoChoice.confirmed_at.is_not(None), is_same))


_PARTS = _select_parts(bindparam("revisions", type_=Numbers))


def _document(row: Row[Any]) -> DocumentRow:
    return DocumentRow(
        name=row.name,
        kind=row.kind,
        sha256=row.sha256,
        size=row.size,
        readable=bool(row.is_whole),
        refused=row.refused,
        title=row.first,
        byline=row.second,
        dateline=row.third,
        characters=row.width,
        pages=row.height,
    )


def _photo(row: Row[Any]) -> PhotoRow:
    return PhotoRow(
        name=row.name,
        kind=row.kind,
        sha256=row.sha256,
        size=row.size,
        width=row.width,
        height=round(row.height),
        intact=bool(row.is_whole),
        caption=row.first,
        caption_source=row.second,
        caption_action=row.third,
    )


def words_of(tx: Transaction, wanted: ColumnElement[bool]) -> dict[int, str]:
    """What was written last about the submissions whose events `wanted` finds, on one line and in
    short; where an editor has not seen yet what asks something, that."""
    rows = tx.execute(
        select(
            Event.submission_id, Event.what, Event.facts, func.substr(Mail.written, 1, 2 * SHORT)
        )
        .outerjoin(Mail, Mail.id == Event.mail_id)
        .where(wanted, Event.what.in_(_SPEAKS | _SEES))
        .order_by(Event.id)
    )
    return fold_words(rows)


def fold_words(rows: Iterable[Any]) -> dict[int, str]:
    """The same of what happened, in its order: submission, what, facts, what was written then."""
    last: dict[int, str] = {}
    asking: dict[int, str] = {}
    for submission_id, what, facts, written in rows:
        if what in _SEES:
            asking.pop(submission_id, None)
        elif what in _SPEAKS and written:
            last[submission_id] = clean.line(written[: 2 * SHORT], SHORT)
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


def list_letters(written: Iterable[Stored]) -> tuple[LetterRow, ...]:
    """The same of letters that were read."""
    return tuple(
        LetterRow(id=each.id, kind=each.kind, state=each.state, revision_id=each.revision_id)
        for each in sorted(written, key=lambda each: each.id)
        if each.state != "dropped"
    )


class Around(Struct, frozen=True, kw_only=True):
    """What rows show of their history, by submission."""

    words: Mapping[int, str]
    letters: Mapping[int, Sequence[LetterRow]]
    editors: Mapping[int, str]
    overrides: Mapping[int, Overrides]


def look_around(tx: Transaction, ids: Revisions) -> Around:
    """Three queries."""
    editors, overrides = row_publications.decided_of(tx, is_among(Decision.submission_id, ids))
    return Around(
        words=words_of(tx, is_among(Event.submission_id, ids)),
        letters=letters_of(tx, is_among(Outbox.submission_id, ids)),
        editors=editors,
        overrides=overrides,
    )


def fold_around(submission_id: int, past: History, written: Iterable[Stored]) -> Around:
    """The same of one submission whose history was read."""
    editors, overrides = row_publications.fold_decided(
        (
            submission_id,
            each.event,
            each.initials,
            past.names.get(each.account_id or 0, each.editor),
            each.overrides,
        )
        for each in past.decisions
        if not each.is_undone
    )
    return Around(
        words=fold_words(
            (submission_id, each.what, each.facts, mail.written if mail else "")
            for each, mail in past.events
        ),
        letters={submission_id: list_letters(written)},
        editors=editors,
        overrides=overrides,
    )
