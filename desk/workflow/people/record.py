"""What is kept of a person, as values that become JSON. docs/privacy.md documents the shape; a
number `format` grows when it changes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from desk.domain.people.redact import abbreviate
from desk.store import Transaction, events
from desk.store.publications import decisions
from desk.store.publications.decisions import StoredDecision
from desk.store.tables import (
    Account,
    Address,
    Caption,
    Document,
    Finding,
    Outbox,
    Person,
    Photo,
    Publication,
    Revision,
    Submission,
)
from desk.store.tables import Mail as MailTable
from desk.workflow.people.find import Belongings
from redaksi.reasons import text_of

FORMAT = 1
Files = Mapping[str, str]  # the path of a file among the exported ones, by its SHA-256


def list_editors(tx: Transaction) -> dict[str, str]:
    """The initials of everybody who works here, by each name he is written with."""
    found: dict[str, str] = {}
    for row in tx.scalars(select(Account)):
        initials = row.initials or abbreviate(row.name)
        found |= {name: initials for name in (row.name, row.sign, row.login) if name}
    return found


def describe_person(tx: Transaction, found: Belongings) -> dict[str, Any]:
    """Who he is to us."""
    whose = found.whose
    rows = tx.scalars(select(Person).where(Person.id.in_(whose.persons)).order_by(Person.id))
    addresses = tx.scalars(
        select(Address).where(Address.id.in_(whose.address_ids)).order_by(Address.id)
    )
    return {
        "names": sorted(whose.names),
        "languages": sorted({row.language for row in rows}),
        "addresses": [
            {
                "address": row.address,
                "since": _moment(row.created_at),
                "letters_came_back": _moment(row.bounced_at),
            }
            for row in addresses
        ],
        "works_here": bool(whose.account),
    }


def describe_mail(tx: Transaction, mail_id: int, path: str | None) -> dict[str, Any]:
    """A mail that he sent, or that was taken in for him."""
    row = tx.get_one(MailTable, mail_id)
    return {
        "file": path,
        "received_at": _moment(row.received_at),
        "subject": row.subject,
        "size": row.size,
        "came_by": row.channel or "mail",
        "outcome": row.outcome or row.state,
        "reason": text_of(row.reason),
    }


def describe_submission(tx: Transaction, submission_id: int, files: Files) -> dict[str, Any]:
    """A submission of his: what was read, found and decided, and what became of it."""
    row = tx.get_one(Submission, submission_id)
    revisions = tx.scalars(
        select(Revision).where(Revision.submission_id == submission_id).order_by(Revision.number)
    )
    return {
        "number": row.number,
        "state": row.state,
        "title": row.title,
        "headline": row.headline,
        "province": row.province,
        "received_at": _moment(row.received_at),
        "changed_at": _moment(row.updated_at),
        "publication_date": _moment(row.publish_at),
        "published_url": row.published_url,
        "published": _published(tx, submission_id),
        "revisions": [_describe_revision(tx, each, files) for each in revisions],
        "decisions": _decisions(tx, submission_id),
        "history": [
            {"at": _moment(each.at), "what": each.what}
            for each in events.of_submission(tx, submission_id)
        ],
    }


def describe_letter(tx: Transaction, letter_id: int) -> dict[str, Any] | None:
    """A letter that left for him; None for one that did not."""
    row = tx.get_one(Outbox, letter_id)
    if row.sent_at is None:
        return None
    return {
        "sent_at": _moment(row.sent_at),
        "to": row.to_address,
        "kind": row.kind,
        "subject": row.subject,
        "text": row.text,
    }


def _describe_revision(tx: Transaction, row: Revision, files: Files) -> dict[str, Any]:
    documents = tx.scalars(
        select(Document).where(Document.revision_id == row.id).order_by(Document.position)
    )
    photos = tx.execute(
        select(Photo, Caption.text)
        .outerjoin(Caption, Caption.photo_id == Photo.id)
        .where(Photo.revision_id == row.id)
        .order_by(Photo.position)
    )
    findings = tx.scalars(
        select(Finding).where(Finding.revision_id == row.id).order_by(Finding.position)
    )
    return {
        "number": row.number,
        "examined_at": _moment(row.examined_at),
        "outcome": row.decision,
        "documents": [
            {
                "file": files.get(each.sha256),
                "name": each.name,
                "title": each.title,
                "byline": each.byline_name,
                "characters": each.characters,
            }
            for each in documents
        ],
        "photos": [
            {"file": files.get(each.sha256), "name": each.name, "caption": caption or ""}
            for each, caption in photos
        ],
        "findings": [
            {"code": each.code, "subject": each.subject, "facts": each.facts} for each in findings
        ],
    }


def _decisions(tx: Transaction, submission_id: int) -> list[dict[str, Any]]:
    accounts = {row.id: row for row in tx.scalars(select(Account))}

    def sign(decided: StoredDecision) -> str:
        account = accounts.get(decided.account_id or 0)
        known = decided.initials or (account.initials if account else "")
        return known or abbreviate(account.name if account else decided.editor)

    return [
        {
            "at": _moment(each.at),
            "what": each.event,
            "editor": sign(each),
            "reason": each.reason,
            "note": each.note,
            "remarks": [dict(remark) for remark in each.remarks],
            "set_aside": [dict(override) for override in each.overrides],
        }
        for each in decisions.of_submission(tx, submission_id)
    ]


def _published(tx: Transaction, submission_id: int) -> list[dict[str, Any]]:
    rows = tx.scalars(
        select(Publication)
        .where(Publication.submission_id == submission_id, Publication.url != "")
        .order_by(Publication.id)
    )
    return [{"target": row.target, "url": row.url, "state": row.state} for row in rows]


def _moment(at: Any) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
